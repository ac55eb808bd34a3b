import type { Instant } from '../../../kernel/clock.ts'
import { instantAt, type Day } from '../../../kernel/day.ts'

/** The first moment of a day. */
export const asInstant = (day: Day, zone: string): Instant => instantAt(day, '00:00', zone)
