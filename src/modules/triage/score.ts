import type { DangerRow } from './knowledge.ts'
import type { Reading } from './read-text.ts'
import type { Term, Terms } from './terms.ts'

/** One term's share in one department's score. */
export type Contribution = { readonly term: number; readonly department: number; readonly points: number }

/** The readable score: each department's points are the sum of its contributions and of what the person brings. */
export type Score = {
  readonly departments: Float64Array
  readonly conditions: Float64Array
  readonly contributions: readonly Contribution[]
}

/** Weights 1…5 of the knowledge in points: 5 nearly decides, 1 hardly counts. */
const pointsOf = (weight: number): number => (Math.sign(weight) * weight * weight) / 5

/** How much a kind of term counts: a part of the body says little, a drug or an examination tells of an earlier trouble. */
const COUNTS: Readonly<Record<Term['kind'], number>> = {
  symptom: 1,
  sign: 1,
  part: 0.25,
  drug: 0.7,
  test: 0.7,
  disease: 1,
  population: 0.6,
  modifier: 0.6,
  nothing: 0,
  name: 0.9,
  condition: 0.9,
}
/** What is long past still tells who knows the person. */
const PAST_COUNTS = 0.4
/** Of what an adult's physician would treat, so much of a child's goes to paediatrics. */
const CHILD_SHARE = 0.85

export type Places = {
  readonly paediatrics: number
  readonly emergency: number
  readonly obstetrics: number
  /** Departments that treat a child's illness when the patient is grown up, and those for women. */
  readonly ofAdults: readonly number[]
  readonly ofWomen: readonly number[]
  readonly ofChildren: readonly number[]
}

/** The departments that a person's age, sex or pregnancy moves. */
export const placesOf = ({ departments, departmentOf }: Terms): Places => {
  const at = (code: string): number => departmentOf.get(code) ?? -1
  const where = (test: (code: string) => boolean): number[] => departments.flatMap(({ code }, one) => (test(code) ? [one] : []))
  return {
    paediatrics: at('0700'),
    emergency: at('2000'),
    obstetrics: at('0502'),
    ofAdults: where((code) => /^(02|03|16|17)/.test(code)),
    ofWomen: where((code) => /^(05|06)/.test(code) && code !== '0505'),
    ofChildren: where((code) => /^(07|08|09)/.test(code)),
  }
}

/** Points of the terms that count, named one by one. */
const contributionsOf = ({ terms }: Terms, { found }: Reading): Contribution[] =>
  found.flatMap(({ term, denied, past, inside }) => {
    if (denied || inside) return []
    const { kind, departments } = terms[term] as Term
    const counts = COUNTS[kind] * (past ? PAST_COUNTS : 1)
    return departments.map(([department, weight]) => ({ term, department, points: pointsOf(weight) * counts }))
  })

const addDangers = (departments: Float64Array, { departmentOf }: Terms, dangers: readonly DangerRow[]): void => {
  for (const { departments: weights } of dangers.slice(0, 1))
    for (const [code, weight] of Object.entries(weights)) {
      const at = departmentOf.get(code)
      if (at !== undefined) departments[at] = (departments[at] as number) + pointsOf(weight)
    }
}

/** A child's illness is a child physician's; a man's is no gynaecologist's. In place. */
export const fitToPerson = (departments: Float64Array, places: Places, { person }: Reading): void => {
  const scale = (which: readonly number[], by: number): number =>
    which.reduce((moved, at) => {
      const points = departments[at] as number
      departments[at] = points * by
      return moved + points * (1 - by)
    }, 0)
  if (person.isChild)
    departments[places.paediatrics] = (departments[places.paediatrics] as number) + scale(places.ofAdults, 1 - CHILD_SHARE)
  else if (person.age !== null) scale(places.ofChildren, 0.1)
  if (person.sex === 'male') scale(places.ofWomen, 0.1)
}

/** Scores every department and condition by what was read. */
export const scoreOf = (known: Terms, places: Places, reading: Reading, dangers: readonly DangerRow[]): Score => {
  const departments = new Float64Array(known.departments.length)
  const conditions = new Float64Array(known.conditions.length)
  const contributions = contributionsOf(known, reading)
  for (const { department, points } of contributions) departments[department] = (departments[department] as number) + points
  for (const { term, denied, inside, past } of reading.found) {
    if (denied || inside) continue
    for (const [condition, weight] of (known.terms[term] as Term).conditions)
      conditions[condition] = (conditions[condition] as number) + pointsOf(weight) * (past ? PAST_COUNTS : 1)
  }
  addDangers(departments, known, dangers)
  fitToPerson(departments, places, reading)
  return { departments, conditions, contributions }
}
