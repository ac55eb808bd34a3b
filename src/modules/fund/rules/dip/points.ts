import { assert } from '../../../../kernel/assert.ts'
import { partOf, ratioOf, splitByWeight } from '../parts.ts'
import type { Step } from '../steps.ts'
import { WHOLE } from '../../../../kernel/share.ts'

/** A year's cost and scores, for the point value that a year begins with. Scores in ten-thousandths of a point. */
export type PastYear = { readonly totalFen: number; readonly scoreE4: number; readonly weight: number }

/** What a whole point is worth by past years, fen half up: their weighted cost over their weighted scores. @source 医保办发〔2020〕50号 */
export const budgetPointFen = (years: readonly PastYear[]): number => {
  assert(
    years.every(({ totalFen, scoreE4, weight }) => totalFen >= 0 && scoreE4 >= 0 && weight >= 0),
    'no year is below zero',
  )
  const over = years.reduce((sum, { totalFen, weight }) => sum + BigInt(totalFen) * BigInt(weight), 0n)
  const under = years.reduce((sum, { scoreE4, weight }) => sum + BigInt(scoreE4) * BigInt(weight), 0n)
  assert(under > 0n, 'there were cases in the years')
  return Number((over * 20_000n + under) / (under * 2n))
}

/** What a whole point is worth at the year's end, fen half up: the fund's money as total fees, over all scores of the year. Never below zero. */
export const settlementPointFen = (fundFen: number, fundShare: number, scoreE4: number): number => {
  assert(fundFen >= 0, 'a fund is not below zero')
  return ratioOf(ratioOf(fundFen, WHOLE, fundShare), WHOLE, scoreE4)
}

/** The year's total fees by scores, so that nothing of it is left: hospitals in their order. Fen. */
export const dueByScore = (totalFen: number, scoresE4: readonly number[]): number[] => splitByWeight(totalFen, scoresE4)

/** What a hospital is paid for a month before the year is cleared: a share of what it claimed, less what was taken off; never below zero. */
export const monthPrepaid = (claimedFen: number, share: number, takenOffFen: number): number =>
  Math.max(0, partOf(claimedFen, share) - takenOffFen)

/** How a year is cleared. All in basis points of what is due. */
export type ClearingTerms = {
  /** Below this share of its due a hospital gets what it claimed; from it on, its due. */
  readonly keepFrom: number
  /** Above its due up to this, a share of what lies above is paid; nothing above that. */
  readonly shareUntil: number
  readonly overrunShare: number
}
export type Cleared = {
  readonly paidFen: number
  readonly kept: number
  readonly balanceFen: number
  readonly steps: readonly Step[]
}

/**
 * What a hospital gets for its year, and what is still to be paid (below zero: to be given back).
 * `due` is what its scores are worth less what persons and other funds paid; `claimed` what the fund booked case by case.
 */
export const clearYear = (
  one: {
    readonly dueFen: number
    readonly claimedFen: number
    readonly assessment: number
    readonly prepaidFen: number
    readonly clawbackFen: number
  },
  terms: ClearingTerms,
): Cleared => {
  const { dueFen, claimedFen } = one
  const limit = partOf(dueFen, terms.shareUntil)
  // Compared before rounding, so that not a fen below the line is paid as if it stood on it.
  const below = BigInt(claimedFen) * BigInt(WHOLE) < BigInt(dueFen) * BigInt(terms.keepFrom)
  const over = Math.max(0, Math.min(claimedFen, limit) - dueFen)
  const reachedFen = below ? claimedFen : dueFen + partOf(over, terms.overrunShare)
  const paidFen = partOf(reachedFen, one.assessment)
  const balanceFen = paidFen - one.prepaidFen - one.clawbackFen
  const steps: Step[] = [
    { zh: '应付', en: 'Due by scores', rule: 'fund.dip-clearing', of: {}, is: dueFen, unit: 'fen' },
    { zh: '实际申报', en: 'Claimed', rule: 'fund.dip-clearing', of: {}, is: claimedFen, unit: 'fen' },
    below
      ? {
          zh: '低于留用线:按实支付',
          en: 'Below the line of keeping: paid as claimed',
          rule: 'fund.dip-clearing',
          of: { keepFrom: terms.keepFrom },
          is: reachedFen,
          unit: 'fen',
        }
      : {
          zh: '应付加分担的超支',
          en: 'Due, and the shared part of what lies above',
          rule: 'fund.dip-clearing',
          of: { overFen: over, overrunShare: terms.overrunShare, shareUntil: terms.shareUntil },
          is: reachedFen,
          unit: 'fen',
        },
    {
      zh: '按考核结果',
      en: 'By the assessment',
      rule: 'fund.assessment',
      of: { assessment: one.assessment },
      is: paidFen,
      unit: 'fen',
    },
    {
      zh: '减预付与扣回',
      en: 'Less what was prepaid and taken back',
      rule: 'fund.dip-clearing',
      of: { prepaidFen: one.prepaidFen, clawbackFen: one.clawbackFen },
      is: balanceFen,
      unit: 'fen',
    },
  ]
  return { paidFen, kept: below ? 0 : Math.max(0, dueFen - claimedFen), balanceFen, steps }
}
