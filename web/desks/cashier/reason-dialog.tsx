import { useState } from 'react'
import type { ApiError } from '../../api/api-error.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextArea } from '../../ui/field.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { cashierWords } from './words.ts'

/** The least and the most characters that a reason may have. */
const LETTERS = [2, 200] as const

/** Asks for a reason in words before an act, and says first what the act does. */
export const ReasonDialog = ({
  title,
  consequence,
  act,
  label,
  missing,
  open,
  busy,
  error,
  onDone,
  onClose,
}: {
  title: string
  consequence: string
  act: string
  label: string
  missing: string
  open: boolean
  busy: boolean
  error: ApiError | null
  onDone: (reason: string) => void
  onClose: () => void
}) => {
  const words = useWordsOf(cashierWords)
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const isMissing = text.trim().length < LETTERS[0]
  const submit = () => {
    setTried(true)
    if (!isMissing) onDone(text.trim())
  }
  return (
    <Dialog
      title={title}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.keep}</Button>
          <Button tone="danger" busy={busy} onClick={submit}>
            {act}
          </Button>
        </>
      }
    >
      <p>{consequence}</p>
      <TextArea
        label={label}
        required
        maxLength={LETTERS[1]}
        error={tried && isMissing ? missing : undefined}
        value={text}
        onChange={setText}
      />
      {error !== null && <ErrorNote error={error} />}
    </Dialog>
  )
}

/** Buttons of acts that need a reason: pressed, it is asked for; given, the act is carried out and the window closes. */
export const ReasonedAct = ({
  words,
  small = false,
  tone = 'plain',
  running,
  onDone,
}: {
  words: { readonly act: string; readonly title: string; readonly why: string; readonly label: string; readonly missing: string }
  small?: boolean
  tone?: 'plain' | 'quiet'
  running: { readonly isPending: boolean; readonly error: ApiError | null }
  /** Carries the act out; `close` once it is done. */
  onDone: (reason: string, close: () => void) => void
}) => {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button small={small} tone={tone} onClick={() => setOpen(true)}>
        {words.act}
      </Button>
      <ReasonDialog
        title={words.title}
        consequence={words.why}
        act={words.act}
        label={words.label}
        missing={words.missing}
        open={open}
        busy={running.isPending}
        error={running.error}
        onDone={(reason) => onDone(reason, () => setOpen(false))}
        onClose={() => setOpen(false)}
      />
    </>
  )
}
