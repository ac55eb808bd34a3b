import { useState } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import type { Clock } from './running.tsx'
import { useGreenWords } from './words.ts'

const outcomes = ['reperfused', 'treated-otherwise', 'not-confirmed', 'transferred-on', 'died'] as const
type Outcome = (typeof outcomes)[number]

/** What may be done with the channel as a whole: send on, end. */
export const ClockActs = ({ clock }: { clock: Clock }) => {
  const words = useGreenWords()
  const { role } = useActor()
  const [open, setOpen] = useState<'on' | 'end' | null>(null)
  const maySendOn = clock.maySendOn && ['referral-desk', 'ward'].includes(role)
  if (!clock.mayEnd && !maySendOn) return null
  return (
    <div className="along">
      {maySendOn && (
        <Button icon="arrow" onClick={() => setOpen('on')}>
          {words.sendOn}
        </Button>
      )}
      {clock.mayEnd && (
        <Button icon="check" onClick={() => setOpen('end')}>
          {words.end}
        </Button>
      )}
      {open === 'on' && <SendOn clock={clock} onClose={() => setOpen(null)} />}
      {open === 'end' && <End clock={clock} onClose={() => setOpen(null)} />}
    </div>
  )
}

const SendOn = ({ clock, onClose }: { clock: Clock; onClose: () => void }) => {
  const words = useGreenWords()
  const send = useCommand('green-channel.send-onward')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const lacks = reason.trim() === ''
  const go = () => {
    setTried(true)
    if (!lacks) send.mutate({ case: clock.case, reason: reason.trim() }, { onSuccess: onClose })
  }
  return (
    <Dialog
      title={words.sendOn}
      open
      onClose={onClose}
      actions={
        <Button tone="primary" busy={send.isPending} onClick={go}>
          {words.sendOn}
        </Button>
      }
    >
      <div className="stack">
        <p>{words.sendOnWhat}</p>
        <TextField
          label={words.sendOnReason}
          hint={words.sendOnHint}
          required
          maxLength={500}
          error={tried && lacks ? words.reasonMissing : undefined}
          value={reason}
          onChange={setReason}
        />
        {send.error !== null && <ErrorNote error={send.error} />}
      </div>
    </Dialog>
  )
}

const End = ({ clock, onClose }: { clock: Clock; onClose: () => void }) => {
  const words = useGreenWords()
  const end = useCommand('green-channel.end')
  const [outcome, setOutcome] = useState<Outcome | ''>('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const lacks = reason.trim().length < 2
  const go = () => {
    setTried(true)
    if (outcome !== '' && !lacks) end.mutate({ case: clock.case, outcome, reason: reason.trim() }, { onSuccess: onClose })
  }
  return (
    <Dialog
      title={words.end}
      open
      onClose={onClose}
      actions={
        <Button tone="primary" busy={end.isPending} onClick={go}>
          {words.end}
        </Button>
      }
    >
      <div className="stack">
        <p>{words.endWhat}</p>
        <RadioCards
          label={words.outcome}
          required
          error={tried && outcome === '' ? words.outcomeMissing : undefined}
          choices={outcomes.map((value) => ({ value, label: words.outcomes[value] }))}
          value={outcome}
          onChange={setOutcome}
        />
        <TextField
          label={words.reason}
          required
          maxLength={500}
          error={tried && lacks ? words.reasonMissing : undefined}
          value={reason}
          onChange={setReason}
        />
        {end.error !== null && <ErrorNote error={end.error} />}
      </div>
    </Dialog>
  )
}
