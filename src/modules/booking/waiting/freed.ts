import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, type Act } from '../../../platform/forms/form.ts'
import type { BookingId, Pool, PoolId } from '../booking.ts'
import { freeUnitsOf } from '../rules/draw-unit.ts'
import { lockPool } from '../store.ts'
import { freedInput, joinedInput } from './contract.ts'
import { placedEvent, waitingEvent } from './join.ts'
import { limitsOf, makeOffers, saveAndTell, tellingOf, type Made } from './make-offers.ts'
import { findOffer, lockOffer, tell, unitStateOf } from './offer-store.ts'
import { outcomeOf, saveSettled, settle, settledEvents, type Settled } from './settle.ts'
import * as store from './store.ts'
import type { Waiting, WaitingId } from './waiting.ts'

/** Units looked at beyond what is free, because somebody in the line may just have been offered another. */
const LINE_MARGIN = 5

type Facts = { readonly pool: Pool | null; readonly line: readonly Waiting[]; readonly settled: Settled | null }

const freeOf = (pool: Pool, act: Act): number => {
  const { reserved, emergency, open } = freeUnitsOf(pool, act.now)
  return reserved + emergency + open
}

/** A pool locked, and those who wait for its free units locked in order. The pool is locked first, everywhere. */
const readLine = async (tx: Tx, key: store.PoolKey, act: Act): Promise<Omit<Facts, 'settled'>> => {
  const pool = await lockPool(tx, key.org, key.pool)
  const free = pool ? freeOf(pool, act) : 0
  if (!pool || free <= 0 || act.now >= pool.startsAt || pool.unitKind === 'bed-day') return { pool, line: [] }
  return { pool, line: await store.lockLine(tx, await store.lineOf(tx, pool, limitsOf(act), free + LINE_MARGIN)) }
}

// An offer whose booking has been confirmed, given up or run out, and whose entry does not know yet.
const readSettled = async (tx: Tx, org: OrgId, booking: BookingId, act: Act): Promise<Settled | null> => {
  const offer = await lockOffer(tx, org, booking)
  if (!offer || offer.outcome) return null
  const state = await unitStateOf(tx, offer)
  const outcome = state && outcomeOf(state)
  const was = outcome && (await store.lockWaiting(tx, offer.person, offer.waiting))
  return was ? { ...settle(offer, was, outcome, act), isStopped: state.isStopped } : null
}

type Change = { readonly settled: Settled | null; readonly made: readonly Made[] }

const decideOffers = ({ pool, line, settled }: Facts, act: Act) => {
  const made = pool ? makeOffers(pool, line, act) : []
  if (made.length === 0 && !settled) return refuse('booking.nobody-waits')
  const { events, waits } = tellingOf(made)
  const change: Change = { settled, made }
  const told = settled ? settledEvents(settled) : []
  return ok({ change, answer: { offered: made.length, settled: settled?.outcome ?? null }, events: [...told, ...events], waits })
}

const saveChange = async (tx: Tx, { settled, made }: Change, act: Act): Promise<void> => {
  if (settled) await saveSettled(tx, settled, act)
  await saveAndTell(tx, made, act)
}

export const offerFreed = command({
  name: 'booking.offer-freed',
  by: ['system@anyone'],
  basis: 'S0 实时号源;候补按次序',
  does: {
    zh: '退回、释放或新发布的号源按次序限时提供给候补者。',
    en: 'Offers units that came back, opened or were published to those who wait, in order and for a limited time.',
  },
  input: freedInput,
  read: async (tx, input, act): Promise<Facts | null> => {
    const org = input.org as OrgId
    const booking = input.booking as BookingId | undefined
    const pool = (input.pool as PoolId | undefined) ?? (booking && (await findOffer(tx, org, booking))?.pool)
    if (!pool) return { pool: null, line: [], settled: null }
    const read = await readLine(tx, { org, pool }, act)
    return { ...read, settled: booking ? await readSettled(tx, org, booking, act) : null }
  },
  decide: (facts, _input, act) => decideOffers(facts, act),
  write: saveChange,
})

export const lookForUnit = command({
  name: 'booking.look-for-unit',
  by: ['system@anyone'],
  basis: 'S0 实时号源;候补按次序',
  does: {
    zh: '新登记的候补立即查找可用号源;有号仍按次序提供。',
    en: 'Looks for a unit as soon as somebody joins the list; what is free goes to whoever stands first.',
  },
  input: joinedInput,
  read: async (tx, input, act): Promise<Facts | null> => {
    const entry = await store.findWaiting(tx, input.person as PersonId, input.waiting as WaitingId)
    const key = entry?.state === 'waiting' ? await store.firstPoolFor(tx, entry, limitsOf(act)) : null
    return { ...(key ? await readLine(tx, key, act) : { pool: null, line: [] }), settled: null }
  },
  decide: (facts, _input, act) => decideOffers(facts, act),
  write: saveChange,
})

export const endWaiting = command({
  name: 'booking.end-waiting',
  by: ['system@anyone'],
  basis: '候补到期或已约到号即结束 (设计值)',
  does: {
    zh: '候补日期已过,或已另外约到号:结束候补并告知。',
    en: 'Ends an entry whose period has passed, or whose person has got a unit by another way; the person is told.',
  },
  input: joinedInput,
  read: async (tx, input, act) => {
    const entry = await store.lockWaiting(tx, input.person as PersonId, input.waiting as WaitingId)
    return entry && { entry, had: await store.findUnitHad(tx, entry, act.zone) }
  },
  subject: ({ entry }) => ({ person: entry.person }),
  decide: ({ entry, had }, _input, act) => {
    if (entry.state !== 'waiting' || (!had && entry.latestOn >= act.today))
      return refuse('booking.waiting-over', { state: entry.state })
    const next: Waiting = had
      ? { ...entry, state: 'placed', unitOrg: had.org, unitBooking: had.booking }
      : { ...entry, state: 'ended' }
    const reason = had ? 'booked otherwise' : 'period passed'
    const event = had ? placedEvent(next, { reason }) : waitingEvent('booking.waiting-ended', next, { reason })
    return ok({ change: { was: entry, next, reason }, answer: { state: next.state }, events: [event] })
  },
  write: async (tx, { was, next, reason }, act) => {
    await store.saveWaiting(tx, was, next, { at: act.now, reason, until: null })
    const data = { specialty: next.specialty, unitKind: next.unitKind, reason, waiting: next.id }
    const notice = {
      person: next.person,
      id: act.newId(),
      kind: 'waiting-ended' as const,
      subject: next.id,
      org: next.home,
      data,
    }
    if (next.state === 'ended') await tell(tx, notice, act.now)
  },
})
