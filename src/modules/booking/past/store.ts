import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'

/** Institutions that have bookings made before a moment; found by a hop from one to the next, however many bookings there are. */
export const findOrgsWithOld = async (db: Queryable, madeBefore: Instant): Promise<OrgId[]> => {
  const rows = await db.rows<{ org: OrgId }>(sql`with recursive hop as (
      (select org_id from booking.booking order by org_id limit 1)
      union all select (select b.org_id from booking.booking b where b.org_id > hop.org_id order by b.org_id limit 1) from hop where hop.org_id is not null)
    select org_id as org from hop where org_id is not null
      and exists (select from booking.booking b where b.org_id = hop.org_id and b.id < booking.least_id(${madeBefore}))`)
  return rows.map(({ org }) => org)
}

/** Moves ended bookings of one institution that were made before a moment; answers how many. */
export const keepPast = async (tx: Tx, org: OrgId, madeBefore: Instant, most: number): Promise<number> =>
  (await tx.row<{ moved: number }>(sql`select booking.keep_past(${org}, ${madeBefore}, ${most}) as moved`))?.moved ?? 0
