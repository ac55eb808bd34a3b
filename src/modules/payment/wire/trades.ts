import { z } from 'zod'
import type { Words } from '../../../kernel/words.ts'
import { books } from './books.ts'
import { filing } from './filing.ts'
import { inpatient } from './inpatient.ts'
import { mobile } from './mobile.ts'
import { outpatient } from './outpatient.ts'
import { person } from './person.ts'
import { reversal } from './reversal.ts'

/**
 * What happens when a trade is asked twice or its answer is lost. `none`: it changes nothing and may be asked again. `same-message`: asked
 * again under the same number it is the same trade. `reversible`: besides, 2601 takes it back, whether it was carried out or not.
 */
export type Effect = 'none' | 'same-message' | 'reversible'

/** A trade of the platform: its number, what it takes and gives, and what a lost answer means. */
export type Trade<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  readonly words: Words
  readonly input: Input
  readonly output: Output
  readonly effect: Effect
}

/** Every trade that the house knows, by its number. */
export const trades = {
  ...person,
  ...outpatient,
  ...inpatient,
  ...filing,
  ...reversal,
  ...books,
  ...mobile,
} as const satisfies Readonly<Record<string, Trade>>
export type TradeNumber = keyof typeof trades
export type TradeInput<N extends TradeNumber> = z.input<(typeof trades)[N]['input']>
export type TradeOutput<N extends TradeNumber> = z.output<(typeof trades)[N]['output']>

/** Whether the text is the number of a trade that the house knows. */
export const isTradeNumber = (text: string): text is TradeNumber => Object.hasOwn(trades, text)
