import { WHOLE } from '../../../kernel/share.ts'
import { ratioOf } from './parts.ts'
import { paymentFor, type Payment } from './payment-methods.ts'
import type { Step } from './steps.ts'

/** A settled bill as its institution is paid for it: all of it, and what the basic fund bears. Fen. */
export type PaidBill = { readonly totalFen: number; readonly basicFen: number }

/** The case that a bill is under payment by disease: its score with the steps that led to it, and what a point is worth. */
export type ScoredBill = {
  readonly scoreE4: number
  readonly pointFen: number
  readonly steps: readonly Step[]
  /** What the same case scores at each level of hospital; the same everywhere where its disease has one price. */
  readonly levels: readonly { readonly level: number; readonly scoreE4: number }[]
}

/** Why a bill is paid by item: it is no stay, no stay of that number was sent, or it was not grouped yet. */
export const BY_ITEM = ['no-stay', 'not-sent', 'not-grouped'] as const
export type WhyByItem = (typeof BY_ITEM)[number]

export type PaidForBill = Payment & {
  /** What the fund pays for the same case at a hospital of each level. Fen. */
  readonly levels: readonly { readonly level: number; readonly fundFen: number }[]
  readonly isOnePrice: boolean
}

/**
 * What an institution is paid for a settled bill. The person's part and that of other funds stay as they were settled; the basic fund pays
 * the standard of the disease less them, or what the bill came to where no disease sets a price.
 * @source DIP: 分值 × 点值 − 个人及其他支付; 十部门县域医共体意见(2023-12-30): 同病同付
 */
export const payForBill = ({ totalFen, basicFen }: PaidBill, scored: ScoredBill | null): PaidForBill => {
  const service = { costFen: totalFen, othersFen: totalFen - basicFen, days: 0, units: 0, pathway: 'none' } as const
  if (scored === null) return { ...paymentFor(service, { method: 'item' }), levels: [], isOnePrice: false }
  const { scoreE4, pointFen, steps, levels } = scored
  const paid = paymentFor(service, { method: 'dip', scoreE4, pointFen })
  return {
    ...paid,
    steps: [...steps, ...paid.steps],
    levels: levels.map((one) => ({ level: one.level, fundFen: Math.max(0, ratioOf(one.scoreE4, pointFen, WHOLE) - service.othersFen) })),
    isOnePrice: levels.length > 1 && levels.every((one) => one.scoreE4 === levels[0]?.scoreE4),
  }
} // prettier-ignore
