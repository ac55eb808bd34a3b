import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { Pool, PoolId } from '../booking.ts'
import { poolColumns } from '../store.ts'
import type { NewShares } from './rules/may-move-quota.ts'

/** A pool with what its reserve was when it was released; null before. */
export type PoolOfDay = Pool & { readonly reservedUntilRelease: number | null }

/** What one service of one institution has between two moments: which pools count for one quota. */
export type ServiceDay = Pick<Pool, 'org' | 'specialty' | 'unitKind' | 'kind' | 'serviceZh'> & {
  readonly from: Instant
  readonly until: Instant
}

const ofServiceDay = (
  by: ServiceDay,
) => sql`p.org_id = ${by.org} and p.specialty = ${by.specialty} and p.unit_kind = ${by.unitKind}
  and p.kind = ${by.kind} and p.service_zh is not distinct from ${by.serviceZh} and p.starts_at >= ${by.from} and p.starts_at < ${by.until}`

/** The pools of a service on a day, in the order of their keys, locked. */
export const lockServiceDay = (tx: Tx, by: ServiceDay): Promise<PoolOfDay[]> =>
  tx.rows<PoolOfDay>(sql`select ${poolColumns}, p.reserved_until_release as "reservedUntilRelease" from booking.pool p
    where ${ofServiceDay(by)} order by p.org_id, p.id for update`)

/** The same to look at, by time. */
export const poolsOfServiceDay = (db: Queryable, by: ServiceDay, limit: number): Promise<PoolOfDay[]> =>
  db.rows<PoolOfDay>(sql`select ${poolColumns}, p.reserved_until_release as "reservedUntilRelease" from booking.pool p
    where ${ofServiceDay(by)} order by p.starts_at, p.id limit ${limit}`)

export type SharesSaved = NewShares & { readonly org: OrgId; readonly id: PoolId }

/** Writes the new shares of a locked pool; its own CHECKs are the last word. */
export const saveShares = (tx: Tx, pool: SharesSaved): Promise<number> =>
  tx.run(sql`update booking.pool set capacity = ${pool.capacity}, reserved = ${pool.reserved}, emergency = ${pool.emergency}
    where org_id = ${pool.org} and id = ${pool.id}`)

/** What one service has on one day, summed over its slots that are not stopped; a stopped one counts among `stopped` alone. */
export type QuotaRow = {
  readonly day: string
  readonly specialty: string
  readonly unitKind: Pool['unitKind']
  readonly kind: Pool['kind']
  readonly serviceZh: string | null
  readonly serviceEn: string | null
  readonly slots: number
  readonly stopped: number
  readonly capacity: number
  readonly reserved: number
  readonly usedReserved: number
  readonly lent: number
  readonly emergency: number
  readonly usedEmergency: number
  readonly usedOpen: number
  readonly released: number
}

/** The quota board of an institution, by day and service. A reserve that was released counts as it was until then. */
export const quotaRows = (
  db: Queryable,
  by: { org: OrgId; from: Instant; until: Instant; specialty: string | null; zone: string },
): Promise<QuotaRow[]> =>
  db.rows<QuotaRow>(sql`
    select (p.starts_at at time zone ${by.zone})::date as day, p.specialty, p.unit_kind as "unitKind", p.kind,
      p.service_zh as "serviceZh", max(p.service_en) as "serviceEn", count(*) filter (where p.stopped_at is null)::int as slots,
      count(*) filter (where p.stopped_at is not null)::int as stopped, ${sumOf(sql`p.capacity`)} as capacity,
      ${sumOf(sql`coalesce(p.reserved_until_release, p.reserved)`)} as reserved, ${sumOf(sql`p.used_reserved`)} as "usedReserved",
      ${sumOf(sql`p.allotted`)} as lent, ${sumOf(sql`p.emergency`)} as emergency, ${sumOf(sql`p.used_emergency`)} as "usedEmergency",
      ${sumOf(sql`p.used_open`)} as "usedOpen", ${sumOf(sql`p.reserved_until_release - p.reserved`)} as released
    from booking.pool p where p.org_id = ${by.org} and p.starts_at >= ${by.from} and p.starts_at < ${by.until}
      and (${by.specialty}::text is null or p.specialty = ${by.specialty})
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`)

const sumOf = (what: ReturnType<typeof sql>) => sql`coalesce(sum(${what}) filter (where p.stopped_at is null), 0)::int`
