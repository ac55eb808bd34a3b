import type { OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { Act, CaseWait, TraceEvent } from '../../../platform/forms/form.ts'
import type { BookingId, Pool } from '../booking.ts'
import type { Drawn } from '../store.ts'
import { planUnit, saveUnit } from '../units.ts'
import { saveOffer, tell } from './offer-store.ts'
import { afterDrawing, nextInLine } from './rules/next-in-line.ts'
import { offerUntil, type OfferTime } from './rules/offer-until.ts'
import { saveWaiting, type Limits } from './store.ts'
import type { Notice, Offer, Waiting } from './waiting.ts'

/** An offer to be made: the unit drawn and held, the entry before and after. */
export type Made = { readonly drawn: Drawn; readonly offer: Offer; readonly was: Waiting; readonly entry: Waiting }

/** Why an offer is not the next in order, and who decided so. */
export type Override = Pick<Offer, 'passedOver' | 'overrideBy' | 'overrideReason'>
const IN_ORDER: Override = { passedOver: 0, overrideBy: null, overrideReason: null }

/** How long offers stand, by the rulebook of today. */
export const offerTimeOf = (act: Act): OfferTime => ({
  mostMinutes: act.policy('booking.offer-minutes', 'most'),
  leastMinutes: act.policy('booking.offer-minutes', 'least'),
  beforeVisitMinutes: act.policy('booking.offer-minutes', 'before-visit'),
  share: act.policy('booking.offer-share'),
})

/** What those who wait directly are limited by, by the rulebook of today. */
export const limitsOf = (act: Act): Limits => ({ zone: act.zone, dayMost: act.policy('booking.day-bookings-most') })

/** One unit of a pool held as an offer for an entry; null when the channel finds none or the visit is too near. */
export const makeOffer = (pool: Pool, was: Waiting, act: Act, override: Override = IN_ORDER): Made | null => {
  const until = offerUntil(act.now, pool.startsAt, offerTimeOf(act))
  if (!until) return null
  const id = act.newId<BookingId>()
  const wish = { id, person: was.person, caseId: id, madeByOrg: was.askedByOrg, channel: was.channel, holdUntil: until }
  const drawn = planUnit(pool, wish, act.now)
  if (!drawn.ok) return null
  const { org, person } = drawn.value
  const { id: waiting, rank, askedAt } = was
  const offer: Offer = { org, id, pool: pool.id, waiting, person, until, rank, askedAt, outcome: null, stay: null, ...override }
  return { drawn: drawn.value, offer, was, entry: { ...was, state: 'offered', unitOrg: org, unitBooking: id } }
}

/** Everything of a pool that is free, offered to those who wait for it, in order. */
export const makeOffers = (pool: Pool, line: readonly Waiting[], act: Act): Made[] => {
  const made: Made[] = []
  let left = pool
  for (const one of nextInLine(pool, line, act.now)) {
    const offer = makeOffer(left, one, act)
    if (!offer) continue
    left = afterDrawing(left, offer.drawn.share)
    made.push(offer)
  }
  return made
}

export const offeredEvent = ({ drawn, offer, entry }: Made): TraceEvent => ({
  type: 'booking.offered',
  case: { kind: 'booking', org: drawn.org, id: drawn.id },
  person: drawn.person,
  seenBy: [drawn.org, ...(entry.askedByOrg ? [entry.askedByOrg] : [])],
  data: { pool: drawn.pool, share: drawn.share, specialty: entry.specialty, waiting: entry.id, until: offer.until },
  ...(offer.overrideReason ? { reason: offer.overrideReason } : {}),
})

const expiry = ({ org, id, until }: Offer): CaseWait => ({
  name: 'hold',
  command: 'booking.expire-hold',
  input: { org, booking: id },
  dueAt: until,
})

/** What is told of offers, and the deadline at which each runs out. */
export const tellingOf = (made: readonly Made[]) => ({
  events: made.map(offeredEvent),
  waits: made.map(({ offer }) => ({ case: { kind: 'booking', org: offer.org as OrgId, id: offer.id }, open: [expiry(offer)] })),
})

export const offerNotice = ({ drawn, offer, entry }: Made, act: Act): Notice => ({
  person: drawn.person,
  id: act.newId(),
  kind: 'offer',
  subject: offer.id,
  org: offer.org,
  data: { specialty: entry.specialty, startsAt: drawn.startsAt, until: offer.until, waiting: entry.id },
})

/** Holds the unit, keeps the offer and moves the entry on; the notice is left to whoever tells the person. */
export const saveMade = async (tx: Tx, made: Made, act: Act): Promise<void> => {
  await saveUnit(tx, made.drawn, act)
  await saveOffer(tx, made.offer, act.now)
  await saveWaiting(tx, made.was, made.entry, { at: act.now, reason: null, until: made.offer.until })
}

export const saveAndTell = async (tx: Tx, all: readonly Made[], act: Act): Promise<void> => {
  for (const made of all) {
    await saveMade(tx, made, act)
    await tell(tx, offerNotice(made, act), act.now)
  }
}
