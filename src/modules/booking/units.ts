import { plusMinutes, type Instant } from '../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { ok, refuse, type Result } from '../../kernel/result.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { GIVEN_BACK, type Booking, type BookingId, type BookingState, type Channel, type Pool, type Voucher } from './booking.ts'
import { drawUnit } from './rules/draw-unit.ts'
import { keepPromise } from './rules/keep-promise.ts'
import { saveCase, saveDrawn, saveState, type Drawn, type Limiting, type UnitCase } from './store.ts'

/**
 * Keyed steps for modules above, inside their own transaction: decide on locked facts, then save. A unit belongs to the
 * receiver's group, the person's claim to the person's, the case to the sender's; on one server they commit together.
 */
export const planUnit = (
  pool: Pool | null,
  wish: {
    id: BookingId
    person: PersonId
    caseId: string
    madeByOrg: OrgId | null
    channel: Channel
    holdUntil: Instant | null
    group?: string | null
    voucher?: Voucher | null
  },
  now: Instant,
): Result<Drawn> => {
  if (!pool) return refuse('booking.no-unit-left')
  if (pool.unitKind === 'bed-day') return refuse('booking.bed-needs-stay')
  const { voucher } = wish
  const share = voucher ? keepPromise(voucher, pool, now) : drawUnit(pool, wish.channel, now)
  if (!share.ok) return share
  return ok({
    org: pool.org,
    id: wish.id,
    pool: pool.id,
    person: wish.person,
    caseId: wish.caseId,
    madeByOrg: wish.madeByOrg,
    share: share.value,
    channel: wish.channel,
    group: wish.group ?? null,
    state: wish.holdUntil ? 'held' : 'confirmed',
    holdUntil: wish.holdUntil,
    startsAt: pool.startsAt,
    service: serviceOf(pool),
    at: now,
    isReleased: now >= pool.releaseAt,
    ...(voucher ? { voucher: { number: voucher.number, isOpen: voucher.state === 'open' } } : {}),
  })
}

/** What a resident books one of a day: the specialty of a visit; of anything else the kind and what it is of. */
export const serviceOf = ({ unitKind, specialty, serviceZh }: Pool): string =>
  unitKind === 'visit' ? specialty : `${unitKind} ${serviceZh ?? specialty}`

/** A direct booking needs the act, for the limits of a resident; a referral's and an emergency's have none. */
export const saveUnit = (tx: Tx, drawn: Drawn, act?: Limiting): Promise<void> => saveDrawn(tx, drawn, act)

/** Whether a hold may still become a booking: by the one clock, at the moment of asking. */
export const mayConfirm = (booking: Booking | null, now: Instant): Result<Booking> => {
  if (!booking) return refuse('booking.hold-ended')
  if (booking.state === 'confirmed') return ok(booking)
  if (booking.state !== 'held') return refuse('booking.hold-ended')
  return booking.holdUntil && now < booking.holdUntil ? ok(booking) : refuse('booking.hold-ended')
}

/** Moves a unit on within a case; a unit that is already there, or was given back before, is left alone. */
export const moveUnit = async (
  tx: Tx,
  booking: Booking,
  state: BookingState,
  at: Instant,
  reason: string | null = null,
): Promise<void> => {
  if (booking.state !== state && !GIVEN_BACK.includes(booking.state)) await saveState(tx, booking, state, at, reason)
}

/** Makes a unit that a person has got for themselves, from the waiting list, the unit of a case. */
export const giveToCase = (tx: Tx, booking: Booking, ofCase: UnitCase): Promise<number> => saveCase(tx, booking, ofCase)

/** Whether the unit is live: held, confirmed, or its person waiting at the door. */
export const isLive = (booking: Booking | null): booking is Booking =>
  booking !== null && ['held', 'confirmed', 'checked-in'].includes(booking.state)

/** Until when a unit is held for a case that waits for an answer: a little longer than the answer may take. */
export const holdUntilAfter = (answerDue: Instant): Instant => plusMinutes(answerDue, 5)
