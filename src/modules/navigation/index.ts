import { icdSearch } from './catalogue/icd-queries.ts'
import { conditions, rank } from './queries.ts'

export { navigationRefusals } from './contract.ts'
export type { Reason, ShownCondition } from './contract.ts'
export { URGENCIES } from './navigation.ts'
export type { Condition, Urgency } from './navigation.ts'
export { readCatalogue } from './catalogue/read-catalogue.ts'
export { loadCatalogue } from './catalogue/load-catalogue.ts'
export { findCondition, indexConditions } from './store.ts'
export { distanceKm } from './rules/distance.ts'

/** Everything that can be asked of navigation. */
export const navigationForms = {
  'navigation.conditions': conditions,
  'navigation.icd-search': icdSearch,
  'navigation.rank': rank,
} as const
