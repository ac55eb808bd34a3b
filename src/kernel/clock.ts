import type { Brand } from './id.ts'

/** A moment in UTC, `2026-11-22T00:38:20.123Z`. */
export type Instant = Brand<string, 'Instant'>

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/

/** Whether the text is an ISO 8601 instant with a zone, and a real one. */
export const isInstant = (text: string): boolean => INSTANT.test(text) && !Number.isNaN(Date.parse(text))

/** The same moment in UTC with milliseconds. */
export const instant = (text: string): Instant => new Date(text).toISOString() as Instant

export const plusMinutes = (from: Instant, minutes: number): Instant => plusMilliseconds(from, minutes * 60_000)

export const plusHours = (from: Instant, hours: number): Instant => plusMinutes(from, hours * 60)

export const plusMilliseconds = (from: Instant, milliseconds: number): Instant =>
  new Date(Date.parse(from) + milliseconds).toISOString() as Instant

/** Milliseconds from the first to the second; negative when the second is earlier. */
export const millisecondsBetween = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from)

/** The host's own time, for logs and measuring only: the region's time comes from the database. */
export const hostInstant = (): Instant => new Date().toISOString() as Instant
