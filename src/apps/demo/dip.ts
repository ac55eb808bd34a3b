import { madeDischarges } from '../../../sim/fund/discharges.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import { amountsOn, valueOn, type Rulebook } from '../../shapes/rulebook.ts'
import { insertDipYears } from '../../modules/fund/index.ts'
import { STAGE } from './accounts.ts'
import { COST_BY_DISEASE_FEN, STAY_BY_DISEASE } from './settled.ts'

// Invented stays a year: enough for groups of their own, few enough to stand in a second.
const HOSPITALS = [
  { org: STAGE.city, level: 3, stays: 420 },
  { org: STAGE.county, level: 2, stays: 320 },
] as const
// The catalogue is built from three years before the one that it prices.
// About what the fund books of an invented stay.
const FUND_SHARE = 0.65
const YEARS = [-3, -2, -1, 0]

/** Four years of invented discharges; the last one is priced, grouped and paid by month, and waits to be cleared. */
export const insertDip = async (
  tx: Tx,
  {
    rulebook,
    today,
    now,
    seed,
  }: { readonly rulebook: Rulebook; readonly today: Day; readonly now: Instant; readonly seed: string },
): Promise<number> => {
  await tx.run(sql`select platform.open_act(null, null, 'system', null)`)
  const year = Number(today.slice(0, 4)) - 1
  const { billNo, monthDay, days, diagnosis, zh } = STAY_BY_DISEASE
  const ofBill = { org: STAGE.county, number: billNo, dischargedOn: `${year}-${monthDay}`, diagnosis, zh, procedures: [], treatment: 'conservative' as const, days, costFen: COST_BY_DISEASE_FEN, claimedFen: Math.round(COST_BY_DISEASE_FEN * FUND_SHARE), ageYears: 66, comorbidity: null, illness: null, tumour: null, intensiveCareDays: null, sex: null, personCode: null, returnPlanned: false } // prettier-ignore
  const discharges = [...YEARS.flatMap((back) => madeDischarges(HOSPITALS, year + back, seed)), ofBill]
  return insertDipYears(tx, discharges, year, {
    policy: (id, by) => valueOn(rulebook, id, today, by),
    amounts: (id) => amountsOn(rulebook, id, today),
    rulebookHash: rulebook.hash,
    now,
    zh: '演示目录',
  })
}
