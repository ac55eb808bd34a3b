import { daysBetween, plusDays, type Day } from '../../../../kernel/day.ts'

/** The bed-days of a stay: from the first day up to the day of discharge, which is not one of them. Empty when that is not later. */
export const daysOfStay = (from: Day, until: Day): Day[] =>
  Array.from({ length: Math.max(0, daysBetween(from, until)) }, (_, at) => plusDays(from, at))
