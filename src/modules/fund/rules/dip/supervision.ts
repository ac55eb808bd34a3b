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
}

/** How many grouped stays of a hospital's year stand beyond each bound, each counted at the strictest alone. */
export type SupervisedCounts = {
  readonly cases: number
  readonly cheap: readonly number[]
  readonly long: readonly number[]
  readonly deathsLow: number
  readonly deathsOther: number
}

/** What a directory says of a hospital's year: how many stays it marks, and their marks over all its stays. */
export type Supervised = { readonly marked: number; readonly index: number; readonly steps: readonly Step[] }
export type Supervision = Readonly<Record<'cheap' | 'long' | 'death', Supervised>>

const RULE = 'fund.dip-supervision'

type Mark = { readonly zh: string; readonly en: string; readonly count: number; readonly mark: number; readonly of: Step['of'] }

const supervised = (cases: number, marks: readonly Mark[]): Supervised => {
  const sum = marks.reduce((whole, { count, mark }) => whole + count * mark, 0)
  const index = cases === 0 ? 0 : ratioOf(sum, 1, cases)
  return {
    marked: marks.reduce((whole, { count }) => whole + count, 0),
    index,
    steps: [
      ...marks.map(({ zh, en, count, mark, of }): Step => ({ zh, en, rule: RULE, of: { ...of, mark }, is: count, unit: 'people' })),
      { zh: '指数 = 各例计分之和 ÷ 病例数', en: 'Index: the marks over all stays', rule: RULE, of: { cases }, is: index, unit: 'bp' },
    ],
  }
} // prettier-ignore

// Basis points of a percent. @source the definition of a basis point
const PERCENT_BP = 100

/**
 * A hospital's year by the directory of supervision: stays far cheaper than their group (低标入院), far longer (超长住院), and deaths by how many
 * of the group die (死亡风险). Indexes in basis points, 0 to one whole; they feed the yearly assessment, no payment follows from them alone.
 * @source the defaults of an open DIP tool (insurance facts C2); readmission and the quality of records need data that a discharge does not carry
 */
export const supervisionOf = (counts: SupervisedCounts, terms: SupervisionTerms): Supervision => {
  const percent = (bp: number): string => String(bp / PERCENT_BP)
  const { cases } = counts
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
  }
} // prettier-ignore
