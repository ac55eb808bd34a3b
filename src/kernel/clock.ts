import type { Brand } from './id.ts'

/** A moment in UTC, `2026-11-22T00:38:20.123Z`. */
export type Instant = Brand<string, 'Instant'>

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/

// The same years as those of a day; a zone's offset leads no further than into the year beside.
const FIRST = Date.parse('1000-01-01T00:00:00Z')
const AFTER_LAST = Date.parse('9999-01-01T00:00:00Z')

/** Whether the text is an ISO 8601 instant with a zone, and a real one of the years 1000 to 9998 in UTC. */
export const isInstant = (text: string): boolean =>
  INSTANT.test(text) && Date.parse(text) >= FIRST && Date.parse(text) < AFTER_LAST

/** The same moment in UTC with milliseconds. */
export const instant = (text: string): Instant => new Date(text).toISOString() as Instant

/** The moment as a header of HTTP writes it: `Sun, 22 Nov 2026 00:38:20 GMT`. Source: RFC 9110 §5.6.7. */
export const httpDate = (at: string): string => new Date(at).toUTCString()

export const plusMinutes = (from: Instant, minutes: number): Instant => plusMilliseconds(from, minutes * 60_000)

export const plusHours = (from: Instant, hours: number): Instant => plusMinutes(from, hours * 60)

export const plusMilliseconds = (from: Instant, milliseconds: number): Instant =>
  new Date(Date.parse(from) + milliseconds).toISOString() as Instant

/** Milliseconds from the first to the second; negative when the second is earlier. */
export const millisecondsBetween = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from)

/** The host's own time, for logs and measuring only: the region's time comes from the database. */
export const hostInstant = (): Instant => new Date().toISOString() as Instant

/** The moment that lies so many milliseconds after the beginning of 1970 in UTC. */
export const instantOfMs = (ms: number): Instant => new Date(ms).toISOString() as Instant

/** Milliseconds from the beginning of 1970 in UTC to a moment. */
export const msOf = (moment: Instant): number => Date.parse(moment)
