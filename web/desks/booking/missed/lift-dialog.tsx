import { useId, useState, type FormEvent } from 'react'
import { useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextArea } from '../../../ui/field.tsx'
import { formatDay } from '../../../ui/time-format.ts'
import { useToast } from '../../../ui/toast.tsx'
import { usePick, useWords } from '../../../words/language.tsx'
import type { WhoMissed } from './by-person.ts'
import { useMissedWords } from './words.ts'

const LETTERS_LEAST = 2

/** What somebody missed here no longer counts, with the reason; says what stays. */
export const LiftDialog = ({ who, onClose }: { who: WhoMissed; onClose: () => void }) => {
  const words = useMissedWords()
  const shared = useWords()
  const pick = usePick()
  const toast = useToast()
  const form = useId()
  const [reason, setReason] = useState('')
  const [wasTried, setWasTried] = useState(false)
  const lift = useCommand('booking.lift-suspension')
  const hasReason = reason.trim().length >= LETTERS_LEAST
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setWasTried(true)
    if (!hasReason || lift.isPending) return
    lift.mutate(
      { person: who.person, reason: reason.trim() },
      {
        onSuccess: ({ suspendedUntil }) => {
          const text = suspendedUntil === null ? words.done : words.doneStill(formatDay(suspendedUntil))
          toast({ text, tone: 'good' })
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      title={words.liftOf(pick(who.name))}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{shared.ui.cancel}</Button>
          <Button tone="primary" submit form={form} busy={lift.isPending}>
            {words.lift}
          </Button>
        </>
      }
    >
      <form id={form} className="stack" noValidate onSubmit={submit}>
        <p>{words.liftWhat(who.counted)}</p>
        {lift.error !== null && <ErrorNote error={lift.error} />}
        <TextArea
          label={words.reason}
          hint={words.reasonHint}
          required
          maxLength={200}
          error={wasTried && !hasReason ? words.reasonMissing : undefined}
          value={reason}
          onChange={setReason}
        />
      </form>
    </Dialog>
  )
}
