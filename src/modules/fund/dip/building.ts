import { sha256 } from '../../../kernel/sha256.ts'
import { catalogueOf, weightedMean } from '../rules/dip/catalogue.ts'
import type { NamedDischarges } from '../rules/dip/encoder.ts'
import { budgetPointFen } from '../rules/dip/points.ts'
import { pricingOf } from '../rules/dip/pricing.ts'
import { hospitalCoefficient } from '../rules/dip/score.ts'
import type { DipTerms, KeptCatalogue, KeptGroup, LevelCoefficient, PastYearSums } from './dip.ts'

/** What building gives, before somebody is named for it. */
export type Built = Pick<
  KeptCatalogue,
  'cases' | 'groups' | 'core' | 'cut' | 'meanFen' | 'past' | 'pointFen' | 'levels' | 'hash'
> & {
  readonly rows: readonly KeptGroup[]
}

/** The years before the one that is priced, the oldest first. */
export const yearsBefore = (year: number, count: number): number[] => Array.from({ length: count }, (_, at) => year - count + at)

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0)

const levelsOf = ({ levels }: NamedDischarges, weights: readonly number[]): LevelCoefficient[] => {
  const years = weights.length
  const flat = (of: 'cases' | 'costFen') => levels.flatMap((one) => one[of])
  const all = {
    years,
    cases: Int32Array.from(weights.map((_, year) => sum(levels.map(({ cases }) => cases[year] ?? 0)))),
    costFen: Float64Array.from(weights.map((_, year) => sum(levels.map(({ costFen }) => costFen[year] ?? 0)))),
  }
  const each = { years, cases: Int32Array.from(flat('cases')), costFen: Float64Array.from(flat('costFen')) }
  const regionMean = Math.max(1, Math.round(weightedMean(all, 0, weights)))
  return levels.map(({ level, cases }, at) => {
    const meanFen = Math.round(weightedMean(each, at, weights))
    return { level, cases: sum(cases), meanFen, coefficient: hospitalCoefficient(meanFen, regionMean, []) }
  })
}

// Why a group has one price, where the rulebook's list says so and nobody has said otherwise.
const BECAUSE = {
  'basic-level': '列入规则库基层病种清单(fund.dip-basic-level)',
  'tcm-advantage': '列入规则库中医优势病种清单(fund.dip-tcm-advantage)',
} as const

const pricedBy = (key: string, { lists }: DipTerms): Pick<KeptGroup, 'pricing' | 'pricingBecause'> => {
  const pricing = lists ? pricingOf(key, lists) : 'level'
  return { pricing, pricingBecause: pricing === 'level' ? null : BECAUSE[pricing] }
}

/**
 * Builds a catalogue out of the discharges of the years before: groups with their scores, the coefficients of the levels, and what a point was
 * worth. The same discharges and terms give the same hash. There is at least one discharge.
 */
export const buildCatalogue = (of: NamedDischarges, terms: DipTerms, year: number): Built => {
  const weights = terms.catalogue.yearWeights
  const { groups, cut, meanFen } = catalogueOf(of, terms.catalogue)
  const rows = groups
    .map((one): KeptGroup => ({ ...one, zh: of.names.get(one.key) ?? one.key, ...pricedBy(one.key, terms) }))
    .toSorted((one, other) => (one.key < other.key ? -1 : 1))
  const costs = costsByYear(of, weights.length)
  const past = yearsBefore(year, weights.length).map((past, at): PastYearSums => ({
    year: past,
    cases: sum(rows.map(({ cases }) => cases[at] ?? 0)),
    totalFen: costs[at] ?? 0,
    scoreE4: sum(rows.map(({ cases, scoreE4 }) => (cases[at] ?? 0) * scoreE4)),
  }))
  const levels = levelsOf(of, weights)
  return {
    cases: of.discharges.group.length,
    groups: rows.length,
    core: rows.filter(({ kind }) => kind === 'core').length,
    cut,
    meanFen,
    past,
    pointFen: Math.max(1, budgetPointFen(past.map((one, at) => ({ ...one, weight: weights[at] ?? 0 })))),
    levels,
    hash: sha256(JSON.stringify({ terms, year, levels, rows: rows.map(({ key, cases, scoreE4 }) => [key, cases, scoreE4]) })),
    rows,
  }
}

const costsByYear = ({ levels }: NamedDischarges, years: number): number[] =>
  Array.from({ length: years }, (_, year) => sum(levels.map(({ costFen }) => costFen[year] ?? 0)))

/** The mean score of cases over the base of the catalogue, basis points: how hard a hospital's cases are (CMI). */
export const caseMixOf = (scoreE4: number, cases: number, base: number): number =>
  cases === 0 ? 0 : Math.round(scoreE4 / cases / base)
