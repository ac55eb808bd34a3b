import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { PointLine, PointYear } from './points.ts'

const columns = sql`org_id as org, id, year, wages_fen::float8 as "wagesFen", basis, terms, rulebook_hash as "rulebookHash", state,
  proposed_by as "proposedBy", proposed_at as "proposedAt", decided_at as "decidedAt", decided_because as "decidedBecause"`

/** The wages by points of a year with how many lines each has, of one institution or of all that the act may see. */
export const pointYearsOf = (
  db: Queryable,
  year: number,
  org: OrgId | null,
  most: number,
): Promise<(PointYear & { readonly lines: number })[]> =>
  db.rows<PointYear & { readonly lines: number }>(sql`select ${columns},
      (select count(*)::int from fund.point_line l where l.org_id = y.org_id and l.points_id = y.id) as lines
    from fund.point_year y where year = ${year} and (${org}::bigint is null or org_id = ${org}::bigint)
    order by org_id, state = 'returned', proposed_at desc limit ${most}`)

export const findPointYear = (db: Queryable, org: OrgId, id: string): Promise<PointYear | null> =>
  db.row<PointYear>(sql`select ${columns} from fund.point_year where org_id = ${org} and id = ${id}`)

export const lockPointYear = (tx: Tx, org: OrgId, id: string): Promise<PointYear | null> =>
  tx.row<PointYear>(sql`select ${columns} from fund.point_year where org_id = ${org} and id = ${id} for update`)

/** Everybody of a year, group by group, who gets most first. */
export const linesOf = (db: Queryable, org: OrgId, id: string): Promise<PointLine[]> =>
  db.rows<PointLine>(sql`select label, pool, points, base_points::float8 as "basePoints", work_points::float8 as "workPoints", fen::float8 as fen
    from fund.point_line where org_id = ${org} and points_id = ${id}
    order by array_position(array['doctors', 'nursing', 'pharmacy', 'administration'], pool), fen desc, label`)

/** Adds a proposed year with its lines; false when one of the institution and year stands. */
export const savePointYear = async (tx: Tx, one: PointYear, lines: readonly PointLine[]): Promise<boolean> => {
  const added =
    await tx.run(sql`insert into fund.point_year (org_id, id, year, wages_fen, basis, terms, rulebook_hash, state, proposed_by, proposed_at)
    values (${one.org}, ${one.id}, ${one.year}, ${one.wagesFen}, ${one.basis}, ${JSON.stringify(one.terms)}, ${one.rulebookHash}, 'proposed', ${one.proposedBy}, ${one.proposedAt})
    on conflict do nothing`)
  if (added !== 1) return false
  await tx.run(sql`insert into fund.point_line (org_id, points_id, label, pool, points, base_points, work_points, fen)
    select ${one.org}, ${one.id}, label, pool, points, "basePoints", "workPoints", fen from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as line (label text, pool text, points jsonb, "basePoints" bigint, "workPoints" bigint, fen bigint)`)
  return true
}

export type PointDecision = {
  readonly org: OrgId
  readonly id: string
  readonly state: 'decided' | 'returned'
  readonly because: string
  readonly by: AccountId | null
  readonly at: Instant
}

/** Agrees to proposed points or returns them; false when that was done already. */
export const decidePointYear = async (tx: Tx, one: PointDecision): Promise<boolean> =>
  (await tx.run(sql`update fund.point_year set state = ${one.state}, decided_by = ${one.by}, decided_at = ${one.at}, decided_because = ${one.because}
    where org_id = ${one.org} and id = ${one.id} and state = 'proposed'`)) === 1
