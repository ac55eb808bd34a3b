import { hundredthsOf } from '../../typed-hundredths.ts'
import type { BookChanges, BookValue } from '../../../../src/modules/settlement/what-if.ts'

// Yuan and percent are typed with two decimals at most: fen and basis points.
const HUNDREDTHS = 100
const DIGITS_MOST = 9

/** A typed amount or share in fen or basis points; null when it is neither. */
export const readValue = (text: string): number | null =>
  hundredthsOf(text.normalize('NFKC').trim().replace(/%$/, ''), DIGITS_MOST)

/** A value as somebody would type it; a switch as it is chosen. */
export const typedOf = ({ value, unit }: Pick<BookValue, 'value' | 'unit'>): string =>
  String(unit === 'switch' ? value : value / HUNDREDTHS)

/** What was typed of a value, in its own unit; null when it says none. */
export const readAs = ({ unit }: Pick<BookValue, 'unit'>, text: string): number | null =>
  unit === 'switch' ? Number(text) : readValue(text)

export type Typed = Readonly<Record<string, string>>

/** What was typed, as changes of a book: fields that say what the book says change nothing; those that say no number are named. */
export const changesOf = (values: readonly BookValue[], texts: Typed): { changes: BookChanges; unread: readonly string[] } => {
  const changes: Record<string, number> = {}
  const unread: string[] = []
  for (const one of values) {
    const text = texts[one.at]
    if (text === undefined) continue
    const value = readAs(one, text)
    if (value === null) unread.push(one.at)
    else if (value !== one.value) changes[one.at] = value
  }
  return { changes, unread }
}
