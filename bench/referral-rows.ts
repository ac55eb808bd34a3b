import { randomInt } from 'node:crypto'
import pg from 'pg'
import { newId } from '../src/kernel/id.ts'

// Everything that one sent referral leaves in the database, table by table, and by which column it is found.
const TABLES = [
  ['platform.idempotency', "answer::jsonb ->> 'referral' = $1", []],
  ['referral.open_guard', 'referral_id = $1::uuid', []],
  ['health_record.package', 'case_id = $1::uuid', []],
  ['referral.referral', 'id = $1::uuid', []],
  ['referral.party', 'referral_id = $1::uuid', []],
  ['platform.trace_event', 'case_id = $1::uuid', []],
  // The database numbers these two by itself.
  ['platform.outbox', 'case_id = $1::uuid', ['id', 'xid']],
  ['platform.person_event', 'case_id = $1::uuid', []],
  ['platform.deadline', 'case_id = $1::uuid', []],
  ['platform.audit', "form = 'referral.send' and person_id = (select person_id from referral.referral where id = $1::uuid)", []],
] as const

type TableName = (typeof TABLES)[number][0]

/** The rows of one referral in one table, every value as PostgreSQL writes it. */
type TableRows = {
  readonly table: TableName
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
}

/** All rows that the house wrote for one sent referral: the pattern for the same rows written by hand. */
export type Pattern = readonly TableRows[]

const asText: pg.CustomTypesConfig = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig

/** Reads what a sent referral has left. */
export const patternOf = async (client: pg.Client | pg.Pool, referral: string): Promise<Pattern> => {
  const pattern: TableRows[] = []
  for (const [table, found, without] of TABLES) {
    const { rows, fields } = await client.query<(string | null)[]>({
      text: `select * from ${table} where ${found}`,
      values: [referral],
      rowMode: 'array',
      types: asText,
    })
    if (rows.length === 0) throw new Error(`a sent referral left nothing in ${table}`)
    const kept = fields.flatMap(({ name }, at) => ((without as readonly string[]).includes(name) ? [] : [at]))
    pattern.push({
      table,
      columns: kept.map((at) => fields[at]?.name ?? ''),
      rows: rows.map((row) => kept.map((at) => row[at] ?? null)),
    })
  }
  return pattern
}

/** How many rows a pattern has in each table. */
export const rowCounts = (pattern: Pattern): Record<string, number> =>
  Object.fromEntries(pattern.map(({ table, rows }) => [table, rows.length]))

/** How many rows each of the tables has; of audit only what sending left. */
export const tableCounts = async (client: pg.Client | pg.Pool): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const [table] of TABLES) {
    const only = table === 'platform.audit' ? "where form = 'referral.send'" : ''
    const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${table} ${only}`)
    counts[table] = rows[0]?.count ?? 0
  }
  return counts
}

/** One insert of a hand-written copy. */
export type Insert = { readonly name: string; readonly text: string; readonly values: readonly (string | null)[] }

/** What a copy has otherwise than its pattern: always the person; the receiver and the moment of the wait where given. */
export type Otherwise = { readonly person: string; readonly receiver?: string; readonly waitUntil?: string }

const valuesIn = (pattern: Pattern, table: TableName, column: string): string[] => {
  const found = pattern.find((one) => one.table === table)
  const at = found?.columns.indexOf(column) ?? -1
  return found?.rows.flatMap((row) => row[at] ?? []) ?? []
}

const onlyValueIn = (pattern: Pattern, table: TableName, column: string): string => {
  const [value] = valuesIn(pattern, table, column)
  if (value === undefined) throw new Error(`the pattern has no ${table}.${column}`)
  return value
}

/** Which texts of the pattern become which in a copy: everything that must be its own. */
const replacements = (pattern: Pattern, { person, receiver, waitUntil }: Otherwise): Map<string, string> => {
  const own = new Map<string, string>()
  const made = [
    ['referral.referral', 'id'],
    ['health_record.package', 'id'],
    ['platform.trace_event', 'id'],
    ['platform.deadline', 'id'],
    ['platform.audit', 'id'],
    ['platform.idempotency', 'key'],
  ] as const
  for (const [table, column] of made) for (const value of valuesIn(pattern, table, column)) own.set(value, newId())
  const slip = onlyValueIn(pattern, 'referral.referral', 'slip_no')
  own.set(slip, `${slip.slice(0, -6)}${randomInt(1_000_000).toString().padStart(6, '0')}`)
  own.set(onlyValueIn(pattern, 'referral.referral', 'person_id'), person)
  if (receiver) own.set(onlyValueIn(pattern, 'referral.referral', 'receiver_org'), receiver)
  if (waitUntil) own.set(onlyValueIn(pattern, 'referral.referral', 'wait_until'), waitUntil)
  return own
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The inserts of a copy of the pattern, one for each table, made ready before anything is measured. */
export const copyOf = (pattern: Pattern, otherwise: Otherwise): Insert[] => {
  const own = replacements(pattern, otherwise)
  const any = new RegExp(`(?<![0-9a-f])(?:${[...own.keys()].map(escaped).join('|')})(?![0-9a-f])`, 'g')
  return pattern.map(({ table, columns, rows }) => {
    const row = (_: unknown, at: number) =>
      `(${columns.map((_column, index) => `$${at * columns.length + index + 1}`).join(', ')})`
    return {
      name: `${table} ${rows.length}`,
      text: `insert into ${table} (${columns.join(', ')}) values ${rows.map(row).join(', ')}`,
      values: rows.flat().map((value) => value && value.replace(any, (found) => own.get(found) ?? found)),
    }
  })
}

/** Writes one copy by hand: one insert for each table, prepared once for the connection, in one transaction. */
export const writeCopy = async (client: pg.Client, copy: readonly Insert[]): Promise<void> => {
  await client.query('begin')
  for (const { name, text, values } of copy) await client.query({ name, text, values: [...values] })
  await client.query('commit')
}
