import { overlaps, type Period } from '../../../kernel/period.ts'
import type { Refusal } from '../../../kernel/result.ts'
import type { Name } from '../../../kernel/words.ts'
import type { Consortium, ConsortiumKind, Membership } from '../organisations.ts'
import type { OrganisationsCode } from '../refusals.ts'

export type OtherMembership = Membership & { readonly kind: ConsortiumKind; readonly name: Name }

/** Whether a membership ties its institution to one consortium: tight, and neither as partner nor in an alliance. */
export const binds = (membership: Pick<OtherMembership, 'kind' | 'role' | 'tightness'>): boolean =>
  membership.tightness === 'tight' && membership.role !== 'partner' && membership.kind !== 'specialty-alliance'

/**
 * Everything that stands against an institution joining a consortium. It may be private as well as public; a partner may
 * serve several groups; a tight member belongs to one tight consortium at a time.
 * @source 《紧密型城市医疗集团建设试点工作方案》, 《关于全面推进紧密型县域医疗卫生共同体建设的指导意见》
 */
export const faultsOfJoining = (
  fresh: Membership,
  consortium: Pick<Consortium, 'kind'>,
  others: readonly OtherMembership[],
): Refusal<OrganisationsCode>[] => {
  const period: Period = fresh
  const meeting = others.filter((other) => other.institution === fresh.institution && overlaps(other, period))
  const { institution } = fresh
  if (meeting.some((other) => other.consortium === fresh.consortium))
    return [{ code: 'organisations.member-already', detail: { institution } }]
  if (!binds({ ...fresh, kind: consortium.kind })) return []
  return meeting.filter(binds).map((other) => ({
    code: 'organisations.tight-elsewhere',
    detail: { institution, from: other.from, consortium: other.name.zh, consortium_en: other.name.en ?? other.name.zh },
  }))
}
