import type { AreaClaim } from './area-claim.ts'
import type { CareKind } from './area-schema.ts'
import type { SettledClaim } from './settle-claim.ts'
import { levelsBefore, opens, refuseContradiction, type Opening, type OpeningScope } from './year-opening.ts'

/**
 * A bill of a person's year. What the year has seen before it is worked out of the bills before; the first bill of a year, or of a kind of
 * care in it, may state what came before all that is known here.
 */
export type YearBill = {
  readonly id: string
  readonly hospital: string
  readonly claim: AreaClaim
  /** Bills of the stays that this one goes on from: their deductibles are those that were settled. */
  readonly goesOnFrom?: readonly string[]
}
/** `openings`: with what the years began, as far as bills up to this one state it. */
export type SettledBill = {
  readonly bill: YearBill
  readonly claim: AreaClaim
  readonly settled: SettledClaim
  readonly openings?: readonly Opening[]
}

/** What a bill adds to a person's year: the cumulators of the national platform. Fen. */
export type Added = {
  readonly care: CareKind
  readonly deductibleFen: number
  readonly totalFen: number
  readonly inScopeFen: number
  readonly fundFen: number
  /** What it used of each limit of a category or a disease. */
  readonly limitsUsed: Readonly<Record<string, number>>
  readonly layers: Readonly<Record<string, { readonly baseFen: number; readonly paidFen: number }>>
}

/** What a settled bill adds to the cumulators of its year. */
export const addedBy = ({ claim, settled }: Pick<SettledBill, 'claim' | 'settled'>): Added => ({
  care: claim.care,
  deductibleFen: settled.deductibleFen,
  totalFen: settled.totalFen,
  inScopeFen: settled.inScopeFen,
  fundFen: settled.basicFen,
  limitsUsed: settled.limitsUsed,
  layers: Object.fromEntries(settled.layers.map(({ layer, baseFen, amountFen }) => [layer, { baseFen, paidFen: amountFen }])),
})

const YEAR_CHARS = 'YYYY'.length
const MONTH_CHARS = 'YYYY-MM'.length
// Calendar quarters. @source the Gregorian calendar
const MONTHS_OF_QUARTER = 3
export const yearOf = (day: string): string => day.slice(0, YEAR_CHARS)
const monthOf = (day: string): string => day.slice(0, MONTH_CHARS)
const quarterOf = (day: string): string =>
  `${yearOf(day)}-${Math.ceil(Number(day.slice(YEAR_CHARS + 1, MONTH_CHARS)) / MONTHS_OF_QUARTER)}`

/** Counts of one kind of care in a year, a quarter or a month, at a hospital: kept up bill by bill, so that a year is linear in its bills. */
type Sums = {
  deductibleFen: number
  totalFen: number
  inScopeFen: number
  fundFen: number
  limitsUsed: Readonly<Record<string, number>>
}
const NO_SUMS: Readonly<Sums> = { deductibleFen: 0, totalFen: 0, inScopeFen: 0, fundFen: 0, limitsUsed: {} }

type LayersOfCare = NonNullable<AreaClaim['before']['layersOfCare']>

const paidOf = (layers: Added['layers']): Record<string, number> =>
  Object.fromEntries(Object.entries(layers).map(([name, { paidFen }]) => [name, paidFen]))

const plus = (
  some: Readonly<Record<string, number>>,
  more: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> => {
  const sum = { ...some }
  for (const [name, fen] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + fen
  return sum
}

type LimitsUsed = NonNullable<AreaClaim['before']['limitsUsed']>

/** What a bill states of its limits, of one period. */
const ofPeriod = (used: LimitsUsed | undefined, period: 'yearFen' | 'quarterFen' | 'monthFen'): Record<string, number> =>
  Object.fromEntries(Object.entries(used ?? {}).map(([name, seen]) => [name, seen[period]]))

const usedOf = (year: Readonly<Sums>, quarter: Readonly<Sums>, month: Readonly<Sums>): LimitsUsed =>
  Object.fromEntries(
    Object.entries(year.limitsUsed).map(([name, yearFen]) => [name, { yearFen, quarterFen: quarter.limitsUsed[name] ?? 0, monthFen: month.limitsUsed[name] ?? 0 }]), // prettier-ignore
  )

/** What the settled bills of a person's years have used, by year, care, quarter, month and hospital. */
export class Used {
  readonly #sums = new Map<string, Sums>()
  readonly #levels = new Map<string, AreaClaim['level'][]>()
  readonly #stays = new Map<string, number>()
  readonly #layers = new Map<string, AreaClaim['before']['layers']>()
  readonly #layersOfCare = new Map<string, LayersOfCare>()
  readonly #unsorted = new Set<string>()
  readonly #begun = new Set<string>()
  openings: readonly Opening[] = []
  readonly bills = new Map<string, SettledBill>()

  add(one: SettledBill): void {
    const { day, care, level } = one.claim
    const added = addedBy(one)
    for (const key of [yearOf(day), ...[yearOf(day), quarterOf(day), monthOf(day)].map((period) => `${care} ${period}`)])
      this.#addSums(key, added)
    const ofCare = `${care} ${yearOf(day)}`
    this.#addStays(ofCare, [level], one.bill.hospital, 1)
    this.#addLayers(yearOf(day), added)
    this.#addOfCare(yearOf(day), { [care]: paidOf(added.layers) })
    this.#begun.add(yearOf(day)).add(ofCare)
    this.bills.set(one.bill.id, one)
  }

  #addSums(key: string, { deductibleFen, totalFen, inScopeFen, fundFen, limitsUsed }: Sums): void {
    const sums = this.#sums.get(key) ?? { ...NO_SUMS }
    sums.deductibleFen += deductibleFen
    sums.totalFen += totalFen
    sums.inScopeFen += inScopeFen
    sums.fundFen += fundFen
    sums.limitsUsed = plus(sums.limitsUsed, limitsUsed)
    this.#sums.set(key, sums)
  }

  #addStays(ofCare: string, levels: readonly AreaClaim['level'][], hospital: string, count: number): void {
    const known = this.#levels.get(ofCare)
    if (known === undefined) this.#levels.set(ofCare, [...levels])
    else known.push(...levels)
    const here = `${ofCare} ${hospital}`
    this.#stays.set(here, (this.#stays.get(here) ?? 0) + count)
  }

  /** Begins a year, or a kind of care in it, with what a bill states of the time before. */
  begin(opening: Opening): void {
    const { key, scope, hospital, claim } = opening
    const { deductiblePaidFen, fundPaidFen, before, day, care } = claim
    this.openings = [...this.openings, opening]
    if (scope === 'year') {
      this.#addSums(key, { ...NO_SUMS, fundFen: fundPaidFen })
      this.#addLayers(key, before)
      if (before.layersOfCare !== undefined) this.#addOfCare(key, before.layersOfCare)
      else if (Object.values(before.layers).some(({ paidFen }) => paidFen > 0)) this.#unsorted.add(key)
      return
    }
    const { limitsUsed } = before
    if (limitsUsed === undefined && before.inScopeFen + before.totalFen + before.careFundFen > 0) this.#unsorted.add(key)
    this.#addSums(key, { deductibleFen: deductiblePaidFen, totalFen: before.totalFen, inScopeFen: before.inScopeFen, fundFen: before.careFundFen, limitsUsed: ofPeriod(limitsUsed, 'yearFen') }) // prettier-ignore
    this.#addSums(`${care} ${quarterOf(day)}`, { deductibleFen: before.quarterDeductibleFen, totalFen: before.quarterTotalFen, inScopeFen: before.quarterInScopeFen, fundFen: before.careFundQuarterFen, limitsUsed: ofPeriod(limitsUsed, 'quarterFen') }) // prettier-ignore
    this.#addSums(`${care} ${monthOf(day)}`, { deductibleFen: before.monthDeductibleFen, totalFen: before.monthTotalFen, inScopeFen: before.monthInScopeFen, fundFen: before.careFundMonthFen, limitsUsed: ofPeriod(limitsUsed, 'monthFen') }) // prettier-ignore
    this.#addStays(key, levelsBefore(claim), hospital, before.staysHere)
  }

  /** Takes what a bill states as the opening of what it is the first of; of any other it may not say otherwise than the year. */
  open(bill: YearBill): void {
    const { claim, id, hospital } = bill
    const scopes: [OpeningScope, string][] = [['year', yearOf(claim.day)], ['care', `${claim.care} ${yearOf(claim.day)}`]] // prettier-ignore
    for (const [scope, key] of scopes) {
      const isKnown = this.#begun.has(key) || this.openings.some((one) => one.key === key)
      if (isKnown) refuseContradiction(scope, claim, this.before(bill))
      else if (opens(scope, claim)) this.begin({ key, scope, by: id, hospital, claim })
    }
  }

  #addLayers(year: string, { layers }: Pick<Added, 'layers'>): void {
    const seen = this.#layers.get(year) ?? {}
    for (const [name, { baseFen, paidFen }] of Object.entries(layers)) {
      const before = seen[name] ?? { baseFen: 0, paidFen: 0 }
      seen[name] = { baseFen: before.baseFen + baseFen, paidFen: before.paidFen + paidFen }
    }
    this.#layers.set(year, seen)
  }

  #addOfCare(year: string, paid: LayersOfCare): void {
    const seen = this.#layersOfCare.get(year) ?? {}
    for (const [care, layers] of Object.entries(paid)) {
      const own = (seen[care as CareKind] ??= {})
      for (const [name, fen] of Object.entries(layers)) own[name] = (own[name] ?? 0) + fen
    }
    this.#layersOfCare.set(year, seen)
  }

  /** What the layers paid by kind of care; not known of a year that began with what they paid, and in which care was not said. */
  #ofCare(year: string): { layersOfCare?: LayersOfCare } {
    return this.#unsorted.has(year) ? {} : { layersOfCare: structuredClone(this.#layersOfCare.get(year) ?? {}) }
  }

  /** What the year has seen before a bill, as a claim states it. The year is that of the day of discharge. */
  before({ claim: { day, care }, hospital }: Pick<YearBill, 'claim' | 'hospital'>) {
    const sums = (key: string): Readonly<Sums> => this.#sums.get(key) ?? NO_SUMS
    const ofCare = `${care} ${yearOf(day)}`
    const alike = sums(ofCare)
    const ofMonth = sums(`${care} ${monthOf(day)}`)
    const ofQuarter = sums(`${care} ${quarterOf(day)}`)
    return {
      deductiblePaidFen: alike.deductibleFen,
      fundPaidFen: sums(yearOf(day)).fundFen,
      earlierLevels: this.#levels.get(ofCare) ?? [],
      before: {
        inScopeFen: alike.inScopeFen,
        quarterInScopeFen: ofQuarter.inScopeFen,
        monthInScopeFen: ofMonth.inScopeFen,
        totalFen: alike.totalFen,
        quarterTotalFen: ofQuarter.totalFen,
        monthTotalFen: ofMonth.totalFen,
        quarterDeductibleFen: ofQuarter.deductibleFen,
        monthDeductibleFen: ofMonth.deductibleFen,
        careFundFen: alike.fundFen,
        careFundMonthFen: ofMonth.fundFen,
        careFundQuarterFen: ofQuarter.fundFen,
        staysHere: this.#stays.get(`${ofCare} ${hospital}`) ?? 0,
        layers: { ...this.#layers.get(yearOf(day)) },
        ...this.#ofCare(yearOf(day)),
        ...(this.#unsorted.has(ofCare) ? {} : { limitsUsed: usedOf(alike, ofQuarter, ofMonth) }),
      },
    }
  }
}
