import { createHash } from 'node:crypto'
import type { Instant } from '../../kernel/clock.ts'
import { newId, type PersonId } from '../../kernel/id.ts'
import { sql, type Queryable, type Sql, type Tx } from '../../platform/database/pool.ts'
import { listText } from './resources/write-store.ts'
import type { NewResource } from './store.ts'

/** What became of one resource of a load; `changed-person`: it is known, but as somebody else's, and was left alone. */
export type Saved = 'new' | 'changed' | 'unchanged' | 'changed-person'

// The lookups below are lateral with a limit, so that each goes through the index: in the middle of a large load the
// statistics are those of an empty table, and a join would read all of it for every batch.

const claimKey = (source: string, sourceId: string): string =>
  createHash('sha256').update(source).update('\0').update(sourceId).digest().readBigInt64BE(0).toString()

/** Which persons the patients of a source are, by the source's own id. */
export const knownPersons = async (
  db: Queryable,
  source: string,
  sourceIds: readonly string[],
): Promise<Map<string, PersonId>> => {
  const rows = await db.rows<{ sourceId: string; person: PersonId }>(sql`select c.source_id as "sourceId", c.person_id as person
    from unnest(${sourceIds.map((id) => claimKey(source, id))}::bigint[], ${sourceIds}::text[]) as g(claim_key, source_id)
    cross join lateral (select * from health_record.source_person p
      where p.claim_key = g.claim_key and p.source = ${source} and p.source_id = g.source_id limit 1) c`)
  return new Map(rows.map(({ sourceId, person }) => [sourceId, person]))
}

/** Ties patients of a source to new persons, each once for ever; answers those that this call has tied. */
export const claimPersons = async (
  tx: Tx,
  source: string,
  claims: readonly { sourceId: string; person: PersonId }[],
): Promise<Set<string>> => {
  const rows = await tx.rows<{
    sourceId: string
  }>(sql`insert into health_record.source_person (claim_key, source, source_id, person_id)
    select g.claim_key, ${source}, g.source_id, g.person_id
    from unnest(${claims.map(({ sourceId }) => claimKey(source, sourceId))}::bigint[], ${claims.map(({ sourceId }) => sourceId)}::text[],
      ${claims.map(({ person }) => person)}::bigint[]) as g(claim_key, source_id, person_id)
    on conflict do nothing returning source_id as "sourceId"`)
  return new Set(rows.map(({ sourceId }) => sourceId))
}

/** The bodies of a person's resources of a type that a source has brought and that begin within a span, the end excluded. */
export const bodiesOfSource = async (
  db: Queryable,
  source: string,
  of: { readonly person: PersonId; readonly type: string; readonly from: Instant; readonly until: Instant },
): Promise<string[]> => {
  const rows = await db.rows<{
    body: string
  }>(sql`select body from health_record.resource where person_id = ${of.person} and type = ${of.type}
    and source = ${source} and effective_at >= ${of.from} and effective_at < ${of.until} order by id`)
  return rows.map(({ body }) => body)
}

const given = (rows: readonly NewResource[]): Sql => sql`given as materialized (
  select * from unnest(${rows.map(({ person }) => person)}::bigint[], ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ type }) => type)}::text[],
    ${rows.map(({ sourceId }) => sourceId)}::text[], ${rows.map(({ body }) => body)}::text[], ${rows.map(({ hash }) => hash)}::bytea[],
    ${rows.map(({ index }) => index.codeSystem)}::text[], ${rows.map(({ index }) => index.code)}::text[],
    ${rows.map(({ index }) => index.display)}::text[], ${rows.map(({ index }) => index.effectiveAt)}::timestamptz[],
    ${rows.map(({ index }) => index.status)}::text[], ${rows.map(({ values }) => values && listText(values.tokens))}::text[],
    ${rows.map(({ values }) => (values?.keys.length ? listText(values.keys) : null))}::text[],
    ${rows.map(({ custodian }) => custodian ?? null)}::bigint[])
  as g(person_id, id, type, source_id, body, hash, code_system, code, display, effective_at, status, tokens, keys, custodian_org))`

// The id of a source stays the id that clients see, unless another source has brought the same before. Ids are looked up beneath row-level
// security, by the index: above it every row would be read for every id.
const freeSourceId = sql`case when taken.type is null then g.source_id end`
const takenOf = (rows: readonly { readonly type: string; readonly sourceId?: string | null }[]): Sql => {
  const [types, ids] = [rows.map(({ type }) => type), rows.map(({ sourceId }) => sourceId)]
  return sql`taken as materialized (select distinct w.type, w.source_id from health_record.locate(${types}::text[], ${ids}::text[]) l
    join unnest(${types}::text[], ${ids}::text[]) with ordinality as w (type, source_id, nr) on w.nr = l.nr)`
}
const takenBefore = sql`left join taken on taken.type = g.type and taken.source_id = g.source_id`
// Whoever writes a body says what it speaks of.
const CATEGORY_OF = {
  c: sql`coalesce(health_record.sensitive_category(c.body), '')`,
  g: sql`coalesce(health_record.sensitive_category(g.body), '')`,
}

/**
 * Brings resources of a source in, at most one of each type and source id in a call. An unchanged body does nothing; a
 * changed one becomes the next version, and the earlier stays in the history. Answers what became of each by `type/sourceId`.
 */
export const saveSourceResources = async (
  tx: Tx,
  source: string,
  rows: readonly NewResource[],
  at: Instant,
): Promise<Map<string, Saved>> => {
  if (rows.length === 0) return new Map()
  const saved = await tx.rows<{ key: string; saved: Saved }>(sql`with ${given(rows)}, ${takenOf(rows)},
    known as materialized (
      select r.person_id, r.id, r.version, r.body, r.hash, r.recorded_at, r.type, r.source_id, r.fhir_id, r.meta, r.custodian_org, r.sensitive from given g
      cross join lateral (select * from health_record.resource o
        where o.source = ${source} and o.type = g.type and o.source_id = g.source_id limit 1) r),
    changing as materialized (
      select g.*, k.id as known_id, k.version, k.body as old_body, k.hash as old_hash, k.fhir_id as old_fhir_id, k.meta as old_meta,
        k.custodian_org as old_custodian, k.sensitive as old_sensitive, k.recorded_at from given g
      join known k on k.person_id = g.person_id and k.type = g.type and k.source_id = g.source_id where k.hash <> g.hash),
    kept as (
      insert into health_record.resource_history (person_id, id, version, type, fhir_id, custodian_org, meta, body, hash, sensitive, recorded_at)
      select person_id, known_id, version, type, old_fhir_id, old_custodian, old_meta, old_body, old_hash, old_sensitive, recorded_at from changing),
    changed as (
      update health_record.resource r set version = c.version + 1, body = c.body, hash = c.hash, code_system = c.code_system, code = c.code,
        display = c.display, effective_at = c.effective_at, status = c.status, tokens = c.tokens::text[], keys = c.keys::text[],
        custodian_org = coalesce(c.custodian_org, c.old_custodian), meta = null, sensitive = ${CATEGORY_OF.c}, recorded_at = ${at}
      from changing c where r.person_id = c.person_id and r.id = c.known_id),
    added as (
      insert into health_record.resource (person_id, id, version, type, fhir_id, body, code_system, code, display, effective_at, status, source, source_id,
          hash, tokens, keys, custodian_org, sensitive, recorded_at)
      select g.person_id, g.id, 1, g.type, ${freeSourceId}, g.body, g.code_system, g.code, g.display, g.effective_at, g.status, ${source}, g.source_id,
          g.hash, g.tokens::text[], g.keys::text[], g.custodian_org, ${CATEGORY_OF.g}, ${at} from given g ${takenBefore}
      where not exists (select from known k where k.type = g.type and k.source_id = g.source_id))
    select g.type || '/' || g.source_id as key, case
      when k.id is null then 'new' when k.person_id <> g.person_id then 'changed-person'
      when k.hash = g.hash then 'unchanged' else 'changed' end as saved
    from given g left join known k on k.type = g.type and k.source_id = g.source_id`)
  return new Map(saved.map((row) => [row.key, row.saved]))
}

/** A resource of a source that is about no person. */
export type ReferenceResource = Pick<NewResource, 'type' | 'body' | 'hash' | 'values'> & { readonly sourceId: string }

/** Brings in what is about no person: institutions, practitioners, places of the source; a changed one is the next version. */
export const saveReferenceResources = async (
  tx: Tx,
  source: string,
  rows: readonly ReferenceResource[],
  at: Instant,
): Promise<Map<string, Saved>> => {
  if (rows.length === 0) return new Map()
  const saved = await tx.rows<{ key: string; saved: Saved }>(sql`with given as materialized (
      select * from unnest(${rows.map(({ type }) => type)}::text[], ${rows.map(({ sourceId }) => sourceId)}::text[], ${rows.map(() => newId())}::uuid[],
        ${rows.map(({ body }) => body)}::text[], ${rows.map(({ hash }) => hash)}::bytea[], ${rows.map(({ values }) => values && listText(values.tokens))}::text[],
        ${rows.map(({ values }) => (values?.keys.length ? listText(values.keys) : null))}::text[]) as g(type, source_id, id, body, hash, tokens, keys)), ${takenOf(rows)},
    known as materialized (
      select r.type, r.source_id, r.id, r.version, r.hash, r.body, r.fhir_id, r.sensitive, r.recorded_at from given g
      cross join lateral (select * from health_record.resource o
        where o.source = ${source} and o.type = g.type and o.source_id = g.source_id limit 1) r),
    changing as materialized (
      select g.*, k.id as known_id, k.version, k.body as old_body, k.hash as old_hash, k.fhir_id as old_fhir_id, k.sensitive as old_sensitive, k.recorded_at
      from given g join known k on k.type = g.type and k.source_id = g.source_id where k.hash <> g.hash),
    kept as (
      insert into health_record.resource_history (person_id, id, version, type, fhir_id, body, hash, reach, sensitive, recorded_at)
      select 0, known_id, version, type, old_fhir_id, old_body, old_hash, 'public', old_sensitive, recorded_at from changing),
    changed as (
      update health_record.resource r set version = c.version + 1, body = c.body, hash = c.hash, tokens = c.tokens::text[], keys = c.keys::text[],
        sensitive = ${CATEGORY_OF.c}, recorded_at = ${at} from changing c where r.person_id = 0 and r.id = c.known_id),
    added as (
      insert into health_record.resource (person_id, id, version, type, fhir_id, body, source, source_id, hash, tokens, keys, reach, sensitive, recorded_at)
      select 0, g.id, 1, g.type, ${freeSourceId}, g.body, ${source}, g.source_id, g.hash, g.tokens::text[], g.keys::text[], 'public', ${CATEGORY_OF.g}, ${at}
      from given g ${takenBefore} where not exists (select from known k where k.type = g.type and k.source_id = g.source_id))
    select g.type || '/' || g.source_id as key,
      case when k.hash is null then 'new' when k.hash = g.hash then 'unchanged' else 'changed' end as saved
    from given g left join known k on k.type = g.type and k.source_id = g.source_id`)
  return new Map(saved.map((row) => [row.key, row.saved]))
}
