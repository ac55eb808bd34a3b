import { useId, useState, type FormEvent, type ReactNode } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextArea } from '../../../ui/field.tsx'
import { useWords } from '../../../words/language.tsx'
import { useQuotaWords } from './words.ts'

/** An act that asks for a reason: its other fields, the reason, and every reason why not when it was refused. */
export const ReasonDialog = ({
  title,
  act,
  busy,
  error,
  isWhole,
  onSubmit,
  onClose,
  children,
}: {
  title: string
  act: string
  busy: boolean
  error: unknown
  /** Whether the other fields are filled as they must be. */
  isWhole: boolean
  onSubmit: (reason: string) => void
  onClose: () => void
  children: (wasTried: boolean) => ReactNode
}) => {
  const words = useQuotaWords()
  const shared = useWords()
  const form = useId()
  const [reason, setReason] = useState('')
  const [wasTried, setWasTried] = useState(false)
  const hasReason = reason.trim().length >= 2
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setWasTried(true)
    if (isWhole && hasReason && !busy) onSubmit(reason.trim())
  }
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{shared.ui.cancel}</Button>
          <Button tone="primary" submit form={form} busy={busy}>
            {act}
          </Button>
        </>
      }
    >
      <form id={form} className="stack" noValidate onSubmit={submit}>
        {error !== null && <ErrorNote error={error} />}
        {children(wasTried)}
        <TextArea
          label={words.reason}
          hint={words.reasonNote}
          required
          maxLength={200}
          error={wasTried && !hasReason ? words.faults.reason : undefined}
          value={reason}
          onChange={setReason}
        />
      </form>
    </Dialog>
  )
}
