import type { PlaceLevel } from './area-schema.ts'
import { placeLevelOf } from './expected-cost.ts'

/** Levels that follow from what an institution is; the others, price classes for instance, are an area's own and come with the bill. */
const PLAIN: readonly PlaceLevel[] = ['primary', 'level1', 'level2', 'level3', 'provincial', 'pharmacy']

/** Whether a bill states a level that its institution does not have. One that is not graded may state any. */
export const isOtherLevel = (stated: PlaceLevel, place: { readonly tier: string; readonly level: number }): boolean => {
  const own = placeLevelOf(place)
  return own !== null && stated !== own && PLAIN.includes(stated)
}
