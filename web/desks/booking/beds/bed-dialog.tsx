import { useState } from 'react'
import { useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Facts } from '../../../ui/card.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select, TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { act } from './act.ts'
import { bedsNow, expectedFor, plusDays, type Board, type BoardBed, type BoardStay } from './board.ts'
import { WhoButton } from './who-button.tsx'
import { useBedsWords } from './words.ts'

type Props = { bed: BoardBed; board: Board; onClose: () => void }

/** What may be done at one bed: admit, move, change the expected discharge, discharge, close, make ready. */
export const BedDialog = ({ bed, board, onClose }: Props) => {
  const words = useBedsWords()
  const { stay } = bed
  const facts: [string, string][] = [[words.facts.state, words.states[bed.state]]]
  if (stay !== null) facts.push([words.facts.sex, words.sexes[stay.sex]], [words.facts.until, stay.until])
  if (bed.closeReason !== null) facts.push([words.facts.reason, bed.closeReason])
  const name = words.bed(bed.room, bed.label)
  return (
    <Dialog title={name} open onClose={onClose}>
      <div className="stack">
        <Facts facts={facts} />
        {stay !== null && (
          <div>
            <WhoButton stay={stay.stay} what={name} />
          </div>
        )}
        {stay !== null && <InBed bed={bed} stay={stay} board={board} onClose={onClose} />}
        {(bed.state === 'free' || bed.state === 'kept') && <Empty bed={bed} board={board} onClose={onClose} />}
        {bed.state === 'cleaning' && <Ready bed={bed} onClose={onClose} />}
        {bed.state === 'closed' && <Reopen bed={bed} onClose={onClose} />}
      </div>
    </Dialog>
  )
}

const useOrg = (): string => useActor().institution?.id ?? ''

const Empty = ({ bed, board, onClose }: Props) => {
  const words = useBedsWords()
  const org = useOrg()
  const toast = useToast()
  const admit = useCommand('booking.admit')
  const due = expectedFor(bed, board.expected, board.today)
  const [stay, setStay] = useState(due[0]?.stay ?? '')
  const choices = due.map((one) => ({
    value: one.stay as string,
    label: words.stayOf(words.sexes[one.sex], one.from, one.until),
  }))
  const done = () => {
    toast({ text: words.done.admitted, tone: 'good' })
    onClose()
  }
  const run = () => act(() => admit.mutateAsync({ org, stay, bed: bed.bed }), done)
  return (
    <>
      {choices.length === 0 ? (
        <p className="soft">{words.chooseStayNone}</p>
      ) : (
        <div className="stack tight">
          <Select label={words.chooseStay} choices={choices} value={stay} onChange={setStay} />
          {stay !== '' && <WhoButton key={stay} stay={stay} what={words.chooseStay} />}
          {admit.error !== null && <ErrorNote error={admit.error} />}
          <div>
            <Button tone="primary" busy={admit.isPending} disabled={stay === ''} onClick={run}>
              {words.acts.admitHere}
            </Button>
          </div>
        </div>
      )}
      {bed.next === null && <Close bed={bed} onClose={onClose} />}
    </>
  )
}

const InBed = ({ bed, stay, board, onClose }: Props & { stay: BoardStay }) => (
  <>
    <Expect stay={stay} board={board} onClose={onClose} />
    <Move bed={bed} stay={stay} board={board} onClose={onClose} />
    <Discharge stay={stay} onClose={onClose} />
  </>
)

type OfStay = { stay: BoardStay; board: Board; onClose: () => void }

/** Another day of discharge. */
export const Expect = ({ stay, board, onClose }: OfStay) => {
  const words = useBedsWords()
  const org = useOrg()
  const toast = useToast()
  const [on, setOn] = useState<string>(stay.until)
  const expect = useCommand('booking.expect-discharge')
  const done = () => {
    toast({ text: words.done.expected, tone: 'good' })
    onClose()
  }
  const least = stay.from >= board.today ? plusDays(stay.from, 1) : plusDays(board.today, 1)
  return (
    <section className="bed-act">
      <TextField type="date" label={words.onDay} hint={words.onDayHint} min={least} value={on} onChange={setOn} />
      {expect.error !== null && <ErrorNote error={expect.error} />}
      <div>
        <Button
          busy={expect.isPending}
          disabled={on === stay.until || on === ''}
          onClick={() => act(() => expect.mutateAsync({ org, stay: stay.stay, on }), done)}
        >
          {words.acts.expect}
        </Button>
      </div>
    </section>
  )
}

/** A bed for somebody: moves whoever lies in one, or names one for whoever is expected. */
export const Move = ({ bed, stay, board, onClose }: OfStay & { bed: BoardBed | null }) => {
  const words = useBedsWords()
  const org = useOrg()
  const toast = useToast()
  const [to, setTo] = useState('')
  const give = useCommand('booking.give-bed')
  const isIn = stay.state === 'admitted'
  const choices = bedsNow(board.beds, stay)
    .filter((one) => one.bed !== bed?.bed)
    .map((one) => ({ value: one.bed as string, label: words.bed(one.room, one.label), note: words.forSexes[one.sex] }))
  const done = () => {
    toast({ text: isIn ? words.done.moved : words.done.given, tone: 'good' })
    onClose()
  }
  if (choices.length === 0) return <p className="soft">{words.chooseBedNone}</p>
  return (
    <section className="bed-act">
      <Select label={words.chooseBed} choices={choices} value={to} onChange={setTo} />
      {give.error !== null && <ErrorNote error={give.error} />}
      <div>
        <Button
          busy={give.isPending}
          disabled={to === ''}
          onClick={() => act(() => give.mutateAsync({ org, stay: stay.stay, bed: to }), done)}
        >
          {isIn ? words.acts.move : words.acts.give}
        </Button>
      </div>
    </section>
  )
}

const Discharge = ({ stay, onClose }: { stay: BoardStay; onClose: () => void }) => {
  const words = useBedsWords()
  const org = useOrg()
  const toast = useToast()
  const discharge = useCommand('booking.discharge')
  const done = () => {
    toast({ text: words.done.discharged, tone: 'good' })
    onClose()
  }
  return (
    <section className="bed-act">
      <p className="soft small">{words.dischargeWhat}</p>
      {discharge.error !== null && <ErrorNote error={discharge.error} />}
      <div>
        <Button
          tone="danger"
          busy={discharge.isPending}
          onClick={() => act(() => discharge.mutateAsync({ org, stay: stay.stay }), done)}
        >
          {words.acts.discharge}
        </Button>
      </div>
    </section>
  )
}

const Close = ({ bed, onClose }: { bed: BoardBed; onClose: () => void }) => {
  const words = useBedsWords()
  const org = useOrg()
  const toast = useToast()
  const [reason, setReason] = useState('')
  const close = useCommand('booking.close-bed')
  const done = () => {
    toast({ text: words.done.closed, tone: 'good' })
    onClose()
  }
  return (
    <section className="bed-act">
      <TextField label={words.facts.reason} hint={words.reasonHint} value={reason} onChange={setReason} maxLength={200} />
      {close.error !== null && <ErrorNote error={close.error} />}
      <div>
        <Button
          busy={close.isPending}
          disabled={reason.trim().length < 2}
          onClick={() => act(() => close.mutateAsync({ org, bed: bed.bed, reason }), done)}
        >
          {words.acts.close}
        </Button>
      </div>
    </section>
  )
}

const Ready = ({ bed, onClose }: { bed: BoardBed; onClose: () => void }) => {
  const words = useBedsWords()
  const org = useOrg()
  const toast = useToast()
  const ready = useCommand('booking.bed-ready')
  const done = () => {
    toast({ text: words.done.ready, tone: 'good' })
    onClose()
  }
  return (
    <>
      {ready.error !== null && <ErrorNote error={ready.error} />}
      <div>
        <Button
          tone="primary"
          icon="check"
          busy={ready.isPending}
          onClick={() => act(() => ready.mutateAsync({ org, bed: bed.bed }), done)}
        >
          {words.acts.ready}
        </Button>
      </div>
    </>
  )
}

const Reopen = ({ bed, onClose }: { bed: BoardBed; onClose: () => void }) => {
  const words = useBedsWords()
  const org = useOrg()
  const toast = useToast()
  const reopen = useCommand('booking.reopen-bed')
  const done = () => {
    toast({ text: words.done.reopened, tone: 'good' })
    onClose()
  }
  return (
    <>
      {reopen.error !== null && <ErrorNote error={reopen.error} />}
      <div>
        <Button tone="primary" busy={reopen.isPending} onClick={() => act(() => reopen.mutateAsync({ org, bed: bed.bed }), done)}>
          {words.acts.reopen}
        </Button>
      </div>
    </>
  )
}
