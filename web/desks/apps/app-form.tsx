import { useState } from 'react'
import type { Commands } from '../../api/api-types.ts'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useAppsWords } from './words.ts'

type Input = Commands['smart.register-client']['input']
type Draft = {
  client: string
  zh: string
  en: string
  kind: 'public' | 'server'
  redirects: string
  launchUrl: string
  scopes: string
  keys: string
  login: string
}
const empty: Draft = { client: '', zh: '', en: '', kind: 'public', redirects: '', launchUrl: '', scopes: '', keys: '', login: '' }

const keysOf = (text: string): Pick<Input, 'jwks' | 'jwksUri'> => {
  const typed = text.trim()
  if (typed === '') return {}
  if (!typed.startsWith('{')) return { jwksUri: typed }
  try {
    return { jwks: JSON.parse(typed) as NonNullable<Input['jwks']> }
  } catch {
    // The server says what keys must look like.
    return { jwks: { keys: [] } }
  }
}

const inputOf = (draft: Draft): Input => ({
  client: draft.client.trim(),
  name: { zh: draft.zh.trim(), en: draft.en.trim() },
  kind: draft.kind,
  redirectUris: draft.redirects
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
  ...(draft.launchUrl.trim() === '' ? {} : { launchUrl: draft.launchUrl.trim() }),
  scopes: draft.scopes.trim(),
  ...(draft.kind === 'server' ? keysOf(draft.keys) : {}),
  ...(draft.kind === 'server' && draft.login.trim() !== '' ? { login: draft.login.trim() } : {}),
})

/** Registers an app; the server judges addresses, keys and scopes, and says what does not fit. */
export const AppForm = ({ onClose }: { onClose: () => void }) => {
  const words = useAppsWords()
  const toast = useToast()
  const register = useCommand('smart.register-client')
  const [draft, setDraft] = useState(empty)
  const [tried, setTried] = useState(false)
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const missing = (text: string) => (tried && text.trim() === '' ? words.missing : undefined)
  const isWhole = [draft.client, draft.zh, draft.en, draft.scopes].every((text) => text.trim() !== '')
  const save = () => {
    setTried(true)
    if (!isWhole) return
    register.mutate(inputOf(draft), {
      onSuccess: () => {
        toast({ text: words.done })
        onClose()
      },
    })
  }
  return (
    <form
      className="stack"
      noValidate
      aria-label={words.addApp}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <h3>{words.addApp}</h3>
      <div className="apps-fields">
        <TextField
          label={words.id}
          hint={words.idHint}
          required
          error={missing(draft.client)}
          value={draft.client}
          onChange={(client) => change({ client })}
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
      </div>
      <RadioCards
        label={words.kind}
        choices={[
          { value: 'public', label: words.kinds.public },
          { value: 'server', label: words.kinds.server },
        ]}
        value={draft.kind}
        onChange={(kind) => change({ kind })}
      />
      <TextArea
        label={words.redirects}
        hint={words.redirectsHint}
        value={draft.redirects}
        onChange={(redirects) => change({ redirects })}
      />
      <TextField label={words.launchUrl} value={draft.launchUrl} onChange={(launchUrl) => change({ launchUrl })} />
      <TextField
        label={words.scopes}
        hint={words.scopesHint}
        required
        error={missing(draft.scopes)}
        value={draft.scopes}
        onChange={(scopes) => change({ scopes })}
      />
      {draft.kind === 'server' && (
        <>
          <TextArea label={words.keysText} hint={words.keysHint} value={draft.keys} onChange={(keys) => change({ keys })} />
          <TextField label={words.login} hint={words.loginHint} value={draft.login} onChange={(login) => change({ login })} />
        </>
      )}
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
