import { useState } from 'react'
import { useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/choice.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useWordsOf } from '../../../words/language.tsx'
import { queueWords } from './queue-words.ts'
import { ticketNumber } from './ticket-number.ts'

const reasonLeast = 2

/** A number for somebody who comes without a booking. */
export const WalkInDialog = ({ queue, open, onClose }: { queue: string; open: boolean; onClose: () => void }) => {
  const { walkInForm: words } = useWordsOf(queueWords)
  const toast = useToast()
  const take = useCommand('booking.take-ticket')
  const [elderly, setElderly] = useState(false)
  const [isEmergency, setEmergency] = useState(false)
  const [why, setWhy] = useState('')
  const [tried, setTried] = useState(false)
  const lacksWhy = isEmergency && why.trim().length < reasonLeast
  const close = () => {
    setElderly(false)
    setEmergency(false)
    setWhy('')
    setTried(false)
    take.reset()
    onClose()
  }
  const submit = () => {
    setTried(true)
    if (lacksWhy) return
    take.mutate(
      { queue, elderly, ...(isEmergency ? { emergency: why.trim() } : {}) },
      {
        onSuccess: ({ number }) => {
          toast({ text: words.done(ticketNumber(number)) })
          close()
        },
      },
    )
  }
  return (
    <Dialog
      title={words.title}
      open={open}
      onClose={close}
      actions={
        <Button tone="primary" busy={take.isPending} onClick={submit}>
          {words.act}
        </Button>
      }
    >
      <div className="stack">
        <p className="soft">{words.lead}</p>
        <Checkbox label={words.elderly} checked={elderly} onChange={setElderly} />
        <Checkbox label={words.emergency} checked={isEmergency} onChange={setEmergency} />
        {isEmergency && (
          <TextField
            label={words.why}
            required
            maxLength={200}
            error={tried && lacksWhy ? words.whyMissing : undefined}
            value={why}
            onChange={setWhy}
          />
        )}
        {take.error !== null && <ErrorNote error={take.error} />}
      </div>
    </Dialog>
  )
}
