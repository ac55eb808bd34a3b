import type { PersonId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { ResourceIndex } from '../rules/index-of-resource.ts'
import type { IndexValues } from './index-values.ts'
import { versionColumns, type StoredVersion } from './read-store.ts'
import { listText } from './write-store.ts'

/** How far drawing anew is. */
export type Reindexing = {
  readonly afterPerson: string
  readonly afterId: string
  readonly seen: number
  readonly changed: number
  readonly isEnded: boolean
}

const columns = sql`after_person as "afterPerson", after_id as "afterId", seen::float8 as seen, changed::float8 as changed, ended_at is not null as "isEnded"`

/** Begins drawing anew by a definition, or goes on where it broke off; answers how far it was. One that has ended begins from the start. */
export const beginReindex = async (tx: Tx, definition: string): Promise<Reindexing> => {
  await tx.run(sql`insert into health_record.reindex as r (definition, begun_at) values (${definition}, platform.jieli_now())
    on conflict (definition) do update set (after_person, after_id, seen, changed, begun_at, ended_at) = row (0, default, 0, 0, platform.jieli_now(), null)
    where r.ended_at is not null`)
  return lockReindex(tx, definition)
}

/** How far it is, locked: two who draw anew take turns. */
export const lockReindex = async (tx: Tx, definition: string): Promise<Reindexing> =>
  (await tx.row<Reindexing>(
    sql`select ${columns} from health_record.reindex where definition = ${definition} for update`,
  )) as Reindexing

/** Notes how far it is. */
export const saveReindex = (tx: Tx, definition: string, now: Reindexing): Promise<number> =>
  tx.run(sql`update health_record.reindex set after_person = ${now.afterPerson}, after_id = ${now.afterId}, seen = ${now.seen}, changed = ${now.changed},
    ended_at = case when ${now.isEnded} then platform.jieli_now() end where definition = ${definition}`)

/** The next living resources behind a place, in the order of persons and ids. */
export const resourcesAfter = (db: Queryable, { afterPerson, afterId }: Reindexing, limit: number): Promise<StoredVersion[]> =>
  db.rows<StoredVersion>(sql`select ${versionColumns}, false as "isDeleted" from health_record.resource r
    where (r.person_id, r.id) > (${afterPerson}::bigint, ${afterId}::uuid) order by r.person_id, r.id limit ${limit}`)

/** What stands beside one version of a resource, drawn anew. */
export type Drawn = {
  readonly person: PersonId | '0'
  readonly id: string
  readonly version: number
  readonly index: ResourceIndex
  readonly values: IndexValues
}

/** Writes what was drawn where it differs, and only beside the very version that it was drawn from; answers how many changed. */
export const saveDrawn = (tx: Tx, rows: readonly Drawn[]): Promise<number> =>
  tx.run(sql`update health_record.resource r set tokens = w.tokens::text[], keys = w.keys::text[], code_system = w.code_system, code = w.code,
      display = w.display, effective_at = w.effective_at, status = w.status
    from unnest(${rows.map(({ person }) => person)}::bigint[], ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ version }) => version)}::integer[],
      ${rows.map(({ values }) => listText(values.tokens))}::text[], ${rows.map(({ values }) => (values.keys.length === 0 ? null : listText(values.keys)))}::text[],
      ${rows.map(({ index }) => index.codeSystem)}::text[], ${rows.map(({ index }) => index.code)}::text[], ${rows.map(({ index }) => index.display)}::text[],
      ${rows.map(({ index }) => index.effectiveAt)}::timestamptz[], ${rows.map(({ index }) => index.status)}::text[])
      as w (person_id, id, version, tokens, keys, code_system, code, display, effective_at, status)
    where r.person_id = w.person_id and r.id = w.id and r.version = w.version
      and (r.tokens, r.keys, r.code_system, r.code, r.display, r.effective_at, r.status)
        is distinct from (w.tokens::text[], w.keys::text[], w.code_system, w.code, w.display, w.effective_at, w.status)`)

/** A resource whose patient nobody knew when an institution wrote it. */
export type Waiting = { readonly id: string; readonly org: string; readonly body: string }

/** Those behind an id. */
export const waitingAfter = (db: Queryable, afterId: string, limit: number): Promise<Waiting[]> =>
  db.rows<Waiting>(sql`select r.id, r.custodian_org as org, r.body from health_record.resource r
    where r.person_id = 0 and r.reach = 'custodian' and r.custodian_org is not null and r.id > ${afterId}::uuid order by r.id limit ${limit}`)

/** A Patient who has come: whom it is about, and who keeps it. */
export type Come = { readonly person: PersonId; readonly patient: string; readonly org: string }

/** Which of some Patients are kept by the very institution that wrote of them. Those whose key was destroyed are left out. */
export const patientsKeptBy = (db: Queryable, wanted: readonly Omit<Come, 'person'>[]): Promise<Come[]> =>
  db.rows<Come>(sql`select distinct p.person_id as person, w.patient, w.org from unnest(${wanted.map(({ patient }) => patient)}::text[],
      ${wanted.map(({ org }) => org)}::bigint[]) as w (patient, org)
    join health_record.resource p on coalesce(p.fhir_id, p.id::text) = w.patient and p.type = 'Patient' and p.custodian_org = w.org and p.person_id > 0
    where exists (select from residents.person_key k where k.person_id = p.person_id) order by 1`)
