import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import type { Actor, Relation, Role } from '../../../platform/access.ts'

/** An administrator, by the institution that the account is bound to; null keeps the whole region. */
export type Keeper = Pick<Actor, 'role' | 'org'>

/** Roles that act for the region, or for a person: no institution gives them. */
const ROLES_OF_NO_INSTITUTION: readonly Role[] = ['health-bureau', 'insurer', 'resident', 'system']

/** Whether somebody keeps the accounts of an institution; null stands for the accounts of no institution. */
export const keepsAccountsOf = (keeper: Keeper, org: OrgId | null): boolean =>
  keeper.role === 'administrator' && (keeper.org === null || keeper.org === org)

/** How somebody stands to an account of an institution, or of none: `own` for whoever keeps it. */
export const relationsToAccountOf = (keeper: Keeper, org: OrgId | null): Relation[] =>
  keepsAccountsOf(keeper, org) ? ['own'] : []

/**
 * Whether an administrator may open an account of a role for an institution. A region's administrator may open any; an
 * institution's only for that institution, and only roles that work in one. An institution that is not there is refused like another's.
 */
export const mayOpenAccount = (
  keeper: Keeper,
  wanted: { readonly role: Role; readonly org: OrgId | null },
): Result<'allowed', 'security.account-outside-institution'> => {
  const isOfInstitution = keeper.org === null || !ROLES_OF_NO_INSTITUTION.includes(wanted.role)
  return isOfInstitution && keepsAccountsOf(keeper, wanted.org) ? ok('allowed') : refuse('security.account-outside-institution')
}
