import { assert } from '../../../kernel/assert.ts'
import { RuleConflict, RuleGap } from '../../../shapes/rulebook.ts'
import type { AreaClaim } from './area-claim.ts'
import type { AreaBook } from './area-schema.ts'
import { NOTHING_USED } from './care-limits.ts'
import { basicFund, type BasicOfBill } from './basic-fund.ts'
import { bookOn, type BookOn } from './book-on.ts'
import { splitClaim, takeFirstPay, totalOf, type Part, type PricedLine, type SplitBill } from './claim-lines.ts'
import { ClaimRefusal } from './claim-refusal.ts'
import { deductibleOf, type Deductible } from './deductible.ts'
import { payLayers, type Left, type PaidLayer } from './layers.ts'
import { found, planOf, type Plan } from './plan.ts'
import { Trail, type SettledStep } from './trail.ts'

export { areaClaim, type AreaClaim } from './area-claim.ts'
export type { SettledStep } from './trail.ts'

export type RelativePayment = { readonly owner: string; readonly amountFen: number }
export type SettledClaim = {
  readonly rulebookHash: string
  readonly totalFen: number
  readonly ownPayFen: number
  readonly overLimitFen: number
  readonly preSelfFen: number
  readonly hospitalFen: number
  readonly inScopeFen: number
  readonly deductibleFen: number
  readonly basicFen: number
  /** What the bill used of each limit of a category or a disease, as in `fund:hypertension`. */
  readonly limitsUsed: Readonly<Record<string, number>>
  readonly layers: readonly PaidLayer[]
  readonly fundFen: number
  readonly personalFen: number
  readonly accountFen: number
  readonly relatives: readonly RelativePayment[]
  readonly cashFen: number
  /** Each line's own split, before a first share for care away from home; empty without steps. */
  readonly lines: readonly Part[]
  readonly steps: readonly SettledStep[]
}

/** What a bill states against itself, before any rule is looked at. */
const check = (book: BookOn, claim: AreaClaim, inScopeFen: number): void => {
  if (claim.insured !== undefined && claim.insured !== book.insured)
    throw new ClaimRefusal('settlement.other-insured', {
      zh: '账单的参保类型与所用规则的不同。请改用该参保类型的规则文件。',
      en: 'The insured type of the bill is not that of the book. Use the book of that type.',
    })
  if ((claim.given.basicFen ?? 0) > inScopeFen)
    throw new ClaimRefusal('settlement.given-exceeds', {
      zh: '账单给出的基本医保支付额大于政策范围内费用。请更正 given.basicFen 或各行。',
      en: 'The amount given for the basic fund is more than the fees in scope. Correct given.basicFen or the lines.',
    })
  if (book.insured === 'residents' && claim.accountFen > 0)
    throw new ClaimRefusal('settlement.no-account', {
      zh: '居民医保没有个人账户。请去掉 accountFen;由职工亲属共济的,写在 relatives 中。',
      en: 'Residents have no personal account. Leave accountFen out; what relatives share stands under relatives.',
    })
}

/**
 * The first share that the way to a place away from home costs, taken from the parts.
 * @throws RuleConflict when the area also takes points off for it, RuleGap when it says nothing of care away without long-term filing.
 */
const firstPay = (plan: Plan, claim: AreaClaim, parts: readonly Part[], trail: Trail): void => {
  const row = found(plan, 'referral-first-pay', plan.firstPay)
  const points = found(plan, 'referral-points', plan.points)
  if (row !== null && points !== null)
    throw new RuleConflict(`${plan.book.id}.referral`, claim.day, claim.status, [row.basis, points.basis])
  if (row !== null) trail.add('referral-first-pay', row, takeFirstPay(parts, row.rateBp), { rateBp: row.rateBp })
  const isAway = claim.region !== 'in-town' && (claim.status === 'unreferred' || claim.status === 'filed-referral')
  if (!isAway || row !== null || points !== null || claim.given.basicFen !== undefined) return
  const rows = [found(plan, 'rate', plan.plain.rate), found(plan, 'deductible', plan.deductible)]
  if (!rows.some((one) => one?.when.status !== undefined))
    throw new RuleGap(`${plan.book.id}.referral-points`, claim.day, claim.status)
}

const NO_RELATIVES: readonly RelativePayment[] = []

/** The accounts of relatives in their order, as far as they go. */
const relativesPay = (claim: AreaClaim, personalFen: number, trail: Trail): readonly RelativePayment[] => {
  if (claim.relatives.length === 0) return NO_RELATIVES
  let left = personalFen
  return claim.relatives.map(({ owner, balanceFen }) => {
    const amountFen = Math.min(balanceFen, left)
    left -= amountFen
    trail.add('relative', null, amountFen, { owner, balanceFen })
    return { owner, amountFen }
  })
}

const assertAmount = (amount: number): void => assert(Number.isSafeInteger(amount) && amount >= 0, 'no amount is negative or a fraction') // prettier-ignore

/** The invariants of the national platform's amounts. A settlement that breaks one is a fault of ours and is not given out. */
const assertWhole = (one: SettledClaim): void => {
  const { totalFen, ownPayFen, overLimitFen, preSelfFen, hospitalFen, inScopeFen, fundFen, personalFen } = one
  assert(inScopeFen === totalFen - ownPayFen - overLimitFen - preSelfFen - hospitalFen, 'the split of the lines sums to the bill')
  assert(fundFen + personalFen + hospitalFen === totalFen, 'funds, person and hospital sum to the bill')
  let funds = one.basicFen
  for (const { amountFen } of one.layers) {
    assertAmount(amountFen)
    funds += amountFen
  }
  assert(fundFen === funds, 'the funds sum to their layers')
  let paid = one.accountFen + one.cashFen
  for (const { amountFen } of one.relatives) {
    assertAmount(amountFen)
    paid += amountFen
  }
  assert(personalFen === paid, 'the person’s part sums')
  assertAmount(ownPayFen)
  assertAmount(overLimitFen)
  assertAmount(preSelfFen)
  assertAmount(hospitalFen)
  assertAmount(inScopeFen)
  assertAmount(one.deductibleFen)
  assertAmount(one.basicFen)
  assertAmount(fundFen)
  assertAmount(personalFen)
  assertAmount(one.accountFen)
  assertAmount(one.cashFen)
}

const tellSplit = (parts: readonly Part[], priced: readonly PricedLine[], trail: Trail): void => {
  const split = totalOf(parts)
  trail.add('total', null, split.amountFen)
  for (const { number, price, count, aboveFen } of priced)
    trail.add('price', price, aboveFen, { line: number, service: price.service, priceFen: price.amountFen, count, overBy: price.overBy, ...(price.fundFen === undefined ? {} : { fundPartFen: price.fundFen }) }) // prettier-ignore
  if (split.ownPayFen > 0) trail.add('own-pay', null, split.ownPayFen)
  if (split.overLimitFen > 0) trail.add('over-limit', null, split.overLimitFen)
  if (split.hospitalFen > 0) trail.add('hospital', null, split.hospitalFen)
  if (split.preSelfFen > 0) trail.add('pre-self', null, split.preSelfFen)
}

const takeDeductible = (plan: Plan, claim: AreaClaim, inScopeFen: number, trail: Trail): Deductible => {
  const one = deductibleOf(plan, claim, inScopeFen)
  const { row, standardFen, stay, how, chain, chainPaidFen, seenFen } = one
  if (trail.isKept)
    trail.add('deductible', how === 'chain' ? chain : row, one.amountFen, { standardFen, stay, how, ...(how === 'chain' ? { chainPaidFen } : {}), ...(seenFen === null ? {} : { seenFen }), paidBeforeFen: claim.deductiblePaidFen, inScopeFen }) // prettier-ignore
  return one
}

type Paid = { readonly deductibleFen: number; readonly basic: BasicOfBill }

/** 账户先付: what the account pays of the fees in scope before anything else, and the parts as the fund then sees them. */
const accountFirst = (
  plan: Plan,
  claim: AreaClaim,
  parts: readonly Part[],
  trail: Trail,
): { readonly fen: number; readonly parts: readonly Part[] } => {
  const row =
    claim.accountFen === 0 || claim.given.basicFen !== undefined ? null : found(plan, 'account-first', plan.accountFirst)
  if (row === null) return { fen: 0, parts }
  let left = claim.accountFen
  const after = parts.map((part) => {
    const paid = Math.min(left, part.inScopeFen)
    left -= paid
    return { ...part, inScopeFen: part.inScopeFen - paid }
  })
  const fen = claim.accountFen - left
  trail.add('account-first', row, fen, { balanceFen: claim.accountFen })
  return { fen, parts: after }
}

/** The deductible and the basic fund; of a bill that states what the fund paid, only that. */
const payBasic = (
  plan: Plan,
  claim: AreaClaim,
  { parts, fixed }: Pick<SplitBill, 'fixed'> & { readonly parts: readonly Part[] },
  inScopeFen: number,
  trail: Trail,
): Paid => {
  const given = claim.given.basicFen
  if (given !== undefined) {
    trail.add('basic', null, given, { stated: 'given' })
    return { deductibleFen: 0, basic: { amountFen: given, aboveCapFen: 0, limitsUsed: NOTHING_USED } }
  }
  const fixedFen = fixed?.inScopeFen ?? 0
  if (fixedFen > 0) trail.add('fixed-part', null, fixedFen)
  // A bill of nothing but such services asks for no deductible and no rate.
  if (fixed !== null && parts.length === 0)
    return { deductibleFen: 0, basic: { amountFen: fixedFen, aboveCapFen: 0, limitsUsed: NOTHING_USED } }
  const deductible = takeDeductible(plan, claim, inScopeFen - fixedFen, trail)
  const basic = basicFund({ plan, claim, trail }, parts, deductible)
  const { amountFen, aboveCapFen, limitsUsed } = basic
  return { deductibleFen: deductible.amountFen, basic: { amountFen: amountFen + fixedFen, aboveCapFen, limitsUsed } }
}

/**
 * Settles one bill by the book of its area: lines, deductible, basic fund, layers in their order, account, relatives, cash.
 * Parts always sum to the bill, and no layer pays more than is left. `withSteps` false leaves the steps out.
 * @throws RuleGap when the book has no value for the bill, RuleConflict when it has two, ClaimRefusal when the bill contradicts
 * itself or the book asks for what is not settled.
 */
export const settleClaim = (area: AreaBook, claim: AreaClaim, withSteps = true): SettledClaim => {
  const book = bookOn(area, claim.day)
  const plan = planOf(book, claim)
  const trail = new Trail(withSteps)
  const { parts, lines, priced, fixed } = splitClaim(claim, plan, withSteps)
  const all = fixed === null ? parts : [...parts, fixed]
  if (withSteps) tellSplit(all, priced, trail)
  if (withSteps && claim.careClauses !== undefined) for (const { lines: count, amountFen, restricted, lacks, ...clause } of claim.careClauses) trail.add('care-list', clause, amountFen, { careArea: claim.careArea ?? '', lines: count, ...(restricted === undefined ? {} : { restricted, lacks: lacks ?? '' }) }) // prettier-ignore
  firstPay(plan, claim, parts, trail)
  const split = totalOf(all)
  trail.add('in-scope', null, split.inScopeFen)
  check(book, claim, split.inScopeFen)
  const first = accountFirst(plan, claim, parts, trail)
  const { deductibleFen, basic } = payBasic(plan, claim, { parts: first.parts, fixed }, split.inScopeFen - first.fen, trail)
  const payable = split.amountFen - split.hospitalFen
  const inFen = split.inScopeFen - first.fen
  const fromIn = Math.min(basic.amountFen, inFen)
  const left: Left = { inFen: inFen - fromIn, outFen: payable - split.inScopeFen - (basic.amountFen - fromIn), aboveCapFen: basic.aboveCapFen } // prettier-ignore
  const layers = payLayers(plan, claim, all, left, trail)
  const personalFen = left.inFen + left.outFen + first.fen
  const accountFen = Math.min(claim.accountFen, personalFen)
  if (claim.accountFen > 0) trail.add('account', null, accountFen, { balanceFen: claim.accountFen, personalFen, ...(first.fen === 0 ? {} : { firstFen: first.fen }) }) // prettier-ignore
  const relatives = relativesPay(claim, personalFen - accountFen, trail)
  let cashFen = personalFen - accountFen
  for (const { amountFen } of relatives) cashFen -= amountFen
  if (withSteps) trail.add('cash', null, cashFen, { personalFen })
  const settled: SettledClaim = {
    rulebookHash: book.hash,
    totalFen: split.amountFen,
    ownPayFen: split.ownPayFen,
    overLimitFen: split.overLimitFen,
    preSelfFen: split.preSelfFen,
    hospitalFen: split.hospitalFen,
    inScopeFen: split.inScopeFen,
    deductibleFen,
    basicFen: basic.amountFen,
    limitsUsed: basic.limitsUsed,
    layers,
    fundFen: payable - personalFen,
    personalFen,
    accountFen,
    relatives,
    cashFen,
    lines,
    steps: trail.steps,
  }
  assertWhole(settled)
  return settled
}
