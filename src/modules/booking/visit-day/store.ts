import { present } from '../../../kernel/assert.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { constraintOf, sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import { Refused } from '../../../platform/forms/form.ts'
import type { BookingId, BookingState } from '../booking.ts'
import type { Queue, QueueId, QueuePlace, ScreenId, Standing, Ticket, TicketId } from './visit-day.ts'

const queueColumns = sql`q.org_id as org, q.id, q.day::text as day, q.specialty, q.doctor_zh as "doctorZh", q.doctor_en as "doctorEn", q.place_zh as "placeZh",
  q.place_en as "placeEn", q.last_number as "lastNumber", q.calls, q.emergencies_in_row as "emergenciesInRow", q.closed_at as "closedAt"`

const ticketColumns = sql`t.org_id as org, t.id, t.queue_id as queue, t.number, t.person_id as person, t.booking_id as booking, t.rank, t.is_elderly as "isElderly",
  t.window_at as "windowAt", t.taken_at as "takenAt", t.state, t.called_at as "calledAt", t.in_at as "inAt", t.ended_at as "endedAt", t.calls, t.passes,
  t.turn_after as "turnAfter", t.reminded_at as "remindedAt"`

const ofPlace = ({ org, day, specialty, doctorZh, placeZh }: QueuePlace) =>
  sql`q.org_id = ${org} and q.day = ${day} and q.specialty = ${specialty} and coalesce(q.doctor_zh, '') = coalesce(${doctorZh}, '')
    and coalesce(q.place_zh, '') = coalesce(${placeZh}, '')`

/** The queue of a service on a day, locked; made when it is the first to ask for it. */
export const lockQueueOf = async (tx: Tx, place: QueuePlace, id: QueueId, at: Instant): Promise<Queue> => {
  await tx.run(sql`insert into booking.queue (org_id, id, day, specialty, doctor_zh, doctor_en, place_zh, place_en, opened_at)
    values (${place.org}, ${id}, ${place.day}, ${place.specialty}, ${place.doctorZh}, ${place.doctorEn}, ${place.placeZh}, ${place.placeEn}, ${at})
    on conflict do nothing`)
  return present(
    await tx.row<Queue>(sql`select ${queueColumns} from booking.queue q where ${ofPlace(place)} for update`),
    'the queue',
  )
}

export const findQueue = (db: Queryable, org: OrgId, id: QueueId): Promise<Queue | null> =>
  db.row<Queue>(sql`select ${queueColumns} from booking.queue q where q.org_id = ${org} and q.id = ${id}`)

export const lockQueue = (tx: Tx, org: OrgId, id: QueueId): Promise<Queue | null> =>
  tx.row<Queue>(sql`select ${queueColumns} from booking.queue q where q.org_id = ${org} and q.id = ${id} for update`)

/** Queues of an institution on a day, the open ones first. */
export const queuesOfDay = (db: Queryable, org: OrgId, day: Day): Promise<Queue[]> =>
  db.rows<Queue>(sql`select ${queueColumns} from booking.queue q where q.org_id = ${org} and q.day = ${day}
    order by q.closed_at is not null, q.specialty, q.place_zh nulls first, q.doctor_zh nulls first`)

/** Numbers of some queues of one's own institution, in the order in which they were given. */
export const ticketsOf = (db: Queryable, org: OrgId, queues: readonly QueueId[]): Promise<Ticket[]> =>
  db.rows<Ticket>(
    sql`select ${ticketColumns} from booking.ticket t where t.org_id = ${org} and t.queue_id = any(${queues}::uuid[]) order by t.number`,
  )

/** How a queue stands, for whoever waits in it; without its persons. */
export const standingsOf = (db: Queryable, org: OrgId, queue: QueueId): Promise<Standing[]> =>
  db.rows<Standing>(sql`select id, number, rank, is_elderly as "isElderly", window_at as "windowAt", taken_at as "takenAt", state, called_at as "calledAt",
    in_at as "inAt", ended_at as "endedAt", turn_after as "turnAfter" from booking.standings_of(${org}, ${queue})`)

/** A number with its queue, which is locked first: whatever happens to a queue happens one after the other. */
export const lockTicket = async (tx: Tx, org: OrgId, id: TicketId): Promise<{ queue: Queue; ticket: Ticket } | null> => {
  const found = await tx.row<{ queue: QueueId }>(
    sql`select queue_id as queue from booking.ticket where org_id = ${org} and id = ${id}`,
  )
  const queue = found && (await lockQueue(tx, org, found.queue))
  const ticket =
    queue && (await tx.row<Ticket>(sql`select ${ticketColumns} from booking.ticket t where t.org_id = ${org} and t.id = ${id}`))
  return queue && ticket ? { queue, ticket } : null
}

/** Numbers of a person that were taken since a moment, the newest first. */
export const ticketsOfPerson = (db: Queryable, person: PersonId, since: Instant): Promise<Ticket[]> =>
  db.rows<Ticket>(
    sql`select ${ticketColumns} from booking.ticket t where t.person_id = ${person} and t.taken_at >= ${since} order by t.taken_at desc`,
  )

/** Gives the next number of a locked queue. Somebody who waits there already loses the race. */
export const saveTicket = async (tx: Tx, ticket: Ticket, reason: string | null): Promise<void> => {
  await tx.run(sql`update booking.queue set last_number = ${ticket.number} where org_id = ${ticket.org} and id = ${ticket.queue}`)
  try {
    await tx.run(sql`insert into booking.ticket (org_id, id, queue_id, number, person_id, booking_id, rank, is_elderly, window_at, taken_at, state, reason)
      values (${ticket.org}, ${ticket.id}, ${ticket.queue}, ${ticket.number}, ${ticket.person}, ${ticket.booking}, ${ticket.rank}, ${ticket.isElderly},
        ${ticket.windowAt}, ${ticket.takenAt}, ${ticket.state}, ${reason})`)
  } catch (error) {
    if (['ticket_person_once', 'ticket_booking_once'].includes(constraintOf(error) ?? ''))
      throw new Refused('booking.waits-already')
    throw error
  }
}

/** Writes how a number stands now. */
export const saveStanding = (tx: Tx, ticket: Ticket, reason: string | null = null): Promise<number> =>
  tx.run(sql`update booking.ticket set state = ${ticket.state}, called_at = ${ticket.calledAt}, in_at = ${ticket.inAt}, ended_at = ${ticket.endedAt},
    calls = ${ticket.calls}, passes = ${ticket.passes}, turn_after = ${ticket.turnAfter}, reason = coalesce(${reason}, reason)
    where org_id = ${ticket.org} and id = ${ticket.id}`)

/** Writes the calls that a queue has made. */
export const saveCalls = (tx: Tx, { org, id, calls, emergenciesInRow }: Queue): Promise<number> =>
  tx.run(
    sql`update booking.queue set calls = ${calls}, emergencies_in_row = ${emergenciesInRow} where org_id = ${org} and id = ${id}`,
  )

/** Writes until when numbers were given, or that they are given again. */
export const saveClosing = (tx: Tx, { org, id }: Queue, closedAt: Instant | null): Promise<number> =>
  tx.run(sql`update booking.queue set closed_at = ${closedAt} where org_id = ${org} and id = ${id}`)

/** Marks those who are told now that their turn is near. */
export const saveReminded = (tx: Tx, org: OrgId, ids: readonly TicketId[], at: Instant): Promise<number> =>
  tx.run(
    sql`update booking.ticket set reminded_at = ${at} where org_id = ${org} and id = any(${ids}::uuid[]) and reminded_at is null`,
  )

/** A booking of the day with its slot and, when it was checked in, its number. */
export type Arrival = {
  readonly booking: BookingId
  readonly person: PersonId
  readonly caseId: string | null
  readonly state: BookingState
  readonly startsAt: Instant
  readonly specialty: string
  readonly doctorZh: string | null
  readonly doctorEn: string | null
  readonly number: number | null
}

/** Bookings of an institution for visits in a span of time that somebody may still come to or has come to. */
export const arrivalsOf = (db: Queryable, org: OrgId, from: Instant, until: Instant): Promise<Arrival[]> =>
  db.rows<Arrival>(sql`select b.id as booking, b.person_id as person, b.case_id as "caseId", b.state, p.starts_at as "startsAt", p.specialty, p.doctor_zh as "doctorZh",
      p.doctor_en as "doctorEn", (select max(t.number) from booking.ticket t where t.org_id = b.org_id and t.booking_id = b.id and t.state <> 'left') as number
    from booking.pool p join booking.booking b on b.org_id = p.org_id and b.pool_id = p.id
    where p.org_id = ${org} and p.starts_at >= ${from} and p.starts_at < ${until} and p.unit_kind <> 'bed-day' and b.state in ('confirmed', 'checked-in', 'attended')
    order by p.starts_at, b.made_at`)

/** A waiting-room screen of an institution, by the hash of its secret or by id. */
export type Screen = {
  readonly org: OrgId
  readonly id: ScreenId
  readonly title: string
  readonly specialties: readonly string[]
  readonly madeAt: Instant
}

export const saveScreen = (tx: Tx, screen: Screen, hash: Buffer): Promise<number> =>
  tx.run(sql`insert into booking.screen (org_id, id, title_zh, specialties, secret_hash, made_at)
    values (${screen.org}, ${screen.id}, ${screen.title}, ${screen.specialties}, ${hash}, ${screen.madeAt})`)

const screenColumns = sql`s.org_id as org, s.id, s.title_zh as title, s.specialties, s.made_at as "madeAt"`

export const screensOf = (db: Queryable, org: OrgId): Promise<Screen[]> =>
  db.rows<Screen>(
    sql`select ${screenColumns} from booking.screen s where s.org_id = ${org} and s.closed_at is null order by s.made_at`,
  )

export const findScreen = (db: Queryable, org: OrgId, hash: Buffer): Promise<Screen | null> =>
  db.row<Screen>(
    sql`select ${screenColumns} from booking.screen s where s.org_id = ${org} and s.secret_hash = ${hash} and s.closed_at is null`,
  )

export const lockScreen = (tx: Tx, org: OrgId, id: ScreenId): Promise<Screen | null> =>
  tx.row<Screen>(
    sql`select ${screenColumns} from booking.screen s where s.org_id = ${org} and s.id = ${id} and s.closed_at is null for update`,
  )

export const saveScreenClosed = (tx: Tx, { org, id }: Screen, at: Instant): Promise<number> =>
  tx.run(sql`update booking.screen set closed_at = ${at} where org_id = ${org} and id = ${id}`)
