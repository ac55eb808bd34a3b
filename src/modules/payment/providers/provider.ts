import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { CashRow } from '../rules/books.ts'

/** An order of cash under the house's own number: the same number is the same order, however often it is asked for. */
export type CashOrder = {
  readonly number: string
  readonly org: OrgId
  readonly fen: number
  readonly app: 'wechat' | 'alipay'
  readonly day: Day
}
export type CashState = 'waiting' | 'paid' | 'closed'

/**
 * A payment app of others, WeChat or Alipay for instance. Everything is asked for by numbers of the house, so that asking again changes
 * nothing. Each call throws NotNow when the app does not answer.
 */
export type PaymentProvider = {
  /** Makes an order; answers where the person taps. */
  readonly order: (order: CashOrder) => Promise<{ readonly state: CashState; readonly link: string }>
  readonly query: (number: string) => Promise<CashState>
  /** Closes an order that is not paid; answers `paid` when it was. One that does not exist is closed before it can come. */
  readonly close: (order: CashOrder) => Promise<CashState>
  /** Gives back what was paid, whole. Answers false when the app will not. */
  readonly refund: (order: CashOrder, refund: string, day: Day) => Promise<boolean>
  /** The app's book of an institution's day: orders by number, refunds as less. */
  readonly bill: (org: OrgId, day: Day) => Promise<CashRow[]>
}
