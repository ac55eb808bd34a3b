import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import type { Rulebook } from '../../shapes/rulebook.ts'
import type { ConsortiumSeed } from '../../../sim/region/types.ts'
import { insertCaseFacts } from './case-facts.ts'
import { insertFundMeasures } from './fund-measures.ts'
import { insertHeads } from './heads.ts'
import { insertWorkPoints } from './work-points.ts'

type Facts = {
  readonly rulebook: Rulebook
  readonly today: Day
  readonly now: Instant
  readonly county: OrgId
  readonly unit: OrgId
  readonly consortia: readonly ConsortiumSeed[]
}

/** What the pages of the fund beside its budget show: contracts by the head, work points, pathways of discharges that stand already, figures of measures. */
export const insertPaidWays = async (tx: Tx, { rulebook, today, now, county, unit, consortia }: Facts): Promise<void> => {
  await insertHeads(tx, { unit, county, today, now, rulebookHash: rulebook.hash })
  await insertWorkPoints(tx, { rulebook, county, unit, today, now })
  await insertCaseFacts(tx, { rulebook, today, now })
  await insertFundMeasures(tx, { org: county, consortia, today, now })
}
