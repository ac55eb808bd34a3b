import { WHOLE } from '../../../kernel/share.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Tier } from '../../organisations/index.ts'

/** One choice as the report counts it. */
export type CountedChoice = {
  readonly org: OrgId
  /** County of the person, six digits. */
  readonly county: string
  readonly position: number | null
  readonly offered: readonly OrgId[]
}
export type SteeringPlace = { readonly id: OrgId; readonly tier: Tier; readonly county: string }
export type Thresholds = {
  /** Offered so often and never chosen: starved; and so many choices in a county before a place that is never offered counts. */
  readonly offeredLeast: number
  /** A level or county is starved when its share of choices is below this part of its share of offers, basis points. */
  readonly chosenShareLeast: number
}

/** How often a place, a level or a county was offered, offered first, and chosen. */
export type Tally = { readonly offered: number; readonly offeredFirst: number; readonly chosen: number }
export type StarvedPlace = { readonly id: OrgId; readonly why: 'never-chosen' | 'never-offered'; readonly offered: number }
export type Steering = {
  readonly choices: number
  /** Choices of the first of the list, basis points of all; null without choices. */
  readonly firstTaken: number | null
  /** Choices of an institution that was not in the list. */
  readonly outside: number
  readonly places: readonly (Tally & { readonly id: OrgId })[]
  readonly tiers: readonly (Tally & { readonly tier: Tier; readonly isStarved: boolean })[]
  readonly counties: readonly (Tally & { readonly county: string; readonly isStarved: boolean })[]
  readonly starved: readonly StarvedPlace[]
}

const NOTHING: Tally = { offered: 0, offeredFirst: 0, chosen: 0 }
const plus = (a: Tally, b: Tally): Tally => ({
  offered: a.offered + b.offered,
  offeredFirst: a.offeredFirst + b.offeredFirst,
  chosen: a.chosen + b.chosen,
})

const byPlace = (choices: readonly CountedChoice[]): Map<OrgId, Tally> => {
  const tallies = new Map<OrgId, Tally>()
  const add = (id: OrgId, more: Partial<Tally>): unknown =>
    tallies.set(id, plus(tallies.get(id) ?? NOTHING, { ...NOTHING, ...more }))
  for (const { org, offered } of choices) {
    offered.forEach((id, at) => add(id, { offered: 1, offeredFirst: at === 0 ? 1 : 0 }))
    add(org, { chosen: 1 })
  }
  return tallies
}

const grouped = <Key>(rows: readonly (readonly [Key, Tally])[]): [Key, Tally][] => {
  const groups = new Map<Key, Tally>()
  for (const [key, tally] of rows) groups.set(key, plus(groups.get(key) ?? NOTHING, tally))
  return [...groups]
}

/** Whether a group that was offered often enough got too small a part of the choices. */
const isStarved = (group: Tally, all: Tally, { offeredLeast, chosenShareLeast }: Thresholds): boolean =>
  group.offered >= offeredLeast && group.chosen * all.offered * WHOLE < group.offered * all.chosen * chosenShareLeast

/**
 * How demand was steered: offers and choices by place, level and county, and whom nobody chose or nobody was offered.
 * A place that was never offered counts only in a county from which there were choices enough.
 * @source `navigation.starved`
 */
export const steeringOf = (
  choices: readonly CountedChoice[],
  places: readonly SteeringPlace[],
  thresholds: Thresholds,
): Steering => {
  const tallies = byPlace(choices)
  const known = new Map(places.map((place) => [place.id, place]))
  const rows = [...tallies].flatMap(([id, tally]) => (known.has(id) ? [[known.get(id) as SteeringPlace, tally] as const] : []))
  const all = rows.reduce((sum, [, tally]) => plus(sum, tally), NOTHING)
  const judged = (tally: Tally) => ({ ...tally, isStarved: isStarved(tally, all, thresholds) })
  const first = choices.filter(({ position }) => position === 1).length
  return {
    choices: choices.length,
    firstTaken: choices.length === 0 ? null : Math.round((first * WHOLE) / choices.length),
    outside: choices.filter(({ position }) => position === null).length,
    places: rows.map(([{ id }, tally]) => ({ id, ...tally })).toSorted((a, b) => b.chosen - a.chosen || b.offered - a.offered),
    tiers: grouped(rows.map(([place, tally]) => [place.tier, tally] as const)).map(([tier, tally]) => ({
      tier,
      ...judged(tally),
    })),
    counties: grouped(rows.map(([place, tally]) => [place.county, tally] as const)).map(([county, tally]) => ({
      county,
      ...judged(tally),
    })),
    starved: [...neverChosen(tallies, thresholds), ...neverOffered(choices, tallies, places, thresholds)],
  }
}

const neverChosen = (tallies: ReadonlyMap<OrgId, Tally>, { offeredLeast }: Thresholds): StarvedPlace[] =>
  [...tallies]
    .filter(([, { chosen, offered }]) => chosen === 0 && offered >= offeredLeast)
    .map(([id, { offered }]) => ({ id, why: 'never-chosen', offered }))

const neverOffered = (
  choices: readonly CountedChoice[],
  tallies: ReadonlyMap<OrgId, Tally>,
  places: readonly SteeringPlace[],
  { offeredLeast }: Thresholds,
): StarvedPlace[] => {
  const demand = new Map<string, number>()
  for (const { county } of choices) demand.set(county, (demand.get(county) ?? 0) + 1)
  return places
    .filter(({ id, tier, county }) => tier !== 'village' && !tallies.has(id) && (demand.get(county) ?? 0) >= offeredLeast)
    .map(({ id }) => ({ id, why: 'never-offered', offered: 0 }))
}
