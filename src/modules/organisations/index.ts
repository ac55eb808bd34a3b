export { organisationsRefusals } from './refusals.ts'
export type { Consortium, Division, Institution, Membership, Service, ServiceTag, Staff, Tier } from './organisations.ts'
export { heightOf, isWithin, divisionStem, SERVICE_TAGS, TIERS } from './organisations.ts'
export {
  clinicOfVillage,
  divisionPath,
  findDivision,
  findInstitution,
  getInstitution,
  indexNames,
  institutionsOf,
  parentChain,
  parentOf,
  placesWith,
  servicesOf,
  specialtyName,
} from './store.ts'
export type { Place } from './store.ts'
export { consortiumOf, consortiumOfVillage, memberIdsOf, supervisorsOf } from './consortium-store.ts'
export type { OwnConsortium } from './consortium-store.ts'

/** Everything that can be asked of the index of institutions. */
export const organisationsForms = {} as const
