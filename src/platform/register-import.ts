import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { isDay, type Day } from '../kernel/day.ts'
import type { Refusal } from '../kernel/result.ts'
import { placeCorrection, placeNew, type End, type Placement, type Version } from '../shapes/register.ts'
import { checkInput } from './http/input.ts'
import { bodyOf, cellOf, cellsOf, csvOf, leavesOf } from './register-csv.ts'
import type { NewVersion } from './register-store.ts'

/** One row of an import: its place in the file, and what it says if it can be read. */
export type ImportRow = {
  readonly row: number
  readonly from: Day
  readonly until: Day | null
  readonly body: unknown
  readonly entry: string
}
export type ReadRows = { readonly rows: readonly ImportRow[]; readonly faults: readonly Refusal[] }

const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')

/** One row of JSON or, its cells read by the columns, of CSV. */
export const rowSchema = (body: z.ZodType) => z.strictObject({ from: day, until: day.nullable().default(null), body })

/** Rows of a CSV text by its heading; columns that the kind does not have are refused by their name. */
const rowsOfCsv = (csv: string, schema: z.ZodType): unknown[] => {
  const [heading = [], ...rows] = cellsOf(csv)
  const leaves = leavesOf(schema)
  const known = new Set(['entry', 'version', 'from', 'until', ...leaves.map((leaf) => leaf.path.join('.'))])
  const strangers = heading.filter((column) => !known.has(column))
  return rows.map((cells) => {
    const cell = (name: string): string => cells[heading.indexOf(name)] ?? ''
    const body = { ...bodyOf(leaves, cell), ...Object.fromEntries(strangers.map((name) => [name, cell(name)])) }
    return { from: cell('from'), until: cell('until') || null, body }
  })
}

/** Reads every row, from JSON or CSV, and every fault of every row. */
export const readRows = (
  given: { rows?: readonly unknown[] | undefined; csv?: string | undefined },
  schema: z.ZodType,
  keyOf: (body: never) => string,
  name: string,
): ReadRows => {
  const raw = given.rows ?? rowsOfCsv(given.csv ?? '', schema)
  const rows: ImportRow[] = []
  const faults: Refusal[] = []
  for (const [index, value] of raw.entries()) {
    const checked = checkInput(rowSchema(schema), value)
    const row = index + 1
    if (!checked.ok) {
      faults.push(
        ...checked.fields.map(({ path, zh, en }) => ({
          code: `${name}-row-unreadable`,
          detail: { row, column: path, why: zh, why_en: en },
        })),
      )
      continue
    }
    const { from, until, body } = checked.value as { from: Day; until: Day | null; body: never }
    if (until !== null && until <= from) faults.push({ code: `${name}-ends-before-begin`, field: `rows.${index}.until` })
    else rows.push({ row, from, until, body, entry: keyOf(body) })
  }
  return { rows, faults }
}

export type Step = { readonly ends: readonly End[]; readonly fresh: NewVersion }
export type ImportPlan = { readonly steps: readonly Step[]; readonly unchanged: number; readonly faults: readonly Refusal[] }
type Working = Pick<Version<unknown>, 'version' | 'state' | 'from' | 'until' | 'body'>

// A field without a value is absent or null, whichever way it came in: JSON keeps the one, CSV the other.
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const filled = Object.entries(value).filter(([, one]) => one !== null && one !== undefined)
  return Object.fromEntries(filled.map(([field, one]) => [field, withoutNulls(one)]))
}

const isSame = (version: Working, row: ImportRow): boolean =>
  (version.state === 'in-force' || version.state === 'proposed') &&
  version.from === row.from &&
  version.until === row.until &&
  isDeepStrictEqual(withoutNulls(version.body), withoutNulls(row.body))

const ended = (versions: readonly Working[], ends: readonly End[]): Working[] =>
  versions.map((version) => {
    const end = ends.find((one) => one.version === version.version)
    if (!end) return version
    return 'until' in end ? { ...version, until: end.until } : { ...version, state: 'replaced' }
  })

/**
 * What an import does, row by row: nothing where the same text stands already, a correction where another stands, a new
 * entry where none does. Rows of one entry follow each other.
 */
export const planImport = (
  rows: readonly ImportRow[],
  known: ReadonlyMap<string, readonly Working[]>,
  fourEyes: boolean,
  name: string,
): ImportPlan => {
  const working = new Map(known)
  const steps: Step[] = []
  const faults: Refusal[] = []
  let unchanged = 0
  for (const row of rows) {
    const versions = working.get(row.entry) ?? []
    if (versions.some((version) => isSame(version, row))) {
      unchanged += 1
      continue
    }
    const correction: Placement | null = placeCorrection(versions, row.from)
    const placed = correction ?? placeNew(versions, { from: row.from, until: row.until })
    if ('inTheWay' in placed) {
      faults.push({
        code: `${name}-period-taken`,
        detail: { version: placed.inTheWay.version, from: placed.inTheWay.from },
        field: `rows.${row.row - 1}`,
      })
      continue
    }
    const version = 1 + Math.max(0, ...versions.map((one) => one.version))
    const state = fourEyes ? ('proposed' as const) : ('in-force' as const)
    const fresh: NewVersion = {
      entry: row.entry,
      version,
      ...placed.period,
      state,
      body: row.body,
      isCorrection: correction !== null,
      reason: null,
    }
    const ends = fourEyes ? [] : placed.ends
    steps.push({ ends, fresh })
    working.set(row.entry, [...ended(versions, ends), fresh])
  }
  return { steps, unchanged, faults }
}

type Exported = Pick<Version<unknown>, 'entry' | 'version' | 'from' | 'until' | 'body'>

/** Entries as CSV text: key, version and period, then a column for every field of the body. */
export const csvOfEntries = (entries: readonly Exported[], schema: z.ZodType): string => {
  const leaves = leavesOf(schema)
  const heading = ['entry', 'version', 'from', 'until', ...leaves.map((leaf) => leaf.path.join('.'))]
  return csvOf([
    heading,
    ...entries.map(({ entry, version, from, until, body }) => [
      entry,
      `${version}`,
      from,
      until ?? '',
      ...leaves.map((leaf) => cellOf(body, leaf)),
    ]),
  ])
}
