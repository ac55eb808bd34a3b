import type { AccountId, OrgId, PersonId } from '../kernel/id.ts'
import type { Name } from '../kernel/words.ts'

/** What an account may be in the region. `system` is the house itself: deadlines and reactions. */
export const ROLES = [
  'resident',
  'village-doctor',
  'family-doctor',
  'referral-desk',
  'ward',
  'pharmacist',
  'consortium-manager',
  'insurer',
  'health-bureau',
  'administrator',
  'system',
] as const
export type Role = (typeof ROLES)[number]

/**
 * How an actor stands to what is acted on.
 * `anyone`: nothing is asked. `self`: the person that it is about. `own`: the actor's own institution.
 * `sender`, `receiver`: the two sides of a case. `care-team`: the institution whose family doctor cares for the person.
 * `presented`: a pharmacy at whose counter the person has just shown the card.
 * `representative`: a guardian or proxy of the person. `lawful-basis`: whoever treats people and has a lawful reason to read the person's record.
 * `supervisor`: an institution or bureau that oversees the place by consortium or area.
 */
export const RELATIONS = [
  'anyone',
  'self',
  'representative',
  'own',
  'sender',
  'receiver',
  'care-team',
  'lawful-basis',
  'presented',
  'supervisor',
] as const
export type Relation = (typeof RELATIONS)[number]

/** Who may do something: a role in a relation, `referral-desk@receiver`. */
export type Party = `${Role}@${Relation}`

/** Who acts. The system has no account. */
export type Actor = {
  readonly account: AccountId | null
  readonly role: Role
  readonly org: OrgId | null
  readonly person: PersonId | null
  readonly name: Name
  /** The session that the request came by; absent for the house itself and the operator on the machine. */
  readonly session?: ActorSession
}

/** A signed-in session: its id, and how many seconds ago its holder last proved who they are, null when only at sign-in without a second factor. */
export type ActorSession = { readonly id: string; readonly provedSecondsAgo: number | null }

export const SYSTEM: Actor = { account: null, role: 'system', org: null, person: null, name: { zh: '系统', en: 'System' } }

/** Whether any of the parties has this role at all: decided before anything is read. */
export const roleMay = (by: readonly Party[], actor: Actor): boolean => by.some((party) => party.startsWith(`${actor.role}@`))

/** The first party that the actor is, given how it stands to the matter; null when it is none of them. */
export const partyOf = (by: readonly Party[], actor: Actor, relations: readonly Relation[]): Party | null =>
  by.find((party) => {
    const [role, relation] = party.split('@') as [Role, Relation]
    return role === actor.role && (relation === 'anyone' || relations.includes(relation))
  }) ?? null

/** The plainest relations, for matters that belong to one institution or one person. */
export const relationsTo = (actor: Actor, matter: { org?: OrgId | null; person?: PersonId | null }): Relation[] => {
  const relations: Relation[] = []
  if (matter.org && matter.org === actor.org) relations.push('own')
  if (matter.person && matter.person === actor.person) relations.push('self')
  return relations
}
