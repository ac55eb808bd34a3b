import { useState } from 'react'
import { ADVISED_AT } from '../../../src/modules/smart/contract.ts'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useAppsWords } from './words.ts'

type Hook = (typeof ADVISED_AT)[number]
type Draft = {
  adviser: string
  zh: string
  en: string
  url: string
  hooks: readonly Hook[]
  shares: readonly string[]
  wait: string
}
const empty: Draft = { adviser: '', zh: '', en: '', url: '', hooks: ['order-sign'], shares: [], wait: '500' }

const toggled = <One extends string>(list: readonly One[], one: One, on: boolean): One[] =>
  on ? [...list, one] : list.filter((other) => other !== one)

/** Registers a service of decision support: where it is, when it is asked, what it may be told, how long it is waited for. */
export const AdviserForm = ({ onClose }: { onClose: () => void }) => {
  const words = useAppsWords()
  const toast = useToast()
  const register = useCommand('smart.register-adviser')
  const [draft, setDraft] = useState(empty)
  const [tried, setTried] = useState(false)
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const missing = (text: string) => (tried && text.trim() === '' ? words.missing : undefined)
  const save = () => {
    setTried(true)
    const { adviser, zh, en, url, hooks, shares, wait } = draft
    if ([adviser, zh, en, url].some((text) => text.trim() === '') || hooks.length === 0) return
    const input = { adviser: adviser.trim(), name: { zh: zh.trim(), en: en.trim() }, url: url.trim(), shares: [...shares] }
    register.mutate(
      { ...input, hooks: [...hooks], waitMs: Number(wait) },
      {
        onSuccess: () => {
          toast({ text: words.done })
          onClose()
        },
      },
    )
  }
  return (
    <form
      className="stack"
      noValidate
      aria-label={words.addAdviser}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <h3>{words.addAdviser}</h3>
      <div className="apps-fields">
        <TextField
          label={words.id}
          hint={words.idHint}
          required
          error={missing(draft.adviser)}
          value={draft.adviser}
          onChange={(adviser) => change({ adviser })}
        />
        <TextField
          label={words.nameZh}
          required
          maxLength={60}
          error={missing(draft.zh)}
          value={draft.zh}
          onChange={(zh) => change({ zh })}
        />
        <TextField
          label={words.nameEn}
          required
          maxLength={120}
          error={missing(draft.en)}
          value={draft.en}
          onChange={(en) => change({ en })}
        />
        <TextField
          label={words.url}
          hint={words.urlHint}
          required
          error={missing(draft.url)}
          value={draft.url}
          onChange={(url) => change({ url })}
        />
        <TextField label={words.wait} inputMode="numeric" value={draft.wait} onChange={(wait) => change({ wait })} />
      </div>
      <fieldset className={tried && draft.hooks.length === 0 ? 'choice-group wrong' : 'choice-group'}>
        <legend>{words.asksAt}</legend>
        <div className="along">
          {ADVISED_AT.map((hook) => (
            <Checkbox
              key={hook}
              label={words.hooks[hook]}
              checked={draft.hooks.includes(hook)}
              onChange={(on) => change({ hooks: toggled(draft.hooks, hook, on) })}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="choice-group">
        <legend>{words.shares}</legend>
        <p className="field-hint">{words.sharesHint}</p>
        <div className="along">
          {Object.entries(words.types).map(([type, label]) => (
            <Checkbox
              key={type}
              label={label}
              checked={draft.shares.includes(type)}
              onChange={(on) => change({ shares: toggled(draft.shares, type, on) })}
            />
          ))}
        </div>
      </fieldset>
      {register.error !== null && <ErrorNote error={register.error} />}
      <div className="along">
        <Button tone="primary" submit busy={register.isPending}>
          {words.save}
        </Button>
        <Button onClick={onClose}>{words.back}</Button>
      </div>
    </form>
  )
}
