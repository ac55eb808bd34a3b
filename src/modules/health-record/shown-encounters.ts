import type { Tx } from '../../platform/database/pool.ts'
import { institutionsOf } from '../organisations/index.ts'
import type { ShownEncounterBasis } from './contract.ts'
import type { NamedEncounter } from './news-store.ts'

/** Encounters by which institutions may see a record, as the person is told of them. */
export const shownEncounters = async (tx: Tx, found: readonly NamedEncounter[]): Promise<ShownEncounterBasis[]> => {
  const names = new Map((await institutionsOf(tx, [...new Set(found.map(({ org }) => org))])).map(({ id, name }) => [id, name]))
  return found.map(({ id, at, org, by }) => {
    const name = names.get(org)
    return { id, at, org, by, institution: name ? { zh: name.zh, en: name.en ?? null } : null }
  })
}
