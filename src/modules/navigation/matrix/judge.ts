import { heightOf, type Institution } from '../../organisations/index.ts'
import type { Condition } from '../navigation.ts'
import { treatingSpecialties } from '../rules/treating-specialties.ts'
import { levelOf } from './area.ts'
import type { PlaceFacts } from './facts.ts'
import type { Cell, Requirement, Thing } from './matrix.ts'
import type { Requirements } from './requirements.ts'
import { judgeCell, type CellFacts, type CellLimits } from './rules/judge-cell.ts'
import { heightOfRank } from './rules/rank-of-title.ts'

/** Everything of a day that all cells are judged by. */
export type Judging = CellLimits & { readonly requirements: Requirements; readonly leakCasesLeast: number }

/** A condition with what is looked up once for its whole row. */
export type Row = {
  readonly condition: Condition
  readonly specialties: readonly string[]
  readonly requirement: Requirement
  readonly height: number
}

export const rowOf = (condition: Condition, requirements: Requirements): Row => ({
  condition,
  specialties: treatingSpecialties(condition),
  requirement: requirements.of(condition),
  height: heightOf(condition.lowestTier),
})

const WHOLE = 10_000

/** A share in basis points, or null when there are fewer cases than are needed to judge. */
export const shareOfCases = (part: number, whole: number, least: number): number | null =>
  whole < least || whole === 0 ? null : Math.round((part * WHOLE) / whole)

/** How a place stands to a thing: declared to be there, presumed from its tier or because its cases show that it manages, or missing. */
export const thingStand = (
  place: Institution,
  facts: PlaceFacts,
  thing: Thing,
  isShown: boolean,
): 'declared' | 'presumed' | 'missing' => {
  const said = facts.declared.get(`${thing.kind}:${thing.key}`)
  if (said) return said.grade === 'none' ? 'missing' : 'declared'
  return isShown || heightOf(levelOf(place.tier)) >= heightOf(thing.usual) ? 'presumed' : 'missing'
}

const unitsOf = (facts: PlaceFacts, offered: readonly string[]): number | null => {
  if (facts.supply === null) return null
  let units = 0
  for (const code of offered) units += facts.supply.get(code)?.free ?? 0
  return units
}

const doctorsFor = ({ doctors }: PlaceFacts, { specialties, requirement }: Row): { count: number; rank: number } => {
  const found = { count: 0, rank: 0 }
  if (doctors === null) return found
  for (const code of requirement.anySpecialty ? doctors.keys() : specialties) {
    const of = doctors.get(code)
    found.count += of?.count ?? 0
    found.rank = Math.max(found.rank, of?.rank ?? 0)
  }
  return found
}

/** Whether people come by number: emergencies and prevention are seen without. */
export const needsNumber = ({ condition, requirement }: Row): boolean =>
  condition.urgency !== 'emergency' && !requirement.anySpecialty

/** What is known of one cell. */
export const cellFacts = (place: Institution, facts: PlaceFacts, row: Row, judging: Judging): CellFacts => {
  const { condition, specialties, requirement } = row
  const offered = specialties.filter((code) => facts.offered.has(code))
  const { count: doctors, rank } = doctorsFor(facts, row)
  const said = facts.declared.get(`condition:${condition.key}`)
  const broad = specialties.map((code) => facts.declared.get(`specialty:${code}`)).find((one) => one !== undefined)
  const cases = facts.cases.get(condition.key)?.cases ?? 0
  const sent = facts.sent.get(condition.key) ?? 0
  return {
    offers: offered.length > 0,
    declared: said?.grade ?? broad?.grade ?? null,
    isTagged: offered.some((code) => facts.offered.get(code) !== null),
    cases,
    doctors: facts.doctors === null ? null : doctors,
    rankSuffices: rank >= heightOfRank(requirement.doctor),
    units: needsNumber(row) ? unitsOf(facts, specialties) : null,
    lacks: lackingOf(place, facts, row, judging),
    specialty: offered[0] ?? condition.specialty,
    sentOutside: shareOfCases(sent, cases + sent, judging.leakCasesLeast),
  }
}

/** Whether its own cases of the year show that it treats a condition. */
export const isShownBy = (facts: PlaceFacts, { condition }: Row, { casesShown }: Judging): boolean =>
  (facts.cases.get(condition.key)?.cases ?? 0) >= casesShown

const lackingOf = (place: Institution, facts: PlaceFacts, row: Row, judging: Judging): string[] => {
  const isShown = isShownBy(facts, row, judging)
  return row.requirement.needs.filter((key) => {
    const thing = judging.requirements.things.get(key)
    return thing !== undefined && thingStand(place, facts, thing, isShown) === 'missing'
  })
}

const BEYOND: Cell = { state: 'beyond', evidence: 'nothing', whys: [], missing: [] }

/** General hospitals, and the units of towns and villages, owe their people every condition of their tier; others only what they offer. */
const owesAll = ({ ws218 }: Institution): boolean => ws218 === 'A100' || /^[BCD]/.test(ws218)

/** Whether a condition is no matter of a place at all: its tier is too low, or it is a special hospital of something else. */
const isNoMatterOf = (place: Institution, facts: PlaceFacts, { height, specialties, condition }: Row): boolean =>
  heightOf(place.tier) < height ||
  (!owesAll(place) &&
    !specialties.some((code) => facts.offered.has(code)) &&
    !facts.declared.has(`condition:${condition.key}`) &&
    !facts.cases.has(condition.key))

/** One cell, judged. */
export const judge = (place: Institution, facts: PlaceFacts, row: Row, judging: Judging): Cell =>
  isNoMatterOf(place, facts, row) ? BEYOND : judgeCell(cellFacts(place, facts, row, judging), judging)
