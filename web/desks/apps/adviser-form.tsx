import { ADVISED_AT } from '../../../src/modules/smart/contract.ts'
import { useCommand } from '../../api/use-api.ts'
import { Checkbox } from '../../ui/choice.tsx'
import { TextField } from '../../ui/field.tsx'
import { NameFields, RegistrationForm, useRegistration, useSaved } from './registration-form.tsx'

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
  const { words, draft, tried, trySaving, change, missing } = useRegistration(empty)
  const saved = useSaved(onClose)
  const register = useCommand('smart.register-adviser')
  const save = () => {
    trySaving()
    const { adviser, zh, en, url, hooks, shares, wait } = draft
    if ([adviser, zh, en, url].some((text) => text.trim() === '') || hooks.length === 0) return
    const input = { adviser: adviser.trim(), name: { zh: zh.trim(), en: en.trim() }, url: url.trim(), shares: [...shares] }
    register.mutate({ ...input, hooks: [...hooks], waitMs: Number(wait) }, saved)
  }
  return (
    <RegistrationForm title={words.addAdviser} register={register} onSave={save} onClose={onClose}>
      <div className="apps-fields">
        <NameFields id={draft.adviser} name={draft} missing={missing} onId={(adviser) => change({ adviser })} onName={change} />
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
    </RegistrationForm>
  )
}
