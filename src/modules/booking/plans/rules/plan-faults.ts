import type { Refusal } from '../../../../kernel/result.ts'
import type { Plan, Session } from '../plans.ts'
import { timeOf } from './plan-slots.ts'

/** What the rulebook allows: length of a slot in minutes, days ahead. */
export type PlanBounds = { readonly minutesLeast: number; readonly minutesMost: number; readonly daysMost: number }

const timesOf = ({ from, to }: Session) => ({ from: timeOf(from), to: timeOf(to) })

const sessionFaults = (session: Session, minutes: number, at: number): Refusal[] => {
  const field = `sessions.${at}`
  const { weekday, from, to } = session
  if (to <= from) return [{ code: 'booking.session-ends-early', field, detail: { weekday, ...timesOf(session) } }]
  return (to - from) % minutes === 0
    ? []
    : [{ code: 'booking.session-not-whole-slots', field, detail: { weekday, minutes, ...timesOf(session) } }]
}

const clashes = (a: Session, b: Session): boolean => a.weekday === b.weekday && a.from < b.to && b.from < a.to

/**
 * Everything that a plan cannot be published with, each with the field that it is about: the length of a slot (S2: at most 60
 * minutes), how far ahead, from and until when, sessions that end before they begin, that no whole number of slots fits into, or that overlap within a weekday.
 */
export const planFaults = (
  plan: Pick<Plan, 'minutes' | 'daysAhead' | 'validFrom' | 'validUntil' | 'sessions'>,
  { minutesLeast, minutesMost, daysMost }: PlanBounds,
): Refusal[] => {
  const { minutes, daysAhead, validFrom, validUntil, sessions } = plan
  const faults: Refusal[] = []
  if (minutes < minutesLeast || minutes > minutesMost)
    faults.push({ code: 'booking.slot-length', field: 'minutes', detail: { least: minutesLeast, most: minutesMost } })
  if (daysAhead > daysMost) faults.push({ code: 'booking.publish-too-far', field: 'daysAhead', detail: { days: daysMost } })
  if (validUntil !== null && validUntil <= validFrom) faults.push({ code: 'booking.plan-ends-early', field: 'validUntil' })
  faults.push(...sessions.flatMap((session, at) => sessionFaults(session, minutes, at)))
  sessions.forEach((session, at) => {
    const other = sessions.findIndex((one, before) => before < at && clashes(one, session))
    if (other >= 0)
      faults.push({
        code: 'booking.sessions-overlap',
        field: `sessions.${at}`,
        detail: { weekday: session.weekday, ...timesOf(session) },
      })
  })
  return faults
}
