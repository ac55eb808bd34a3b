import type { OrgId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type { SetBudget, Transfer } from './fund.ts'

const budgetColumns = sql`org_id as org, year, consortium_id as consortium, sources, bundled, fund_fen::float8 as "fundFen",
  total_fen::float8 as "totalFen", steps, rulebook_hash as "rulebookHash", set_by as "setBy", set_at as "setAt"`
const transferColumns = sql`org_id as org, id, year, month, kind, institution_id as institution, accounts, fen::float8[] as fen, reverses, note, case when hit_id is not null then 'audit' when head_id is not null then 'heads' else source end as source,
  case when head_id is null then null else jsonb_build_object('org', head_org::text, 'id', head_id) end as head,
  case when hit_id is null then null else jsonb_build_object('org', hit_org::text, 'id', hit_id) end as hit,
  case when of_year is null then null else jsonb_build_object('year', of_year, 'month', of_month) end as "of", booked_by as "by", booked_at as "at"`

/** The budget of a consortium-year by its lead; null when none is set. */
export const findBudget = (db: Queryable, org: OrgId, year: number): Promise<SetBudget | null> =>
  db.row<SetBudget>(sql`select ${budgetColumns} from fund.budget where org_id = ${org} and year = ${year}`)

/** All budgets of a year. */
export const budgetsOf = (db: Queryable, year: number): Promise<SetBudget[]> =>
  db.rows<SetBudget>(sql`select ${budgetColumns} from fund.budget where year = ${year} order by org_id`)

/** The transfers of a consortium-year, oldest first. */
export const transfersOf = (db: Queryable, org: OrgId, year: number): Promise<Transfer[]> =>
  db.rows<Transfer>(
    sql`select ${transferColumns} from fund.transfer where org_id = ${org} and year = ${year} order by booked_at, id`,
  )

/** A transfer, and whether it was taken back; null when there is none. */
export const findTransfer = async (
  tx: Queryable,
  org: OrgId,
  id: string,
): Promise<{ readonly one: Transfer; readonly isReversed: boolean } | null> => {
  const one = await tx.row<Transfer>(sql`select ${transferColumns} from fund.transfer where org_id = ${org} and id = ${id}`)
  if (!one) return null
  const taken = await tx.row<{ id: string }>(sql`select id from fund.transfer where org_id = ${org} and reverses = ${id}`)
  return { one, isReversed: taken !== null }
}

/** Adds a budget; false when the year has one. */
export const saveBudget = async (tx: Tx, one: SetBudget): Promise<boolean> =>
  (await tx.run(sql`insert into fund.budget (org_id, year, consortium_id, sources, bundled, fund_fen, total_fen, steps, rulebook_hash, set_by, set_at)
    values (${one.org}, ${one.year}, ${one.consortium}, ${JSON.stringify(one.sources)}, ${JSON.stringify(one.bundled)}, ${one.fundFen}, ${one.totalFen},
      ${JSON.stringify(one.steps)}, ${one.rulebookHash}, ${one.setBy}, ${one.setAt}) on conflict do nothing`)) === 1

/** Adds a transfer; false when what it takes back was taken back already. */
export const saveTransfer = async (tx: Tx, one: Transfer): Promise<boolean> =>
  (await tx.run(sql`insert into fund.transfer (org_id, id, year, month, kind, institution_id, accounts, fen, reverses, note, source, hit_org, hit_id, head_org, head_id, of_year, of_month, booked_by, booked_at)
    values (${one.org}, ${one.id}, ${one.year}, ${one.month}, ${one.kind}, ${one.institution}, ${one.accounts}, ${one.fen}::bigint[], ${one.reverses}, ${one.note}, ${one.hit === null && one.head === null ? one.source : null}, ${one.hit?.org ?? null}, ${one.hit?.id ?? null},
      ${one.head?.org ?? null}, ${one.head?.id ?? null},
      ${one.of?.year ?? null}, ${one.of?.month ?? null},      ${one.by}, ${one.at}) on conflict (org_id, reverses) do nothing`)) ===
  1

/** One booking of a consortium at a time, so that two cannot deduct the same money. Until the transaction ends. */
export const lockBooks = (tx: Tx, org: OrgId): Promise<unknown> =>
  tx.row(sql`select pg_advisory_xact_lock(hashtextextended('fund.books', ${org}::bigint)) is null as locked`)
