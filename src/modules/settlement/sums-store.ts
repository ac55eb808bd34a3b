import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'

/** What the standing bills of an institution with a discharge in a month come to. Fen. */
export type BillSums = {
  readonly org: OrgId
  /** The month's first day. */
  readonly month: Day
  readonly bills: number
  readonly costFen: number
  readonly fundFen: number
  readonly inScopeFen: number
}

/** Sums of settled bills by institution and month of discharge, nobody's own; nothing for a role that may not compare institutions. */
export const sumsOfBills = (db: Queryable, orgs: readonly OrgId[], from: Day, until: Day): Promise<BillSums[]> =>
  db.rows<BillSums>(sql`select org_id as org, month, bills, cost_fen::float8 as "costFen", fund_fen::float8 as "fundFen", in_scope_fen::float8 as "inScopeFen"
    from settlement.sums_of_bills(${orgs}::bigint[], ${from}, ${until})`)
