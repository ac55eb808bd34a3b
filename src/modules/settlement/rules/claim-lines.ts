import { WHOLE } from '../../../kernel/share.ts'
import type { AreaClaim, ClaimLine } from './area-claim.ts'
import { ClaimRefusal } from './claim-refusal.ts'
import type { RowOf } from './book-on.ts'
import { priceOf, type Plan } from './plan.ts'
import { shareOf } from './share-of.ts'

/** The amounts that a line, a category or a whole bill is split into; they sum to `amountFen`. */
export type Split = {
  amountFen: number
  ownPayFen: number
  overLimitFen: number
  hospitalFen: number
  preSelfFen: number
  inScopeFen: number
}
export type Part = Split & { readonly category: string | undefined }

const NOTHING: Split = { amountFen: 0, ownPayFen: 0, overLimitFen: 0, hospitalFen: 0, preSelfFen: 0, inScopeFen: 0 }

// Above this a share of it in basis points would leave the exact whole numbers of a double.
const TOTAL_MOST = Math.floor(Number.MAX_SAFE_INTEGER / WHOLE / 2)
// A stated line may differ from price times count by one fen. @source national interface, det_item_fee_sumamt
const PRICE_SLACK_FEN = 1

const faultOf = (number: number, zh: string, en: string): ClaimRefusal =>
  new ClaimRefusal('settlement.line-parts', {
    zh: `第 ${number} 行${zh}。请更正这一行再结算。`,
    en: `Line ${number} ${en}. Correct the line and settle again.`,
  })

/** What of a line stands above the price limit of the list, or the price of the book; 0 without one. */
const aboveLimit = (line: ClaimLine, number: number, price: RowOf<'price'> | null): number => {
  const { amountFen, priceFen, priceLimitFen, count = 1 } = line
  const scaled = Math.round(count * WHOLE)
  if (Math.abs(scaled / WHOLE - count) > Number.EPSILON * count)
    throw faultOf(number, '的数量多于四位小数', 'has a count of more than four decimals')
  if (priceFen !== undefined && Math.abs(shareOf(priceFen, scaled) - amountFen) > PRICE_SLACK_FEN)
    throw faultOf(number, '的金额不等于单价乘数量', 'is not its price times its count')
  if (price !== null) {
    if (priceLimitFen !== undefined)
      throw faultOf(number, '既有限价又有规则中的服务价格', 'has a price limit beside a service that the book prices')
    return Math.max(amountFen - shareOf(price.amountFen, scaled), 0)
  }
  if (priceLimitFen === undefined) return 0
  if (priceFen === undefined) throw faultOf(number, '有限价而没有单价', 'has a price limit but no price')
  return Math.max(amountFen - shareOf(Math.min(priceFen, priceLimitFen), scaled), 0)
}

/**
 * Adds one line to a sum: 全自费, 超限价, 医院承担, 先行自付, 政策范围内. The first share is rounded on the line; what is in scope is the rest.
 * @throws ClaimRefusal when the parts exceed the line, or price, count and amount contradict each other.
 */
const addLine = (line: ClaimLine, number: number, price: RowOf<'price'> | null, sum: Split): void => {
  const { amountFen, list, selfShareBp, ownPayFen = 0, preSelfFen = 0 } = line
  const overLimitBy = price?.overBy ?? line.overLimitBy ?? 'person'
  const above = aboveLimit(line, number, price)
  const statedOver = line.overLimitFen ?? 0
  const statedHospital = line.hospitalFen ?? 0
  if (ownPayFen + statedOver + statedHospital + preSelfFen > amountFen)
    throw faultOf(number, '的自费、超限价、医院承担与先行自付之和大于本行金额', 'has parts that sum to more than the line')
  if (list === 'A' && selfShareBp > 0)
    throw faultOf(number, '为甲类,却有先行自付比例', 'is of class A but has a first share of its own')
  sum.amountFen += amountFen
  if (list === 'C' || line.outOfScope === true) {
    sum.ownPayFen += amountFen - statedHospital
    sum.hospitalFen += statedHospital
    return
  }
  const overLimitFen = statedOver + (overLimitBy === 'person' ? above : 0)
  const hospitalFen = statedHospital + (overLimitBy === 'hospital' ? above : 0)
  const covered = amountFen - ownPayFen - overLimitFen - hospitalFen
  if (covered < preSelfFen) throw faultOf(number, '的各部分之和大于本行金额', 'has parts that sum to more than the line')
  const shared = Math.max(covered - preSelfFen - (overLimitBy === 'nobody' ? above : 0), 0)
  const first = preSelfFen + shareOf(shared, selfShareBp)
  sum.ownPayFen += ownPayFen
  sum.overLimitFen += overLimitFen
  sum.hospitalFen += hospitalFen
  sum.preSelfFen += first
  sum.inScopeFen += covered - first
}

const addTo = (sum: Split, one: Split): void => {
  sum.amountFen += one.amountFen
  sum.ownPayFen += one.ownPayFen
  sum.overLimitFen += one.overLimitFen
  sum.hospitalFen += one.hospitalFen
  sum.preSelfFen += one.preSelfFen
  sum.inScopeFen += one.inScopeFen
}

/** The headers of several parts, by summation. */
export const totalOf = (parts: readonly Split[]): Readonly<Split> => {
  const [only, second] = parts
  if (only !== undefined && second === undefined) return only
  const sum = { ...NOTHING }
  for (const part of parts) addTo(sum, part)
  return sum
}

const partOf = (category: string | undefined): Part => ({ category, amountFen: 0, ownPayFen: 0, overLimitFen: 0, hospitalFen: 0, preSelfFen: 0, inScopeFen: 0 }) // prettier-ignore

const checkSize = ({ before }: AreaClaim, parts: readonly Part[]): void => {
  let largest = Math.max(before.inScopeFen, before.totalFen)
  const { layers } = before
  for (const name in layers) largest = Math.max(largest, layers[name]?.baseFen ?? 0)
  for (const { amountFen } of parts) largest += amountFen
  if (largest <= TOTAL_MOST) return
  throw new ClaimRefusal('settlement.total-too-large', {
    zh: '账单与本年累计之和超过可精确计算的金额。请核对金额单位是否为分。',
    en: 'The bill and the year before it are larger than can be reckoned exactly. Check that amounts are in fen.',
  })
}

const NO_LINES: Part[] = []

/** A line of a service that the book prices. */
export type PricedLine = {
  readonly number: number
  readonly price: RowOf<'price'>
  readonly count: number
  readonly aboveFen: number
}

const NONE_PRICED: PricedLine[] = []

/**
 * Of a service of which the fund pays a fixed part: that part stays in scope, the rest becomes a first share of one's own.
 * A line that is own pay has no such part.
 */
const fixShare = (own: Split, price: RowOf<'price'>, count: number): void => {
  const fundFen = Math.min(shareOf(price.fundFen ?? 0, Math.round(count * WHOLE)), own.inScopeFen)
  own.preSelfFen += own.inScopeFen - fundFen
  own.inScopeFen = fundFen
}

/** A line that states more than a class and a share: what it comes to, and whether the fund has a fixed part of it. */
const statedLine = (line: ClaimLine, number: number, plan: Plan, priced: PricedLine[]): { own: Part; isFixed: boolean } => {
  const own = partOf(line.category)
  const price = line.service === undefined ? null : priceOf(plan, line.service)
  addLine(line, number, price, own)
  const count = line.count ?? 1
  if (price !== null) priced.push({ number, price, count, aboveFen: aboveLimit(line, number, price) })
  if (price?.fundFen === undefined) return { own, isFixed: false }
  fixShare(own, price, count)
  return { own, isFixed: true }
}

const partFor = (parts: Part[], category: string | undefined): Part => {
  for (const one of parts) if (one.category === category) return one
  const added = partOf(category)
  parts.push(added)
  return added
}

/** Most lines state nothing but a class and a share of one's own. */
const isPlain = (line: ClaimLine): boolean =>
  (line.ownPayFen === undefined || line.ownPayFen === 0) &&
  (line.overLimitFen === undefined || line.overLimitFen === 0) &&
  (line.hospitalFen === undefined || line.hospitalFen === 0) &&
  (line.preSelfFen === undefined || line.preSelfFen === 0) &&
  line.priceFen === undefined &&
  line.priceLimitFen === undefined &&
  line.service === undefined &&
  line.count === undefined &&
  (line.list !== 'A' || line.selfShareBp === 0)

/** Adds the plain lines of a part's category from one on; the first that is not one is where it ends. */
const addRun = (lines: readonly ClaimLine[], from: number, part: Part, kept: Part[] | null): number => {
  const { category } = part
  let at = from
  let total = 0
  let own = 0
  let firsts = 0
  for (; at < lines.length; at += 1) {
    const line = lines[at] as ClaimLine
    if (line.category !== category || !isPlain(line)) break
    const { amountFen, selfShareBp } = line
    const ownPayFen = line.list === 'C' || line.outOfScope === true ? amountFen : 0
    const preSelfFen = selfShareBp === 0 ? 0 : shareOf(amountFen - ownPayFen, selfShareBp)
    total += amountFen
    own += ownPayFen
    firsts += preSelfFen
    if (kept !== null)
      kept.push({ category, amountFen, ownPayFen, overLimitFen: 0, hospitalFen: 0, preSelfFen, inScopeFen: amountFen - ownPayFen - preSelfFen }) // prettier-ignore
  }
  part.amountFen += total
  part.ownPayFen += own
  part.preSelfFen += firsts
  part.inScopeFen += total - own - firsts
  return at
}

/** The lines of a bill: by category, each for itself where they are kept, those of priced services, and what the fund pays fixed. */
export type SplitBill = {
  readonly parts: Part[]
  readonly lines: Part[]
  readonly priced: readonly PricedLine[]
  readonly fixed: Part | null
}

/**
 * The lines of a bill by category, in the order of the categories' names: the order of the lines does not matter. With `isKept`
 * each line's own split is kept too. @throws ClaimRefusal when a line contradicts itself, or the bill is too large to be exact;
 * RuleGap when it names a service that the book has no price for.
 */
export const splitClaim = (claim: AreaClaim, plan: Plan, isKept: boolean): SplitBill => {
  const { lines } = claim
  const parts: Part[] = []
  const kept: Part[] | null = isKept ? [] : null
  let priced = NONE_PRICED
  let fixed: Part | null = null
  let at = 0
  while (at < lines.length) {
    const line = lines[at] as ClaimLine
    let end = at + 1
    if (isPlain(line)) end = addRun(lines, at, partFor(parts, line.category), kept)
    else {
      if (line.service !== undefined && priced === NONE_PRICED) priced = []
      const { own, isFixed } = statedLine(line, end, plan, priced)
      if (isFixed) fixed ??= partOf(undefined)
      addTo(isFixed && fixed !== null ? fixed : partFor(parts, line.category), own)
      kept?.push(own)
    }
    at = end
  }
  checkSize(claim, fixed === null ? parts : [...parts, fixed])
  if (parts.length > 1) parts.sort((a, b) => ((a.category ?? '') < (b.category ?? '') ? -1 : 1))
  return { parts, lines: kept ?? NO_LINES, priced, fixed }
}

/** Takes a first share of the bill's scope (异地先付): rounded once on the whole, given to the parts so that they sum to it. */
export const takeFirstPay = (parts: readonly Part[], rateBp: number): number => {
  let scope = 0
  let taken = 0
  for (const part of parts) {
    scope += part.inScopeFen
    const first = shareOf(scope, rateBp) - taken
    part.inScopeFen -= first
    part.preSelfFen += first
    taken += first
  }
  return taken
}
