import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import { Refused } from '../../../platform/forms/form.ts'
import type { BookingId, Channel, Pool, PoolId } from '../booking.ts'
import { poolColumns } from '../store.ts'
import type { Place, Waiting, WaitingId } from './waiting.ts'

const columns = sql`w.person_id as person, w.id, w.specialty, w.unit_kind as "unitKind", w.org_ids::text[] as orgs, w.home_org as home, w.earliest_on as "earliestOn",
  w.latest_on as "latestOn", w.nights, w.sex, w.isolation, w.channel, w.class, w.rank, w.asked_at as "askedAt", w.asked_by_org as "askedByOrg", w.case_id as "caseId",
  w.stopped_org as "stoppedOrg", w.stopped_booking as "stoppedBooking", w.state, w.unit_org as "unitOrg", w.unit_booking as "unitBooking", w.missed`

export const findWaiting = (db: Queryable, person: PersonId, id: WaitingId): Promise<Waiting | null> =>
  db.row<Waiting>(sql`select ${columns} from booking.waiting w where w.person_id = ${person} and w.id = ${id}`)

export const lockWaiting = (tx: Tx, person: PersonId, id: WaitingId): Promise<Waiting | null> =>
  tx.row<Waiting>(sql`select ${columns} from booking.waiting w where w.person_id = ${person} and w.id = ${id} for update`)

/** The live entry of a person for a service, or null: there is one at most. */
export const findLive = (db: Queryable, person: PersonId, specialty: string, kind: string): Promise<Waiting | null> =>
  db.row<Waiting>(sql`select ${columns} from booking.waiting w
    where w.person_id = ${person} and w.specialty = ${specialty} and w.unit_kind = ${kind} and w.state in ('waiting', 'offered')`)

/** Live entries of several persons for one service, locked in the order of the list. */
export const lockLiveOf = (tx: Tx, persons: readonly PersonId[], specialty: string, kind: string): Promise<Waiting[]> =>
  tx.rows<Waiting>(sql`select ${columns} from booking.waiting w where w.person_id = any(${persons}::bigint[]) and w.specialty = ${specialty}
    and w.unit_kind = ${kind} and w.state in ('waiting', 'offered') order by w.rank, w.asked_at, w.id for update`)

/** Entries of a person, live ones first, then those that ended since a moment. */
export const waitingOfPerson = (db: Queryable, person: PersonId, since: Instant): Promise<Waiting[]> =>
  db.rows<Waiting>(sql`select ${columns} from booking.waiting w
    where w.person_id = ${person} and (w.state in ('waiting', 'offered') or w.changed_at >= ${since})
    order by w.state in ('waiting', 'offered') desc, w.asked_at desc, w.id desc limit 50`)

const dayOfPool = (zone: string) => sql`(p.starts_at at time zone ${zone})::date`

/** What a direct booking is limited by: the region's zone, and how many a day one person may have. */
export type Limits = { readonly zone: string; readonly dayMost: number }

/**
 * Who may take a unit of a pool `p` on its day, from the list `a`; of a bed nobody, because a bed is offered as a stay: nobody to whom it was offered before, nobody who is elsewhere then,
 * and directly nobody whom the limits of a resident would refuse.
 */
export const mayTake = ({
  zone,
  dayMost,
}: Limits) => sql`a.org_id = p.org_id and a.specialty = p.specialty and a.unit_kind = p.unit_kind and p.unit_kind <> 'bed-day'
  and a.state = 'waiting'
  and ${dayOfPool(zone)} between a.earliest_on and a.latest_on
  and not exists (select from booking.offer o where o.org_id = a.org_id and o.waiting_id = a.waiting_id and o.pool_id = p.id)
  and not exists (select from booking.person_claim c where c.person_id = a.person_id and c.starts_at = p.starts_at)
  and (a.channel <> 'direct' or not (
    exists (select from booking.standing s where s.person_id = a.person_id and s.suspended_until > platform.jieli_now())
    or exists (select from booking.service_claim c where c.person_id = a.person_id and c.on_day = ${dayOfPool(zone)}
      and c.service = case p.unit_kind when 'visit' then p.specialty else p.unit_kind || ' ' || coalesce(p.service_zh, p.specialty) end)
    or exists (select from booking.person_day d where d.person_id = a.person_id and d.on_day = ${dayOfPool(zone)} and d.live >= ${dayMost}::int)))
  and ${drawsFrom}`

/** Whether the channel of an entry `a` finds a unit in a pool `p`: as rules/draw-unit.ts decides, which has the last word. */
export const drawsFrom = sql`(p.used_open < p.capacity - p.reserved - p.emergency
  or (a.channel = 'emergency' and p.used_emergency < p.emergency)
  or ((a.channel = 'referral' or p.release_at <= platform.jieli_now()) and p.used_reserved + p.allotted < p.reserved))`

export type Ref = { readonly person: PersonId; readonly id: WaitingId }

/** The first of the line for a pool, in order. */
export const lineOf = (db: Queryable, pool: Pool, limits: Limits, limit: number): Promise<Ref[]> =>
  db.rows<Ref>(sql`select a.person_id as person, a.waiting_id as id from booking.pool p join booking.waiting_at a on ${mayTake(limits)}
    where p.org_id = ${pool.org} and p.id = ${pool.id} order by a.rank, a.asked_at, a.waiting_id limit ${limit}`)

/** Locks entries in the order of the list, so that two acts never wait for each other; who no longer waits is left out. */
export const lockLine = (tx: Tx, line: readonly Ref[]): Promise<Waiting[]> =>
  tx.rows<Waiting>(sql`select ${columns} from booking.waiting w
    join unnest(${line.map(({ person }) => person)}::bigint[], ${line.map(({ id }) => id)}::uuid[]) as wanted (person, id)
      on w.person_id = wanted.person and w.id = wanted.id
    where w.state = 'waiting' order by w.rank, w.asked_at, w.id for update of w`)

/** Where those of a line stand in the order, and by which channel they draw: what desks may know without naming anybody. */
export const placesInLine = (db: Queryable, org: OrgId, line: readonly Ref[]): Promise<(Place & { channel: Channel })[]> =>
  db.rows(sql`select a.waiting_id as id, a.rank, a.asked_at as "askedAt", a.channel from booking.waiting_at a
    where a.org_id = ${org} and a.waiting_id = any(${line.map(({ id }) => id)}::uuid[])`)

export type PoolKey = { readonly org: OrgId; readonly pool: PoolId }

/** The earliest pool that an entry could take a unit of now, or null. */
export const firstPoolFor = (
  db: Queryable,
  { id, orgs }: Pick<Waiting, 'id' | 'orgs'>,
  limits: Limits,
): Promise<PoolKey | null> =>
  db.row<PoolKey>(sql`select p.org_id as org, p.id as pool from booking.waiting_at a join booking.pool p on ${mayTake(limits)}
    where a.org_id = any(${orgs}::bigint[]) and a.waiting_id = ${id} and p.starts_at > platform.jieli_now() and p.stopped_at is null
    order by p.starts_at, p.org_id, p.id limit 1`)

/** Pools with a unit that somebody on the list could take now, earliest first. */
export const poolsToOffer = (db: Queryable, limits: Limits, limit: number): Promise<PoolKey[]> =>
  db.rows<PoolKey>(sql`with wanted as (select org_id, specialty, unit_kind, min(earliest_on) as first_on, max(latest_on) as last_on
      from booking.waiting_at where state = 'waiting' group by 1, 2, 3)
    select p.org_id as org, p.id as pool from wanted w join booking.pool p on p.org_id = w.org_id and p.specialty = w.specialty
      and p.unit_kind = w.unit_kind and p.starts_at > platform.jieli_now() and p.starts_at >= (w.first_on::timestamp at time zone ${limits.zone})
      and p.starts_at < ((w.last_on + 1)::timestamp at time zone ${limits.zone})
    where p.stopped_at is null and p.used_reserved + p.allotted + p.used_emergency + p.used_open < p.capacity
      and exists (select from booking.waiting_at a where ${mayTake(limits)})
    order by p.starts_at, p.org_id, p.id limit ${limit}`)

// A confirmed unit `b` ahead, of the same service as the entry `w`, before the entry's last day is over.
const unitHad = (zone: string) => sql`booking.person_claim c
  join booking.booking b on b.org_id = c.org_id and b.id = c.booking_id and b.state in ('confirmed', 'checked-in')
  join booking.pool p on p.org_id = b.org_id and p.id = b.pool_id
  where c.person_id = w.person_id and p.specialty = w.specialty and p.unit_kind = w.unit_kind
    and (c.starts_at > platform.jieli_now() or (p.unit_kind = 'bed-day' and p.ends_at > platform.jieli_now())) and c.starts_at < ((w.latest_on + 1)::timestamp at time zone ${zone})`

/** Entries that are over: their period has passed, or the person has a unit of the service by another way. */
export const entriesOver = (db: Queryable, zone: string, limit: number): Promise<Ref[]> =>
  db.rows<Ref>(sql`select w.person_id as person, w.id from booking.waiting w where w.state = 'waiting'
    and (w.latest_on < (platform.jieli_now() at time zone ${zone})::date or exists (select from ${unitHad(zone)}))
    order by w.latest_on, w.id limit ${limit}`)

export type Had = { readonly org: OrgId; readonly booking: BookingId }
type Service = Pick<Waiting, 'person' | 'specialty' | 'unitKind' | 'latestOn'>

/** A confirmed unit ahead that a person has of a service within a period, or null: whoever has one does not wait for another. */
export const findUnitHad = (
  db: Queryable,
  { person, specialty, unitKind, latestOn }: Service,
  zone: string,
): Promise<Had | null> =>
  db.row<Had>(sql`select had.* from (values (${person}::bigint, ${specialty}, ${unitKind}, ${latestOn}::date)) as w (person_id, specialty, unit_kind, latest_on)
    cross join lateral (select b.org_id as org, b.id as booking from ${unitHad(zone)} order by c.starts_at limit 1) had`)

/** Pools with a unit for an entry's channel in its period, wherever they are: the accepted places first, then by time. */
export const freeUnitsFor = (db: Queryable, one: Waiting, zone: string, limit: number): Promise<Pool[]> =>
  db.rows<Pool>(sql`select ${poolColumns} from booking.pool p cross join (select ${one.channel}::text as channel) a
    where p.specialty = ${one.specialty} and p.unit_kind = ${one.unitKind} and p.starts_at > platform.jieli_now()
      and p.starts_at >= (${one.earliestOn}::timestamp at time zone ${zone}) and p.starts_at < ((${one.latestOn}::date + 1)::timestamp at time zone ${zone})
      and p.stopped_at is null and ${drawsFrom}
    order by (p.org_id = any(${one.orgs}::bigint[])) desc, p.starts_at, p.org_id, p.id limit ${limit}`)

/** Who watches over each accepted institution: the lead of its consortium, or nobody. */
export type Leads = ReadonlyMap<OrgId, OrgId | null>

type Joined = { readonly leads: Leads; readonly at: Instant; readonly until?: Instant | null }

/** Puts an entry on the list, at every institution that it accepts. A second one for the same service is refused. */
export const saveJoined = async (tx: Tx, one: Waiting, { leads, at, until = null }: Joined): Promise<void> => {
  const added =
    await tx.run(sql`insert into booking.waiting (person_id, id, specialty, unit_kind, org_ids, home_org, earliest_on, latest_on, nights, sex, isolation,
      channel, class, rank, asked_at, asked_by_org, case_id, stopped_org, stopped_booking, state, unit_org, unit_booking, missed, changed_at)
    values (${one.person}, ${one.id}, ${one.specialty}, ${one.unitKind}, ${one.orgs}::bigint[], ${one.home}, ${one.earliestOn}, ${one.latestOn}, ${one.nights},
      ${one.sex}, ${one.isolation}, ${one.channel}, ${one.class}, ${one.rank}, ${one.askedAt}, ${one.askedByOrg}, ${one.caseId}, ${one.stoppedOrg}, ${one.stoppedBooking}, ${one.state},
      ${one.unitOrg}, ${one.unitBooking}, ${one.missed}, ${at}) on conflict do nothing`)
  if (added === 0) throw new Refused('booking.waits-already')
  await show(tx, one, leads, until)
}

type Saved = { readonly at: Instant; readonly reason: string | null; readonly until: Instant | null; readonly leads?: Leads }

/** Saves what became of an entry; with `leads` where its places or its order have changed. */
export const saveWaiting = async (tx: Tx, was: Waiting, one: Waiting, { at, reason, until, leads }: Saved): Promise<void> => {
  await tx.run(sql`update booking.waiting set org_ids = ${one.orgs}::bigint[], earliest_on = ${one.earliestOn}, latest_on = ${one.latestOn},
      channel = ${one.channel}, class = ${one.class}, rank = ${one.rank}, asked_at = ${one.askedAt}, stopped_org = ${one.stoppedOrg},
      stopped_booking = ${one.stoppedBooking}, state = ${one.state}, unit_org = ${one.unitOrg}, unit_booking = ${one.unitBooking},
      missed = ${one.missed}, changed_at = ${at}, reason = ${reason}
    where person_id = ${one.person} and id = ${one.id}`)
  const isLive = one.state === 'waiting' || one.state === 'offered'
  const shown = sql`org_id = any(${was.orgs}::bigint[]) and waiting_id = ${one.id}`
  if (isLive && !leads)
    return void (await tx.run(
      sql`update booking.waiting_at set state = ${one.state}, unit_org = ${one.unitOrg}, offer_until = ${until} where ${shown}`,
    ))
  await tx.run(sql`delete from booking.waiting_at where ${shown}`)
  if (isLive && leads) await show(tx, one, leads, until)
}

const show = (tx: Tx, one: Waiting, leads: Leads, until: Instant | null): Promise<number> =>
  tx.run(sql`insert into booking.waiting_at (org_id, waiting_id, person_id, lead_org, specialty, unit_kind, earliest_on, latest_on, nights, sex, isolation,
      channel, class, rank, asked_at, state, unit_org, offer_until)
    select place.org, ${one.id}, ${one.person}, place.lead, ${one.specialty}, ${one.unitKind}, ${one.earliestOn}, ${one.latestOn}, ${one.nights},
      ${one.sex}, ${one.isolation}, ${one.channel}, ${one.class}, ${one.rank}, ${one.askedAt}, ${one.state}, ${one.unitOrg}, ${until}
    from unnest(${one.orgs}::bigint[], ${one.orgs.map((org) => leads.get(org) ?? null)}::bigint[]) as place (org, lead)`)

/** Moves an entry that has an offer to the front of the list, for the case that the offer is not taken. */
export const saveFront = async (tx: Tx, one: Waiting): Promise<void> => {
  await tx.run(sql`update booking.waiting set class = ${one.class}, rank = ${one.rank}, asked_at = ${one.askedAt}, stopped_org = ${one.stoppedOrg},
    stopped_booking = ${one.stoppedBooking} where person_id = ${one.person} and id = ${one.id}`)
  await tx.run(sql`update booking.waiting_at set class = ${one.class}, rank = ${one.rank}, asked_at = ${one.askedAt}
    where person_id = ${one.person} and waiting_id = ${one.id}`)
}
