import type { PersonId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'
import { namePersons } from './store.ts'

/**
 * The wrapped key of this very person id, links not followed: what was sealed under an id is opened under it, whatever was
 * linked since. Null when the person was erased, and then nothing sealed with it can ever be read again.
 */
export const keyOfPerson = async (db: Queryable, id: PersonId): Promise<Buffer | null> => {
  const [, found] = await Promise.all([
    namePersons(db, [id]),
    db.row<{ wrapped: Buffer }>(sql`select wrapped from residents.person_key where person_id = ${id}`),
  ])
  return found?.wrapped ?? null
}

/** The same of several persons, by person; those who were erased are missing. */
export const keysOfPersons = async (db: Queryable, ids: readonly PersonId[]): Promise<Map<PersonId, Buffer>> => {
  if (ids.length === 0) return new Map()
  const [, rows] = await Promise.all([
    namePersons(db, ids),
    db.rows<{ person: PersonId; wrapped: Buffer }>(
      sql`select person_id as person, wrapped from residents.person_key where person_id = any(${ids}::bigint[])`,
    ),
  ])
  return new Map(rows.map(({ person, wrapped }) => [person, wrapped]))
}
