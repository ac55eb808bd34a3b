import type { OrgId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'

/** Why the coordinates of an institution are doubted. */
export const POINT_DOUBTS = ['shared', 'far-from-county'] as const
export type PointDoubt = (typeof POINT_DOUBTS)[number]

const KM_PER_DEGREE = 111.2

/**
 * Which of the institutions have coordinates that are doubted: the very same point as another institution of the county, or farther
 * from the middle of the county's institutions than `farKm`.
 */
export const doubtfulPoints = async (
  db: Queryable,
  ids: readonly OrgId[],
  farKm: number,
): Promise<ReadonlyMap<OrgId, PointDoubt>> => {
  const rows = await db.rows<{ id: OrgId; doubt: PointDoubt }>(sql`
    select i.id, case when around.shares then 'shared' else 'far-from-county' end as doubt
    from organisations.institution i cross join lateral (
      select bool_or(o.id <> i.id and o.longitude = i.longitude and o.latitude = i.latitude) as shares,
        percentile_cont(0.5) within group (order by o.longitude::float8) as longitude, percentile_cont(0.5) within group (order by o.latitude::float8) as latitude
      from organisations.institution o
      where o.valid_until is null and o.division between rpad(left(i.division, 6), 12, '0') and rpad(left(i.division, 6), 12, '9')) as around
    where i.id = any(${ids}::bigint[]) and (around.shares
      or sqrt(((i.longitude::float8 - around.longitude) * cos(radians(i.latitude::float8))) ^ 2 + (i.latitude::float8 - around.latitude) ^ 2) * ${KM_PER_DEGREE} > ${farKm})`)
  return new Map(rows.map(({ id, doubt }) => [id, doubt]))
}
