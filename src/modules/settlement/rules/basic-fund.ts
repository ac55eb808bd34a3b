import { WHOLE } from '../../../kernel/share.ts'
import { feesBeyond, slicesOf, weighedBetween, type Slice } from './bands.ts'
import type { AreaClaim } from './area-claim.ts'
import {
  countedOf,
  joining,
  limitRoom,
  limitsUsedBy,
  NOTHING_USED,
  tightest,
  usedIn,
  type Counted,
  type Limit,
  type PaidTogether,
} from './care-limits.ts'
import { grownCap, isFixed, tellGrowth } from './cap-growth.ts'
import type { RowOf } from './book-on.ts'
import type { Part } from './claim-lines.ts'
import type { Deductible } from './deductible.ts'
import { found, needed, ofCategory, type Plan } from './plan.ts'
import { roundedFen, shareOf } from './share-of.ts'
import type { Trail } from './trail.ts'

/** What the basic fund pays, and the fees in scope that stand above its cap. */
export type Basic = { readonly amountFen: number; readonly aboveCapFen: number }
/** With what it used of each limit of a category or a disease. */
export type BasicOfBill = Basic & { readonly limitsUsed: Readonly<Record<string, number>> }

type Work = { readonly plan: Plan; readonly claim: AreaClaim; readonly trail: Trail }

/** Fees in scope above a cap that is of fees; what is counted is cut to it. */
const cutToCap = ({ plan, claim, trail }: Work, counted: readonly Counted[]): number => {
  const cap = found(plan, 'fund-cap', plan.scopeCap)
  if (cap === null) return 0
  const grown = grownCap(plan, cap.amountFen, plan.capGrowth, claim)
  tellGrowth(trail, grown, claim)
  let room = Math.max(grown.capFen - claim.before.inScopeFen, 0)
  let aboveCapFen = 0
  for (const one of counted) {
    const within = Math.min(one.countedFen, room)
    aboveCapFen += one.countedFen - within
    room -= within
    one.countedFen = within
  }
  if (aboveCapFen > 0) trail.add('above-cap', cap, aboveCapFen, { capFen: grown.capFen, earlierInScopeFen: claim.before.inScopeFen }) // prettier-ignore
  return aboveCapFen
}

/** Where the fees of a part begin on its bands: on the bill's own axis, or where the year's earlier fees ended. */
const startOf = (rate: RowOf<'rate'>, claim: AreaClaim, ownFen: number, seenFen: number): number => {
  const earlier = rate.per === 'year' ? claim.before.inScopeFen + seenFen : 0
  if (rate.axis === 'absolute') return earlier + ownFen
  return rate.per === 'year' ? earlier - Math.min(claim.deductiblePaidFen, earlier) : 0
}

/** A part's fees on its bands, with the limits of the fund that hold for them. */
type Stretch = { readonly rate: RowOf<'rate'>; readonly start: number; end: number; readonly limits: readonly Limit[] }

/** What the fund pays by its bands under the same limits, in fen times basis points: with and without the points of the referral. */
type Paid = PaidTogether & {
  readonly limits: readonly Limit[]
  readonly members: { part: Part; weighed: number }[]
  weighed: number
  fullWeighed: number
  fen: number
  paidFen: number
}

const isSame = (some: readonly Limit[], others: readonly Limit[]): boolean =>
  some === others || (some.length === others.length && some.every((one, at) => one === others[at]))

const groupOf = (groups: Paid[], limits: readonly Limit[]): Paid => {
  for (const one of groups) if (isSame(one.limits, limits)) return one
  const added: Paid = { limits, members: [], weighed: 0, fullWeighed: 0, fen: 0, paidFen: 0 }
  groups.push(added)
  return added
}

/** What the fund pays of the parts by their bands, the deductible taken from the first of them on. */
const paidOf = (work: Work, counted: readonly Counted[], deductible: Deductible, lessBp: number) => {
  const { plan, claim, trail } = work
  let left = deductible.amountFen
  let seenFen = 0
  const groups: Paid[] = []
  const stretches: Stretch[] = []
  for (const { part, countedFen, limits } of counted) {
    const rate = needed(plan, 'rate', ofCategory(plan, part.category).rate)
    const own = Math.min(left, countedFen)
    left -= own
    const start = startOf(rate, claim, own, seenFen)
    const end = start + countedFen - own
    seenFen += countedFen
    const weighed = weighedBetween(rate.bands, start, end, lessBp)
    const group = groupOf(groups, limits)
    if (plan.isLimited) group.members.push({ part, weighed })
    group.weighed += weighed
    group.fullWeighed += lessBp === 0 ? weighed : weighedBetween(rate.bands, start, end)
    group.fen += end - start
    const stretch = { rate, start, end, limits }
    stretches.push(stretch)
    if (trail.isKept) tellBands(trail, part, stretch, { countedFen, own, weighed, lessBp })
  }
  return { groups, stretches }
}

type Weighed = { readonly countedFen: number; readonly own: number; readonly weighed: number; readonly lessBp: number }
const tellBands = (
  trail: Trail,
  part: Part,
  { rate, start, end }: Stretch,
  { countedFen, own, weighed, lessBp }: Weighed,
): void => {
  let bands = ''
  for (const { fen, rateBp } of slicesOf(rate.bands, start, end, lessBp)) bands += `${bands === '' ? '' : ' + '}${fen}×${rateBp}`
  const { category, inScopeFen } = part
  const inputs = { inScopeFen, countedFen, deductibleFen: own, bands }
  trail.add('basic', rate, roundedFen(weighed), category === undefined ? inputs : { category, ...inputs })
}

/** 双向转诊 raises the rate on the stretch from the deductible up to an amount. In fen times basis points. */
const bonusOf = ({ trail }: Work, deductible: Deductible, countedFen: number): number => {
  const { rateBp, upToFen } = deductible.bonus
  if (rateBp === 0) return 0
  const stretch = Math.max(Math.min(countedFen, upToFen) - deductible.amountFen, 0)
  if (stretch === 0) return 0
  trail.add('chain-bonus', deductible.chain, roundedFen(stretch * rateBp), { stretchFen: stretch, rateBp })
  return stretch * rateBp
}

/**
 * Fees for which there is no room below a limit of the fund, cut from the end of its stretches: the cap of the year meets them no more.
 * What a bonus adds is left out of it, as at the cap.
 */
const cutToLimit = (limit: Limit, room: number, stretches: readonly Stretch[], lessBp: number): number => {
  const own = stretches.filter(({ limits }) => limits.includes(limit))
  const beyond = feesBeyond(
    own.flatMap(({ rate, start, end }) => slicesOf(rate.bands, start, end, lessBp)),
    room * WHOLE,
  )
  let left = beyond
  for (const one of own.toReversed()) {
    const cut = Math.min(left, one.end - one.start)
    one.end -= cut
    left -= cut
  }
  return beyond
}

/** Cuts what the fund pays of some groups, from the last of them on, to what a limit leaves; what of the fees beyond joins those above the cap. */
const cutGroups = (
  { claim, trail }: Work,
  groups: readonly Paid[],
  limit: Limit,
  stretches: readonly Stretch[],
  lessBp: number,
): number => {
  let before = 0
  for (const { paidFen } of groups) before += paidFen
  const room = limitRoom(limit, claim)
  if (before <= room) return 0
  let over = before - room
  for (const group of groups.toReversed()) {
    const cut = Math.min(over, group.paidFen)
    group.paidFen -= cut
    over -= cut
  }
  trail.add('care-limit', limit, room, { beforeLimitFen: before, limitFen: limit.amountFen, ...usedIn(limit, claim) })
  return limit.joinsAboveCap === true ? joining(limit, cutToLimit(limit, room, stretches, lessBp), trail) : 0
}

/** Cuts what the fund pays to every limit of it: of each group, then of several that a limit holds for together. Answers the fees that join those above the cap. */
const cutToLimits = (work: Work, groups: readonly Paid[], stretches: readonly Stretch[], lessBp: number): number => {
  let joined = 0
  for (const group of groups) {
    const limit = tightest(group.limits, work.claim)
    if (limit !== null) joined += cutGroups(work, [group], limit, stretches, lessBp)
  }
  for (const limit of new Set(groups.flatMap(({ limits }) => limits))) {
    const under = groups.filter(({ limits }) => limits.includes(limit))
    if (under.length > 1) joined += cutGroups(work, under, limit, stretches, lessBp)
  }
  return joined
}

/** The cap of the year; fees for which there is no room below it join those that stood above a cap of fees. */
const capped = (
  { plan, claim, trail }: Work,
  paidFen: number,
  aboveCapFen: number,
  stretches: readonly Stretch[],
  lessBp: number,
): Basic => {
  const cap = found(plan, 'fund-cap', plan.fundCap)
  if (cap === null || (isFixed(plan.capGrowth) && paidFen + claim.fundPaidFen <= cap.amountFen)) return { amountFen: paidFen, aboveCapFen } // prettier-ignore
  const grown = grownCap(plan, cap.amountFen, plan.capGrowth, claim)
  if (trail.isKept) tellGrowth(trail, grown, claim)
  const { capFen } = grown
  if (paidFen + claim.fundPaidFen <= capFen) return { amountFen: paidFen, aboveCapFen }
  const room = Math.max(capFen - claim.fundPaidFen, 0)
  trail.add('fund-cap', cap, room, { beforeCapFen: paidFen, capFen, earlierFundFen: claim.fundPaidFen })
  const slices: Slice[] = stretches.flatMap(({ rate, start, end }) => slicesOf(rate.bands, start, end, lessBp))
  return { amountFen: room, aboveCapFen: aboveCapFen + feesBeyond(slices, room * WHOLE) }
}

/** 保底: where the fund has paid less than a share of what the rules cover, it makes up the difference. */
const madeUp = ({ plan, claim, trail }: Work, parts: readonly Part[], basic: Basic): Basic => {
  const row = found(plan, 'floor', plan.floor)
  if (row === null) return basic
  const coveredFen = parts.reduce((sum, { preSelfFen, inScopeFen }) => sum + preSelfFen + inScopeFen, 0)
  const least = shareOf(coveredFen, row.rateBp)
  const cap = found(plan, 'fund-cap', plan.fundCap)
  const room = cap === null ? least : Math.max(grownCap(plan, cap.amountFen, plan.capGrowth, claim).capFen - claim.fundPaidFen, 0)
  const more = Math.min(least, room) - basic.amountFen
  if (more <= 0) return basic
  trail.add('floor', row, more, { coveredFen, rateBp: row.rateBp, paidFen: basic.amountFen })
  const amountFen = basic.amountFen + more
  const inScopeFen = parts.reduce((sum, part) => sum + part.inScopeFen, 0)
  return { amountFen, aboveCapFen: Math.min(basic.aboveCapFen, Math.max(inScopeFen - amountFen, 0)) }
}

/**
 * What the basic fund pays of a bill: bands less the points of the referral status, plus the bonus of a chain, rounded once;
 * then the limit of the care, the cap of the year, the floor. @throws RuleGap, RuleConflict, ClaimRefusal.
 */
export const basicFund = (work: Work, parts: readonly Part[], deductible: Deductible): BasicOfBill => {
  const { plan, trail } = work
  const { counted, aboveFen } = countedOf(work, parts)
  let aboveCapFen = aboveFen + cutToCap(work, counted)
  const points = found(plan, 'referral-points', plan.points)
  const lessBp = points?.pointsBp ?? 0
  const { groups, stretches } = paidOf(work, counted, deductible, lessBp)
  let countedFen = 0
  for (const one of counted) countedFen += one.countedFen
  let bonus = bonusOf(work, deductible, countedFen)
  let fullFen = 0
  for (const group of groups) {
    group.paidFen = roundedFen(Math.min(group.weighed + bonus, group.fen * WHOLE))
    bonus = 0
    fullFen += roundedFen(group.fullWeighed)
  }
  if (plan.isLimited) aboveCapFen += cutToLimits(work, groups, stretches, lessBp)
  let paidFen = 0
  for (const one of groups) paidFen += one.paidFen
  if (points !== null) trail.add('referral-points', points, Math.max(fullFen - paidFen, 0), { pointsBp: points.pointsBp })
  const basic = madeUp(work, parts, capped(work, paidFen, aboveCapFen, stretches, lessBp))
  const limitsUsed = plan.isLimited ? limitsUsedBy(work, parts, groups) : NOTHING_USED
  return { amountFen: basic.amountFen, aboveCapFen: basic.aboveCapFen, limitsUsed }
}
