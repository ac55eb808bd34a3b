import type { QuestionRow } from './knowledge.ts'
import type { Reading } from './read-text.ts'
import type { UrgencyGrade } from './triage.ts'

/** What an answer leads to: the first department and the urgency. */
export type Outlook = { readonly department: number; readonly urgency: UrgencyGrade }

export const QUESTIONS_MOST = 3

/** Whether a question is worth thinking of at all: its own condition, and something in it that the text did not say. */
export const mayAsk = ({ when, options }: QuestionRow, reading: Reading, topCodes: readonly string[]): boolean => {
  const { present, absent, person } = reading
  if (when.departments.length > 0 && !when.departments.some((code) => topCodes.includes(code))) return false
  if (when.any.length > 0 && !when.any.some((key) => present.has(key))) return false
  for (const key of when.all) if (!present.has(key)) return false
  for (const key of when.none) if (present.has(key)) return false
  if (when.ageMin !== undefined && (person.age === null ? person.isChild : person.age < when.ageMin)) return false
  if (when.ageMax !== undefined && (person.age === null ? !person.isChild : person.age > when.ageMax)) return false
  if (when.sex !== undefined && person.sex !== null && person.sex !== when.sex) return false
  const asked = new Set(options.flatMap(({ adds }) => adds))
  return asked.size === 0 || ![...asked].every((key) => present.has(key) || absent.has(key))
}

/** A changed urgency weighs more than a changed department. */
const URGENCY_COUNTS = 2

/** How much a question's answers would change, 0 for not at all: the mean over its options. */
export const worthOf = (
  question: QuestionRow,
  now: Outlook,
  after: (option: QuestionRow['options'][number]) => Outlook,
): number => {
  let worth = 0
  for (const option of question.options) {
    const then = after(option)
    if (then.department !== now.department) worth += 1
    if (then.urgency !== now.urgency) worth += URGENCY_COUNTS
  }
  return question.options.length === 0 ? 0 : worth / question.options.length
}

/** What the text and an answer say together. */
export const withAnswer = (
  reading: Reading,
  { adds, removes }: QuestionRow['options'][number],
  termOf: ReadonlyMap<string, number>,
): Reading => {
  const present = new Set(reading.present)
  const absent = new Set(reading.absent)
  const gone = new Set(removes)
  for (const key of removes) {
    present.delete(key)
    absent.add(key)
  }
  const found = reading.found.filter(({ term }) => ![...gone].some((key) => termOf.get(key) === term))
  for (const key of adds) {
    const term = termOf.get(key)
    absent.delete(key)
    if (present.has(key) || term === undefined) continue
    present.add(key)
    found.push({ term, from: 0, until: 0, denied: false, past: false, inside: false })
  }
  return { ...reading, found, present, absent }
}
