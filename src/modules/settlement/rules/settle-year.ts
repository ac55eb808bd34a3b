import { assert } from '../../../kernel/assert.ts'
import type { AreaClaim } from './area-claim.ts'
import type { AreaBook } from './area-schema.ts'
import { ClaimRefusal } from './claim-refusal.ts'
import { settleClaim, type SettledClaim } from './settle-claim.ts'
import type { Opening } from './year-opening.ts'
import { addedBy, Used, yearOf, type Added, type SettledBill, type YearBill } from './year-used.ts'

export { addedBy, type SettledBill, type YearBill } from './year-used.ts'

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
  const { care, deductibleFen, totalFen, inScopeFen, fundFen, limitsUsed, layers } = addedBy(one)
  const negated = Object.entries(layers).map(([name, seen]) => [name, { baseFen: less(seen.baseFen), paidFen: less(seen.paidFen) }]) // prettier-ignore
  const added = { care, deductibleFen: less(deductibleFen), totalFen: less(totalFen), inScopeFen: less(inScopeFen), fundFen: less(fundFen), limitsUsed: Object.fromEntries(Object.entries(limitsUsed).map(([name, fen]) => [name, less(fen)])), layers: Object.fromEntries(negated) } // prettier-ignore
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
