import type { Instant } from '../../../kernel/clock.ts'

const two = (count: number): string => `${count}`.padStart(2, '0')

/** A moment as a desk of the zone reads it: `11-22 08:05`. */
export const writtenMoment = (moment: Instant, zone: string): string => {
  const local = Temporal.Instant.from(moment).toZonedDateTimeISO(zone)
  return `${two(local.month)}-${two(local.day)} ${two(local.hour)}:${two(local.minute)}`
}

/** The time of day alone, `08:05`: comparable as text. */
export const timeOfDay = (moment: Instant, zone: string): string => {
  const local = Temporal.Instant.from(moment).toZonedDateTimeISO(zone)
  return `${two(local.hour)}:${two(local.minute)}`
}
