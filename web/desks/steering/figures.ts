import type { Queries } from '../../api/api-types.ts'

export type Report = Queries['navigation.steering-report']['answer']
export type Tally = Pick<Report['places'][number], 'offered' | 'offeredFirst' | 'chosen'>

const WHOLE = 10_000
const PER_CENT = 100
const DAY_MS = 86_400_000
export const WEEK_DAYS = 7

/** A share in basis points as whole per cent; a share that is not none is never said to be 0 %. */
export const percent = (basisPoints: number): string =>
  basisPoints > 0 && basisPoints < PER_CENT ? '<1%' : `${Math.round(basisPoints / PER_CENT)}%`

/** Part of a whole in basis points; null of nothing. */
export const part = (some: number, all: number): number | null => (all === 0 ? null : Math.round((some * WHOLE) / all))

/** The day so many days after another. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** The sums of all rows of a table. */
export const sumOf = (rows: readonly Tally[]): Tally =>
  rows.reduce(
    (sum, { offered, offeredFirst, chosen }) => ({
      offered: sum.offered + offered,
      offeredFirst: sum.offeredFirst + offeredFirst,
      chosen: sum.chosen + chosen,
    }),
    { offered: 0, offeredFirst: 0, chosen: 0 },
  )
