import type { OrgId } from '../../../kernel/id.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import { institutionsOf, specialtyName } from '../../organisations/index.ts'

/** What institutions and specialties are called, for whoever reads the list. */
export const namesOf = async (tx: Queryable, orgs: readonly OrgId[], specialties: readonly string[]) => {
  const [places, services] = await Promise.all([
    institutionsOf(tx, [...new Set(orgs)]),
    Promise.all([...new Set(specialties)].map(async (code) => ({ code, name: await specialtyName(tx, code) }))),
  ])
  return {
    institutions: places.map(({ id, name }) => ({ id, name })),
    specialties: services.map(({ code, name }) => ({ code, name: name ?? { zh: code, en: code } })),
  }
}
export type Names = Awaited<ReturnType<typeof namesOf>>
