import { assert } from '../../../kernel/assert.ts'
import { RuleConflict, RuleGap } from '../../../shapes/rulebook.ts'
import type { AreaClaim } from './area-claim.ts'
import type { AreaBook } from './area-schema.ts'
import { basicFund } from './basic-fund.ts'
import { bookOn, found, type BookOn } from './book-on.ts'
import { splitClaim, takeFirstPay, totalOf, type Part } from './claim-lines.ts'
import { ClaimRefusal } from './claim-refusal.ts'
import { deductibleOf } from './deductible.ts'
import { payLayers, type Left, type PaidLayer } from './layers.ts'
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

const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0)

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
const firstPay = (book: BookOn, claim: AreaClaim, parts: readonly Part[], trail: Trail): void => {
  const row = found(book, claim, 'referral-first-pay')
  const points = found(book, claim, 'referral-points')
  if (row !== null && points !== null) throw new RuleConflict(`${book.id}.referral`, claim.day, claim.status)
  if (row !== null) trail.add('referral-first-pay', row, takeFirstPay(parts, row.rateBp), { rateBp: row.rateBp })
  const isAway = claim.region !== 'in-town' && (claim.status === 'unreferred' || claim.status === 'filed-referral')
  if (!isAway || row !== null || points !== null || claim.given.basicFen !== undefined) return
  const isTold = (['rate', 'deductible'] as const).some((kind) => found(book, claim, kind)?.when.status !== undefined)
  if (!isTold) throw new RuleGap(`${book.id}.referral-points`, claim.day, claim.status)
}

/** 个人账户, then the accounts of relatives in their order; the rest is cash. */
const payPerson = (claim: AreaClaim, personalFen: number, trail: Trail) => {
  const accountFen = Math.min(claim.accountFen, personalFen)
  if (claim.accountFen > 0) trail.add('account', null, accountFen, { balanceFen: claim.accountFen, personalFen })
  let left = personalFen - accountFen
  const relatives = claim.relatives.map(({ owner, balanceFen }) => {
    const amountFen = Math.min(balanceFen, left)
    left -= amountFen
    trail.add('relative', null, amountFen, { owner, balanceFen })
    return { owner, amountFen }
  })
  return { accountFen, relatives, cashFen: trail.add('cash', null, left, { personalFen }) }
}

/** The invariants of the national platform's amounts. A settlement that breaks one is a fault of ours and is not given out. */
const assertWhole = (one: SettledClaim): void => {
  const { totalFen, ownPayFen, overLimitFen, preSelfFen, hospitalFen, inScopeFen, fundFen, personalFen } = one
  assert(inScopeFen === totalFen - ownPayFen - overLimitFen - preSelfFen - hospitalFen, 'the split of the lines sums to the bill')
  assert(fundFen + personalFen + hospitalFen === totalFen, 'funds, person and hospital sum to the bill')
  assert(fundFen === one.basicFen + sum(one.layers.map(({ amountFen }) => amountFen)), 'the funds sum to their layers')
  assert(personalFen === one.accountFen + sum(one.relatives.map(({ amountFen }) => amountFen)) + one.cashFen, 'the person’s part sums') // prettier-ignore
  const amounts = [ownPayFen, overLimitFen, preSelfFen, hospitalFen, inScopeFen, one.deductibleFen, one.basicFen, fundFen, personalFen, one.accountFen, one.cashFen, ...one.layers.map(({ amountFen }) => amountFen)] // prettier-ignore
  assert(
    amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0),
    'no amount is negative or a fraction',
  )
}

const tellSplit = (parts: readonly Part[], trail: Trail): void => {
  if (!trail.isKept) return
  const split = totalOf(parts)
  trail.add('total', null, split.amountFen)
  for (const [step, amountFen] of [
    ['own-pay', split.ownPayFen],
    ['over-limit', split.overLimitFen],
    ['hospital', split.hospitalFen],
    ['pre-self', split.preSelfFen],
  ] as const)
    // prettier-ignore
    if (amountFen > 0) trail.add(step, null, amountFen)
}

const takeDeductible = (book: BookOn, claim: AreaClaim, inScopeFen: number, trail: Trail) => {
  const one = deductibleOf(book, claim, inScopeFen)
  const { row, standardFen, stay, how, chain } = one
  trail.add('deductible', how === 'chain' ? chain : row, one.amountFen, { standardFen, stay, how, paidBeforeFen: claim.deductiblePaidFen, inScopeFen }) // prettier-ignore
  return one
}

/**
 * Settles one bill by the book of its area: lines, deductible, basic fund, layers in the national order, account, relatives, cash.
 * Parts always sum to the bill, and no layer pays more than is left. `withSteps` false leaves the steps out.
 * @throws RuleGap when the book has no value for the bill, RuleConflict when it has two, ClaimRefusal when the bill contradicts
 * itself or the book asks for what is not settled.
 */
export const settleClaim = (area: AreaBook, claim: AreaClaim, withSteps = true): SettledClaim => {
  const book = bookOn(area, claim.day)
  const trail = new Trail(withSteps)
  const { parts, lines } = splitClaim(claim, withSteps)
  tellSplit(parts, trail)
  firstPay(book, claim, parts, trail)
  const split = totalOf(parts)
  trail.add('in-scope', null, split.inScopeFen)
  check(book, claim, split.inScopeFen)
  const given = claim.given.basicFen
  const deductible = given === undefined ? takeDeductible(book, claim, split.inScopeFen, trail) : null
  const basic = deductible === null ? { amountFen: trail.add('basic', null, given ?? 0, { stated: 'given' }), aboveCapFen: 0 } : basicFund({ book, claim, trail }, parts, deductible) // prettier-ignore
  const payable = split.amountFen - split.hospitalFen
  const fromIn = Math.min(basic.amountFen, split.inScopeFen)
  const left: Left = { inFen: split.inScopeFen - fromIn, outFen: payable - split.inScopeFen - (basic.amountFen - fromIn), aboveCapFen: basic.aboveCapFen } // prettier-ignore
  const layers = payLayers(book, claim, left, trail)
  const personalFen = left.inFen + left.outFen
  const settled: SettledClaim = {
    rulebookHash: book.hash,
    totalFen: split.amountFen,
    ownPayFen: split.ownPayFen,
    overLimitFen: split.overLimitFen,
    preSelfFen: split.preSelfFen,
    hospitalFen: split.hospitalFen,
    inScopeFen: split.inScopeFen,
    deductibleFen: deductible?.amountFen ?? 0,
    basicFen: basic.amountFen,
    layers,
    fundFen: payable - personalFen,
    personalFen,
    ...payPerson(claim, personalFen, trail),
    lines,
    steps: trail.steps,
  }
  assertWhole(settled)
  return settled
}
