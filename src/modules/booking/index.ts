import type { Reaction } from '../../platform/forms/form.ts'
import { bedsRefusals } from './beds/contract.ts'
import { bedsForms } from './beds/forms.ts'
import { bookingRefusals as ownRefusals } from './contract.ts'
import { attend, cancel, confirm, expireHold, free, noShow, publishPool, releaseDue } from './forms.ts'
import { dayList, mine } from './lists.ts'
import { engineRefusals } from './engine/contract.ts'
import { book, hold } from './engine/forms.ts'
import { keepPast } from './past/forms.ts'
import { planRefusals } from './plans/contract.ts'
import { planForms } from './plans/forms.ts'
import { occupancyForms, occupancyRefusals } from './occupancy/index.ts'
import { quotaForms, quotaRefusals } from './quotas/index.ts'
import { standingForms, standingReactions, standingRefusals } from './standing/index.ts'
import { visitDayRefusals } from './visit-day/contract.ts'
import { visitDayForms, visitDayReactions } from './visit-day/index.ts'
import { waitingForms, waitingReactions, waitingRefusals } from './waiting/index.ts'
import { allotVouchers, returnVouchers, vouchersGiven, vouchersMine, withdrawVouchers } from './voucher-forms.ts'

export { bookingsByTime, bookingWithPool, poolsByTime } from './fhir-store.ts'
export type { BookingOfPool } from './fhir-store.ts'
export { unitInput, voucherNumber } from './contract.ts'
export type { ShownSlot } from './contract.ts'
export type { Booking, BookingId, Channel, Pool, PoolId, Voucher } from './booking.ts'
export { supplyOf } from './supply-store.ts'
export type { Supply } from './supply-store.ts'
export { bookingsOfPerson, findBooking, findPool, lockBooking, lockPool, summariseFree } from './store.ts'
export type { Drawn, FreeSummary } from './store.ts'
export { createEngine, engineOf } from './engine/engine.ts'
export type { Engine, EngineOptions, Wish } from './engine/engine.ts'
export { prolongHold } from './hold-store.ts'
export { giveToCase, holdUntilAfter, isLive, mayConfirm, moveUnit, planUnit, saveUnit } from './units.ts'
export { shownSlot } from './forms.ts'
export { lockPromise, newVoucherNumber } from './vouchers.ts'
export type { PromiseFacts } from './vouchers.ts'
// What is left, for whoever keeps it in memory.
export {
  CAPACITY_CHANNEL,
  momentOf,
  poolsBetween,
  poolsNamed,
  poolsOfOrgs,
  readNotice,
  startNotices,
  touchedSince,
  writtenSince,
  writeNotice,
} from './capacity-feed/index.ts'
export type { LeftOver, Notice, Seen } from './capacity-feed/index.ts'
// Plans.
export { slotsBetween } from './plans/rules/plan-slots.ts'
// Day of the visit, and what anybody may look at.
export { publicFreeInput } from './public-search/contract.ts'
export { freshAnswers, TooSlow } from './public-search/fresh-answers.ts'
export { publicSearch } from './public-search/public-search.ts'
export { screenKey } from './visit-day/contract.ts'
export type { ShownScreen } from './visit-day/contract.ts'
export { screenOf } from './visit-day/screens.ts'
// Quotas.
export { sharesFor } from './quotas/shares.ts'
// Beds, and several units decided together.
export { lockTogether, planTogether, saveTogether } from './beds/together.ts'
export { poolsToPublish } from './beds/publish.ts'
export type { Together, TogetherFacts, TogetherWish } from './beds/together.ts'
// Waiting list.
export { sweepWaiting } from './waiting/index.ts'
export { PRIORITY_CLASSES, priorityOf } from './quotas/rules/priority-of.ts'
export type { PriorityClass } from './quotas/rules/priority-of.ts'

/** Every reason why not, of all parts. */
export const bookingRefusals = {
  ...ownRefusals,
  // The engine.
  ...engineRefusals,
  // Plans.
  ...planRefusals,
  // Quotas.
  ...quotaRefusals,
  ...standingRefusals,
  ...occupancyRefusals,
  // Day of the visit.
  ...visitDayRefusals,
  // Beds.
  ...bedsRefusals,
  // Waiting list.
  ...waitingRefusals,
} as const

/** Everything that can be asked of pools and bookings. */
export const bookingForms = {
  'booking.publish-pool': publishPool,
  'booking.hold': hold,
  'booking.book': book,
  'booking.confirm': confirm,
  'booking.cancel': cancel,
  'booking.attend': attend,
  'booking.no-show': noShow,
  'booking.expire-hold': expireHold,
  'booking.release-due': releaseDue,
  'booking.free': free,
  'booking.day-list': dayList,
  'booking.mine': mine,
  'booking.allot-vouchers': allotVouchers,
  'booking.withdraw-vouchers': withdrawVouchers,
  'booking.return-vouchers': returnVouchers,
  'booking.vouchers-mine': vouchersMine,
  'booking.vouchers-given': vouchersGiven,
  // Plans.
  ...planForms,
  // Quotas.
  ...quotaForms,
  ...standingForms,
  ...occupancyForms,
  // The past.
  'booking.keep-past': keepPast,
  // Day of the visit.
  ...visitDayForms,
  // Beds.
  ...bedsForms,
  // Waiting list.
  ...waitingForms,
} as const

export const bookingReactions: readonly Reaction[] = [
  // Standing.
  ...standingReactions,
  // Day of the visit.
  ...visitDayReactions,
  // Waiting list.
  ...waitingReactions,
]
