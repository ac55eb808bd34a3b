import { navigationRefusals as ownRefusals } from './contract.ts'
import { matrixForms, matrixRefusals } from './matrix/index.ts'
import { icdSearch } from './catalogue/icd-queries.ts'
import { find } from './finding/find.ts'
import { choose } from './steering/choose.ts'
import { steeringReport } from './steering/report.ts'
import { whatIfWeights } from './steering/what-if-query.ts'
import { conditions, rank } from './queries.ts'

export { conditionOfCode, saveTreated, saveTreatedMark, shippedRequirements, treatedMark } from './matrix/index.ts'
export type { Capability, Cell, CellState, CountedUntil, Requirement, Requirements, Thing, Treated } from './matrix/index.ts'
export type { Reason, ShownCondition } from './contract.ts'
export { URGENCIES } from './navigation.ts'
export type { Condition, Urgency } from './navigation.ts'
export { importConditions } from './catalogue/import-conditions.ts'
export { importIcd } from './catalogue/import-icd.ts'
export { readIcd } from './catalogue/icd-file.ts'
export { readRegionFile } from './catalogue/region-file.ts'
export { treatingSpecialties } from './rules/treating-specialties.ts'
export { readCatalogue } from './catalogue/read-catalogue.ts'
export { loadCatalogue } from './catalogue/load-catalogue.ts'
export { runningNavigator, startNavigator } from './engine/index.ts'
export type { CurrentEngine, Navigator } from './engine/index.ts'
export { allConditions, findCondition, indexConditions } from './store.ts'
export { presentWeights } from './finding/asked.ts'
export { FACTORS } from './rules/rank-places.ts'
export type { Weights } from './rules/rank-places.ts'
export { shownWhatIf } from './steering/what-if-query.ts'
export { whatIf } from './steering/what-if.ts'
export { importTravel } from './travel/import-travel.ts'
export { readTravel } from './travel/travel-file.ts'
export { distanceKm } from './rules/distance.ts'

/** Every reason why not, of all parts. */
export const navigationRefusals = { ...ownRefusals, ...matrixRefusals } as const

/** Everything that can be asked of navigation. */
export const navigationForms = {
  'navigation.conditions': conditions,
  'navigation.icd-search': icdSearch,
  'navigation.rank': rank,
  'navigation.find': find,
  'navigation.choose': choose,
  'navigation.steering-report': steeringReport,
  'navigation.what-if': whatIfWeights,
  ...matrixForms,
} as const
