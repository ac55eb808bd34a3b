import type { Instant } from './clock.ts'
import type { Brand } from './id.ts'

/** A calendar day in the region's zone, `2026-11-22`. */
export type Day = Brand<string, 'Day'>

// Years 1000 to 9998: a zone or a few weeks further on, the year still has four digits, as everything that reads it expects.
const DAY = /^(?!0|9999)\d{4}-\d\d-\d\d$/

/** Whether the text is a real day of the years 1000 to 9998: 2026-02-29 is not. */
export const isDay = (text: string): boolean => {
  if (!DAY.test(text)) return false
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}

/** The day that a moment falls on in a zone such as `Asia/Shanghai`. */
export const dayOf = (moment: Instant, zone: string): Day =>
  Temporal.Instant.from(moment).toZonedDateTimeISO(zone).toPlainDate().toString() as Day

/** The moment at which a wall-clock time of a day comes in a zone; `time` is `HH:MM`. */
export const instantAt = (day: Day, time: string, zone: string): Instant =>
  new Date(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).epochMilliseconds).toISOString() as Instant

export const plusDays = (day: Day, days: number): Day => Temporal.PlainDate.from(day).add({ days }).toString() as Day

/** Whole days from the first to the second; negative when the second is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days

/** ISO weekday: Monday is 1, Sunday is 7. */
export const weekdayOf = (day: Day): number => Temporal.PlainDate.from(day).dayOfWeek

/** Full years of age on a day; 0 for a newborn. */
export const ageOn = (bornOn: Day, day: Day): number =>
  Temporal.PlainDate.from(bornOn).until(Temporal.PlainDate.from(day), { largestUnit: 'year' }).years
