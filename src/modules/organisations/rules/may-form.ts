import type { OrgId } from '../../../kernel/id.ts'
import type { Refusal } from '../../../kernel/result.ts'
import type { Consortium, Institution, Membership, Service } from '../organisations.ts'
import type { OrganisationsCode } from '../refusals.ts'
import { faultsOfPresence } from './may-enter.ts'
import { faultsOfMembers, type MemberFacts } from './may-have-members.ts'
import { faultsOfJoining, type OtherMembership } from './may-join.ts'
import { faultsOfLead } from './may-lead.ts'

/** What stands around a consortium that is to be formed. */
export type FormingFacts = {
  readonly institutions: ReadonlyMap<OrgId, Institution>
  readonly services: readonly Service[]
  /** What the institutions belong to from that day on. */
  readonly memberships: readonly OtherMembership[]
  readonly divisionIsKnown: boolean
  readonly specialtyIsKnown: boolean
}
/** Lowest level of a lead, null when policy names none, and the level of the general hospital among the members. */
export type FormingLevels = { readonly levelMin: number | null; readonly memberLevel: number }

/** Everything that stands against forming a consortium with these memberships, the lead's first. */
export const faultsOfForming = (
  fresh: Consortium,
  memberships: readonly Membership[],
  facts: FormingFacts,
  levels: FormingLevels,
): Refusal<OrganisationsCode>[] => {
  const lead = facts.institutions.get(fresh.lead)
  const servicesOf = (id: OrgId): Service[] => facts.services.filter((service) => service.institution === id)
  const known = memberships.flatMap(({ institution, role }): MemberFacts[] => {
    const found = facts.institutions.get(institution)
    return found ? [{ ...found, role, lines: servicesOf(institution).map((service) => service.line) }] : []
  })
  return [
    ...faultsOfFrame(fresh, facts),
    ...(lead ? faultsOfLead({ ...lead, services: servicesOf(lead.id) }, { ...fresh, levelMin: levels.levelMin }) : []),
    ...memberships.flatMap((membership, at) => faultsOfOne(fresh, memberships, membership, at, facts)),
    ...faultsOfMembers(fresh.kind, known, levels.memberLevel),
  ]
}

const faultsOfFrame = ({ kind, division, specialty }: Consortium, facts: FormingFacts): Refusal<OrganisationsCode>[] => {
  const faults: Refusal<OrganisationsCode>[] = []
  if (!facts.divisionIsKnown) faults.push({ code: 'organisations.division-unknown', detail: { division }, field: 'division' })
  if ((kind === 'specialty-alliance') !== (specialty !== null))
    faults.push({ code: 'organisations.alliance-needs-specialty', field: 'specialty' })
  if (specialty !== null && !facts.specialtyIsKnown)
    faults.push({ code: 'organisations.specialty-unknown', detail: { specialty }, field: 'specialty' })
  return faults
}

const faultsOfOne = (
  fresh: Consortium,
  memberships: readonly Membership[],
  membership: Membership,
  at: number,
  facts: FormingFacts,
): Refusal<OrganisationsCode>[] => {
  const { institution } = membership
  const field = at === 0 ? 'lead' : `members.${at - 1}`
  const isRepeated = memberships.findIndex((other) => other.institution === institution) < at
  return [
    ...faultsOfPresence(institution, facts.institutions.get(institution), fresh.from, field),
    ...faultsOfJoining(membership, fresh, facts.memberships),
    ...(isRepeated ? [{ code: 'organisations.named-twice' as const, detail: { institution }, field }] : []),
  ]
}
