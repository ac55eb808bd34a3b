import { useState } from 'react'
import type { ApiError } from '../../api/api-error.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { useAppsWords } from './words.ts'

const lettersLeast = 2

type StopFormProps = { label: string; isDanger: boolean; busy: boolean; error: ApiError | null; onSend: (reason: string) => void }

/** A button that asks for a reason before it acts. */
export const StopForm = ({ label, isDanger, busy, error, onSend }: StopFormProps) => {
  const words = useAppsWords()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = reason.trim().length < lettersLeast
  if (!open)
    return (
      <div>
        <Button small onClick={() => setOpen(true)}>
          {label}
        </Button>
      </div>
    )
  const send = () => {
    setTried(true)
    if (!isShort) onSend(reason.trim())
  }
  return (
    <div className="stack tight">
      <TextField
        label={words.reason}
        hint={words.reasonHint}
        error={tried && isShort ? words.reasonHint : undefined}
        maxLength={200}
        value={reason}
        onChange={setReason}
      />
      {error !== null && <ErrorNote error={error} />}
      <div className="along">
        <Button small tone={isDanger ? 'danger' : 'primary'} busy={busy} onClick={send}>
          {`${words.confirm}${label}`}
        </Button>
        <Button small onClick={() => setOpen(false)}>
          {words.back}
        </Button>
      </div>
    </div>
  )
}
