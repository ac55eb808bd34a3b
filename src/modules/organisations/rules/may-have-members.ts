import type { Refusal } from '../../../kernel/result.ts'
import type { ConsortiumKind, Institution, MemberRole, ServiceLine } from '../organisations.ts'
import type { OrganisationsCode } from '../refusals.ts'
import { isGeneral } from './may-lead.ts'

export type MemberFacts = Pick<Institution, 'ws218' | 'level'> & {
  readonly role: MemberRole
  readonly lines: readonly ServiceLine[]
}

/** Rehabilitation hospital, nursing home, nursing station of WS 218. */
const CONTINUING_CLASSES: readonly string[] = ['A527', 'A710', 'A720']

/** Whether a unit can go on with care after the hospital: by its class, or by what it offers. */
export const offersContinuingCare = ({ ws218, lines }: Pick<MemberFacts, 'ws218' | 'lines'>): boolean =>
  CONTINUING_CLASSES.includes(ws218) || lines.includes('rehabilitation') || lines.includes('nursing')

/**
 * A city group has among its members a general hospital of the level that policy names, or a unit of continuing care. The
 * lead and partners from outside do not count; other consortia have no such rule.
 * @source 《紧密型城市医疗集团建设试点工作方案》
 */
export const faultsOfMembers = (
  kind: ConsortiumKind,
  members: readonly MemberFacts[],
  level: number,
): Refusal<OrganisationsCode>[] => {
  if (kind !== 'city-group') return []
  const isSuch = (member: MemberFacts): boolean =>
    member.role === 'member' && ((isGeneral(member) && member.level === level) || offersContinuingCare(member))
  return members.some(isSuch) ? [] : [{ code: 'organisations.members-lack-secondary' }]
}
