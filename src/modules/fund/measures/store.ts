import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { CountName } from '../rules/measures.ts'

/** A count that somebody entered, with what it rests on; of a member, or of the whole consortium. */
export type EnteredCount = {
  readonly org: OrgId
  readonly id: string
  readonly year: number
  readonly month: number
  readonly institution: OrgId | null
  readonly count: CountName
  readonly value: number
  readonly evidence: string
  readonly by: AccountId | null
  readonly at: Instant
}

/** The counts of a consortium's years to the end of a month that hold: the newest of each. */
export const enteredCounts = (db: Queryable, org: OrgId, years: readonly number[], month: number): Promise<EnteredCount[]> =>
  db.rows<EnteredCount>(sql`select distinct on (year, institution_id, count) org_id as org, id, year, month, institution_id as institution, count,
      value::float8 as value, evidence, entered_by as "by", entered_at as "at"
    from fund.entered_count where org_id = ${org} and year = any(${years}::int[]) and month = ${month}
    order by year, institution_id, count, entered_at desc, id desc`)

/** Keeps a count. */
export const saveCount = (tx: Tx, one: EnteredCount): Promise<number> =>
  tx.run(sql`insert into fund.entered_count (org_id, id, year, month, institution_id, count, value, evidence, entered_by, entered_at)
    values (${one.org}, ${one.id}, ${one.year}, ${one.month}, ${one.institution}, ${one.count}, ${one.value}, ${one.evidence}, ${one.by}, ${one.at})`)

/** A consortium that there is something to measure of: the last that had a count entered or a budget set; null when there is none. */
export const lastMeasured = (db: Queryable): Promise<{ readonly org: OrgId } | null> =>
  db.row<{ org: OrgId }>(sql`select org from (select org_id as org, entered_at as at from fund.entered_count
    union all select org_id, set_at from fund.budget) known order by at desc, org limit 1`)

/** What the books of a year say was spent outside under an institution's name to the end of a month: by pharmacies. Fen. */
export const outsideByPlace = (
  db: Queryable,
  org: OrgId,
  year: number,
  month: number,
): Promise<{ readonly institution: OrgId; readonly fen: number }[]> =>
  db.rows(sql`select institution_id as institution, sum(moved)::float8 as fen from fund.transfer, unnest(accounts, fen) as side (account, moved)
    where org_id = ${org} and year = ${year} and month <= ${month} and account = 'outside' and institution_id is not null group by 1`)

/** What the fund's books of a consortium's years say to the end of a month: spend by account, `inside:<member>` or `outside`. Fen. */
export const bookedTo = (
  db: Queryable,
  org: OrgId,
  years: readonly number[],
  month: number,
): Promise<{ readonly year: number; readonly account: string; readonly fen: number }[]> =>
  db.rows(sql`select year, account, sum(moved)::float8 as fen from fund.transfer, unnest(accounts, fen) as side (account, moved)
    where org_id = ${org} and year = any(${years}::int[]) and month <= ${month} and (account = 'outside' or account like 'inside:%') group by 1, 2`)
