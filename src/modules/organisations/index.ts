import { addInstitution, closeInstitution, correctInstitution, setService } from './commands.ts'
import { assignGrid, formConsortium, joinConsortium, leaveConsortium, placeStaff } from './consortium-commands.ts'
import { check, consortiaOfDivision, consortium, divisions, grid, institution, search, staff } from './queries.ts'
import { governanceRefusals } from './governance-refusals.ts'
import { governanceOf, names, pairedHelpTree } from './governance-queries.ts'
import { organisationsRefusals as ownRefusals } from './refusals.ts'
import { policyDocuments, serviceLists } from './registers.ts'
import {
  consortiumTasks,
  governanceBodies,
  governanceMeetings,
  managementCentres,
  unifiedManagements,
} from './registers-governance.ts'
import { dispatches, helpPlans } from './registers-help.ts'
import { pharmacies } from './pharmacies.ts'

export { billingPlacesOf, findBillingPlace, isPharmacy, orgOfPharmacy } from './pharmacy-store.ts'
export type { BillingPlace } from './pharmacy-store.ts'
export type { Pharmacy } from './pharmacies.ts'
export { institutionsByKey, servicesByKey, staffByKey } from './fhir-store.ts'
export type { Consortium, Division, Institution, Membership, Service, ServiceTag, Staff, Tier } from './organisations.ts'
export { KNOWN_TASKS, MANAGEMENT_CENTRES, UNIFIED_AREAS } from './governance.ts'
export type {
  ConsortiumTask,
  GovernanceBody,
  GovernanceMeeting,
  ManagementCentreEntry,
  UnifiedManagement,
} from './registers-governance.ts'
export type { Dispatch, HelpPlan } from './registers-help.ts'
export type { PolicyDocument } from './registers.ts'
export { heightOf, isWithin, divisionStem, SERVICE_TAGS, TIERS } from './organisations.ts'
export {
  centreOf,
  clinicOfVillage,
  divisionPath,
  divisionsOf,
  findDivision,
  findInstitution,
  getInstitution,
  indexNames,
  institutionsOf,
  nearestPrimary,
  parentChain,
  parentOf,
  placesWith,
  servicesOf,
  specialtyName,
} from './store.ts'
export type { Place, Point } from './store.ts'
export { allConsortia, allSites, regionStamp, servedSpecialties } from './region-store.ts'
export type { RegionConsortium, RegionSite, RegionSpecialty } from './region-store.ts'
export {
  alliancesOn,
  countiesOfConsortium,
  countiesOfDivision,
  doctorsOf,
  institutionsWithin,
  specialtyNames,
} from './area-store.ts'
export type { AllianceOf, DoctorCount } from './area-store.ts'
export { relationsToInstitution } from './parties.ts'
export { doubtfulPoints, POINT_DOUBTS } from './points-store.ts'
export type { PointDoubt } from './points-store.ts'
export { loadSpecialties } from './specialty-store.ts'
export { printedSpecialty, readSpecialties } from './specialties.ts'
export type { Specialty } from './specialties.ts'
export {
  consortiumKindOf,
  consortiumOf,
  findConsortium,
  consortiumOfHome,
  consortiumOfVillage,
  memberIdsOf,
  staffAt,
  supervisorsOf,
} from './consortium-store.ts'
export type { OwnConsortium } from './consortium-store.ts'

/** Every reason of the module to refuse, those of its registers included. */
export const organisationsRefusals = {
  ...ownRefusals,
  ...governanceRefusals,
  ...policyDocuments.refusals,
  ...pharmacies.refusals,
  ...serviceLists.refusals,
  ...helpPlans.refusals,
  ...dispatches.refusals,
  ...unifiedManagements.refusals,
  ...managementCentres.refusals,
  ...governanceBodies.refusals,
  ...governanceMeetings.refusals,
  ...consortiumTasks.refusals,
} as const

/** Everything that can be asked of the index of institutions. */
export const organisationsForms = {
  'organisations.add-institution': addInstitution,
  'organisations.correct-institution': correctInstitution,
  'organisations.close-institution': closeInstitution,
  'organisations.set-service': setService,
  'organisations.form-consortium': formConsortium,
  'organisations.join-consortium': joinConsortium,
  'organisations.leave-consortium': leaveConsortium,
  'organisations.assign-grid': assignGrid,
  'organisations.place-staff': placeStaff,
  'organisations.institution': institution,
  'organisations.search': search,
  'organisations.consortium': consortium,
  'organisations.consortia': consortiaOfDivision,
  'organisations.grid': grid,
  'organisations.staff': staff,
  'organisations.divisions': divisions,
  'organisations.check': check,
  'organisations.names': names,
  'organisations.paired-help-tree': pairedHelpTree,
  'organisations.governance-of': governanceOf,
  ...policyDocuments.forms,
  ...pharmacies.forms,
  ...serviceLists.forms,
  ...helpPlans.forms,
  ...dispatches.forms,
  ...unifiedManagements.forms,
  ...managementCentres.forms,
  ...governanceBodies.forms,
  ...governanceMeetings.forms,
  ...consortiumTasks.forms,
} as const
