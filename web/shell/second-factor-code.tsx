import { useId, useState, type FormEvent, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { TextField } from '../ui/field.tsx'

/** What a form for one code says. */
export type CodeWords = { label: string; hint?: string; missing: string; go: string }

/** One field for a code and the button that sends it; a refusal is shown above the field, which keeps what was typed. */
export const CodeForm = ({
  words,
  send,
  secret = false,
  others,
}: {
  words: CodeWords
  send: (code: string) => Promise<void>
  /** Whether what is typed may be a password, and so is not shown. */
  secret?: boolean
  others?: ReactNode
}) => {
  const id = useId()
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (busy || code.trim() === '') return
    setBusy(true)
    setError(null)
    try {
      await send(code.trim())
    } catch (thrown) {
      setError(thrown)
    }
    setBusy(false)
  }
  return (
    <form className="stack" noValidate onSubmit={(event) => void submit(event)}>
      {error !== null && <ErrorNote error={error} />}
      <TextField
        id={`${id}-code`}
        label={words.label}
        {...(words.hint === undefined ? {} : { hint: words.hint })}
        error={tried && code.trim() === '' ? words.missing : undefined}
        type={secret ? 'password' : 'text'}
        value={code}
        onChange={setCode}
        autoComplete={secret ? 'off' : 'one-time-code'}
        autoCapitalize="none"
        spellCheck={false}
      />
      <Button tone="primary" submit wide busy={busy}>
        {words.go}
      </Button>
      {others}
    </form>
  )
}
