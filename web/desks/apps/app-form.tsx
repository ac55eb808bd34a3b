import type { Commands } from '../../api/api-types.ts'
import { useCommand } from '../../api/use-api.ts'
import { RadioCards } from '../../ui/choice.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { NameFields, RegistrationForm, useRegistration, useSaved } from './registration-form.tsx'

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
  const { words, draft, trySaving, change, missing } = useRegistration(empty)
  const saved = useSaved(onClose)
  const register = useCommand('smart.register-client')
  const isWhole = [draft.client, draft.zh, draft.en, draft.scopes].every((text) => text.trim() !== '')
  const save = () => {
    trySaving()
    if (!isWhole) return
    register.mutate(inputOf(draft), saved)
  }
  return (
    <RegistrationForm title={words.addApp} register={register} onSave={save} onClose={onClose}>
      <div className="apps-fields">
        <NameFields id={draft.client} name={draft} missing={missing} onId={(client) => change({ client })} onName={change} />
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
    </RegistrationForm>
  )
}
