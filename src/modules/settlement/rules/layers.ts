import { RuleGap } from '../../../shapes/rulebook.ts'
import type { AreaClaim } from './area-claim.ts'
import { byBands, slicesOf } from './bands.ts'
import type { RowOf } from './book-on.ts'
import { grownCap, isFixed, tellGrowth } from './cap-growth.ts'
import type { Part } from './claim-lines.ts'
import { ClaimRefusal } from './claim-refusal.ts'
import { found, type LayerPlan, type Plan } from './plan.ts'
import { LAYER_WORDS, type Trail } from './trail.ts'

/** What is left of a bill: in scope, out of it, and the part in scope that stands above the fund's cap. */
export type Left = { inFen: number; outFen: number; aboveCapFen: number }
export type PaidLayer = { readonly layer: string; readonly baseFen: number; readonly amountFen: number }

/** What a layer would pay in all of a base, by its deductible and bands; rounded once. */
const upTo = (row: RowOf<'layer'>, deductibleFen: number, baseFen: number): number =>
  row.axis === 'absolute'
    ? byBands(row.bands, Math.min(deductibleFen, baseFen), baseFen)
    : byBands(row.bands, 0, Math.max(baseFen - deductibleFen, 0))

/** What of a category is out of scope. */
const outOf = (parts: readonly Part[], category: string): number => {
  let fen = 0
  for (const part of parts) if (part.category === category) fen += part.ownPayFen + part.overLimitFen + part.preSelfFen
  return fen
}

const baseOf = (row: RowOf<'layer'>, left: Left, parts: readonly Part[]): number => {
  switch (row.base) {
    case 'left-in-scope':
      return left.inFen
    case 'above-cap':
      return Math.min(left.aboveCapFen, left.inFen)
    case 'left-of-all':
      return left.inFen + left.outFen
    case 'out-of-scope':
      return row.when.category === undefined ? left.outFen : Math.min(left.outFen, outOf(parts, row.when.category))
  }
}

/** What a layer has paid under a limit: in the kinds of care that it holds for, as far as the bill tells them apart; nothing under one of a stay. */
const paidUnder = ({ per, cares }: RowOf<'care-limit'>, layer: string, { care, before }: AreaClaim): number => {
  if (per === 'stay') return 0
  const { layers, layersOfCare } = before
  if (layersOfCare === undefined) return layers[layer]?.paidFen ?? 0
  let paid = 0
  for (const one of cares ?? [care]) paid += layersOfCare[one]?.[layer] ?? 0
  return paid
}

/**
 * What a layer pays of a bill. A layer of the year is reckoned on the year so far: what it would have paid of all, less what it
 * would have paid of the bills before; its cap is less what it paid. @throws RuleGap when its deductible is not known.
 */
const layerPays = (
  plan: Plan,
  { layer, limits, growth }: LayerPlan,
  row: RowOf<'layer'>,
  baseFen: number,
  claim: AreaClaim,
  trail: Trail,
): number => {
  // Of nothing nothing is paid, whatever the deductible may be.
  if (baseFen === 0) return 0
  const { deductibleFen } = row
  if (deductibleFen === null) throw new RuleGap(`${plan.book.id}.${layer}`, claim.day, 'deductible')
  const earlier = row.per === 'year' ? claim.before.layers[layer] : undefined
  const earlierBase = earlier?.baseFen ?? 0
  const earlierPaid = earlier?.paidFen ?? 0
  const before = earlierBase === 0 ? 0 : upTo(row, deductibleFen, earlierBase)
  let most = Math.min(upTo(row, deductibleFen, earlierBase + baseFen) - before, baseFen)
  if (row.capFen !== null && isFixed(growth)) most = Math.min(most, Math.max(row.capFen - earlierPaid, 0))
  else if (row.capFen !== null) {
    const cap = grownCap(plan, row.capFen, growth, claim)
    if (trail.isKept) tellGrowth(trail, cap, claim)
    most = Math.min(most, Math.max(cap.capFen - earlierPaid, 0))
  }
  for (const slot of limits) {
    const limit = found(plan, 'care-limit', slot)
    if (limit !== null) most = Math.min(most, Math.max(limit.amountFen - paidUnder(limit, layer, claim), 0))
  }
  return most
}

/** Takes what a layer pays from what is left: out of scope only for a layer of that base, else in scope first. */
const takeFrom = (left: Left, amountFen: number, isOutOnly: boolean): void => {
  const fromIn = isOutOnly ? 0 : Math.min(amountFen, left.inFen)
  left.inFen -= fromIn
  left.outFen -= amountFen - fromIn
}

/** Why a layer pays less than its bands: the cap and the limits that it met. */
const cutOf = (plan: Plan, { layer, limits, growth }: LayerPlan, row: RowOf<'layer'>, { baseFen, amountFen }: PaidLayer, claim: AreaClaim): Record<string, number> => {
  const earlier = row.per === 'year' ? claim.before.layers[layer] : undefined
  const { baseFen: earlierBase = 0, paidFen: earlierPaidFen = 0 } = earlier ?? {}
  const deductibleFen = row.deductibleFen ?? 0
  const uncappedFen = Math.min(upTo(row, deductibleFen, earlierBase + baseFen) - (earlierBase === 0 ? 0 : upTo(row, deductibleFen, earlierBase)), baseFen)
  if (amountFen >= uncappedFen) return {}
  const cap = row.capFen === null ? null : grownCap(plan, row.capFen, growth, claim).capFen
  if (cap !== null && Math.max(cap - earlierPaidFen, 0) === amountFen) return { uncappedFen, capFen: cap, earlierPaidFen }
  const met = limits.flatMap((slot) => found(plan, 'care-limit', slot) ?? []).find((one) => Math.max(one.amountFen - paidUnder(one, layer, claim), 0) === amountFen)
  return met === undefined ? {} : { uncappedFen, limitFen: met.amountFen, usedFen: paidUnder(met, layer, claim) }
} // prettier-ignore

/** The stretches of a layer's base that this bill adds, each with its rate; nothing below the deductible. */
const bandsOf = (row: RowOf<'layer'>, deductibleFen: number, earlierFen: number, baseFen: number): string => {
  const from = Math.max(earlierFen, Math.min(deductibleFen, earlierFen + baseFen))
  const less = row.axis === 'absolute' ? 0 : Math.min(deductibleFen, from)
  return slicesOf(row.bands, from - less, earlierFen + baseFen - less)
    .map(({ fen, rateBp }) => `${fen}×${rateBp}`)
    .join(' + ')
}

const tell = (
  trail: Trail,
  book: Plan,
  plan: LayerPlan,
  row: RowOf<'layer'> | null,
  paid: PaidLayer,
  claim: AreaClaim,
  isStated: boolean,
): void => {
  const earlierBaseFen = claim.before.layers[plan.layer]?.baseFen ?? 0
  const inputs: Record<string, number | string> = { baseFen: paid.baseFen, earlierBaseFen }
  if (row !== null && row.deductibleFen !== null) {
    inputs['deductibleFen'] = row.deductibleFen
    const bands = isStated ? '' : bandsOf(row, row.deductibleFen, row.per === 'year' ? earlierBaseFen : 0, paid.baseFen)
    if (bands !== '') inputs['bands'] = bands
    if (!isStated) Object.assign(inputs, cutOf(book, plan, row, paid, claim))
  }
  if (isStated) inputs['stated'] = 'given'
  trail.addLayer(plan, isStated ? null : row, paid.amountFen, inputs)
}

/** Layers that a bill speaks of must be known: a name that was mistyped would silently count for nothing. */
const checkNames = (plan: Plan, named: Readonly<Record<string, unknown>>): void => {
  for (const name in named) {
    if (name in LAYER_WORDS || plan.layersAll.some(({ layer }) => layer === name)) continue
    const known = plan.layersAll.map(({ layer }) => layer).join('、')
    throw new ClaimRefusal('settlement.no-such-layer', {
      zh: `账单写到的待遇层 ${name} 不在规则中。可写:${known}。`,
      en: `The bill speaks of a layer ${name} that the book does not have. Write one of: ${known.replaceAll('、', ', ')}.`,
    })
  }
}

/**
 * The layers after the basic fund, in the order of the book; changes `left`. No layer pays more than the layers before it left.
 * @throws RuleGap, RuleConflict, ClaimRefusal when a stated amount is more than what is left.
 */
export const payLayers = (plan: Plan, claim: AreaClaim, parts: readonly Part[], left: Left, trail: Trail): PaidLayer[] => {
  const layers: PaidLayer[] = []
  const given = claim.given.layers
  checkNames(plan, claim.before.layers)
  if (given !== undefined) checkNames(plan, given)
  for (const one of given === undefined ? plan.layers : plan.layersAll) {
    const { layer } = one
    const row = found(plan, 'layer', one.row)
    const stated = given?.[layer]
    if (row === null && stated === undefined) continue
    const baseFen = row === null ? left.inFen : baseOf(row, left, parts)
    const amountFen = stated ?? (row === null ? 0 : layerPays(plan, one, row, baseFen, claim, trail))
    if (amountFen > left.inFen + left.outFen)
      throw new ClaimRefusal('settlement.given-exceeds', {
        zh: '账单给出的某一层支付额大于此前各层支付后的余额。请更正 given。',
        en: 'An amount given for a layer is more than the layers before it left. Correct `given`.',
      })
    takeFrom(left, amountFen, row?.base === 'out-of-scope' && amountFen <= left.outFen)
    // What one layer pays of the fees above the cap is no base of the next.
    if (row?.base === 'above-cap') left.aboveCapFen = Math.max(left.aboveCapFen - amountFen, 0)
    const paid = { layer, baseFen, amountFen }
    layers.push(paid)
    if (trail.isKept) tell(trail, plan, one, row, paid, claim, stated !== undefined)
  }
  return layers
}
