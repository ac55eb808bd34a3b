import { madeDischarges } from '../../../sim/fund/discharges.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { PersonId } from '../../kernel/id.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import { amountsOn, valueOn, type Rulebook } from '../../shapes/rulebook.ts'
import { insertDipYears, receivePages } from '../../modules/fund/index.ts'
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
  const cases = await insertDipYears(tx, discharges, year, {
    policy: (id, by) => valueOn(rulebook, id, today, by),
    amounts: (id) => amountsOn(rulebook, id, today),
    rulebookHash: rulebook.hash,
    now,
    zh: '演示目录',
  })
  await insertPages(tx, year, now)
  return cases
}

/** The front page of the stay that is grouped already, and two that wait: their bills are not settled, and one does not tell how it was treated. */
const insertPages = async (tx: Tx, year: number, now: Instant): Promise<void> => {
  const { billNo, monthDay, days, diagnosis, zh } = STAY_BY_DISEASE
  const bill = await tx.row<{ person: PersonId }>(sql`select person_id as person from settlement.bill where org_id = ${STAGE.county} and bill_no = ${billNo}`)
  if (!bill) return
  const stay = { org: STAGE.county, person: bill.person, page: { diagnosis, zh, procedures: [], days, totalFen: COST_BY_DISEASE_FEN, age: { ageYears: 66, ageDays: null }, sex: null, died: false } }
  const endoscopy = { ...stay.page, diagnosis: 'K29.500', zh: '慢性胃炎', procedures: [{ code: '44.1300', level: null }], totalFen: 312_000 }
  const pages = [
    { ...stay, record: '演示-首页-1', dischargedOn: `${year}-${monthDay}` as Day },
    { ...stay, record: '演示-首页-2', dischargedOn: `${year}-04-16` as Day },
    { ...stay, record: '演示-首页-3', dischargedOn: `${year}-05-20` as Day, page: endoscopy },
  ]
  await receivePages(tx, pages, now)
} // prettier-ignore
