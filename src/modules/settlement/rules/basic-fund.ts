import { WHOLE } from '../../../kernel/share.ts'
import { feesBeyond, slicesOf, weighedBetween, type Slice } from './bands.ts'
import type { AreaClaim } from './area-claim.ts'
import { grownCap, isFixed, tellGrowth } from './cap-growth.ts'
import type { RowOf } from './book-on.ts'
import type { Part } from './claim-lines.ts'
import type { Deductible } from './deductible.ts'
import { found, needed, ofCategory, type Plan } from './plan.ts'
import { withinLimitsOfAll } from './limit-of-all.ts'
import { roundedFen, shareOf } from './share-of.ts'
import type { Trail } from './trail.ts'

/** What the basic fund pays, and the fees in scope that stand above its cap. */
export type Basic = { readonly amountFen: number; readonly aboveCapFen: number }

/** A part as the fund sees it: what it counts of its fees, and the limit that holds for it. */
type Counted = { readonly part: Part; countedFen: number; readonly limit: Limit | null }

type Limit = RowOf<'care-limit'>
type Work = { readonly plan: Plan; readonly claim: AreaClaim; readonly trail: Trail }

/** Where a bill states what its kind of care has used up of a limit; of one of a visit nothing has been used. */
const FUND_SEEN = { stay: null, month: 'careFundMonthFen', quarter: 'careFundQuarterFen', year: 'careFundFen' } as const
const FEES_SEEN = { stay: null, month: 'monthInScopeFen', quarter: 'quarterInScopeFen', year: 'inScopeFen' } as const
const ALL_SEEN = { stay: null, month: 'monthTotalFen', quarter: 'quarterTotalFen', year: 'totalFen' } as const
const SEEN = { fund: FUND_SEEN, 'in-scope': FEES_SEEN, all: ALL_SEEN } as const

const limitRoom = ({ of, per, amountFen }: RowOf<'care-limit'>, { before }: AreaClaim): number => {
  const seen = SEEN[of][per]
  return Math.max(amountFen - (seen === null ? 0 : before[seen]), 0)
}

/** Of limits of the same kind the one that leaves least; of equal ones that of the longer time. */
const tighter = (one: Limit | null, other: Limit, claim: AreaClaim): Limit =>
  one === null || limitRoom(other, claim) <= limitRoom(one, claim) ? other : one

type Limits = Record<Limit['of'], Limit | null>
const NO_LIMITS: Readonly<Limits> = { fund: null, 'in-scope': null, all: null }

/** The limits that hold for a category: of what the fund pays, of fees in scope, of all fees. */
const careLimits = ({ plan, claim }: Work, category: string | undefined): Readonly<Limits> => {
  const { limits } = ofCategory(plan, category)
  if (limits.length === 0) return NO_LIMITS
  const held: Limits = { ...NO_LIMITS }
  for (const slot of limits) {
    const limit = found(plan, 'care-limit', slot)
    if (limit === null) continue
    held[limit.of] = tighter(held[limit.of], limit, claim)
  }
  return held
}

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

/** Fees above a limit whose row lets the layers of fees above the cap pay of them; 0 where it does not. */
const joining = (limit: Limit, fen: number, trail: Trail): number =>
  limit.joinsAboveCap !== true || fen === 0 ? 0 : trail.add('above-limit', limit, fen, { limitFen: limit.amountFen })

type Fees = { readonly counted: Counted[]; readonly aboveFen: number }

/** Fees in scope up to the limits of fees that hold for them; `limits` in the order of the parts. */
const withinLimits = ({ plan, claim, trail }: Work, parts: readonly Part[], limits: readonly Readonly<Limits>[]): Fees => {
  const within = withinLimitsOfAll(parts.map((part, at) => ({ part, limit: limits[at]?.all ?? null })), (limit) => limitRoom(limit, claim), plan, claim)
  const rooms = new Map<Limit, number>()
  let aboveFen = 0
  const cut = (limit: Limit, countedFen: number, within: number): number => {
    if (within < countedFen) trail.add('care-limit', limit, within, { inScopeFen: countedFen, limitFen: limit.amountFen, ...(limit.takes === undefined ? {} : { takes: limit.takes }) })
    aboveFen += joining(limit, countedFen - within, trail)
    return within
  }
  const counted = parts.map((part, at): Counted => {
    const { all, fund, 'in-scope': scope } = limits[at] ?? NO_LIMITS
    const ofAll = within[at] ?? null
    let countedFen = all === null || ofAll === null ? part.inScopeFen : cut(all, part.inScopeFen, ofAll)
    if (scope !== null) {
      const room = rooms.get(scope) ?? limitRoom(scope, claim)
      countedFen = cut(scope, countedFen, Math.min(countedFen, room))
      rooms.set(scope, room - countedFen)
    }
    return { part, countedFen, limit: fund }
  })
  return { counted, aboveFen }
} // prettier-ignore

/** Fees in scope that the fund counts: all of them, or up to a limit that is of fees and not of the fund; and what of the rest joins the fees above the cap. */
const countedOf = (work: Work, parts: readonly Part[]): Fees => {
  const limits = parts.map(({ category }) => careLimits(work, category))
  if (limits.some((one) => one.all !== null || one['in-scope'] !== null)) return withinLimits(work, parts, limits)
  return {
    counted: parts.map((part, at) => ({ part, countedFen: part.inScopeFen, limit: limits[at]?.fund ?? null })),
    aboveFen: 0,
  }
}

/** Where the fees of a part begin on its bands: on the bill's own axis, or where the year's earlier fees ended. */
const startOf = (rate: RowOf<'rate'>, claim: AreaClaim, ownFen: number, seenFen: number): number => {
  const earlier = rate.per === 'year' ? claim.before.inScopeFen + seenFen : 0
  if (rate.axis === 'absolute') return earlier + ownFen
  return rate.per === 'year' ? earlier - Math.min(claim.deductiblePaidFen, earlier) : 0
}

/** A part's fees on its bands, with the limit of the fund that holds for them. */
type Stretch = { readonly rate: RowOf<'rate'>; readonly start: number; end: number; readonly limit: Limit | null }

/** What the fund pays by its bands under one limit, in fen times basis points: with and without the points of the referral. */
type Paid = { readonly limit: RowOf<'care-limit'> | null; weighed: number; fullWeighed: number; fen: number }

const groupOf = (groups: Paid[], limit: RowOf<'care-limit'> | null): Paid => {
  for (const one of groups) if (one.limit === limit) return one
  const added: Paid = { limit, weighed: 0, fullWeighed: 0, fen: 0 }
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
  for (const { part, countedFen, limit } of counted) {
    const rate = needed(plan, 'rate', ofCategory(plan, part.category).rate)
    const own = Math.min(left, countedFen)
    left -= own
    const start = startOf(rate, claim, own, seenFen)
    const end = start + countedFen - own
    seenFen += countedFen
    const weighed = weighedBetween(rate.bands, start, end, lessBp)
    const group = groupOf(groups, limit)
    group.weighed += weighed
    group.fullWeighed += lessBp === 0 ? weighed : weighedBetween(rate.bands, start, end)
    group.fen += end - start
    const stretch = { rate, start, end, limit }
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
  const own = stretches.filter((one) => one.limit === limit)
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
export const basicFund = (work: Work, parts: readonly Part[], deductible: Deductible): Basic => {
  const { plan, claim, trail } = work
  const { counted, aboveFen } = countedOf(work, parts)
  let aboveCapFen = aboveFen + cutToCap(work, counted)
  const points = found(plan, 'referral-points', plan.points)
  const lessBp = points?.pointsBp ?? 0
  const { groups, stretches } = paidOf(work, counted, deductible, lessBp)
  let countedFen = 0
  for (const one of counted) countedFen += one.countedFen
  let bonus = bonusOf(work, deductible, countedFen)
  let paidFen = 0
  let fullFen = 0
  for (const { limit, weighed, fullWeighed, fen } of groups) {
    const own = roundedFen(Math.min(weighed + bonus, fen * WHOLE))
    bonus = 0
    const room = limit === null ? own : limitRoom(limit, claim)
    if (limit !== null && own > room) {
      trail.add('care-limit', limit, room, { beforeLimitFen: own, limitFen: limit.amountFen })
      if (limit.joinsAboveCap === true) aboveCapFen += joining(limit, cutToLimit(limit, room, stretches, lessBp), trail)
    }
    paidFen += Math.min(own, room)
    fullFen += roundedFen(fullWeighed)
  }
  if (points !== null) trail.add('referral-points', points, Math.max(fullFen - paidFen, 0), { pointsBp: points.pointsBp })
  return madeUp(work, parts, capped(work, paidFen, aboveCapFen, stretches, lessBp))
}
