import { RuleGap } from '../../../shapes/rulebook.ts'
import type { AreaClaim } from './area-claim.ts'
import { LAYER_NAMES } from './area-schema.ts'
import { byBands } from './bands.ts'
import { found, type BookOn, type RowOf } from './book-on.ts'
import { ClaimRefusal } from './claim-refusal.ts'
import type { Trail } from './trail.ts'

export type LayerName = (typeof LAYER_NAMES)[number]
/** What is left of a bill: in scope, out of it, and the part in scope that stands above the fund's cap. */
export type Left = { inFen: number; outFen: number; aboveCapFen: number }
export type PaidLayer = { readonly layer: LayerName; readonly baseFen: number; readonly amountFen: number }

/** What a layer would pay in all of a base, by its deductible and bands; rounded once. */
const upTo = (row: RowOf<'layer'>, deductibleFen: number, baseFen: number): number =>
  row.axis === 'absolute'
    ? byBands(row.bands, Math.min(deductibleFen, baseFen), baseFen)
    : byBands(row.bands, 0, Math.max(baseFen - deductibleFen, 0))

const baseOf = (row: RowOf<'layer'>, left: Left): number => {
  switch (row.base) {
    case 'left-in-scope':
      return left.inFen
    case 'above-cap':
      return Math.min(left.aboveCapFen, left.inFen)
    case 'left-of-all':
      return left.inFen + left.outFen
    case 'out-of-scope':
      return left.outFen
  }
}

/**
 * What a layer pays of a bill. A layer of the year is reckoned on the year so far: what it would have paid of all, less what it
 * would have paid of the bills before; its cap is less what it paid. @throws RuleGap when its deductible is not known.
 */
const layerPays = (row: RowOf<'layer'>, baseFen: number, book: BookOn, claim: AreaClaim): number => {
  if (row.deductibleFen === null) throw new RuleGap(`${book.id}.${row.layer}`, claim.day, 'deductible')
  const earlier = row.per === 'year' ? claim.before.layers[row.layer] : undefined
  const { baseFen: earlierBase, paidFen: earlierPaid } = earlier ?? { baseFen: 0, paidFen: 0 }
  const pays = upTo(row, row.deductibleFen, earlierBase + baseFen) - upTo(row, row.deductibleFen, earlierBase)
  const limit = found(book, claim, 'care-limit', (one) => one.layer === row.layer)
  const caps = [row.capFen, limit?.amountFen ?? null].filter((cap) => cap !== null)
  return Math.min(pays, baseFen, ...caps.map((cap) => Math.max(cap - earlierPaid, 0)))
}

/** Takes what a layer pays from what is left: out of scope only for a layer of that base, else in scope first. */
const takeFrom = (left: Left, amountFen: number, isOutOnly: boolean): void => {
  const fromIn = isOutOnly ? 0 : Math.min(amountFen, left.inFen)
  left.inFen -= fromIn
  left.outFen -= amountFen - fromIn
}

/**
 * The layers after the basic fund, in the national order; changes `left`. No layer pays more than the layers before it left.
 * @throws RuleGap, RuleConflict, ClaimRefusal when a stated amount is more than what is left.
 */
export const payLayers = (book: BookOn, claim: AreaClaim, left: Left, trail: Trail): PaidLayer[] => {
  const layers: PaidLayer[] = []
  for (const layer of LAYER_NAMES) {
    const row = found(book, claim, 'layer', (one) => one.layer === layer)
    const stated = claim.given.layers?.[layer]
    if (row === null && stated === undefined) continue
    const baseFen = row === null ? left.inFen : baseOf(row, left)
    const amountFen = stated ?? (row === null ? 0 : layerPays(row, baseFen, book, claim))
    if (amountFen > left.inFen + left.outFen)
      throw new ClaimRefusal('settlement.given-exceeds', {
        zh: '账单给出的某一层支付额大于此前各层支付后的余额。请更正 given。',
        en: 'An amount given for a layer is more than the layers before it left. Correct `given`.',
      })
    takeFrom(left, amountFen, row?.base === 'out-of-scope' && amountFen <= left.outFen)
    layers.push({ layer, baseFen, amountFen })
    if (trail.isKept)
      trail.add(layer, stated === undefined ? row : null, amountFen, {
        baseFen,
        earlierBaseFen: claim.before.layers[layer]?.baseFen ?? 0,
        ...(row?.deductibleFen === undefined || row.deductibleFen === null ? {} : { deductibleFen: row.deductibleFen }),
        ...(stated === undefined ? {} : { stated: 'given' }),
      })
  }
  return layers
}
