import type { DangerRow } from './knowledge.ts'
import type { Reading } from './read-text.ts'
import type { Term, Terms } from './terms.ts'

/** One term's share in one department's score. */
export type Contribution = { readonly term: number; readonly department: number; readonly points: number }

/** The readable score: each department's points are the sum of its contributions and of what the person brings. */
export type Score = {
  readonly departments: Float64Array
  /** The departments' points of the terms alone, before dangers and the person. */
  readonly ofTerms: Float64Array
  /** Points of the conditions that are pointed to. */
  readonly conditions: ReadonlyMap<number, number>
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

type Counted = Pick<Reading['found'][number], 'term' | 'past'>

/** What one term brings to the departments; `put` gets the department and the points. */
const weigh = ({ kind, departments }: Term, past: boolean, put: (department: number, points: number) => void): void => {
  const counts = COUNTS[kind] * (past ? PAST_COUNTS : 1)
  for (const [department, weight] of departments) put(department, pointsOf(weight) * counts)
}

/** Adds what terms point to, in place. */
export const addTerms = (departments: Float64Array, { terms }: Terms, found: readonly Counted[]): void => {
  for (const { term, past } of found)
    weigh(terms[term] as Term, past, (department, points) => {
      departments[department] = (departments[department] as number) + points
    })
}

/** Points of the conditions that terms point to. */
export const conditionsBy = ({ terms }: Terms, found: readonly Counted[]): Map<number, number> => {
  const points = new Map<number, number>()
  for (const { term, past } of found)
    for (const [condition, weight] of (terms[term] as Term).conditions)
      points.set(condition, (points.get(condition) ?? 0) + pointsOf(weight) * (past ? PAST_COUNTS : 1))
  return points
}

/** Terms that count: neither denied nor inside of a longer word. */
export const counted = (found: Reading['found']): Reading['found'] => found.filter(({ denied, inside }) => !denied && !inside)

/** Adds what the gravest sign of danger points to, in place. */
export const addDanger = (departments: Float64Array, { departmentOf }: Terms, gravest: DangerRow | undefined): void => {
  if (!gravest) return
  for (const code in gravest.departments) {
    const at = departmentOf.get(code)
    if (at !== undefined) departments[at] = (departments[at] as number) + pointsOf(gravest.departments[code] as number)
  }
}

/** Leaves `share` of the points of some departments; answers how many points were taken. */
const scale = (departments: Float64Array, which: readonly number[], share: number): number => {
  let taken = 0
  for (const at of which) {
    const points = departments[at] as number
    departments[at] = points * share
    taken += points * (1 - share)
  }
  return taken
}

/** A child's illness is a child physician's; a man's is no gynaecologist's. In place. */
export const fitToPerson = (departments: Float64Array, places: Places, { person }: Pick<Reading, 'person'>): void => {
  if (person.isChild)
    departments[places.paediatrics] =
      (departments[places.paediatrics] as number) + scale(departments, places.ofAdults, 1 - CHILD_SHARE)
  else if (person.age !== null) scale(departments, places.ofChildren, 0.1)
  if (person.sex === 'male') scale(departments, places.ofWomen, 0.1)
}

/** Scores every department and condition by what was read. */
export const scoreOf = (known: Terms, places: Places, reading: Reading, gravest: DangerRow | undefined): Score => {
  const found = counted(reading.found)
  const contributions: Contribution[] = []
  const departments = new Float64Array(known.departments.length)
  for (const { term, past } of found)
    weigh(known.terms[term] as Term, past, (department, points) => {
      contributions.push({ term, department, points })
      departments[department] = (departments[department] as number) + points
    })
  const ofTerms = departments.slice()
  addDanger(departments, known, gravest)
  fitToPerson(departments, places, reading)
  return { departments, ofTerms, conditions: conditionsBy(known, found), contributions }
}
