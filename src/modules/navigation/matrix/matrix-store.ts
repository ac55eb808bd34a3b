import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'

/** Sums of cases of one place and condition, by whether the people live in the area and who sent them. */
export type TreatedSum = {
  readonly org: OrgId
  readonly condition: string
  readonly isHome: boolean
  readonly sender: OrgId | null
  readonly cases: number
  readonly well: number
  readonly worse: number
}

export type TreatedAsked = {
  readonly orgs: readonly OrgId[]
  readonly homes: readonly string[]
  readonly since: Day
  readonly until: Day
}

/** Cases treated at some places, and cases of people of some counties treated anywhere. */
export const treatedBy = (db: Queryable, { orgs, homes, since, until }: TreatedAsked): Promise<TreatedSum[]> =>
  db.rows<TreatedSum>(sql`select org_id as org, condition_key as condition, is_home as "isHome", sender_org as sender, cases, well, worse
    from navigation.treated_by(${orgs}::bigint[], ${homes}::text[], ${since}, ${until})`)

export type TreatedMonth = { readonly month: Day; readonly here: number; readonly elsewhere: number }

/** The same of one condition by month. */
export const treatedMonths = (
  db: Queryable,
  condition: string,
  { orgs, homes, since, until }: TreatedAsked,
): Promise<TreatedMonth[]> =>
  db.rows<TreatedMonth>(sql`select month, here, elsewhere
    from navigation.treated_months(${orgs}::bigint[], ${homes}::text[], ${condition}, ${since}, ${until})`)

/** A case as a place has treated it, without the person. */
export type Treated = {
  readonly org: OrgId
  readonly source: 'referral' | 'encounter' | 'report'
  readonly sourceId: string
  readonly condition: string
  readonly home: string | null
  readonly sender: OrgId | null
  readonly on: Day
  readonly cases: number
  readonly well: number
  readonly worse: number
}

/** Writes cases; one that is known already is replaced by what is known of it now. */
export const saveTreated = (tx: Tx, cases: readonly Treated[]): Promise<number> =>
  tx.run(sql`insert into navigation.treated (org_id, source, source_id, condition_key, home, sender_org, on_day, cases, well, worse)
    select org, source, "sourceId", condition, home, sender, "on", cases, well, worse
    from json_to_recordset(${JSON.stringify(cases)}) as t(org bigint, source text, "sourceId" text, condition text, home text, sender bigint, "on" date,
      cases integer, well integer, worse integer)
    on conflict (org_id, source, source_id) do update set condition_key = excluded.condition_key, home = excluded.home, sender_org = excluded.sender_org,
      on_day = excluded.on_day, cases = excluded.cases, well = excluded.well, worse = excluded.worse`)

/** Up to which case of a source has been counted: its moment, to the microsecond and therefore as text, and its id. */
export type CountedUntil = { readonly at: string; readonly id: string }

/**
 * From where counting goes on; null before the first time. It steps back some minutes, because what began earlier may commit later;
 * a case that is met twice is only written again.
 */
export const treatedMark = (db: Queryable, source: Treated['source']): Promise<CountedUntil | null> =>
  db.row<CountedUntil>(sql`select (counted_until - interval '10 minutes')::text as at, last_id as id
    from navigation.treated_mark where source = ${source}`)

export const saveTreatedMark = (tx: Tx, source: Treated['source'], { at, id }: CountedUntil): Promise<number> =>
  tx.run(sql`insert into navigation.treated_mark values (${source}, ${at}::timestamptz, ${id})
    on conflict (source) do update set counted_until = excluded.counted_until, last_id = excluded.last_id`)
