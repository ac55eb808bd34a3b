import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { BookingId, BookingState } from '../booking.ts'
import type { Notice, Offer, OfferOutcome } from './waiting.ts'

const columns = sql`o.org_id as org, o.id, o.pool_id as pool, o.waiting_id as waiting, o.person_id as person, o.until, o.rank, o.asked_at as "askedAt",
  o.passed_over as "passedOver", o.override_by as "overrideBy", o.override_reason as "overrideReason", o.outcome,
  case when o.group_id is not null then jsonb_build_object('group', o.group_id, 'ward', o.ward_id, 'from', o.from_on, 'until', o.until_on) end as stay`

export const findOffer = (db: Queryable, org: OrgId, id: BookingId): Promise<Offer | null> =>
  db.row<Offer>(sql`select ${columns} from booking.offer o where o.org_id = ${org} and o.id = ${id}`)

export const lockOffer = (tx: Tx, org: OrgId, id: BookingId): Promise<Offer | null> =>
  tx.row<Offer>(sql`select ${columns} from booking.offer o where o.org_id = ${org} and o.id = ${id} for update`)

export const saveOffer = (tx: Tx, offer: Offer, at: Instant): Promise<number> =>
  tx.run(sql`insert into booking.offer (org_id, id, pool_id, waiting_id, person_id, until, made_at, rank, asked_at, passed_over, override_by, override_reason,
      group_id, ward_id, from_on, until_on)
    values (${offer.org}, ${offer.id}, ${offer.pool}, ${offer.waiting}, ${offer.person}, ${offer.until}, ${at}, ${offer.rank}, ${offer.askedAt},
      ${offer.passedOver}, ${offer.overrideBy}, ${offer.overrideReason}, ${offer.stay?.group ?? null}, ${offer.stay?.ward ?? null},
      ${offer.stay?.from ?? null}, ${offer.stay?.until ?? null})`)

export const endOffer = (tx: Tx, offer: Pick<Offer, 'org' | 'id'>, outcome: OfferOutcome, at: Instant): Promise<number> =>
  tx.run(
    sql`update booking.offer set outcome = ${outcome}, ended_at = ${at} where org_id = ${offer.org} and id = ${offer.id} and outcome is null`,
  )

/** What became of an offer's booking, and by whom it ended. */
export type UnitState = {
  readonly state: BookingState
  readonly endedBy: string | null
  /** Its clinic was stopped: whoever had a unit of it is told that. */
  readonly isStopped: boolean
}

export const unitStateOf = (db: Queryable, offer: Pick<Offer, 'org' | 'id'>): Promise<UnitState | null> =>
  db.row<UnitState>(
    sql`select b.state, b.ended_by as "endedBy", p.stopped_at is not null as "isStopped" from booking.booking b
      join booking.pool p on p.org_id = b.org_id and p.id = b.pool_id where b.org_id = ${offer.org} and b.id = ${offer.id}`,
  )

/** Open offers whose booking has moved on: confirmed, given up or run out by another way. */
export const offersBehind = (db: Queryable, limit: number): Promise<{ org: OrgId; booking: BookingId }[]> =>
  db.rows(sql`select o.org_id as org, o.id as booking from booking.offer o join booking.booking b on b.org_id = o.org_id and b.id = o.id
    where o.outcome is null and b.state <> 'held' order by o.until limit ${limit}`)

/** Tells a person something once; answers whether it was new. */
export const tell = async (tx: Tx, notice: Notice, at: Instant): Promise<boolean> =>
  (await tx.run(sql`insert into booking.notice (person_id, id, kind, subject, org_id, data, told_at)
    values (${notice.person}, ${notice.id}, ${notice.kind}, ${notice.subject}, ${notice.org}, ${JSON.stringify(notice.data)}, ${at})
    on conflict (person_id, subject, kind) do nothing`)) === 1

export type ToldNotice = Omit<Notice, 'person'> & { readonly toldAt: Instant; readonly seenAt: Instant | null }

/** What a person was told, newest first. */
export const noticesOf = (db: Queryable, person: PersonId, limit: number): Promise<ToldNotice[]> =>
  db.rows<ToldNotice>(sql`select n.id, n.kind, n.subject, n.org_id as org, n.data, n.told_at as "toldAt", n.seen_at as "seenAt" from booking.notice n
    where n.person_id = ${person} order by n.told_at desc, n.id desc limit ${limit}`)

export const saveSeen = (tx: Tx, person: PersonId, at: Instant): Promise<number> =>
  tx.run(sql`update booking.notice set seen_at = ${at} where person_id = ${person} and seen_at is null`)
