import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import { bookingColumns } from '../store.ts'
import type { Booking, BookingId } from '../booking.ts'

/** A direct visit that a person did not come to; forgiven ones no longer count. */
export type MissedVisit = {
  readonly person: PersonId
  readonly booking: BookingId
  readonly org: OrgId
  readonly missedAt: Instant
  readonly forgivenAt: Instant | null
}

const missedColumns = sql`m.person_id as person, m.booking_id as booking, m.org_id as org, m.missed_at as "missedAt", m.forgiven_at as "forgivenAt"`

/** Visits that a person has missed since a moment, wherever it was, locked: two judgements of one person wait for one another. */
export const lockMissed = (tx: Tx, person: PersonId, since: Instant): Promise<MissedVisit[]> =>
  tx.rows<MissedVisit>(sql`select ${missedColumns} from booking.missed m where m.person_id = ${person} and m.missed_at > ${since}
    order by m.missed_at, m.booking_id for update`)

export const findMissed = (db: Queryable, person: PersonId, since: Instant): Promise<MissedVisit[]> =>
  db.rows<MissedVisit>(sql`select ${missedColumns} from booking.missed m where m.person_id = ${person} and m.missed_at > ${since}
    order by m.missed_at desc, m.booking_id`)

/** Visits missed at an institution since a moment, the latest first. */
export const missedAt = (db: Queryable, org: OrgId, since: Instant, limit: number): Promise<MissedVisit[]> =>
  db.rows<MissedVisit>(sql`select ${missedColumns} from booking.missed m where m.org_id = ${org} and m.missed_at > ${since}
    order by m.missed_at desc, m.booking_id limit ${limit}`)

/** Keeps a missed visit once, and until when direct booking is suspended by it; none ends a suspension. */
export const saveStanding = async (
  tx: Tx,
  person: PersonId,
  missed: MissedVisit | null,
  until: Instant | null,
): Promise<void> => {
  if (missed)
    await tx.run(sql`insert into booking.missed (person_id, booking_id, org_id, missed_at)
      values (${person}, ${missed.booking}, ${missed.org}, ${missed.missedAt}) on conflict do nothing`)
  if (until)
    await tx.run(sql`insert into booking.standing (person_id, suspended_until) values (${person}, ${until})
      on conflict (person_id) do update set suspended_until = excluded.suspended_until`)
  else await tx.run(sql`delete from booking.standing where person_id = ${person}`)
}

export const forgive = (tx: Tx, person: PersonId, org: OrgId, at: Instant): Promise<number> =>
  tx.run(
    sql`update booking.missed set forgiven_at = ${at} where person_id = ${person} and org_id = ${org} and forgiven_at is null`,
  )

/** Direct visits whose clinic ended within the last days and before a moment, still confirmed: nobody came, or nobody wrote it down. */
export const lockOverdue = (tx: Tx, endedFrom: Instant, endedUntil: Instant, limit: number): Promise<Booking[]> =>
  tx.rows<Booking>(sql`select ${bookingColumns} from booking.pool p join booking.booking b on b.org_id = p.org_id and b.pool_id = p.id
    where p.ends_at > ${endedFrom} and p.ends_at <= ${endedUntil} and p.unit_kind <> 'bed-day' and p.stopped_at is null
      and b.state = 'confirmed' and b.channel = 'direct' and b.case_id = b.id and b.group_id is null
    order by p.ends_at, b.id limit ${limit} for update of b skip locked`)

/** Until when direct booking is suspended, of those of the persons that have a line. */
export const suspensionsOf = async (db: Queryable, persons: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Instant>> => {
  const rows = await db.rows<{ person: PersonId; until: Instant }>(sql`select person_id as person, suspended_until as until
    from booking.standing where person_id = any(${persons}::bigint[])`)
  return new Map(rows.map(({ person, until }) => [person, until]))
}
