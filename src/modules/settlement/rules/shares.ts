import { assert } from '../../../kernel/assert.ts'
import type { KeptBill, Shares, YearEntry } from '../settlement.ts'
import type { SettledClaim } from './settle-claim.ts'

/** One side of a transfer: an account, and what it gets (above zero) or gives (below). Fen. */
export type Posting = readonly [account: string, fen: number]

/** Who pays what, as the engine found it: the basic fund first, then the layers that pay anything. */
export const sharesOf = (settled: SettledClaim): Shares => ({
  totalFen: settled.totalFen,
  hospitalFen: settled.hospitalFen,
  funds: Object.fromEntries([
    ['basic', settled.basicFen],
    ...settled.layers.filter(({ amountFen }) => amountFen > 0).map(({ layer, amountFen }) => [layer, amountFen] as const),
  ]),
  accountFen: settled.accountFen,
  relatives: settled.relatives.filter(({ amountFen }) => amountFen > 0),
  cashFen: settled.cashFen,
})

/** A bill that was reversed: nobody owes anything. */
export const NOBODY_PAYS: Shares = { totalFen: 0, hospitalFen: 0, funds: {}, accountFen: 0, relatives: [], cashFen: 0 }

type Sides = Pick<KeptBill, 'org' | 'person' | 'area' | 'insured'>

/** What each account stands at after a bill: funds and persons give, the institution gets; what it bears itself moves nowhere. */
const standing = ({ org, person, area, insured }: Sides, shares: Shares): Map<string, number> => {
  const held = new Map<string, number>()
  const move = (account: string, fen: number): void => void held.set(account, (held.get(account) ?? 0) + fen)
  for (const [fund, fen] of Object.entries(shares.funds)) move(`fund:${area}/${insured}/${fund}`, -fen)
  move(`account:${person}`, -shares.accountFen)
  for (const { owner, amountFen } of shares.relatives) move(`relative:${person}/${owner}`, -amountFen)
  move(`person:${person}`, -shares.cashFen)
  move(`institution:${org}`, shares.totalFen - shares.hospitalFen)
  return held
}

/**
 * The transfer that brings the books from one outcome of a bill to the next; sums to zero, and is empty when no account moves.
 * The mirror of a bill is the way back to nobody paying.
 */
export const postingsBetween = (sides: Sides, before: Shares, after: Shares): Posting[] => {
  const [was, is] = [standing(sides, before), standing(sides, after)]
  const moved = [...new Set([...is.keys(), ...was.keys()])]
    .map((account): Posting => [account, (is.get(account) ?? 0) - (was.get(account) ?? 0)])
    .filter(([, fen]) => fen !== 0)
  assert(moved.reduce((sum, [, fen]) => sum + fen, 0) === 0, 'a transfer sums to zero')
  return moved
}

/** What an outcome of a bill adds to the year. */
export type Added = Pick<YearEntry, 'stays' | 'deductibleFen' | 'totalFen' | 'inScopeFen' | 'basicFen' | 'layers'> & {
  readonly limitsUsed: Readonly<Record<string, number>>
}

export const NOTHING_ADDED: Added = {
  stays: 0,
  deductibleFen: 0,
  totalFen: 0,
  inScopeFen: 0,
  basicFen: 0,
  layers: {},
  limitsUsed: {},
}

export const addedOf = (settled: SettledClaim): Added => ({
  stays: 1,
  deductibleFen: settled.deductibleFen,
  totalFen: settled.totalFen,
  inScopeFen: settled.inScopeFen,
  basicFen: settled.basicFen,
  limitsUsed: settled.limitsUsed,
  layers: Object.fromEntries(settled.layers.map(({ layer, baseFen, amountFen }) => [layer, [baseFen, amountFen] as const])),
})

/** What the year gets from one outcome of a bill to the next. */
export const addedBetween = (before: Added, after: Added): Added => {
  const names = [...new Set([...Object.keys(before.layers), ...Object.keys(after.layers)])]
  const layers = names.map((name) => {
    const [[base, paid], [baseBefore, paidBefore]] = [after.layers[name] ?? [0, 0], before.layers[name] ?? [0, 0]]
    return [name, [base - baseBefore, paid - paidBefore] as const] as const
  })
  const limits = new Set([...Object.keys(before.limitsUsed), ...Object.keys(after.limitsUsed)])
  const used = [...limits].map((name) => [name, (after.limitsUsed[name] ?? 0) - (before.limitsUsed[name] ?? 0)] as const)
  return {
    limitsUsed: Object.fromEntries(used.filter(([, fen]) => fen !== 0)),
    stays: after.stays - before.stays,
    deductibleFen: after.deductibleFen - before.deductibleFen,
    totalFen: after.totalFen - before.totalFen,
    inScopeFen: after.inScopeFen - before.inScopeFen,
    basicFen: after.basicFen - before.basicFen,
    layers: Object.fromEntries(layers.filter(([, [base, paid]]) => base !== 0 || paid !== 0)),
  }
}

/** Whether an outcome moves nothing: no account and no cumulator. */
export const movesNothing = (postings: readonly Posting[], added: Added): boolean =>
  postings.length === 0 &&
  added.stays === 0 &&
  added.deductibleFen === 0 &&
  added.totalFen === 0 &&
  added.inScopeFen === 0 &&
  added.basicFen === 0 &&
  Object.keys(added.layers).length === 0 &&
  Object.keys(added.limitsUsed).length === 0
