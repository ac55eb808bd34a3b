import { recordObservation } from './commands.ts'
import { reads, summary } from './queries.ts'
import { dueCare, myNews, seeNews } from './health-account.ts'
import { series, timeline } from './timeline.ts'

export { patientOfPerson, TEST_DATA } from './fhir.ts'
export { healthRecordRefusals } from './contract.ts'
export type { Measurement, ShownRead, ShownRecord, ShownTimelineEntry } from './contract.ts'
export { makePackage } from './make-package.ts'
export { buildPackage } from './rules/build-package.ts'
export type { Bundle, Letter as PackageLetter } from './rules/build-package.ts'
export { parseFhirJson, parseExact } from './rules/exact-json.ts'
export { isFhirDateTime } from './rules/fhir-reading.ts'
export type { Resource } from './rules/fhir-reading.ts'
export { indexOfResource } from './rules/index-of-resource.ts'
export { faultOfResource, patientOf } from './rules/resource-faults.ts'
export type { ResourceFault } from './rules/resource-faults.ts'
export { attach, waitingFor } from './resources/attach-store.ts'
export { shownText } from './resources/body.ts'
export { resourceEngineOf } from './resources/engine.ts'
export {
  beginningKey,
  blindKey,
  INDEX_FORM,
  indexValuesOf,
  NAMES,
  plainText,
  readings,
  SEALED_TYPES,
} from './resources/index-values.ts'
export { isSealedBody, makeVersion, openedBody } from './resources/make-version.ts'
export type { NewVersion } from './resources/make-version.ts'
export {
  findAt,
  findMany,
  locate,
  locateDeleted,
  personsOfPatients,
  versionColumns,
  versionsAt,
  versionsOfType,
} from './resources/read-store.ts'
export type { Place, StoredVersion } from './resources/read-store.ts'
export {
  beginReindex,
  lockReindex,
  patientsKeptBy,
  resourcesAfter,
  saveDrawn,
  saveReindex,
  waitingAfter,
} from './resources/reindex-store.ts'
export type { Drawn, Reindexing } from './resources/reindex-store.ts'
export { searchParametersOf } from './resources/search-parameters.ts'
export type { SearchParameter } from './resources/search-parameters.ts'
export { searchRows } from './resources/search-store.ts'
export type { Narrowed, Order, SearchRow } from './resources/search-store.ts'
export { spanOf } from './resources/spans.ts'
export type { Span } from './resources/spans.ts'
export { eachReference, patientIdOf, patientReferenceOf, PUBLIC_TYPES } from './resources/subject.ts'
export { amountsIn, halfStepOf, pointerOf, pointersIn, rawValues, spansIn, textsIn, tokensIn } from './resources/values.ts'
export { addResources, claimIds, note, removeResource, replaceResource, tell } from './resources/write-store.ts'
export type { Addition, Written } from './resources/write-store.ts'
export { RESOURCE_TYPES } from './rules/resource-types.ts'
export { summarise } from './rules/summarise.ts'
export type { Summary } from './rules/summarise.ts'
export { findPackage, findPackageAt, hashOf } from './store.ts'
export { finishedEncounters } from './encounter-store.ts'
export type { FinishedEncounter } from './encounter-store.ts'
export { resultsSince } from './result-store.ts'
export type { StoredResult } from './result-store.ts'
export { openStays, summaryBodiesOf } from './stay-store.ts'
export type { NewResource, SavedPackage } from './store.ts'
export { bodiesOfSource, claimPersons, knownPersons, saveReferenceResources, saveSourceResources } from './load-store.ts'
export type { ReferenceResource, Saved } from './load-store.ts'

/** Everything that can be asked of health records. The package of a case is asked for through the case. */
export const healthRecordForms = {
  'health-record.summary': summary,
  'health-record.reads': reads,
  'health-record.timeline': timeline,
  'health-record.series': series,
  'health-record.my-news': myNews,
  'health-record.see-news': seeNews,
  'health-record.due-care': dueCare,
  'health-record.record-observation': recordObservation,
} as const
