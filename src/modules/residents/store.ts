import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { present } from '../../kernel/assert.ts'
import type { Cipher } from '../../platform/cipher.ts'
import { sql, type Queryable, type Sql, type Tx } from '../../platform/database/pool.ts'
import { Refused } from '../../platform/forms/form.ts'

/** A person of the index, identifiers still sealed. */
export type Person = {
  readonly id: PersonId
  readonly zh: string
  readonly en: string | null
  readonly sex: 'male' | 'female' | 'unknown' | 'other'
  readonly bornOn: Day | null
  readonly diedOn: Day | null
  readonly village: string | null
  readonly address: string | null
  readonly insurance: 'resident' | 'employee' | 'none'
  readonly careOrg: OrgId | null
  readonly clinicOrg: OrgId | null
  readonly mergedInto: PersonId | null
  readonly erasedAt: Instant | null
  readonly synthetic: boolean
  /** Goes up with every change of the basic data. */
  readonly version: number
  readonly phoneSealed: Buffer | null
  readonly idNumberSealed: Buffer | null
  readonly wrappedKey: Buffer | null
}

/** What is read of a person, and from where. */
export const personColumns = sql`p.person_id as id, p.zh, p.en, p.sex, p.born_on as "bornOn", p.died_on as "diedOn", p.village, p.address, p.insurance,
  p.care_org_id as "careOrg", p.clinic_org_id as "clinicOrg", p.merged_into as "mergedInto", p.erased_at as "erasedAt", p.synthetic, p.version,
  p.phone_sealed as "phoneSealed", k.wrapped as "wrappedKey",
  (select i.number_sealed from residents.identifier i where i.person_id = p.person_id and i.type = '01' and i.ended_at is null limit 1) as "idNumberSealed"
  from residents.person p left join residents.person_key k on k.person_id = p.person_id`

/**
 * Names persons in the open act: until then it sees no row of theirs. What is asked of the database afterwards, even in
 * the same breath, is asked after this.
 */
export const namePersons = (db: Queryable, ids: readonly PersonId[]): Promise<number> =>
  db.run(sql`select residents.name_persons(${ids}::bigint[], false)`)

/** Names persons and opens their records, under all the ids that were linked into them. */
export const openRecords = (db: Queryable, ids: readonly PersonId[]): Promise<number> =>
  db.run(sql`select residents.name_persons(${ids}::bigint[], true)`)

/** The acting hospital has admitted a person whose record the act has opened: for this act it is told of all the person's cases. */
export const takeIn = (tx: Tx, id: PersonId): Promise<number> => tx.run(sql`select residents.take_in(${id})`)

/** A person by id; a linked one is answered as the person that it is linked into. */
export const findPerson = async (db: Queryable, id: PersonId): Promise<Person | null> => {
  const [, found] = await Promise.all([
    namePersons(db, [id]),
    db.row<Person>(sql`select ${personColumns} where p.person_id = ${id}`),
  ])
  return found?.mergedInto ? findPerson(db, found.mergedInto) : found
}

/** The same for what must exist. */
export const getPerson = async (db: Queryable, id: PersonId): Promise<Person> => present(await findPerson(db, id), 'the person')

/** The person's own row, links not followed, locked until the end of the transaction. */
export const lockPerson = async (tx: Tx, id: PersonId): Promise<Person | null> => {
  const [, locked] = await Promise.all([
    namePersons(tx, [id]),
    tx.row(sql`select 1 from residents.person where person_id = ${id} for update`),
  ])
  return locked ? tx.row<Person>(sql`select ${personColumns} where p.person_id = ${id}`) : null
}

/** All person ids whose records belong to one person: itself and what is linked into it. */
export const idsOf = async (db: Queryable, id: PersonId): Promise<PersonId[]> => {
  const [, rows] = await Promise.all([
    openRecords(db, [id]),
    db.rows<{ id: PersonId }>(sql`select person_id as id from residents.person where person_id = ${id} or merged_into = ${id}`),
  ])
  return rows.map((row) => row.id)
}

export type SearchBy = {
  readonly text: string
  readonly limit: number
  readonly clinicOrg: OrgId | null
  readonly careOrg: OrgId | null
}

/** People of one clinic or care team by name, pinyin, initials, or the tail of the number; and anyone by a whole number. */
export const searchPersons = async (db: Queryable, by: SearchBy, cipher: Cipher): Promise<Person[]> => {
  const number = wholeNumber(by.text)
  if (number) await db.run(sql`select residents.name_by_number(${cipher.blindIndex('identifier 01', number)})`)
  const scope = sql`(p.clinic_org_id = ${by.clinicOrg} or p.care_org_id = ${by.careOrg})`
  return db.rows<Person>(sql`select ${personColumns} where p.merged_into is null and p.erased_at is null and (${matching(by.text, scope, cipher)})
    order by p.zh, p.born_on, p.person_id limit ${by.limit}`)
}

const wholeNumber = (text: string): string | null =>
  /^\d{17}[\dX]$/.exec(text.normalize('NFKC').trim().toUpperCase())?.[0] ?? null

const matching = (text: string, scope: Sql, cipher: Cipher): Sql => {
  const plain = text.normalize('NFKC').trim()
  if (plain === '') return scope
  const upper = plain.toUpperCase()
  const number = wholeNumber(plain)
  if (number) return byIndex(sql`i.number_index = ${cipher.blindIndex('identifier 01', number)}`)
  if (/^1\d{10}$/.test(plain)) return sql`${scope} and p.phone_index = ${cipher.blindIndex('phone', plain)}`
  if (/^\d{3}[\dX]$/.test(upper))
    return sql`${scope} and ${byIndex(sql`i.tail_index = ${cipher.blindIndex('identifier tail', upper)}`)}`
  const like = plain.replace(/[\\%_]/g, '\\$&')
  const latin = like.toLowerCase().replaceAll(' ', '')
  return sql`${scope} and (p.zh like ${`%${like}%`} or lower(p.en) like ${`%${like.toLowerCase()}%`} or p.initials like ${`${latin}%`} or p.pinyin like ${`${latin}%`})`
}

const byIndex = (condition: Sql): Sql =>
  sql`p.person_id in (select coalesce(o.merged_into, o.person_id) from residents.identifier i join residents.person o on o.person_id = i.person_id
    where i.ended_at is null and ${condition})`

/** Those of some persons who answer to a name, pinyin, initials, or the tail of the number; the ids are answered as given. */
export const personsAmong = async (
  db: Queryable,
  ids: readonly PersonId[],
  text: string,
  cipher: Cipher,
): Promise<PersonId[]> => {
  await namePersons(db, ids)
  const rows = await db.rows<{ id: PersonId }>(sql`select given.person_id as id from residents.person given
      join residents.person p on p.person_id = coalesce(given.merged_into, given.person_id)
      where given.person_id = any(${ids}::bigint[]) and p.erased_at is null and (${matching(text, sql`true`, cipher)})`)
  return rows.map(({ id }) => id)
}

/** The next person key. */
export const nextPersonId = async (tx: Tx): Promise<PersonId> =>
  present(
    await tx.row<{ id: PersonId }>(sql`select nextval(pg_get_serial_sequence('residents.person', 'person_id'))::text as id`),
    'a new key',
  ).id

export type NewPerson = {
  readonly id: PersonId
  readonly zh: string
  readonly en: string | null
  readonly pinyin: string
  readonly initials: string
  readonly sex: Person['sex']
  readonly bornOn: Day | null
  readonly village: string | null
  readonly address: string | null
  readonly insurance: Person['insurance']
  readonly careOrg: OrgId | null
  readonly clinicOrg: OrgId | null
  readonly phone: string | null
  readonly identifier: { readonly type: string; readonly number: string } | null
  readonly synthetic: boolean
  readonly createdAt: Instant
}

/** Writes a new person with sealed numbers; a number that another person holds refuses the whole act. */
export const savePerson = async (tx: Tx, fresh: NewPerson, cipher: Cipher, identifierRow: string): Promise<void> => {
  const key = cipher.newPersonKey()
  const phoneSealed = fresh.phone ? cipher.encrypt(key, fresh.phone) : null
  const phoneIndex = fresh.phone ? cipher.blindIndex('phone', fresh.phone) : null
  await tx.run(sql`insert into residents.person (person_id, zh, en, pinyin, initials, sex, born_on, village, address, phone_sealed, phone_index,
      insurance, care_org_id, clinic_org_id, synthetic, created_at)
    values (${fresh.id}, ${fresh.zh}, ${fresh.en}, ${fresh.pinyin}, ${fresh.initials}, ${fresh.sex}, ${fresh.bornOn}, ${fresh.village},
      ${fresh.address}, ${phoneSealed}, ${phoneIndex}, ${fresh.insurance}, ${fresh.careOrg}, ${fresh.clinicOrg}, ${fresh.synthetic}, ${fresh.createdAt})`)
  await tx.run(sql`insert into residents.person_key values (${fresh.id}, ${key})`)
  // Whoever registers a person may go on with the person in the same act.
  await openRecords(tx, [fresh.id])
  if (fresh.identifier) await saveIdentifier(tx, fresh.id, identifierRow, fresh.identifier, key, cipher, fresh.createdAt)
}

/** Blind indexes of a number: by whole, by last four, and the claim's key. */
export const indexesOf = (cipher: Cipher, type: string, number: string) => {
  const whole = cipher.blindIndex(`identifier ${type}`, number)
  return { whole, tail: cipher.blindIndex('identifier tail', number.slice(-4)), claim: whole.readBigInt64BE(0).toString() }
}

const saveIdentifier = async (
  tx: Tx,
  owner: PersonId,
  row: string,
  identifier: { type: string; number: string },
  key: Buffer,
  cipher: Cipher,
  at: Instant,
): Promise<void> => {
  const { whole, tail, claim } = indexesOf(cipher, identifier.type, identifier.number)
  const claimed = await tx.run(
    sql`insert into residents.identifier_claim values (${claim}, ${whole}, ${owner}) on conflict do nothing`,
  )
  if (claimed === 0) throw new Refused('residents.number-known')
  await tx.run(sql`insert into residents.identifier (person_id, id, type, number_sealed, number_index, tail_index, held_from)
    values (${owner}, ${row}, ${identifier.type}, ${cipher.encrypt(key, identifier.number)}, ${whole}, ${tail}, ${at})`)
}

export const saveDeath = (tx: Tx, id: PersonId, diedOn: Day): Promise<number> =>
  tx.run(sql`update residents.person set died_on = ${diedOn}, version = version + 1, changed_at = now() where person_id = ${id}`)

/** Destroys the key, the sealed numbers and their indexes; the row and the trace stay. */
export const saveErasure = async (tx: Tx, id: PersonId, at: Instant): Promise<void> => {
  await tx.run(sql`delete from residents.identifier_claim where person_id = ${id}`)
  await tx.run(sql`delete from residents.identifier where person_id = ${id}`)
  await tx.run(sql`delete from residents.person_key where person_id = ${id}`)
  await tx.run(sql`update residents.person set erased_at = ${at}, phone_sealed = null, phone_index = null, address = null,
    version = version + 1, changed_at = now() where person_id = ${id}`)
}

/** Several persons at once, by the ids asked for; links followed. */
export const findPersons = async (db: Queryable, ids: readonly PersonId[]): Promise<Map<PersonId, Person>> => {
  const wanted = [...new Set(ids)]
  const [, rows] = await Promise.all([
    namePersons(db, wanted),
    db.rows<Person>(sql`select ${personColumns} where p.person_id = any(${wanted}::bigint[])`),
  ])
  const found = new Map(rows.map((row) => [row.id, row]))
  for (const row of rows) if (row.mergedInto) found.set(row.id, await getPerson(db, row.mergedInto))
  return found
}
