import type { Instant } from '../../../kernel/clock.ts'
import type { Actor } from '../../../platform/access.ts'
import type { Cipher } from '../../../platform/cipher.ts'
import { sql, type Tx } from '../../../platform/database/pool.ts'
import type { Person } from '../store.ts'

export type NewName = {
  readonly person: Person
  readonly zh: string
  readonly en: string | null
  readonly pinyin: string
  readonly initials: string
  readonly at: Instant
  readonly by: Actor
}

/** Gives a person another name; what it was stays sealed among the corrections. */
export const saveNewName = async (
  tx: Tx,
  { person, zh, en, pinyin, initials, at, by }: NewName,
  cipher: Cipher,
): Promise<void> => {
  const kept = await tx.row<{ wrapped: Buffer }>(sql`select wrapped from residents.person_key where person_id = ${person.id}`)
  const was = cipher.encrypt(kept?.wrapped ?? cipher.newPersonKey(), JSON.stringify({ name: { zh: person.zh, en: person.en } }))
  await tx.run(sql`update residents.person set zh = ${zh}, en = ${en}, pinyin = ${pinyin}, initials = ${initials}, version = version + 1, changed_at = now()
    where person_id = ${person.id}`)
  await tx.run(sql`insert into residents.correction (person_id, version, fields, was_sealed, corrected_at, by_account, by_org)
    values (${person.id}, ${person.version + 1}, array['name'], ${was}, ${at}, ${by.account}, ${by.org})`)
}
