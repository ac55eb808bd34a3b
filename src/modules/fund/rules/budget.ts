import { assert } from '../../../kernel/assert.ts'
import { partOf, ratioOf, splitByWeight } from './parts.ts'
import type { Step } from './steps.ts'
import { WHOLE } from '../../../kernel/share.ts'
import { MONTHS } from './parts.ts'

/** How the budget of a consortium-year is found. */
export type BudgetSources =
  /** What the residents' fund of the area has left after what is kept back, by the people covered. 滨州, 毕节, 阜宁. */
  | {
      readonly method: 'income'
      readonly incomeFen: number
      readonly seriousIllnessFen: number
      readonly otherFen: number
      /** Of the income, basis points. */
      readonly riskShare: number
      readonly covered: number
      readonly insured: number
    }
  /** The mean of three past years, and growth. 广东 2025. */
  | { readonly method: 'past-years'; readonly pastFen: readonly number[]; readonly growth: number }
  /** Last year's budget, and growth. */
  | { readonly method: 'last-budget'; readonly lastFen: number; readonly growth: number }
  /** So much a head by group, weighted by risk, and growth. */
  | {
      readonly method: 'head'
      readonly groups: readonly {
        readonly name: string
        readonly heads: number
        readonly headFen: number
        readonly risk: number
      }[]
      readonly growth: number
    }

/** Money beside the insurance fund that is bundled for the consortium (三明): each source by its name, fen. */
export type Bundled = Readonly<Record<string, number>>

export type Budget = { readonly totalFen: number; readonly fundFen: number; readonly steps: readonly Step[] }

/**
 * The budget of a consortium's year, fen: its part of the insurance fund, and what is bundled with it.
 * @source 41号文; 毕节 2026 and 滨州 (income), 广东 2025 (past years); domain facts 72, 75, 76
 */
export const budgetOf = (sources: BudgetSources, bundled: Bundled = {}): Budget => {
  const fund = fundPart(sources)
  const extra = Object.entries(bundled)
  const totalFen = fund.is + extra.reduce((sum, [, fen]) => sum + fen, 0)
  const steps = [...fund.steps]
  if (extra.length > 0)
    steps.push({
      zh: '与捆绑经费合计',
      en: 'Together with what is bundled',
      rule: 'fund.bundled',
      of: { fundFen: fund.is, ...bundled },
      is: totalFen,
      unit: 'fen',
    })
  return { totalFen, fundFen: fund.is, steps }
}

const grown = (fen: number, growth: number): Step => ({
  zh: '按增长率',
  en: 'With growth',
  rule: 'fund.budget-growth',
  of: { baseFen: fen, growth },
  is: ratioOf(fen, WHOLE + growth, WHOLE),
  unit: 'fen',
})

const fundPart = (sources: BudgetSources): { is: number; steps: Step[] } => {
  switch (sources.method) {
    case 'income': {
      const { incomeFen, seriousIllnessFen, otherFen, riskShare, covered, insured } = sources
      const riskFen = partOf(incomeFen, riskShare)
      const pool = incomeFen - riskFen - seriousIllnessFen - otherFen
      assert(pool >= 0, 'what is kept back is no more than the income')
      const is = ratioOf(pool, covered, insured)
      return {
        is,
        steps: [
          {
            zh: '筹资扣除风险金、大病保险和专项',
            en: 'Income less reserve, serious-illness insurance and special items',
            rule: 'fund.budget-income',
            of: { incomeFen, riskFen, seriousIllnessFen, otherFen },
            is: pool,
            unit: 'fen',
          },
          {
            zh: '按覆盖人口',
            en: 'By the people covered',
            rule: 'fund.budget-income',
            of: { covered, insured },
            is,
            unit: 'fen',
          },
        ],
      }
    }
    case 'past-years': {
      const sum = sources.pastFen.reduce((total, one) => total + one, 0)
      const mean = ratioOf(sum, 1, sources.pastFen.length)
      const step = grown(mean, sources.growth)
      return {
        is: step.is,
        steps: [
          {
            zh: '往年平均',
            en: 'Mean of past years',
            rule: 'fund.budget-past-years',
            of: Object.fromEntries(sources.pastFen.map((fen, at) => [`year${at + 1}Fen`, fen])),
            is: mean,
            unit: 'fen',
          },
          step,
        ],
      }
    }
    case 'last-budget': {
      const step = grown(sources.lastFen, sources.growth)
      return { is: step.is, steps: [step] }
    }
    case 'head': {
      const parts = sources.groups.map(({ name, heads, headFen, risk }): Step => ({
        zh: `${name}:人数 × 定额 × 风险系数`,
        en: `${name}: heads × amount × risk`,
        rule: 'fund.budget-head',
        of: { heads, headFen, risk },
        is: partOf(heads * headFen, risk),
        unit: 'fen',
      }))
      const step = grown(
        parts.reduce((sum, { is }) => sum + is, 0),
        sources.growth,
      )
      return { is: step.is, steps: [...parts, step] }
    }
  }
}

/** Twelve monthly prepayments that sum to the prepaid share of the budget to the fen; the fen that are left come first. */
export const monthlyPrepay = (budgetFen: number, share: number): number[] =>
  splitByWeight(
    partOf(budgetFen, share),
    Array.from({ length: MONTHS }, () => 1),
  )

/** A slice of |S| ÷ G up to `until` (basis points; null: no end), and the share that is kept or paid of it. */
export type Bracket = { readonly until: number | null; readonly share: number }

/** A year's end: what is kept of a surplus, or who bears an overrun. `-1 × network` is what the consortium bears. */
export type YearEnd = {
  readonly balanceFen: number
  readonly keptFen: number
  readonly poolBearsFen: number
  readonly networkBearsFen: number
  readonly steps: readonly Step[]
}

/** The part of an amount that slices by its ratio to a whole give, fen: each slice at its own share, rounded once. */
export const bySlices = (amount: number, whole: number, brackets: readonly Bracket[]): number => {
  let taken = 0n
  let from = 0n
  // Everything × 10 000, so that a slice's border is exact; the shares make it × 10 000 once more.
  const size = BigInt(amount) * 10_000n
  for (const { until, share } of brackets) {
    const border = until === null ? size : BigInt(whole) * BigInt(until)
    const upTo = border < size ? border : size
    if (upTo > from) {
      taken += (upTo - from) * BigInt(share)
      from = upTo
    }
  }
  return Number((taken * 2n + 100_000_000n) / 200_000_000n)
}

/**
 * The end of a year. The spend is of the covered people inside and outside of the county, after audit deductions.
 * A surplus is kept by its brackets and the assessment; of an overrun the pool pays by its brackets and the consortium bears the rest.
 */
export const yearEnd = (
  one: {
    readonly budgetFen: number
    readonly insideFen: number
    readonly outsideFen: number
    readonly deductedFen: number
    readonly assessment: number
  },
  terms: { readonly surplus: readonly Bracket[]; readonly overrun: readonly Bracket[] },
): YearEnd => {
  const spentFen = one.insideFen + one.outsideFen - one.deductedFen
  const balanceFen = one.budgetFen - spentFen
  const spend: Step = {
    zh: '县域内外支出减审核扣减',
    en: 'Spend inside and outside less audit deductions',
    rule: 'fund.spend',
    of: { insideFen: one.insideFen, outsideFen: one.outsideFen, deductedFen: one.deductedFen },
    is: spentFen,
    unit: 'fen',
  }
  const balance: Step = {
    zh: '预算减支出',
    en: 'Budget less spend',
    rule: 'fund.balance',
    of: { budgetFen: one.budgetFen, spentFen },
    is: balanceFen,
    unit: 'fen',
  }
  if (balanceFen >= 0) {
    const byBrackets = bySlices(balanceFen, one.budgetFen, terms.surplus)
    const keptFen = partOf(byBrackets, one.assessment)
    const kept: Step = {
      zh: '结余留用(分段 × 考核)',
      en: 'Surplus kept (by brackets × assessment)',
      rule: 'fund.surplus-kept',
      of: { byBrackets, assessment: one.assessment },
      is: keptFen,
      unit: 'fen',
    }
    return { balanceFen, keptFen, poolBearsFen: 0, networkBearsFen: 0, steps: [spend, balance, kept] }
  }
  const poolBearsFen = bySlices(-balanceFen, one.budgetFen, terms.overrun)
  const networkBearsFen = -balanceFen - poolBearsFen
  const borne: Step = {
    zh: '统筹基金分担',
    en: 'Borne by the pool',
    rule: 'fund.overrun-shared',
    of: { overrunFen: -balanceFen },
    is: poolBearsFen,
    unit: 'fen',
  }
  const rest: Step = {
    zh: '医共体承担',
    en: 'Borne by the consortium',
    rule: 'fund.overrun-shared',
    of: { poolBearsFen },
    is: networkBearsFen,
    unit: 'fen',
  }
  return { balanceFen, keptFen: 0, poolBearsFen, networkBearsFen, steps: [spend, balance, borne, rest] }
}
