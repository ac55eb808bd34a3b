import { asSystem } from '../platform/database/as-system.ts'
import type { Database } from '../platform/database/pool.ts'
import { loadCatalogue } from '../modules/navigation/index.ts'
import { loadSpecialties } from '../modules/organisations/index.ts'

/** Puts the specialties and the catalogue of conditions that this release ships into the database, where they are newer. */
export const loadKnowledge = (database: Database): Promise<void> =>
  asSystem(database).transaction(async (tx) => {
    await loadSpecialties(tx)
    await loadCatalogue(tx)
  })
