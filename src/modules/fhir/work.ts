import type { House } from '../../platform/house.ts'
import { startBulk } from './bulk/index.ts'
import { faces } from './faces/index.ts'
import { startProfiles } from './profiles/index.ts'
import { startSubscriptions } from './subscriptions/index.ts'
import { prepareDefinitions } from './validation/index.ts'

/** What the FHIR server does beside requests, as a server runs it. */
export type FhirWork = { readonly close: () => Promise<void> }

/** What a deployer says of it: whether subscribers may stand in a private network, and a folder of profiles of one's own. */
export type FhirSettings = { readonly privateNetworks: boolean; readonly fhirProfiles: string | null }

/** Starts bulk jobs, telling subscribers and following profiles, and makes the definitions ready for the first write. */
export const startFhirWork = (house: House, { privateNetworks, fhirProfiles }: FhirSettings): FhirWork => {
  const bulk = startBulk(house, faces)
  const subscriptions = startSubscriptions(house, { mayBePrivate: privateNetworks })
  const profiles = startProfiles(house, fhirProfiles)
  prepareDefinitions().catch((error: Error) => house.log('warn', 'fhir.definitions-not-ready', { error: error.message }))
  return { close: async () => void (await Promise.all([bulk.close(), subscriptions.close(), profiles.close()])) }
}
