import { holds } from './danger.ts'
import { firstOf, unmoved, type Opinion, type Unmoved } from './join.ts'
import type { DangerRow, QuestionRow } from './knowledge.ts'
import type { Model } from './model/model-file.ts'
import type { Reading } from './read-text.ts'
import { addDanger, addTerms, conditionsBy, counted, fitToPerson, type Places, type Score } from './score.ts'
import type { Terms } from './terms.ts'
import { graver, type UrgencyGrade } from './triage.ts'
import { urgencyOf, type Manner } from './urgency.ts'

/** What answers ask for beside terms: points for departments, and a grade. */
export type Asked = {
  readonly points: readonly (readonly [department: number, points: number])[]
  readonly urgency: UrgencyGrade | null
}
export const NOTHING_ASKED: Asked = { points: [], urgency: null }

/** What an answer leads to: the first department and the urgency. */
type Outlook = { readonly department: number; readonly urgency: UrgencyGrade }

type Option = {
  readonly row: QuestionRow['options'][number]
  readonly points: Asked['points']
  /** Signs of danger of which an alternative names a term that this answer adds or takes away, the gravest first. */
  readonly touches: ReadonlySet<DangerRow>
}
/** A question made ready; `names` are the terms that its answers add. */
export type Question = { readonly row: QuestionRow; readonly names: readonly string[]; readonly options: readonly Option[] }

const touchedBy = (byRank: readonly DangerRow[], keys: ReadonlySet<string>): Set<DangerRow> =>
  new Set(
    byRank.filter(({ when }) =>
      when.some(({ all, any, also, none }) => [...all, ...any, ...also, ...none].some((key) => keys.has(key))),
    ),
  )

/** Makes the questions of the knowledge ready. */
export const questionsOf = (rows: readonly QuestionRow[], { departmentOf }: Terms, byRank: readonly DangerRow[]): Question[] =>
  rows.map((row) => ({
    row,
    names: [...new Set(row.options.flatMap(({ adds }) => adds))],
    options: row.options.map((option) => ({
      row: option,
      points: Object.entries(option.departments).flatMap(([code, points]): [number, number][] => {
        const at = departmentOf.get(code)
        return at === undefined ? [] : [[at, points]]
      }),
      touches: touchedBy(byRank, new Set([...option.adds, ...option.removes])),
    })),
  }))

export const askedBy = ({ row, points }: Option, before: Asked): Asked => ({
  points: [...before.points, ...points],
  urgency: row.urgency && before.urgency ? graver(row.urgency, before.urgency) : (row.urgency ?? before.urgency),
})

/** An answer may raise the grade; it lowers it only where nothing dangerous was seen. */
export const withAsked = (found: UrgencyGrade, asked: UrgencyGrade | null, isDangerous: boolean): UrgencyGrade =>
  asked === null ? found : asked === 'self-care' && !isDangerous && found === 'soon' ? asked : graver(found, asked)

/** Whether a question is worth thinking of at all: its own condition, and something in it that the text did not say. */
const mayAsk = ({ row: { when }, names }: Question, reading: Reading, topCodes: readonly string[]): boolean => {
  const { present, absent, person } = reading
  if (when.departments.length > 0 && !when.departments.some((code) => topCodes.includes(code))) return false
  if (when.any.length > 0 && !when.any.some((key) => present.has(key))) return false
  for (const key of when.all) if (!present.has(key)) return false
  for (const key of when.none) if (present.has(key)) return false
  if (when.ageMin !== undefined && (person.age === null ? person.isChild : person.age < when.ageMin)) return false
  if (when.ageMax !== undefined && (person.age === null ? !person.isChild : person.age > when.ageMax)) return false
  if (when.sex !== undefined && person.sex !== null && person.sex !== when.sex) return false
  return names.length === 0 || !names.every((key) => present.has(key) || absent.has(key))
}

/** What the text and an answer say together. */
export const withAnswer = (
  reading: Reading,
  { adds, removes }: QuestionRow['options'][number],
  termOf: ReadonlyMap<string, number>,
): Reading => {
  const present = new Set(reading.present)
  const absent = new Set(reading.absent)
  for (const key of removes) {
    present.delete(key)
    absent.add(key)
  }
  const gone = removes.map((key) => termOf.get(key))
  const found = reading.found.filter(({ term }) => !gone.includes(term))
  for (const key of adds) {
    const term = termOf.get(key)
    absent.delete(key)
    if (present.has(key) || term === undefined) continue
    present.add(key)
    found.push({ term, from: 0, until: 0, denied: false, past: false, inside: false })
  }
  return { ...reading, found, present, absent }
}

/** A text as it was judged, from which each possible answer is thought on. */
export type Judged = {
  readonly reading: Reading
  readonly opinion: Opinion
  readonly asked: Asked
  readonly manner: Manner
  readonly dangers: readonly DangerRow[]
  readonly score: Score
  readonly department: number
  readonly urgency: UrgencyGrade
}
type Ground = {
  readonly terms: Terms
  readonly places: Places
  /** The place of a sign of danger among all of them, the gravest first. */
  readonly rankOf: ReadonlyMap<DangerRow, number>
  readonly model: Model
  readonly questions: readonly Question[]
}

/** The gravest sign of danger after an answer: only those that the answer touches are looked at again. */
const gravestAfter = (rankOf: Ground['rankOf'], before: Judged, { touches }: Option, then: Reading): DangerRow | undefined => {
  if (touches.size === 0) return before.dangers[0]
  const left = before.dangers.find((one) => !touches.has(one))
  const most = left ? (rankOf.get(left) as number) : Number.POSITIVE_INFINITY
  for (const row of touches) {
    if ((rankOf.get(row) as number) > most) break
    for (const one of row.when) if (holds(one, then)) return row
  }
  return left
}

/** What an answer would lead to: the same as judging the text with the answer anew. */
const outlookAfter = (ground: Ground, before: Judged, base: Unmoved, option: Option): Outlook => {
  const { terms, places, model } = ground
  const { reading, score, opinion, asked } = before
  const { adds, removes } = option.row
  const changes = adds.length > 0 || removes.length > 0
  const then = changes ? withAnswer(reading, option.row, terms.termOf) : reading
  const gravest = changes ? gravestAfter(ground.rankOf, before, option, then) : before.dangers[0]
  const added = then.found.length - reading.found.length
  const onlyAdds = removes.length === 0
  const points = onlyAdds ? score.ofTerms.slice() : new Float64Array(score.ofTerms.length)
  addTerms(points, terms, onlyAdds ? (added > 0 ? then.found.slice(-added) : []) : counted(then.found))
  addDanger(points, terms, gravest)
  fitToPerson(points, places, then)
  const both = askedBy(option, asked)
  for (const [at, more] of both.points) points[at] = (points[at] as number) + more
  const found = urgencyOf(terms, before.manner, gravest, () => conditionsBy(terms, counted(then.found)), opinion)
  const urgency = withAsked(found, both.urgency, gravest !== undefined)
  return { department: firstOf(model, opinion, base, points, places, urgency === 'emergency'), urgency }
}

/** A changed urgency weighs more than a changed department. */
const URGENCY_COUNTS = 2
const QUESTIONS_MOST = 3
/** So many questions are weighed against each other for one text, in the order of the knowledge. */
const QUESTIONS_WEIGHED_MOST = 6

/** How much a question's answers would change, 0 for not at all: the mean over its options. */
const worthOf = ({ options }: Question, now: Judged, after: (option: Option) => Outlook): number => {
  let worth = 0
  for (const option of options) {
    const then = after(option)
    if (then.department !== now.department) worth += 1
    if (then.urgency !== now.urgency) worth += URGENCY_COUNTS
  }
  return options.length === 0 ? 0 : worth / options.length
}

/** The questions whose answers would change the first department or the urgency, the most telling first. */
export const questionsFor = (
  ground: Ground,
  judged: Judged,
  topCodes: readonly string[],
  answered: Readonly<Record<string, string>>,
): QuestionRow[] => {
  const asking: Question[] = []
  for (const one of ground.questions) {
    if (asking.length === QUESTIONS_WEIGHED_MOST) break
    if (answered[one.row.key] === undefined && mayAsk(one, judged.reading, topCodes)) asking.push(one)
  }
  if (asking.length === 0) return []
  const base = unmoved(ground.model, judged.opinion, judged.score.departments, ground.places, judged.reading)
  return asking
    .map((one) => ({ one, worth: worthOf(one, judged, (option) => outlookAfter(ground, judged, base, option)) }))
    .filter(({ worth }) => worth > 0)
    .sort((one, other) => other.worth - one.worth)
    .slice(0, QUESTIONS_MOST)
    .map(({ one }) => one.row)
}
