import type { PersonId } from '../../../kernel/id.ts'
import type { Actor, Role } from '../../../platform/access.ts'
import { PUBLIC_TYPES } from '../../health-record/index.ts'
import { mayFhir, type Scopes } from '../../smart/index.ts'
import { FhirRefusal } from './refusal.ts'

/** Who asks by FHIR: a person at a desk (no scopes: role and relation decide), or an app, which may do no more than its scopes. */
export type FhirCaller = {
  readonly actor: Actor
  readonly scopes: Scopes | null
  readonly patient: PersonId | null
}

/** Interactions by their FHIR codes. */
export type Interaction = Parameters<typeof mayFhir>[1]

const TREATING: readonly Role[] = ['village-doctor', 'family-doctor', 'referral-desk', 'ward']
const CHANGES: readonly Interaction[] = ['create', 'update', 'patch', 'delete']

/** Whether the role writes resources of a type at all: who treats people at an institution; forms and definitions also the administrator. */
const roleWrites = ({ role, org }: Actor, type: string): boolean =>
  (TREATING.includes(role) && org !== null) || role === 'system' || (role === 'administrator' && PUBLIC_TYPES.has(type))

/** How far the scopes of a caller reach for an interaction with a type: to one patient, or without limit; null: not at all. */
export const reachOf = (
  { scopes, patient }: FhirCaller,
  interaction: Interaction,
  type: string,
): { readonly only: PersonId | null } | null => {
  if (!scopes) return { only: null }
  const may = mayFhir(scopes, interaction, type)
  if (!may || (may === 'patient' && !patient)) return null
  return { only: may === 'patient' ? patient : null }
}

/** Whether a stored resource is about nobody by its nature; what is about somebody who is not known here is not. */
export const isNobodys = (type: string, person: string): boolean => person === '0' && PUBLIC_TYPES.has(type)

/** Lets an interaction pass by role and scopes, or refuses it; answers the only patient that it may concern, null for no limit. */
export const admit = (caller: FhirCaller, interaction: Interaction, type: string): PersonId | null => {
  if (CHANGES.includes(interaction) && !roleWrites(caller.actor, type)) throw new FhirRefusal('fhir.role-may-not')
  const reach = reachOf(caller, interaction, type)
  if (!reach) throw new FhirRefusal('fhir.role-may-not')
  return reach.only
}
