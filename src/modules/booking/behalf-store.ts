import type { PersonId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'

/** Persons for whom somebody acts today, as guardian or proxy. */
export const representedBy = async (db: Queryable, by: PersonId): Promise<PersonId[]> =>
  (await db.rows<{ person: PersonId }>(sql`select person_id::text as person from record_access.represented(${by})`)).map(
    ({ person }) => person,
  )

/** Names persons in the open act, as far as they may be named by who acts: their rows are seen from then on. */
export const namePersons = (tx: Tx, persons: readonly PersonId[]): Promise<number> =>
  tx.run(sql`select residents.name_persons(${[...persons]}::bigint[], false)`)
