import type { OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'
import { openRecords } from '../residents/index.ts'

/** Bodies of open inpatient encounters at an institution: in progress, class IMP, its own stay. */
export const openStays = (db: Queryable, org: OrgId): Promise<{ person: PersonId; body: string }[]> =>
  db.rows<{ person: PersonId; body: string }>(sql`select person_id as person, body from health_record.resource
    where type = 'Encounter' and status = 'in-progress' and body::jsonb #>> '{class,code}' = 'IMP'
      and body::jsonb #>> '{serviceProvider,reference}' = ${`Organization/${org}`} order by effective_at, id`)

/** What down-referral criteria are decided from, of several persons at once: problems, medicines, measurements. */
export const summaryBodiesOf = async (db: Queryable, persons: readonly PersonId[]): Promise<{ person: PersonId; body: string }[]> => {
  await openRecords(db, persons)
  return db.rows<{ person: PersonId; body: string }>(sql`select person_id as person, body from health_record.resource
    where person_id = any(${persons}::bigint[])
      and type in ('Condition', 'MedicationRequest', 'MedicationStatement', 'Medication', 'Observation')`)
}
