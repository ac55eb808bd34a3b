import { assert } from '../../../kernel/assert.ts'
import type { CashApp, KeptSplit, TransferKind } from '../payment.ts'

/** One side of a transfer: more on an account, or less. Fen, never 0. */
export type Posting = readonly [account: string, fen: number]
export type Posted = {
  readonly kind: TransferKind
  readonly reverses: TransferKind | null
  readonly postings: readonly Posting[]
}

type Sides = { readonly org: string; readonly person: string; readonly app: CashApp; readonly split: KeptSplit }

const whole = (kind: TransferKind, reverses: TransferKind | null, postings: readonly Posting[]): Posted[] => {
  const moved = postings.filter(([, fen]) => fen !== 0)
  assert(moved.reduce((sum, [, fen]) => sum + fen, 0) === 0, 'a transfer sums to zero')
  return moved.length === 0 ? [] : [{ kind, reverses, postings: moved }]
}

const payer = ({ person }: Sides): string => `payer:${person}`
const clearing = ({ app }: Sides): string => `clearing:${app}`
const institution = ({ org }: Sides): string => `institution:${org}`

/** What fund, account and family pool pay, in this order; what the institution bears itself moves nowhere. */
const insured = ({ split, person }: Sides, sign: 1 | -1): Posting[] => [
  [`family:${person}`, sign * split.familyPool],
  [`account:${person}`, sign * split.account],
  ...Object.entries(split.funds)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, fen]): Posting => [`fund:${code}`, sign * fen]),
]

const insuredSum = ({ split }: Sides): number =>
  split.familyPool + split.account + Object.values(split.funds).reduce((sum, fen) => sum + fen, 0)

/** The cash part has come: it stands between until the bill is settled. Nothing where there is no cash part. */
export const collectPostings = (sides: Sides): Posted[] =>
  whole('collect', null, [
    [payer(sides), -sides.split.cash],
    [clearing(sides), sides.split.cash],
  ])

/** The bill is settled: the institution has all that is not its own to bear. */
export const settlePostings = (sides: Sides): Posted[] =>
  whole('settle', null, [
    [clearing(sides), -sides.split.cash],
    ...insured(sides, -1),
    [institution(sides), sides.split.cash + insuredSum(sides)],
  ])

/** Cash goes back first. Source: insurance facts A14. */
export const returnPostings = (sides: Sides): Posted[] =>
  whole('return', 'settle', [
    [institution(sides), -sides.split.cash],
    [payer(sides), sides.split.cash],
  ])

/** Then family pool, personal account and funds, each its exact amount. Source: insurance facts A14. */
export const reversePostings = (sides: Sides): Posted[] =>
  whole('reverse', 'settle', [[institution(sides), -insuredSum(sides)], ...insured(sides, 1)])

/** Cash that had come for a bill that was not settled goes back. */
export const giveBackPostings = (sides: Sides): Posted[] =>
  whole('give-back', 'collect', [
    [clearing(sides), -sides.split.cash],
    [payer(sides), sides.split.cash],
  ])

/** What every account holds after some transfers. */
export const balances = (transfers: readonly { readonly postings: readonly Posting[] }[]): ReadonlyMap<string, number> => {
  const held = new Map<string, number>()
  for (const { postings } of transfers) for (const [account, fen] of postings) held.set(account, (held.get(account) ?? 0) + fen)
  return held
}
