import { assert } from '../../../../kernel/assert.ts'
import { fencesOf, sumsInside, sumsOf, type Discharges, type Sums } from './sums.ts'
import { WHOLE } from '../../../../kernel/share.ts'

// What a 32-bit number holds: sums are kept in arrays of them.
const FEN_MOST = 2 ** 31

/** How a stay was treated, from light to heavy: what rare groups are merged by. */
export const TREATMENTS = ['conservative', 'diagnostic', 'therapeutic', 'surgical'] as const
export type Treatment = (typeof TREATMENTS)[number]

/** A discharge as its front page says it. Cost in fen. */
export type Discharge = {
  /** ICD-10, the insurance edition: `K35.900x002`. */
  readonly diagnosis: string
  /** ICD-9-CM-3 of what was done, in any order; empty for a conservative stay. */
  readonly procedures: readonly string[]
  readonly treatment: Treatment
  /** Which of the years, 0 is the oldest. */
  readonly year: number
  readonly costFen: number
}

/** What a catalogue is built by; all from the rulebook of its day. */
export type CatalogueTerms = {
  /** Weights of the years, the oldest first: 1, 2, 7. */
  readonly yearWeights: readonly number[]
  /** From how many cases on a group is a core group of its own. */
  readonly casesMin: number
  /** Percentiles between which costs count, basis points, and from how many cases on a group is trimmed. */
  readonly trim: { readonly lowest: number; readonly highest: number; readonly casesMin: number }
  /** The score of a case of mean cost: 1 000. */
  readonly base: number
}

export type DipGroup = {
  /** `K35.9:47.01` for a core group; `K35:surgical` for a comprehensive one. */
  readonly key: string
  readonly kind: 'core' | 'comprehensive'
  readonly cases: readonly number[]
  readonly casesCut: number
  /** The mean of the years by their weights, fen; not rounded. */
  readonly meanFen: number
  /** The score in ten-thousandths of a point. */
  readonly scoreE4: number
}
export type Catalogue = {
  readonly groups: readonly DipGroup[]
  /** Of each basic group, where in `groups` it stands. */
  readonly into: Uint32Array
  /** The mean cost of all cases by the same weights: what a score is measured by. Fen. */
  readonly meanFen: number
  /** Cases cut of all, basis points. */
  readonly cut: number
}

/** The subcategory of a diagnosis: its first four signs and the dot, `K35.9`. */
export const subcategoryOf = (diagnosis: string): string => diagnosis.slice(0, 5)

/** The basic group of a discharge: diagnosis and what was done. */
export const keyOf = ({ diagnosis, procedures }: Pick<Discharge, 'diagnosis' | 'procedures'>): string =>
  `${subcategoryOf(diagnosis)}:${[...new Set(procedures)].toSorted().join('+') || 'n'}`

/** The group that a rare one is merged into: the category of the diagnosis and how it was treated. */
export const mergedKeyOf = ({ diagnosis, treatment }: Pick<Discharge, 'diagnosis' | 'treatment'>): string =>
  `${diagnosis.slice(0, 3)}:${treatment}`

/**
 * The heavier of two treatments. The same procedures should be of one treatment; where front pages disagree, the heavier counts for all of
 * them, whichever came first.
 */
export const heavierOf = (one: Treatment, other: Treatment): Treatment =>
  TREATMENTS.indexOf(other) > TREATMENTS.indexOf(one) ? other : one

/** Codes turned into numbers once: columns, and the names that the numbers stand for. */
export type Encoded = { readonly discharges: Discharges; readonly keys: readonly string[]; readonly merged: readonly string[] }

export const encode = (rows: readonly Discharge[]): Encoded => {
  const ids = new Map<string, number>()
  const keys: string[] = []
  const treatments: Treatment[] = []
  const group = new Uint32Array(rows.length)
  const year = new Uint8Array(rows.length)
  const costFen = new Int32Array(rows.length)
  for (const [at, row] of rows.entries()) {
    assert(
      Number.isSafeInteger(row.costFen) && row.costFen >= 0 && row.costFen < FEN_MOST,
      'a stay costs whole fen, below 21 million yuan',
    )
    const key = keyOf(row)
    let id = ids.get(key)
    if (id === undefined) {
      id = keys.length
      ids.set(key, id)
      keys.push(key)
      treatments.push(row.treatment)
    }
    treatments[id] = heavierOf(treatments[id] as Treatment, row.treatment)
    group[at] = id
    year[at] = row.year
    costFen[at] = row.costFen
  }
  const merged = keys.map((key, id) => mergedKeyOf({ diagnosis: key, treatment: treatments[id] as Treatment }))
  return { discharges: { group, year, costFen }, keys, merged }
}

/** A mean of years by weight; a year without a case says nothing, the others' weights stand for it. */
export const weightedMean = (sums: Sums, group: number, weights: readonly number[]): number => {
  let over = 0
  let under = 0
  for (const [year, weight] of weights.entries()) {
    const cases = sums.cases[group * sums.years + year] as number
    if (cases === 0) continue
    over += weight * ((sums.costFen[group * sums.years + year] as number) / cases)
    under += weight
  }
  return under === 0 ? 0 : over / under
}

/**
 * The catalogue of a region: groups with enough cases are core groups, the others are merged by category and treatment; the mean of each is
 * taken inside its percentiles and by the weights of the years; its score is that mean over the mean of all.
 * @source 医保办发〔2020〕50号 技术规范 (years 1:2:7, 15 cases, core and comprehensive groups)
 */
export const catalogueOf = ({ discharges, keys, merged }: Encoded, terms: CatalogueTerms): Catalogue => {
  const years = terms.yearWeights.length
  const basic = sumsOf(discharges, keys.length, years)
  const { into, names } = placesOf(basic, keys, merged, terms.casesMin)
  const fences = fencesOf(discharges, into, names.length, terms.trim)
  const inside = sumsInside(discharges, into, fences, years)
  const all = mergedSums(basic, into, names.length)
  const meanFen = weightedMean(mergedSums(inside, new Uint32Array(names.length), 1), 0, terms.yearWeights)
  const groups = names.map(({ key, kind }, at): DipGroup => {
    const of = (sums: Sums) => [...sums.cases.subarray(at * years, (at + 1) * years)]
    const cases = of(all)
    const mean = weightedMean(inside, at, terms.yearWeights)
    const casesCut = total(cases) - total(of(inside))
    return { key, kind, cases, casesCut, meanFen: mean, scoreE4: scoreOfMean(mean, meanFen, terms.base) }
  })
  const count = discharges.group.length
  return {
    groups,
    into,
    meanFen,
    cut: count === 0 ? 0 : Math.round((groups.reduce((sum, one) => sum + one.casesCut, 0) * WHOLE) / count),
  }
}

// Where nothing cost anything no group is worth more than another.
const scoreOfMean = (mean: number, meanFen: number, base: number): number =>
  meanFen === 0 ? 0 : Math.round((mean / meanFen) * base * WHOLE)

const total = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0)

const placesOf = (basic: Sums, keys: readonly string[], merged: readonly string[], casesMin: number) => {
  const into = new Uint32Array(keys.length)
  const names: { key: string; kind: DipGroup['kind'] }[] = []
  const comprehensive = new Map<string, number>()
  for (const [at, key] of keys.entries()) {
    let cases = 0
    for (let year = 0; year < basic.years; year++) cases += basic.cases[at * basic.years + year] as number
    if (cases >= casesMin) {
      into[at] = names.push({ key, kind: 'core' }) - 1
      continue
    }
    const name = merged[at] as string
    const place = comprehensive.get(name) ?? names.push({ key: name, kind: 'comprehensive' }) - 1
    comprehensive.set(name, place)
    into[at] = place
  }
  return { into, names }
}

const mergedSums = (sums: Sums, into: Uint32Array, groups: number): Sums => {
  const cases = new Int32Array(groups * sums.years)
  const costFen = new Float64Array(groups * sums.years)
  for (let at = 0; at < into.length; at++)
    for (let year = 0; year < sums.years; year++) {
      const to = (into[at] as number) * sums.years + year
      cases[to] = (cases[to] as number) + (sums.cases[at * sums.years + year] as number)
      costFen[to] = (costFen[to] as number) + (sums.costFen[at * sums.years + year] as number)
    }
  return { years: sums.years, cases, costFen }
}
