import type { Day } from './day.ts'

/** Days on which something is in force: `from` counts, `until` does not; `until: null` has no end yet. */
export type Period = { readonly from: Day; readonly until: Day | null }

export const isInForce = (period: Period, day: Day): boolean => period.from <= day && (period.until === null || day < period.until)

export const overlaps = (a: Period, b: Period): boolean =>
  (b.until === null || a.from < b.until) && (a.until === null || b.from < a.until)
