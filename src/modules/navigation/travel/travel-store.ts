import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'

export const TRAVEL_MEANS = ['car', 'bus', 'walk', 'ambulance'] as const
export type TravelMeans = (typeof TRAVEL_MEANS)[number]

/** Travel times of the newest table from the first of the places named that it knows, by institution; empty without a table. */
export const travelFrom = async (
  db: Queryable,
  codes: readonly string[],
  means: readonly TravelMeans[],
): Promise<ReadonlyMap<OrgId, number>> => {
  const rows = await db.rows<{ org: OrgId; minutes: number }>(sql`
    with newest as (select id from navigation.travel_edition order by loaded_at desc, id desc limit 1)
    select distinct on (t.org_id) t.org_id as org, t.minutes from navigation.travel_time t join newest on newest.id = t.edition_id
      where t.from_code = any(${codes}::text[]) and t.by = any(${means}::text[])
      order by t.org_id, array_position(${codes}::text[], t.from_code), array_position(${means}::text[], t.by)`)
  return new Map(rows.map(({ org, minutes }) => [org, minutes]))
}

export type TravelRow = { readonly from: string; readonly org: OrgId; readonly by: TravelMeans; readonly minutes: number }
export type TravelEdition = {
  readonly id: string
  readonly name: string
  readonly hash: string
  readonly by: string
  readonly at: Instant
}

/** One import after the other. */
export const lockTravel = (tx: Tx): Promise<number> =>
  tx.run(sql`lock table navigation.travel_edition in share row exclusive mode`)

/** The hash of the newest table, or null. */
export const newestTravelHash = async (db: Queryable): Promise<string | null> =>
  (await db.row<{ hash: string }>(sql`select hash from navigation.travel_edition order by loaded_at desc, id desc limit 1`))
    ?.hash ?? null

const ROWS_AT_ONCE = 5_000

export const saveTravel = async (tx: Tx, edition: TravelEdition, rows: readonly TravelRow[]): Promise<void> => {
  await tx.run(sql`insert into navigation.travel_edition (id, name, hash, row_count, loaded_by, loaded_at)
    values (${edition.id}, ${edition.name}, ${edition.hash}, ${rows.length}, ${edition.by}, ${edition.at})`)
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const some = rows.slice(at, at + ROWS_AT_ONCE)
    await tx.run(sql`insert into navigation.travel_time (edition_id, from_code, org_id, by, minutes)
      select ${edition.id}, * from unnest(${some.map((one) => one.from)}::text[], ${some.map((one) => one.org)}::bigint[],
        ${some.map((one) => one.by)}::text[], ${some.map((one) => one.minutes)}::integer[])`)
  }
}

/** Which institutions a file may mean by an id or by a code of 22 characters. */
export const institutionsNamed = async (db: Queryable, names: readonly string[]): Promise<ReadonlyMap<string, OrgId>> => {
  const rows = await db.rows<{ name: string; id: OrgId }>(sql`select n.name, i.id from unnest(${names}::text[]) as n (name)
    join organisations.institution i on i.code = n.name or i.id::text = n.name`)
  return new Map(rows.map(({ name, id }) => [name, id]))
}
