import { Button } from '../../../ui/button.tsx'
import { Select, TextField } from '../../../ui/field.tsx'
import { copiedTo, inOrder, isClashing, minutesOf, timeOf, type Drawn } from './week.ts'
import { usePlanWords } from './words.ts'

const workdays = [1, 2, 3, 4, 5]

type Props = {
  sessions: readonly Drawn[]
  chosen: number | null
  onChoose: (key: number | null) => void
  onSessions: (sessions: readonly Drawn[]) => void
}

/** The sessions as a list, and a form for the chosen one: the way by keys, and the only one on a phone. */
export const SessionForm = ({ sessions, chosen, onChoose, onSessions }: Props) => {
  const words = usePlanWords()
  const session = sessions.find(({ key }) => key === chosen)
  const change = (part: Partial<Drawn>) => onSessions(sessions.map((one) => (one.key === chosen ? { ...one, ...part } : one)))
  const add = () => {
    const key = Math.max(0, ...sessions.map((one) => one.key)) + 1
    const free = [1, 2, 3, 4, 5, 6, 7].find((weekday) => !sessions.some((one) => one.weekday === weekday)) ?? 7
    onSessions([...sessions, { key, weekday: free, from: 480, to: 690, capacity: session?.capacity ?? 4 }])
    onChoose(key)
  }
  return (
    <div className="stack tight session-form">
      <ul className="session-list">
        {inOrder(sessions).map((one) => (
          <li key={one.key}>
            <Button tone="quiet" small aria-pressed={one.key === chosen} onClick={() => onChoose(one.key)}>
              {`${words.weekdays[one.weekday - 1]} ${timeOf(one.from)}–${timeOf(one.to)} · ${words.units(one.capacity)}`}
            </Button>
          </li>
        ))}
      </ul>
      <div>
        <Button small icon="plus" onClick={add}>
          {words.addSession}
        </Button>
      </div>
      {session === undefined && sessions.length > 0 && <p className="soft small">{words.noSession}</p>}
      {session !== undefined && (
        <fieldset className="stack tight chosen-session">
          <legend>{words.edit}</legend>
          {isClashing(session, sessions) && (
            <p className="field-error" aria-live="polite">
              {words.overlaps}
            </p>
          )}
          <div className="plan-fields">
            <Select
              label={words.weekday}
              choices={words.weekdays.map((label, at) => ({ value: String(at + 1), label }))}
              value={String(session.weekday)}
              onChange={(weekday) => change({ weekday: Number(weekday) })}
            />
            <TextField
              label={words.capacity}
              type="number"
              inputMode="numeric"
              min={1}
              max={1000}
              value={String(session.capacity)}
              onChange={(capacity) => change({ capacity: Math.max(1, Math.trunc(Number(capacity)) || 1) })}
            />
            <TextField
              label={words.from}
              type="time"
              value={timeOf(session.from)}
              onChange={(from) => change({ from: minutesOf(from) ?? session.from })}
            />
            <TextField
              label={words.to}
              type="time"
              value={timeOf(session.to)}
              onChange={(to) => change({ to: minutesOf(to) ?? session.to })}
            />
          </div>
          <div className="along">
            <Button small onClick={() => onSessions(copiedTo(sessions, session.weekday, workdays))}>
              {`${words.copyDay} ${words.workdays}`}
            </Button>
            {words.weekdays.map((label, at) =>
              at + 1 === session.weekday ? null : (
                <Button
                  key={label}
                  small
                  tone="quiet"
                  aria-label={`${words.copyDay} ${label}`}
                  onClick={() => onSessions(copiedTo(sessions, session.weekday, [at + 1]))}
                >
                  {label}
                </Button>
              ),
            )}
          </div>
          <div>
            <Button
              small
              tone="danger"
              onClick={() => {
                onSessions(sessions.filter(({ key }) => key !== chosen))
                onChoose(null)
              }}
            >
              {words.remove}
            </Button>
          </div>
        </fieldset>
      )}
    </div>
  )
}
