import { assert } from '../../../kernel/assert.ts'
import type { AreaClaim } from './area-claim.ts'
import type { AreaBook, CareKind } from './area-schema.ts'
import { ClaimRefusal } from './claim-refusal.ts'
import { settleClaim, type SettledClaim } from './settle-claim.ts'

/** A bill of a person's year: what is known of it by itself. What the year has seen before it is worked out, not stated. */
export type YearBill = {
  readonly id: string
  readonly hospital: string
  readonly claim: AreaClaim
  /** Bills of the stays that this one goes on from: their deductibles are those that were settled. */
  readonly goesOnFrom?: readonly string[]
}
export type SettledBill = { readonly bill: YearBill; readonly claim: AreaClaim; readonly settled: SettledClaim }

/** What a bill adds to a person's year: the cumulators of the national platform. Fen. */
export type Added = {
  readonly care: CareKind
  readonly deductibleFen: number
  readonly inScopeFen: number
  readonly fundFen: number
  readonly layers: Readonly<Record<string, { readonly baseFen: number; readonly paidFen: number }>>
}

/** What a settled bill adds to the cumulators of its year. */
export const addedBy = ({ claim, settled }: Pick<SettledBill, 'claim' | 'settled'>): Added => ({
  care: claim.care,
  deductibleFen: settled.deductibleFen,
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

const sumOf = (bills: readonly SettledBill[], amount: (added: Added) => number): number =>
  bills.reduce((sum, bill) => sum + amount(addedBy(bill)), 0)

const layersOf = (bills: readonly SettledBill[]): AreaClaim['before']['layers'] => {
  const layers: AreaClaim['before']['layers'] = {}
  for (const bill of bills)
    for (const [name, { baseFen, paidFen }] of Object.entries(addedBy(bill).layers)) {
      const seen = layers[name] ?? { baseFen: 0, paidFen: 0 }
      layers[name] = { baseFen: seen.baseFen + baseFen, paidFen: seen.paidFen + paidFen }
    }
  return layers
}

/** What the year has seen before a bill, as a claim states it. The year is that of the day of discharge. */
export const seenBefore = (earlier: readonly SettledBill[], { claim, hospital }: YearBill) => {
  const ofYear = earlier.filter((one) => yearOf(one.claim.day) === yearOf(claim.day))
  const alike = ofYear.filter((one) => one.claim.care === claim.care)
  const ofMonth = alike.filter((one) => monthOf(one.claim.day) === monthOf(claim.day))
  const ofQuarter = alike.filter((one) => quarterOf(one.claim.day) === quarterOf(claim.day))
  const inScope = ({ inScopeFen }: Added): number => inScopeFen
  const fund = ({ fundFen }: Added): number => fundFen
  return {
    deductiblePaidFen: sumOf(alike, ({ deductibleFen }) => deductibleFen),
    fundPaidFen: sumOf(ofYear, fund),
    earlierLevels: alike.map((one) => one.claim.level),
    before: {
      inScopeFen: sumOf(alike, inScope),
      quarterInScopeFen: sumOf(ofQuarter, inScope),
      monthInScopeFen: sumOf(ofMonth, inScope),
      careFundFen: sumOf(alike, fund),
      careFundMonthFen: sumOf(ofMonth, fund),
      staysHere: alike.filter((one) => one.bill.hospital === hospital).length,
      layers: layersOf(ofYear),
    },
  }
}

/** The chain of a bill with the deductibles that its earlier stays were settled at; a voided one is no part of it. */
const episodeOf = ({ claim, goesOnFrom = [] }: YearBill, earlier: readonly SettledBill[]): AreaClaim['episode'] => {
  if (claim.episode === undefined || goesOnFrom.length === 0) return claim.episode
  const stays = earlier.filter(({ bill }) => goesOnFrom.includes(bill.id))
  return { ...claim.episode, stays: stays.map((one) => ({ level: one.claim.level, deductibleFen: one.settled.deductibleFen })) }
}

/** Settles one more bill of a year. @throws RuleGap, RuleConflict, ClaimRefusal. */
export const settleNext = (book: AreaBook, earlier: readonly SettledBill[], bill: YearBill): SettledBill => {
  const { stay: _stay, ...stated } = bill.claim
  const claim: AreaClaim = { ...stated, ...seenBefore(earlier, bill), episode: episodeOf(bill, earlier) }
  return { bill, claim, settled: settleClaim(book, claim) }
}

/** Settles the bills of a person's years in their order, each on what the ones before it have used. */
export const settleYear = (book: AreaBook, bills: readonly YearBill[]): SettledBill[] => {
  const settled: SettledBill[] = []
  for (const bill of bills) settled.push(settleNext(book, settled, bill))
  return settled
}

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
  const { care, deductibleFen, inScopeFen, fundFen, layers } = addedBy(one)
  const negated = Object.entries(layers).map(([name, seen]) => [name, { baseFen: less(seen.baseFen), paidFen: less(seen.paidFen) }]) // prettier-ignore
  const added = { care, deductibleFen: less(deductibleFen), inScopeFen: less(inScopeFen), fundFen: less(fundFen), layers: Object.fromEntries(negated) } // prettier-ignore
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
  const kept = year.slice(0, at)
  for (const { bill } of year.slice(at + 1)) kept.push(settleNext(book, kept, bill))
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
  const kept = year.slice(0, at)
  for (const each of [bill, ...year.slice(at + 1).map((later) => later.bill)]) kept.push(settleNext(book, kept, each))
  return { mirror: mirrorOf(one), adjustments: adjustments(year, kept.slice(at)), year: kept }
}
