import type { Instant } from '../../../../kernel/clock.ts'
import { daysBetween, type Day } from '../../../../kernel/day.ts'
import { planStay, type ClassDays, type StayAsked } from './plan-stay.ts'

/**
 * The first day of the stay of so many nights that lies nearest to the day wished for, the earlier of two equally near; null when
 * the days that are known hold none.
 */
export const nearestStay = (
  classes: readonly ClassDays[],
  wished: { readonly from: Day; readonly nights: number },
  asked: StayAsked,
  now: Instant,
): Day | null => {
  const days = classes[0]?.days ?? []
  const starts = days.slice(0, Math.max(0, days.length - wished.nights + 1)).map(({ day }, at) => ({ day, at }))
  const byDistance = starts.toSorted(
    (one, other) => Math.abs(daysBetween(wished.from, one.day)) - Math.abs(daysBetween(wished.from, other.day)),
  )
  const found = byDistance.find(
    ({ at }) =>
      planStay(
        classes.map(({ sex, days: known }) => ({ sex, days: known.slice(at, at + wished.nights) })),
        asked,
        now,
      ).ok,
  )
  return found?.day ?? null
}
