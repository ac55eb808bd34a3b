import type { Words } from '../../kernel/words.ts'
import { ageLimits } from './condition-age.ts'
import type { Knowledge, SymptomRow } from './knowledge.ts'
import { automatonOf, type Automaton } from './text/automaton.ts'
import { normaliser } from './text/normalise.ts'

/** Something that a text can say, and what it points to: pairs of a department's or condition's number and a weight. */
export type Term = Words & {
  readonly key: string
  readonly kind: SymptomRow['kind'] | 'name' | 'condition'
  readonly departments: readonly (readonly [department: number, weight: number])[]
  readonly conditions: readonly (readonly [condition: number, weight: number])[]
}

export type Department = { readonly code: string; readonly name: Words }
export type ConditionOfTriage = Words & {
  readonly key: string
  readonly specialty: number
  readonly urgency: 'routine' | 'soon' | 'urgent' | 'emergency'
  readonly sex: 'male' | 'female' | null
  readonly years: { readonly from: number; readonly until: number }
}

/** The knowledge as the search for terms wants it. Words are in their normal form; a pair is two words near each other. */
export type Terms = {
  readonly departments: readonly Department[]
  readonly departmentOf: ReadonlyMap<string, number>
  readonly conditions: readonly ConditionOfTriage[]
  readonly terms: readonly Term[]
  readonly termOf: ReadonlyMap<string, number>
  readonly normal: (text: string) => string
  readonly automaton: Automaton
  readonly words: readonly string[]
  /** For each word, the terms that it says by itself. */
  readonly said: readonly (readonly number[])[]
  /** For each word, its numbers as one half of a pair: itself, a part of the body, a feeling. */
  readonly halves: readonly (readonly number[])[]
  /** `pairKey` of the two halves to the terms that they say together. */
  readonly pairs: ReadonlyMap<number, readonly number[]>
}

const HALVES_MOST = 65_536
export const pairKey = (first: number, second: number): number => first * HALVES_MOST + second

/** A name of a disease points to where it is treated, as strongly as the strongest symptom; the other specialties less. */
const NAME_WEIGHT = 5
const ALSO_WEIGHT = 2

type Making = {
  readonly normal: (text: string) => string
  readonly words: string[]
  readonly numberOf: Map<string, number>
  readonly said: number[][]
  readonly halves: number[][]
  readonly halfOf: Map<string, number>
  readonly pairs: Map<number, number[]>
}

const wordNumber = (making: Making, word: string): number => {
  const known = making.numberOf.get(word)
  if (known !== undefined) return known
  const number = making.words.push(word) - 1
  making.numberOf.set(word, number)
  making.said.push([])
  making.halves.push([])
  return number
}
/** The number of a half: of a word itself, or of a whole class of words (`part:chest`). */
const halfNumber = (making: Making, name: string): number => {
  const known = making.halfOf.get(name)
  if (known !== undefined) return known
  making.halfOf.set(name, making.halfOf.size)
  return making.halfOf.size - 1
}
const asHalf = (making: Making, word: string, half: number): void => {
  const halves = making.halves[wordNumber(making, word)] as number[]
  if (!halves.includes(half)) halves.push(half)
}
const pairUp = (making: Making, first: number, second: number, term: number): void => {
  const key = pairKey(first, second)
  const known = making.pairs.get(key)
  if (known) known.push(term)
  else making.pairs.set(key, [term])
}

/** Teaches that a term is said so; `胸口~痛` are two words near each other. */
const say = (making: Making, saying: string, term: number): void => {
  const [first = '', second] = saying.split('~').map((one) => making.normal(one.trim()))
  if (second === undefined) {
    if (first === '') return
    const terms = making.said[wordNumber(making, first)] as number[]
    if (!terms.includes(term)) terms.push(term)
    return
  }
  if (first === '' || second === '') return
  const halves = [first, second].map((word) => halfNumber(making, `=${word}`)) as [number, number]
  asHalf(making, first, halves[0])
  asHalf(making, second, halves[1])
  pairUp(making, ...halves, term)
}

/** The parts of paediatrics but the newborn ward: patients are sent to 儿科, which knows which of its own rooms. */
const ROOM_OF_PAEDIATRICS = /^070[2-9]$/
/** Weights by department with the rooms of paediatrics told as paediatrics, at the largest of their weights. */
export const withoutRooms = (weights: Readonly<Record<string, number>>): Readonly<Record<string, number>> => {
  if (!Object.keys(weights).some((code) => ROOM_OF_PAEDIATRICS.test(code))) return weights
  const told: Record<string, number> = {}
  for (const [code, weight] of Object.entries(weights)) {
    const whole = ROOM_OF_PAEDIATRICS.test(code) ? '0700' : code
    told[whole] = Math.max(told[whole] ?? 0, weight)
  }
  return told
}

const pairsOf = (weights: Readonly<Record<string, number>>, numbers: ReadonlyMap<string, number>): [number, number][] =>
  Object.entries(weights).flatMap(([key, weight]) => {
    const number = numbers.get(key)
    return number === undefined ? [] : [[number, weight] as [number, number]]
  })

/** Departments that a person can be sent to; laboratories and imaging serve them. */
const departmentsOf = ({ specialties }: Knowledge): Department[] =>
  specialties.map(({ code, zh, en }) => ({ code, name: { zh, en } }))

const conditionsOf = (knowledge: Knowledge, departmentOf: ReadonlyMap<string, number>): ConditionOfTriage[] =>
  knowledge.conditions.map(({ key, zh, en, specialty, urgency, sex, age }) => ({
    key,
    zh,
    en,
    specialty: departmentOf.get(ROOM_OF_PAEDIATRICS.test(specialty) ? '0700' : specialty) ?? 0,
    urgency,
    sex: sex ?? null,
    years: ageLimits(age),
  }))

/** Makes everything that the search needs out of the knowledge. */
export const termsOf = (knowledge: Knowledge): Terms => {
  const departments = departmentsOf(knowledge)
  const departmentOf = new Map(departments.map(({ code }, at) => [code, at]))
  const conditions = conditionsOf(knowledge, departmentOf)
  const conditionOf = new Map(conditions.map(({ key }, at) => [key, at]))
  const making: Making = {
    normal: normaliser(knowledge.spellings),
    words: [],
    numberOf: new Map(),
    said: [],
    halves: [],
    halfOf: new Map(),
    pairs: new Map(),
  }
  const terms: Term[] = []
  const add = (term: Term, sayings: readonly string[]): void => {
    const number = terms.push(term) - 1
    for (const saying of sayings) say(making, saying, number)
  }
  for (const row of knowledge.symptoms) {
    const { key, zh, en, kind } = row
    const points = {
      departments: pairsOf(withoutRooms(row.departments), departmentOf),
      conditions: pairsOf(row.conditions, conditionOf),
    }
    add({ key, zh, en, kind, ...points }, [zh, ...row.says])
    if (row.part && row.feel)
      pairUp(making, halfNumber(making, `part:${row.part}`), halfNumber(making, `feel:${row.feel}`), terms.length - 1)
  }
  for (const { key, zh, en, says, departments: weights } of knowledge.parts) {
    add({ key: `part:${key}`, zh, en, kind: 'part', departments: pairsOf(weights, departmentOf), conditions: [] }, [zh, ...says])
    for (const word of [zh, ...says]) asHalf(making, making.normal(word), halfNumber(making, `part:${key}`))
  }
  for (const { key, zh, says } of knowledge.feelings)
    for (const word of [zh, ...says]) asHalf(making, making.normal(word), halfNumber(making, `feel:${key}`))
  addNames(knowledge, making, terms, departmentOf)
  addConditions(knowledge, conditions, making, terms, departmentOf)
  return {
    departments,
    departmentOf,
    conditions,
    terms,
    termOf: new Map(terms.map(({ key }, at) => [key, at])),
    normal: making.normal,
    automaton: automatonOf(making.words),
    words: making.words,
    said: making.said,
    halves: making.halves,
    pairs: making.pairs,
  }
}

/** Names that a symptom's row says already keep the row's meaning. */
const unsaid = (making: Making, words: readonly string[]): string[] =>
  words.filter((word) => {
    const number = making.numberOf.get(making.normal(word))
    return word.length > 1 && (number === undefined || making.said[number]?.length === 0)
  })

const addNames = (knowledge: Knowledge, making: Making, terms: Term[], departmentOf: ReadonlyMap<string, number>): void => {
  for (const { departments, says } of knowledge.names)
    for (const word of unsaid(making, says)) {
      const points = { departments: pairsOf(departments, departmentOf), conditions: [] }
      say(making, word, terms.push({ key: `name:${word}`, zh: word, en: word, kind: 'name', ...points }) - 1)
    }
}

const addConditions = (
  knowledge: Knowledge,
  conditions: readonly ConditionOfTriage[],
  making: Making,
  terms: Term[],
  departmentOf: ReadonlyMap<string, number>,
): void =>
  knowledge.conditions.forEach(({ key, zh, en, aliases, also, specialty }, at) => {
    const weights = { ...Object.fromEntries(also.map((code) => [code, ALSO_WEIGHT])), [specialty]: NAME_WEIGHT }
    const term: Term = {
      key: `condition:${key}`,
      zh,
      en,
      kind: 'condition',
      departments: pairsOf(withoutRooms(weights), departmentOf),
      conditions: [[at, NAME_WEIGHT]],
    }
    const number = terms.push(term) - 1
    for (const word of [zh, ...aliases]) {
      const known = making.numberOf.get(making.normal(word))
      const saidBy = known === undefined ? [] : (making.said[known] as number[])
      // A name of our own list has no condition: the catalogue's row stands in its place.
      const isOnlyName = saidBy.every((one) => (terms[one] as Term).kind === 'name')
      if (word.length > 1 && isOnlyName) {
        if (known !== undefined) (making.said[known] as number[]).length = 0
        say(making, word, number)
      }
    }
  })
