import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { ROLES } from '../../platform/access.ts'
import type { Tx } from '../../platform/database/pool.ts'
import type { Rulebook } from '../../shapes/rulebook.ts'
import { PURPOSES } from './record-access.ts'
import * as store from './rules-store.ts'

const duty = z.object({
  id: z.string(),
  purpose: z.enum(PURPOSES),
  roles: z.array(z.enum(ROLES)),
  kinds: z.array(z.string()).nullable(),
})

const statutoryDuties = () =>
  z
    .object({ duties: z.array(duty) })
    .parse(
      JSON.parse(
        readFileSync(new URL('../../../rulebook/national/record-access/statutory-duties.json', import.meta.url), 'utf8'),
      ),
    ).duties

/** What the database asks when it decides who may read: the rulebook's dated numbers, the statutory duties, and the region's zone. */
export const takeAccessRules = async (tx: Tx, rulebook: Rulebook, zone: string): Promise<void> => {
  const lines = [...rulebook.entries.values()]
    .filter(({ id }) => id.startsWith('record-access.'))
    .flatMap(({ id, values }) => values.map(({ from, until, amounts }) => ({ id, from, until, value: amounts['value'] })))
  await store.lockRules(tx)
  await store.replaceLimits(tx, lines)
  await store.replaceDuties(tx, statutoryDuties())
  await store.saveZone(tx, zone)
}
