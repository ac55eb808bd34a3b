import type { Instant } from '../../kernel/clock.ts'
import { present } from '../../kernel/assert.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { Cipher } from '../../platform/cipher.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { Refused } from '../../platform/forms/form.ts'
import { kindOfNumber, type GivenNumber } from './numbers.ts'
import { plainNumber } from './rules/may-register.ts'
import { indexesOf, namePersons } from './store.ts'

/**
 * Gives a person a number: sealed with the person's key, found by its blind index, claimed for this person alone. Held by the same
 * person already it changes nothing.
 * @throws Refused residents.number-known when somebody else holds it.
 */
export const holdNumber = async (
  tx: Tx,
  person: PersonId,
  given: GivenNumber,
  cipher: Cipher,
  by: { id: string; at: Instant },
): Promise<void> => {
  const kind = kindOfNumber(given)
  const number = plainNumber(given.number)
  const { whole, tail, claim } = indexesOf(cipher, kind, number)
  await namePersons(tx, [person])
  const claimed = await tx.run(
    sql`insert into residents.identifier_claim values (${claim}, ${whole}, ${person}) on conflict do nothing`,
  )
  if (claimed === 0) {
    if ((await holderOf(tx, given, cipher)) !== (await rootOf(tx, person))) throw new Refused('residents.number-known')
    return
  }
  const key = await keyOf(tx, person, cipher)
  await tx.run(sql`insert into residents.identifier (person_id, id, type, number_sealed, number_index, tail_index, issuer_org, held_from)
    values (${person}, ${by.id}, ${kind}, ${cipher.encrypt(key, number)}, ${whole}, ${tail}, ${given.issuer ?? null}, ${by.at})`)
}

/** Ends a person's holding of a number: the row stays in the history with its reason, and the number is free. False when it was not held. */
export const endNumber = async (
  tx: Tx,
  person: PersonId,
  given: GivenNumber,
  cipher: Cipher,
  by: { at: Instant; because: string },
): Promise<boolean> => {
  const { whole, claim } = indexesOf(cipher, kindOfNumber(given), plainNumber(given.number))
  await namePersons(tx, [person])
  await tx.run(
    sql`delete from residents.identifier_claim where claim_key = ${claim} and number_index = ${whole} and person_id = ${person}`,
  )
  const ended = await tx.run(sql`update residents.identifier set ended_at = ${by.at}, ended_because = ${by.because}
    where person_id = ${person} and number_index = ${whole} and ended_at is null`)
  return ended > 0
}

/** The person who holds a number now, links followed; the act may then ask for the person. Null when nobody holds it. */
export const personByNumber = async (db: Queryable, given: GivenNumber, cipher: Cipher): Promise<PersonId | null> => {
  const holder = await holderOf(db, given, cipher)
  if (holder) await namePersons(db, [holder])
  return holder
}

const holderOf = async (db: Queryable, given: GivenNumber, cipher: Cipher): Promise<PersonId | null> => {
  const { whole, claim } = indexesOf(cipher, kindOfNumber(given), plainNumber(given.number))
  return (
    (await db.row<{ holder: PersonId | null }>(sql`select residents.holder_of(${claim}, ${whole}) as holder`))?.holder ?? null
  )
}

const rootOf = async (db: Queryable, person: PersonId): Promise<PersonId | null> =>
  (
    await db.row<{ root: PersonId }>(
      sql`select coalesce(merged_into, person_id) as root from residents.person where person_id = ${person}`,
    )
  )?.root ?? null

const keyOf = async (tx: Tx, person: PersonId, cipher: Cipher): Promise<Buffer> => {
  await tx.run(sql`insert into residents.person_key values (${person}, ${cipher.newPersonKey()}) on conflict do nothing`)
  const found = await tx.row<{ wrapped: Buffer }>(sql`select wrapped from residents.person_key where person_id = ${person}`)
  return present(found, 'the key of a person').wrapped
}

/** A number of a person as it is kept, held or ended. */
export type KeptNumber = {
  readonly id: string
  readonly person: PersonId
  readonly type: string
  readonly issuer: OrgId | null
  readonly sealed: Buffer
  readonly wrappedKey: Buffer
  readonly heldFrom: Instant | null
  readonly endedAt: Instant | null
  readonly endedBecause: string | null
}

/** All numbers of some persons, those held first, then the history. */
export const numbersOf = async (db: Queryable, persons: readonly PersonId[]): Promise<KeptNumber[]> => {
  const [, rows] = await Promise.all([
    namePersons(db, persons),
    db.rows<KeptNumber>(sql`select i.id, i.person_id as person, i.type, i.issuer_org as issuer, i.number_sealed as sealed, k.wrapped as "wrappedKey",
      i.held_from as "heldFrom", i.ended_at as "endedAt", i.ended_because as "endedBecause"
      from residents.identifier i join residents.person_key k on k.person_id = i.person_id where i.person_id = any(${[...persons]}::bigint[])
      order by i.ended_at desc nulls first, i.type, i.id`),
  ])
  return rows
}
