import { assert } from '../../../../kernel/assert.ts'
import { partOf, ratioOf } from '../parts.ts'
import type { Step } from '../steps.ts'
import { WHOLE } from '../../../../kernel/share.ts'

// A newborn is at most 28 days old (WHO; the front page of the record counts its days).
const NEWBORN_DAYS = 28

/** What the auxiliary directories know about a stay; absent means that the directory does not apply. Coefficients in basis points. */
export type Severity = {
  readonly comorbidity?: number
  readonly severity?: number
  readonly tumour?: number
  readonly age?: number
  readonly intensiveCare?: number
}

/** The coefficient of the auxiliary directories: the highest that applies, never their product; 10 000 when none does. */
export const auxiliaryOf = (severity: Severity): number => Math.max(WHOLE, ...Object.values(severity))

/** The grade of a value on a ladder of lower bounds, `[[0, 10000], [1, 11000]]`; 10 000 below the first. */
export const onLadder = (value: number, ladder: readonly (readonly [number, number])[]): number =>
  ladder.reduce((found, [from, coefficient]) => (value >= from ? coefficient : found), WHOLE)

/** The age grades of a newborn are told by days, all others by years. */
export const ageCoefficient = (
  { years, days }: { readonly years: number; readonly days: number },
  terms: { readonly newborn: number; readonly byYears: readonly (readonly [number, number])[] },
): number => (years === 0 && days <= NEWBORN_DAYS ? terms.newborn : onLadder(years, terms.byYears))

/** How a group is priced: `level` groups by the hospital's coefficient, the other two equally at every level. */
export const PRICINGS = ['level', 'basic-level', 'tcm-advantage'] as const
export type Pricing = (typeof PRICINGS)[number]

/** The coefficient of diseases with one price, the same at every level. Basis points. */
export type OnePrice = Readonly<Record<Exclude<Pricing, 'level'>, number>>

/**
 * The coefficient of a hospital for a group: its own, but for basic-level and TCM-advantage diseases the one that the rulebook gives every
 * level. Terms that say nothing of it mean 1.
 */
export const coefficientFor = (pricing: Pricing, hospital: number, onePrice?: OnePrice): number =>
  pricing === 'level' ? hospital : (onePrice?.[pricing] ?? WHOLE)

/**
 * A hospital's coefficient: its level's mean cost over the region's, and the bonus of its evaluation on top.
 * Means in fen, bonus parts in basis points with their weights (basis points that sum to 10 000).
 */
export const hospitalCoefficient = (
  levelMeanFen: number,
  regionMeanFen: number,
  bonus: readonly { readonly value: number; readonly weight: number }[],
): number =>
  ratioOf(WHOLE, levelMeanFen, regionMeanFen) + bonus.reduce((sum, { value, weight }) => sum + partOf(value, weight), 0)

export type ScoreTerms = {
  /** Below this ratio of cost to standard a case is paid as it cost; above the other, what lies above is added. Basis points. */
  readonly lowBelow: number
  readonly highAbove: number
  /** Above this ratio, or after so many days, experts decide. */
  readonly expertAbove: number
  readonly expertDaysAbove: number
  readonly onePrice?: OnePrice
}
export type ScoredCase = {
  readonly kind: 'low' | 'usual' | 'high'
  readonly scoreE4: number
  readonly forExperts: boolean
  readonly steps: readonly Step[]
}

/** A case with what its score hangs on. */
export type CaseToScore = {
  readonly groupScoreE4: number
  readonly costFen: number
  readonly days: number
  readonly severity: Severity
  readonly hospital: number
  readonly pricing: Pricing
  /** What a whole point is worth by the budget, fen. */
  readonly pointFen: number
  /** What a difficult and critical case weighs more, by the dated list of its catalogue; one whole when absent. */
  readonly uplift?: number
}

/**
 * The score of a case, ten-thousandths of a point, never below zero. Its standard is the group's score × severity × hospital at the point
 * value; a case far below scores what it cost, one far above gets what it cost beyond the limit added. A point is worth something.
 * @source 医保办发〔2020〕50号; limits 0.5 and 2.0 (graded in the rulebook)
 */
export const scoreOf = (one: CaseToScore, terms: ScoreTerms): ScoredCase => {
  assert(one.pointFen > 0 && one.costFen >= 0 && one.groupScoreE4 >= 0, 'a point is worth something, nothing is below zero')
  const auxiliary = auxiliaryOf(one.severity)
  const hospital = coefficientFor(one.pricing, one.hospital, terms.onePrice)
  const uplift = one.uplift ?? WHOLE
  const usual = partOf(partOf(partOf(one.groupScoreE4, auxiliary), uplift), hospital)
  const standardFen = ratioOf(usual, one.pointFen, WHOLE)
  const ratio = standardFen === 0 ? 0 : ratioOf(WHOLE, one.costFen, standardFen)
  const inPoints = (fen: number): number => ratioOf(fen, WHOLE, one.pointFen)
  const kind =
    one.costFen * WHOLE < standardFen * terms.lowBelow
      ? 'low'
      : one.costFen * WHOLE > standardFen * terms.highAbove
        ? 'high'
        : 'usual'
  const beyondFen = one.costFen - partOf(standardFen, terms.highAbove)
  const scoreE4 = kind === 'low' ? inPoints(one.costFen) : kind === 'high' ? usual + inPoints(beyondFen) : usual
  const steps = stepsOf(one, terms, { auxiliary, hospital, uplift, usual, standardFen, ratio, kind, scoreE4 })
  const isFarAbove = one.costFen * WHOLE > standardFen * terms.expertAbove
  return { kind, scoreE4, forExperts: isFarAbove || one.days > terms.expertDaysAbove, steps }
}

type Between = {
  readonly auxiliary: number
  readonly hospital: number
  readonly uplift: number
  readonly usual: number
  readonly standardFen: number
  readonly ratio: number
  readonly kind: 'low' | 'usual' | 'high'
  readonly scoreE4: number
}

const stepsOf = (one: CaseToScore, terms: ScoreTerms, between: Between): Step[] => {
  const { auxiliary, hospital, uplift, usual, standardFen, ratio, kind, scoreE4 } = between
  return [
    { zh: '病种分值', en: 'Score of the group', rule: 'fund.dip-catalogue', of: {}, is: one.groupScoreE4, unit: 'points' },
    {
      zh: '辅助目录系数取最大者',
      en: 'The highest coefficient of the auxiliary directories',
      rule: 'fund.dip-auxiliary',
      of: { ...one.severity },
      is: auxiliary,
      unit: 'bp',
    },
    {
      zh: one.pricing === 'level' ? '医院系数' : '同病同价:各级系数相同',
      en: one.pricing === 'level' ? 'Coefficient of the hospital' : 'One price: the coefficient is the same at all levels',
      rule: 'fund.dip-pricing',
      of: { hospital: one.hospital },
      is: hospital,
      unit: 'bp',
    },
    ...(uplift === WHOLE
      ? []
      : [
          {
            zh: '疑难危重加权',
            en: 'Weight of difficult and critical cases',
            rule: 'fund.dip-hard-cases',
            of: {},
            is: uplift,
            unit: 'bp' as const,
          },
        ]),
    {
      zh: '病例标准',
      en: 'Standard of the case',
      rule: 'fund.dip-point-value',
      of: { scoreE4: usual, pointFen: one.pointFen },
      is: standardFen,
      unit: 'fen',
    },
    {
      zh: '费用与标准之比',
      en: 'Cost over standard',
      rule: 'fund.dip-outliers',
      of: { costFen: one.costFen, standardFen },
      is: ratio,
      unit: 'bp',
    },
    {
      zh: KIND_WORDS[kind].zh,
      en: KIND_WORDS[kind].en,
      rule: 'fund.dip-outliers',
      of: { lowBelow: terms.lowBelow, highAbove: terms.highAbove },
      is: scoreE4,
      unit: 'points',
    },
  ]
}

const KIND_WORDS = {
  low: { zh: '费用极低:据实计分', en: 'Far below: scored as it cost' },
  usual: { zh: '正常病例计分', en: 'Score of a usual case' },
  high: { zh: '费用极高:超出部分加分', en: 'Far above: what lies above is added' },
} as const
