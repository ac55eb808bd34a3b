import type { Day } from '../../../kernel/day.ts'
import type { Refusal } from '../../../kernel/result.ts'
import type { Name } from '../../../kernel/words.ts'
import type { Institution, MemberRole } from '../organisations.ts'
import type { OrganisationsCode } from '../refusals.ts'

export type ClosingFacts = {
  readonly institution: Pick<Institution, 'from' | 'until'>
  /** How many institutions it still manages on that day. */
  readonly children: number
  /** What it still belongs to on that day. */
  readonly memberships: readonly { readonly role: MemberRole; readonly name: Name }[]
}

/** Everything that stands against an institution ending on a day: it must have begun, manage nobody and lead nothing. */
export const faultsOfClosing = ({ institution, children, memberships }: ClosingFacts, on: Day): Refusal<OrganisationsCode>[] => {
  const faults: Refusal<OrganisationsCode>[] = []
  if (institution.until !== null) faults.push({ code: 'organisations.closed-already', detail: { day: institution.until } })
  if (on <= institution.from)
    faults.push({ code: 'organisations.closes-before-begin', detail: { day: on, begun: institution.from }, field: 'on' })
  if (children > 0) faults.push({ code: 'organisations.has-children', detail: { count: children } })
  for (const { name } of memberships.filter((membership) => membership.role === 'lead')) faults.push(leads(name))
  return faults
}

/** The refusal that names the consortium which an institution leads. */
export const leads = (name: Name): Refusal<OrganisationsCode> => ({
  code: 'organisations.leads-consortium',
  detail: { consortium: name.zh, consortium_en: name.en ?? name.zh },
})
