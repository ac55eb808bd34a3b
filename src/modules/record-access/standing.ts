import type { PersonId } from '../../kernel/id.ts'
import type { Relation } from '../../platform/access.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import type { Act } from '../../platform/forms/form.ts'
import { findPerson, idsOf, relationsToPerson, type Person } from '../residents/index.ts'
import { TREATING_ROLES } from './rules/lawful-basis.ts'
import type { Purpose } from './record-access.ts'
import { openRecord, type Opened } from './store.ts'

/** A person, and why the open act may read the record; null: it may not. */
export type Standing = { readonly person: Person; readonly opened: Opened | null }

/** Finds a person and opens the record for a purpose where that is lawful. Null when there is no such person for this act. */
export const standingTo = async (db: Queryable, id: string, purpose: Purpose = 'treatment'): Promise<Standing | null> => {
  const person = await findPerson(db, id as PersonId)
  if (!person) return null
  const opened = await openRecord(db, [person.id], purpose)
  return { person, opened: opened.find((one) => one.person === person.id) ?? null }
}

/**
 * A person and whether the act has a lawful basis to treat, under whatever number the record is; `seesAll` where that basis is not for some
 * kinds of resources only. Null when there is no such person.
 */
export const personToTreat = async (
  db: Queryable,
  id: string,
): Promise<{ readonly person: Person; readonly hasBasis: boolean; readonly seesAll: boolean } | null> => {
  const person = await findPerson(db, id as PersonId)
  if (!person) return null
  const opened = await openRecord(db, await idsOf(db, person.id), 'treatment')
  return { person, hasBasis: opened.length > 0, seesAll: opened.some(({ kinds }) => kinds === null) }
}

/** How an actor stands to a person's record: as the person, the care team, somebody who acts for the person, or by a lawful basis. */
export const relationsToRecord = ({ person, opened }: Standing, { actor }: Act): Relation[] => [
  ...relationsToPerson(actor, person),
  ...(opened?.basis === 'representative' ? ['representative' as const] : []),
  ...(opened && TREATING_ROLES.includes(actor.role) ? ['lawful-basis' as const] : []),
]
