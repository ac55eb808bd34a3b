import { z } from 'zod'
import { isDay } from '../../kernel/day.ts'
import type { RefusalTable } from '../../platform/refusals.ts'
import type { Name } from '../../kernel/words.ts'
import { goOnReasons } from '../audit-rules/contract.ts'
import {
  CASH_APPS,
  CHANNELS,
  LINE_CLASSES,
  LINE_KINDS,
  VISIT_KINDS,
  type BillState,
  type CashApp,
  type Channel,
  type LineClass,
  type LineKind,
  type VisitKind,
} from './payment.ts'

const key = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const uuid = z.uuid('应为编号|An id')
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const reason = z.string().trim().min(2).max(200)
const fen = z.number().int().min(1).max(100_000_000)

const DIAGNOSES_MOST = 20
const SUPPLY_DAYS_MOST = 366
const billKey = { org: key, bill: uuid }

export const openBillInput = z.strictObject({
  person: key,
  visitKind: z.enum(VISIT_KINDS).default('ordinary'),
  lines: z
    .array(
      z.strictObject({
        kind: z.enum(LINE_KINDS),
        code: z.string().trim().min(1).max(60),
        zh: z.string().trim().min(1).max(120),
        class: z.enum(LINE_CLASSES),
        priceFen: fen,
        count: z.number().int().min(1).max(1_000).default(1),
        /** For how many days a medicine lasts: asked by the audit rules, not kept with the bill. */
        supplyDays: z.number().int().min(1).max(SUPPLY_DAYS_MOST).optional(),
      }),
    )
    .min(1)
    .max(200),
  /** Codes of what the visit is for: asked by the audit rules, not kept with the bill. */
  diagnoses: z.array(z.string().trim().min(1).max(40)).max(DIAGNOSES_MOST).default([]),
  /** Why the desk goes on although rules were hit. */
  reasons: goOnReasons,
})
export const quoteInput = z.strictObject({ ...billKey, channel: z.enum(CHANNELS).default('mobile') })
export const payInput = z.strictObject({ ...billKey, app: z.enum(CASH_APPS) })
export const reasonInput = z.strictObject({ ...billKey, reason })
export const billInput = z.strictObject(billKey)
/** `person`: of whom a resident acts for; staff ask by day. */
export const billsInput = z.strictObject({ day: day.optional(), person: key.optional() })
export const releasedInput = z.strictObject({ kind: z.enum(LINE_KINDS).optional() })
export const fulfilInput = z.strictObject({ ...billKey, line: z.number().int().min(1).max(200) })
export const booksInput = z.strictObject({ day: day.optional(), org: key.optional() })
export const closeTicketInput = z.strictObject({ org: key, ticket: uuid, outcome: reason })
export const comparedDaysInput = z.strictObject({})
export const usualLinesInput = z.strictObject({})
const PLACES_MOST = 100
export const placesInput = z.strictObject({
  kind: z.enum(['institution', 'pharmacy']).optional(),
  care: z.enum(VISIT_KINDS).optional(),
  /** Part of a name of a place or of its county. */
  text: z.string().trim().max(40).optional(),
  after: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(PLACES_MOST).default(20),
})
export const coverageInput = z.strictObject({ day: day.optional() })

export const paymentRefusals = {
  'payment.not-open-here': {
    kind: 'conflict',
    zh: '本机构当日未开通该类门诊的移动支付。请改用窗口支付,或由卫健部门登记开通。',
    en: 'Mobile payment is not open here for this kind of care on this day. Pay at the window, or have it registered as open.',
    basis: null,
  },
  'payment.no-identity': {
    kind: 'conflict',
    zh: '档案中没有该居民的身份证号,医保平台无法识别参保人。请先在居民档案中补录证件。',
    en: 'The index has no identity number of this person, so the insurer’s platform cannot find who is insured. Enter it first.',
    basis: null,
  },
  'payment.way-does-not-fit': {
    kind: 'conflict',
    zh: '支付方式与预结算渠道不符:手机预结算用微信或支付宝支付,窗口预结算在窗口支付。',
    en: 'This way of paying does not fit how the bill was priced: by telephone pay with an app, at the window pay there.',
    basis: null,
  },
  'payment.desk-only': {
    kind: 'forbidden',
    zh: '窗口支付由收费窗口办理。请到窗口,或改用手机支付。',
    en: 'Payment at the window is taken by its desk. Go there, or pay by telephone.',
    basis: null,
  },
  'payment.already-fulfilled': {
    kind: 'conflict',
    zh: '账单中已有项目执行或取药,不能整单退费。请到窗口先办理退药或退检。',
    en: 'Something on this bill was already carried out or dispensed, so it cannot be refunded whole. Ask the desk to take it back first.',
    basis: null,
  },
  'payment.line-not-released': {
    kind: 'conflict',
    zh: '该项目尚未支付、已退费或已执行。请核对账单状态。',
    en: 'This line is not paid, was refunded or was carried out already. Look at the state of the bill.',
    basis: null,
  },
  'payment.ticket-closed': {
    kind: 'conflict',
    zh: '该差异单已由他人处理完毕。请刷新列表。',
    en: 'Somebody else has closed this ticket. Refresh the list.',
    basis: null,
  },
} as const satisfies RefusalTable

/** A bill as a person sees it, a receipt with its parts. Fen. */
export type ShownBill = {
  org: string
  id: string
  place: Name
  person: string
  name: Name
  state: BillState
  words: { zh: string; en: string }
  visitKind: VisitKind
  channel: Channel | null
  insuredType: string | null
  totalFen: number
  split: ShownSplit | null
  cashApp: CashApp | null
  payLink: string | null
  settlementNo: string | null
  reason: string | null
  openedAt: string
  changedAt: string
  /** Until when a priced bill waits to be paid; null where nothing waits. */
  payBy: string | null
  lines: ShownLine[]
  /** How far a refund is; null where none was asked for, and in lists. */
  refund: ShownRefund | null
}
/** The two parts of a refund in their order: each with its sum and when it went back; null at what has not. Fen. */
export type ShownRefund = { cashFen: number; cashAt: string | null; restFen: number; restAt: string | null }
export type ShownSplit = {
  fundFen: number
  accountFen: number
  familyPoolFen: number
  hospitalFen: number
  cashFen: number
  /** Each fund by the platform's code. */
  funds: { code: string; fen: number }[]
  basis: { own: number; overLimit: number; first: number; inScope: number } | null
}
export type ShownLine = {
  no: number
  kind: LineKind
  code: string
  zh: string
  class: LineClass
  priceFen: number
  count: number
  amountFen: number
  releasedAt: string | null
  fulfilledAt: string | null
}
