import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Sql, type Tx } from '../../../platform/database/pool.ts'
import type { PoolId } from '../booking.ts'

/** What is left of a pool of visits, as far as it does not depend on the hour. Instants in ms. */
export type LeftOver = {
  readonly org: OrgId
  readonly id: PoolId
  readonly specialty: string
  readonly startsMs: number
  readonly releaseMs: number
  /** Whether anything can be drawn at all: not stopped, and not used up. */
  readonly isOpen: boolean
  /** Before the release: what direct bookings may draw, and what is kept for referrals. */
  readonly openBefore: number
  readonly reservedBefore: number
  /** From the release on everything left is open to all. */
  readonly openAfter: number
}

// The same sums as `summariseFree`.
const leftOver = sql`p.org_id as org, p.id, p.specialty, (extract(epoch from p.starts_at) * 1000)::float8 as "startsMs",
  (extract(epoch from p.release_at) * 1000)::float8 as "releaseMs", p.stopped_at is null and p.used_reserved + p.used_open < p.capacity as "isOpen",
  p.capacity - p.reserved - p.emergency - p.used_open as "openBefore", p.reserved - p.used_reserved - p.allotted as "reservedBefore",
  p.capacity - p.emergency - p.used_reserved - p.allotted - p.used_open as "openAfter"`

/** What a transaction sees: whatever was not yet in an earlier one and is in this one has been committed between the two. */
export type Seen = { readonly min: string; readonly max: string; readonly open: readonly string[] }
export type Moment = { readonly seen: Seen; readonly now: Instant }

/** The snapshot of the open transaction, and the one clock. */
export const momentOf = async (tx: Tx): Promise<Moment> => {
  const found = await tx.row<{ snapshot: string; now: Instant }>(
    sql`select pg_current_snapshot()::text as snapshot, platform.jieli_now() as now`,
  )
  const [min = '0', max = '0', open = ''] = (found?.snapshot ?? '').split(':')
  return { seen: { min, max, open: open === '' ? [] : open.split(',') }, now: (found as { now: Instant }).now }
}

/** Pools of visits that begin within a span of time. */
export const poolsBetween = (db: Queryable, from: Instant, until: Instant): Promise<LeftOver[]> =>
  db.rows<LeftOver>(sql`select ${leftOver} from booking.pool p
    where p.unit_kind = 'visit' and p.starts_at > ${from} and p.starts_at < ${until}`)

/** Pools by name that begin before a moment. */
export const poolsNamed = (db: Queryable, orgs: readonly OrgId[], ids: readonly PoolId[], until: Instant): Promise<LeftOver[]> =>
  db.rows<LeftOver>(sql`select ${leftOver} from unnest(${orgs}::bigint[], ${ids}::uuid[]) as wanted (org_id, id)
    join booking.pool p on p.org_id = wanted.org_id and p.id = wanted.id where p.unit_kind = 'visit' and p.starts_at < ${until}`)

/** Pools of whole institutions within a span of time. */
export const poolsOfOrgs = (db: Queryable, orgs: readonly OrgId[], from: Instant, until: Instant): Promise<LeftOver[]> =>
  db.rows<LeftOver>(sql`select ${leftOver} from booking.pool p where p.org_id = any(${orgs}::bigint[])
    and p.unit_kind = 'visit' and p.starts_at > ${from} and p.starts_at < ${until}`)

// A row of the outbox knows the transaction that told it.
const toldSince = ({ max, open }: Seen): Sql => sql`
  select o.org_id, o.case_kind, o.case_id from platform.outbox o where o.xid >= ${max}::xid8
  union all select o.org_id, o.case_kind, o.case_id from platform.outbox o where o.xid = any(${open}::xid8[])`

/** What events say was touched: one pool, or an institution of which nobody knows which. */
export type Touched = { readonly org: OrgId; readonly pool: PoolId | null }

/**
 * What was told since an earlier moment about units: the pool of an event about one, the pools of the bookings of a case and of those
 * booked together with them; of anything else that an institution tells about its units (plans, vouchers, wards) the whole institution.
 */
export const touchedSince = (db: Queryable, seen: Seen): Promise<Touched[]> =>
  db.rows<Touched>(sql`with told as materialized (${toldSince(seen)})
    select t.org_id as org, t.case_id as pool from told t where t.case_kind = 'pool'
    union select b.org_id, b.pool_id from told t join booking.booking b on b.org_id = t.org_id and b.id = t.case_id where t.case_kind = 'booking'
    union select g.org_id, g.pool_id from told t join booking.booking b on b.org_id = t.org_id and b.id = t.case_id
      join booking.booking g on g.org_id = b.org_id and g.group_id = b.group_id where t.case_kind = 'booking' and b.group_id is not null
    union select b.org_id, b.pool_id from told t join booking.booking b on b.case_id = t.case_id where t.case_kind not in ('pool', 'booking')
    union select t.org_id, null from told t where t.case_kind in ('plan', 'allotment', 'ward', 'bed', 'feed')`)

/**
 * Pools that may have been written since an earlier moment, told or not: by the number of the transaction that every row carries, from the
 * oldest on that was open then, because a part of a transaction has a number of its own. Reads all pools of the span, so it costs more
 * the more there are.
 */
export const writtenSince = (db: Queryable, { min }: Seen, from: Instant, until: Instant): Promise<LeftOver[]> =>
  db.rows<LeftOver>(sql`select ${leftOver} from booking.pool p
    where p.unit_kind = 'visit' and p.starts_at > ${from} and p.starts_at < ${until}
      and (p.xmin::text::bigint - ${min}::bigint % 4294967296 + 4294967296) % 4294967296 < 2147483648`)

/** Says on a channel that something was told; one message for whatever came together. */
export const notify = (db: Queryable, channel: string, payload: string): Promise<number> =>
  db.run(sql`select pg_notify(${channel}, ${payload})`)
