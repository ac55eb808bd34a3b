import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { Channel } from '../booking.ts'
import type { GroupId, StaySex } from '../beds/beds.ts'
import type { StayOffered } from './rules/stays-in-order.ts'
import { drawsFrom, type Limits } from './store.ts'
import type { Place, WaitingId } from './waiting.ts'

/** Where beds of a specialty are offered together. */
export type StayPlaceKey = { readonly org: OrgId; readonly specialty: string }

/** Somebody who waits for a bed at a place. */
export type BedRow = Place & {
  readonly person: PersonId
  readonly channel: Channel
  readonly sex: StaySex
  readonly isolation: boolean
  readonly nights: number
  readonly earliestOn: Day
  readonly latestOn: Day
}

/** Who waits for a bed of a specialty at an institution, in order. */
export const bedLineOf = (db: Queryable, { org, specialty }: StayPlaceKey, limit: number): Promise<BedRow[]> =>
  db.rows<BedRow>(sql`select a.waiting_id as id, a.person_id as person, a.rank, a.asked_at as "askedAt", a.channel, a.sex, a.isolation, a.nights,
      a.earliest_on as "earliestOn", a.latest_on as "latestOn" from booking.waiting_at a
    where a.org_id = ${org} and a.specialty = ${specialty} and a.unit_kind = 'bed-day' and a.state = 'waiting'
    order by a.rank, a.asked_at, a.waiting_id limit ${limit}`)

/** Stays that each of several entries was offered at a place, save those that the place itself took back. */
export const staysOfferedTo = (
  db: Queryable,
  org: OrgId,
  entries: readonly WaitingId[],
): Promise<(StayOffered & { waiting: WaitingId })[]> =>
  db.rows(sql`select o.waiting_id as waiting, o.ward_id as ward, o.from_on as from, o.until_on as until from booking.offer o
    where o.org_id = ${org} and o.waiting_id = any(${entries}::uuid[]) and o.group_id is not null and o.outcome is distinct from 'withdrawn'`)

/** When several persons are somewhere already, in a period. */
export const claimsBetween = (
  db: Queryable,
  persons: readonly PersonId[],
  from: Instant,
  until: Instant,
): Promise<{ person: PersonId; at: Instant }[]> =>
  db.rows(sql`select person_id as person, starts_at as at from booking.person_claim
    where person_id = any(${persons}::bigint[]) and starts_at >= ${from} and starts_at < ${until}`)

/** The place of a stay. */
export const placeOfStay = (db: Queryable, org: OrgId, group: GroupId): Promise<StayPlaceKey | null> =>
  db.row<StayPlaceKey>(sql`select w.org_id as org, w.specialty from booking.stay s join booking.ward w on w.org_id = s.org_id and w.id = s.ward_id
    where s.org_id = ${org} and s.id = ${group}`)

/**
 * Places where a bed of the right kind is free on all nights of somebody who waits. Rooms and order are left to the act; in no order,
 * so that places where nobody can be offered anything do not stand in the way of the others.
 */
export const placesToOffer = (db: Queryable, { zone }: Pick<Limits, 'zone'>, limit: number): Promise<StayPlaceKey[]> =>
  db.rows<StayPlaceKey>(sql`select place.org_id as org, place.specialty from (select distinct a.org_id, a.specialty
      from booking.waiting_at a join booking.ward w on w.org_id = a.org_id and w.specialty = a.specialty
      join booking.bed_class c on c.org_id = w.org_id and c.ward_id = w.id and c.isolation = a.isolation and c.sex in (a.sex, 'any')
      join booking.pool p on p.org_id = c.org_id and p.plan_id = c.id and p.unit_kind = 'bed-day' and p.ends_at > platform.jieli_now()
        and p.starts_at >= (a.earliest_on::timestamp at time zone ${zone}) and p.starts_at < ((a.latest_on + 1)::timestamp at time zone ${zone})
        and ${drawsFrom}
      where a.unit_kind = 'bed-day' and a.state = 'waiting'
        and not exists (select from booking.offer o where o.org_id = a.org_id and o.waiting_id = a.waiting_id and o.ward_id = w.id
          and o.outcome is distinct from 'withdrawn' and (p.starts_at at time zone ${zone})::date >= o.from_on and (p.starts_at at time zone ${zone})::date < o.until_on)
        and a.nights = (select count(*) from booking.pool q where q.org_id = p.org_id and q.plan_id = p.plan_id and q.unit_kind = 'bed-day'
          and q.starts_at >= p.starts_at and q.starts_at < (((p.starts_at at time zone ${zone})::date + a.nights)::timestamp at time zone ${zone})
          and q.used_reserved + q.allotted + q.used_emergency + q.used_open < q.capacity)) place
    order by random() limit ${limit}`)

/** Locks the pools of everything that was decided together, in their order. */
export const lockPoolsOfGroup = async (tx: Tx, org: OrgId, group: GroupId): Promise<void> => {
  await tx.rows(sql`select p.id from booking.pool p where p.org_id = ${org} and p.id in (select b.pool_id from booking.booking b
    where b.org_id = ${org} and b.group_id = ${group}) order by p.org_id, p.id for no key update`)
}
