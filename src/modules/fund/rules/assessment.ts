import { ratioOf } from './parts.ts'
import type { Step } from './steps.ts'
import { WHOLE } from '../../../kernel/share.ts'

/** What people call the five indicators that the ten ministries name. */
const INDICATOR_WORDS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  costGrowth: { zh: '医疗费用增长率', en: 'growth of medical cost' },
  reimbursed: { zh: '医保报销比例', en: 'reimbursed part' },
  primaryVisits: { zh: '基层就诊率', en: 'visits at primary care' },
  fundInside: { zh: '县域内基金支出占比', en: 'fund spent inside the county' },
  fundPrimary: { zh: '县域内基层机构基金占比', en: 'fund spent at primary care' },
}

/** An indicator of the assessment: what it counts for, and where it earns nothing and everything; between the two in a line. Basis points. */
export type Indicator = { readonly name: string; readonly weight: number; readonly none: number; readonly full: number }

/** What an indicator's value earns of its weight: a line from `none` to `full`, which may run down (growth, violations). Basis points of the weight. */
export const earnedOf = (value: number, { none, full }: Pick<Indicator, 'none' | 'full'>): number => {
  const way = full > none ? (value - none) / (full - none) : (none - value) / (none - full)
  return Math.round(Math.min(1, Math.max(0, way)) * WHOLE)
}

/** The score of a year, hundredths of a point of 100: what each indicator earns by its weight. Indicators without a value earn nothing and are named. */
export const assessmentScore = (
  indicators: readonly Indicator[],
  values: Readonly<Record<string, number>>,
): { readonly score: number; readonly missing: readonly string[]; readonly steps: readonly Step[] } => {
  const weights = indicators.reduce((sum, { weight }) => sum + weight, 0)
  const missing = indicators.filter(({ name }) => !Object.hasOwn(values, name)).map(({ name }) => name)
  const steps = indicators.map(({ name, weight, none, full }): Step => {
    const value = values[name]
    const earned = value === undefined ? 0 : earnedOf(value, { none, full })
    return {
      zh: `指标:${INDICATOR_WORDS[name]?.zh ?? name}`,
      en: `Indicator: ${INDICATOR_WORDS[name]?.en ?? name}`,
      rule: 'fund.assessment-weights',
      of: { ...(value === undefined ? {} : { value }), none, full, weight },
      is: ratioOf(earned, weight, weights),
      unit: 'bp',
    }
  })
  return { score: steps.reduce((sum, { is }) => sum + is, 0), missing, steps }
}

/** From a score on (hundredths) what share is paid; between two marked `line` the share rises in a line. */
export type Effect = { readonly from: number; readonly share: number; readonly rise: 'step' | 'line' }

/** The share of a surplus that a score gives, basis points. `effects` from the lowest on; below the first nothing is given. */
export const shareByScore = (score: number, effects: readonly Effect[]): number => {
  const at = effects.findLastIndex(({ from }) => score >= from)
  const found = effects[at]
  if (!found) return 0
  const next = effects[at + 1]
  if (found.rise === 'step' || !next) return found.share
  return found.share + ratioOf(next.share - found.share, score - found.from, next.from - found.from)
}

/** What of the withheld prepayment is released: its part by the score. Fen. */
export const releasedOf = (withheldFen: number, score: number): number => ratioOf(withheldFen, score, WHOLE)
