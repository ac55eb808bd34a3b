import { adviceFor } from './advice.ts'
import { dangerIndex, dangersIn, gravestFirst } from './danger.ts'
import { reasonsFor } from './explain.ts'
import { joined, opinions, type Opinion } from './join.ts'
import type { DangerRow, Knowledge, QuestionRow } from './knowledge.ts'
import type { Model } from './model/model-file.ts'
import { askedBy, NOTHING_ASKED, questionsFor, questionsOf, withAnswer, withAsked } from './questions.ts'
import type { Asked, Judged, Question } from './questions.ts'
import { readText, type Reading } from './read-text.ts'
import { placesOf, scoreOf, type Places } from './score.ts'
import type { Term, Terms } from './terms.ts'
import type { ConditionGuess, Triage, TriageAbout, TriageFunction, TriageQuestion } from './triage.ts'
import { mannerOf, urgencyOf } from './urgency.ts'

type Ground = {
  readonly terms: Terms
  readonly places: Places
  readonly dangers: readonly DangerRow[]
  readonly rankOf: ReadonlyMap<DangerRow, number>
  readonly dangersBy: ReadonlyMap<string, readonly number[]>
  readonly questions: readonly Question[]
  readonly model: Model
  readonly opinionOf: (reading: Reading) => Opinion
}

/** How many departments and conditions are told, and how likely the last of them must be. */
const DEPARTMENTS_MOST = 5
const DEPARTMENTS_LEAST = 3
const CONFIDENCE_LEAST = 0.02
const CONDITIONS_MOST = 5
/** A condition below so many points is not worth naming. */
const CONDITION_LEAST = 1.5
/** Points that stand for every condition that is not in the catalogue. */
const OTHER_CONDITIONS = 4
/**
 * The classifier's probability from which a text is taken as saying nothing medical: where it speaks of other things and names no
 * trouble, where it speaks of no known thing, where it names a trouble beside other things, and where all departments are about as likely.
 */
const NOTHING_LEAST = { ofOtherThings: 0.2, ofNothing: 0.3, besideTrouble: 0.5, flat: 0.06 } as const
/** Whoever says so feels ill, whatever else is said. */
const UNWELL = /不舒服|难受|不得劲|看病|疼|痛|肿|痒|咳|硬块|拔牙/
/** A text that is so much like emergencies is never said to be nothing. */
const EMERGENCY_SHARE = 0.08
/** Where no trouble is named, a first department below this share is a guess. */
const FLAT = 0.2

type Seen = Judged & { readonly shares: Float64Array }

/** The whole judgement of a reading, with one opinion of the classifier. */
const judge = (ground: Ground, reading: Reading, asked: Asked): Seen => {
  const { terms, places, model } = ground
  const opinion = ground.opinionOf(reading)
  const manner = mannerOf(reading.text)
  const dangers = dangersIn(ground.dangers, ground.dangersBy, reading)
  const score = scoreOf(terms, places, reading, dangers[0])
  for (const [at, points] of asked.points) score.departments[at] = (score.departments[at] as number) + points
  const found = urgencyOf(terms, manner, dangers[0], () => score.conditions, opinion)
  const urgency = withAsked(found, asked.urgency, dangers.length > 0)
  const shares = joined(model, opinion, score.departments, places, reading, urgency === 'emergency')
  return { reading, opinion, asked, manner, dangers, score, shares, urgency, department: best(shares) }
}

const best = (shares: Float64Array): number => {
  let first = 0
  for (let at = 1; at < shares.length; at += 1) if ((shares[at] as number) > (shares[first] as number)) first = at
  return first
}

const ranked = (shares: Float64Array): number[] => {
  const order: number[] = []
  const left = Float64Array.from(shares)
  while (order.length < DEPARTMENTS_MOST) {
    const at = best(left)
    if (order.length >= DEPARTMENTS_LEAST && (left[at] as number) < CONFIDENCE_LEAST) break
    order.push(at)
    left[at] = -1
  }
  return order
}

const MEDICAL = new Set<Term['kind']>(['symptom', 'sign', 'drug', 'test', 'disease', 'name', 'condition'])
/** A row of the knowledge that only says who or when is no trouble, whatever its kind. */
const tellsTrouble = ({ kind, departments }: Term): boolean => MEDICAL.has(kind) && departments.length > 0

/** Whether the text says nothing medical: no trouble is named, and the classifier sees none or cannot tell the departments apart. */
const saysNothing = (known: Terms, { reading: { found, text }, opinion, dangers, shares, department }: Seen): boolean => {
  if (dangers.length > 0 || opinion.emergency >= EMERGENCY_SHARE || UNWELL.test(text)) return false
  const said = found.flatMap(({ term, inside }) => (inside ? [] : [known.terms[term] as Term]))
  const isOfOtherThings = said.some(({ kind }) => kind === 'nothing')
  if (said.some(tellsTrouble)) return isOfOtherThings && opinion.nothing >= NOTHING_LEAST.besideTrouble
  return (
    opinion.nothing >= (isOfOtherThings ? NOTHING_LEAST.ofOtherThings : NOTHING_LEAST.ofNothing) ||
    !/\p{Script=Han}/u.test(text) ||
    (opinion.nothing >= NOTHING_LEAST.flat && (shares[department] as number) < FLAT)
  )
}

const rounded = (share: number): number => Math.round(share * 1_000) / 1_000

const conditionsOf = ({ conditions }: Terms, { score, shares, reading: { person } }: Seen): ConditionGuess[] => {
  const likely: { at: number; points: number }[] = []
  let sum = OTHER_CONDITIONS
  for (const [at, points] of score.conditions) {
    const { sex, years, specialty } = conditions[at] as (typeof conditions)[number]
    if (sex !== null && person.sex !== null && sex !== person.sex) continue
    if (person.age !== null && (person.age < years.from || person.age >= years.until)) continue
    const fitting = points * (0.4 + (shares[specialty] as number))
    sum += fitting
    if (fitting >= CONDITION_LEAST) likely.push({ at, points: fitting })
  }
  return likely
    .sort((one, other) => other.points - one.points || one.at - other.at)
    .slice(0, CONDITIONS_MOST)
    .map(({ at, points }) => {
      const { key, zh, en } = conditions[at] as (typeof conditions)[number]
      return { key, zh, en, confidence: rounded(points / sum) }
    })
}

const codesOf = ({ departments }: Terms, order: readonly number[]): string[] =>
  order.map((at) => (departments[at] as { code: string }).code)

/** Takes the answers to earlier questions into what was read. */
const withAnswers = (
  { questions, terms }: Ground,
  read: Reading,
  answers: Readonly<Record<string, string>>,
): { reading: Reading; asked: Asked } => {
  let [reading, asked] = [read, NOTHING_ASKED]
  for (const { row, options } of questions) {
    const answer = answers[row.key]
    const option = answer === undefined ? undefined : options.find((one) => one.row.key === answer)
    if (!option) continue
    reading = withAnswer(reading, option.row, terms.termOf)
    asked = askedBy(option, asked)
  }
  return { reading, asked }
}

const toldOf = ({ key, zh, en, options }: QuestionRow): TriageQuestion => ({
  key,
  zh,
  en,
  options: options.map((option) => ({ key: option.key, zh: option.zh, en: option.en })),
})

const NO_ANSWERS = {}
const triageWith = (ground: Ground, text: string, about: TriageAbout): Triage => {
  const answers = about.answers ?? NO_ANSWERS
  const read = readText(ground.terms, text, about)
  const { reading, asked } = answers === NO_ANSWERS ? { reading: read, asked: NOTHING_ASKED } : withAnswers(ground, read, answers)
  const seen = judge(ground, reading, asked)
  const { dangers, shares, urgency, score } = seen
  const nothing = asked.points.length === 0 && saysNothing(ground.terms, seen)
  if (nothing)
    return {
      departments: [],
      urgency: 'self-care',
      dangerSigns: [],
      conditions: [],
      advice: adviceFor('self-care', [], true),
      questions: [],
      reasons: [],
    }
  const order = ranked(shares)
  return {
    departments: order.map((at) => ({
      ...(ground.terms.departments[at] as Terms['departments'][number]),
      confidence: rounded(shares[at] as number),
    })),
    urgency,
    dangerSigns: dangers.map(({ key, zh, en, channel, urgency: grade, now }) => ({ key, zh, en, channel, urgency: grade, now })),
    conditions: conditionsOf(ground.terms, seen),
    advice: adviceFor(urgency, dangers, false),
    questions: questionsFor(ground, seen, codesOf(ground.terms, order.slice(0, DEPARTMENTS_LEAST)), answers).map(toldOf),
    reasons: reasonsFor(ground.terms, reading, dangers, score, order.slice(0, DEPARTMENTS_LEAST)),
  }
}

/** The triage of a knowledge and a model: pure, and the same text always gets the same answer. */
export const makeTriage = (knowledge: Knowledge, terms: Terms, model: Model): TriageFunction => {
  const byRank = gravestFirst(knowledge.dangers)
  const ground: Ground = {
    terms,
    places: placesOf(terms),
    dangers: knowledge.dangers,
    rankOf: new Map(byRank.map((row, at) => [row, at])),
    dangersBy: dangerIndex(knowledge.dangers),
    questions: questionsOf(knowledge.questions, terms, byRank),
    model,
    opinionOf: opinions(model, terms),
  }
  return (text, about = {}) => triageWith(ground, text, about)
}
