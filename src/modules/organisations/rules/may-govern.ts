import type { OrgId } from '../../../kernel/id.ts'
import type { Refusal } from '../../../kernel/result.ts'
import type { Body, Post } from '../governance.ts'
import type { Consortium } from '../organisations.ts'
import type { GovernanceCode } from '../governance-refusals.ts'

/** Who writes: a manager for the consortium that one's own institution leads; null for offices of the region, who write for all. */
export type Writer = { readonly leads: OrgId | null } | null

/** Everything that stands against an entry about a consortium: it exists, and whoever writes leads it or keeps the region. */
export const faultsOfGoverned = (id: string, found: Consortium | null, writer: Writer): Refusal<GovernanceCode>[] => {
  if (!found) return [{ code: 'organisations.governed-consortium-unknown', detail: { consortium: id }, field: 'body.consortium' }]
  if (writer && writer.leads !== found.lead)
    return [{ code: 'organisations.governed-by-others', detail: { consortium: id }, field: 'body.consortium' }]
  return []
}

/**
 * What stands against the members of a body: a committee has as many heads as policy asks, the others at least one.
 * @source 党政主要负责人双组长
 */
export const faultsOfBody = (
  body: Body,
  members: readonly { readonly post: Post }[],
  headsLeast: number,
): Refusal<GovernanceCode>[] => {
  const heads = members.filter(({ post }) => post === 'head').length
  if (body === 'committee' && heads < headsLeast)
    return [{ code: 'organisations.committee-heads-missing', detail: { least: headsLeast, heads }, field: 'body.members' }]
  return heads > 0 ? [] : [{ code: 'organisations.body-needs-head', field: 'body.members' }]
}
