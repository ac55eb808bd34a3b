import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { PageFacts, PageLack } from '../rules/dip/page.ts'

/** A front page of a stay, by the hospital's number of the record and of the stay. */
export type ReceivedPage = {
  readonly org: OrgId
  readonly record: string
  readonly person: PersonId
  readonly dischargedOn: Day
  readonly page: PageFacts
}
/** What became of a page: the number of its discharge, or what it waits for. */
export type PageOutcome = Pick<ReceivedPage, 'org' | 'record'> & {
  readonly lacks: readonly PageLack[]
  readonly takenAs: string | null
}

/** Keeps pages with what became of them; a page that is a discharge stays as it was taken. */
export const savePages = (tx: Tx, rows: readonly (ReceivedPage & PageOutcome)[], at: Instant): Promise<number> =>
  tx.run(sql`insert into fund.page (org_id, record, person_id, discharged_on, page, lacks, taken_as, received_at)
    select org, record, person, "dischargedOn", page, lacks, "takenAs", ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (org bigint, record text, person bigint, "dischargedOn" date, page jsonb, lacks text[], "takenAs" text)
    on conflict (org_id, record) do update set person_id = excluded.person_id, discharged_on = excluded.discharged_on, page = excluded.page,
      lacks = excluded.lacks, taken_as = excluded.taken_as, received_at = excluded.received_at where page.taken_as is null`)

/** What became of pages that were tried again. */
export const saveOutcomes = (tx: Tx, rows: readonly PageOutcome[]): Promise<number> =>
  tx.run(sql`update fund.page p set lacks = r.lacks, taken_as = r."takenAs"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (org bigint, record text, lacks text[], "takenAs" text)
    where p.org_id = r.org and p.record = r.record and p.taken_as is null`)

type Of = { readonly org: OrgId | null; readonly from: Day; readonly until: Day }
const within = ({ org, from, until }: Of) =>
  sql`from fund.page p where p.discharged_on between ${from} and ${until} and (${org}::bigint is null or p.org_id = ${org})`

/** Pages that wait, the earliest discharges first; a bounded part. */
export const waitingPages = (db: Queryable, of: Of, most: number): Promise<(ReceivedPage & { readonly lacks: PageLack[] })[]> =>
  db.rows(sql`select p.org_id as org, p.record, p.person_id as person, p.discharged_on as "dischargedOn", p.page, p.lacks ${within(of)} and p.taken_as is null
    order by p.discharged_on, p.org_id, p.record limit ${most}`)

/** The pages of one stay that wait. */
export const waitingOfStay = (db: Queryable, org: OrgId, person: PersonId, day: Day): Promise<ReceivedPage[]> =>
  db.rows(sql`select p.org_id as org, p.record, p.person_id as person, p.discharged_on as "dischargedOn", p.page from fund.page p
    where p.org_id = ${org} and p.discharged_on = ${day} and p.person_id = ${person} and p.taken_as is null order by p.record`)

/** How many pages of these days are discharges, how many wait, and for what. */
export const countPages = async (
  db: Queryable,
  of: Of,
): Promise<{
  readonly taken: number
  readonly waiting: number
  readonly lacks: { readonly lack: PageLack; readonly count: number }[]
}> => {
  const all = await db.row<{ taken: number; waiting: number }>(
    sql`select count(p.taken_as)::int as taken, count(*) filter (where p.taken_as is null)::int as waiting ${within(of)}`,
  )
  const lacks = await db.rows<{ lack: PageLack; count: number }>(
    sql`select l.lack, count(*)::int as count from (select unnest(p.lacks) as lack ${within(of)} and p.taken_as is null) l group by l.lack order by count(*) desc, l.lack`,
  )
  return { taken: all?.taken ?? 0, waiting: all?.waiting ?? 0, lacks }
}
