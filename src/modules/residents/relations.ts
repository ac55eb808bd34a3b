import type { Actor, Relation } from '../../platform/access.ts'
import type { Person } from './store.ts'

/** How an actor stands to a person: the person, the care team (its township unit or village clinic), or nothing. */
export const relationsToPerson = (actor: Actor, person: Pick<Person, 'id' | 'careOrg' | 'clinicOrg'>): Relation[] => {
  const relations: Relation[] = []
  if (actor.person === person.id) relations.push('self')
  if (actor.org !== null && (actor.org === person.careOrg || actor.org === person.clinicOrg)) relations.push('care-team')
  return relations
}
