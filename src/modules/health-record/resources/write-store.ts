import { createHash } from 'node:crypto'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/id.ts'
import type { Actor } from '../../../platform/access.ts'
import { sql, type Database, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { NewVersion } from './make-version.ts'

const QUOTED = /["\\]/g
const SPECIAL = /[\s,{}"\\]|^$|^null$/i
const element = (text: string): string => (SPECIAL.test(text) ? `"${text.replace(QUOTED, '\\$&')}"` : text)

/** A list as PostgreSQL's text of an array, for a column of a row among many. */
export const listText = (values: readonly string[]): string => `{${values.map(element).join(',')}}`
/** Nothing to be looked up by is no entry in the index at all. */
const keysText = ({ values: { keys } }: NewVersion): string | null => (keys.length === 0 ? null : listText(keys))

/** Of ids and numbers, which hold nothing that an array's text would have to escape: quicker than the driver's own. */
const plainList = (values: readonly (string | number | null)[]): string => `{${values.map((value) => value ?? 'null').join(',')}}`

const columnsOf = (rows: readonly NewVersion[]) => ({
  persons: plainList(rows.map(({ person }) => person)),
  ids: plainList(rows.map(({ id }) => id)),
  types: plainList(rows.map(({ type }) => type)),
  reaches: plainList(rows.map(({ reach }) => reach)),
  metas: rows.map(({ meta }) => meta),
  bodies: rows.map(({ body }) => body),
  hashes: plainList(rows.map(({ hash }) => `"\\\\x${hash.toString('hex')}"`)),
  systems: rows.map(({ index }) => index.codeSystem),
  codes: rows.map(({ index }) => index.code),
  displays: rows.map(({ index }) => index.display),
  effective: plainList(rows.map(({ index }) => index.effectiveAt)),
  statuses: rows.map(({ index }) => index.status),
  tokens: rows.map(({ values }) => listText(values.tokens)),
  keys: rows.map(keysText),
  sensitives: rows.map(({ sensitive }) => sensitive),
})

/** One creation on its way: the version, who brings it, by which request. */
export type Creation = { readonly version: NewVersion; readonly actor: Actor; readonly request: string }

/** Which actors there are, each once, and which of them each item belongs to, from 1. */
export const askersOf = <Item extends { readonly actor: Actor }>(items: readonly Item[]) => {
  const known = new Map<string, number>()
  const actors: Actor[] = []
  const who = items.map(({ actor }) => {
    const key = `${actor.account} ${actor.role} ${actor.org} ${actor.person}`
    const at = known.get(key) ?? actors.push(actor)
    known.set(key, at)
    return at
  })
  return {
    orgs: plainList(actors.map(({ org }) => org)),
    accounts: plainList(actors.map(({ account }) => account)),
    roles: plainList(actors.map(({ role }) => role)),
    persons: plainList(actors.map(({ person }) => person)),
    who: plainList(who),
  }
}

/** The acts that are enough to write in: one for each institution and role; and in which of them each item stands, from 1. */
const sharedActsOf = (items: readonly { readonly actor: Actor }[]) => {
  const known = new Map<string, number>()
  const acts: Actor[] = []
  const shared = items.map(({ actor }) => {
    const key = `${actor.role} ${actor.org}`
    const at = known.get(key) ?? acts.push(actor)
    known.set(key, at)
    return at
  })
  return {
    orgs: plainList(acts.map(({ org }) => org)),
    roles: plainList(acts.map(({ role }) => role)),
    shared: plainList(shared),
  }
}

/** Creates a whole batch: one statement, one transaction, one flush, with audit and what is told. Answers when it was. */
export const createMany = async (database: Database, batch: readonly Creation[]): Promise<Instant> => {
  const of = columnsOf(batch.map(({ version }) => version))
  const { orgs, roles, shared } = sharedActsOf(batch)
  const [row] = await database.alone<{
    at: Instant
  }>(sql`select health_record.create_many(${orgs}::bigint[], ${roles}::text[], ${shared}::integer[],
    ${plainList(batch.map(({ actor }) => actor.account))}::uuid[], ${plainList(batch.map(({ request }) => request))}::text[], ${of.persons}::bigint[], ${of.ids}::uuid[], ${of.types}::text[], ${of.reaches}::text[],
    ${of.metas}::text[], ${of.bodies}::text[], ${of.hashes}::bytea[], ${of.systems}::text[], ${of.codes}::text[], ${of.displays}::text[],
    ${of.effective}::timestamptz[], ${of.statuses}::text[], ${of.tokens}::text[], ${of.keys}::text[], ${of.sensitives}::text[]) as at`)
  return (row as { at: Instant }).at
}

/** A version that begins a resource, or goes on after its deletion. */
export type Addition = NewVersion & { readonly number: number }

/** Writes new resources within an open act. */
export const addResources = async (tx: Tx, rows: readonly Addition[], org: string | null, at: Instant): Promise<void> => {
  if (rows.length === 0) return
  const of = columnsOf(rows)
  const chosen = rows.map(({ fhirId, id }) => (fhirId === id ? null : fhirId))
  await tx.run(sql`select health_record.add_many(${at}, ${org}::bigint, ${of.persons}::bigint[], ${of.ids}::uuid[], ${plainList(rows.map(({ number }) => number))}::integer[],
    ${of.types}::text[], ${chosen}::text[], ${chosen}::text[],
    ${of.reaches}::text[], ${of.metas}::text[], ${of.bodies}::text[], ${of.hashes}::bytea[], ${of.systems}::text[], ${of.codes}::text[], ${of.displays}::text[],
    ${of.effective}::timestamptz[], ${of.statuses}::text[], ${of.tokens}::text[], ${of.keys}::text[], ${of.sensitives}::text[])`)
}

const keep = (person: string, id: string) => sql`insert into health_record.resource_history
    (person_id, id, version, type, fhir_id, meta, body, hash, custodian_org, reach, sensitive, recorded_at)
  select person_id, id, version, type, fhir_id, meta, body, hash, custodian_org, reach, sensitive, recorded_at from health_record.resource
    where person_id = ${person} and id = ${id}`

/** Makes the next version of a resource that is locked; the one that stood goes into the history as it was. */
export const replaceResource = async (tx: Tx, row: Addition, at: Instant, from: string): Promise<void> => {
  await tx.run(keep(from, row.id))
  const { index } = row
  await tx.run(sql`update health_record.resource set version = ${row.number}, meta = ${row.meta}, body = ${row.body}, hash = ${row.hash},
      code_system = ${index.codeSystem}, code = ${index.code}, display = ${index.display}, effective_at = ${index.effectiveAt}, status = ${index.status},
      tokens = ${listText(row.values.tokens)}::text[], keys = ${keysText(row)}::text[], sensitive = ${row.sensitive}, recorded_at = ${at}
    where person_id = ${from} and id = ${row.id}`)
}

/** Deletes a resource that is locked: its versions stay, and the last of them says that it is gone. */
export const removeResource = async (tx: Tx, row: { person: string; id: string }, at: Instant): Promise<void> => {
  await tx.run(keep(row.person, row.id))
  await tx.run(sql`insert into health_record.resource_history
      (person_id, id, version, type, fhir_id, body, custodian_org, reach, sensitive, recorded_at, is_deleted, hash)
    select person_id, id, version + 1, type, fhir_id, '', custodian_org, reach, sensitive, ${at}, true, sha256('') from health_record.resource
      where person_id = ${row.person} and id = ${row.id}`)
  await tx.run(sql`delete from health_record.resource where person_id = ${row.person} and id = ${row.id}`)
}

const claimKey = (type: string, fhirId: string): string =>
  createHash('sha256').update(type).update('\0').update(fhirId).digest().readBigInt64BE(0).toString()

/** Claims ids that a client chose; answers those that were free, as `Type/id`. Two who want the same meet here. */
export const claimIds = async (
  tx: Tx,
  wanted: readonly { type: string; fhirId: string; person: PersonId | '0' }[],
): Promise<Set<string>> => {
  if (wanted.length === 0) return new Set()
  const rows = await tx.rows<{ type: string; fhirId: string }>(sql`select type, fhir_id as "fhirId" from health_record.claim_ids(
    ${wanted.map(({ type, fhirId }) => claimKey(type, fhirId))}::bigint[], ${wanted.map(({ type }) => type)}::text[],
    ${wanted.map(({ fhirId }) => fhirId)}::text[], ${wanted.map(({ person }) => person)}::bigint[])`)
  return new Set(rows.map(({ type, fhirId }) => `${type}/${fhirId}`))
}

/** What was written in an act, as it is told. */
export type Written = { readonly type: string; readonly id: string; readonly version: number; readonly person: string | null }

/** Leaves an audit row for each person or resource concerned, by the open act. */
export const note = (
  tx: Queryable,
  at: Instant,
  what: { form: string; kind: 'query' | 'command'; rows: readonly { person: string | null; request: string }[] },
): Promise<number> =>
  tx.run(sql`select health_record.note(${at}, ${what.form}, ${what.kind}, ${`HL7 FHIR R4: ${what.form.slice('fhir.'.length)}`},
    ${plainList(what.rows.map(({ person }) => person))}::bigint[], ${what.rows.map(({ request }) => request)}::text[])`)

/** Tells what was written, for subscriptions and whoever else reacts. */
export const tell = (tx: Tx, at: Instant, written: readonly Written[]): Promise<number> =>
  tx.run(sql`select health_record.tell(${at}, ${JSON.stringify(written)}::jsonb)`)
