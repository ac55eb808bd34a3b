import { cancel, expire, fulfil, pay, quote, refund } from './commands.ts'
import { openBill } from './open-bill.ts'
import { paymentRefusals as ownRefusals } from './contract.ts'
import { noteFiling, reportFiling, withdrawReported } from './filing/commands.ts'
import { filingNotices } from './filing/queries.ts'
import { note } from './house-commands.ts'
import { bill, bills, books, closeTicket, comparedDays, coverage, places, released, usualLines } from './queries.ts'
import { noteCompared } from './reconcile.ts'
import { paymentPoints } from './registers.ts'
import { comparisons, tickets } from './watch/queries.ts'

export type { ShownBill, ShownLine } from './contract.ts'
export type { PaymentPoint } from './registers.ts'
export { paymentReactions } from './filing/commands.ts'
export { addNotice } from './filing/notice-store.ts'
export { compareAll, compareDay } from './reconcile.ts'
export { startPayment } from './run.ts'
export type { Links } from './saga.ts'
export { cashNumber } from './saga.ts'
export { countWork } from './store.ts'
export { NotNow, type Link } from './trade-client.ts'
export { linksOf, startPaymentWork, type PaymentWork } from './worker.ts'
export { askedEnvelope, institutionNumber, messageId, type AskedEnvelope } from './wire/envelope.ts'
export { ORDER_STATES } from './wire/mobile.ts'
export { isTradeNumber, trades, type TradeInput, type TradeNumber, type TradeOutput } from './wire/trades.ts'
export { fenOf, yuanOf } from './wire/yuan.ts'

/** Every reason of the module to refuse, those of its register included. */
export const paymentRefusals = { ...ownRefusals, ...paymentPoints.refusals } as const

/** Everything that can be asked about bills, their payment and its books. */
export const paymentForms = {
  'payment.open-bill': openBill,
  'payment.quote': quote,
  'payment.pay': pay,
  'payment.refund': refund,
  'payment.cancel': cancel,
  'payment.fulfil': fulfil,
  'payment.expire': expire,
  'payment.note': note,
  'payment.note-compared': noteCompared,
  'payment.bill': bill,
  'payment.bills': bills,
  'payment.released': released,
  'payment.usual-lines': usualLines,
  'payment.books': books,
  'payment.compared-days': comparedDays,
  'payment.close-ticket': closeTicket,
  'payment.comparisons': comparisons,
  'payment.tickets': tickets,
  'payment.coverage': coverage,
  'payment.places': places,
  'payment.report-filing': reportFiling,
  'payment.withdraw-reported-filing': withdrawReported,
  'payment.note-filing': noteFiling,
  'payment.filing-notices': filingNotices,
  ...paymentPoints.forms,
} as const
