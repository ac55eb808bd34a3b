import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { Brand, OrgId, PersonId } from '../../kernel/id.ts'

/** A bill: the lines of one visit that are paid in one order. */
export type BillId = Brand<string, 'BillId'>

/** 普通门诊, 门诊慢特病, 辅助生殖: the kinds of outpatient care that are paid at the doctor's desk. */
export const VISIT_KINDS = ['ordinary', 'chronic', 'assisted-reproduction'] as const
export type VisitKind = (typeof VISIT_KINDS)[number]

/** Who carries a line out once it is paid. */
export const LINE_KINDS = ['examination', 'drug', 'treatment', 'other'] as const
export type LineKind = (typeof LINE_KINDS)[number]

/** 甲类, 乙类, 丙类 by the platform's codes. */
export const LINE_CLASSES = ['01', '02', '03'] as const
export type LineClass = (typeof LINE_CLASSES)[number]

/** How a bill is paid: by the person's telephone, or at the window. */
export const CHANNELS = ['mobile', 'window'] as const
export type Channel = (typeof CHANNELS)[number]

/** By what the cash part is paid. */
export const CASH_APPS = ['wechat', 'alipay', 'window'] as const
export type CashApp = (typeof CASH_APPS)[number]

export const BILL_STATES = [
  'open',
  'quoting',
  'quoted',
  'collecting',
  'confirming',
  'settled',
  'returning',
  'reversed',
  'withdrawing',
  'cancelled',
  'declined',
] as const
export type BillState = (typeof BILL_STATES)[number]

/** What the books may hold of a round of a bill, each at most once. */
export const TRANSFER_KINDS = ['collect', 'settle', 'return', 'reverse', 'give-back'] as const
export type TransferKind = (typeof TRANSFER_KINDS)[number]

export const TICKET_KINDS = ['only-here', 'only-there', 'other-amounts', 'bill-stuck', 'settlement-implausible'] as const
export type TicketKind = (typeof TICKET_KINDS)[number]

/** Who pays what of a bill. Whole fen, each 0 or more; the parts are the whole. */
export type KeptSplit = {
  readonly total: number
  readonly funds: Readonly<Record<string, number>>
  readonly account: number
  readonly familyPool: number
  readonly hospital: number
  readonly cash: number
  /** How much of the bill the insurance looks at, as the platform said it; absent from bills priced before it was kept. */
  readonly basis?: SplitBasis | undefined
}

/** What of a bill lies outside of the insurance, above a price limit, is first paid by the person, and is left in scope. Whole fen; they sum to the bill. */
export type SplitBasis = { readonly own: number; readonly overLimit: number; readonly first: number; readonly inScope: number }

export type Line = {
  readonly no: number
  readonly kind: LineKind
  readonly code: string
  readonly zh: string
  readonly class: LineClass
  readonly priceFen: number
  readonly count: number
  readonly amountFen: number
  readonly releasedAt: Instant | null
  readonly fulfilledAt: Instant | null
}

export type Bill = {
  readonly org: OrgId
  readonly id: BillId
  readonly person: PersonId
  readonly visitKind: VisitKind
  readonly state: BillState
  readonly round: number
  readonly channel: Channel | null
  readonly totalFen: number
  readonly split: KeptSplit | null
  readonly psnNo: string | null
  readonly insuredType: string | null
  readonly visitNo: string | null
  readonly orderNo: string | null
  readonly orderToken: string | null
  readonly settlementNo: string | null
  readonly settledOn: Day | null
  readonly cashApp: CashApp | null
  readonly cashOn: Day | null
  readonly payLink: string | null
  readonly reason: string | null
  readonly openedAt: Instant
  readonly changedAt: Instant
  readonly tries: number
}
