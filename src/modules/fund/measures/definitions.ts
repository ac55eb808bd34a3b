import type { Day } from '../../../kernel/day.ts'
import { loadRulebook } from '../../../platform/rulebook.ts'
import type { Rulebook } from '../../../shapes/rulebook.ts'
import { measuresOn, type Measure } from '../rules/measures.ts'

let loaded: Promise<Rulebook> | null = null

/** Lets the house measure by a rulebook of its own; called once at start. */
export const measureByRulebook = (rulebook: Rulebook): void => {
  loaded = Promise.resolve(rulebook)
}

/** The definitions of a day, out of the rulebook that is read once. */
export const definitionsOn = async (day: Day): Promise<Measure[]> => {
  loaded ??= loadRulebook()
  return measuresOn(await loaded, day)
}
