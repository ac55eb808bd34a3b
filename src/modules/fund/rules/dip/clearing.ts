import { assert } from '../../../../kernel/assert.ts'
import { WHOLE } from '../../../../kernel/share.ts'
import { ratioOf, splitByWeight } from '../parts.ts'
import type { Step } from '../steps.ts'
import { clearYear, dueByScore, settlementPointFen, type Cleared, type ClearingTerms } from './points.ts'

/**
 * What the year's scores share out. `fund`: the fund's budget itself. `total-fees`: the whole fees that the budget stands for, of which what
 * persons and other funds paid is taken off each hospital's part.
 */
export const CLEARING_BASES = ['fund', 'total-fees'] as const
export type ClearingBasis = (typeof CLEARING_BASES)[number]

/** A hospital's year. Money in fen, the score in ten-thousandths of a point, the assessment in basis points of what is paid. */
export type HospitalYear = {
  readonly scoreE4: number
  readonly costFen: number
  /** What the basic fund booked case by case. */
  readonly claimedFen: number
  readonly prepaidFen: number
  readonly clawbackFen: number
  readonly assessment: number
}

/** The money of a year. `reserveFen` may be drawn on for shared overruns beyond the fund. */
export type YearMoney = { readonly fundFen: number; readonly reserveFen: number; readonly basis: ClearingBasis }

export type ClearedHospital = Cleared & { readonly dueFen: number }
export type ClearedRegion = {
  /** What a point is worth, fen. */
  readonly pointFen: number
  /** The fund's part of the fees, basis points. */
  readonly fundShare: number
  readonly hospitals: readonly ClearedHospital[]
  readonly paidFen: number
  /** What stays in the fund; below zero: drawn from the reserve. Paid and left sum to the fund. */
  readonly leftFen: number
  /** What of an overrun was shared after the reserve's limit, basis points. */
  readonly overrunShare: number
  readonly steps: readonly Step[]
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0)

/** What each hospital's scores are worth to the fund, in their order: sums to the fund whatever the basis. */
const duesOf = (hospitals: readonly HospitalYear[], { fundFen, basis }: YearMoney, totalFen: number): number[] => {
  const scores = hospitals.map(({ scoreE4 }) => scoreE4)
  if (basis === 'fund') return dueByScore(fundFen, scores)
  const others = hospitals.map(({ costFen, claimedFen }) => costFen - claimedFen)
  const raw = dueByScore(totalFen, scores).map((part, at) => Math.max(0, part - (others[at] as number)))
  // Persons have paid what they have paid: the parts are brought to the fund's money in proportion.
  return sumOf(raw) === 0 ? dueByScore(fundFen, scores) : splitByWeight(fundFen, raw)
}

const overrunAt = (one: HospitalYear, dueFen: number, terms: ClearingTerms): number =>
  clearYear({ ...one, dueFen }, terms).paidFen - clearYear({ ...one, dueFen }, { ...terms, overrunShare: 0 }).paidFen

/**
 * The year of a region: the point value out of the year's scores, what each hospital is due, what it is paid after keeping and sharing, and what
 * is left. Shared overruns are cut alike when they would take more than fund and reserve hold. At least one hospital has a score.
 * @source 医保办发〔2020〕50号 for the point value; keeping and sharing by the rulebook (graded there); the cut is a design
 */
export const clearRegion = (hospitals: readonly HospitalYear[], money: YearMoney, terms: ClearingTerms): ClearedRegion => {
  const scoreE4 = sumOf(hospitals.map((one) => one.scoreE4))
  assert(scoreE4 > 0, 'somebody has a score')
  const costFen = sumOf(hospitals.map((one) => one.costFen))
  const claimedFen = sumOf(hospitals.map((one) => one.claimedFen))
  const fundShare = costFen === 0 || claimedFen === 0 ? WHOLE : Math.max(1, ratioOf(WHOLE, claimedFen, costFen))
  const totalFen = ratioOf(money.fundFen, WHOLE, fundShare)
  const dues = duesOf(hospitals, money, totalFen)
  const shared = sumOf(hospitals.map((one, at) => overrunAt(one, dues[at] as number, terms)))
  const bare = hospitals.map((one, at) => clearYear({ ...one, dueFen: dues[at] as number }, { ...terms, overrunShare: 0 }))
  const room = money.fundFen + money.reserveFen - sumOf(bare.map(({ paidFen }) => paidFen))
  const overrunShare = shared <= room ? terms.overrunShare : cutShare(hospitals, dues, terms, room)
  const cleared = hospitals.map((one, at): ClearedHospital => {
    const dueFen = dues[at] as number
    return { dueFen, ...clearYear({ ...one, dueFen }, { ...terms, overrunShare }) }
  })
  const paidFen = sumOf(cleared.map((one) => one.paidFen))
  const pointFen =
    money.basis === 'fund' ? ratioOf(money.fundFen, WHOLE, scoreE4) : settlementPointFen(money.fundFen, fundShare, scoreE4)
  const steps = stepsOf({ money, totalFen, fundShare, scoreE4, pointFen, paidFen, overrunShare, terms })
  return { pointFen, fundShare, hospitals: cleared, paidFen, leftFen: money.fundFen - paidFen, overrunShare, steps }
}

/** The highest share of overruns, basis points, that fund and reserve can pay. */
const cutShare = (hospitals: readonly HospitalYear[], dues: readonly number[], terms: ClearingTerms, room: number): number => {
  const taken = (overrunShare: number) =>
    sumOf(hospitals.map((one, at) => overrunAt(one, dues[at] as number, { ...terms, overrunShare })))
  let fits = 0
  let over = terms.overrunShare
  while (over - fits > 1) {
    const middle = (fits + over) >>> 1
    if (taken(middle) <= room) fits = middle
    else over = middle
  }
  return fits
}

type Found = {
  readonly money: YearMoney
  readonly totalFen: number
  readonly fundShare: number
  readonly scoreE4: number
  readonly pointFen: number
  readonly paidFen: number
  readonly overrunShare: number
  readonly terms: ClearingTerms
}

const stepsOf = ({ money, totalFen, fundShare, scoreE4, pointFen, paidFen, overrunShare, terms }: Found): Step[] => [
  ...(money.basis === 'fund'
    ? []
    : [
        {
          zh: '预算折算为总费用(基金支付比例取全年实际)',
          en: 'The budget as whole fees, by the fund’s real part of the year',
          rule: 'fund.dip-point-value',
          of: { fundFen: money.fundFen, fundShare },
          is: totalFen,
          unit: 'fen' as const,
        },
      ]),
  {
    zh: '结算点值(每分)',
    en: 'Settlement point value',
    rule: 'fund.dip-point-value',
    of: { fundFen: money.fundFen, scoreE4 },
    is: pointFen,
    unit: 'fen',
  },
  ...(overrunShare === terms.overrunShare
    ? []
    : [
        {
          zh: '超支分担以基金和调节金为限,比例同减为',
          en: 'Shared overruns are held to fund and reserve, their share cut to',
          rule: 'fund.dip-clearing',
          of: { overrunShare: terms.overrunShare, reserveFen: money.reserveFen },
          is: overrunShare,
          unit: 'bp' as const,
        },
      ]),
  {
    zh: '各机构应得合计',
    en: 'Paid to all hospitals',
    rule: 'fund.dip-clearing',
    of: { fundFen: money.fundFen },
    is: paidFen,
    unit: 'fen',
  },
  {
    zh: '留在基金(负数为动用调节金)',
    en: 'Left in the fund; below zero: drawn from the reserve',
    rule: 'fund.dip-clearing',
    of: { fundFen: money.fundFen, paidFen },
    is: money.fundFen - paidFen,
    unit: 'fen',
  },
]
