import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/id.ts'
import type { Actor } from '../../../platform/access.ts'
import { sql, toInstant, type Database, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { Reach } from './make-version.ts'
import { askersOf } from './write-store.ts'

/** One resource that somebody wants to read. */
export type Reading = { readonly type: string; readonly fhirId: string; readonly actor: Actor; readonly request: string }
/** One version as the store has it; the body may be sealed by the person's key. */
export type FoundVersion = {
  readonly person: PersonId | '0'
  readonly version: number
  readonly recordedAt: Instant
  readonly meta: string | null
  readonly body: string
  readonly wrappedKey: Buffer | null
}

/** Reads for many at once, each under his own act, with an audit row for each that is answered; null for what is not there for him. */
export const readMany = async (database: Database, batch: readonly Reading[]): Promise<(FoundVersion | null)[]> => {
  const { orgs, accounts, roles, persons, who } = askersOf(batch)
  const rows = await database.alone<
    FoundVersion & { nr: number }
  >(sql`select nr, person_id as person, version, recorded_at as "recordedAt", meta, body,
      wrapped as "wrappedKey" from health_record.read_many(${orgs}::bigint[], ${accounts}::uuid[], ${roles}::text[], ${persons}::bigint[], ${who}::integer[],
      ${batch.map(({ type }) => type)}::text[], ${batch.map(({ fhirId }) => fhirId)}::text[], ${batch.map(({ request }) => request)}::text[])`)
  const found: (FoundVersion | null)[] = batch.map(() => null)
  for (const row of rows) found[row.nr - 1] = row
  return found
}

/** Where a resource stands, living or deleted. */
export type Place = {
  readonly person: PersonId | '0'
  readonly id: string
  readonly custodian: string | null
  readonly reach: Reach
}

const placed = async (db: Queryable, from: 'locate' | 'locate_deleted', wanted: readonly { type: string; fhirId: string }[]) => {
  const ask = sql`${wanted.map(({ type }) => type)}::text[], ${wanted.map(({ fhirId }) => fhirId)}::text[]`
  const columns = sql`nr, person_id as person, id, custodian_org as custodian, reach`
  const rows = await db.rows<Place & { nr: number }>(
    from === 'locate'
      ? sql`select ${columns} from health_record.locate(${ask})`
      : sql`select ${columns} from health_record.locate_deleted(${ask})`,
  )
  return new Map(rows.map((row) => [`${wanted[row.nr - 1]?.type}/${wanted[row.nr - 1]?.fhirId}`, row as Place]))
}

/** Where living resources stand, by `Type/id`. Knowing it is not seeing it. */
export const locate = (db: Queryable, wanted: readonly { type: string; fhirId: string }[]): Promise<Map<string, Place>> =>
  wanted.length === 0 ? Promise.resolve(new Map()) : placed(db, 'locate', wanted)

/** The same for what was deleted. */
export const locateDeleted = (db: Queryable, wanted: readonly { type: string; fhirId: string }[]): Promise<Map<string, Place>> =>
  wanted.length === 0 ? Promise.resolve(new Map()) : placed(db, 'locate_deleted', wanted)

/** Which persons references to Patients mean, by the Patient's id; those of unknown ones are missing. Answers nothing about them. */
export const personsOfPatients = async (db: Queryable, ids: readonly string[]): Promise<Map<string, PersonId>> => {
  if (ids.length === 0) return new Map()
  const rows = await db.rows<{ nr: number; person: PersonId | null }>(
    sql`select nr, person_id as person from health_record.persons_of_patients(${ids}::text[])`,
  )
  return new Map(rows.flatMap(({ nr, person }) => (person ? [[ids[nr - 1] as string, person] as const] : [])))
}

/** A version of a resource with everything that a client is told of it. */
export type StoredVersion = FoundVersion & {
  readonly id: string
  readonly type: string
  readonly fhirId: string
  readonly isDeleted: boolean
}

/** What is read of a version. */
export const versionColumns = sql`r.person_id as person, r.id, r.type, coalesce(r.fhir_id, r.id::text) as "fhirId", r.version, r.recorded_at as "recordedAt", r.meta, r.body,
  case when r.type in ('Patient', 'RelatedPerson') then (select k.wrapped from residents.person_key k where k.person_id = r.person_id) end as "wrappedKey"`

/** The newest version at a place, if the open act sees it; locked for a writer. */
export const findAt = (tx: Tx, { person, id }: Pick<Place, 'person' | 'id'>, lock = false): Promise<StoredVersion | null> => {
  const of = sql`select ${versionColumns}, false as "isDeleted" from health_record.resource r where r.person_id = ${person} and r.id = ${id}`
  return tx.row<StoredVersion>(lock ? sql`${of} for update` : of)
}

/** All versions at a place that the open act sees, the newest first; `limit` of them after skipping some. */
export const versionsAt = (
  db: Queryable,
  { person, id }: Pick<Place, 'person' | 'id'>,
  page: { since: Instant | null; limit: number; before: number | null; only: number | null },
): Promise<StoredVersion[]> =>
  db.rows<StoredVersion>(sql`select * from (
      select ${versionColumns}, false as "isDeleted" from health_record.resource r where r.person_id = ${person} and r.id = ${id}
      union all select ${versionColumns}, r.is_deleted from health_record.resource_history r where r.person_id = ${person} and r.id = ${id}) v
    where (${page.since}::timestamptz is null or v."recordedAt" >= ${page.since}::timestamptz)
      and (${page.before}::integer is null or v.version < ${page.before}::integer) and (${page.only}::integer is null or v.version = ${page.only}::integer)
    order by v.version desc limit ${page.limit}`)

/** Versions of one type that an institution wrote, the newest first. */
export const versionsOfType = (
  db: Queryable,
  type: string,
  org: string | null,
  page: { since: Instant | null; limit: number; before: { at: string; id: string; version: number } | null },
): Promise<(StoredVersion & { mark: string })[]> => {
  const after = page.before
  const rest = sql`r.type = ${type} and r.custodian_org = ${org}::bigint
    and (${page.since}::timestamptz is null or r.recorded_at >= ${page.since}::timestamptz)
    and (${after === null} or (r.recorded_at, r.id, r.version) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid, ${after?.version ?? null}::integer))`
  return db.rows(sql`(select ${versionColumns}, false as "isDeleted", r.recorded_at::text as mark from health_record.resource r where ${rest}
      order by r.recorded_at desc, r.id desc, r.version desc limit ${page.limit})
    union all (select ${versionColumns}, r.is_deleted, r.recorded_at::text from health_record.resource_history r where ${rest}
      order by r.recorded_at desc, r.id desc, r.version desc limit ${page.limit})
    order by "recordedAt" desc, id desc, version desc limit ${page.limit}`)
}

/** The newest versions at several places, of those that the open act sees. */
export const findMany = (db: Queryable, places: readonly Pick<Place, 'person' | 'id'>[]): Promise<StoredVersion[]> =>
  places.length === 0
    ? Promise.resolve([])
    : db.rows<StoredVersion>(sql`select ${versionColumns}, false as "isDeleted" from unnest(${places.map(({ person }) => person)}::bigint[],
        ${places.map(({ id }) => id)}::uuid[]) as w (person_id, id) join health_record.resource r on r.person_id = w.person_id and r.id = w.id`)

/** What somebody asks of one person's record: the newest of a type. */
export type NewestAsked = {
  readonly type: string
  readonly person: PersonId
  readonly limit: number
  readonly actor: Actor
  readonly request: string
}
/** One of the newest, with the mark behind which the next page begins. */
export type NewestRow = Omit<FoundVersion, 'wrappedKey' | 'person'> & {
  readonly id: string
  readonly fhirId: string
  readonly at: string
}

const BETWEEN_ROWS = '\u0001'
const BETWEEN_COLUMNS = '\u0002'
const WITHIN_BODY = '\u0003'

const rowOf = (line: string): NewestRow => {
  const [fhirId, id, version, recordedAt, at, meta, body] = line.split(BETWEEN_COLUMNS) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  return {
    id,
    fhirId: fhirId === '' ? id : fhirId,
    version: Number(version),
    recordedAt: toInstant(recordedAt) as Instant,
    at,
    meta: meta === WITHIN_BODY ? null : meta,
    body,
  }
}

/** The newest of a type for many at once, each under his own act and with its audit row; one more than asked for says that there are more. */
export const newestMany = async (database: Database, batch: readonly NewestAsked[]): Promise<(readonly NewestRow[])[]> => {
  const { orgs, accounts, roles, persons, who } = askersOf(batch)
  const rows = await database.alone<{ nr: number; lines: string }>(sql`select nr, lines
    from health_record.newest_lines(${orgs}::bigint[], ${accounts}::uuid[], ${roles}::text[], ${persons}::bigint[], ${who}::integer[],
      ${batch.map(({ type }) => type)}::text[], ${batch.map(({ person }) => person)}::bigint[], ${batch.map(({ limit }) => limit)}::integer[],
      ${batch.map(({ request }) => request)}::text[])`)
  const found: (readonly NewestRow[])[] = batch.map(() => [])
  for (const { nr, lines } of rows) found[nr - 1] = lines.split(BETWEEN_ROWS).map(rowOf)
  return found
}
