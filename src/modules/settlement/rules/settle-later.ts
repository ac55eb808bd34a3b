import { RuleConflict, RuleGap } from '../../../shapes/rulebook.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { BillId, Chain, KeptBill, Revision, SettledOn, Shares, YearEntry } from '../settlement.ts'
import type { AreaClaim } from './area-claim.ts'
import type { AreaBook } from './area-schema.ts'
import { ClaimRefusal } from './claim-refusal.ts'
import { settleClaim, type SettledClaim } from './settle-claim.ts'
import {
  addedBetween,
  addedOf,
  movesNothing,
  NOTHING_ADDED,
  postingsBetween,
  sharesOf,
  type Added,
  type Posting,
} from './shares.ts'
import { yearSoFar } from './year-so-far.ts'

/** The stays of a chain that a bill goes on from, with the deductibles that they stand at; a reversed one is no part of it. */
export const chainOf = (entries: readonly YearEntry[], from: readonly BillId[]): Chain =>
  from.flatMap((bill) => {
    const own = entries.filter((one) => one.bill === bill)
    const [first] = own
    if (first === undefined || own.reduce((sum, { stays }) => sum + stays, 0) < 1) return []
    return [{ level: first.level, deductibleFen: own.reduce((sum, { deductibleFen }) => sum + deductibleFen, 0) }]
  })

/** A bill as the engine wants it: what was stated, what the year has seen, and the stays that it goes on from. */
export const wholeClaim = (
  { claim, goesOnFrom }: Pick<KeptBill, 'claim' | 'goesOnFrom'>,
  { chain, ...seen }: SettledOn,
): AreaClaim => {
  const { episode } = claim
  return { ...claim, ...seen, given: {}, ...(episode && goesOnFrom.length > 0 ? { episode: { ...episode, stays: chain } } : {}) }
}

/** A bill of the year as it stands, with the book that it was settled by. */
export type Standing = {
  readonly bill: KeptBill
  readonly book: AreaBook
  readonly newest: Shares & Pick<Revision, 'no' | 'kind' | 'result' | 'reason'>
}

/** A bill that comes out otherwise now that an earlier one is gone, or one that cannot be settled as it was stated. */
export type Outcome = {
  readonly bill: KeptBill
  readonly no: number
  readonly before: SettledOn
} & (
  | { readonly kind: 'adjusted'; readonly settled: SettledClaim; readonly shares: Shares; readonly postings: readonly Posting[]; readonly added: Added }
  | { readonly kind: 'to-settle-again'; readonly reason: string; readonly newest: Standing['newest'] }
) // prettier-ignore

const reasonOf = (error: unknown): string => {
  if (error instanceof ClaimRefusal) return error.code
  if (error instanceof RuleGap || error instanceof RuleConflict) return error.id
  throw error
}

const entryOf = ({ bill }: Standing, added: Added): YearEntry => ({
  org: bill.org as OrgId,
  bill: bill.id,
  seq: bill.seq,
  care: bill.care,
  level: bill.level,
  day: bill.day,
  ...added,
})

/**
 * Settles the bills after a reversed one again, in their order, each by the book that it was settled by and on what the ones before it
 * come to now. `outside`: entries of stays of other years that a chain goes on from. Answers only those that come out otherwise. @source A14: later settlements of the person-year are recomputed in order.
 */
export const settleLater = (
  entries: readonly YearEntry[],
  outside: readonly YearEntry[],
  later: readonly Standing[],
): Outcome[] => {
  const known = [...entries]
  const outcomes: Outcome[] = []
  for (const one of later) {
    const { bill, book, newest } = one
    if (newest.kind === 'reversed' || newest.result === null) continue
    const earlier = known.filter(({ seq }) => seq < bill.seq)
    const before = {
      ...yearSoFar(earlier, { care: bill.care, day: bill.day, hospital: bill.org }),
      chain: chainOf([...outside, ...known], bill.goesOnFrom),
    }
    try {
      const settled = settleClaim(book, wholeClaim(bill, before))
      const shares = sharesOf(settled)
      const postings = postingsBetween(bill, newest, shares)
      const added = addedBetween(newest.result === null ? NOTHING_ADDED : addedOf(newest.result), addedOf(settled))
      if (movesNothing(postings, added) && newest.kind !== 'to-settle-again') continue
      known.push(entryOf(one, added))
      outcomes.push({ kind: 'adjusted', bill, no: newest.no + 1, before, settled, shares, postings, added })
    } catch (error) {
      const reason = reasonOf(error)
      if (newest.kind === 'to-settle-again' && newest.reason === reason) continue
      outcomes.push({ kind: 'to-settle-again', bill, no: newest.no + 1, before, reason, newest })
    }
  }
  return outcomes
}
