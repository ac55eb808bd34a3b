import { useState, type ReactNode } from 'react'
import type { ApiError } from '../../api/api-error.ts'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextArea } from '../../ui/field.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { residentWords } from './words.ts'

type CancelWords = {
  title: string
  consequence: string
  reason: string
  reasons: Readonly<Record<string, string>>
  otherText: string
  reasonMissing: string
  otherMissing: string
  act: string
  keep: string
}

const other = 'other'

/** Asks why before something is given up, and says first what giving it up does. `onCancel` gets the reason in words. */
export const CancelDialog = ({
  words,
  open,
  busy,
  error,
  before,
  onCancel,
  onClose,
}: {
  words: CancelWords
  open: boolean
  busy: boolean
  error: ApiError | null
  before?: ReactNode
  onCancel: (reason: string) => void
  onClose: () => void
}) => {
  const shared = useWordsOf(residentWords)
  const [reason, setReason] = useState('')
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const said = reason === other ? text.trim() : (words.reasons[reason] ?? '')
  // Two characters are the least that a reason may have.
  const isMissing = said.length < 2
  const submit = () => {
    setTried(true)
    if (!isMissing) onCancel(said)
  }
  return (
    <Dialog
      title={words.title}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.keep}</Button>
          <Button tone="danger" busy={busy} onClick={submit}>
            {words.act}
          </Button>
        </>
      }
    >
      <p>{words.consequence}</p>
      {before}
      <RadioCards
        label={words.reason}
        required
        error={tried && reason === '' ? words.reasonMissing : undefined}
        choices={[...Object.entries(words.reasons), [other, shared.other] as const].map(([value, label]) => ({ value, label }))}
        value={reason}
        onChange={setReason}
      />
      {reason === other && (
        <TextArea
          label={words.otherText}
          required
          maxLength={200}
          error={tried && isMissing ? words.otherMissing : undefined}
          value={text}
          onChange={setText}
        />
      )}
      {error !== null && <ErrorNote error={error} />}
    </Dialog>
  )
}
