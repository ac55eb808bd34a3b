import { useState } from 'react'
import type { Commands } from '../../../api/api-types.ts'
import { showable } from '../../../api/api-error.ts'
import { useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Checkbox, RadioCards } from '../../../ui/choice.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select, TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { usePick } from '../../../words/language.tsx'
import type { Calendars, ShownException, ShownPlan } from './draft.ts'
import type { PlanDay } from './month-strip.tsx'
import { usePlanWords } from './words.ts'

type Kind = ShownException['kind']
type Fields = {
  kind: Kind
  reason: string
  asWeekday: string
  from: string
  to: string
  capacity: string
  by: string
  stopSold: boolean
}
type Props = { plan: ShownPlan; day: PlanDay; calendars: Calendars; exceptions: readonly ShownException[]; onClose: () => void }

const inputOf = (fields: Fields, plan: string, day: string): Commands['booking.add-exception']['input'] => {
  const common = { plan, day, reason: fields.reason.trim(), stopSold: fields.stopSold }
  const [org = '', id = ''] = fields.by.split('/')
  switch (fields.kind) {
    case 'closed':
      return { kind: 'closed', ...common }
    case 'worked':
      return { kind: 'worked', asWeekday: Number(fields.asWeekday), ...common }
    case 'extra':
      return { kind: 'extra', from: fields.from, to: fields.to, capacity: Number(fields.capacity) || 1, ...common }
    case 'substitute':
      return { kind: 'substitute', calendar: { org, id }, ...common }
  }
}

const wouldStop = (error: unknown): boolean =>
  error !== null && [showable(error).body, ...showable(error).body.reasons].some(({ code }) => code === 'booking.plan-would-stop')

/** A day of a plan: why it is as it is, its exceptions, and a form for another one. */
export const DayDialog = ({ plan, day, calendars, exceptions, onClose }: Props) => {
  const words = usePlanWords()
  const why = day.planned[0]?.why ?? 'week'
  const sessions = day.planned[0]?.sessions ?? []
  return (
    <Dialog title={words.dayTitle(day.day)} open onClose={onClose}>
      <div className="stack">
        <p>
          {words.why[why]}
          {sessions.length > 0 && ` · ${sessions.map(({ from, to }) => `${from}–${to}`).join('，')}`}
        </p>
        {exceptions.length > 0 && <Exceptions exceptions={exceptions} onClose={onClose} />}
        <AddException plan={plan} day={day} calendars={calendars} onClose={onClose} />
      </div>
    </Dialog>
  )
}

const Exceptions = ({ exceptions, onClose }: { exceptions: readonly ShownException[]; onClose: () => void }) => {
  const words = usePlanWords()
  const toast = useToast()
  const remove = useCommand('booking.remove-exception')
  return (
    <section className="stack tight" aria-label={words.exceptions}>
      {exceptions.map(({ id, kind, reason, session, by }) => (
        <div key={id} className="along apart">
          <span>
            {words.exceptionKinds[kind]}
            {session !== null && ` ${session.from}–${session.to}`}
            {by !== null && ` ${by.zh}`}
            {` · ${reason}`}
          </span>
          <Button
            small
            busy={remove.isPending}
            onClick={() => {
              const onSuccess = () => {
                toast({ text: words.takenBack })
                onClose()
              }
              remove.mutate({ exception: id }, { onSuccess })
            }}
          >
            {words.takeBack}
          </Button>
        </div>
      ))}
      {remove.error !== null && <ErrorNote error={remove.error} />}
    </section>
  )
}

const reasonLeast = 2

const AddException = ({ plan, day, calendars, onClose }: Omit<Props, 'exceptions'>) => {
  const words = usePlanWords()
  const toast = useToast()
  const add = useCommand('booking.add-exception')
  const [tried, setTried] = useState(false)
  const [fields, setFields] = useState<Fields>({
    kind: day.planned[0]?.units === 0 ? 'worked' : 'closed',
    reason: '',
    asWeekday: '1',
    from: '08:00',
    to: '09:00',
    capacity: '4',
    by: '',
    stopSold: false,
  })
  const change = (part: Partial<Fields>) => setFields((before) => ({ ...before, ...part }))
  const isShort = fields.reason.trim().length < reasonLeast
  const submit = () => {
    setTried(true)
    if (isShort || (fields.kind === 'substitute' && fields.by === '')) return
    add.mutate(inputOf(fields, plan.id, day.day), {
      onSuccess: () => {
        toast({ text: words.added })
        onClose()
      },
    })
  }
  return (
    <section className="stack" aria-label={words.add}>
      <RadioCards
        label={words.add}
        choices={(['closed', 'extra', 'worked', 'substitute'] as const).map((value) => ({
          value,
          label: words.exceptionKinds[value],
        }))}
        value={fields.kind}
        onChange={(kind) => change({ kind })}
      />
      <KindFields fields={fields} change={change} plan={plan} calendars={calendars} />
      <TextField
        label={words.reason}
        hint={words.reasonHint}
        required
        maxLength={200}
        error={tried && isShort ? words.reasonMissing : undefined}
        value={fields.reason}
        onChange={(reason) => change({ reason })}
      />
      {add.error !== null && <ErrorNote error={add.error} />}
      {(wouldStop(add.error) || fields.stopSold) && (
        <Checkbox
          label={words.stopSold(String(day.published.sold))}
          checked={fields.stopSold}
          onChange={(stopSold) => change({ stopSold })}
        />
      )}
      <div className="along">
        <Button tone={fields.stopSold ? 'danger' : 'primary'} busy={add.isPending} onClick={submit}>
          {words.save}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </section>
  )
}

type KindProps = { fields: Fields; change: (part: Partial<Fields>) => void; plan: ShownPlan; calendars: Calendars }

const KindFields = ({ fields, change, plan, calendars }: KindProps) => {
  const words = usePlanWords()
  const pick = usePick()
  if (fields.kind === 'worked')
    return (
      <Select
        label={words.asWeekday}
        choices={words.weekdays.map((label, at) => ({ value: String(at + 1), label }))}
        value={fields.asWeekday}
        onChange={(asWeekday) => change({ asWeekday })}
      />
    )
  if (fields.kind === 'substitute')
    return (
      <Select
        label={words.substitute}
        required
        choices={calendars.calendars
          .filter(({ id, specialty }) => id !== plan.calendar && (specialty === null || specialty === plan.specialty))
          .map(({ org, id, name }) => ({ value: `${org}/${id}`, label: pick(name) }))}
        value={fields.by}
        onChange={(by) => change({ by })}
      />
    )
  if (fields.kind === 'extra')
    return (
      <div className="plan-fields">
        <TextField label={words.from} type="time" value={fields.from} onChange={(from) => change({ from })} />
        <TextField label={words.to} type="time" value={fields.to} onChange={(to) => change({ to })} />
        <TextField
          label={words.extraCapacity}
          type="number"
          inputMode="numeric"
          min={1}
          value={fields.capacity}
          onChange={(capacity) => change({ capacity })}
        />
      </div>
    )
  return null
}
