import type { OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'

export type TimelineAsked = {
  readonly persons: readonly PersonId[]
  readonly types: readonly string[]
  readonly from: string | null
  readonly until: string | null
  readonly org: OrgId | null
  /** Microseconds since 1970 and the id of the last line shown; microseconds null where that line had no date. */
  readonly after: { readonly micros: string | null; readonly id: string } | null
  readonly limit: number
}
export type TimelineRow = {
  readonly id: string
  readonly body: string
  readonly custodian: OrgId | null
  readonly micros: string | null
}

/** One page of a person's record, newest first; each type goes through the index of its own, so that ten thousand lines cost what one page does. */
export const timelinePage = (db: Queryable, asked: TimelineAsked): Promise<TimelineRow[]> => {
  const { persons, types, from, until, org, after, limit } = asked
  const at = sql`case when ${after?.micros ?? null}::bigint is null then '-infinity'::timestamptz else 'epoch'::timestamptz + ${after?.micros ?? null}::bigint * interval '1 microsecond' end`
  return db.rows<TimelineRow>(sql`select r.id, r.body, r.custodian_org as custodian, (extract(epoch from r.effective_at) * 1000000)::bigint::text as micros
    from unnest(${[...persons]}::bigint[]) as p(id) cross join unnest(${[...types]}::text[]) as t(type)
    cross join lateral (select * from health_record.resource o where o.person_id = p.id and o.type = t.type
      and (${after === null} or (coalesce(o.effective_at, '-infinity'), o.id) < (${at}, ${after?.id ?? null}::uuid))
      and (${from}::timestamptz is null or o.effective_at >= ${from}::timestamptz) and (${until}::timestamptz is null or o.effective_at < ${until}::timestamptz)
      and (${org}::bigint is null or o.custodian_org = ${org}::bigint or o.body like '%"Organization/' || ${org}::text || '"%')
      order by coalesce(o.effective_at, '-infinity') desc, o.id desc limit ${limit}) r
    order by coalesce(r.effective_at, '-infinity') desc, r.id desc limit ${limit}`)
}

/** How many resources of each type a record holds, as far as the act sees them. */
export const countsOfTypes = (db: Queryable, persons: readonly PersonId[]): Promise<{ type: string; count: number }[]> =>
  db.rows(
    sql`select type, count(*)::int as count from health_record.resource where person_id = any(${[...persons]}::bigint[]) group by type`,
  )

/** How many resources are withheld from the act as sensitive. */
export const withheldOf = async (db: Queryable, persons: readonly PersonId[]): Promise<number> =>
  (
    await db.row<{ count: number }>(
      sql`select coalesce(sum(withheld), 0)::int as count from health_record.withheld(${[...persons]}::bigint[])`,
    )
  )?.count ?? 0

/** Bodies of a person's observations of one code, newest first, also where the code is a component's. */
export const bodiesOfCode = async (db: Queryable, persons: readonly PersonId[], code: string, limit: number): Promise<string[]> =>
  (
    await db.rows<{
      body: string
    }>(sql`select body from health_record.resource where person_id = any(${[...persons]}::bigint[]) and type = 'Observation'
      and (code = ${code} or body like '%"' || ${code.replace(/[\\%_]/g, '\\$&')} || '"%') order by effective_at desc nulls last, id desc limit ${limit}`)
  ).map(({ body }) => body)

/** The institutions that wrote a record or in which its visits were. */
export const institutionsBehind = async (db: Queryable, persons: readonly PersonId[]): Promise<OrgId[]> =>
  (
    await db.rows<{ org: OrgId }>(sql`select distinct org from (
      select custodian_org as org from health_record.resource where person_id = any(${[...persons]}::bigint[]) and custodian_org is not null
      union all select substring(body from '"Organization/(\d{1,18})"')::bigint from health_record.resource
        where person_id = any(${[...persons]}::bigint[]) and type = 'Encounter') behind where org is not null limit 50`)
  ).map(({ org }) => org)
