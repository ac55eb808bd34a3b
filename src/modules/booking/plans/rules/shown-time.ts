import type { Instant } from '../../../../kernel/clock.ts'

/** A moment's time of day in a zone, `08:30`. */
export const shownTime = (moment: Instant, zone: string): string =>
  Temporal.Instant.from(moment).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' })
