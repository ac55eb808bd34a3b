import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi } from '../../../api/use-api.ts'
import { Card } from '../../../ui/card.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { usePick } from '../../../words/language.tsx'
import { DayDialog } from './day-dialog.tsx'
import type { Calendars, PlansAnswer, ShownPlan } from './draft.ts'
import { usePlanWords } from './words.ts'

export type PlanDay = Queries['booking.plan-days']['answer']['days'][number]

const weeksShown = 5
const weekDays = 7

const weekdayOf = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % weekDays) + 1

/** Five weeks of a plan: holidays and make-up workdays, exceptions, what is published and sold. A day opens to be changed. */
export const MonthStrip = ({
  plan,
  calendars,
  exceptions,
}: {
  plan: ShownPlan
  calendars: Calendars
  exceptions: PlansAnswer['exceptions']
}) => {
  const words = usePlanWords()
  const [open, setOpen] = useState<string | null>(null)
  const asked = useApi('booking.plan-days', { plan: plan.id, days: weeksShown * weekDays })
  const days = asked.data?.days
  const first = days?.[0]
  const shown = days?.find(({ day }) => day === open) ?? null
  return (
    <Card title={words.month}>
      <p className="soft small">{words.monthHint}</p>
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.data === undefined && asked.error === null && <Skeleton lines={5} />}
      {first !== undefined && days !== undefined && (
        <ol className="month-strip">
          {days.map((one, at) => (
            <li key={one.day} style={at === 0 ? { gridColumnStart: weekdayOf(first.day) } : undefined}>
              <DayButton day={one} onOpen={() => setOpen(one.day)} />
            </li>
          ))}
        </ol>
      )}
      {days?.some(({ statutory }) => !statutory.isArranged) === true && <p className="soft small">{words.notArranged}</p>}
      {shown !== null && (
        <DayDialog
          plan={plan}
          day={shown}
          calendars={calendars}
          exceptions={exceptions.filter((one) => one.day === shown.day && (one.plan === null || one.plan === plan.id))}
          onClose={() => setOpen(null)}
        />
      )}
    </Card>
  )
}

const DayButton = ({ day, onOpen }: { day: PlanDay; onOpen: () => void }) => {
  const words = usePlanWords()
  const pick = usePick()
  const { statutory, planned, published } = day
  const units = published.units > 0 ? published.units : (planned[0]?.units ?? 0)
  const name = statutory.name === null ? null : pick(statutory.name)
  const badge = statutory.is === 'holiday' ? words.holiday : statutory.is === 'make-up' ? words.makeUpDay : null
  return (
    <button type="button" className={`month-day ${statutory.is}${units === 0 ? ' closed' : ''}`} onClick={onOpen}>
      <span className="month-date">
        <span className="figures">{day.day.slice(5).replace('-', '/')}</span>
        <span className="small">{words.weekdays[weekdayOf(day.day) - 1]}</span>
      </span>
      {badge !== null && <span className={`month-badge ${statutory.is}`}>{`${badge} ${name ?? ''}`}</span>}
      {day.exceptions.map(({ id, kind }) => (
        <span key={id} className="month-badge exception">
          {words.marks[kind]}
        </span>
      ))}
      <span className="small figures">
        {published.units > 0 ? words.soldOf(published.sold, published.units) : units > 0 ? words.units(units) : words.noUnits}
      </span>
      {published.stopped > 0 && <span className="small month-stopped">{words.stoppedSlots(published.stopped)}</span>}
    </button>
  )
}
