import { ratioOf } from '../parts.ts'
import type { Step } from '../steps.ts'

/** A bound with the mark that a stay beyond it gets; basis points. */
export type Rung = { readonly bound: number; readonly mark: number }

/** The directory of supervision of a day. Bounds are shares of the group's mean, the strictest first; basis points. */
export type SupervisionTerms = {
  readonly cheap: readonly Rung[]
  readonly long: readonly Rung[]
  /** Groups in which fewer than this share die: a death there gets the higher mark. */
  readonly lowMortalityBelow: number
  readonly deathMarkLow: number
  readonly deathMarkOther: number
  readonly readmission: { readonly withinDays: number; readonly markSame: number; readonly markOther: number }
  readonly record: RecordTerms
}

/** How a front page may contradict itself, in the order in which a stay is counted: at the first that holds. */
export const RECORD_FAULTS = ['sex', 'age', 'operationMissing', 'operationUnexpected', 'symptom', 'newbornDays'] as const
export type RecordFault = (typeof RECORD_FAULTS)[number]

/** What contradicts, by chapter letter or category of ICD-10, and its marks in basis points. */
export type RecordTerms = {
  readonly womenOnly: readonly string[]
  readonly menOnly: readonly string[]
  /** Years of age, both included, at which a stay for pregnancy or childbirth is believed. */
  readonly childbirthYears: { readonly from: number; readonly until: number }
  /** Years of age up to which a condition of birth is believed as the main diagnosis. */
  readonly perinatalYearsUntil: number
  readonly marks: Readonly<Record<RecordFault, number>>
}

/** How many grouped stays of a hospital's year stand beyond each bound, each counted at the strictest alone. */
export type SupervisedCounts = {
  readonly cases: number
  readonly cheap: readonly number[]
  readonly long: readonly number[]
  readonly deathsLow: number
  readonly deathsOther: number
  /** Stays that say whose they are. */
  readonly named: number
  readonly againSame: number
  readonly againOther: number
  readonly faults: Readonly<Record<RecordFault, number>>
}

/** What a directory says of a hospital's year: how many stays it marks, and their marks over all its stays. */
export type Supervised = { readonly marked: number; readonly index: number; readonly steps: readonly Step[] }
export type Supervision = Readonly<Record<'cheap' | 'long' | 'death' | 'again' | 'record', Supervised>>

const RULE = 'fund.dip-supervision'
const AGAIN_RULE = 'fund.dip-readmission'
const RECORD_RULE = 'fund.dip-record-quality'

const FAULT_WORDS: Readonly<Record<RecordFault, { readonly zh: string; readonly en: string }>> = {
  sex: { zh: '主诊断与性别矛盾', en: 'Main diagnosis contradicts the sex' },
  age: { zh: '主诊断与年龄矛盾', en: 'Main diagnosis contradicts the age' },
  operationMissing: { zh: '治疗方式为操作或手术,没有操作编码', en: 'Treated by a procedure that has no code' },
  operationUnexpected: { zh: '治疗方式为保守,填有操作编码', en: 'Treated without a procedure, yet one is coded' },
  symptom: { zh: '以症状体征(R 编码)为主诊断', en: 'A symptom (R) as the main diagnosis' },
  newbornDays: { zh: '不足一岁,没有日龄', en: 'Below one year without days of age' },
}

type Mark = { readonly zh: string; readonly en: string; readonly count: number; readonly mark: number; readonly of: Step['of'] }

const supervised = (cases: number, marks: readonly Mark[], rule = RULE): Supervised => {
  const sum = marks.reduce((whole, { count, mark }) => whole + count * mark, 0)
  const index = cases === 0 ? 0 : ratioOf(sum, 1, cases)
  return {
    marked: marks.reduce((whole, { count }) => whole + count, 0),
    index,
    steps: [
      ...marks.map(({ zh, en, count, mark, of }): Step => ({ zh, en, rule, of: { ...of, mark }, is: count, unit: 'people' })),
      { zh: '指数 = 各例计分之和 ÷ 病例数', en: 'Index: the marks over all stays', rule, of: { cases }, is: index, unit: 'bp' },
    ],
  }
} // prettier-ignore

// Basis points of a percent. @source the definition of a basis point
const PERCENT_BP = 100

/**
 * A hospital's year by the directory of supervision: stays far cheaper than their group (低标入院), far longer (超长住院), and deaths by how many
 * of the group die (死亡风险). Indexes in basis points, 0 to one whole; they feed the yearly assessment, no payment follows from them alone.
 * Readmission (二次入院) counts a stay whose person left the same hospital within so many days before it ended, unless the return was planned, over
 * the stays that say whose they are; the quality of records (病案质量) counts front pages that contradict themselves.
 * @source the defaults of an open DIP tool (insurance facts C2); which contradictions count is a design
 */
export const supervisionOf = (counts: SupervisedCounts, terms: SupervisionTerms): Supervision => {
  const percent = (bp: number): string => String(bp / PERCENT_BP)
  const { cases } = counts
  const { withinDays, markSame, markOther } = terms.readmission
  return {
    cheap: supervised(cases, terms.cheap.map(({ bound, mark }, at) => ({
      zh: `费用低于病种次均的 ${percent(bound)}%`,
      en: `Cost below ${percent(bound)} % of the group’s mean`,
      count: counts.cheap[at] ?? 0,
      mark,
      of: { bound },
    }))),
    long: supervised(cases, terms.long.map(({ bound, mark }, at) => ({
      zh: `住院日超过病种平均的 ${percent(bound)}%`,
      en: `Days above ${percent(bound)} % of the group’s mean`,
      count: counts.long[at] ?? 0,
      mark,
      of: { bound },
    }))),
    death: supervised(cases, [
      { zh: `死亡,病种死亡率低于 ${percent(terms.lowMortalityBelow)}%`, en: `Deaths where fewer than ${percent(terms.lowMortalityBelow)} % of the group die`, count: counts.deathsLow, mark: terms.deathMarkLow, of: {} },
      { zh: '死亡,其他病种', en: 'Deaths in other groups', count: counts.deathsOther, mark: terms.deathMarkOther, of: {} },
    ]),
    again: supervised(counts.named, [
      { zh: `${withinDays} 日内同类诊断再入院`, en: `Back within ${withinDays} days with the same category`, count: counts.againSame, mark: markSame, of: { withinDays } },
      { zh: `${withinDays} 日内其他诊断再入院`, en: `Back within ${withinDays} days with another`, count: counts.againOther, mark: markOther, of: { withinDays } },
    ], AGAIN_RULE),
    record: supervised(cases, RECORD_FAULTS.map((fault) => ({
      ...FAULT_WORDS[fault],
      count: counts.faults[fault],
      mark: terms.record.marks[fault],
      of: {},
    })), RECORD_RULE),
  }
} // prettier-ignore
