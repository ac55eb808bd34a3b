import { createHash } from 'node:crypto'
import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, OrgId, PersonId } from '../../kernel/id.ts'
import type { Basis } from '../record-access/index.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type { StoredResource } from './rules/build-package.ts'
import type { IndexRow } from './rules/choose-for-package.ts'
import type { IndexValues } from './resources/index-values.ts'
import type { ResourceIndex } from './rules/index-of-resource.ts'

/** What of a record a summary and a package are drawn from. */
const SUMMARY_TYPES = [
  'Condition',
  'MedicationRequest',
  'MedicationStatement',
  'Medication',
  'AllergyIntolerance',
  'Observation',
  'DiagnosticReport',
]

export const hashOf = (body: string): Buffer => createHash('sha256').update(body).digest()

/** The bodies of all that a summary shows, of one person under all of its ids. */
export const summaryBodies = async (db: Queryable, persons: readonly PersonId[]): Promise<string[]> =>
  (
    await db.rows<{ body: string }>(sql`select body from health_record.resource
      where person_id = any(${persons}) and type = any(${SUMMARY_TYPES})`)
  ).map(({ body }) => body)

/** The index rows of a record, without bodies. */
export const indexRows = (db: Queryable, persons: readonly PersonId[]): Promise<IndexRow[]> =>
  db.rows<IndexRow>(sql`select id, type, code_system as "codeSystem", code, status, effective_at as "effectiveAt"
    from health_record.resource where person_id = any(${persons}) and type = any(${SUMMARY_TYPES})`)

const stored = sql`id, type, source, source_id as "sourceId", body`

export const resourcesById = (db: Queryable, persons: readonly PersonId[], ids: readonly string[]): Promise<StoredResource[]> =>
  db.rows<StoredResource>(
    sql`select ${stored} from health_record.resource where person_id = any(${persons}) and id = any(${ids})`,
  )

export type Wanted = { readonly source: string; readonly type: string; readonly id: string }

/** What references of a record lead to within it: by the id of the source, or by our own. */
export const resourcesReferred = (
  db: Queryable,
  persons: readonly PersonId[],
  wanted: readonly Wanted[],
): Promise<StoredResource[]> =>
  db.rows<StoredResource>(sql`select distinct on (r.id) r.id, r.type, r.source, r.source_id as "sourceId", r.body
    from unnest(${wanted.map(({ source }) => source)}::text[], ${wanted.map(({ type }) => type)}::text[], ${wanted.map(({ id }) => id)}::text[]) as w(source, type, id)
    join health_record.resource r on r.person_id = any(${persons}) and r.source = w.source and (w.type = '' or r.type = w.type)
      and (r.source_id = w.id or r.id::text = w.id)
    where r.type <> 'Patient'`)

export type SavedPackage = {
  readonly id: string
  readonly version: number
  readonly body: string
  readonly hash: string
  readonly madeAt: Instant
}

/** Seals a package: it is only ever added, a later one of the same case has the next version. */
export const savePackage = (
  tx: Tx,
  fresh: { id: string; person: PersonId; caseId: string; body: string; hash: Buffer; at: Instant },
): Promise<number> =>
  tx.run(sql`insert into health_record.package (person_id, id, case_id, version, body, hash, made_at)
    select ${fresh.person}, ${fresh.id}, ${fresh.caseId}, coalesce(max(version), 0) + 1, ${fresh.body}, ${fresh.hash}, ${fresh.at}
    from health_record.package where person_id = ${fresh.person} and case_id = ${fresh.caseId}`)

/** The newest package of a case, as it was sealed; null when none has travelled. */
export const findPackage = (db: Queryable, person: PersonId, caseId: string): Promise<SavedPackage | null> =>
  db.row<SavedPackage>(sql`select id, version, body, encode(hash, 'hex') as hash, made_at as "madeAt" from health_record.package
    where person_id = ${person} and case_id = ${caseId} order by version desc limit 1`)

/** The package of a case as it stood at a moment: the last one sealed until then. */
export const findPackageAt = (db: Queryable, person: PersonId, caseId: string, at: Instant): Promise<SavedPackage | null> =>
  db.row<SavedPackage>(sql`select id, version, body, encode(hash, 'hex') as hash, made_at as "madeAt" from health_record.package
    where person_id = ${person} and case_id = ${caseId} and made_at <= ${at} order by version desc limit 1`)

/** Looking at these lists is not listed. */
const NOT_LISTED = [
  'health-record.reads',
  'record-access.questions-of',
  'record-access.emergencies-of',
  'record-access.represented',
]

/** How many sensitive entries of some persons are withheld from the open act. */
export const withheldOf = async (db: Queryable, persons: readonly PersonId[]): Promise<number> =>
  (
    await db.row<{ withheld: number }>(
      sql`select coalesce(sum(withheld), 0)::int as withheld from health_record.withheld(${persons}::bigint[])`,
    )
  )?.withheld ?? 0

export type ReadRow = {
  readonly id: string
  readonly at: Instant
  readonly role: string
  readonly org: OrgId
  readonly form: string
  readonly basis: string
  readonly lawful: Basis | null
  readonly purpose: string | null
  /** Looked at by the very account that asks. */
  readonly isYours: boolean
}

/** Who looked at a person's record, newest first; looking at this list is not listed. */
export const readsOf = (
  db: Queryable,
  persons: readonly PersonId[],
  page: { limit: number; after: string | null; account: AccountId | null },
): Promise<ReadRow[]> =>
  db.rows<ReadRow>(sql`select id, at, role, org_id as org, form, basis, lawful_basis as lawful, purpose,
      account_id is not distinct from ${page.account}::uuid as "isYours" from platform.audit
    where person_id = any(${persons}) and outcome = 'done' and (kind = 'query' or form in ('record-access.open-emergency', 'record-access.open-sensitive'))
      and form <> all (${NOT_LISTED})
      and (${page.after}::uuid is null
        or (at, id) < (select at, id from platform.audit where person_id = any(${persons}) and id = ${page.after}::uuid))
    order by at desc, id desc limit ${page.limit}`)

/** One resource as a source brings it, or as a doctor has just made it. */
export type NewResource = {
  readonly person: PersonId
  readonly id: string
  readonly type: string
  readonly sourceId: string | null
  readonly body: string
  readonly hash: Buffer
  readonly index: ResourceIndex
  /** What it can be searched by; without it a search looks at the resource itself. */
  readonly values?: IndexValues
  /** The institution whose own system it comes from; its staff reads it by that. Null or absent: nobody's. */
  readonly custodian?: OrgId | null
}

export const addResource = (tx: Tx, { person, id, type, body, hash, index }: NewResource, at: Instant): Promise<number> =>
  tx.run(sql`insert into health_record.resource (person_id, id, version, type, body, code_system, code, display, effective_at, status, source, hash, sensitive, recorded_at)
    values (${person}, ${id}, 1, ${type}, ${body}, ${index.codeSystem}, ${index.code}, ${index.display}, ${index.effectiveAt}, ${index.status},
      'jieli', ${hash}, coalesce(health_record.sensitive_category(${body}), ''), ${at})`)
