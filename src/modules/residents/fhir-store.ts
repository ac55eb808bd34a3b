import type { OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'
import { personColumns, type Person } from './store.ts'

/** The persons whom an institution cares for, in the order of their keys: those whom the index shows it without naming anybody. */
export const personsOfInstitution = (
  db: Queryable,
  org: OrgId,
  page: { readonly limit: number; readonly after: PersonId | null },
): Promise<Person[]> =>
  db.rows<Person>(sql`select ${personColumns} where (p.clinic_org_id = ${org} or p.care_org_id = ${org}) and p.merged_into is null and p.erased_at is null
    and p.person_id > ${page.after ?? '0'} order by p.person_id limit ${page.limit}`)
