import { WHOLE } from '../../../../kernel/share.ts'
import type { Day } from '../../../../kernel/day.ts'
import type { AreaBook, AreaRow } from '../area-schema.ts'

/** A value of a book that may be tried out: `at` says where it stands, `rows.3.bands.0.rateBp`. */
export type BookValue = {
  readonly at: string
  readonly kind: AreaRow['kind']
  readonly field: string
  /** A switch is 1 where it is on and 0 where it is off. */
  readonly unit: 'fen' | 'bp' | 'switch'
  readonly value: number
  readonly layer: string | null
  /** Where in bands it stands: from which fen to which; null outside bands. */
  readonly band: { readonly overFen: number; readonly upToFen: number | null } | null
  readonly when: AreaRow['when']
  readonly from: Day
  readonly until: Day | null
  readonly basis: string
}
/** What was changed: the place in the book and the value that is tried. */
export type BookChanges = Readonly<Record<string, number>>

const SCALARS = ['amountFen', 'deductibleFen', 'capFen', 'rateBp', 'pointsBp', 'bonusBp', 'bonusUpToFen', 'stepFen', 'floorFen', 'ofTotalBp', 'mostFen', 'perYearFen', 'perQuietYearFen', 'mostBp'] as const // prettier-ignore
const unitOf = (field: string): 'fen' | 'bp' => (field.endsWith('Bp') ? 'bp' : 'fen')

const common = ({ kind, when, from, until, basis, ...row }: AreaRow) => ({
  kind,
  layer: 'layer' in row ? (row.layer ?? null) : null,
  when,
  from,
  until,
  basis,
})

const scalarsOf = (row: AreaRow, at: number): BookValue[] =>
  SCALARS.flatMap((field): BookValue[] => {
    const value = (row as Readonly<Record<string, unknown>>)[field]
    return typeof value === 'number'
      ? [{ at: `rows.${at}.${field}`, field, unit: unitOf(field), value, band: null, ...common(row) }]
      : []
  })

const sharesOf = (row: AreaRow, at: number): BookValue[] =>
  row.kind !== 'ordinal'
    ? []
    : (row.sharesBp ?? []).map((value, nth) => ({ at: `rows.${at}.sharesBp.${nth}`, field: 'sharesBp', unit: 'bp', value, band: null, ...common(row) })) // prettier-ignore

/** Whether fees above a limit join those above the cap: asked of books whose layers pay of them. */
const switchesOf = (row: AreaRow, at: number, { rows }: AreaBook): BookValue[] =>
  row.kind !== 'care-limit' || row.layer !== undefined || !rows.some((one) => one.kind === 'layer' && one.base === 'above-cap')
    ? []
    : [{ at: `rows.${at}.joinsAboveCap`, field: 'joinsAboveCap', unit: 'switch', value: row.joinsAboveCap === true ? 1 : 0, band: null, ...common(row) }] // prettier-ignore

const bandsOf = (row: AreaRow, at: number): BookValue[] => {
  if (row.kind !== 'rate' && row.kind !== 'layer') return []
  return row.bands.flatMap(({ overFen, upToFen, rateBp }, nth): BookValue[] => {
    const base = { band: { overFen, upToFen }, ...common(row) }
    const rate: BookValue = { at: `rows.${at}.bands.${nth}.rateBp`, field: 'rateBp', unit: 'bp', value: rateBp, ...base }
    if (upToFen === null) return [rate]
    return [rate, { at: `rows.${at}.bands.${nth}.upToFen`, field: 'upToFen', unit: 'fen', value: upToFen, ...base }]
  })
}

/** Whether a row is in force on some day of a year. */
const isOfYear = ({ from, until }: AreaRow, year: number): boolean =>
  from <= `${year}-12-31` && (until === null || until > `${year}-01-01`)

const valuesOf = (row: AreaRow, at: number, book: AreaBook): BookValue[] => [
  ...scalarsOf(row, at),
  ...sharesOf(row, at),
  ...switchesOf(row, at, book),
  ...bandsOf(row, at),
]

/** Every value of a book that is in force in a year: deductibles, rates, bands, caps, limits, layers. */
export const bookValues = (book: AreaBook, year: number): BookValue[] =>
  book.rows.flatMap((row, at) => (isOfYear(row, year) ? valuesOf(row, at, book) : []))

/** Why a value cannot be tried: no whole number of 0 or more, a share above the whole, or a band that would end before it begins. */
export type ValueFault = 'not-whole' | 'above-whole' | 'bands-out-of-order'

const faultOf = (unit: BookValue['unit'], value: number): ValueFault | null => {
  if (!Number.isSafeInteger(value) || value < 0) return 'not-whole'
  if (unit === 'switch' && value > 1) return 'not-whole'
  return unit === 'bp' && value > WHOLE ? 'above-whole' : null
}

type Bands = { overFen: number; upToFen: number | null; rateBp: number }[]

const put = (row: Record<string, unknown>, [field, nth, inBand]: string[], value: number): void => {
  if (field === undefined) return
  if (field === 'joinsAboveCap') row[field] = value === 1
  else if (nth === undefined) row[field] = value
  else if (inBand === undefined) (row[field] as number[])[Number(nth)] = value
  else {
    const bands = row[field] as Bands
    const band = bands[Number(nth)]
    const next = bands[Number(nth) + 1]
    if (band !== undefined) (band as Record<string, unknown>)[inBand] = value
    // The next band begins where this one ends.
    if (inBand === 'upToFen' && next !== undefined) next.overFen = value
  }
}

const isInOrder = (row: AreaRow): boolean =>
  (row.kind !== 'rate' && row.kind !== 'layer') ||
  row.bands.every(({ overFen, upToFen }) => upToFen === null || upToFen > overFen)

/** A copy of a book with some of its values changed, or what of the changes cannot be. The book itself stays as it is. */
export const changedBook = (
  book: AreaBook,
  changes: BookChanges,
): { readonly book: AreaBook; readonly faults: Readonly<Record<string, ValueFault>> } => {
  const copy = structuredClone(book)
  const faults: Record<string, ValueFault> = {}
  const known = new Map(book.rows.flatMap((row, at) => valuesOf(row, at, book)).map((one) => [one.at, one]))
  for (const [at, value] of Object.entries(changes)) {
    const one = known.get(at)
    const fault = one === undefined ? 'not-whole' : faultOf(one.unit, value)
    const [, index, ...path] = at.split('.')
    const row = copy.rows[Number(index)]
    if (fault !== null || row === undefined) faults[at] = fault ?? 'not-whole'
    else put(row, path, value)
  }
  // Where a band begins may have moved with the one before it: their order is looked at once all changes are in.
  for (const [at, row] of copy.rows.entries())
    if (!isInOrder(row))
      for (const change of Object.keys(changes)) if (change.startsWith(`rows.${at}.bands.`)) faults[change] = 'bands-out-of-order'
  return { book: copy, faults }
}
