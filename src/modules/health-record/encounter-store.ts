import type { Instant } from '../../kernel/clock.ts'
import type { PersonId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'

/** A finished encounter that names where it was and why: the institution's id, the first coded reason. */
export type FinishedEncounter = {
  readonly id: string
  readonly person: PersonId
  readonly provider: string
  readonly code: string
  readonly at: Instant
  /** When it was recorded, to the microsecond. */
  readonly mark: string
}

/** Encounters recorded after a moment that name an institution of the region and an ICD-10 code, the earliest first. */
export const finishedEncounters = (db: Queryable, after: { at: string; id: string } | null, limit: number): Promise<FinishedEncounter[]> =>
  db.rows<FinishedEncounter>(sql`select id, person_id as person, substring(body::jsonb #>> '{serviceProvider,reference}' from 'Organization/(\\d{1,18})$') as provider,
      body::jsonb #>> '{reasonCode,0,coding,0,code}' as code, coalesce(effective_at, recorded_at) as at, recorded_at::text as mark
    from health_record.resource
    where type = 'Encounter' and status = 'finished' and (${after === null} or (recorded_at, id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      and body::jsonb #>> '{serviceProvider,reference}' ~ '^Organization/\\d{1,18}$' and body::jsonb #>> '{reasonCode,0,coding,0,code}' ~ '^[A-Z]\\d'
    order by recorded_at, id limit ${limit}`)
