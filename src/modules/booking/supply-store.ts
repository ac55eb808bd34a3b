import type { Instant } from '../../kernel/clock.ts'
import type { OrgId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'

/** Visits that an institution offers in a specialty over some days: free units, doctors who see patients then, and those of the first day. */
export type Supply = {
  readonly org: OrgId
  readonly specialty: string
  readonly free: number
  readonly doctors: number
  readonly doctorsFirstDay: number
}

type SupplyAsked = { readonly from: Instant; readonly until: Instant; readonly firstDayEnds: Instant }

/** What some institutions offer in each specialty between two moments; a specialty without a pool is left out. */
export const supplyOf = (db: Queryable, orgs: readonly OrgId[], { from, until, firstDayEnds }: SupplyAsked): Promise<Supply[]> =>
  db.rows<Supply>(sql`select p.org_id as org, p.specialty, sum(greatest(0, p.capacity - p.emergency - p.used_reserved - p.used_open))::int as free,
      count(distinct coalesce(p.staff_id::text, p.doctor_zh))::int as doctors,
      (count(distinct coalesce(p.staff_id::text, p.doctor_zh)) filter (where p.starts_at < ${firstDayEnds}))::int as "doctorsFirstDay"
    from booking.pool p where p.org_id = any(${orgs}::bigint[]) and p.starts_at >= ${from} and p.starts_at < ${until}
      and p.unit_kind = 'visit' and p.stopped_at is null
    group by p.org_id, p.specialty`)
