import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Refusal } from '../../../kernel/result.ts'
import type { OrganisationsCode } from '../refusals.ts'

export type PlacementFacts = {
  readonly employer: OrgId
  readonly workplace: OrgId
  /** The consortium of each on the first day, or null. */
  readonly employerConsortium: string | null
  readonly workplaceConsortium: string | null
  /** First day of the present placement; null for somebody new. */
  readonly begun: Day | null
}

/**
 * Everything that stands against somebody working at a place from a day on. 县管乡用: employed in one place, at work in
 * another, within one consortium.
 */
export const faultsOfPlacement = (facts: PlacementFacts, from: Day): Refusal<OrganisationsCode>[] => {
  const faults: Refusal<OrganisationsCode>[] = []
  const isShared = facts.employerConsortium !== null && facts.employerConsortium === facts.workplaceConsortium
  if (facts.employer !== facts.workplace && !isShared)
    faults.push({ code: 'organisations.places-in-two-consortia', detail: { day: from }, field: 'workplace' })
  if (facts.begun !== null && from < facts.begun)
    faults.push({ code: 'organisations.placement-before-begin', detail: { begun: facts.begun }, field: 'from' })
  return faults
}
