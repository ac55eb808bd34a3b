import { hundredthsOf } from '../typed-hundredths.ts'
import type { LineClass, LineKind } from '../../../src/modules/payment/payment.ts'

/** A line as it is typed. */
export type TypedLine = {
  kind: LineKind
  code: string
  zh: string
  class: LineClass
  price: string
  count: string
  supplyDays: string
}
/** A line as a bill takes it; for how many days it lasts, where it is a medicine and somebody said so. */
export type ReadLine = {
  kind: LineKind
  code: string
  zh: string
  class: LineClass
  priceFen: number
  count: number
  supplyDays?: number
}

export const EMPTY_LINE: TypedLine = { kind: 'examination', code: '', zh: '', class: '01', price: '', count: '1', supplyDays: '' }

const PRICE_DIGITS_MOST = 7
const COUNT = /^\d{1,4}$/
/** The most that one line may cost a piece, in fen, and how many pieces; as the form of the bill has it. */
const PRICE_FEN_MOST = 100_000_000
const COUNT_MOST = 1_000
/** For how many days a medicine may be said to last; as the form of the bill has it. */
const SUPPLY_DAYS_MOST = 366

/** Whole fen of a price typed in yuan; null when it is none, nothing, or too much. */
export const fenOfTyped = (text: string): number | null => {
  const fen = hundredthsOf(text, PRICE_DIGITS_MOST) ?? 0
  return fen > 0 && fen <= PRICE_FEN_MOST ? fen : null
}

/** The days that a medicine lasts: a number, null when nothing was typed, undefined when it is none. */
const typedDays = (text: string): number | null | undefined => {
  const plain = text.normalize('NFKC').trim()
  if (plain === '') return null
  const days = COUNT.test(plain) ? Number(plain) : 0
  return days >= 1 && days <= SUPPLY_DAYS_MOST ? days : undefined
}

/** The line that was typed; null when something of it is missing or wrong. */
export const readTyped = ({ kind, code, zh, class: group, price, count, supplyDays }: TypedLine): ReadLine | null => {
  const priceFen = fenOfTyped(price)
  const plain = count.normalize('NFKC').trim()
  const pieces = COUNT.test(plain) ? Number(plain) : 0
  const days = kind === 'drug' ? typedDays(supplyDays) : null
  if (days === undefined) return null
  if (priceFen === null || pieces < 1 || pieces > COUNT_MOST || code.trim() === '' || zh.trim() === '') return null
  return {
    kind,
    code: code.trim(),
    zh: zh.trim(),
    class: group,
    priceFen,
    count: pieces,
    ...(days === null ? {} : { supplyDays: days }),
  }
}

/** Puts a line to others: the same thing at the same price is one line of more pieces, as far as a line may count. */
export const withLine = (lines: readonly ReadLine[], more: ReadLine): ReadLine[] => {
  const isSame = (line: ReadLine): boolean =>
    line.code === more.code &&
    line.kind === more.kind &&
    line.class === more.class &&
    line.priceFen === more.priceFen &&
    line.supplyDays === more.supplyDays &&
    line.count + more.count <= COUNT_MOST
  const at = lines.findIndex(isSame)
  if (at === -1) return [...lines, more]
  return lines.map((line, index) => (index === at ? { ...line, count: line.count + more.count } : line))
}
