import type { PersonId } from '../../kernel/id.ts'
import type { Actor, Relation } from '../../platform/access.ts'
import type { Tx } from '../../platform/database/pool.ts'
import type { Act, TraceEvent } from '../../platform/forms/form.ts'
import { findPerson, idsOf, relationsToPerson, type Person } from '../residents/index.ts'
import { representedBy } from './store.ts'

/** A person and how the one who acts stands to the person. */
export type Holder = { readonly person: Person; readonly relations: readonly Relation[]; readonly isRepresented: boolean }

/** The person whom a card is about; a guardian or proxy does for the person what the person does. */
export const findHolder = async (tx: Tx, id: string, actor: Actor): Promise<Holder | null> => {
  const isOther = actor.role === 'resident' && actor.person !== null && actor.person !== id
  const isRepresented = isOther && (await representedBy(tx, actor.person as PersonId)).some(({ person }) => person === id)
  const person = await findPerson(tx, id as PersonId)
  if (!person) return null
  return { person, relations: isRepresented ? ['representative'] : relationsToPerson(actor, person), isRepresented }
}

/** All ids whose cards are the person's; a desk sees those of the very id only. */
export const idsOfHolder = (tx: Tx, person: PersonId, actor: Actor): Promise<PersonId[]> =>
  actor.role === 'resident' ? idsOf(tx, person) : Promise.resolve([person])

export const cardEvent = (type: string, person: PersonId, act: Act, data: TraceEvent['data'] = {}): TraceEvent => ({
  type,
  case: { kind: 'card', org: act.actor.org ?? ('0' as NonNullable<Actor['org']>), id: act.newId() },
  person,
  seenBy: act.actor.org ? [act.actor.org] : [],
  data,
})
