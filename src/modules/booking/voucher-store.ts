import type { Instant } from '../../kernel/clock.ts'
import type { OrgId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { Refused } from '../../platform/forms/form.ts'
import type { Allotment, AllotmentId, Pool, PoolId, Voucher, VoucherNumber, VoucherState } from './booking.ts'
import { poolColumns } from './store.ts'

const voucherColumns = sql`v.org_id as org, v.number, v.allotment_id as allotment, v.pool_id as pool, v.holder_org as holder, v.valid_until as "validUntil",
  v.state, v.booking_id as booking`

export const findVoucher = (db: Queryable, org: OrgId, number: VoucherNumber): Promise<Voucher | null> =>
  db.row<Voucher>(sql`select ${voucherColumns} from booking.voucher v where v.org_id = ${org} and v.number = ${number}`)

/** Locked after its pool, always in this order. */
export const lockVoucher = (tx: Tx, org: OrgId, number: VoucherNumber): Promise<Voucher | null> =>
  tx.row<Voucher>(
    sql`select ${voucherColumns} from booking.voucher v where v.org_id = ${org} and v.number = ${number} for update`,
  )

/** How many open vouchers of a pool an institution holds. */
export const openVouchersOf = async (db: Queryable, org: OrgId, pool: PoolId, holder: OrgId): Promise<number> =>
  (
    await db.row<{ open: number }>(sql`select count(*)::int as open from booking.voucher v
      where v.org_id = ${org} and v.pool_id = ${pool} and v.holder_org = ${holder} and v.state = 'open'`)
  )?.open ?? 0

export const findAllotment = (db: Queryable, org: OrgId, id: AllotmentId): Promise<Allotment | null> =>
  db.row<Allotment>(sql`select a.org_id as org, a.id, a.pool_id as pool, a.holder_org as holder, a.units, a.valid_until as "validUntil"
    from booking.allotment a where a.org_id = ${org} and a.id = ${id}`)

/** Open vouchers of an allotment, locked after their pool. */
export const lockOpenVouchers = (tx: Tx, org: OrgId, allotment: AllotmentId): Promise<Voucher[]> =>
  tx.rows<Voucher>(sql`select ${voucherColumns} from booking.voucher v
    where v.org_id = ${org} and v.allotment_id = ${allotment} and v.state = 'open' order by v.number for update`)

export type NewAllotment = { readonly allotment: Allotment; readonly numbers: readonly VoucherNumber[]; readonly at: Instant }

/** Lends units of the reserve: the pool's row is the last word on whether it has so many. */
export const saveAllotment = async (
  tx: Tx,
  { allotment: { org, id, pool, holder, units, validUntil }, numbers, at }: NewAllotment,
): Promise<void> => {
  const lent = await tx.run(sql`update booking.pool set allotted = allotted + ${units} where org_id = ${org} and id = ${pool}
    and used_reserved + allotted + ${units} <= reserved and released_at is null`)
  if (lent === 0) throw new Refused('booking.reserve-too-small', { units, free: 0 })
  await tx.run(sql`insert into booking.allotment values (${org}, ${id}, ${pool}, ${holder}, ${units}, ${validUntil}, ${at})`)
  await tx.run(sql`insert into booking.voucher (org_id, number, allotment_id, pool_id, holder_org, valid_until, state, changed_at)
    select ${org}, number, ${id}, ${pool}, ${holder}, ${validUntil}, 'open', ${at} from unnest(${numbers}::text[]) as number`)
}

export type GivenBack = {
  readonly pool: Pool
  readonly vouchers: readonly Voucher[]
  readonly state: Extract<VoucherState, 'returned' | 'withdrawn'>
  readonly at: Instant
}

/** Open vouchers end and their units go back: to the reserve before its release, to all after it. */
export const saveGivenBack = async (tx: Tx, { pool, vouchers, state, at }: GivenBack): Promise<void> => {
  const numbers = vouchers.map((voucher) => voucher.number)
  const ended = await tx.run(sql`update booking.voucher set state = ${state}, changed_at = ${at}
    where org_id = ${pool.org} and number = any(${numbers}::text[]) and state = 'open'`)
  await tx.run(sql`update booking.pool set allotted = allotted - ${ended}, reserved = reserved - case when released_at is null then 0 else ${ended} end
    where org_id = ${pool.org} and id = ${pool.id}`)
}

export type HeldVoucher = { readonly voucher: Voucher; readonly pool: Pool }

/** Open vouchers that an institution holds, by the time of their slot, each with its slot. */
export const vouchersHeldBy = async (db: Queryable, holder: OrgId, now: Instant, limit: number): Promise<HeldVoucher[]> => {
  const vouchers = await db.rows<Voucher>(sql`select ${voucherColumns} from booking.voucher v
    where v.holder_org = ${holder} and v.state = 'open' and v.valid_until > ${now} order by v.valid_until, v.number limit ${limit}`)
  const pools = await db.rows<Pool>(sql`select ${poolColumns} from booking.pool p
    join unnest(${vouchers.map((one) => one.org)}::bigint[], ${vouchers.map((one) => one.pool)}::uuid[]) as wanted (org, id) on p.org_id = wanted.org and p.id = wanted.id`)
  const byId = new Map(pools.map((pool) => [pool.id, pool]))
  return vouchers.flatMap((voucher) => {
    const pool = byId.get(voucher.pool)
    return pool ? [{ voucher, pool }] : []
  })
}

export type GivenAllotment = Allotment & {
  readonly startsAt: Instant
  readonly specialty: string
  readonly open: number
  readonly used: number
  readonly givenBack: number
}

/** Allotments that an institution has made for slots to come, with what became of their vouchers. */
export const allotmentsOf = (db: Queryable, org: OrgId, now: Instant, limit: number): Promise<GivenAllotment[]> =>
  db.rows<GivenAllotment>(sql`select a.org_id as org, a.id, a.pool_id as pool, a.holder_org as holder, a.units, a.valid_until as "validUntil",
      p.starts_at as "startsAt", p.specialty, count(*) filter (where v.state = 'open')::int as open,
      count(*) filter (where v.state in ('used', 'used-late'))::int as used, count(*) filter (where v.state in ('returned', 'withdrawn'))::int as "givenBack"
    from booking.allotment a join booking.pool p on p.org_id = a.org_id and p.id = a.pool_id
    join booking.voucher v on v.org_id = a.org_id and v.allotment_id = a.id
    where a.org_id = ${org} and p.starts_at > ${now} group by a.org_id, a.id, p.org_id, p.id order by p.starts_at, a.id limit ${limit}`)

/** Slots of the same specialty with a unit for a referral: the same institution first, then by how near in time. */
export const alternativesTo = (
  db: Queryable,
  pool: Pool,
  by: { orgs: readonly OrgId[]; until: Instant; now: Instant; limit: number },
): Promise<Pool[]> =>
  db.rows<Pool>(sql`select ${poolColumns} from booking.pool p
    where p.specialty = ${pool.specialty} and p.starts_at > ${by.now} and p.starts_at < ${by.until} and p.org_id = any(${by.orgs}::bigint[])
      and p.unit_kind = 'visit' and p.stopped_at is null and p.used_reserved + p.allotted + p.used_open < p.capacity - p.emergency
    order by p.org_id <> ${pool.org}, abs(extract(epoch from p.starts_at - ${pool.startsAt}::timestamptz)), p.id limit ${by.limit}`)
