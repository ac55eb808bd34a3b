import { ratioOf } from './parts.ts'
import type { Step } from './steps.ts'
import { WHOLE } from '../../../kernel/share.ts'

/** What is counted of the covered people in a year; amounts in fen. Absent where nobody has counted. */
export type YearCounts = {
  readonly costFen: number
  readonly costBeforeFen?: number
  readonly fundFen: number
  readonly inPolicyFen?: number
  readonly visits: number
  readonly primaryVisits: number
  readonly fundInsideFen: number
  readonly fundPrimaryFen: number
  readonly people?: number
  readonly budgetFen?: number
}

export type Measure = {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly formula: { readonly zh: string; readonly en: string }
  readonly from: string
  readonly basis: string
  readonly grade: 'sourced' | 'design'
  readonly good: 'high' | 'low' | 'near'
  readonly unit: 'bp' | 'fen'
  readonly of: (counts: YearCounts) => { over: number; under: number } | null
}

// The five names are the source's; it gives no formulas, so that each formula is our reading of it and graded design.
const NAMES_OF = '关于全面推进紧密型县域医疗卫生共同体建设的指导意见(2023-12-30)列出名称,公式为设计口径'
const FROM = '2024-01-01'
const five = (one: Pick<Measure, 'id' | 'zh' | 'en' | 'formula' | 'good' | 'of'>): Measure => ({
  ...one,
  from: FROM,
  basis: NAMES_OF,
  grade: 'design',
  unit: 'bp',
})

/** The five checks that the fund's total payment is assessed by, and the fund's own measures beside them, as dated definitions. */
export const MEASURES: readonly Measure[] = [
  five({
    id: 'cost-growth',
    zh: '医疗费用增长率',
    en: 'Growth of cost',
    formula: { zh: '(本年费用 − 上年费用) ÷ 上年费用', en: '(cost − last year’s cost) ÷ last year’s cost' },
    good: 'low',
    of: ({ costFen, costBeforeFen }) =>
      costBeforeFen === undefined ? null : { over: costFen - costBeforeFen, under: costBeforeFen },
  }),
  five({
    id: 'reimbursed',
    zh: '医保报销比例',
    en: 'Share reimbursed',
    formula: { zh: '基金支付 ÷ 医疗总费用', en: 'fund paid ÷ total cost' },
    good: 'high',
    of: ({ fundFen, costFen }) => ({ over: fundFen, under: costFen }),
  }),
  five({
    id: 'primary-visits',
    zh: '基层就诊率',
    en: 'Visits at primary care',
    formula: { zh: '基层诊疗人次 ÷ 全部诊疗人次', en: 'visits at primary care ÷ all visits' },
    good: 'high',
    of: ({ primaryVisits, visits }) => ({ over: primaryVisits, under: visits }),
  }),
  five({
    id: 'fund-inside',
    zh: '县域内基金支出比例',
    en: 'Fund spent inside the county',
    formula: { zh: '县域内基金支出 ÷ 参保人全部基金支出', en: 'fund spent inside ÷ all fund spent for the covered' },
    good: 'high',
    of: ({ fundInsideFen, fundFen }) => ({ over: fundInsideFen, under: fundFen }),
  }),
  five({
    id: 'fund-primary',
    zh: '县域内基层医疗卫生机构医保基金占比',
    en: 'Fund of primary institutions inside the county',
    formula: { zh: '基层机构基金支出 ÷ 县域内基金支出', en: 'fund spent at primary institutions ÷ fund spent inside' },
    good: 'high',
    of: ({ fundPrimaryFen, fundInsideFen }) => ({ over: fundPrimaryFen, under: fundInsideFen }),
  }),
  {
    ...five({
      id: 'reimbursed-in-policy',
      zh: '政策范围内报销比例',
      en: 'Share reimbursed within policy',
      formula: { zh: '基金支付 ÷ 政策范围内费用', en: 'fund paid ÷ cost within policy' },
      good: 'high',
      of: ({ fundFen, inPolicyFen }) => (inPolicyFen === undefined ? null : { over: fundFen, under: inPolicyFen }),
    }),
    basis: '设计口径',
  },
  {
    ...five({
      id: 'budget-used',
      zh: '预算执行率',
      en: 'Budget used',
      formula: { zh: '基金支出 ÷ 总额预算', en: 'fund spent ÷ budget' },
      good: 'near',
      of: ({ fundFen, budgetFen }) => (budgetFen === undefined ? null : { over: fundFen, under: budgetFen }),
    }),
    basis: '设计口径',
  },
  {
    ...five({
      id: 'fund-per-head',
      zh: '人均基金支出',
      en: 'Fund spent a head',
      formula: { zh: '基金支出 ÷ 参保人数', en: 'fund spent ÷ covered people' },
      good: 'low',
      of: ({ fundFen, people }) => (people === undefined ? null : { over: fundFen, under: people }),
    }),
    basis: '设计口径',
    unit: 'fen',
  },
]

/** A measure's value with what it is of; null where a part is unknown or there is nothing to divide by. Basis points, or fen a head. */
export const measureOf = (measure: Measure, counts: YearCounts): Step | null => {
  const parts = measure.of(counts)
  if (!parts || parts.under <= 0) return null
  const is = measure.unit === 'fen' ? ratioOf(parts.over, 1, parts.under) : ratioOf(WHOLE, parts.over, parts.under)
  return { zh: measure.formula.zh, en: measure.formula.en, rule: `fund.measure.${measure.id}`, of: parts, is, unit: measure.unit }
}

/** The definitions in force on a day. */
export const measuresOn = (day: string): readonly Measure[] => MEASURES.filter(({ from }) => from <= day)
