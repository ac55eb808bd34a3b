import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { sql, type Queryable } from '../../../platform/database/pool.ts'
import type { StaySex } from '../beds/beds.ts'
import type { BookingId, Channel, PoolId } from '../booking.ts'
import type { OfferOutcome, WaitedKind, Waiting, WaitingClass, WaitingId } from './waiting.ts'

/** An entry as an institution that it accepts sees it; of several in one consortium, the one that stands first. */
export type ListRow = {
  readonly waiting: WaitingId
  readonly person: PersonId
  readonly specialty: string
  readonly unitKind: WaitedKind
  readonly orgs: readonly OrgId[]
  readonly earliestOn: Day
  readonly latestOn: Day
  readonly nights: number | null
  readonly sex: StaySex | null
  readonly isolation: boolean
  readonly channel: Channel
  readonly class: WaitingClass
  readonly askedAt: Instant
  readonly state: 'waiting' | 'offered'
  readonly offerUntil: Instant | null
}

/** Who waits at an institution, and at those of the consortium that it leads, in order. */
export const waitingList = (db: Queryable, org: OrgId, specialty: string | null, limit: number): Promise<ListRow[]> =>
  db.rows<ListRow>(sql`select a.waiting_id as waiting, a.person_id as person, a.specialty, a.unit_kind as "unitKind", array_agg(a.org_id::text) as orgs,
      a.earliest_on as "earliestOn", a.latest_on as "latestOn", a.nights, a.sex, a.isolation, a.channel, a.class, a.asked_at as "askedAt", a.state, a.offer_until as "offerUntil"
    from booking.waiting_at a where (a.org_id = ${org} or a.lead_org = ${org}) and (${specialty}::text is null or a.specialty = ${specialty})
    group by a.waiting_id, a.person_id, a.specialty, a.unit_kind, a.earliest_on, a.latest_on, a.nights, a.sex, a.isolation, a.channel, a.class, a.rank, a.asked_at, a.state, a.offer_until
    order by a.rank, a.asked_at, a.waiting_id limit ${limit}`)

export type Elsewhere = {
  readonly specialty: string
  readonly unitKind: WaitedKind
  readonly org: OrgId
  readonly free: number
  readonly firstAt: Instant
  /** Of beds: for how many nights in a row they are free from that day on. Null for all else. */
  readonly nights: number | null
}

/** Where single units of services are free before a moment, for referrals, at most so many institutions for each service. */
export const freeElsewhere = (
  db: Queryable,
  specialties: readonly string[],
  until: Instant,
  each: number,
): Promise<Elsewhere[]> =>
  db.rows<Elsewhere>(sql`with free as (
      select p.specialty, p.unit_kind, p.org_id, min(p.starts_at) as first_at, sum(p.capacity - p.used_reserved - p.allotted - p.emergency - p.used_open)::int as free
      from booking.pool p where p.specialty = any(${specialties}::text[]) and p.starts_at > platform.jieli_now() and p.starts_at < ${until}
        and p.stopped_at is null and p.capacity - p.used_reserved - p.allotted - p.emergency - p.used_open > 0 and p.unit_kind <> 'bed-day'
      group by 1, 2, 3),
    ranked as (select *, row_number() over (partition by specialty, unit_kind order by free desc, org_id) as place from free)
    select specialty, unit_kind as "unitKind", org_id as org, free, first_at as "firstAt", null::int as nights from ranked where place <= ${each} order by 1, 2, place`)

/** A stay that is looked for: the shortest that somebody waits for in a specialty. */
export type NightsWanted = { readonly specialty: string; readonly nights: number }

/**
 * Where beds are free for referrals on so many nights in a row: the first day at each institution, and how many beds then. Of all kinds;
 * whether sex, isolation and rooms fit is seen when a place is opened.
 */
export const freeBedsElsewhere = (
  db: Queryable,
  wanted: readonly NightsWanted[],
  until: Instant,
  each: number,
): Promise<Elsewhere[]> =>
  db.rows<Elsewhere>(sql`with stays as (
      select p.org_id, p.specialty, w.nights, p.starts_at, (select case when count(*) = w.nights then min(night.free) end from (
          select q.capacity - q.used_reserved - q.allotted - q.emergency - q.used_open as free from booking.pool q
            where q.org_id = p.org_id and q.plan_id = p.plan_id and q.unit_kind = 'bed-day' and q.starts_at >= p.starts_at
            order by q.starts_at limit w.nights) night) as free
      from booking.pool p join unnest(${wanted.map(({ specialty }) => specialty)}::text[], ${wanted.map(({ nights }) => nights)}::int[]) as w (specialty, nights)
        on w.specialty = p.specialty
      where p.unit_kind = 'bed-day' and p.ends_at > platform.jieli_now() and p.starts_at < ${until} and p.stopped_at is null
        and p.capacity - p.used_reserved - p.allotted - p.emergency - p.used_open > 0),
    days as (select specialty, org_id, nights, starts_at, sum(free)::int as free from stays where free > 0 group by 1, 2, 3, 4),
    firsts as (select distinct on (specialty, org_id) * from days order by specialty, org_id, starts_at),
    ranked as (select *, row_number() over (partition by specialty order by starts_at, free desc, org_id) as place from firsts)
    select specialty, 'bed-day' as "unitKind", org_id as org, free, starts_at as "firstAt", nights from ranked where place <= ${each} order by specialty, place`)

/** The unit that stands behind an offer, as the person sees it. */
export type OfferedUnit = {
  readonly org: OrgId
  readonly booking: BookingId
  readonly pool: PoolId
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly until: Instant
  readonly doctor: { readonly zh: string; readonly en: string | null } | null
  readonly place: { readonly zh: string; readonly en: string | null } | null
  /** Of a bed: the ward, from the first day up to the day of discharge. */
  readonly stay: {
    readonly ward: { readonly zh: string; readonly en: string | null }
    readonly from: Day
    readonly until: Day
  } | null
}

export const offeredUnits = (db: Queryable, entries: readonly Waiting[]): Promise<OfferedUnit[]> => {
  const offered = entries.filter(({ state }) => state === 'offered')
  return db.rows<OfferedUnit>(sql`select o.org_id as org, o.id as booking, o.pool_id as pool, p.starts_at as "startsAt", p.ends_at as "endsAt", o.until,
      case when p.doctor_zh is not null then jsonb_build_object('zh', p.doctor_zh, 'en', p.doctor_en) end as doctor,
      case when p.place_zh is not null then jsonb_build_object('zh', p.place_zh, 'en', p.place_en) end as place,
      case when d.id is not null then jsonb_build_object('ward', jsonb_build_object('zh', d.zh, 'en', d.en), 'from', o.from_on, 'until', o.until_on) end as stay
    from unnest(${offered.map((one) => one.unitOrg)}::bigint[], ${offered.map((one) => one.unitBooking)}::uuid[]) as wanted (org, id)
    join booking.offer o on o.org_id = wanted.org and o.id = wanted.id
    join booking.pool p on p.org_id = o.org_id and p.id = o.pool_id
    left join booking.ward d on d.org_id = o.org_id and d.id = o.ward_id where o.outcome is null`)
}

/** How many wait before each live entry at each of its institutions. */
export const waitingBefore = (
  db: Queryable,
  entries: readonly Waiting[],
): Promise<{ waiting: WaitingId; org: OrgId; before: number }[]> => {
  const pairs = entries.flatMap(({ id, orgs, state }) => (state === 'waiting' ? orgs.map((org) => ({ id, org })) : []))
  return db.rows(sql`select place.id as waiting, place.org::text as org, booking.waiting_before(place.org, place.id) as before
    from unnest(${pairs.map(({ id }) => id)}::uuid[], ${pairs.map(({ org }) => org)}::bigint[]) as place (id, org)`)
}

export type OfferCount = { readonly outcome: OfferOutcome | 'open'; readonly times: number; readonly outOfOrder: number }

/** How offers of an institution's units ended since a day. */
export const countOffers = (db: Queryable, org: OrgId, since: Day): Promise<OfferCount[]> =>
  db.rows<OfferCount>(sql`select coalesce(outcome, 'open') as outcome, count(*)::int as times, count(*) filter (where passed_over > 0)::int as "outOfOrder"
    from booking.offer where org_id = ${org} and made_at >= ${since}::date group by 1 order by 1`)
