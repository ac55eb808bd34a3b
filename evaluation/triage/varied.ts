import type { Answer, Judged } from './measures.ts'
import { GRADES, isEmergency, readTexts, type Labelled, type SetName } from './texts.ts'
import { NO_DANGER, SAME_MEANING, type Random, type Variation } from './variations.ts'

type Ask = (row: Pick<Labelled, 'text' | 'age' | 'sex'>) => Answer

/** A text and its variation whose grades differ in the forbidden direction; `says` is one line to read. */
export type Broken = { readonly id: string; readonly says: string }
export type Varied = { readonly name: string; readonly pairs: number; readonly broken: readonly Broken[] }

const answered = (rows: readonly Labelled[], ask: Ask): Judged[] => rows.map((row) => ({ row, answer: ask(row) }))
const placeOf = ({ urgency }: Answer): number => GRADES.indexOf(urgency)

const compare = (
  rows: readonly Judged[],
  { name, of }: Variation,
  ask: Ask,
  random: Random,
  isForbidden: (steps: number, after: Answer) => boolean,
) => {
  const broken = rows.flatMap(({ row, answer: before }): Broken[] => {
    const text = of(row.text, random)
    const after = ask({ ...row, text })
    if (!isForbidden(placeOf(after) - placeOf(before), after)) return []
    return [{ id: row.id, says: `${row.id} ${before.urgency} → ${after.urgency}: ${text}` }]
  })
  return { name, pairs: rows.length, broken }
}

/** Every emergency of a set said otherwise: `broken` are those that became milder. */
export const variedEmergencies = (set: SetName, ask: Ask, random: Random): Varied[] => {
  const rows = answered(readTexts(set).filter(isEmergency), ask)
  return SAME_MEANING.map((variation) => compare(rows, variation, ask, random, (steps) => steps > 0))
}

/**
 * Every text of a set that is no emergency, with something denied, past or of others added: `broken` now had to be
 * seen today or at once and had not before. (That self-care becomes "within days" by a longer text is no alarm.)
 */
export const variedOthers = (set: SetName, ask: Ask, random: Random): Varied[] => {
  const rows = answered(
    readTexts(set).filter(({ urgency, kind }) => !urgency.includes('emergency') && kind !== 'nothing-medical'),
    ask,
  )
  return NO_DANGER.map((variation) =>
    compare(rows, variation, ask, random, (steps, { urgency }) => steps < 0 && urgency !== 'soon'),
  )
}
