import type { Instant } from '../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { dayOf } from '../../kernel/day.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { Refused, type Act } from '../../platform/forms/form.ts'
import {
  GIVEN_BACK,
  type Booking,
  type BookingId,
  type BookingState,
  type Channel,
  type Pool,
  type PoolId,
  type Share,
  type VoucherNumber,
} from './booking.ts'
import { noteGivenBack } from './engine/memory.ts'

/** All columns of a pool `p`, named as its fields. */
export const poolColumns = sql`p.org_id as org, p.id, p.unit_kind as "unitKind", p.specialty, p.service_zh as "serviceZh", p.service_en as "serviceEn",
  p.plan_id as plan, p.calendar_org as "calendarOrg", p.calendar_id as calendar, p.doctor_zh as "doctorZh", p.doctor_en as "doctorEn", p.kind, p.starts_at as "startsAt",
  p.ends_at as "endsAt", p.capacity, p.reserved, p.used_reserved as "usedReserved", p.used_open as "usedOpen", p.emergency, p.used_emergency as "usedEmergency", p.allotted, p.release_at as "releaseAt",
  p.place_zh as "placeZh", p.place_en as "placeEn", p.stopped_at as "stoppedAt"`

/** All columns of a booking `b`, named as its fields. */
export const bookingColumns = sql`b.org_id as org, b.id, b.pool_id as pool, b.person_id as person, b.case_id as "caseId", b.made_by_org as "madeByOrg",
  b.share, b.channel, b.group_id as "group", b.state, b.hold_until as "holdUntil"`

export const findPool = (db: Queryable, org: OrgId, id: PoolId): Promise<Pool | null> =>
  db.row<Pool>(sql`select ${poolColumns} from booking.pool p where p.org_id = ${org} and p.id = ${id}`)

export const lockPool = (tx: Tx, org: OrgId, id: PoolId): Promise<Pool | null> =>
  tx.row<Pool>(sql`select ${poolColumns} from booking.pool p where p.org_id = ${org} and p.id = ${id} for update`)

/** A booking, also one that has moved to the past. */
export const findBooking = async (db: Queryable, org: OrgId, id: BookingId): Promise<Booking | null> =>
  (await db.row<Booking>(sql`select ${bookingColumns} from booking.booking b where b.org_id = ${org} and b.id = ${id}`)) ??
  db.row<Booking>(sql`select ${bookingColumns} from booking.past_booking b where b.org_id = ${org} and b.id = ${id}`)

/** A booking, locked after its pool: whoever locks both does it in this order, so that no two wait for one another. */
export const lockBooking = async (tx: Tx, org: OrgId, id: BookingId): Promise<Booking | null> => {
  const [, booking] = await Promise.all([
    tx.run(sql`select 1 from booking.pool p where (p.org_id, p.id) =
      (select b.org_id, b.pool_id from booking.booking b where b.org_id = ${org} and b.id = ${id}) for no key update`),
    tx.row<Booking>(sql`select ${bookingColumns} from booking.booking b where b.org_id = ${org} and b.id = ${id} for update`),
  ])
  return booking
}

export const savePool = (tx: Tx, pool: Pool): Promise<number> =>
  tx.run(sql`insert into booking.pool (org_id, id, unit_kind, specialty, service_zh, service_en, plan_id, calendar_org, calendar_id, doctor_zh, doctor_en,
      kind, starts_at, ends_at, capacity, reserved, emergency, release_at, place_zh, place_en)
    values (${pool.org}, ${pool.id}, ${pool.unitKind}, ${pool.specialty}, ${pool.serviceZh}, ${pool.serviceEn}, ${pool.plan}, ${pool.calendarOrg},
      ${pool.calendar}, ${pool.doctorZh}, ${pool.doctorEn}, ${pool.kind}, ${pool.startsAt}, ${pool.endsAt}, ${pool.capacity}, ${pool.reserved},
      ${pool.emergency}, ${pool.releaseAt}, ${pool.placeZh}, ${pool.placeEn})`)

export type Drawn = Omit<Booking, 'state'> & {
  readonly state: 'held' | 'confirmed'
  readonly startsAt: Instant
  /** What a resident books one of a day: `serviceOf` its pool. */
  readonly service: string
  readonly at: Instant
  readonly isReleased: boolean
  /** The voucher that is used up by it: an open one draws its own unit, a returned one an ordinary unit. */
  readonly voucher?: { readonly number: VoucherNumber; readonly isOpen: boolean }
}

/** What the limits of a resident depend on. */
export type Limiting = Pick<Act, 'zone' | 'policy'>

/**
 * Draws one unit. The pool's own row and its constraints are the last word: a lost race refuses the whole act.
 * Once a pool's release time has come, what is left of the reserve counts as open, and the row says so from then on.
 * A direct booking needs the act, for the limits of a resident.
 */
export const saveDrawn = async (tx: Tx, drawn: Drawn, act?: Limiting): Promise<void> => {
  const claimed = await tx.run(
    sql`insert into booking.person_claim values (${drawn.person}, ${drawn.startsAt}, ${drawn.org}, ${drawn.id}) on conflict do nothing`,
  )
  if (claimed === 0) throw new Refused('booking.person-booked-then')
  if (drawn.channel === 'direct') await takeClaims(tx, drawn, act)
  if (drawn.isReleased) await release(tx, drawn.org, drawn.pool, drawn.at)
  if ((await useUnit(tx, drawn)) === 0) throw new Refused('booking.no-unit-left')
  await tx.run(sql`insert into booking.booking (org_id, id, pool_id, person_id, case_id, made_by_org, share, channel, group_id, state, hold_until, made_at, changed_at)
    values (${drawn.org}, ${drawn.id}, ${drawn.pool}, ${drawn.person}, ${drawn.caseId}, ${drawn.madeByOrg}, ${drawn.share}, ${drawn.channel},
      ${drawn.group}, ${drawn.state}, ${drawn.holdUntil}, ${drawn.at}, ${drawn.at})`)
  if (drawn.voucher && (await useVoucher(tx, drawn, drawn.voucher)) === 0) throw new Refused('booking.voucher-used')
}

const takeClaims = async (tx: Tx, drawn: Drawn, act: Limiting | undefined): Promise<void> => {
  if (!act) throw new Error('a direct booking was drawn without the act that its limits depend on')
  const most = act.policy('booking.day-bookings-most')
  const taken = await tx.row<{ code: string | null }>(sql`select booking.take_claims(${drawn.person}, ${drawn.org}, ${drawn.id},
    ${dayOf(drawn.startsAt, act.zone)}, ${drawn.service}, ${most}, ${drawn.at}) as code`)
  if (taken?.code) throw new Refused(taken.code, taken.code === 'booking.day-full' ? { most } : undefined)
}

const useUnit = (tx: Tx, { org, pool, share, voucher, holdUntil }: Drawn): Promise<number> => {
  const noted = sql`hold_ends_next = least(hold_ends_next, ${holdUntil}::timestamptz)`
  if (voucher?.isOpen)
    return tx.run(
      sql`update booking.pool set used_reserved = used_reserved + 1, allotted = allotted - 1, ${noted} where org_id = ${org} and id = ${pool} and allotted > 0`,
    )
  const isThere = sql`org_id = ${org} and id = ${pool} and stopped_at is null`
  switch (share) {
    case 'reserved':
      return tx.run(
        sql`update booking.pool set used_reserved = used_reserved + 1, ${noted} where ${isThere} and used_reserved + allotted < reserved`,
      )
    case 'emergency':
      return tx.run(
        sql`update booking.pool set used_emergency = used_emergency + 1, ${noted} where ${isThere} and used_emergency < emergency`,
      )
    case 'open':
      return tx.run(
        sql`update booking.pool set used_open = used_open + 1, ${noted} where ${isThere} and used_open < capacity - reserved - emergency`,
      )
  }
}

const useVoucher = (tx: Tx, drawn: Drawn, { number, isOpen }: NonNullable<Drawn['voucher']>): Promise<number> =>
  tx.run(sql`update booking.voucher set state = ${isOpen ? 'used' : 'used-late'}, changed_at = ${drawn.at}, booking_id = ${drawn.id}
    where org_id = ${drawn.org} and number = ${number} and case when ${isOpen} then state = 'open' else state in ('returned', 'withdrawn') end`)

// What stands in open vouchers stays theirs; it opens when they are returned.
const release = (tx: Tx, org: OrgId, pool: PoolId, at: Instant): Promise<number> => {
  noteGivenBack(pool)
  return tx.run(
    sql`update booking.pool set reserved_until_release = reserved, reserved = used_reserved + allotted, released_at = ${at} where org_id = ${org} and id = ${pool} and released_at is null`,
  )
}

/** Moves a booking on; a unit that is given up goes back to the share that it came from. */
export const saveState = async (
  tx: Tx,
  booking: Booking,
  state: BookingState,
  at: Instant,
  reason: string | null,
): Promise<void> => {
  await tx.run(sql`update booking.booking set state = ${state}, changed_at = ${at}, reason = ${reason},
    hold_until = case when ${state} = 'held' then hold_until end where org_id = ${booking.org} and id = ${booking.id}`)
  if (USED_UP.includes(state)) await freeClaims(tx, booking)
  if (!GIVEN_BACK.includes(state)) return
  noteGivenBack(booking.pool)
  await giveBack(tx, booking)
  await tx.run(sql`delete from booking.person_claim where person_id = ${booking.person} and booking_id = ${booking.id}`)
}

/** A case of the modules above, and the institution that answers for it. */
export type UnitCase = { readonly org: OrgId; readonly id: string }

// Whose case it is made the booking, as with every unit of a case: who does not see a unit cannot give it back either.
/** Says which case a booking belongs to from now on. */
export const saveCase = (tx: Tx, { org, id }: Booking, ofCase: UnitCase): Promise<number> =>
  tx.run(sql`update booking.booking set case_id = ${ofCase.id}, made_by_org = ${ofCase.org} where org_id = ${org} and id = ${id}`)

/** A booking in one of these no longer stands in the way of another on its day. */
const USED_UP: readonly BookingState[] = [...GIVEN_BACK, 'attended', 'no-show']

const freeClaims = (tx: Tx, { person, id }: Booking): Promise<number> =>
  tx.run(sql`select booking.free_claims(${[person]}::bigint[], ${[id]}::uuid[])`)

// A unit of the reserve that comes back after the release belongs to all.
const giveBack = (tx: Tx, { org, pool, share }: Booking): Promise<number> => {
  const isThere = sql`org_id = ${org} and id = ${pool}`
  switch (share) {
    case 'reserved':
      return tx.run(
        sql`update booking.pool set used_reserved = used_reserved - 1, reserved = reserved - (released_at is not null)::int where ${isThere}`,
      )
    case 'emergency':
      return tx.run(sql`update booking.pool set used_emergency = used_emergency - 1 where ${isThere}`)
    case 'open':
      return tx.run(sql`update booking.pool set used_open = used_open - 1 where ${isThere}`)
  }
}

export type FreeBy = {
  readonly specialty: string
  readonly orgs: readonly OrgId[] | null
  readonly from: Instant
  readonly until: Instant
  readonly channel: Channel
  readonly now: Instant
  readonly limit: number
}

/** Pools of a specialty that the channel can still draw from, earliest first. */
export const findFreePools = (db: Queryable, by: FreeBy): Promise<Pool[]> =>
  db.rows<Pool>(sql`select ${poolColumns} from booking.pool p
    where p.specialty = ${by.specialty} and p.starts_at >= ${by.from} and p.starts_at < ${by.until} and p.starts_at > ${by.now}
      and p.unit_kind = 'visit' and p.stopped_at is null and p.used_reserved + p.used_emergency + p.used_open < p.capacity
      and (${by.orgs}::bigint[] is null or p.org_id = any(${by.orgs}::bigint[]))
      and (p.used_open < p.capacity - p.reserved - p.emergency
        or (${by.channel} = 'emergency' and p.used_emergency < p.emergency)
        or ((${by.channel} = 'referral' or p.release_at <= ${by.now}) and p.used_reserved + p.allotted < p.reserved))
    order by p.starts_at, p.org_id, p.id limit ${by.limit}`)

/** For each institution: how many units the channel can draw in a period, how many of them are reserved, and the first. */
export type FreeSummary = {
  readonly org: OrgId
  readonly free: number
  readonly reservedFree: number
  readonly firstAt: Instant
  readonly firstPool: PoolId
}

export const summariseFree = (db: Queryable, by: Omit<FreeBy, 'limit'>): Promise<FreeSummary[]> =>
  db.rows<FreeSummary>(sql`
    with open_pool as (
      select p.org_id, p.id, p.starts_at,
        case when p.release_at <= ${by.now} then p.capacity - p.emergency - p.used_reserved - p.allotted - p.used_open else p.capacity - p.reserved - p.emergency - p.used_open end as open_free,
        case when p.release_at <= ${by.now} then 0 else p.reserved - p.used_reserved - p.allotted end as reserved_free
      from booking.pool p
      where p.specialty = ${by.specialty} and p.starts_at >= ${by.from} and p.starts_at < ${by.until} and p.starts_at > ${by.now}
        and p.unit_kind = 'visit' and p.stopped_at is null and p.used_reserved + p.used_open < p.capacity and (${by.orgs}::bigint[] is null or p.org_id = any(${by.orgs}::bigint[])))
    select org_id as org, sum(open_free + case when ${by.channel} = 'referral' then reserved_free else 0 end)::int as free,
      sum(reserved_free)::int as "reservedFree", min(starts_at) as "firstAt", (array_agg(id order by starts_at, id))[1] as "firstPool"
    from open_pool where open_free > 0 or (${by.channel} = 'referral' and reserved_free > 0) group by org_id`)

/** Pools whose reserve is due to be opened, a few at a time. */
export const lockDueForRelease = (tx: Tx, now: Instant, limit: number): Promise<Pool[]> =>
  tx.rows<Pool>(sql`select ${poolColumns} from booking.pool p where p.released_at is null and p.release_at <= ${now}
    order by p.release_at limit ${limit} for update skip locked`)

export const saveRelease = async (tx: Tx, pools: readonly Pool[], at: Instant): Promise<void> => {
  for (const pool of pools) await release(tx, pool.org, pool.id, at)
}

export type DayRow = {
  readonly booking: BookingId
  readonly person: PersonId
  readonly state: BookingState
  readonly share: Share
  readonly caseId: string | null
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly specialty: string
}

/** Bookings of one institution on one day, by time; of a day long ago also those that have moved to the past. */
export const bookingsOfDay = (
  db: Queryable,
  org: OrgId,
  { from, until, isLongAgo }: { readonly from: Instant; readonly until: Instant; readonly isLongAgo: boolean },
): Promise<DayRow[]> =>
  db.rows(sql`select b.id as booking, b.person_id as person, b.state, b.share, b.case_id as "caseId", p.starts_at as "startsAt", p.ends_at as "endsAt", p.specialty
    from booking.pool p join ${isLongAgo ? sql`booking.every_booking` : sql`booking.booking`} b on b.org_id = p.org_id and b.pool_id = p.id
    where p.org_id = ${org} and p.starts_at >= ${from} and p.starts_at < ${until} and b.state in ('held', 'confirmed', 'checked-in', 'attended', 'no-show')
    order by p.starts_at, b.made_at`)

/** A booking with its slot: when, where and with whom. */
export type BookedSlot = { readonly booking: Booking; readonly pool: Pool }

/** Bookings of one person from a moment on. */
export const bookingsOfPerson = async (db: Queryable, person: PersonId, from: Instant): Promise<BookedSlot[]> => {
  const bookings = await db.rows<Booking>(sql`select ${bookingColumns} from booking.person_claim c
    join booking.booking b on b.org_id = c.org_id and b.id = c.booking_id where c.person_id = ${person} and c.starts_at >= ${from} order by c.starts_at`)
  const pools = await db.rows<Pool>(sql`select ${poolColumns} from booking.pool p
    join unnest(${bookings.map((one) => one.org)}::bigint[], ${bookings.map((one) => one.pool)}::uuid[]) as wanted (org, id) on p.org_id = wanted.org and p.id = wanted.id`)
  const byId = new Map(pools.map((pool) => [pool.id, pool]))
  return bookings.flatMap((booking) => {
    const pool = byId.get(booking.pool)
    return pool ? [{ booking, pool }] : []
  })
}
