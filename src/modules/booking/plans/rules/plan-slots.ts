import { plusMinutes } from '../../../../kernel/clock.ts'
import { instantAt, plusDays, weekdayOf, type Day } from '../../../../kernel/day.ts'
import type { Plan, PlanException, PlannedSlot, Session } from '../plans.ts'
import { statutoryDay } from './statutory-day.ts'

/** `08:30` as minutes of the day. */
export const minutesOf = (time: string): number => {
  const [hours = '', minutes = ''] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}

const two = (number: number): string => String(number).padStart(2, '0')

/** Minutes of the day as `08:30`. */
export const timeOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

/** Why a day has the sessions that it has. */
export type DayReason = 'week' | 'closed' | 'holiday' | 'make-up' | 'worked' | 'not-valid'

type PlanOfDays = Pick<Plan, 'id' | 'validFrom' | 'validUntil' | 'sessions' | 'makeUpWeekday' | 'worksOnHolidays'>

const ofDay = (exceptions: readonly PlanException[], plan: PlanOfDays, day: Day): PlanException[] =>
  exceptions
    .filter((one) => one.day === day && (one.plan === null || one.plan === plan.id))
    // What is said of the plan itself goes before what is said of the whole institution.
    .toSorted((a, b) => Number(a.plan === null) - Number(b.plan === null))

/** Which weekday's sessions a day has, and why; null where it has none of the week. */
const weekdayUsed = (plan: PlanOfDays, day: Day, exceptions: readonly PlanException[]): [number | null, DayReason] => {
  const said = exceptions.find(({ kind }) => kind === 'closed' || kind === 'worked')
  if (said?.kind === 'closed') return [null, 'closed']
  if (said) return [said.asWeekday, 'worked']
  const statutory = statutoryDay(day)
  if (statutory.is === 'holiday' && !plan.worksOnHolidays) return [null, 'holiday']
  if (statutory.is === 'make-up') return [plan.makeUpWeekday ?? weekdayOf(day), 'make-up']
  return [weekdayOf(day), 'week']
}

/**
 * The sessions of a plan on a day, and why these. In order: an exception of the plan, one of the institution, a statutory holiday
 * (closed unless the plan works on holidays), a make-up workday (the sessions of the weekday that the plan names, else its own),
 * the week. Extra sessions are added to all of that. Source: 国务院办公厅关于部分节假日安排的通知.
 */
export const sessionsOn = (
  plan: PlanOfDays,
  day: Day,
  exceptions: readonly PlanException[],
): { sessions: readonly Session[]; why: DayReason } => {
  if (day < plan.validFrom || (plan.validUntil !== null && day >= plan.validUntil)) return { sessions: [], why: 'not-valid' }
  const said = ofDay(exceptions, plan, day)
  const [weekday, why] = weekdayUsed(plan, day, said)
  const extra = said.flatMap(({ kind, from, to, capacity }) =>
    kind === 'extra' && from !== null && to !== null && capacity !== null
      ? [{ weekday: weekdayOf(day), from, to, capacity }]
      : [],
  )
  return { sessions: [...plan.sessions.filter((one) => one.weekday === weekday), ...extra], why }
}

type PlanOfSlots = PlanOfDays & Pick<Plan, 'minutes' | 'calendar' | 'calendarOrg'>

/** The slots of a plan on a day, earliest first: each as long as the plan says; a substitute's calendar is the one taken. */
export const slotsOn = (plan: PlanOfSlots, day: Day, exceptions: readonly PlanException[], zone: string): PlannedSlot[] => {
  const substitute = ofDay(exceptions, plan, day).find(({ kind }) => kind === 'substitute')
  const { calendarOrg, calendar } = substitute ?? plan
  const slots = sessionsOn(plan, day, exceptions).sessions.flatMap(({ from, to, capacity }) => {
    const begins = instantAt(day, timeOf(from), zone)
    return Array.from({ length: Math.floor((to - from) / plan.minutes) }, (_none, at): PlannedSlot => {
      const startsAt = plusMinutes(begins, at * plan.minutes)
      return { startsAt, endsAt: plusMinutes(startsAt, plan.minutes), capacity, calendarOrg, calendar }
    })
  })
  return slots.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
}

/** The slots of a plan from one day to another, both counted. */
export const slotsBetween = (
  plan: PlanOfSlots,
  [from, through]: readonly [Day, Day],
  exceptions: readonly PlanException[],
  zone: string,
): PlannedSlot[] => {
  const slots: PlannedSlot[] = []
  for (let day = from; day <= through; day = plusDays(day, 1)) slots.push(...slotsOn(plan, day, exceptions, zone))
  return slots
}
