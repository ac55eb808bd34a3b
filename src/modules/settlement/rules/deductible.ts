import { RuleGap } from '../../../shapes/rulebook.ts'
import type { AreaClaim } from './area-claim.ts'
import type { PlaceLevel } from './area-schema.ts'
import type { RowOf } from './book-on.ts'
import { ClaimRefusal } from './claim-refusal.ts'
import { found, needed, planOf, type Plan } from './plan.ts'
import { shareOf } from './share-of.ts'

/** The deductible of a bill: the amount, the row that says so, how it came about, and what the referral adds to the rates. */
export type Deductible = {
  readonly amountFen: number
  readonly row: RowOf<'deductible'> | RowOf<'deductible-exempt'>
  readonly standardFen: number
  readonly stay: number
  readonly how: 'ordinary' | 'exempt' | 'chain'
  readonly chain: RowOf<'chain'> | null
  /** Paid in the chain before, and of a standard that is of a period what that has seen; for the step. */
  readonly chainPaidFen: number
  readonly seenFen: number | null
  readonly bonus: { readonly rateBp: number; readonly upToFen: number }
}

// The upper hospital's deductible is halved on the way down. @source 长沙“一增一减一免” 2019-12-30
const HALF = 5_000

const NO_BONUS = { rateBp: 0, upToFen: 0 }

/** Which stay of the year this counts as: stays of a chain that counts as one are one. */
const stayOf = (plan: Plan, claim: AreaClaim, chain: RowOf<'chain'> | null): number => {
  if (claim.stay !== undefined && claim.earlierLevels !== undefined)
    throw new ClaimRefusal('settlement.stay-twice', {
      zh: '账单同时给出第几次住院 stay 与此前各次的级别 earlierLevels。请只保留一项。',
      en: 'The bill states both which stay it is and the levels of the earlier ones. Keep one of them.',
    })
  const ordinal = found(plan, 'ordinal', plan.ordinal)
  if (claim.stay === undefined && ordinal?.scope === 'same-hospital') return claim.before.staysHere + 1
  if (claim.stay === undefined && claim.earlierLevels === undefined) return 1
  const counts = (level: PlaceLevel): boolean => ordinal?.scope !== 'same-level' || level === claim.level
  const stay = claim.stay ?? (claim.earlierLevels ?? []).filter(counts).length + 1
  const linked = chain?.countsAsOne === true ? (claim.episode?.stays ?? []) : []
  const alike = claim.earlierLevels === undefined ? linked.length : linked.filter(({ level }) => counts(level)).length
  return Math.max(stay - alike, 1)
}

/** The standard after the rule for the n-th stay: an amount or a share of its own, or an amount less for each further stay, never below the floor. */
const byOrdinal = (plan: Plan, amountFen: number, stay: number): number => {
  const ordinal = found(plan, 'ordinal', plan.ordinal)
  if (ordinal === null) return amountFen
  const { amountsFen } = ordinal
  if (amountsFen !== undefined) return amountsFen[Math.min(stay, amountsFen.length) - 1] ?? amountFen
  if (stay === 1) return amountFen
  const shares = ordinal.sharesBp
  const shared = shares === undefined ? amountFen : shareOf(amountFen, shares[Math.min(stay, shares.length) - 1] ?? 0)
  if (shares !== undefined && shared === 0) return 0
  const stepped = shared - (ordinal.stepFen ?? 0) * (stay - 1)
  return Math.min(Math.max(stepped, ordinal.floorFen), amountFen)
}

/** The standard of a row: its amount, or a share of the bill's total between the least and the most that the row says. */
const rowStandard = ({ amountFen, ofTotalBp, mostFen }: RowOf<'deductible'>, { lines }: AreaClaim): number => {
  if (ofTotalBp === undefined) return amountFen
  const totalFen = lines.reduce((sum, line) => sum + line.amountFen, 0)
  const least = Math.max(shareOf(totalFen, ofTotalBp), amountFen)
  return mostFen === undefined ? least : Math.min(least, mostFen)
}

/** The standard of a level for this stay, before anything that was paid already. */
const standardAt = (plan: Plan, claim: AreaClaim, level: PlaceLevel, stay: number): number => {
  const there = level === claim.level ? plan : planOf(plan.book, { ...claim, level })
  return byOrdinal(there, rowStandard(needed(there, 'deductible', there.deductible), claim), stay)
}

const isAccountFirst = (plan: Plan): boolean => found(plan, 'account-first', plan.accountFirst) !== null

/**
 * What a period has seen of its standard: fees in scope; where the account pays first, fees that it paid are no part of the deductible, and
 * what was paid of it counts. Null for a standard that is of no period.
 */
const seenOf = (plan: Plan, { mode }: RowOf<'deductible'>, { before, deductiblePaidFen }: AreaClaim): number | null => {
  switch (mode) {
    case 'per-year':
      return isAccountFirst(plan) ? deductiblePaidFen : before.inScopeFen
    case 'per-quarter':
      return isAccountFirst(plan) ? before.quarterDeductibleFen : before.quarterInScopeFen
    case 'per-month':
      return isAccountFirst(plan) ? before.monthDeductibleFen : before.monthInScopeFen
    case 'top-up-year':
      return deductiblePaidFen
    case 'per-stay':
    case 'per-hospital-year':
      return null
  }
}

/** What is still to be paid: the standard, less what its period has seen; once a year at each hospital. */
const ordinary = (row: RowOf<'deductible'>, { before }: AreaClaim, standardFen: number, seenFen: number | null): number =>
  row.mode === 'per-hospital-year' && before.staysHere > 0 ? 0 : Math.max(standardFen - (seenFen ?? 0), 0)

/**
 * The rule of the chain that this stay goes on in, or null when it is a stay of its own.
 * @throws RuleGap when the bill states a chain and the area has no rule for it.
 */
export const chainOf = (plan: Plan, claim: AreaClaim): RowOf<'chain'> | null => {
  const { episode } = claim
  if (episode === undefined) return null
  const row = found(plan, 'chain', plan.chain)
  if (row === null) throw new RuleGap(`${plan.book.id}.chain`, claim.day, claim.level)
  const isSlipped = !row.needsSlip || episode.slip
  const isAlike = row.needsSameDisease !== true || episode.sameDisease === true
  const isNear = row.gapDays === null || episode.gapDays <= row.gapDays
  return isSlipped && isAlike && isNear ? row : null
}

const paidInChain = ({ episode }: AreaClaim): number =>
  (episode?.stays ?? []).reduce((sum, { deductibleFen }) => sum + deductibleFen, 0)

/** 连续计算起付线: what a stay of a chain pays first, before the amounts in scope and the year's cap. */
const linked = (plan: Plan, claim: AreaClaim, chain: RowOf<'chain'>, standardFen: number, stay: number): number => {
  const { move, leaves, stays = [] } = claim.episode ?? {}
  if (leaves === 'up' && chain.up === 'waive-lower') return 0
  if (leaves === 'down' && chain.down === 'halve-upper') return standardFen - shareOf(standardFen, HALF)
  const mode = move === undefined ? 'normal' : move === 'down' ? chain.down : chain.up
  const paid = paidInChain(claim)
  switch (mode) {
    case 'zero':
      return 0
    case 'difference':
      return Math.max(standardFen - paid, 0)
    case 'max':
      return Math.max(standardFen, ...stays.map(({ level }) => standardAt(plan, claim, level, stay))) - paid
    case 'waive-lower':
    case 'halve-upper':
    case 'normal':
      return standardFen
  }
}

const isExempt = (row: RowOf<'deductible-exempt'>, claim: AreaClaim, stay: number): boolean =>
  stay >= row.fromStay && (!row.oncePerYear || claim.deductiblePaidFen > 0)

/**
 * What the person pays first of the fees in scope, by the area's mode, n-th stay, exemption, chain and the year's cap.
 * Fen, 0…`inScopeFen`. @throws RuleGap, RuleConflict.
 */
export const deductibleOf = (plan: Plan, claim: AreaClaim, inScopeFen: number): Deductible => {
  const row = needed(plan, 'deductible', plan.deductible)
  const chain = chainOf(plan, claim)
  const stay = stayOf(plan, claim, chain)
  const isByStay = row.mode === 'per-stay' || row.mode === 'per-hospital-year'
  const rowFen = rowStandard(row, claim)
  const standardFen = isByStay ? byOrdinal(plan, rowFen, stay) : rowFen
  const isBonus = chain !== null && claim.episode?.move !== undefined && claim.episode.move !== 'lateral'
  const bonus = isBonus ? { rateBp: chain.bonusBp, upToFen: chain.bonusUpToFen } : NO_BONUS
  const exempt = found(plan, 'deductible-exempt', plan.exempt)
  if (exempt !== null && isExempt(exempt, claim, stay))
    return { amountFen: 0, row: exempt, standardFen, stay, how: 'exempt', chain, chainPaidFen: 0, seenFen: null, bonus }
  const isLinked = chain !== null && row.mode === 'per-stay'
  const seenFen = seenOf(plan, row, claim)
  const own = isLinked ? linked(plan, claim, chain, standardFen, stay) : ordinary(row, claim, standardFen, seenFen)
  const cap = found(plan, 'deductible-year-cap', plan.yearCap)
  const room = cap === null ? own : Math.max(cap.amountFen - claim.deductiblePaidFen, 0)
  const amountFen = Math.min(Math.max(own, 0), room, inScopeFen)
  const chainPaidFen = isLinked ? paidInChain(claim) : 0
  return { amountFen, row, standardFen, stay, how: isLinked ? 'chain' : 'ordinary', chain, chainPaidFen, seenFen, bonus }
}
