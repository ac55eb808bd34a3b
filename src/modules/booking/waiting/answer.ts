import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { Party } from '../../../platform/access.ts'
import { command, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import type { Booking, BookingId, Pool } from '../booking.ts'
import { findPool, lockBooking, lockPool, saveState } from '../store.ts'
import { mayConfirm } from '../units.ts'
import { leaveInput, offerInput, placesInput } from './contract.ts'
import { faultOfPlaces, personOf, placesOf, relationsToEntry, waitingEvent } from './join.ts'
import { lockOffer } from './offer-store.ts'
import { saveSettled, settle, settledEvents, type Settled } from './settle.ts'
import * as store from './store.ts'
import type { Offer, Waiting, WaitingId } from './waiting.ts'
import type { Person } from '../../residents/index.ts'

const WHO_ANSWER: readonly Party[] = ['resident@self', 'village-doctor@care-team', 'family-doctor@care-team', 'referral-desk@own']

type Answered = {
  readonly person: Person
  readonly booking: Booking
  readonly pool: Pool | null
  readonly offer: Offer
  readonly entry: Waiting
}

// The booking is locked first, then its pool where it goes back, then the offer and the entry: as everywhere.
const readOffer = async (tx: Tx, person: Person, org: OrgId, id: BookingId, givesBack: boolean): Promise<Answered | null> => {
  const booking = await lockBooking(tx, org, id)
  if (!booking || booking.person !== person.id) return null
  const pool = givesBack ? await lockPool(tx, org, booking.pool) : await findPool(tx, org, booking.pool)
  const offer = await lockOffer(tx, org, id)
  const entry = offer && (await store.lockWaiting(tx, offer.person, offer.waiting))
  return entry ? { person, booking, pool, offer, entry } : null
}

const bookingEvent = (type: string, { booking, entry }: Answered, reason?: string): TraceEvent => ({
  type,
  case: { kind: 'booking', org: booking.org, id: booking.id },
  person: booking.person,
  seenBy: [booking.org, ...(booking.madeByOrg ? [booking.madeByOrg] : [])],
  data: { pool: booking.pool, share: booking.share, specialty: entry.specialty },
  ...(reason ? { reason } : {}),
})
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
    const may = mayConfirm(facts.booking, act.now)
    if (!may.ok || facts.offer.outcome) return refuse('booking.offer-over')
    const settled = settle(facts.offer, facts.entry, 'accepted', act)
    const events = [bookingEvent('booking.confirmed', facts), ...settledEvents(settled)]
    const answer = { booking: facts.booking.id, state: 'confirmed' as const }
    return ok({ change: { booking: facts.booking, settled }, answer, events, waits: bookingWaits(facts) })
  },
  write: async (tx, { booking, settled }, act) => {
    if (booking.state === 'held') await saveState(tx, booking, 'confirmed', act.now, null)
    await saveSettled(tx, settled, act)
  },
})

const saveGivenUp = async (tx: Tx, booking: Booking, settled: Settled, act: Act): Promise<void> => {
  await saveState(tx, booking, 'cancelled', act.now, 'offer declined')
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
    const events = [bookingEvent('booking.cancelled', facts, 'offer declined'), ...settledEvents(settled)]
    return ok({
      change: { booking: facts.booking, settled },
      answer: { waiting: facts.entry.id },
      events,
      waits: bookingWaits(facts),
    })
  },
  write: (tx, { booking, settled }, act) => saveGivenUp(tx, booking, settled, act),
})

const isOver = ({ state }: Waiting): boolean => state !== 'waiting' && state !== 'offered'

type Left = { readonly person: Person; readonly entry: Waiting; readonly answered: Answered | null }

const readLeft = async (tx: Tx, person: Person, id: WaitingId): Promise<Left | null> => {
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
    const gone = answered ? [bookingEvent('booking.cancelled', answered, 'left the list')] : []
    const events = [...gone, waitingEvent('booking.waiting-left', next, { reason })]
    const waits = answered ? bookingWaits(answered) : []
    return ok({
      change: { entry, next, reason, settled, booking: answered?.booking ?? null },
      answer: { waiting: entry.id },
      events,
      waits,
    })
  },
  write: async (tx, { entry, next, reason, settled, booking }, act) => {
    if (settled && booking) await saveGivenUp(tx, booking, settled, act)
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
    return entry && { person, entry, places: await placesOf(tx, input.orgs, entry.specialty, act) }
  },
  relation: ({ person, entry }, act) => relationsToEntry(act, person, entry.orgs),
  subject: ({ person }) => ({ person: person.id }),
  decide: ({ entry, places }, input, act) => {
    if (entry.state !== 'waiting') return refuse('booking.waiting-over', { state: entry.state })
    const fault = faultOfPlaces(places, act)
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
