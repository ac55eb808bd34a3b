import { createHash } from 'node:crypto'
import type { Instant } from '../../kernel/clock.ts'
import type { PersonId } from '../../kernel/id.ts'
import { sql, type Queryable, type Sql, type Tx } from '../../platform/database/pool.ts'
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

const given = (rows: readonly NewResource[]): Sql => sql`given as materialized (
  select * from unnest(${rows.map(({ person }) => person)}::bigint[], ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ type }) => type)}::text[],
    ${rows.map(({ sourceId }) => sourceId)}::text[], ${rows.map(({ body }) => body)}::text[], ${rows.map(({ hash }) => hash)}::bytea[],
    ${rows.map(({ index }) => index.codeSystem)}::text[], ${rows.map(({ index }) => index.code)}::text[],
    ${rows.map(({ index }) => index.display)}::text[], ${rows.map(({ index }) => index.effectiveAt)}::timestamptz[],
    ${rows.map(({ index }) => index.status)}::text[])
  as g(person_id, id, type, source_id, body, hash, code_system, code, display, effective_at, status))`

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
  const saved = await tx.rows<{ key: string; saved: Saved }>(sql`with ${given(rows)},
    known as materialized (
      select r.person_id, r.id, r.version, r.body, r.hash, r.recorded_at, r.type, r.source_id from given g
      cross join lateral (select * from health_record.resource o
        where o.source = ${source} and o.type = g.type and o.source_id = g.source_id limit 1) r),
    changing as materialized (
      select g.*, k.id as known_id, k.version, k.body as old_body, k.recorded_at from given g
      join known k on k.person_id = g.person_id and k.type = g.type and k.source_id = g.source_id where k.hash <> g.hash),
    kept as (
      insert into health_record.resource_history (person_id, id, version, body, recorded_at)
      select person_id, known_id, version, old_body, recorded_at from changing),
    changed as (
      update health_record.resource r set version = c.version + 1, body = c.body, hash = c.hash, code_system = c.code_system, code = c.code,
        display = c.display, effective_at = c.effective_at, status = c.status, recorded_at = ${at}
      from changing c where r.person_id = c.person_id and r.id = c.known_id),
    added as (
      insert into health_record.resource (person_id, id, version, type, body, code_system, code, display, effective_at, status, source, source_id, hash, recorded_at)
      select person_id, id, 1, type, body, code_system, code, display, effective_at, status, ${source}, source_id, hash, ${at} from given g
      where not exists (select from known k where k.type = g.type and k.source_id = g.source_id))
    select g.type || '/' || g.source_id as key, case
      when k.id is null then 'new' when k.person_id <> g.person_id then 'changed-person'
      when k.hash = g.hash then 'unchanged' else 'changed' end as saved
    from given g left join known k on k.type = g.type and k.source_id = g.source_id`)
  return new Map(saved.map((row) => [row.key, row.saved]))
}

/** A resource of a source that is about no person. */
export type ReferenceResource = Pick<NewResource, 'type' | 'body' | 'hash'> & { readonly sourceId: string }

/** Brings in what is about no person: institutions, practitioners, places of the source; the newest body stands. */
export const saveReferenceResources = async (
  tx: Tx,
  source: string,
  rows: readonly ReferenceResource[],
  at: Instant,
): Promise<Map<string, Saved>> => {
  if (rows.length === 0) return new Map()
  const saved = await tx.rows<{ key: string; saved: Saved }>(sql`with given as materialized (
      select * from unnest(${rows.map(({ type }) => type)}::text[], ${rows.map(({ sourceId }) => sourceId)}::text[],
        ${rows.map(({ body }) => body)}::text[], ${rows.map(({ hash }) => hash)}::bytea[]) as g(type, source_id, body, hash)),
    known as materialized (
      select r.type, r.source_id, r.hash from given g
      cross join lateral (select * from health_record.reference_resource o
        where o.source = ${source} and o.type = g.type and o.source_id = g.source_id limit 1) r),
    written as (
      insert into health_record.reference_resource (source, type, source_id, body, hash, recorded_at)
      select ${source}, type, source_id, body, hash, ${at} from given
      on conflict (source, type, source_id) do update set body = excluded.body, hash = excluded.hash, recorded_at = excluded.recorded_at
        where reference_resource.hash <> excluded.hash)
    select g.type || '/' || g.source_id as key,
      case when k.hash is null then 'new' when k.hash = g.hash then 'unchanged' else 'changed' end as saved
    from given g left join known k on k.type = g.type and k.source_id = g.source_id`)
  return new Map(saved.map((row) => [row.key, row.saved]))
}
