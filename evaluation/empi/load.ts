import { randomUUID } from 'node:crypto'
import type { PersonId } from '../../src/kernel/id.ts'
import { indexesOf } from '../../src/modules/residents/index.ts'
import type { Cipher } from '../../src/platform/cipher.ts'
import { sql, type Database } from '../../src/platform/database/pool.ts'
import { pinyinOf } from '../../src/platform/pinyin.ts'
import type { Invented } from './people.ts'

const AT_A_TIME = 2_000

/** Puts invented persons into the index, sealed as real ones are; answers their ids in the same order. `owner` writes the tables itself. */
export const loadPeople = async (owner: Database, cipher: Cipher, people: readonly Invented[]): Promise<PersonId[]> => {
  const ids: PersonId[] = []
  const said = new Map<string, { pinyin: string; initials: string }>()
  const readingOf = (zh: string) => {
    const known = said.get(zh) ?? pinyinOf(zh, true)
    said.set(zh, known)
    return known
  }
  // One key for a batch: what is measured is finding, not making keys.
  for (let from = 0; from < people.length; from += AT_A_TIME) {
    const batch = people.slice(from, from + AT_A_TIME)
    const key = cipher.newPersonKey()
    const rows = await owner.rows<{
      id: PersonId
    }>(sql`insert into residents.person (zh, pinyin, initials, sex, born_on, village, address, phone_sealed,
        phone_index, synthetic, created_at)
      select *, true, now() from unnest(${batch.map(({ zh }) => zh)}::text[], ${batch.map(({ zh }) => readingOf(zh).pinyin)}::text[],
        ${batch.map(({ zh }) => readingOf(zh).initials)}::text[], ${batch.map(({ sex }) => sex)}::text[], ${batch.map(({ bornOn }) => bornOn)}::date[],
        ${batch.map(({ village }) => village)}::text[], ${batch.map(({ address }) => address)}::text[],
        ${batch.map(({ phone }) => phone && cipher.encrypt(key, phone))}::bytea[],
        ${batch.map(({ phone }) => phone && cipher.blindIndex('phone', phone))}::bytea[])
      returning person_id as id`)
    const made = rows.map(({ id }) => id).toSorted((a, b) => Number(a) - Number(b))
    ids.push(...made)
    await owner.run(sql`insert into residents.person_key select unnest(${made}::bigint[]), ${key}`)
    const numbered = batch.flatMap(({ number }, at) =>
      number ? [{ id: made[at] as PersonId, number, ...indexesOf(cipher, '01', number) }] : [],
    )
    await owner.run(sql`insert into residents.identifier (person_id, id, type, number_sealed, number_index, tail_index, held_from)
      select person, id, '01', sealed, whole, tail, now() from unnest(${numbered.map(({ id }) => id)}::bigint[], ${numbered.map(() => randomUUID())}::uuid[],
        ${numbered.map(({ number }) => cipher.encrypt(key, number))}::bytea[], ${numbered.map(({ whole }) => whole)}::bytea[],
        ${numbered.map(({ tail }) => tail)}::bytea[]) as g(person, id, sealed, whole, tail)`)
  }
  await owner.run(sql`analyze residents.person`)
  await owner.run(sql`analyze residents.identifier`)
  return ids
}
