import type { AreaClaim } from './area-claim.ts'
import type { RowOf } from './book-on.ts'
import type { Part } from './claim-lines.ts'
import { portionOf, withinLimitsOfAll } from './limit-of-all.ts'
import { found, ofCategory, type Plan } from './plan.ts'
import type { Trail } from './trail.ts'

export type Limit = RowOf<'care-limit'>
type LimitsUsed = NonNullable<AreaClaim['before']['limitsUsed']>
type Work = { readonly plan: Plan; readonly claim: AreaClaim; readonly trail: Trail }

/** Where a bill states what its kind of care has used up of a limit; of one of a visit nothing has been used. */
const FUND_SEEN = { stay: null, month: 'careFundMonthFen', quarter: 'careFundQuarterFen', year: 'careFundFen' } as const
const FEES_SEEN = { stay: null, month: 'monthInScopeFen', quarter: 'quarterInScopeFen', year: 'inScopeFen' } as const
const ALL_SEEN = { stay: null, month: 'monthTotalFen', quarter: 'quarterTotalFen', year: 'totalFen' } as const
const SEEN = { fund: FUND_SEEN, 'in-scope': FEES_SEEN, all: ALL_SEEN } as const
const USED = { month: 'monthFen', quarter: 'quarterFen', year: 'yearFen' } as const

/**
 * What is counted under a limit of a category or of diseases: by what it is of and their names, as in `fund:hypertension`. A row that
 * lists several diseases is one of each. None for a limit of the whole kind of care.
 */
const countedAs = ({ of, when: { category, disease } }: Limit, { diseases }: Pick<AreaClaim, 'diseases'>): string[] => {
  if (disease === undefined) return category === undefined ? [] : [`${of}:${category}`]
  const own = disease.filter((one) => diseases.includes(one))
  return own.map((one) => (category === undefined ? `${of}:${one}` : `${of}:${category}/${one}`))
}

/** What was used of limits of single categories and diseases. */
const usedOfOthers = ({ of }: Limit, used: LimitsUsed, period: 'yearFen' | 'quarterFen' | 'monthFen'): number => {
  let sum = 0
  for (const [name, seen] of Object.entries(used)) if (name.startsWith(`${of}:`)) sum += seen[period]
  return sum
}

/**
 * What a limit has seen before a bill: of its category or disease; of a general one what is left when those are taken from the kind of
 * care, or all of it where it holds for them together. All of the kind of care too where the bill does not tell them apart.
 */
const seenUnder = (limit: Limit, claim: AreaClaim): number => {
  const { of, per } = limit
  const { before } = claim
  const seen = SEEN[of][per]
  if (seen === null || per === 'stay') return 0
  const { limitsUsed } = before
  if (limitsUsed === undefined) return before[seen]
  const names = countedAs(limit, claim)
  if (names.length === 0 && limit.together === true) return before[seen]
  if (names.length === 0) return Math.max(before[seen] - usedOfOthers(limit, limitsUsed, USED[per]), 0)
  return Math.max(...names.map((name) => limitsUsed[name]?.[USED[per]] ?? 0))
}

export const limitRoom = (limit: Limit, claim: AreaClaim): number => Math.max(limit.amountFen - seenUnder(limit, claim), 0)

/** What a step says of it. */
export const usedIn = (limit: Limit, claim: AreaClaim): { usedFen?: number } => {
  const usedFen = seenUnder(limit, claim)
  return usedFen === 0 ? {} : { usedFen }
}

/** Of some limits the one that leaves least; of equal ones that of the longer time. */
export const tightest = (limits: readonly Limit[], claim: AreaClaim): Limit | null => {
  let found: Limit | null = null
  for (const one of limits) if (found === null || limitRoom(one, claim) <= limitRoom(found, claim)) found = one
  return found
}

type Limits = Readonly<Record<Limit['of'], readonly Limit[]>>
const NONE: readonly Limit[] = []
const NO_LIMITS: Limits = { fund: NONE, 'in-scope': NONE, all: NONE }

/** The limits that hold for a category: of what the fund pays, of fees in scope, of all fees. */
const careLimits = (plan: Plan, category: string | undefined): Limits => {
  const { limits } = ofCategory(plan, category)
  if (limits.length === 0) return NO_LIMITS
  const held: Record<Limit['of'], Limit[]> = { fund: [], 'in-scope': [], all: [] }
  for (const slot of limits) {
    const limit = found(plan, 'care-limit', slot)
    if (limit !== null) held[limit.of].push(limit)
  }
  return held
}

/** A part as the fund sees it: what it counts of its fees, and the limits of the fund that hold for it. */
export type Counted = { readonly part: Part; countedFen: number; readonly limits: readonly Limit[] }
type Fees = { readonly counted: Counted[]; readonly aboveFen: number }

/** Fees above a limit whose row lets the layers of fees above the cap pay of them; 0 where it does not. */
export const joining = (limit: Limit, fen: number, trail: Trail): number =>
  limit.joinsAboveCap !== true || fen === 0 ? 0 : trail.add('above-limit', limit, fen, { limitFen: limit.amountFen })

/** Fees in scope up to the limits of fees that hold for them; `limits` in the order of the parts. */
const withinLimits = ({ plan, claim, trail }: Work, parts: readonly Part[], limits: readonly Limits[]): Fees => {
  const allowed = withinLimitsOfAll(
    parts.map((part, at) => ({ part, limits: limits[at]?.all ?? NONE })),
    (limit) => limitRoom(limit, claim),
    plan,
    claim,
  )
  const rooms = new Map<Limit, number>()
  const roomOf = (limit: Limit): number => rooms.get(limit) ?? limitRoom(limit, claim)
  let aboveFen = 0
  const cut = (limit: Limit, countedFen: number, within: number): number => {
    const { amountFen: limitFen, takes } = limit
    if (within < countedFen) trail.add('care-limit', limit, within, { inScopeFen: countedFen, limitFen, ...usedIn(limit, claim), ...(takes === undefined ? {} : { takes }) }) // prettier-ignore
    aboveFen += joining(limit, countedFen - within, trail)
    return within
  }
  const counted = parts.map((part, at): Counted => {
    const { fund, 'in-scope': scopes } = limits[at] ?? NO_LIMITS
    const ofAll = allowed[at] ?? null
    let countedFen = ofAll === null ? part.inScopeFen : cut(ofAll.limit, part.inScopeFen, ofAll.fen)
    for (const scope of scopes) countedFen = cut(scope, countedFen, Math.min(countedFen, roomOf(scope)))
    for (const scope of scopes) rooms.set(scope, roomOf(scope) - countedFen)
    return { part, countedFen, limits: fund }
  })
  return { counted, aboveFen }
}

// Most bills have no limit: they are read in the fewest steps.
const unlimited = (parts: readonly Part[]): Fees => {
  const counted: Counted[] = []
  for (const part of parts) counted.push({ part, countedFen: part.inScopeFen, limits: NONE })
  return { counted, aboveFen: 0 }
}

/** Fees in scope that the fund counts: all of them, or up to a limit that is of fees and not of the fund; and what of the rest joins the fees above the cap. */
export const countedOf = (work: Work, parts: readonly Part[]): Fees => {
  if (!work.plan.isLimited) return unlimited(parts)
  const limits = parts.map(({ category }) => careLimits(work.plan, category))
  if (limits.some(({ all, 'in-scope': scope }) => all.length > 0 || scope.length > 0)) return withinLimits(work, parts, limits)
  return { counted: parts.map((part, at) => ({ part, countedFen: part.inScopeFen, limits: limits[at]?.fund ?? NONE })), aboveFen: 0 } // prettier-ignore
}

/** What the fund paid of some parts together, in whole fen, and in what proportion. */
export type PaidTogether = { readonly paidFen: number; readonly members: readonly { readonly part: Part; readonly weighed: number }[] } // prettier-ignore

/** The parts' own shares of what was paid of them together: they sum to it. */
const sharesOf = ({ paidFen, members }: PaidTogether): Map<Part, number> => {
  const whole = members.reduce((sum, { weighed }) => sum + weighed, 0)
  let seen = 0
  let given = 0
  return new Map(
    members.map(({ part, weighed }, at) => {
      seen += weighed
      const upTo = at === members.length - 1 ? paidFen : portionOf(paidFen, seen, whole)
      const own = upTo - given
      given = upTo
      return [part, own]
    }),
  )
}

export const NOTHING_USED: Readonly<Record<string, number>> = {}

/** What a bill uses of each limit of a category or a disease, by what the limit is of: what the fund paid under it, fees in scope, all fees. */
export const limitsUsedBy = (
  { plan, claim }: Work,
  parts: readonly Part[],
  paid: readonly PaidTogether[],
): Readonly<Record<string, number>> => {
  const names = parts.map(({ category }) => new Set(Object.values(careLimits(plan, category)).flatMap((some) => some.flatMap((one) => countedAs(one, claim))))) // prettier-ignore
  if (names.every(({ size }) => size === 0)) return NOTHING_USED
  const funds = new Map(paid.flatMap((one) => [...sharesOf(one)]))
  const used: Record<string, number> = {}
  for (const [at, part] of parts.entries())
    for (const name of names[at] ?? []) {
      const fen = name.startsWith('fund:') ? (funds.get(part) ?? 0) : name.startsWith('all:') ? part.amountFen : part.inScopeFen
      used[name] = (used[name] ?? 0) + fen
    }
  return used
}
