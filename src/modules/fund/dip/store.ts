import type { Instant } from '../../../kernel/clock.ts'
import { WHOLE } from '../../../kernel/share.ts'
import type { Day } from '../../../kernel/day.ts'
import type { AccountId, OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { SupervisedCounts, SupervisionTerms } from '../rules/dip/supervision.ts'
import type { DipCase, DipMonth, HospitalMonth, SentDischarge } from './dip.ts'

// Rows that are read at once when millions go by.
const CHUNK = 20_000

const dischargeColumns = sql`d.org_id as org, d.number, d.discharged_on as "dischargedOn", d.diagnosis, d.zh, d.procedures, d.treatment, d.days,
  d.cost_fen::float8 as "costFen", d.claimed_fen::float8 as "claimedFen", d.facts,
  d.person_code as "personCode", d.sex, d.return_planned as "returnPlanned"`
const counts = sql`not exists (select from fund.discharge_back b where b.org_id = d.org_id and b.number = d.number)`

/** Discharges of hospitals by their numbers, in no order; those taken back too. */
export const dischargesByNumber = (
  db: Queryable,
  keys: readonly { readonly org: string; readonly number: string }[],
): Promise<SentDischarge[]> =>
  db.rows<SentDischarge>(sql`select ${dischargeColumns} from fund.discharge d
    join unnest(${keys.map(({ org }) => org)}::bigint[], ${keys.map(({ number }) => number)}::text[]) as k (org_id, number) using (org_id, number)`)

export const isTakenBack = async (db: Queryable, org: string, number: string): Promise<boolean> =>
  (await db.row(sql`select 1 from fund.discharge_back where org_id = ${org} and number = ${number}`)) !== null

/** Adds discharges; those that stand are left as they are. */
export const saveDischarges = (tx: Tx, rows: readonly SentDischarge[], by: AccountId | null, at: Instant): Promise<number> =>
  tx.run(sql`insert into fund.discharge (org_id, number, discharged_on, diagnosis, zh, procedures, treatment, days, cost_fen, claimed_fen, facts, person_code, sex,
      return_planned, sent_by, sent_at)
    select org, number, "dischargedOn", diagnosis, zh, procedures, treatment, days, "costFen", "claimedFen", facts, "personCode", sex,
      "returnPlanned", ${by}, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (org bigint, number text, "dischargedOn" date, diagnosis text, zh text, procedures text[],
      treatment text, days int, "costFen" bigint, "claimedFen" bigint, facts jsonb, "personCode" text, sex text, "returnPlanned" boolean) on conflict do nothing`)

/** Takes a discharge back; false when that was done already. */
export const takeBack = async (
  tx: Tx,
  one: {
    readonly org: string
    readonly number: string
    readonly why: string
    readonly by: AccountId | null
    readonly at: Instant
  },
): Promise<boolean> =>
  (await tx.run(sql`insert into fund.discharge_back values (${one.org}, ${one.number}, ${one.why}, ${one.by}, ${one.at})
    on conflict do nothing`)) === 1

/** Discharges that count, of days from `from` up to `until` (both included), told one after another by hospital and number. */
export const eachDischarge = async (tx: Tx, from: Day, until: Day, tell: (one: SentDischarge) => void): Promise<void> => {
  let org = '-1'
  let number = ''
  for (;;) {
    const rows = await tx.rows<SentDischarge>(sql`select ${dischargeColumns} from fund.discharge d
      where d.discharged_on between ${from} and ${until} and ${counts} and (d.org_id, d.number) > (${org}, ${number})
      order by d.org_id, d.number limit ${CHUNK}`)
    for (const row of rows) tell(row)
    const last = rows.at(-1)
    if (!last || rows.length < CHUNK) return
    ;({ org, number } = last)
  }
}

/** The hospitals that have discharges in these days. */
export const hospitalsOf = async (tx: Queryable, from: Day, until: Day): Promise<OrgId[]> =>
  (
    await tx.rows<{ org: OrgId }>(
      sql`select distinct org_id as org from fund.discharge where discharged_on between ${from} and ${until}`,
    )
  ).map(({ org }) => org)

const waiting = (
  from: Day,
  until: Day,
) => sql`from fund.discharge d where d.discharged_on between ${from} and ${until} and ${counts}
  and not exists (select from fund.dip_case c where c.org_id = d.org_id and c.number = d.number)`

/** Discharges of these days that no case stands for yet, a bounded part of them in the order of hospital and number. */
export const ungrouped = (tx: Tx, from: Day, until: Day, most: number): Promise<SentDischarge[]> =>
  tx.rows<SentDischarge>(sql`select ${dischargeColumns} ${waiting(from, until)} order by d.org_id, d.number limit ${most}`)

export const countUngrouped = async (tx: Queryable, from: Day, until: Day): Promise<number> =>
  (await tx.row<{ count: number }>(sql`select count(*)::int as count ${waiting(from, until)}`))?.count ?? 0

export const saveCases = (tx: Tx, cases: readonly DipCase[], at: Instant): Promise<number> =>
  tx.run(sql`insert into fund.dip_case (org_id, number, year, month, catalogue_id, key, hospital, kind, score_e4, for_experts, grouped_at)
    select org, number, year, month, catalogue, key, hospital, kind, "scoreE4", "forExperts", ${at}
    from jsonb_to_recordset(${JSON.stringify(cases)}::jsonb) as r (org bigint, number text, year int, month int, catalogue uuid, key text, hospital int,
      kind text, "scoreE4" bigint, "forExperts" boolean) on conflict do nothing`)

/** Cases of a year summed by hospital and month; of one hospital, or of all. */
export const sumsOfYear = (db: Queryable, year: number, org: OrgId | null): Promise<HospitalMonth[]> =>
  db.rows<HospitalMonth>(sql`select c.org_id as org, c.month, count(*)::int as cases, sum(c.score_e4)::float8 as "scoreE4",
      sum(d.cost_fen)::float8 as "costFen", sum(d.claimed_fen)::float8 as "claimedFen", count(*) filter (where c.kind = 'low')::int as low,
      count(*) filter (where c.kind = 'high')::int as high, count(*) filter (where c.kind = 'ungrouped')::int as ungrouped,
      count(*) filter (where c.for_experts)::int as "forExperts"
    from fund.dip_case c join fund.discharge d on d.org_id = c.org_id and d.number = c.number
    where c.year = ${year} and (${org}::bigint is null or c.org_id = ${org}) and ${counts}
    group by c.org_id, c.month order by c.org_id, c.month`)

const caseColumns = sql`c.org_id as org, c.number, c.year, c.month, c.catalogue_id as catalogue, c.key, c.hospital, c.kind,
  c.score_e4::float8 as "scoreE4", c.for_experts as "forExperts"`

export type FoundCase = { readonly one: DipCase; readonly discharge: SentDischarge; readonly isBack: boolean }
type CaseRow = DipCase & SentDischarge & { readonly isBack: boolean }
const found = (row: CaseRow): FoundCase => ({ one: row, discharge: row, isBack: row.isBack })

/** A case with its discharge; null when nothing was grouped under that number. */
export const findCase = async (db: Queryable, org: string, number: string): Promise<FoundCase | null> => {
  const row = await db.row<CaseRow>(sql`select ${caseColumns}, ${dischargeColumns}, not (${counts}) as "isBack"
    from fund.dip_case c join fund.discharge d on d.org_id = c.org_id and d.number = c.number where c.org_id = ${org} and c.number = ${number}`)
  return row && found(row)
}

/** Cases of a hospital's year by their numbers. */
export const casesOf = async (
  db: Queryable,
  of: {
    readonly year: number
    readonly org: OrgId
    readonly month: number | null
    readonly kind: string | null
    readonly after: string
  },
  most: number,
): Promise<FoundCase[]> =>
  (
    await db.rows<CaseRow>(sql`select ${caseColumns}, ${dischargeColumns}, not (${counts}) as "isBack"
      from fund.dip_case c join fund.discharge d on d.org_id = c.org_id and d.number = c.number
      where c.year = ${of.year} and c.org_id = ${of.org} and (${of.month}::int is null or c.month = ${of.month})
        and (${of.kind}::text is null or c.kind = ${of.kind}) and c.number > ${of.after} order by c.number limit ${most}`)
  ).map(found)

const monthColumns = sql`org_id as org, year, month, cases, score_e4::float8 as "scoreE4", claimed_fen::float8 as "claimedFen", share,
  taken_off_fen::float8 as "takenOffFen", paid_fen::float8 as "paidFen", paid_by as by, paid_at as at`

/** What hospitals were paid for months of a year; of one, or of all. */
export const monthsOfYear = (db: Queryable, year: number, org: OrgId | null): Promise<DipMonth[]> =>
  db.rows<DipMonth>(sql`select ${monthColumns} from fund.dip_month where year = ${year} and (${org}::bigint is null or org_id = ${org})
    order by month, org_id`)

/** Adds a month's payments; how many were added. */
export const saveMonths = (tx: Tx, rows: readonly DipMonth[]): Promise<number> =>
  tx.run(sql`insert into fund.dip_month (org_id, year, month, cases, score_e4, claimed_fen, share, taken_off_fen, paid_fen, paid_by, paid_at)
    select org, year, month, cases, "scoreE4", "claimedFen", share, "takenOffFen", "paidFen", "by", "at"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (org bigint, year int, month int, cases int, "scoreE4" bigint, "claimedFen" bigint, share int,
      "takenOffFen" bigint, "paidFen" bigint, "by" uuid, "at" timestamptz) on conflict do nothing`)

/** One act on a year's discharges, cases and payments at a time. Until the transaction ends. */
export const lockYear = (tx: Tx, year: number): Promise<unknown> =>
  tx.row(sql`select pg_advisory_xact_lock(hashtextextended('fund.dip', ${year}::bigint)) is null as locked`)

// Characters of a category of ICD-10; its chapters of symptoms, of childbirth and of conditions of birth. @source ICD-10
const CATEGORY = 3
const SYMPTOMS = 'R'
const CHILDBIRTH = 'O'
const PERINATAL = 'P'

const isOf = (codes: readonly string[]) =>
  sql`(left(d.diagnosis, 1) = any(${codes}::text[]) or left(d.diagnosis, ${CATEGORY}) = any(${codes}::text[]))`

/** What of a front page contradicts itself, the first of RECORD_FAULTS that holds; null where nothing does. */
const faultOf = ({ womenOnly, menOnly, childbirthYears, perinatalYearsUntil }: SupervisionTerms['record']) => sql`case
  when d.sex = 'male' and ${isOf(womenOnly)} or d.sex = 'female' and ${isOf(menOnly)} then 'sex'
  when left(d.diagnosis, 1) = ${CHILDBIRTH} and (d.facts->>'ageYears')::int not between ${childbirthYears.from} and ${childbirthYears.until}
    or left(d.diagnosis, 1) = ${PERINATAL} and (d.facts->>'ageYears')::int > ${perinatalYearsUntil} then 'age'
  when d.treatment <> 'conservative' and cardinality(d.procedures) = 0 then 'operationMissing'
  when d.treatment = 'conservative' and cardinality(d.procedures) > 0 then 'operationUnexpected'
  when left(d.diagnosis, 1) = ${SYMPTOMS} then 'symptom'
  when (d.facts->>'ageYears')::int = 0 and d.facts->>'ageDays' is null then 'newbornDays' end`

/** The stay at the same hospital that the person of a stay left last before it, within so many days of its beginning, unless a return was planned. */
const stayBefore = (withinDays: number) => sql`left join lateral (
    select p.diagnosis, p.return_planned from fund.discharge p
    where p.org_id = d.org_id and p.person_code = d.person_code and p.discharged_on >= d.discharged_on - d.days - ${withinDays}::int
      and (p.discharged_on, p.number) < (d.discharged_on, d.number)
      and not exists (select from fund.discharge_back b where b.org_id = p.org_id and b.number = p.number)
    order by p.discharged_on desc, p.number desc limit 1) before on not before.return_planned`

export type SupervisedHospital = SupervisedCounts & { readonly org: OrgId }

/** Of each hospital’s year the stays beyond each bound; a stay is measured by the mean of its group over all hospitals of the year. */
export const supervisedOfYear = (
  db: Queryable,
  year: number,
  { cheap, long, lowMortalityBelow, readmission, record }: SupervisionTerms,
): Promise<SupervisedHospital[]> =>
  db.rows<SupervisedHospital>(sql`with stay as (
      select c.org_id as org, c.key, d.cost_fen as cost, d.days, d.person_code is not null as named, left(d.diagnosis, ${CATEGORY}) = left(before.diagnosis, ${CATEGORY}) as same,
        ${faultOf(record)} as fault, (d.facts->>'illness' is not distinct from 'death' or d.facts->>'tumour' is not distinct from 'death') as died
      from fund.dip_case c join fund.discharge d on d.org_id = c.org_id and d.number = c.number ${stayBefore(readmission.withinDays)}
      where c.year = ${year} and c.key is not null and ${counts}
    ), grouped as (
      select key, avg(cost) as cost, avg(days) as days, avg(died::int) as mortality from stay group by key
    ), measured as (
      select s.org, s.cost * ${WHOLE} / g.cost as cost, s.days * ${WHOLE} / g.days as days, s.died, g.mortality * ${WHOLE} < ${lowMortalityBelow} as rare, s.named, s.same, s.fault
      from stay s join grouped g using (key)
    )
    select org, count(*)::int as cases,
      array[count(*) filter (where cost < ${cheap[0]?.bound}), count(*) filter (where cost >= ${cheap[0]?.bound} and cost < ${cheap[1]?.bound}),
        count(*) filter (where cost >= ${cheap[1]?.bound} and cost < ${cheap[2]?.bound})]::int[] as cheap,
      array[count(*) filter (where days > ${long[0]?.bound}), count(*) filter (where days <= ${long[0]?.bound} and days > ${long[1]?.bound}),
        count(*) filter (where days <= ${long[1]?.bound} and days > ${long[2]?.bound})]::int[] as long,
      count(*) filter (where died and rare)::int as "deathsLow", count(*) filter (where died and not rare)::int as "deathsOther",
      count(*) filter (where named)::int as named, count(*) filter (where same)::int as "againSame", count(*) filter (where not same)::int as "againOther",
      jsonb_build_object('sex', count(*) filter (where fault = 'sex'), 'age', count(*) filter (where fault = 'age'),
        'operationMissing', count(*) filter (where fault = 'operationMissing'), 'operationUnexpected', count(*) filter (where fault = 'operationUnexpected'),
        'symptom', count(*) filter (where fault = 'symptom'), 'newbornDays', count(*) filter (where fault = 'newbornDays')) as faults
    from measured group by org order by org`)
