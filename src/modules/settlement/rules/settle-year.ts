import { assert } from '../../../kernel/assert.ts'
import type { AreaClaim } from './area-claim.ts'
import type { AreaBook, CareKind } from './area-schema.ts'
import { ClaimRefusal } from './claim-refusal.ts'
import { settleClaim, type SettledClaim } from './settle-claim.ts'
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
  readonly layers: Readonly<Record<string, { readonly baseFen: number; readonly paidFen: number }>>
}

/** What a settled bill adds to the cumulators of its year. */
export const addedBy = ({ claim, settled }: Pick<SettledBill, 'claim' | 'settled'>): Added => ({
  care: claim.care,
  deductibleFen: settled.deductibleFen,
  totalFen: settled.totalFen,
  inScopeFen: settled.inScopeFen,
  fundFen: settled.basicFen,
  layers: Object.fromEntries(settled.layers.map(({ layer, baseFen, amountFen }) => [layer, { baseFen, paidFen: amountFen }])),
})

const YEAR_CHARS = 'YYYY'.length
const MONTH_CHARS = 'YYYY-MM'.length
// Calendar quarters. @source the Gregorian calendar
const MONTHS_OF_QUARTER = 3
const yearOf = (day: string): string => day.slice(0, YEAR_CHARS)
const monthOf = (day: string): string => day.slice(0, MONTH_CHARS)
const quarterOf = (day: string): string =>
  `${yearOf(day)}-${Math.ceil(Number(day.slice(YEAR_CHARS + 1, MONTH_CHARS)) / MONTHS_OF_QUARTER)}`

/** Counts of one kind of care in a year, a quarter or a month, at a hospital: kept up bill by bill, so that a year is linear in its bills. */
type Sums = { deductibleFen: number; totalFen: number; inScopeFen: number; fundFen: number }
const NO_SUMS: Readonly<Sums> = { deductibleFen: 0, totalFen: 0, inScopeFen: 0, fundFen: 0 }

type LayersOfCare = NonNullable<AreaClaim['before']['layersOfCare']>

const paidOf = (layers: Added['layers']): Record<string, number> =>
  Object.fromEntries(Object.entries(layers).map(([name, { paidFen }]) => [name, paidFen]))

/** What the settled bills of a person's years have used, by year, care, quarter, month and hospital. */
class Used {
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

  #addSums(key: string, { deductibleFen, totalFen, inScopeFen, fundFen }: Sums): void {
    const sums = this.#sums.get(key) ?? { ...NO_SUMS }
    sums.deductibleFen += deductibleFen
    sums.totalFen += totalFen
    sums.inScopeFen += inScopeFen
    sums.fundFen += fundFen
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
    this.#addSums(key, {
      deductibleFen: deductiblePaidFen,
      totalFen: before.totalFen,
      inScopeFen: before.inScopeFen,
      fundFen: before.careFundFen,
    })
    this.#addSums(`${care} ${quarterOf(day)}`, { deductibleFen: before.quarterDeductibleFen, totalFen: before.quarterTotalFen, inScopeFen: before.quarterInScopeFen, fundFen: before.careFundQuarterFen }) // prettier-ignore
    this.#addSums(`${care} ${monthOf(day)}`, { deductibleFen: before.monthDeductibleFen, totalFen: before.monthTotalFen, inScopeFen: before.monthInScopeFen, fundFen: before.careFundMonthFen }) // prettier-ignore
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
      },
    }
  }
}

/** With what the years of some bills began. */
const openingsOf = (year: readonly SettledBill[]): readonly Opening[] => year.at(-1)?.openings ?? []

const usedBy = (earlier: readonly SettledBill[], openings = openingsOf(earlier)): Used => {
  const used = new Used()
  for (const one of openings) used.begin(one)
  for (const one of earlier) used.add(one)
  return used
}

/** What the year has seen before a bill, as a claim states it. */
export const seenBefore = (earlier: readonly SettledBill[], bill: YearBill) => usedBy(earlier).before(bill)

/** The chain of a bill with the deductibles that its earlier stays were settled at; a voided one is no part of it. */
const episodeOf = ({ claim, goesOnFrom = [] }: YearBill, { bills }: Used): AreaClaim['episode'] => {
  if (claim.episode === undefined || goesOnFrom.length === 0) return claim.episode
  const stays = goesOnFrom.flatMap((id) => bills.get(id) ?? [])
  return { ...claim.episode, stays: stays.map((one) => ({ level: one.claim.level, deductibleFen: one.settled.deductibleFen })) }
}

/** Settles one more bill on what the ones before it have used, and adds it to that. */
const settleOn = (book: AreaBook, used: Used, bill: YearBill): SettledBill => {
  used.open(bill)
  const { stay, ...stated } = bill.claim
  const { earlierLevels, ...seen } = used.before(bill)
  // Which stay it is, as its area counts, is known of a bill that begins the care of its year; later ones count the levels before them.
  const isOpening = stay !== undefined && used.openings.some(({ by, scope }) => by === bill.id && scope === 'care')
  // The levels are those before this bill: the list itself goes on with the year.
  const counted = isOpening ? { stay } : { earlierLevels: [...earlierLevels] }
  const claim: AreaClaim = { ...stated, ...seen, ...counted, episode: episodeOf(bill, used) }
  const { openings } = used
  const one = { bill, claim, settled: settleClaim(book, claim), ...(openings.length === 0 ? {} : { openings }) }
  used.add(one)
  return one
}

/** Settles one more bill of a year. @throws RuleGap, RuleConflict, ClaimRefusal. */
export const settleNext = (book: AreaBook, earlier: readonly SettledBill[], bill: YearBill): SettledBill =>
  settleOn(book, usedBy(earlier), bill)

/** Settles bills after others, in their order. */
const settleAll = (
  book: AreaBook,
  earlier: readonly SettledBill[],
  bills: readonly YearBill[],
  openings = openingsOf(earlier),
): SettledBill[] => {
  const used = usedBy(earlier, openings)
  return [...earlier, ...bills.map((bill) => settleOn(book, used, bill))]
}

/**
 * Settles the bills of a person's years in their order, each on what the ones before it have used; the first may state what came before.
 * @throws RuleGap, RuleConflict, ClaimRefusal, also where a later bill contradicts what the year has seen.
 */
export const settleYear = (book: AreaBook, bills: readonly YearBill[]): SettledBill[] => settleAll(book, [], bills)

/** What goes back to whom when a bill is voided, in this order: cash, relatives last to first, the own account, the funds. */
export type Refund = { readonly to: string; readonly amountFen: number }

/** The refunds of a bill, each in exactly the amount that was paid. @source A14: cash → relatives → own account → funds. */
export const refundsOf = ({ cashFen, relatives, accountFen, basicFen, layers }: SettledClaim): Refund[] =>
  [
    { to: 'cash', amountFen: cashFen },
    ...relatives.toReversed().map(({ owner, amountFen }) => ({ to: `relative ${owner}`, amountFen })),
    { to: 'account', amountFen: accountFen },
    { to: 'basic', amountFen: basicFen },
    ...layers.map(({ layer, amountFen }) => ({ to: layer as string, amountFen })),
  ].filter(({ amountFen }) => amountFen > 0)

/** The mirror of what a bill added: every amount negated. Posted beside the original, which stays. */
export type Mirror = { readonly of: string; readonly added: Added; readonly refunds: readonly Refund[] }

const less = (amount: number): number => (amount === 0 ? 0 : -amount)

export const mirrorOf = (one: SettledBill): Mirror => {
  const { care, deductibleFen, totalFen, inScopeFen, fundFen, layers } = addedBy(one)
  const negated = Object.entries(layers).map(([name, seen]) => [name, { baseFen: less(seen.baseFen), paidFen: less(seen.paidFen) }]) // prettier-ignore
  const added = { care, deductibleFen: less(deductibleFen), totalFen: less(totalFen), inScopeFen: less(inScopeFen), fundFen: less(fundFen), layers: Object.fromEntries(negated) } // prettier-ignore
  return { of: one.bill.id, added, refunds: refundsOf(one.settled) }
}

/** A later bill that comes out otherwise once an earlier one is gone or changed. Posted as a difference, never written over. */
export type Adjustment = {
  readonly of: string
  readonly fundFen: number
  readonly personalFen: number
  readonly now: SettledBill
}

const adjustments = (was: readonly SettledBill[], now: readonly SettledBill[]): Adjustment[] => {
  const old = new Map(was.map((one) => [one.bill.id, one]))
  return now.flatMap((one): Adjustment[] => {
    const before = old.get(one.bill.id)
    assert(before !== undefined, 'an adjusted bill was settled before')
    const fundFen = one.settled.fundFen - before.settled.fundFen
    const personalFen = one.settled.personalFen - before.settled.personalFen
    const isSame = JSON.stringify(addedBy(one)) === JSON.stringify(addedBy(before)) && fundFen === 0 && personalFen === 0
    return isSame ? [] : [{ of: one.bill.id, fundFen, personalFen, now: one }]
  })
}

const placeOf = (year: readonly SettledBill[], id: string): number => {
  const at = year.findIndex(({ bill }) => bill.id === id)
  if (at !== -1) return at
  throw new ClaimRefusal('settlement.no-such-bill', {
    zh: '这一年没有这张已结算的账单。请核对账单编号。',
    en: 'The year has no such settled bill. Check its number.',
  })
}

const refuseLater = (year: readonly SettledBill[], at: number, cascade: 'block' | 'recalc'): void => {
  const day = year[at]?.claim.day ?? ''
  if (cascade === 'recalc' || !year.slice(at + 1).some(({ claim }) => yearOf(claim.day) === yearOf(day))) return
  throw new ClaimRefusal('settlement.later-bills', {
    zh: '此后本年度还有已结算的账单,不能单独冲正。请先冲正后面的账单,或选择重算。',
    en: 'The year has bills settled after this one; it cannot be voided alone. Void those first, or have them reckoned again.',
  })
}

/**
 * Voids a settlement whole: its mirror, and what that changes in the bills after it.
 * With `block` only the latest bill of its year may be voided. @throws ClaimRefusal.
 */
export const voidBill = (book: AreaBook, year: readonly SettledBill[], id: string, cascade: 'block' | 'recalc') => {
  const at = placeOf(year, id)
  refuseLater(year, at, cascade)
  const one = year[at]
  assert(one !== undefined, 'the bill stands in its year')
  // What came before a bill came before the year: it stays though the bill that stated it goes.
  const later = year.slice(at + 1).map(({ bill }) => bill)
  const kept = settleAll(book, year.slice(0, at), later, openingsOf(year))
  return { mirror: mirrorOf(one), adjustments: adjustments(year, kept.slice(at)), year: kept }
}

/**
 * Settles a bill again on facts that became known later (an identity, a filing): the old one is voided, the new one stands in its
 * place, later bills follow. Both are kept. The law stays that of the bill's own day.
 */
export const settleAgain = (book: AreaBook, year: readonly SettledBill[], bill: YearBill) => {
  const at = placeOf(year, bill.id)
  const one = year[at]
  assert(one !== undefined, 'the bill stands in its year')
  const openings = openingsOf(year).filter(({ by }) => by !== bill.id)
  const kept = settleAll(book, year.slice(0, at), [bill, ...year.slice(at + 1).map((later) => later.bill)], openings)
  return { mirror: mirrorOf(one), adjustments: adjustments(year, kept.slice(at)), year: kept }
}
