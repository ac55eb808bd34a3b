import { assert } from './assert.ts'

/** One whole in basis points. */
export const WHOLE = 10_000

/**
 * The part of a count that a quota reserves, rounded up: a quota is never rounded below the law.
 * Whole units; `share` in basis points, 0…10 000.
 */
export const quotaOf = (count: number, share: number): number => {
  assert(Number.isSafeInteger(count) && count >= 0, 'a count is a whole number of units')
  assert(Number.isSafeInteger(share) && share >= 0 && share <= WHOLE, 'a share is 0 to 10 000 basis points')
  return Math.ceil((count * share) / WHOLE)
}
