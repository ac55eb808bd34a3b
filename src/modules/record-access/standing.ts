import type { PersonId } from '../../kernel/id.ts'
import type { Relation } from '../../platform/access.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import type { Act } from '../../platform/forms/form.ts'
import { findPerson, idsOf, relationsToPerson, type Person } from '../residents/index.ts'
import { TREATING_ROLES } from './rules/lawful-basis.ts'
import type { Purpose } from './record-access.ts'
import { isPresented, openRecord, type Opened } from './store.ts'

/** A person, why the open act may read the record (null: it may not), and whether the person has just shown the card at the pharmacy that acts. */
export type Standing = { readonly person: Person; readonly opened: Opened | null; readonly presented: boolean }

/** Finds a person and opens the record for a purpose where that is lawful. Null when there is no such person for this act. */
export const standingTo = async (db: Queryable, id: string, purpose: Purpose = 'treatment'): Promise<Standing | null> => {
  const person = await findPerson(db, id as PersonId)
  if (!person) return null
  const opened = (await openRecord(db, [person.id], purpose)).find((one) => one.person === person.id) ?? null
  return { person, opened, presented: opened === null && (await isPresented(db, [person.id])) }
}

/**
 * A person and whether the act has a lawful basis to treat, under whatever number the record is; `seesAll` where that basis is not for some
 * kinds of resources only. Null when there is no such person.
 */
export const personToTreat = async (
  db: Queryable,
  id: string,
): Promise<{
  readonly person: Person
  readonly hasBasis: boolean
  readonly seesAll: boolean
  readonly presented: boolean
} | null> => {
  const person = await findPerson(db, id as PersonId)
  if (!person) return null
  const opened = await openRecord(db, await idsOf(db, person.id), 'treatment')
  const hasBasis = opened.length > 0
  return {
    person,
    hasBasis,
    seesAll: opened.some(({ kinds }) => kinds === null),
    presented: !hasBasis && (await isPresented(db, [person.id])),
  }
}

/** How an actor stands to a person's record: as the person, the care team, somebody who acts for the person, by a lawful basis, or with the card just shown. */
export const relationsToRecord = ({ person, opened, presented }: Standing, { actor }: Act): Relation[] => [
  ...relationsToPerson(actor, person),
  ...(opened?.basis === 'representative' ? ['representative' as const] : []),
  ...(opened && TREATING_ROLES.includes(actor.role) ? ['lawful-basis' as const] : []),
  ...(presented ? ['presented' as const] : []),
]
