import { acceptOffer, changePlaces, declineOffer, leave } from './answer.ts'
import { endWaiting, lookForUnit, offerFreed } from './freed.ts'
import { join } from './join.ts'
import { offerStay } from './offer-stay.ts'
import { offerUnit, unitsFor } from './offer-unit.ts'
import { myWaiting, notices, recordShortage, seeNotices, worklist } from './queries.ts'
import { rehome } from './rehome.ts'
import { tellSubstitute } from './tell-substitute.ts'

export { waitingRefusals } from './contract.ts'
export { waitingReactions } from './reactions.ts'
export { sweepWaiting } from './sweep.ts'

/** Everything that can be asked of the waiting list. */
export const waitingForms = {
  'booking.join-waiting': join,
  'booking.leave-waiting': leave,
  'booking.change-waiting-places': changePlaces,
  'booking.accept-offer': acceptOffer,
  'booking.decline-offer': declineOffer,
  'booking.offer-unit': offerUnit,
  'booking.units-for-waiting': unitsFor,
  'booking.my-waiting': myWaiting,
  'booking.shortage-worklist': worklist,
  'booking.record-shortage': recordShortage,
  'booking.notices': notices,
  'booking.see-notices': seeNotices,
  'booking.offer-freed': offerFreed,
  'booking.offer-stay': offerStay,
  'booking.look-for-unit': lookForUnit,
  'booking.end-waiting': endWaiting,
  'booking.rehome': rehome,
  'booking.tell-substitute': tellSubstitute,
} as const
