import { partOf, MONTHS, ratioOf } from './parts.ts'
import type { Step } from './steps.ts'

/** What a contract of an institution for a group says. Shares in basis points. */
export type HeadTerms = {
  /** For one person in a whole year, fen. */
  readonly priceFen: number
  /** Of a surplus, what the institution keeps. */
  readonly surplusKept: number
  /** Of an overrun, what the institution bears. */
  readonly overrunBorne: number
}

/** What was entered of a month: who joined in it, who left with its end, and what the group cost wherever it was treated, fen. */
export type HeadMonth = { readonly month: number; readonly joins: number; readonly leaves: number; readonly spendFen: number }

/** A month of a contract: people paid for in it, who leave with its end, spend. */
export type CountedMonth = HeadMonth & { readonly heads: number }

/** The months of a year in their order: whoever joins counts from that month on, whoever leaves until the end of it. */
export const countMonths = (entries: readonly HeadMonth[]): CountedMonth[] => {
  let stay = 0
  return Array.from({ length: MONTHS }, (_none, at) => {
    const own = entries.filter(({ month }) => month === at + 1)
    const sum = (of: 'joins' | 'leaves' | 'spendFen'): number => own.reduce((all, one) => all + one[of], 0)
    const [joins, leaves] = [sum('joins'), sum('leaves')]
    const heads = stay + joins
    stay = heads - leaves
    return { month: at + 1, joins, leaves, spendFen: sum('spendFen'), heads }
  })
}

/** Whether the months can be true: nobody leaves who was not there, and no spend is below zero. */
export const areMonthsPossible = (entries: readonly HeadMonth[]): boolean =>
  countMonths(entries).every(
    ({ heads, leaves, joins, spendFen }) => joins >= 0 && leaves >= 0 && leaves <= heads && spendFen >= 0,
  )

/** The last month of which anything was entered, 0 for none. */
export const lastEntered = (entries: readonly HeadMonth[]): number => Math.max(0, ...entries.map(({ month }) => month))

export type HeadResult = {
  readonly headMonths: number
  readonly paidFen: number
  readonly spendFen: number
  readonly balanceFen: number
  /** Of a surplus: kept by the institution, and given back to the fund. */
  readonly keptFen: number
  readonly backFen: number
  /** Of an overrun: borne by the institution, and paid besides by the fund. */
  readonly borneFen: number
  readonly fundBearsFen: number
  readonly steps: readonly Step[]
}

const step = (zh: string, en: string, rule: string, of: Step['of'], is: number, unit: Step['unit'] = 'fen'): Step => ({
  zh,
  en,
  rule,
  of,
  is,
  unit,
})

/**
 * What a contract comes to by the end of a month: paid by the months of its people, a twelfth of the price each, against what they cost.
 * A surplus is kept, an overrun borne by the institution at the contract's shares; the rest is the fund's.
 * @source 天津 2022-02-16 as 央视 tells it: 7 500 yuan a patient and year; 1 000 patients at 6 000 leave 1.5 million.
 */
export const headResult = (terms: HeadTerms, entries: readonly HeadMonth[], through: number): HeadResult => {
  const months = countMonths(entries).slice(0, through)
  const headMonths = months.reduce((sum, { heads }) => sum + heads, 0)
  const spendFen = months.reduce((sum, one) => sum + one.spendFen, 0)
  const paidFen = ratioOf(terms.priceFen, headMonths, MONTHS)
  const balanceFen = paidFen - spendFen
  const surplusFen = Math.max(0, balanceFen)
  const overrunFen = Math.max(0, -balanceFen)
  const keptFen = partOf(surplusFen, terms.surplusKept)
  const borneFen = partOf(overrunFen, terms.overrunBorne)
  const backFen = surplusFen - keptFen
  const fundBearsFen = overrunFen - borneFen
  const ending =
    balanceFen >= 0
      ? [
          step(
            '机构留用',
            'Kept by the institution',
            'fund.heads.surplus',
            { surplusFen, surplusKept: terms.surplusKept },
            keptFen,
          ),
          step('退回基金', 'Given back to the fund', 'fund.heads.surplus', { surplusFen, keptFen }, backFen),
        ]
      : [
          step(
            '机构承担',
            'Borne by the institution',
            'fund.heads.overrun',
            { overrunFen, overrunBorne: terms.overrunBorne },
            borneFen,
          ),
          step('基金补付', 'Paid besides by the fund', 'fund.heads.overrun', { overrunFen, borneFen }, fundBearsFen),
        ]
  return {
    headMonths,
    paidFen,
    spendFen,
    balanceFen,
    keptFen,
    backFen,
    borneFen,
    fundBearsFen,
    steps: [
      step('各月在册人数相加', 'People of each month, summed', 'fund.heads.months', { months: through }, headMonths, 'people'),
      step('按人头支付:定额 × 人月 ÷ 12', 'Paid by the head: price × months of people ÷ 12', 'fund.heads.paid', { priceFen: terms.priceFen, headMonths }, paidFen),
      step('实际费用(不论在何处就医)', 'Actual cost, wherever treated', 'fund.heads.spend', { months: through }, spendFen),
      step('结余(负数为超支)', 'Surplus (below zero: overrun)', 'fund.heads.balance', { paidFen, spendFen }, balanceFen),
      ...ending,
    ],
  } // prettier-ignore
}
