import { WHOLE } from '../../../kernel/share.ts'
import type { AreaClaim, ClaimLine } from './area-claim.ts'
import { ClaimRefusal } from './claim-refusal.ts'
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

/** What of a line stands above the price limit of the list; 0 without one. */
const aboveLimit = (line: ClaimLine, number: number): number => {
  const { amountFen, priceFen, priceLimitFen, count = 1 } = line
  const scaled = Math.round(count * WHOLE)
  if (Math.abs(scaled / WHOLE - count) > Number.EPSILON * count)
    throw faultOf(number, '的数量多于四位小数', 'has a count of more than four decimals')
  if (priceFen !== undefined && Math.abs(shareOf(priceFen, scaled) - amountFen) > PRICE_SLACK_FEN)
    throw faultOf(number, '的金额不等于单价乘数量', 'is not its price times its count')
  if (priceLimitFen === undefined) return 0
  if (priceFen === undefined) throw faultOf(number, '有限价而没有单价', 'has a price limit but no price')
  return Math.max(amountFen - shareOf(Math.min(priceFen, priceLimitFen), scaled), 0)
}

/**
 * One line: 全自费, 超限价, 医院承担, 先行自付, 政策范围内. The first share is rounded on the line; what is in scope is the rest.
 * @throws ClaimRefusal when the parts exceed the line, or price, count and amount contradict each other.
 */
export const splitLine = (line: ClaimLine, number: number): Part => {
  const { amountFen, list, category, preSelfFen, selfShareBp } = line
  const above = aboveLimit(line, number)
  const stated = line.ownPayFen + line.overLimitFen + line.hospitalFen + preSelfFen
  if (stated > amountFen)
    throw faultOf(number, '的自费、超限价、医院承担与先行自付之和大于本行金额', 'has parts that sum to more than the line')
  if (list === 'A' && selfShareBp > 0)
    throw faultOf(number, '为甲类,却有先行自付比例', 'is of class A but has a first share of its own')
  if (list === 'C' || line.outOfScope) return { ...NOTHING, category, amountFen, ownPayFen: amountFen - line.hospitalFen, hospitalFen: line.hospitalFen } // prettier-ignore
  const overLimitFen = line.overLimitFen + (line.overLimitBy === 'person' ? above : 0)
  const hospitalFen = line.hospitalFen + (line.overLimitBy === 'hospital' ? above : 0)
  const covered = amountFen - line.ownPayFen - overLimitFen - hospitalFen
  if (covered < preSelfFen) throw faultOf(number, '的各部分之和大于本行金额', 'has parts that sum to more than the line')
  const shared = Math.max(covered - preSelfFen - (line.overLimitBy === 'nobody' ? above : 0), 0)
  const first = preSelfFen + shareOf(shared, selfShareBp)
  return { category, amountFen, ownPayFen: line.ownPayFen, overLimitFen, hospitalFen, preSelfFen: first, inScopeFen: covered - first } // prettier-ignore
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
export const totalOf = (parts: readonly Split[]): Split => {
  const sum = { ...NOTHING }
  for (const part of parts) addTo(sum, part)
  return sum
}

/**
 * The lines of a bill by category, in the order of the categories' names: the order of the lines does not matter.
 * @throws ClaimRefusal when a line contradicts itself, or the bill is too large to be reckoned exactly.
 */
export const splitClaim = (claim: AreaClaim): Part[] => {
  const parts = new Map<string, Part>()
  claim.lines.forEach((line, index) => {
    const one = splitLine(line, index + 1)
    const part = parts.get(one.category ?? '')
    if (part === undefined) parts.set(one.category ?? '', one)
    else addTo(part, one)
  })
  const found = [...parts.values()]
  const stated = found.reduce((sum, { amountFen }) => sum + amountFen, claim.before.inScopeFen)
  if (stated > TOTAL_MOST)
    throw new ClaimRefusal('settlement.total-too-large', {
      zh: '账单与本年累计之和超过可精确计算的金额。请核对金额单位是否为分。',
      en: 'The bill and the year before it are larger than can be reckoned exactly. Check that amounts are in fen.',
    })
  return found.length < 2 ? found : found.toSorted((a, b) => ((a.category ?? '') < (b.category ?? '') ? -1 : 1))
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
