import type { Instant } from '../../../kernel/clock.ts'
import type { Words } from '../../../kernel/words.ts'

/** A fact of the record in words, and when it was true. */
export type ToldFact = { readonly words: Words; readonly at: Instant | null }

/** An answer that may be unknown: with the facts that decide it, or with what is missing. */
export type Told = {
  readonly state: 'met' | 'not-met' | 'unknown'
  readonly facts: readonly ToldFact[]
  readonly missing: readonly Words[]
}

/** Met, because of these facts. */
export const metBy = (facts: readonly ToldFact[]): Told => ({ state: 'met', facts, missing: [] })
/** Not met, because of these facts. */
export const notMetBy = (facts: readonly ToldFact[]): Told => ({ state: 'not-met', facts, missing: [] })
/** Unknown, because this is missing. */
export const notTold = (missing: Words): Told => ({ state: 'unknown', facts: [], missing: [missing] })

/** Kleene's “and”: one that is not met decides; otherwise one unknown leaves it open. */
export const all = (told: readonly Told[]): Told => {
  const against = told.find(({ state }) => state === 'not-met')
  if (against) return against
  const facts = told.flatMap((one) => one.facts)
  const missing = told.flatMap((one) => one.missing)
  return told.some(({ state }) => state === 'unknown') ? { state: 'unknown', facts, missing } : metBy(facts)
}

/** Kleene's “or”: one that is met decides; otherwise one unknown leaves it open. */
export const any = (told: readonly Told[]): Told => {
  const met = told.filter(({ state }) => state === 'met')
  if (met.length > 0) return metBy(met.flatMap(({ facts }) => facts))
  const facts = told.flatMap((one) => one.facts)
  const missing = told.flatMap((one) => one.missing)
  return told.some(({ state }) => state === 'unknown') ? { state: 'unknown', facts, missing } : notMetBy(facts)
}

// An ICD-10 category is its first three characters: one letter, two digits (WHO, ICD-10 volume 2).
const CATEGORY_LENGTH = 3
const categoryOf = (code: string): string => code.slice(0, CATEGORY_LENGTH).toUpperCase()

/** Whether an ICD-10 code lies in `J44.1` (its beginning), in the category `E11` or in the range `I60-I64`, both ends included. */
export const isOfCode = (code: string, range: string): boolean => {
  if (range.includes('.')) return code.toUpperCase().startsWith(range)
  const [from = '', until = from] = range.split('-')
  const category = categoryOf(code)
  return category >= from && category <= until
}
