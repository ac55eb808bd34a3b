import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { isDay, type Day } from '../kernel/day.ts'
import type { Refusal } from '../kernel/result.ts'
import { placeCorrection, placeNew, type End, type Placement, type Version } from '../shapes/register.ts'
import { checkInput } from './http/input.ts'
import { show, type RefusalText } from './refusals.ts'
import type { Judge } from './register-declaration.ts'
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
/** What stands against a row, and in which column if it is one. */
export type RowFault = { readonly row: number; readonly column: string | null; readonly refusal: Refusal }
export type ReadRows = { readonly rows: readonly ImportRow[]; readonly faults: readonly RowFault[] }

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
  const faults: RowFault[] = []
  for (const [index, value] of raw.entries()) {
    const checked = checkInput(rowSchema(schema), value)
    const row = index + 1
    if (!checked.ok) {
      faults.push(
        ...checked.fields.map(({ path, zh, en }) => {
          const detail = { row, column: path, why: zh, why_en: en }
          return { row, column: path.replace(/^body\./, ''), refusal: { code: `${name}-row-unreadable`, detail } }
        }),
      )
      continue
    }
    const { from, until, body } = checked.value as { from: Day; until: Day | null; body: never }
    if (until !== null && until <= from)
      faults.push({ row, column: 'until', refusal: { code: `${name}-ends-before-begin`, field: `rows.${index}.until` } })
    else rows.push({ row, from, until, body, entry: keyOf(body) })
  }
  return { rows, faults }
}

export type Step = { readonly ends: readonly End[]; readonly fresh: NewVersion }
/** What would be done with a row, and why not. */
export type Tried = {
  readonly row: number
  readonly entry: string | null
  readonly does: 'add' | 'correct' | 'nothing' | 'refused'
  readonly column: string | null
  readonly zh: string | null
  readonly en: string | null
}
export type ImportPlan = {
  readonly steps: readonly (Step & { readonly row: number })[]
  readonly unchanged: readonly ImportRow[]
  readonly faults: readonly RowFault[]
}
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

type Placing = { readonly fourEyes: boolean; readonly name: string; readonly judge: Judge<unknown> }

/** What is done with one row: nothing, a step, or what stands against it. */
const placeRow = (
  row: ImportRow,
  versions: readonly Working[],
  { fourEyes, name, judge }: Placing,
): Step | 'nothing' | Refusal[] => {
  if (versions.some((version) => isSame(version, row))) return 'nothing'
  const correction: Placement | null = placeCorrection(versions, row.from)
  const placed = correction ?? placeNew(versions, { from: row.from, until: row.until })
  if ('inTheWay' in placed) {
    const { version, from } = placed.inTheWay
    return [{ code: `${name}-period-taken`, detail: { version, from }, field: `rows.${row.row - 1}` }]
  }
  const faults = judge({ ...placed.period, entry: row.entry, body: row.body })
  if (faults.length > 0) return [...faults]
  const version = 1 + Math.max(0, ...versions.map((one) => one.version))
  const state = fourEyes ? ('proposed' as const) : ('in-force' as const)
  const isCorrection = correction !== null
  const fresh: NewVersion = { entry: row.entry, version, ...placed.period, state, body: row.body, isCorrection, reason: null }
  return { ends: fourEyes ? [] : placed.ends, fresh }
}

/**
 * What an import does, row by row: nothing where the same text stands already, a correction where another stands, a new
 * entry where none does. Rows of one entry follow each other.
 */
export const planImport = (
  rows: readonly ImportRow[],
  known: ReadonlyMap<string, readonly Working[]>,
  placing: Placing,
): ImportPlan => {
  const working = new Map(known)
  const steps: (Step & { row: number })[] = []
  const faults: RowFault[] = []
  const unchanged: ImportRow[] = []
  for (const row of rows) {
    const versions = working.get(row.entry) ?? []
    const placed = placeRow(row, versions, placing)
    if (placed === 'nothing') unchanged.push(row)
    else if ('fresh' in placed) {
      steps.push({ ...placed, row: row.row })
      working.set(row.entry, [...ended(versions, placed.ends), placed.fresh])
    } else faults.push(...placed.map((refusal) => ({ row: row.row, column: null, refusal })))
  }
  return { steps, unchanged, faults }
}

/** What a dry run answers: each row in the order of the file, a faulty one once for every fault. */
export const triedRows = (
  { steps, unchanged }: ImportPlan,
  faults: readonly RowFault[],
  texts: ReadonlyMap<string, RefusalText>,
): Tried[] => {
  const good = { column: null, zh: null, en: null }
  const tried: Tried[] = [
    ...steps.map(({ row, fresh }) => ({
      row,
      entry: fresh.entry,
      does: fresh.isCorrection ? ('correct' as const) : ('add' as const),
      ...good,
    })),
    ...unchanged.map(({ row, entry }) => ({ row, entry, does: 'nothing' as const, ...good })),
    ...faults.map(({ row, column, refusal }) => {
      const { zh, en } = show(texts, refusal)
      return { row, entry: null, does: 'refused' as const, column, zh, en }
    }),
  ]
  return tried.toSorted((a, b) => a.row - b.row)
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
