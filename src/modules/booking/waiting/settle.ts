import type { Tx } from '../../../platform/database/pool.ts'
import type { Act, TraceEvent } from '../../../platform/forms/form.ts'
import { placedEvent, waitingEvent } from './join.ts'
import { endOffer, tell, type UnitState } from './offer-store.ts'
import { saveWaiting } from './store.ts'
import type { NoticeKind, Offer, OfferOutcome, Waiting } from './waiting.ts'

/** How an offer ended, and what becomes of its entry. */
export type Settled = {
  readonly offer: Offer
  readonly outcome: OfferOutcome
  readonly was: Waiting
  readonly entry: Waiting
  /** Whoever stopped the clinic of the unit tells the person, and what comes instead. */
  readonly isStopped?: boolean
}

/** How an offer ended by what became of its booking; null while it is held. */
export const outcomeOf = ({ state, endedBy }: UnitState): OfferOutcome | null => {
  switch (state) {
    case 'held':
      return null
    case 'confirmed':
    case 'checked-in':
    case 'attended':
    case 'no-show':
    case 'moved':
      return 'accepted'
    case 'expired':
      return 'missed'
    case 'cancelled':
      return endedBy === 'institution' ? 'withdrawn' : 'declined'
  }
}

/**
 * The entry after its offer ended: placed, or waiting again at the same place of the order; after too many offers that nobody answered
 * it ends.
 */
export const settle = (offer: Offer, was: Waiting, outcome: OfferOutcome, act: Act): Settled => {
  const waits: Waiting = { ...was, state: 'waiting', unitOrg: null, unitBooking: null }
  switch (outcome) {
    case 'accepted':
      return { offer, outcome, was, entry: { ...was, state: 'placed' } }
    case 'declined':
    case 'withdrawn':
      return { offer, outcome, was, entry: waits }
    case 'missed': {
      const missed = was.missed + 1
      const isOver = missed >= act.policy('booking.offers-missed-most')
      return { offer, outcome, was, entry: isOver ? { ...waits, missed, state: 'ended' } : { ...waits, missed } }
    }
  }
}

const REASONS: Readonly<Record<OfferOutcome, string>> = {
  accepted: 'accepted',
  declined: 'declined',
  missed: 'offer ran out',
  withdrawn: 'withdrawn by the place',
}

export const settledEvents = ({ outcome, entry }: Settled): TraceEvent[] => {
  if (outcome === 'accepted') return [placedEvent(entry)]
  const over = entry.state === 'ended' ? [waitingEvent('booking.waiting-ended', entry, { reason: 'offers missed' })] : []
  return [waitingEvent(`booking.offer-${outcome}`, entry), ...over]
}

/** What the person is told of an offer that ended otherwise than by the own answer. */
const noticeKindOf = ({ outcome, entry, isStopped }: Settled): NoticeKind | null => {
  if (entry.state === 'ended') return 'waiting-ended'
  if (outcome === 'missed') return 'offer-missed'
  return outcome === 'withdrawn' && !isStopped ? 'offer-withdrawn' : null
}

export const saveSettled = async (tx: Tx, settled: Settled, act: Act): Promise<void> => {
  const { offer, outcome, was, entry } = settled
  await endOffer(tx, offer, outcome, act.now)
  // An entry that has moved on meanwhile, because its clinic was stopped for instance, is left as it is.
  if (was.unitBooking !== offer.id) return
  await saveWaiting(tx, was, entry, { at: act.now, reason: REASONS[outcome], until: null })
  const kind = noticeKindOf(settled)
  if (!kind) return
  const subject = kind === 'waiting-ended' ? entry.id : offer.id
  const { specialty, id: waiting, unitKind } = entry
  const data = { specialty, reason: REASONS[outcome], waiting, unitKind }
  await tell(tx, { person: entry.person, id: act.newId(), kind, subject, org: offer.org, data }, act.now)
}
