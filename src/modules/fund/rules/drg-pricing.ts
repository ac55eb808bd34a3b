import { assert } from '../../../kernel/assert.ts'
import { WHOLE } from '../../../kernel/share.ts'
import type { DrgStay, Grouper } from './drg.ts'
import type { Way } from './payment-methods.ts'

/** What a region prices its groups by. Weights in ten-thousandths, the rate of a whole weight in fen, the rest in basis points. */
export type DrgTerms = {
  readonly weights: ReadonlyMap<string, number>
  readonly rateFen: number
  readonly hospital: number
  readonly lowBelow: number
  readonly highAbove: number
}

/** How a stay is paid when a grouper is plugged in, and its group. Without a group, or without a weight of it, it is paid by item. */
export const drgWayOf = (
  stay: DrgStay,
  grouper: Grouper,
  { weights, ...terms }: DrgTerms,
): { readonly code: string | null; readonly way: Way } => {
  const code = grouper(stay)
  const weightE4 = code === null ? undefined : weights.get(code)
  return { code, way: weightE4 === undefined ? { method: 'item' } : { method: 'drg', weightE4, ...terms } }
}

/** The rate of a whole weight, fen half up: the money of a year over the sum of its weights. Ten-thousandths; at least one case. */
export const drgRateFen = (totalFen: number, weightsE4: readonly number[]): number => {
  const sum = weightsE4.reduce((all, one) => all + BigInt(one), 0n)
  assert(totalFen >= 0 && sum > 0n, 'there is money, and there are cases with a weight')
  return Number((BigInt(totalFen) * BigInt(WHOLE) * 2n + sum) / (sum * 2n))
}
