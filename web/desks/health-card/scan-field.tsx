import { useState, type FormEvent } from 'react'
import { Button } from '../../ui/button.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'

// Four characters are the least that any number has.
const LETTERS_LEAST = 4
const LETTERS_MOST = 400

type Words = { readonly scan: string; readonly scanHint: string; readonly missing: string; readonly check: string }

/** What a scanner types, or a hand: at least a number's letters are asked for before anything is sent. `done` empties the field for the next. */
export const useScanned = (onScan: (text: string, done: () => void) => void) => {
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const isMissing = text.trim().length < LETTERS_LEAST
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isMissing) return
    onScan(text.trim(), () => {
      setText('')
      setTried(false)
    })
  }
  return { text, setText, isMissing: tried && isMissing, submit }
}

type FieldProps = {
  readonly words: Words
  readonly scanned: ReturnType<typeof useScanned>
  readonly error: Error | null
  readonly isPending: boolean
  readonly icon: IconName
}

/** The field that a scanner types into, with why what was shown does not count, and the act. */
export const ScanField = ({ words, scanned, error, isPending, icon }: FieldProps) => (
  <>
    <TextField
      label={words.scan}
      hint={words.scanHint}
      type="search"
      autoComplete="off"
      maxLength={LETTERS_MOST}
      error={scanned.isMissing ? words.missing : undefined}
      value={scanned.text}
      onChange={scanned.setText}
    />
    {error !== null && <ErrorNote error={error} />}
    <div className="along">
      <Button submit tone="primary" icon={icon} busy={isPending}>
        {words.check}
      </Button>
    </div>
  </>
)
