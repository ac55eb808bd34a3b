import type { PersonId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'
import type { Basis, Purpose } from './record-access.ts'

/** Why the open act may read what is kept under one id of a person. `kinds` null: all of it. */
export type Opened = {
  readonly person: PersonId
  readonly basis: Basis
  readonly ref: string | null
  readonly purpose: Purpose
  readonly kinds: readonly string[] | null
}

/**
 * Names persons in the open act and opens the content of their records where there is a lawful basis for this purpose.
 * A person without a row in the answer stays closed: whatever is asked of the record finds nothing.
 */
export const openRecord = (db: Queryable, persons: readonly PersonId[], purpose: Purpose): Promise<Opened[]> =>
  db.rows<Opened>(
    sql`select person_id::text as person, basis, ref, purpose, kinds from record_access.open_records(${persons}::bigint[], ${purpose})`,
  )

/** Whether a person has just shown the card at the pharmacy that acts; false for every other role. */
export const isPresented = async (db: Queryable, persons: readonly PersonId[]): Promise<boolean> =>
  (await db.row<{ is: boolean }>(sql`select record_access.presented_here(${persons}::bigint[]) as is`))?.is === true
