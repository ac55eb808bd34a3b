import { recordObservation } from './commands.ts'
import { reads, summary } from './queries.ts'

export { healthRecordRefusals } from './contract.ts'
export type { Measurement, ShownRead, ShownRecord } from './contract.ts'
export { makePackage } from './make-package.ts'
export { buildPackage } from './rules/build-package.ts'
export type { Bundle, Letter as PackageLetter } from './rules/build-package.ts'
export { parseFhirJson, parseExact } from './rules/exact-json.ts'
export { isFhirDateTime } from './rules/fhir-reading.ts'
export type { Resource } from './rules/fhir-reading.ts'
export { indexOfResource } from './rules/index-of-resource.ts'
export { faultOfResource, patientOf } from './rules/resource-faults.ts'
export type { ResourceFault } from './rules/resource-faults.ts'
export { summarise } from './rules/summarise.ts'
export type { Summary } from './rules/summarise.ts'
export { findPackage, findPackageAt, hashOf } from './store.ts'
export { finishedEncounters } from './encounter-store.ts'
export type { FinishedEncounter } from './encounter-store.ts'
export { openStays, summaryBodiesOf } from './stay-store.ts'
export type { NewResource, SavedPackage } from './store.ts'
export { claimPersons, knownPersons, saveReferenceResources, saveSourceResources } from './load-store.ts'
export type { ReferenceResource, Saved } from './load-store.ts'

/** Everything that can be asked of health records. The package of a case is asked for through the case. */
export const healthRecordForms = {
  'health-record.summary': summary,
  'health-record.reads': reads,
  'health-record.record-observation': recordObservation,
} as const
