import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { AccountId, OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'

/** How a case stood to its clinical pathway, and its DRG, as the hospital says. */
export type CaseFact = {
  readonly org: OrgId
  readonly id: string
  readonly number: string
  readonly pathway: 'completed' | 'variance' | 'exited' | null
  readonly enteredOn: Day | null
  readonly leftOn: Day | null
  readonly because: string | null
  readonly drg: string | null
}

/** A discharge of a month with its newest fact, and its score where a catalogue grouped it. */
export type CaseRow = {
  readonly number: string
  readonly dischargedOn: Day
  readonly diagnosis: string
  readonly zh: string
  readonly days: number
  readonly costFen: number
  readonly claimedFen: number
  readonly scoreE4: number | null
  readonly pointFen: number | null
  readonly pathway: CaseFact['pathway']
  readonly enteredOn: Day | null
  readonly leftOn: Day | null
  readonly because: string | null
  readonly drg: string | null
}

/** Discharges of a hospital between two days that count, the dearest first, so many at most; or the one of a number. */
export const casesBetween = (
  db: Queryable,
  org: OrgId,
  of: { readonly from: Day; readonly until: Day; readonly number: string | null },
  most: number,
): Promise<CaseRow[]> =>
  db.rows<CaseRow>(sql`select d.number, d.discharged_on as "dischargedOn", d.diagnosis, d.zh, d.days, d.cost_fen::float8 as "costFen", d.claimed_fen::float8 as "claimedFen",
      case when c.key is not null then c.score_e4::float8 end as "scoreE4", case when c.key is not null then k.point_fen::float8 end as "pointFen",
      f.pathway, f.entered_on as "enteredOn", f.left_on as "leftOn", f.because, f.drg
    from fund.discharge d
    left join fund.dip_case c on c.org_id = d.org_id and c.number = d.number
    left join fund.dip_catalogue k on k.id = c.catalogue_id
    left join lateral (select * from fund.case_fact n where n.org_id = d.org_id and n.number = d.number order by n.sent_at desc, n.id desc limit 1) f on true
    where d.org_id = ${org} and d.discharged_on between ${of.from} and ${of.until} and (${of.number}::text is null or d.number = ${of.number})
      and not exists (select from fund.discharge_back b where b.org_id = d.org_id and b.number = d.number)
    order by d.cost_fen desc, d.number limit ${most}`)

/** Hospitals with discharges that the act may see, by their newest. */
export const hospitalsWithCases = (db: Queryable, most: number): Promise<{ readonly org: OrgId; readonly newest: Day }[]> =>
  db.rows(
    sql`select org_id as org, max(discharged_on) as newest from fund.discharge group by org_id order by newest desc, org_id limit ${most}`,
  )

/** Which of some numbers of a hospital have a discharge that counts, with its day. */
export const knownNumbers = (
  db: Queryable,
  org: OrgId,
  numbers: readonly string[],
): Promise<{ readonly number: string; readonly dischargedOn: Day }[]> =>
  db.rows(sql`select d.number, d.discharged_on as "dischargedOn" from fund.discharge d where d.org_id = ${org} and d.number = any(${numbers}::text[])
    and not exists (select from fund.discharge_back b where b.org_id = d.org_id and b.number = d.number)`)

/** Adds facts of cases. */
export const saveFacts = (tx: Tx, facts: readonly CaseFact[], by: AccountId | null, at: Instant): Promise<number> =>
  tx.run(sql`insert into fund.case_fact (org_id, id, number, pathway, entered_on, left_on, because, drg, sent_by, sent_at)
    select org, id, number, pathway, "enteredOn", "leftOn", because, drg, ${by}, ${at}
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as r (org bigint, id uuid, number text, pathway text, "enteredOn" date, "leftOn" date, because text, drg text)`)
