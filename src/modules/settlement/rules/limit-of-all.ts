import type { AreaClaim } from './area-claim.ts'
import type { RowOf } from './book-on.ts'
import { splitClaim, type Part } from './claim-lines.ts'
import { notBuilt } from './claim-refusal.ts'
import { found, type Plan } from './plan.ts'

type Limit = RowOf<'care-limit'>
/** A part of a bill with the limits of all fees that hold for it. */
export type LimitedPart = { readonly part: Part; readonly limits: readonly Limit[] }
/** What stands within a limit of a part's fees in scope. */
export type Within = { readonly limit: Limit; readonly fen: number }

/** An amount times a part of a whole, in whole fen, half up; exact for every amount that a bill may have. */
export const portionOf = (amountFen: number, part: number, whole: number): number =>
  whole === 0 ? 0 : Number((BigInt(amountFen) * BigInt(part) * 2n + BigInt(whole)) / (BigInt(whole) * 2n))

/** Fees in scope before all others. */
const inScopeFirst = (parts: readonly Part[], room: number): number[] => {
  let left = room
  return parts.map(({ inScopeFen }) => {
    const within = Math.min(inScopeFen, left)
    left -= within
    return within
  })
}

/** Every fen of the bill alike: the parts have the share of their fees in scope that the limit is of all fees, rounded so that they sum. */
const shared = (parts: readonly Part[], room: number): number[] => {
  const allFen = parts.reduce((sum, { amountFen }) => sum + amountFen, 0)
  if (allFen <= room) return parts.map(({ inScopeFen }) => inScopeFen)
  let scope = 0
  let given = 0
  return parts.map(({ inScopeFen }) => {
    scope += inScopeFen
    const within = portionOf(scope, room, allFen) - given
    given += within
    return within
  })
}

/** Line by line as the bill has them; of the line at the limit the same share of its fees in scope. */
const inLineOrder = (parts: readonly Part[], room: number, plan: Plan, claim: AreaClaim): number[] => {
  const { lines, priced } = splitClaim(claim, plan, true)
  const fixed = new Set(priced.filter(({ price }) => price.fundFen !== undefined).map(({ number }) => number - 1))
  const within = parts.map(() => 0)
  const whole = parts.map(() => 0)
  let left = room
  for (const [at, { category, amountFen, inScopeFen }] of lines.entries()) {
    const own = parts.findIndex((part) => part.category === category)
    if (own === -1 || fixed.has(at)) continue
    const fits = Math.min(amountFen, left)
    left -= fits
    within[own] = (within[own] ?? 0) + portionOf(inScopeFen, fits, amountFen)
    whole[own] = (whole[own] ?? 0) + inScopeFen
  }
  // A first share for care away from home was taken of the whole part: of what stands within the limit it took its share.
  return parts.map(({ inScopeFen }, at) => portionOf(inScopeFen, within[at] ?? 0, whole[at] ?? 0))
}

const refuseAccountFirst = (plan: Plan, { accountFen }: AreaClaim): void => {
  if (accountFen > 0 && found(plan, 'account-first', plan.accountFirst) !== null)
    throw notBuilt('账户先付而又以医疗费总额为限额', 'The account pays first and the limit is of all fees')
}

const takenBy = { 'in-scope-first': inScopeFirst, 'in-line-order': inLineOrder, shared } as const

/**
 * What of each part's fees in scope stands within its limits of all fees, by the order that the book states for each; of several limits the
 * one that leaves least, null for a part without one.
 * @throws ClaimRefusal where the account pays first: whether its money uses up the limit no source says.
 */
export const withinLimitsOfAll = (
  limited: readonly LimitedPart[],
  roomOf: (limit: Limit) => number,
  plan: Plan,
  claim: AreaClaim,
): (Within | null)[] => {
  const within = limited.map((): Within | null => null)
  for (const limit of new Set(limited.flatMap(({ limits }) => limits))) {
    refuseAccountFirst(plan, claim)
    const own = limited.flatMap(({ part, limits }, at) => (limits.includes(limit) ? [{ at, part }] : []))
    const fens = takenBy[limit.takes ?? 'in-scope-first'](own.map(({ part }) => part), roomOf(limit), plan, claim) // prettier-ignore
    for (const [index, { at }] of own.entries()) {
      const fen = fens[index] ?? 0
      if (fen <= (within[at]?.fen ?? fen)) within[at] = { limit, fen }
    }
  }
  return within
}
