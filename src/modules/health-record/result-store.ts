import type { Instant } from '../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'

/** A report or a single result as it is kept, with who wrote it. */
export type StoredResult = { readonly id: string; readonly type: string; readonly body: string; readonly custodian: OrgId | null }

/** Reports and results of a person since a moment, newest first; only what the open act may read. */
export const resultsSince = (db: Queryable, persons: readonly PersonId[], since: Instant, limit: number): Promise<StoredResult[]> =>
  db.rows<StoredResult>(sql`select coalesce(fhir_id, id::text) as id, type, body, custodian_org as custodian from health_record.resource
    where person_id = any(${persons}) and type = any(${['DiagnosticReport', 'Observation']}) and effective_at >= ${since}
    order by effective_at desc limit ${limit}`)
