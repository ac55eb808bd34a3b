import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { Party } from '../../../platform/access.ts'
import { command, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import type { Represented } from '../behalf.ts'
import type { Booking, BookingId, Pool } from '../booking.ts'
import { findPool, lockBooking, lockPool, saveState } from '../store.ts'
import { mayConfirm } from '../units.ts'
import {
  lockHeldStay,
  mayTakeStay,
  saveTakenStay,
  saveTurnedDownStay,
  takenStay,
  turnedDownStay,
  type HeldStay,
} from './answer-stay.ts'
import { bedFaultOf, bedsAt } from './bed-wish.ts'
import { leaveInput, offerInput, placesInput } from './contract.ts'
import { faultOfPlaces, personOf, placesOf, relationsToEntry, waitingEvent } from './join.ts'
import { findOffer, lockOffer } from './offer-store.ts'
import { saveSettled, settle, settledEvents, type Settled } from './settle.ts'
import * as store from './store.ts'
import type { Offer, Waiting, WaitingId } from './waiting.ts'
import type { Person } from '../../residents/index.ts'

const DECLINED = 'offer declined'
const WHO_ANSWER: readonly Party[] = ['resident@self', 'resident@representative', 'village-doctor@care-team', 'family-doctor@care-team', 'referral-desk@own']

type Answered = {
  readonly person: Person & Represented
  readonly booking: Booking
  readonly pool: Pool | null
  readonly offer: Offer
  readonly entry: Waiting
  /** Of a bed the whole stay; `booking` is that of its first day. */
  readonly held: HeldStay | null
}

// The booking is locked first, then its pool where it goes back, then the offer and the entry: as everywhere.
const readOffer = async (tx: Tx, person: Person & Represented, org: OrgId, id: BookingId, givesBack: boolean): Promise<Answered | null> => {
  const stay = (await findOffer(tx, org, id))?.stay
  const held = stay ? await lockHeldStay(tx, org, stay.group) : null
  const booking = await lockBooking(tx, org, id)
  if (!booking || booking.person !== person.id) return null
  const pool = givesBack ? await lockPool(tx, org, booking.pool) : await findPool(tx, org, booking.pool)
  const offer = await lockOffer(tx, org, id)
  const entry = offer && (await store.lockWaiting(tx, offer.person, offer.waiting))
  return entry ? { person, booking, pool, offer, entry, held } : null
}

const bookingEvent = (type: string, { booking, entry }: Answered, reason?: string): TraceEvent => ({
  type,
  case: { kind: 'booking', org: booking.org, id: booking.id },
  person: booking.person,
  seenBy: [booking.org, ...(booking.madeByOrg ? [booking.madeByOrg] : [])],
  data: { pool: booking.pool, share: booking.share, specialty: entry.specialty },
  ...(reason ? { reason } : {}),
})
const givenUp = (facts: Answered, reason: string) =>
  facts.held
    ? turnedDownStay(facts.held, reason)
    : { events: [bookingEvent('booking.cancelled', facts, reason)], waits: bookingWaits(facts) }
const bookingWaits = ({ booking }: Answered) => [{ case: { kind: 'booking', org: booking.org, id: booking.id }, open: [] }]
const relationOf = ({ person, booking, entry }: Answered, act: Act) => relationsToEntry(act, person, [booking.org, ...entry.orgs])
const subjectOf = ({ person }: Answered) => ({ person: person.id })

export const acceptOffer = command({
  name: 'booking.accept-offer',
  by: WHO_ANSWER,
  basis: 'S2 分时段预约;候补按次序',
  does: {
    zh: '接受候补号源:确认预约,候补结束。',
    en: 'Takes the unit that was offered: the booking is confirmed and the wait is over.',
  },
  input: offerInput,
  read: async (tx, input, act) => {
    const person = await personOf(tx, input, act)
    return person && readOffer(tx, person, input.org as OrgId, input.booking as BookingId, false)
  },
  relation: relationOf,
  subject: subjectOf,
  decide: (facts, _input, act) => {
    const { held } = facts
    const may = held ? mayTakeStay(held, act.now) : mayConfirm(facts.booking, act.now).ok
    if (!may || facts.offer.outcome) return refuse('booking.offer-over')
    const settled = settle(facts.offer, facts.entry, 'accepted', act)
    const taken = held ? takenStay(held, act) : { events: [bookingEvent('booking.confirmed', facts)], waits: bookingWaits(facts) }
    const answer = { booking: facts.booking.id, state: 'confirmed' as const }
    const events = [...taken.events, ...settledEvents(settled)]
    return ok({ change: { booking: facts.booking, held, settled }, answer, events, waits: taken.waits })
  },
  write: async (tx, { booking, held, settled }, act) => {
    if (held) await saveTakenStay(tx, held, act.now)
    else if (booking.state === 'held') await saveState(tx, booking, 'confirmed', act.now, null)
    await saveSettled(tx, settled, act)
  },
})

type GivenUp = { readonly booking: Booking; readonly held: HeldStay | null; readonly settled: Settled }

const saveGivenUp = async (tx: Tx, { booking, held, settled }: GivenUp, act: Act): Promise<void> => {
  if (held) await saveTurnedDownStay(tx, held, act.now, DECLINED)
  else await saveState(tx, booking, 'cancelled', act.now, DECLINED)
  await saveSettled(tx, settled, act)
}

export const declineOffer = command({
  name: 'booking.decline-offer',
  by: WHO_ANSWER,
  basis: '候补按次序',
  does: {
    zh: '婉拒候补号源:号源转给下一位,候补次序保留。',
    en: 'Leaves the unit that was offered to the next in line; the place on the list is kept.',
  },
  input: offerInput,
  read: async (tx, input, act) => {
    const person = await personOf(tx, input, act)
    return person && readOffer(tx, person, input.org as OrgId, input.booking as BookingId, true)
  },
  relation: relationOf,
  subject: subjectOf,
  decide: (facts, _input, act) => {
    if (facts.offer.outcome || facts.booking.state !== 'held') return refuse('booking.offer-over')
    const settled = settle(facts.offer, facts.entry, 'declined', act)
    const gone = givenUp(facts, DECLINED)
    return ok({
      change: { booking: facts.booking, held: facts.held, settled },
      answer: { waiting: facts.entry.id },
      events: [...gone.events, ...settledEvents(settled)],
      waits: gone.waits,
    })
  },
  write: saveGivenUp,
})

const isOver = ({ state }: Waiting): boolean => state !== 'waiting' && state !== 'offered'

type Left = { readonly person: Person & Represented; readonly entry: Waiting; readonly answered: Answered | null }

const readLeft = async (tx: Tx, person: Person & Represented, id: WaitingId): Promise<Left | null> => {
  const seen = await store.findWaiting(tx, person.id, id)
  if (!seen) return null
  const { unitOrg, unitBooking, state } = seen
  const answered = state === 'offered' && unitOrg && unitBooking ? await readOffer(tx, person, unitOrg, unitBooking, true) : null
  const entry = answered?.entry ?? (await store.lockWaiting(tx, person.id, id))
  return entry && { person, entry, answered }
}

export const leave = command({
  name: 'booking.leave-waiting',
  by: WHO_ANSWER,
  basis: '候补自愿',
  does: { zh: '退出候补;保留中的候补号源一并退回。', en: 'Leaves the waiting list; a unit that is offered goes back.' },
  input: leaveInput,
  read: async (tx, input, act) => {
    const person = await personOf(tx, input, act)
    return person && readLeft(tx, person, input.waiting as WaitingId)
  },
  relation: ({ person, entry }, act) => relationsToEntry(act, person, entry.orgs),
  subject: ({ person }) => ({ person: person.id }),
  decide: ({ entry, answered }, input, act) => {
    const isElsewhere = entry.state === 'offered' && answered?.booking.state !== 'held'
    if (isOver(entry) || isElsewhere) return refuse('booking.waiting-over', { state: entry.state })
    const next: Waiting = { ...entry, state: 'withdrawn', unitOrg: null, unitBooking: null }
    const settled = answered && { ...settle(answered.offer, answered.entry, 'declined', act), entry: next }
    const reason = input.reason ?? 'left'
    const gone = answered ? givenUp(answered, 'left the list') : { events: [], waits: [] }
    const events = [...gone.events, waitingEvent('booking.waiting-left', next, { reason })]
    const given: GivenUp | null = answered && settled && { booking: answered.booking, held: answered.held, settled }
    return ok({ change: { entry, next, reason, given }, answer: { waiting: entry.id }, events, waits: gone.waits })
  },
  write: async (tx, { entry, next, reason, given }, act) => {
    if (given) await saveGivenUp(tx, given, act)
    else await store.saveWaiting(tx, entry, next, { at: act.now, reason, until: null })
  },
})

export const changePlaces = command({
  name: 'booking.change-waiting-places',
  by: WHO_ANSWER,
  basis: '跨机构候补须本人接受',
  does: {
    zh: '修改候补接受的机构;次序不变。代为修改须写明本人如何同意。',
    en: 'Changes the institutions that are accepted; the place in the order stays. Whoever does so for a person says how the person agreed.',
  },
  input: placesInput,
  read: async (tx, input, act) => {
    const person = await personOf(tx, input, act)
    const entry = person && (await store.lockWaiting(tx, person.id, input.waiting as WaitingId))
    if (!entry) return null
    const places = await placesOf(tx, input.orgs, entry.specialty, act)
    return { person, entry, places, beds: entry.unitKind === 'bed-day' ? await bedsAt(tx, places.orgs, entry.specialty) : [] }
  },
  relation: ({ person, entry }, act) => relationsToEntry(act, person, entry.orgs),
  subject: ({ person }) => ({ person: person.id }),
  decide: ({ entry, places, beds }, input, act) => {
    if (entry.state !== 'waiting') return refuse('booking.waiting-over', { state: entry.state })
    const fault = faultOfPlaces(places, act) ?? bedFaultOf(beds, entry)
    if (fault) return { ok: false, refusals: [fault] }
    if (act.actor.role !== 'resident' && !input.reason) return refuse('booking.places-need-reason')
    const next: Waiting = { ...entry, orgs: places.orgs }
    const seenBy = [...entry.orgs, ...next.orgs]
    const reason = input.reason ?? 'the person'
    const event = waitingEvent('booking.waiting-places-changed', entry, { reason, seenBy, data: { places: places.orgs.length } })
    return ok({ change: { entry, next, leads: places.leads, reason }, answer: { places: next.orgs.length }, events: [event] })
  },
  write: (tx, { entry, next, leads, reason }, act) =>
    store.saveWaiting(tx, entry, next, { at: act.now, reason, until: null, leads }),
})
