import { assert } from '../../../kernel/assert.ts'
import type { Day } from '../../../kernel/day.ts'
import { WHOLE } from '../../../kernel/share.ts'
import type { Grade, Rulebook } from '../../../shapes/rulebook.ts'
import { ratioOf } from './parts.ts'
import type { Step } from './steps.ts'

/** What is counted of a consortium or an institution from the first of January to the end of a month; amounts in fen. */
export const COUNTS = [
  'costFen',
  'costBeforeFen',
  'fundFen',
  'inPolicyFen',
  'visits',
  'primaryVisits',
  'fundCoveredFen',
  'fundPharmacyFen',
  'fundInsideFen',
  'fundPrimaryFen',
  'people',
  'budgetFen',
] as const
export type CountName = (typeof COUNTS)[number]
/** What nobody has counted is absent. */
export type Counts = Readonly<Partial<Record<CountName, number>>>

/** What each count is, in words. */
export const COUNT_WORDS: Readonly<Record<CountName, { readonly zh: string; readonly en: string }>> = {
  costFen: { zh: '医疗总费用', en: 'total cost' },
  costBeforeFen: { zh: '上年同期医疗总费用', en: 'total cost of the same months last year' },
  fundFen: { zh: '各层基金支付', en: 'paid by all funds' },
  inPolicyFen: { zh: '政策范围内费用', en: 'cost within policy' },
  visits: { zh: '全部诊疗人次', en: 'all visits' },
  primaryVisits: { zh: '基层诊疗人次', en: 'visits at primary care' },
  fundCoveredFen: { zh: '参保人全部基金支出', en: 'fund spent for the covered' },
  fundPharmacyFen: { zh: '定点药店基金支出', en: 'fund spent at pharmacies' },
  fundInsideFen: { zh: '县域内基金支出', en: 'fund spent inside the county' },
  fundPrimaryFen: { zh: '县域内基层机构基金支出', en: 'fund spent at primary institutions inside' },
  people: { zh: '参保人数', en: 'covered people' },
  budgetFen: { zh: '总额预算', en: 'budget' },
}

type Term = { readonly count: CountName; readonly times: number }

/** A measure as the rulebook of a day defines it: one sum of counts over another. */
export type Measure = {
  readonly id: string
  readonly number: number
  readonly zh: string
  readonly en: string
  readonly over: readonly Term[]
  readonly under: readonly Term[]
  readonly from: Day
  readonly basis: string
  readonly grade: Grade
  readonly good: 'high' | 'low' | 'near'
  readonly unit: 'bp' | 'fen'
}

const PREFIX = 'fund.measures.'
const GOOD = { '1': 'high', '-1': 'low', '0': 'near' } as const

const termsOf = (side: 'over' | 'under', amounts: Readonly<Record<string, number>>): Term[] =>
  COUNTS.flatMap((count) => {
    const times = amounts[`${side} ${count}`]
    return times === undefined ? [] : [{ count, times }]
  })

/**
 * The definitions in force on a day, by their numbers: the five checks of a consortium's total payment first, then the fund's own.
 * A definition names its counts with how often each is taken, `over costFen: 1`.
 */
export const measuresOn = (rulebook: Rulebook, day: Day): Measure[] =>
  [...rulebook.entries.values()]
    .filter(({ id }) => id.startsWith(PREFIX))
    .flatMap(({ id, zh, en, unit, values }) => {
      const lines = values.filter(({ from, until }) => from <= day && (until === null || day < until))
      assert(lines.length <= 1, `${id} has one definition a day`)
      return lines.map(({ from, basis, grade, amounts }): Measure => ({
        id: id.slice(PREFIX.length),
        number: amounts.number ?? 0,
        zh,
        en,
        over: termsOf('over', amounts),
        under: termsOf('under', amounts),
        from,
        basis,
        grade,
        good: GOOD[String(amounts.good) as keyof typeof GOOD],
        unit: unit.startsWith('fen') ? 'fen' : 'bp',
      }))
    })
    .toSorted((one, other) => one.number - other.number)

const sumIn = (terms: readonly Term[], counts: Counts): number | null =>
  terms.reduce<number | null>((sum, { count, times }) => {
    const value = counts[count]
    return sum === null || value === undefined ? null : sum + times * value
  }, 0)

const said = (terms: readonly Term[], language: 'zh' | 'en'): string => {
  const text = terms
    .map(({ count, times }, at) => `${times < 0 ? '− ' : at === 0 ? '' : '+ '}${COUNT_WORDS[count][language]}`)
    .join(' ')
  return terms.length > 1 ? `(${text})` : text
}

/** A measure's formula in words. */
export const formulaOf = ({ over, under }: Measure): { readonly zh: string; readonly en: string } => ({
  zh: `${said(over, 'zh')} ÷ ${said(under, 'zh')}`,
  en: `${said(over, 'en')} ÷ ${said(under, 'en')}`,
})

/** The counts that a measure asks for. */
export const countsOf = ({ over, under }: Measure): CountName[] =>
  COUNTS.filter((name) => [...over, ...under].some(({ count }) => count === name))

/** A measure's value with what it is of; null where a count is unknown or there is nothing to divide by. Basis points, or fen a head. */
export const measureOf = (measure: Measure, counts: Counts): Step | null => {
  const over = sumIn(measure.over, counts)
  const under = sumIn(measure.under, counts)
  if (over === null || under === null || under <= 0) return null
  const is = measure.unit === 'fen' ? ratioOf(over, 1, under) : ratioOf(WHOLE, over, under)
  const of = Object.fromEntries(countsOf(measure).map((name) => [name, counts[name] ?? 0]))
  return { ...formulaOf(measure), rule: `${PREFIX}${measure.id}`, of, is, unit: measure.unit }
}

/** How a value stands to the one before, given which way is good; null where one is unknown, or neither way is good. */
export const trendOf = (
  measure: Pick<Measure, 'good'>,
  is: number | null,
  before: number | null,
): 'better' | 'worse' | 'same' | null => {
  if (is === null || before === null || measure.good === 'near') return null
  if (is === before) return 'same'
  return is > before === (measure.good === 'high') ? 'better' : 'worse'
}
