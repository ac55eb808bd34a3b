import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { PersonId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'

/** Whose child somebody is, and which of one birth. */
export type Birth = { readonly mother: PersonId; readonly birthOrder: number }

/** The birth that a person was registered by; null when by a number of their own. */
export const birthOf = (db: Queryable, child: PersonId): Promise<Birth | null> =>
  db.row<Birth>(
    sql`select mother_id as mother, birth_order as "birthOrder" from residents.birth where child_id = ${child} limit 1`,
  )

/** A mother's child of one day and birth order; null when none is registered. */
export const childOf = async (db: Queryable, mother: PersonId, bornOn: Day, birthOrder: number): Promise<PersonId | null> =>
  (
    await db.row<{ child: PersonId }>(sql`select child_id as child from residents.birth
    where mother_id = ${mother} and born_on = ${bornOn} and birth_order = ${birthOrder}`)
  )?.child ?? null

export type NewBirth = Birth & { readonly child: PersonId; readonly bornOn: Day; readonly at: Instant }

/** Writes whose child somebody is. False when that child of that birth is registered already. */
export const saveBirth = async (tx: Tx, { mother, birthOrder, child, bornOn, at }: NewBirth): Promise<boolean> =>
  (await tx.run(sql`insert into residents.birth (mother_id, born_on, birth_order, child_id, recorded_at)
    values (${mother}, ${bornOn}, ${birthOrder}, ${child}, ${at}) on conflict do nothing`)) > 0
