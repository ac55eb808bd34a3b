import type { OrgId } from '../../kernel/id.ts'
import { findInstitution, parentOf } from '../../modules/organisations/index.ts'
import { sql, type Database } from '../../platform/database/pool.ts'
import type { CarePlace } from '../import-fhir/persons-store.ts'
import { CliRefusal } from './cli-refusal.ts'

/** The clinic that imported people are to be cared for at. @throws CliRefusal when it is no village clinic of the region. */
export const carePlaceOf = async (database: Database, clinic: string): Promise<CarePlace> => {
  const institution = /^\d{1,18}$/.test(clinic) ? await findInstitution(database, clinic as OrgId) : null
  if (institution?.tier === 'village') return { clinic: institution.id, care: await parentOf(database, institution.id) }
  throw new CliRefusal({
    zh: `机构“${clinic}”不存在或不是村卫生室。请给出村卫生室的机构编号。`,
    en: `There is no village clinic “${clinic}”. Give the id of a village clinic.`,
  })
}

/** The clinic of the demo region's village doctor. @throws CliRefusal when the region is no demo. */
export const demoCarePlace = async (database: Database): Promise<CarePlace> => {
  const found = await database.row<{ org: OrgId }>(sql`select org_id as org from security.account
    where role = 'village-doctor' and disabled_at is null and org_id is not null
      and exists (select from platform.setting where name = 'demo' and value = 'on')
    order by created_at, id limit 1`)
  if (found) return carePlaceOf(database, found.org)
  throw new CliRefusal({
    zh: '这里没有演示区域的村医。请改用 --clinic <村卫生室编号>。',
    en: 'There is no village doctor of a demo region here. Use --clinic <id of a village clinic> instead.',
  })
}
