import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settledBy, exampleBook } from './testing-book.ts'

// A second reckoning of the plain rules in exact fractions of whole numbers, written from the policy and not from the engine:
// it walks along the fees and never multiplies in floating point.

const SEED = Number(process.env['SEED'] ?? 5_202_611)
const BILLS = 3_000

type Fraction = { readonly over: bigint; readonly under: bigint }
type Tier = { readonly overFen: number; readonly upToFen: number | null; readonly rateBp: number }

const fraction = (over: bigint, under = 1n): Fraction => ({ over, under })
const plus = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.under + b.over * a.under, a.under * b.under)
const times = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.over, a.under * b.under)
/** Half up: twice the value plus one, halved and cut. */
const halfUp = ({ over, under }: Fraction): bigint => (2n * over + under) / (2n * under)
const share = (rateBp: number): Fraction => fraction(BigInt(rateBp), 10_000n)
const least = (...some: bigint[]): bigint => some.reduce((a, b) => (a < b ? a : b))
const atLeastZero = (value: bigint): bigint => (value < 0n ? 0n : value)

/** What tiers pay of the fees from one point to another. */
const paidBetween = (tiers: readonly Tier[], from: bigint, to: bigint): Fraction => {
  let paid = fraction(0n)
  for (const { overFen, upToFen, rateBp } of tiers) {
    const low = from > BigInt(overFen) ? from : BigInt(overFen)
    const high = upToFen === null || to < BigInt(upToFen) ? to : BigInt(upToFen)
    if (high > low) paid = plus(paid, times(fraction(high - low), share(rateBp)))
  }
  return paid
}

type Case = {
  readonly lines: readonly { readonly amountFen: number; readonly ownPayFen: number; readonly selfShareBp: number }[]
  readonly deductibleFen: number
  readonly nthBp: number
  readonly isSecond: boolean
  readonly axis: 'absolute' | 'above-deductible'
  readonly tiers: readonly Tier[]
  readonly pointsBp: number
  readonly capFen: number
  readonly paidBeforeFen: number
  readonly layer: { readonly deductibleFen: number; readonly tiers: readonly Tier[]; readonly earlierFen: number }
}

const reckoned = (one: Case) => {
  let scope = 0n
  let total = 0n
  for (const { amountFen, ownPayFen, selfShareBp } of one.lines) {
    const covered = BigInt(amountFen - ownPayFen)
    total += BigInt(amountFen)
    scope += covered - halfUp(times(fraction(covered), share(selfShareBp)))
  }
  const standard = one.isSecond ? halfUp(times(fraction(BigInt(one.deductibleFen)), share(one.nthBp))) : BigInt(one.deductibleFen)
  const first = least(standard, scope)
  const lowered = one.tiers.map((tier) => ({ ...tier, rateBp: Math.max(tier.rateBp - one.pointsBp, 0) }))
  const [from, to] = one.axis === 'absolute' ? [first, scope] : [0n, scope - first]
  const room = atLeastZero(BigInt(one.capFen - one.paidBeforeFen))
  const basic = least(halfUp(paidBetween(lowered, from, to)), room)
  const { deductibleFen, tiers, earlierFen } = one.layer
  const above = (base: bigint): bigint => halfUp(paidBetween(tiers, 0n, atLeastZero(base - BigInt(deductibleFen))))
  const earlier = BigInt(earlierFen)
  const layer = least(above(earlier + scope - basic) - above(earlier), scope - basic)
  return [total, scope, first, basic, layer, total - basic - layer].map(Number)
}

const settled = (one: Case) => {
  const book = exampleBook([
    { kind: 'deductible', amountFen: one.deductibleFen },
    { kind: 'ordinal', sharesBp: [10_000, one.nthBp], scope: 'any-level' },
    { kind: 'rate', axis: one.axis, bands: one.tiers },
    { kind: 'referral-points', pointsBp: one.pointsBp },
    { kind: 'fund-cap', amountFen: one.capFen },
    { kind: 'layer', layer: 'serious-illness', deductibleFen: one.layer.deductibleFen, bands: one.layer.tiers },
  ])
  const found = settledBy(book, {
    stay: one.isSecond ? 2 : 1,
    fundPaidFen: one.paidBeforeFen,
    before: { layers: { 'serious-illness': { baseFen: one.layer.earlierFen } } },
    lines: one.lines,
  })
  const { totalFen, inScopeFen, deductibleFen, basicFen, layers, personalFen } = found
  return [totalFen, inScopeFen, deductibleFen, basicFen, layers[0]?.amountFen, personalFen]
}

/** Numbers that a seed brings back: x ← 48271 x mod 2^31−1. */
const numbers = (seed: number) => {
  let state = (seed % 2_147_483_646) + 1
  return (most: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % (most + 1)
  }
}

const caseOf = (upTo: (most: number) => number): Case => {
  const tiersOf = (): Tier[] => {
    const first = 1 + upTo(3_000_000)
    const second = first + 1 + upTo(9_000_000)
    return [
      { overFen: 0, upToFen: first, rateBp: upTo(10_000) },
      { overFen: first, upToFen: second, rateBp: upTo(10_000) },
      { overFen: second, upToFen: null, rateBp: upTo(10_000) },
    ]
  }
  // Small bills meet every half fen, large ones every tier.
  const most = upTo(1) === 0 ? 999 : 9_999_999
  const lines = Array.from({ length: 1 + upTo(9) }, () => {
    const amountFen = upTo(most)
    return { amountFen, ownPayFen: upTo(2) === 0 ? upTo(amountFen) : 0, selfShareBp: upTo(3_000) }
  })
  return {
    lines,
    deductibleFen: upTo(most),
    nthBp: upTo(10_000),
    isSecond: upTo(1) === 0,
    axis: upTo(1) === 0 ? 'absolute' : 'above-deductible',
    tiers: tiersOf(),
    pointsBp: upTo(2_000),
    capFen: upTo(30_000_000),
    paidBeforeFen: upTo(20_000_000),
    layer: { deductibleFen: upTo(2 * most), tiers: tiersOf(), earlierFen: upTo(2 * most) },
  }
}

test(`the engine agrees to the fen with exact fractions (seed ${SEED}, ${BILLS} bills)`, () => {
  for (let run = 0; run < BILLS; run += 1) {
    const one = caseOf(numbers(SEED + run * 7_919))
    assert.deepEqual(settled(one), reckoned(one), `SEED=${SEED}, bill ${run}: ${JSON.stringify(one)}`)
  }
})
