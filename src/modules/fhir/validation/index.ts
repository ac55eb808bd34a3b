import { definitions } from './definitions.ts'
import { Findings, type Issue } from './issues.ts'
import { checkProfileDefinition, checkProfiles } from './profiles.ts'
import { checkResource } from './walk.ts'
import { isFields } from './walking.ts'

export { prepareDefinitions } from './definitions.ts'
export { operationOutcome } from './operation-outcome.ts'
export { addProfile, forgetProfile, loadProfileFolder } from './profiles.ts'
export type { Issue } from './issues.ts'

/**
 * Checks a parsed resource against FHIR R4: structure, types, cardinalities, required codes, references, extensions, narrative
 * and constraints; then against the profiles that `meta.profile` and `profiles` name. Without an error it may be written.
 * Numbers may be those of an exact parse. A million characters take about a tenth of a second.
 */
export const validateResource = (resource: unknown, profiles: readonly string[] = []): Issue[] => {
  definitions()
  const findings = new Findings()
  checkResource(resource, '', findings, null, 0)
  if (isFields(resource) && !findings.issues.some(({ severity }) => severity === 'error')) {
    if (resource['resourceType'] === 'StructureDefinition') checkProfileDefinition(resource, findings)
    checkProfiles(resource, profiles, findings)
  }
  return findings.issues
}
