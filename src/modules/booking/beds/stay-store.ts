import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import { Refused } from '../../../platform/forms/form.ts'
import type { Booking, BookingState, UnitKind } from '../booking.ts'
import { bookingColumns, saveState } from '../store.ts'
import type { BedClassId, BedId, GroupId, Stay, StayState, WardId } from './beds.ts'

const stayColumns = sql`s.org_id as org, s.id, s.ward_id as ward, s.class_id as "classId", s.person_id as person, s.sex, s.isolation, s.channel,
  s.made_by_org as "madeByOrg", s.case_id as "caseId", s.from_on as "fromOn", s.until_on as "untilOn", s.overdue_since as "overdueSince", s.uncovered, s.state, s.bed_id as bed`

export const findStay = (db: Queryable, org: OrgId, id: GroupId): Promise<Stay | null> =>
  db.row<Stay>(sql`select ${stayColumns} from booking.stay s where s.org_id = ${org} and s.id = ${id}`)

export const lockStay = (tx: Tx, org: OrgId, id: GroupId): Promise<Stay | null> =>
  tx.row<Stay>(sql`select ${stayColumns} from booking.stay s where s.org_id = ${org} and s.id = ${id} for update`)

/** Stays of a ward that are planned or under way, by their first day. */
export const liveStaysOf = (db: Queryable, org: OrgId, ward: WardId): Promise<Stay[]> =>
  db.rows<Stay>(sql`select ${stayColumns} from booking.stay s
    where s.org_id = ${org} and s.ward_id = ${ward} and s.state in ('planned', 'admitted') order by s.from_on, s.made_at limit 2000`)

/** Planned stays of a ward that are only held yet. */
export const heldGroupsOf = async (db: Queryable, org: OrgId, ward: WardId): Promise<string[]> =>
  (
    await db.rows<{
      id: string
    }>(sql`select s.id from booking.stay s where s.org_id = ${org} and s.ward_id = ${ward} and s.state = 'planned'
      and exists (select from booking.booking b where b.org_id = s.org_id and b.group_id = s.id and b.state = 'held')`)
  ).map(({ id }) => id)

/** Stays of a class that are offered to somebody who waits and are not answered yet, in the order of the list; locked. */
export const lockOfferedStays = (tx: Tx, org: OrgId, of: BedClassId): Promise<Stay[]> =>
  tx.rows<Stay>(sql`select ${stayColumns} from booking.offer o join booking.stay s on s.org_id = o.org_id and s.id = o.group_id
    where o.org_id = ${org} and o.outcome is null and s.class_id = ${of} and s.state = 'planned'
      and not exists (select from booking.booking b where b.org_id = s.org_id and b.group_id = s.id and b.state <> 'held')
    order by o.rank, o.asked_at, o.waiting_id for update of s`)

/** Why an institution deals with somebody. */
export const HERE_BECAUSE = ['in-house', 'expected', 'seen', 'referred', 'waiting'] as const
export type HereBecause = (typeof HERE_BECAUSE)[number]

/**
 * Whom an institution deals with, each once, for the first reason that holds: who lies in a ward, is expected in one, is seen today, is
 * referred for a later day, or waits for a unit or bed.
 */
export const personsDealtWith = (
  db: Queryable,
  org: OrgId,
  { today, tomorrow, limit }: { today: Instant; tomorrow: Instant; limit: number },
): Promise<{ person: PersonId; why: HereBecause }[]> =>
  db.rows(sql`select person_id as person, (array_agg(why order by rank))[1] as why from (
      select s.person_id, case s.state when 'admitted' then 'in-house' else 'expected' end as why, case s.state when 'admitted' then 1 else 2 end as rank,
        s.changed_at as at from booking.stay s where s.org_id = ${org} and s.state in ('admitted', 'planned')
      union all
      select b.person_id, case when p.starts_at < ${tomorrow} then 'seen' else 'referred' end, case when p.starts_at < ${tomorrow} then 3 else 4 end, b.made_at
        from booking.pool p join booking.booking b on b.org_id = p.org_id and b.pool_id = p.id
        where p.org_id = ${org} and p.starts_at >= ${today} and p.unit_kind <> 'bed-day' and b.state in ('held', 'confirmed', 'checked-in', 'attended')
          and (p.starts_at < ${tomorrow} or b.share <> 'open')
      union all
      select a.person_id, 'waiting', 5, a.asked_at from booking.waiting_at a where a.org_id = ${org}) here
    group by person_id order by max(at) desc, person_id limit ${limit}`)

/** Who lies in a bed now. */
export const occupantOf = (db: Queryable, org: OrgId, bed: BedId): Promise<Stay | null> =>
  db.row<Stay>(
    sql`select ${stayColumns} from booking.stay s where s.org_id = ${org} and s.bed_id = ${bed} and s.state = 'admitted'`,
  )

export const staysOfPerson = (db: Queryable, person: PersonId, from: Day): Promise<Stay[]> =>
  db.rows<Stay>(
    sql`select ${stayColumns} from booking.stay s where s.person_id = ${person} and s.until_on >= ${from} order by s.from_on`,
  )

/** One booking of a group, with what its pool says of it. */
export type GroupUnit = {
  readonly booking: Booking
  readonly unitKind: UnitKind
  readonly specialty: string
  readonly startsAt: Instant
}

/** The bookings of one decision, locked, earliest first. */
export const lockGroup = async (tx: Tx, org: OrgId, group: GroupId): Promise<GroupUnit[]> => {
  const rows = await tx.rows<Booking & { unitKind: UnitKind; specialty: string; startsAt: Instant }>(sql`select ${bookingColumns},
      p.unit_kind as "unitKind", p.specialty, p.starts_at as "startsAt" from booking.booking b join booking.pool p on p.org_id = b.org_id and p.id = b.pool_id
    where b.org_id = ${org} and b.group_id = ${group} order by p.starts_at, b.id for update of b`)
  return rows.map(({ unitKind, specialty, startsAt, ...booking }) => ({ booking, unitKind, specialty, startsAt }))
}

/** Moments at which a person has a booking already, among those asked. */
export const claimsOf = async (db: Queryable, person: PersonId, at: readonly Instant[]): Promise<Instant[]> =>
  (
    await db.rows<{ at: Instant }>(
      sql`select starts_at as at from booking.person_claim where person_id = ${person} and starts_at = any(${at}::timestamptz[])`,
    )
  ).map((row) => row.at)

export const saveStay = (tx: Tx, stay: Stay, at: Instant): Promise<number> =>
  tx.run(sql`insert into booking.stay (org_id, id, ward_id, class_id, person_id, sex, isolation, channel, made_by_org, case_id, from_on, until_on, state, made_at, changed_at)
    values (${stay.org}, ${stay.id}, ${stay.ward}, ${stay.classId}, ${stay.person}, ${stay.sex}, ${stay.isolation}, ${stay.channel}, ${stay.madeByOrg},
      ${stay.caseId}, ${stay.fromOn}, ${stay.untilOn}, ${stay.state}, ${at}, ${at})`)

export type StayChange = {
  readonly state?: StayState
  readonly untilOn?: Day
  readonly bed?: BedId | null
  readonly classId?: string
  readonly reason?: string
  readonly overdueSince?: Day | null
  readonly uncovered?: number
}

export const saveStayChange = (tx: Tx, stay: Stay, change: StayChange, at: Instant): Promise<number> => {
  const state = change.state ?? stay.state
  return tx.run(sql`update booking.stay set state = ${state}, until_on = ${change.untilOn ?? stay.untilOn},
      bed_id = ${change.bed === undefined ? stay.bed : change.bed}, class_id = ${change.classId ?? stay.classId},
      overdue_since = ${change.overdueSince === undefined ? stay.overdueSince : change.overdueSince}, uncovered = ${change.uncovered ?? stay.uncovered}, changed_at = ${at},
      reason = coalesce(${change.reason ?? null}, reason), admitted_at = case when ${state} = 'admitted' then coalesce(admitted_at, ${at}) else admitted_at end
    where org_id = ${stay.org} and id = ${stay.id}`)
}

export type EndedBy = 'person' | 'institution' | 'house'
/** One booking of a group moved on. */
export type UnitMove = { readonly booking: Booking; readonly state: BookingState; readonly endedBy?: EndedBy }

/** Moves bookings on; what is given up goes back to the share that it came from. In the order of pools, as every decision over several. */
export const saveMoves = async (tx: Tx, moves: readonly UnitMove[], at: Instant, reason: string | null): Promise<void> => {
  for (const { booking, state, endedBy } of moves.toSorted((one, other) => (one.booking.pool < other.booking.pool ? -1 : 1))) {
    await saveState(tx, booking, state, at, reason)
    if (endedBy)
      await tx.run(sql`update booking.booking set ended_by = ${endedBy} where org_id = ${booking.org} and id = ${booking.id}`)
  }
}

const EXCLUDED = '23P01'

/** Runs what takes a named bed; an overlap that the constraint finds is a refusal. */
export const takingBed = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if ((error as { code?: string }).code === EXCLUDED) throw new Refused('booking.bed-taken')
    throw error
  }
}
