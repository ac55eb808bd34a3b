import { WHOLE } from '../../../kernel/share.ts'
import { feesBeyond, slicesOf, weighedOf, type Slice } from './bands.ts'
import type { AreaClaim } from './area-claim.ts'
import { found, needed, type BookOn, type RowOf } from './book-on.ts'
import type { Part } from './claim-lines.ts'
import { notBuilt } from './claim-refusal.ts'
import type { Deductible } from './deductible.ts'
import { roundedFen, shareOf } from './share-of.ts'
import type { Trail } from './trail.ts'

/** What the basic fund pays, and the fees in scope that stand above its cap. */
export type Basic = { readonly amountFen: number; readonly aboveCapFen: number }

/** A part as the fund sees it: what it counts of its fees, and the limit that holds for it. */
type Counted = { readonly part: Part; countedFen: number; readonly limit: RowOf<'care-limit'> | null }

type Work = { readonly book: BookOn; readonly claim: AreaClaim; readonly trail: Trail }

const limitRoom = ({ of, per, amountFen }: RowOf<'care-limit'>, { before }: AreaClaim): number => {
  if (of === 'all') throw notBuilt('该待遇以医疗费总额为限额', 'The limit of this care is of all fees')
  const seen = { fund: { year: before.careFundFen, month: before.careFundMonthFen }, 'in-scope': { year: before.inScopeFen, month: before.monthInScopeFen } } // prettier-ignore
  return Math.max(amountFen - seen[of][per], 0)
}

const careLimit = ({ book, claim }: Work, category: string | undefined): RowOf<'care-limit'> | null => {
  const ofBasic = (per: 'year' | 'month') => found(book, claim, 'care-limit', (row) => row.layer === undefined && row.per === per, category) // prettier-ignore
  const year = ofBasic('year')
  const month = ofBasic('month')
  if (year !== null && month !== null) throw notBuilt('该待遇同时有年限额与月限额', 'This care has a limit of the year and one of the month') // prettier-ignore
  return year ?? month
}

/** Fees in scope that the fund counts: all of them, or up to a limit or cap that is of fees and not of the fund. */
const countedOf = (work: Work, parts: readonly Part[]): { counted: Counted[]; aboveCapFen: number } => {
  const { book, claim, trail } = work
  const rooms = new Map<RowOf<'care-limit'>, number>()
  const counted = parts.map((part): Counted => {
    const limit = careLimit(work, part.category)
    if (limit?.of !== 'in-scope' && limit?.of !== 'all') return { part, countedFen: part.inScopeFen, limit }
    const room = rooms.get(limit) ?? limitRoom(limit, claim)
    const countedFen = Math.min(part.inScopeFen, room)
    rooms.set(limit, room - countedFen)
    if (countedFen < part.inScopeFen) trail.add('care-limit', limit, countedFen, { inScopeFen: part.inScopeFen, limitFen: limit.amountFen }) // prettier-ignore
    return { part, countedFen, limit }
  })
  const cap = found(book, claim, 'fund-cap', ({ of }) => of === 'in-scope')
  if (cap === null) return { counted, aboveCapFen: 0 }
  let room = Math.max(cap.amountFen - claim.before.inScopeFen, 0)
  let aboveCapFen = 0
  for (const one of counted) {
    const within = Math.min(one.countedFen, room)
    aboveCapFen += one.countedFen - within
    room -= within
    one.countedFen = within
  }
  if (aboveCapFen > 0) trail.add('above-cap', cap, aboveCapFen, { capFen: cap.amountFen, earlierInScopeFen: claim.before.inScopeFen }) // prettier-ignore
  return { counted, aboveCapFen }
}

/** The stretch of a part on its bands: on the bill's own axis, or going on where the year's earlier fees ended. */
const stretchOf = (rate: RowOf<'rate'>, claim: AreaClaim, own: number, countedFen: number, seenFen: number): [number, number] => {
  const earlier = rate.per === 'year' ? claim.before.inScopeFen + seenFen : 0
  if (rate.axis === 'absolute') return [earlier + own, earlier + countedFen]
  const paidFirst = rate.per === 'year' ? Math.min(claim.deductiblePaidFen, earlier) : 0
  return [earlier - paidFirst, earlier - paidFirst + countedFen - own]
}

type Paid = { readonly slices: Slice[]; readonly weighed: number; readonly fullWeighed: number }

/** The stretches that the fund pays of the parts, the deductible taken from the first of them on. */
const paidOf = ({ book, claim, trail }: Work, counted: readonly Counted[], deductible: Deductible, lessBp: number) => {
  let left = deductible.amountFen
  let seenFen = 0
  const of = new Map<RowOf<'care-limit'> | null, Paid>()
  for (const { part, countedFen, limit } of counted) {
    const rate = needed(book, claim, 'rate', part.category)
    const own = Math.min(left, countedFen)
    left -= own
    const [start, end] = stretchOf(rate, claim, own, countedFen, seenFen)
    seenFen += countedFen
    const slices = slicesOf(rate.bands, start, end, lessBp)
    const weighed = weighedOf(slices)
    const full = lessBp === 0 ? weighed : weighedOf(slicesOf(rate.bands, start, end))
    const group = limit?.of === 'fund' ? limit : null
    const before = of.get(group) ?? { slices: [], weighed: 0, fullWeighed: 0 }
    of.set(group, { slices: [...before.slices, ...slices], weighed: before.weighed + weighed, fullWeighed: before.fullWeighed + full }) // prettier-ignore
    if (trail.isKept)
      trail.add('basic', rate, roundedFen(weighed), {
        ...(part.category === undefined ? {} : { category: part.category }),
        inScopeFen: part.inScopeFen,
        countedFen,
        deductibleFen: own,
        bands: slices.map((slice) => `${slice.fen}×${slice.rateBp}`).join(' + '),
      })
  }
  return of
}

/** 双向转诊 raises the rate on the stretch from the deductible up to an amount. In fen times basis points. */
const bonusOf = ({ trail }: Work, deductible: Deductible, countedFen: number): number => {
  const { rateBp, upToFen } = deductible.bonus
  const stretch = Math.max(Math.min(countedFen, upToFen) - deductible.amountFen, 0)
  if (rateBp === 0 || stretch === 0) return 0
  trail.add('chain-bonus', deductible.chain, roundedFen(stretch * rateBp), { stretchFen: stretch, rateBp })
  return stretch * rateBp
}

const capped = ({ book, claim, trail }: Work, paidFen: number, slices: readonly Slice[]): Basic => {
  const cap = found(book, claim, 'fund-cap', ({ of }) => of === 'fund')
  if (cap === null || paidFen + claim.fundPaidFen <= cap.amountFen) return { amountFen: paidFen, aboveCapFen: 0 }
  const room = Math.max(cap.amountFen - claim.fundPaidFen, 0)
  trail.add('fund-cap', cap, room, { beforeCapFen: paidFen, capFen: cap.amountFen, earlierFundFen: claim.fundPaidFen })
  return { amountFen: room, aboveCapFen: feesBeyond(slices, room * WHOLE) }
}

/** 保底: where the fund has paid less than a share of what the rules cover, it makes up the difference. */
const madeUp = ({ book, claim, trail }: Work, parts: readonly Part[], basic: Basic): Basic => {
  const row = found(book, claim, 'floor')
  if (row === null) return basic
  const coveredFen = parts.reduce((sum, { preSelfFen, inScopeFen }) => sum + preSelfFen + inScopeFen, 0)
  const least = shareOf(coveredFen, row.rateBp)
  const cap = found(book, claim, 'fund-cap', ({ of }) => of === 'fund')
  const room = cap === null ? least : Math.max(cap.amountFen - claim.fundPaidFen, 0)
  const more = Math.min(least, room) - basic.amountFen
  if (more <= 0) return basic
  trail.add('floor', row, more, { coveredFen, rateBp: row.rateBp, paidFen: basic.amountFen })
  return { ...basic, amountFen: basic.amountFen + more }
}

/**
 * What the basic fund pays of a bill: bands less the points of the referral status, plus the bonus of a chain, rounded once;
 * then the limit of the care, the cap of the year, the floor. @throws RuleGap, RuleConflict, ClaimRefusal.
 */
export const basicFund = (work: Work, parts: readonly Part[], deductible: Deductible): Basic => {
  const { book, claim, trail } = work
  const { counted, aboveCapFen } = countedOf(work, parts)
  const points = found(book, claim, 'referral-points')
  const groups = paidOf(work, counted, deductible, points?.pointsBp ?? 0)
  const countedFen = counted.reduce((sum, one) => sum + one.countedFen, 0)
  let bonus = bonusOf(work, deductible, countedFen)
  let paidFen = 0
  let fullFen = 0
  const slices: Slice[] = []
  for (const [limit, paid] of groups) {
    const most = paid.slices.reduce((sum, { fen }) => sum + fen, 0) * WHOLE
    const own = roundedFen(Math.min(paid.weighed + bonus, most))
    bonus = 0
    const room = limit === null ? own : limitRoom(limit, claim)
    if (limit !== null && own > room) trail.add('care-limit', limit, room, { beforeLimitFen: own, limitFen: limit.amountFen })
    paidFen += Math.min(own, room)
    fullFen += roundedFen(paid.fullWeighed)
    slices.push(...paid.slices)
  }
  if (points !== null) trail.add('referral-points', points, Math.max(fullFen - paidFen, 0), { pointsBp: points.pointsBp })
  const basic = capped(work, paidFen, slices)
  return madeUp(work, parts, { ...basic, aboveCapFen: basic.aboveCapFen + aboveCapFen })
}
