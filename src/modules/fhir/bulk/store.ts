import { gunzipSync, gzipSync } from 'node:zlib'
import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, PersonId } from '../../../kernel/id.ts'
import type { Cipher } from '../../../platform/cipher.ts'
import { join, sql, type Queryable, type Sql, type Tx } from '../../../platform/database/pool.ts'
import { versionColumns, type StoredVersion } from '../../health-record/index.ts'
import type { BulkJob, ExportCursor, ImportCursor, Part } from './job.ts'

const jobColumns = sql`j.org_id as org, j.id, j.kind, j.state, j.account_id as account, j.caller, j.request, j.input, j.cursor, j.wrapped_key as "wrappedKey",
  j.persons, j.total, j.done, j.faults, j.asked_at as "askedAt", j.ended_at as "endedAt", j.expires_at as "expiresAt"`

/** Keeps a new job; the same key of the same account again answers the job that it began. */
export const saveJob = async (
  tx: Tx,
  job: Omit<BulkJob, 'done' | 'faults' | 'endedAt'>,
  key: string | null,
): Promise<{ id: string; isNew: boolean }> => {
  const made = await tx.row<{ id: string }>(sql`insert into health_record.bulk_job
      (org_id, id, kind, state, account_id, caller, request, input, cursor, idempotency_key, wrapped_key, persons, total, asked_at, expires_at)
    values (${job.org}, ${job.id}, ${job.kind}, ${job.state}, ${job.account}, ${JSON.stringify(job.caller)}, ${job.request}, ${JSON.stringify(job.input)},
      ${JSON.stringify(job.cursor)}, ${key}, ${job.wrappedKey}, ${job.persons}, ${job.total}, ${job.askedAt}, ${job.expiresAt})
    on conflict (org_id, account_id, idempotency_key) do nothing returning id`)
  if (made) return { id: made.id, isNew: true }
  const known = await tx.row<{ id: string }>(sql`select id from health_record.bulk_job
    where org_id = ${job.org} and account_id = ${job.account} and idempotency_key = ${key}`)
  return { id: (known as { id: string }).id, isNew: false }
}

/** A job that the open act sees. */
export const findJob = (db: Queryable, id: string): Promise<BulkJob | null> =>
  db.row<BulkJob>(
    sql`select ${jobColumns} from health_record.bulk_job j where j.id = ${id} and j.expires_at > platform.jieli_now()`,
  )

/** Jobs that the open act sees, the newest first. */
export const jobsSeen = (db: Queryable, limit: number): Promise<BulkJob[]> =>
  db.rows<BulkJob>(
    sql`select ${jobColumns} from health_record.bulk_job j where j.expires_at > platform.jieli_now() order by j.asked_at desc limit ${limit}`,
  )

/** Takes a job under work for a while; the others leave it alone until the lease ends. */
export const claimJob = (db: Queryable, leaseMs: number): Promise<BulkJob | null> =>
  db.row<BulkJob>(sql`update health_record.bulk_job j set leased_until = now() + ${leaseMs} * interval '1 millisecond'
    from (select o.org_id, o.id from health_record.bulk_job o where o.state = 'running' and coalesce(o.leased_until, '-infinity') <= now()
      order by o.asked_at limit 1 for update skip locked) c
    where j.org_id = c.org_id and j.id = c.id returning ${jobColumns}`)

/** Gives a job back, so that it is taken up at once. */
export const releaseJob = (db: Queryable, { org, id }: BulkJob): Promise<number> =>
  db.run(sql`update health_record.bulk_job set leased_until = null where org_id = ${org} and id = ${id}`)

/** The job as it stands now, locked for a step; null when it was deleted or is no longer under work. */
export const lockJob = (tx: Tx, { org, id }: BulkJob, leaseMs: number): Promise<BulkJob | null> =>
  tx.row<BulkJob>(sql`update health_record.bulk_job j set leased_until = now() + ${leaseMs} * interval '1 millisecond'
    where j.org_id = ${org} and j.id = ${id} and j.state = 'running' returning ${jobColumns}`)

/** Notes how far a job is; `endedAt` ends it. */
export const saveProgress = (
  tx: Tx,
  { org, id }: BulkJob,
  on: { cursor: ExportCursor | ImportCursor; done: number; faults: number; endedAt: Instant | null },
): Promise<number> =>
  tx.run(sql`update health_record.bulk_job set cursor = ${JSON.stringify(on.cursor)}, done = done + ${on.done}, faults = faults + ${on.faults},
      ended_at = ${on.endedAt}, state = case when ${on.endedAt}::timestamptz is null then 'running' else 'done' end
    where org_id = ${org} and id = ${id}`)

/** A second person agrees; 0 when it was agreed to already or is gone. */
export const approveJob = (tx: Tx, id: string, by: AccountId, at: Instant): Promise<number> =>
  tx.run(sql`update health_record.bulk_job set state = 'running', approved_by = ${by}, approved_at = ${at}
    where id = ${id} and state = 'awaiting-approval' and account_id <> ${by}`)

export const deleteJob = (tx: Tx, { org, id }: BulkJob): Promise<number> =>
  tx.run(sql`delete from health_record.bulk_job where org_id = ${org} and id = ${id}`)

/** Removes jobs and files whose time has passed. */
export const deleteExpired = (db: Queryable): Promise<number> =>
  db.run(sql`delete from health_record.bulk_job where expires_at <= platform.jieli_now()`)

/** Adds parts behind those that a job has. */
export const addParts = async (
  tx: Tx,
  { org, id, wrappedKey }: Pick<BulkJob, 'org' | 'id' | 'wrappedKey'>,
  cipher: Cipher,
  parts: readonly Part[],
): Promise<void> => {
  if (parts.length === 0) return
  const from =
    (
      await tx.row<{ nr: number }>(
        sql`select coalesce(max(nr), 0)::integer as nr from health_record.bulk_part where org_id = ${org} and job_id = ${id}`,
      )
    )?.nr ?? 0
  const values = parts.map(({ kind, type, lines }, at): Sql => {
    const text = lines.map((line) => `${line}\n`).join('')
    const body = cipher.encrypt(wrappedKey, gzipSync(text).toString('base64'))
    return sql`(${org}::bigint, ${id}::uuid, ${from + at + 1}::integer, ${kind}, ${type}, ${lines.length}::integer, ${Buffer.byteLength(text)}::integer, ${body}::bytea)`
  })
  await tx.run(
    sql`insert into health_record.bulk_part (org_id, job_id, nr, kind, type, lines, bytes, body) values ${join(values, ', ')}`,
  )
}

/** What a file is made of, without its text. */
export type PartHead = {
  readonly nr: number
  readonly kind: Part['kind']
  readonly type: string
  readonly lines: number
  readonly bytes: number
}

export const partHeads = (db: Queryable, { org, id }: BulkJob): Promise<PartHead[]> =>
  db.rows<PartHead>(
    sql`select nr, kind, type, lines, bytes from health_record.bulk_part where org_id = ${org} and job_id = ${id} order by nr`,
  )

/** The text of one part; null when there is none of that number. */
export const partText = async (
  db: Queryable,
  { org, id, wrappedKey }: BulkJob,
  cipher: Cipher,
  nr: number,
): Promise<string | null> => {
  const row = await db.row<{ body: Buffer }>(
    sql`select body from health_record.bulk_part where org_id = ${org} and job_id = ${id} and nr = ${nr}`,
  )
  return row && gunzipSync(Buffer.from(cipher.decrypt(wrappedKey, row.body), 'base64')).toString('utf8')
}

export const deletePart = (tx: Tx, { org, id }: BulkJob, nr: number): Promise<number> =>
  tx.run(sql`delete from health_record.bulk_part where org_id = ${org} and job_id = ${id} and nr = ${nr}`)

/** The first input part from a number on. */
export const nextInput = (db: Queryable, { org, id }: BulkJob, from: number): Promise<{ nr: number; type: string } | null> =>
  db.row(
    sql`select nr, type from health_record.bulk_part where org_id = ${org} and job_id = ${id} and kind = 'input' and nr >= ${from} order by nr limit 1`,
  )

/** Persons of whom an export may have something to say, behind a number. */
export const candidates = async (db: Queryable, org: string | null, after: string, limit: number): Promise<PersonId[]> =>
  (
    await db.rows<{ person: PersonId }>(
      sql`select person_id as person from health_record.export_candidates(${org}::bigint, ${after}::bigint, ${limit})`,
    )
  ).map(({ person }) => person)

export const countCandidates = async (db: Queryable, org: string | null, most: number): Promise<number> =>
  (await db.row<{ persons: number }>(sql`select health_record.count_export_candidates(${org}::bigint, ${most}) as persons`))
    ?.persons ?? 0

/** The type under which parts with what was deleted are kept; no resource has it. */
export const DELETED = 'deleted'

/** Of some persons those of whom a Patient is stored. */
export const personsWithPatient = async (db: Queryable, persons: readonly PersonId[]): Promise<Set<PersonId>> =>
  new Set(
    (
      await db.rows<{ person: PersonId }>(
        sql`select distinct r.person_id as person from health_record.resource r where r.person_id = any(${persons}::bigint[]) and r.type = 'Patient'`,
      )
    ).map(({ person }) => person),
  )

/** What was deleted of some persons (0: of nobody) since a time and is not there again, as far as the open act sees it. */
export const deletedOf = (
  db: Queryable,
  persons: readonly string[],
  wish: Wanted,
): Promise<{ type: string; fhirId: string; person: string }[]> =>
  wish.since === null
    ? Promise.resolve([])
    : db.rows(sql`select distinct r.type, coalesce(r.fhir_id, r.id::text) as "fhirId", r.person_id as person from health_record.resource_history r
    where r.person_id = any(${persons}::bigint[]) and r.is_deleted and ${wanted(wish)}
      and not exists (select from health_record.resource n where n.person_id = r.person_id and n.id = r.id)
    order by 1, 2`)

/** What an export wants of resources: their types, and since when. */
export type Wanted = { readonly types: readonly string[] | null; readonly since: Instant | null }

const wanted = ({ types, since }: Wanted): Sql =>
  sql`(${types}::text[] is null or r.type = any(${types}::text[])) and (${since}::timestamptz is null or r.recorded_at > ${since}::timestamptz)`

/** Resources of persons that the open act sees, behind a place in the order of persons and ids. */
export const resourcesBehind = (
  db: Queryable,
  persons: readonly PersonId[],
  wish: Wanted,
  after: { person: string; id: string },
  limit: number,
): Promise<StoredVersion[]> =>
  db.rows<StoredVersion>(sql`select ${versionColumns}, false as "isDeleted" from health_record.resource r
    where r.person_id = any(${persons}::bigint[]) and (r.person_id, r.id) > (${after.person}::bigint, ${after.id}::uuid) and ${wanted(wish)}
    order by r.person_id, r.id limit ${limit}`)

/** The same of what is about nobody who is known here. */
export const resourcesOfNobody = (db: Queryable, wish: Wanted, after: string, limit: number): Promise<StoredVersion[]> =>
  db.rows<StoredVersion>(sql`select ${versionColumns}, false as "isDeleted" from health_record.resource r
    where r.person_id = 0 and r.id > ${after}::uuid and ${wanted(wish)} order by r.id limit ${limit}`)
