import type { Answer, Judged } from './measures.ts'
import { GRADES, isEmergency, readTexts, type Labelled, type SetName } from './texts.ts'
import { NO_DANGER, SAME_MEANING, type Random } from './variations.ts'

type Ask = (row: Pick<Labelled, 'text' | 'age' | 'sex'>) => Answer

/** A text and its variation whose grades differ in the forbidden direction; `says` is one line to read. */
export type Broken = { readonly id: string; readonly says: string }
export type Varied = { readonly name: string; readonly pairs: number; readonly broken: readonly Broken[] }

const answered = (rows: readonly Labelled[], ask: Ask): Judged[] => rows.map((row) => ({ row, answer: ask(row) }))
const placeOf = ({ urgency }: Answer): number => GRADES.indexOf(urgency)

type Forbidden = (steps: number, after: Answer) => boolean

const brokenBy = (rows: readonly Judged[], way: (text: string) => string, ask: Ask, isForbidden: Forbidden): Broken[] =>
  rows.flatMap(({ row, answer: before }): Broken[] => {
    const text = way(row.text)
    const after = ask({ ...row, text })
    if (!isForbidden(placeOf(after) - placeOf(before), after)) return []
    return [{ id: row.id, says: `${row.id} ${before.urgency} → ${after.urgency}: ${text}` }]
  })

/** Every emergency of a set said otherwise: `broken` are those that became milder. */
export const variedEmergencies = (set: SetName, ask: Ask, random: Random): Varied[] => {
  const rows = answered(readTexts(set).filter(isEmergency), ask)
  return SAME_MEANING.map(({ name, of }) => ({
    name,
    pairs: rows.length,
    broken: brokenBy(
      rows,
      (text) => of(text, random),
      ask,
      (steps) => steps > 0,
    ),
  }))
}

/**
 * Every text of a set that is no emergency, with each thing denied, past or of others added in turn: `broken` now had to be
 * seen today or at once and had not before. (That self-care becomes "within days" by a longer text is no alarm.)
 */
export const variedOthers = (set: SetName, ask: Ask): Varied[] => {
  const rows = answered(
    readTexts(set).filter(({ urgency, kind }) => !urgency.includes('emergency') && kind !== 'nothing-medical'),
    ask,
  )
  return NO_DANGER.map(({ name, ways }) => ({
    name,
    pairs: rows.length * ways.length,
    broken: ways.flatMap((way) => brokenBy(rows, way, ask, (steps, { urgency }) => steps < 0 && urgency !== 'soon')),
  }))
}
