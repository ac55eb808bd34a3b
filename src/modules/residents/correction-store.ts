import { present } from '../../kernel/assert.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, OrgId, PersonId } from '../../kernel/id.ts'
import type { Cipher } from '../../platform/cipher.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type { CorrectedField, EarlierCorrection } from './rules/meet-corrections.ts'
import { personColumns, type Person } from './store.ts'

/** The corrections of a person that led beyond a version, oldest first. */
export const correctionsSince = (db: Queryable, id: PersonId, version: number): Promise<EarlierCorrection[]> =>
  db.rows<EarlierCorrection>(
    sql`select version, fields from residents.correction where person_id = ${id} and version > ${version} order by version`,
  )

export type NewCorrection = {
  readonly person: Person
  readonly fields: readonly CorrectedField[]
  readonly phone: string | null | undefined
  readonly address: string | null | undefined
  readonly insurance: Person['insurance'] | undefined
  /** What stood there before, as JSON; kept sealed. */
  readonly was: string
  readonly at: Instant
  readonly by: AccountId | null
  readonly org: OrgId | null
}

/** Writes a correction and what it replaced; the version goes up by one. */
export const saveCorrection = async (tx: Tx, { person, ...fresh }: NewCorrection, cipher: Cipher): Promise<void> => {
  const key = person.wrappedKey ?? cipher.newPersonKey()
  if (!person.wrappedKey) await tx.run(sql`insert into residents.person_key values (${person.id}, ${key})`)
  const has = (field: CorrectedField): boolean => fresh.fields.includes(field)
  const phoneSealed = fresh.phone ? cipher.encrypt(key, fresh.phone) : null
  const phoneIndex = fresh.phone ? cipher.blindIndex('phone', fresh.phone) : null
  await tx.run(sql`update residents.person set version = version + 1, changed_at = now(),
    phone_sealed = case when ${has('phone')} then ${phoneSealed}::bytea else phone_sealed end,
    phone_index = case when ${has('phone')} then ${phoneIndex}::bytea else phone_index end,
    address = case when ${has('address')} then ${fresh.address ?? null} else address end,
    insurance = coalesce(${fresh.insurance ?? null}, insurance) where person_id = ${person.id}`)
  await tx.run(sql`insert into residents.correction (person_id, version, fields, was_sealed, corrected_at, by_account, by_org)
    values (${person.id}, ${person.version + 1}, ${[...fresh.fields]}::text[], ${cipher.encrypt(key, fresh.was)}, ${fresh.at}, ${fresh.by}, ${fresh.org})`)
}

/** A person as a device keeps one: with what a search without a network needs. */
export type KeptRow = Person & { readonly pinyin: string; readonly initials: string }

const ofInstitution = (org: OrgId | null) =>
  sql`(p.clinic_org_id = ${org} or p.care_org_id = ${org}) and p.merged_into is null and p.erased_at is null`

export type KeptAsked = {
  readonly org: OrgId | null
  readonly since: Instant | null
  readonly after: PersonId | null
  readonly limit: number
}

/** The persons of an institution changed since an instant, in the order of their ids. */
export const personsToKeep = (db: Queryable, { org, since, after, limit }: KeptAsked): Promise<KeptRow[]> =>
  db.rows<KeptRow>(sql`select p.pinyin, p.initials, ${personColumns} where ${ofInstitution(org)}
    and (${since}::timestamptz is null or p.changed_at >= ${since}::timestamptz) and (${after}::bigint is null or p.person_id > ${after}::bigint)
    order by p.person_id limit ${limit}`)

export type WholeList = { readonly count: number; readonly digest: string; readonly asOf: Instant }

/** How many persons an institution has, and one digest over all of their versions: equal digests are equal lists. Real time, as `changed_at`. */
export const digestOfInstitution = async (db: Queryable, org: OrgId | null): Promise<WholeList> =>
  present(
    await db.row<WholeList>(sql`select count(*)::int as count, now() as "asOf",
    encode(sha256(convert_to(coalesce(string_agg(p.person_id || ':' || p.version, ',' order by p.person_id), ''), 'UTF8')), 'hex') as digest
    from residents.person p where ${ofInstitution(org)}`),
    'the count of a list',
  )
