import { adviceFor } from './advice.ts'
import { dangerIndex, dangersIn } from './danger.ts'
import { reasonsFor } from './explain.ts'
import { joined, opinions, type Opinion } from './join.ts'
import type { DangerRow, Knowledge, QuestionRow } from './knowledge.ts'
import type { Model } from './model/model-file.ts'
import { mayAsk, QUESTIONS_MOST, withAnswer, worthOf, type Outlook } from './questions.ts'
import { readText, type Reading } from './read-text.ts'
import { placesOf, scoreOf, type Places, type Score } from './score.ts'
import type { Term, Terms } from './terms.ts'
import { graver, type ConditionGuess, type Triage, type TriageAbout, type TriageFunction, type UrgencyGrade } from './triage.ts'
import { urgencyOf } from './urgency.ts'

type Ground = {
  readonly terms: Terms
  readonly places: Places
  readonly dangers: readonly DangerRow[]
  readonly dangersBy: ReadonlyMap<string, readonly number[]>
  readonly questions: readonly QuestionRow[]
  readonly model: Model
  readonly opinionOf: (reading: Reading) => Opinion
}

/** What answers ask for beside terms: points for departments, and a grade. */
type Asked = { readonly points: ReadonlyMap<number, number>; readonly urgency: UrgencyGrade | null }
const NOTHING_ASKED: Asked = { points: new Map(), urgency: null }

/** How many departments and conditions are told, and how likely the last of them must be. */
const DEPARTMENTS_MOST = 5
const DEPARTMENTS_LEAST = 3
const CONFIDENCE_LEAST = 0.02
const CONDITIONS_MOST = 5
/** A condition below so many points is not worth naming. */
const CONDITION_LEAST = 1.5
/** Points that stand for every condition that is not in the catalogue. */
const OTHER_CONDITIONS = 4
/** The text is taken as saying nothing medical above this probability, and only where no medical term was found. */
const NOTHING_LEAST = 0.3
/** Whoever says so feels ill, whatever else is said. */
const UNWELL = /不舒服|难受|不得劲|看病|疼|痛/
/** Where no trouble is named, a first department below this share is a guess. */
const FLAT = 0.2
/** A text that is so much like emergencies is never said to be nothing. */
const EMERGENCY_SHARE = 0.06

/** So many questions are weighed against each other for one text, in the order of the knowledge. */
const QUESTIONS_WEIGHED_MOST = 6

type Seen = {
  readonly dangers: readonly DangerRow[]
  readonly score: Score
  readonly shares: Float64Array
  readonly urgency: UrgencyGrade
}

/** The whole judgement of a reading, with one opinion of the classifier. */
const judge = (ground: Ground, reading: Reading, opinion: Opinion, asked: Asked): Seen => {
  const dangers = dangersIn(ground.dangers, ground.dangersBy, reading)
  const score = scoreOf(ground.terms, ground.places, reading, dangers)
  for (const [at, points] of asked.points) score.departments[at] = (score.departments[at] as number) + points
  const found = urgencyOf(ground.terms, reading, dangers, score.conditions, opinion)
  const urgency = withAsked(found, asked.urgency, dangers.length > 0)
  const shares = joined(ground.model, opinion, score.departments, ground.places, reading, urgency === 'emergency')
  return { dangers, score, shares, urgency }
}

/** An answer may raise the grade; it lowers it only where nothing dangerous was seen. */
const withAsked = (found: UrgencyGrade, asked: UrgencyGrade | null, isDangerous: boolean): UrgencyGrade =>
  asked === null ? found : asked === 'self-care' && !isDangerous && found === 'soon' ? asked : graver(found, asked)

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

const MEDICAL = new Set<Term['kind']>(['symptom', 'sign', 'part', 'drug', 'test', 'disease', 'name', 'condition'])
/** Whether the text says nothing medical: no trouble is named, and the classifier sees none or cannot tell the departments apart. */
const saysNothing = (known: Terms, { found, text }: Reading, opinion: Opinion, { dangers, shares }: Seen): boolean => {
  if (dangers.length > 0 || opinion.emergency >= EMERGENCY_SHARE || UNWELL.test(text)) return false
  const kinds = found.flatMap(({ term, inside }) => (inside ? [] : [(known.terms[term] as Term).kind]))
  const isOfOtherThings = kinds.includes('nothing')
  if (kinds.some((kind) => MEDICAL.has(kind))) return isOfOtherThings && opinion.nothing >= NOTHING_LEAST
  return (
    isOfOtherThings ||
    opinion.nothing >= NOTHING_LEAST ||
    !/\p{Script=Han}/u.test(text) ||
    (shares[best(shares)] as number) < FLAT
  )
}

const rounded = (share: number): number => Math.round(share * 1_000) / 1_000

const conditionsOf = ({ conditions }: Terms, { score, shares }: Seen, { person }: Reading): ConditionGuess[] => {
  const likely: { at: number; points: number }[] = []
  let sum = OTHER_CONDITIONS
  for (let at = 0; at < score.conditions.length; at += 1) {
    const points = score.conditions[at] as number
    if (points <= 0) continue
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

const askedBy = ({ terms }: Ground, option: QuestionRow['options'][number], before: Asked): Asked => {
  const points = new Map(before.points)
  for (const [code, weight] of Object.entries(option.departments)) {
    const at = terms.departmentOf.get(code)
    if (at !== undefined) points.set(at, (points.get(at) ?? 0) + weight)
  }
  const urgency = option.urgency && before.urgency ? graver(option.urgency, before.urgency) : (option.urgency ?? before.urgency)
  return { points, urgency }
}

const questionsFor = (
  ground: Ground,
  reading: Reading,
  opinion: Opinion,
  asked: Asked,
  seen: Seen,
  answered: ReadonlySet<string>,
) => {
  const topCodes = codesOf(ground.terms, ranked(seen.shares).slice(0, DEPARTMENTS_LEAST))
  const now: Outlook = { department: best(seen.shares), urgency: seen.urgency }
  const after = (option: QuestionRow['options'][number]): Outlook => {
    const then = judge(ground, withAnswer(reading, option, ground.terms.termOf), opinion, askedBy(ground, option, asked))
    return { department: best(then.shares), urgency: then.urgency }
  }
  return ground.questions
    .filter((one) => !answered.has(one.key) && mayAsk(one, reading, topCodes))
    .slice(0, QUESTIONS_WEIGHED_MOST)
    .map((one) => ({ one, worth: worthOf(one, now, after) }))
    .filter(({ worth }) => worth > 0)
    .sort((one, other) => other.worth - one.worth)
    .slice(0, QUESTIONS_MOST)
    .map(({ one: { key, zh, en, options } }) => ({
      key,
      zh,
      en,
      options: options.map((option) => ({ key: option.key, zh: option.zh, en: option.en })),
    }))
}

/** Takes the answers to earlier questions into what was read. */
const withAnswers = (
  ground: Ground,
  read: Reading,
  answers: Readonly<Record<string, string>>,
): { reading: Reading; asked: Asked } => {
  let [reading, asked] = [read, NOTHING_ASKED]
  for (const { key, options } of ground.questions) {
    const option = options.find((one) => one.key === answers[key])
    if (!option) continue
    reading = withAnswer(reading, option, ground.terms.termOf)
    asked = askedBy(ground, option, asked)
  }
  return { reading, asked }
}

const triageWith = (ground: Ground, text: string, about: TriageAbout): Triage => {
  const answers = about.answers ?? {}
  const { reading, asked } = withAnswers(ground, readText(ground.terms, text, about), answers)
  const opinion = ground.opinionOf(reading)
  const seen = judge(ground, reading, opinion, asked)
  const { dangers, shares, urgency, score } = seen
  const nothing = asked.points.size === 0 && saysNothing(ground.terms, reading, opinion, seen)
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
    conditions: conditionsOf(ground.terms, seen, reading),
    advice: adviceFor(urgency, dangers, false),
    questions: questionsFor(ground, reading, opinion, asked, seen, new Set(Object.keys(answers))),
    reasons: reasonsFor(ground.terms, reading, dangers, score, order.slice(0, DEPARTMENTS_LEAST)),
  }
}

/** The triage of a knowledge and a model: pure, and the same text always gets the same answer. */
export const makeTriage = (knowledge: Knowledge, terms: Terms, model: Model): TriageFunction => {
  const ground: Ground = {
    terms,
    places: placesOf(terms),
    dangers: knowledge.dangers,
    dangersBy: dangerIndex(knowledge.dangers),
    questions: knowledge.questions,
    model,
    opinionOf: opinions(model, terms),
  }
  return (text, about = {}) => triageWith(ground, text, about)
}
