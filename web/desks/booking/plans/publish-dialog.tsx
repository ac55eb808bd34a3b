import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Facts } from '../../../ui/card.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextField } from '../../../ui/field.tsx'
import type { Effect } from './draft.ts'
import { usePlanWords } from './words.ts'

/** What a change would do, in numbers; zero is left out. */
const useFacts = (effect: Effect): (readonly [string, string])[] => {
  const { effect: words } = usePlanWords()
  const facts: (readonly [string, string, number])[] = [
    [words.opened, words.slotsAndUnits(effect.slotsOpened, effect.unitsOpened), 1],
    [words.reserved, String(effect.reserved), effect.slotsOpened],
    [words.emergency, String(effect.emergency), effect.emergency],
    [words.changed, words.slots(effect.slotsChanged), effect.slotsChanged],
    [words.moved, words.people(effect.peopleMoved), effect.peopleMoved],
    [words.givenUp, words.slots(effect.slotsGivenUp), effect.slotsGivenUp],
    [words.stopped, words.stoppedPeople(effect.slotsStopped, effect.people), effect.slotsStopped],
    [words.through, effect.publishedThrough ?? '', effect.publishedThrough === null ? 0 : 1],
  ]
  return facts.filter(([, , counts]) => counts > 0).map(([name, value]) => [name, value] as const)
}

type Props = {
  effect: Effect | null
  error: unknown
  busy: boolean
  onConfirm: (stopReason: string | null) => void
  onClose: () => void
}

const reasonLeast = 2

/** Shows what publishing would do before it is done; where booked slots would stop, asks for the reason. */
export const PublishDialog = ({ effect, error, busy, onConfirm, onClose }: Props) => {
  const words = usePlanWords()
  return (
    <Dialog title={words.effectTitle} open={effect !== null} onClose={onClose}>
      {effect !== null && <Asked effect={effect} error={error} busy={busy} onConfirm={onConfirm} onClose={onClose} />}
    </Dialog>
  )
}

const Asked = ({ effect, error, busy, onConfirm, onClose }: Props & { effect: Effect }) => {
  const words = usePlanWords()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const stops = effect.slotsStopped > 0
  const isShort = reason.trim().length < reasonLeast
  const confirm = () => {
    setTried(true)
    if (!stops || !isShort) onConfirm(stops ? reason.trim() : null)
  }
  return (
    <div className="stack">
      <Facts facts={useFacts(effect)} />
      {stops && (
        <>
          <p className="plan-warning">{words.stopWarn}</p>
          <TextField
            label={words.reason}
            hint={words.reasonHint}
            required
            maxLength={200}
            error={tried && isShort ? words.reasonMissing : undefined}
            value={reason}
            onChange={setReason}
          />
        </>
      )}
      {error !== null && <ErrorNote error={error} />}
      <div className="along">
        <Button tone={stops ? 'danger' : 'primary'} busy={busy} onClick={confirm}>
          {stops ? words.confirmStop : words.confirm}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </div>
  )
}
