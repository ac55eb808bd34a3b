import type { PersonId } from '../../../kernel/id.ts'
import { join, sql, type Queryable, type Sql } from '../../../platform/database/pool.ts'
import { versionColumns, type StoredVersion } from './read-store.ts'

/** What a search is narrowed to in the database; what it means is decided from the resources themselves. */
export type Narrowed = {
  readonly type: string
  /** Persons whose records are open; null: what the acting institution wrote, and what is about nobody. */
  readonly persons: readonly PersonId[] | null
  readonly org: string | null
  readonly isEverything: boolean
  readonly fhirIds: readonly string[] | null
  /** Of each list at least one must be among the tokens. */
  readonly tokens: readonly (readonly string[])[]
  readonly keys: readonly (readonly string[])[]
  readonly effective: { readonly from: string | null; readonly until: string | null }
  readonly recorded: { readonly from: string | null; readonly until: string | null }
}
export type Order = { readonly by: 'id' | 'effective' | 'recorded'; readonly isDown: boolean }
/** A row of a search with the marks by which the next page goes on. */
export type SearchRow = StoredVersion & { readonly at: string; readonly isIndexed: boolean }

const ORDERS = {
  id: { value: sql`''::text`, column: sql`r.id`, marked: (_at: string, id: string) => sql`${id}::uuid` },
  effective: {
    value: sql`coalesce(r.effective_at, '-infinity')::text`,
    column: sql`coalesce(r.effective_at, '-infinity')`,
    marked: (at: string) => sql`${at}::timestamptz`,
  },
  recorded: { value: sql`r.recorded_at::text`, column: sql`r.recorded_at`, marked: (at: string) => sql`${at}::timestamptz` },
} as const

const within = ({ persons, org, isEverything, type }: Narrowed): Sql => {
  if (persons?.length === 1) return sql`r.person_id = ${persons[0]} and r.type = ${type}`
  if (persons) return sql`r.person_id = any(${persons}::bigint[]) and r.type = ${type}`
  if (isEverything) return sql`r.type = ${type}`
  return sql`(r.custodian_org = ${org}::bigint or (r.person_id = 0 and r.reach = 'public')) and r.type = ${type}`
}

const conditions = (of: Narrowed): Sql[] => [
  within(of),
  ...(of.fhirIds ? [sql`coalesce(r.fhir_id, r.id::text) = any(${of.fhirIds}::text[])`] : []),
  // What a load brought before there were tokens is looked at itself.
  ...of.tokens.map((any) => sql`(r.tokens is null or r.tokens && ${any}::text[])`),
  ...of.keys.map((any) => (of.persons ? sql`(r.tokens is null or r.keys && ${any}::text[])` : sql`r.keys && ${any}::text[]`)),
  ...(of.effective.from ? [sql`(r.effective_at is null or r.effective_at >= ${of.effective.from}::timestamptz)`] : []),
  ...(of.effective.until ? [sql`(r.effective_at is null or r.effective_at < ${of.effective.until}::timestamptz)`] : []),
  ...(of.recorded.from ? [sql`r.recorded_at >= ${of.recorded.from}::timestamptz`] : []),
  ...(of.recorded.until ? [sql`r.recorded_at < ${of.recorded.until}::timestamptz`] : []),
]

const ordered = ({ by, isDown }: Order): Sql => {
  const { column } = ORDERS[by]
  if (by === 'id') return isDown ? sql`r.id desc` : sql`r.id`
  return isDown ? sql`${column} desc, r.id desc` : sql`${column}, r.id`
}

const behind = ({ by, isDown }: Order, after: { at: string; id: string }): Sql => {
  const { column, marked } = ORDERS[by]
  const mark = marked(after.at, after.id)
  if (by === 'id') return isDown ? sql`r.id < ${mark}` : sql`r.id > ${mark}`
  const pair = sql`(${column}, r.id)`
  return isDown ? sql`${pair} < (${mark}, ${after.id}::uuid)` : sql`${pair} > (${mark}, ${after.id}::uuid)`
}

/** Resources that may match, in their order, of those that the open act sees. */
export const searchRows = (
  db: Queryable,
  of: Narrowed,
  order: Order,
  page: { limit: number; after: { at: string; id: string } | null },
): Promise<SearchRow[]> => {
  const all = [...conditions(of), ...(page.after ? [behind(order, page.after)] : [])]
  return db.rows<SearchRow>(sql`select ${versionColumns}, false as "isDeleted", ${ORDERS[order.by].value} as at, r.tokens is not null as "isIndexed"
    from health_record.resource r where ${join(all, ' and ')} order by ${ordered(order)} limit ${page.limit}`)
}
