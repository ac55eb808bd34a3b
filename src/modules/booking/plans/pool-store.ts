import type { Instant } from '../../../kernel/clock.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Sql, type Tx } from '../../../platform/database/pool.ts'
import { Refused } from '../../../platform/forms/form.ts'
import { institutionsOf } from '../../organisations/index.ts'
import type { Booking, Pool, Voucher } from '../booking.ts'
import { poolColumns } from '../store.ts'
import type { CalendarId, CalendarSpan, PlanId, PlannedPool } from './plans.ts'
import { shownTime } from './rules/shown-time.ts'

const plannedColumns = sql`${poolColumns}, p.stop_reason as "stopReason"`

/** Pools of plans that begin in a span of time, locked in the order in which everything locks pools. */
export const lockPoolsOfPlans = (
  tx: Tx,
  plans: readonly { org: OrgId; id: PlanId }[],
  from: Instant,
  until: Instant | null,
): Promise<PlannedPool[]> =>
  tx.rows<PlannedPool>(sql`select ${plannedColumns} from booking.pool p
    join unnest(${plans.map(({ org }) => org)}::bigint[], ${plans.map(({ id }) => id)}::uuid[]) as wanted (org, id) on p.org_id = wanted.org and p.plan_id = wanted.id
    where p.starts_at >= ${from} and (${until}::timestamptz is null or p.starts_at < ${until}) order by p.org_id, p.id for update of p`)

/** Which pools of an institution a stop is about. */
export type StopRange = {
  readonly pool: string | null
  readonly plan: string | null
  readonly calendar: string | null
  readonly from: Instant
  readonly until: Instant
}

const inRange = (org: OrgId, range: StopRange): Sql =>
  range.pool
    ? sql`p.org_id = ${org} and p.id = ${range.pool}`
    : sql`p.org_id = ${org} and p.starts_at >= ${range.from} and p.starts_at < ${range.until}
        and (${range.plan}::uuid is null or p.plan_id = ${range.plan}) and (${range.calendar}::uuid is null or p.calendar_id = ${range.calendar})`

/** Pools that can still be stopped: not yet over, not stopped. */
export const stoppablePools = (db: Queryable, org: OrgId, range: StopRange, now: Instant): Promise<PlannedPool[]> =>
  db.rows<PlannedPool>(sql`select ${plannedColumns} from booking.pool p
    where ${inRange(org, range)} and p.ends_at > ${now} and p.stopped_at is null order by p.org_id, p.id`)

export const lockStoppablePools = (tx: Tx, org: OrgId, range: StopRange, now: Instant): Promise<PlannedPool[]> =>
  tx.rows<PlannedPool>(sql`select ${plannedColumns} from booking.pool p
    where ${inRange(org, range)} and p.ends_at > ${now} and p.stopped_at is null order by p.org_id, p.id for update`)

const LIVE = ['held', 'confirmed', 'checked-in']
const bookingColumns = sql`b.org_id as org, b.id, b.pool_id as pool, b.person_id as person, b.case_id as "caseId", b.made_by_org as "madeByOrg",
  b.share, b.channel, b.group_id as "group", b.state, b.hold_until as "holdUntil"`

/** Live bookings of pools: whoever holds, has confirmed or has come. */
export const liveBookings = (db: Queryable, org: OrgId, pools: readonly Pool[]): Promise<Booking[]> =>
  db.rows<Booking>(sql`select ${bookingColumns} from booking.booking b where b.org_id = ${org}
    and b.pool_id = any(${pools.map(({ id }) => id)}::uuid[]) and b.state = any(${LIVE}) order by b.id`)

export const lockLiveBookings = (tx: Tx, org: OrgId, pools: readonly Pool[]): Promise<Booking[]> =>
  tx.rows<Booking>(sql`select ${bookingColumns} from booking.booking b where b.org_id = ${org}
    and b.pool_id = any(${pools.map(({ id }) => id)}::uuid[]) and b.state = any(${LIVE}) order by b.id for update`)

/** Vouchers of pools that nobody has used yet. */
export const lockVouchersOfPools = (tx: Tx, org: OrgId, pools: readonly Pool[]): Promise<Voucher[]> =>
  tx.rows<Voucher>(sql`select v.org_id as org, v.number, v.allotment_id as allotment, v.pool_id as pool, v.holder_org as holder,
      v.valid_until as "validUntil", v.state, v.booking_id as booking
    from booking.voucher v where v.org_id = ${org} and v.state = 'open' and v.pool_id = any(${pools.map(({ id }) => id)}::uuid[])
    order by v.number for update`)

/** What is taken of calendars between two moments. */
export const spansTaken = (
  db: Queryable,
  calendars: readonly { org: OrgId; id: CalendarId }[],
  from: Instant,
  until: Instant,
): Promise<CalendarSpan[]> =>
  db.rows<CalendarSpan>(sql`select s.org_id as org, s.calendar_id as calendar, lower(s.during) as "from", upper(s.during) as until,
      s.place_org as place, s.pool_id as pool
    from booking.calendar_span s join unnest(${calendars.map(({ org }) => org)}::bigint[], ${calendars.map(({ id }) => id)}::uuid[]) as wanted (org, id)
      on s.org_id = wanted.org and s.calendar_id = wanted.id
    where s.during && tstzrange(${from}, ${until}) order by lower(s.during)`)

/** Frees the time that pools take of their calendars. */
export const freeSpans = (tx: Tx, place: OrgId, pools: readonly string[]): Promise<number> =>
  tx.run(sql`delete from booking.calendar_span where place_org = ${place} and pool_id = any(${pools}::uuid[])`)

/**
 * Takes the time of pools in their calendars; answers the pools whose time something else has taken already. The table's own
 * WITHOUT OVERLAPS decides, also between two who plan at the same moment.
 */
export const takeSpans = async (tx: Tx, place: OrgId, pools: readonly Pool[]): Promise<ReadonlySet<string>> => {
  const rows = pools
    .filter(({ calendar }) => calendar !== null)
    .map(({ calendarOrg, calendar, startsAt, endsAt, id }) => ({ calendarOrg, calendar, startsAt, endsAt, id }))
  if (rows.length === 0) return new Set()
  const taken = await tx.rows<{
    id: string
  }>(sql`insert into booking.calendar_span (org_id, calendar_id, during, place_org, pool_id)
    select s."calendarOrg", s.calendar, tstzrange(s."startsAt", s."endsAt"), ${place}, s.id
    from json_to_recordset(${JSON.stringify(rows)}) as s ("calendarOrg" bigint, calendar uuid, "startsAt" timestamptz, "endsAt" timestamptz, id uuid)
    order by 1, 2, 3 on conflict do nothing returning pool_id as id`)
  const got = new Set(taken.map(({ id }) => id))
  return new Set(rows.flatMap(({ id }) => (got.has(id as string) ? [] : [id as string])))
}

/** The same, for somebody who can choose another time: refused with when and where the time is taken. */
export const mustTakeSpans = async (tx: Tx, place: OrgId, pools: readonly Pool[], zone: string): Promise<void> => {
  const refused = await takeSpans(tx, place, pools)
  const first = pools.find(({ id }) => refused.has(id))
  if (!first) return
  const key = { org: first.calendarOrg as OrgId, id: first.calendar as CalendarId }
  const [other] = await spansTaken(tx, [key], first.startsAt, first.endsAt)
  throw new Refused('booking.calendar-taken', await clashDetail(tx, other ?? null, zone))
}

/** When and where a calendar is taken, as the refusal says it. */
export const clashDetail = async (db: Queryable, span: CalendarSpan | null, zone: string): Promise<Record<string, string>> => {
  const [place] = span ? await institutionsOf(db, [span.place]) : []
  return {
    day: span ? dayOf(span.from, zone) : '',
    from: span ? shownTime(span.from, zone) : '',
    to: span ? shownTime(span.until, zone) : '',
    place: place?.name.zh ?? '',
    place_en: place?.name.en ?? place?.name.zh ?? '',
  }
}
/** Inserts new pools; one that a plan has published at that moment already is left as it is. Answers how many were new. */
export const insertPools = (tx: Tx, pools: readonly Pool[]): Promise<number> =>
  tx.run(sql`insert into booking.pool (org_id, id, unit_kind, specialty, service_zh, service_en, plan_id, calendar_org, calendar_id, doctor_zh, doctor_en,
      kind, starts_at, ends_at, capacity, reserved, emergency, release_at, place_zh, place_en)
    select p.org, p.id, p."unitKind", p.specialty, p."serviceZh", p."serviceEn", p.plan, p."calendarOrg", p.calendar, p."doctorZh", p."doctorEn",
      p.kind, p."startsAt", p."endsAt", p.capacity, p.reserved, p.emergency, p."releaseAt", p."placeZh", p."placeEn"
    from json_to_recordset(${JSON.stringify(pools)}) as p (org bigint, id uuid, "unitKind" text, specialty text, "serviceZh" text, "serviceEn" text,
      plan uuid, "calendarOrg" bigint, calendar uuid, "doctorZh" text, "doctorEn" text, kind text, "startsAt" timestamptz, "endsAt" timestamptz,
      capacity int, reserved int, emergency int, "releaseAt" timestamptz, "placeZh" text, "placeEn" text)
    on conflict (org_id, plan_id, starts_at) where plan_id is not null do nothing`)

/** Writes a pool's plan-given columns as they now are; uses and allotments stay, and the row's CHECKs have the last word. */
export const rewritePool = (tx: Tx, pool: Pool): Promise<number> =>
  tx.run(sql`update booking.pool set unit_kind = ${pool.unitKind}, specialty = ${pool.specialty}, service_zh = ${pool.serviceZh}, service_en = ${pool.serviceEn},
      calendar_org = ${pool.calendarOrg}, calendar_id = ${pool.calendar}, doctor_zh = ${pool.doctorZh}, doctor_en = ${pool.doctorEn}, kind = ${pool.kind},
      ends_at = ${pool.endsAt}, capacity = ${pool.capacity}, reserved = ${pool.reserved}, emergency = ${pool.emergency}, release_at = ${pool.releaseAt},
      released_at = case when ${pool.releaseAt} > platform.jieli_now() then null else released_at end,
      reserved_until_release = case when ${pool.releaseAt} > platform.jieli_now() then null else reserved_until_release end,
      place_zh = ${pool.placeZh}, place_en = ${pool.placeEn}, stopped_at = null, stop_reason = null
    where org_id = ${pool.org} and id = ${pool.id}`)

/** Stops pools: nothing is drawn from them any more. */
export const stopPools = (tx: Tx, org: OrgId, pools: readonly string[], reason: string, at: Instant): Promise<number> =>
  tx.run(sql`update booking.pool set stopped_at = ${at}, stop_reason = ${reason}
    where org_id = ${org} and id = any(${pools}::uuid[]) and stopped_at is null`)

/** Marks who ended bookings. */
export const markEndedByInstitution = (tx: Tx, org: OrgId, bookings: readonly string[]): Promise<number> =>
  tx.run(sql`update booking.booking set ended_by = 'institution' where org_id = ${org} and id = any(${bookings}::uuid[])`)

/** What stands published of an institution's plans, by plan and day. */
export type PublishedDay = {
  readonly plan: PlanId
  readonly day: string
  readonly slots: number
  readonly units: number
  readonly reserved: number
  readonly emergency: number
  readonly sold: number
  readonly stopped: number
}

export const publishedDays = (
  db: Queryable,
  org: OrgId,
  by: { plan: PlanId | null; from: Instant; until: Instant; zone: string },
): Promise<PublishedDay[]> =>
  db.rows<PublishedDay>(sql`select p.plan_id as plan, to_char(p.starts_at at time zone ${by.zone}, 'YYYY-MM-DD') as day,
      count(*) filter (where p.stopped_at is null)::int as slots,
      coalesce(sum(p.capacity) filter (where p.stopped_at is null), 0)::int as units,
      coalesce(sum(p.reserved) filter (where p.stopped_at is null), 0)::int as reserved,
      coalesce(sum(p.emergency) filter (where p.stopped_at is null), 0)::int as emergency,
      sum(p.used_reserved + p.used_emergency + p.used_open)::int as sold,
      count(*) filter (where p.stopped_at is not null and p.stop_reason <> 'plan')::int as stopped
    from booking.pool p where p.org_id = ${org} and p.plan_id is not null and (${by.plan}::uuid is null or p.plan_id = ${by.plan})
      and p.starts_at >= ${by.from} and p.starts_at < ${by.until} group by 1, 2 order by 2, 1`)
