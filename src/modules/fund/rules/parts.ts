import { assert } from '../../../kernel/assert.ts'
import { WHOLE } from '../../../kernel/share.ts'

/** Months of a year. */
export const MONTHS = 12

const isWhole = (value: number): boolean => Number.isSafeInteger(value)

/** `amount × over ÷ under`, whole, half away from zero; exact for every safe integer. */
export const ratioOf = (amount: number, over: number, under: number): number => {
  assert(isWhole(amount) && isWhole(over) && isWhole(under) && under > 0, 'a ratio is of whole numbers, over more than zero')
  const product = BigInt(amount) * BigInt(over)
  const size = product < 0n ? -product : product
  const whole = (size * 2n + BigInt(under)) / (BigInt(under) * 2n)
  return Number(product < 0n ? -whole : whole)
}

/** A share in basis points of an amount, half away from zero. */
export const partOf = (amount: number, share: number): number => ratioOf(amount, share, WHOLE)

/**
 * A pool paid out by weight to the last fen: each gets the whole part, the fen that are left go to the largest remainders,
 * and among equal remainders to who stands first. Nobody's weight is below zero; at least one is above.
 */
export const splitByWeight = (pool: number, weights: readonly number[]): number[] => {
  assert(isWhole(pool) && pool >= 0, 'a pool is a whole amount, zero or more')
  assert(
    weights.every((one) => isWhole(one) && one >= 0),
    'a weight is whole, zero or more',
  )
  const total = weights.reduce((sum, one) => sum + BigInt(one), 0n)
  if (pool === 0) return weights.map(() => 0)
  assert(total > 0n, 'somebody has a weight')
  const parts = weights.map((one, at) => ({
    at,
    whole: (BigInt(pool) * BigInt(one)) / total,
    rest: (BigInt(pool) * BigInt(one)) % total,
  }))
  let left = BigInt(pool) - parts.reduce((sum, { whole }) => sum + whole, 0n)
  const out = parts.map(({ whole }) => Number(whole))
  for (const { at } of parts.toSorted((one, other) =>
    one.rest === other.rest ? one.at - other.at : one.rest > other.rest ? -1 : 1,
  )) {
    if (left === 0n) break
    out[at] = (out[at] ?? 0) + 1
    left -= 1n
  }
  assert(out.reduce((sum, one) => sum + one, 0) === pool, 'the parts sum to the pool')
  return out
}
