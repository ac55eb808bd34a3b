import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import { newId, type OrgId } from '../../kernel/id.ts'
import { assert } from '../../kernel/assert.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { headBooks, headResult, type HeadContract, type HeadEntry } from '../../modules/fund/index.ts'

const MONTHS = 12
const YUAN = 100
const MONTH_AT = 5
// 天津 as 央视 tells it: 7 500 yuan a patient and year, some 6 000 spent. Everything else is invented.
const PRICE_FEN = 7_500 * YUAN
const PEOPLE = 1_000
const SPENT_A_MONTH_FEN = 500 * YUAN
// Spend of the months of the year that runs, hundredths of the usual.
const SHAPE = [104, 97, 101, 99, 98, 100, 102, 96, 99, 101, 103, 100] as const
const HUNDRED = 100

type Facts = {
  readonly unit: OrgId
  readonly county: OrgId
  readonly today: Day
  readonly now: Instant
  readonly rulebookHash: string
}

const contractOf = (org: OrgId, year: number, zh: string, en: string, now: Instant): HeadContract => ({
  org,
  id: newId(),
  year,
  zh,
  en,
  priceFen: PRICE_FEN,
  surplusKept: 10_000,
  overrunBorne: 10_000,
  basis: '合成数据:按人头付费协议(演示),定额取天津公开的每人每年 7 500 元',
  state: 'proposed',
  proposedBy: null,
  proposedAt: now,
  decidedAt: null,
  decidedBecause: null,
  result: null,
  closeProposedBy: null,
  closeDecidedAt: null,
  closeBecause: null,
})

/** Invented contracts by the head: last year's of the township unit closed, this year's running, one of the county hospital waiting. */
export const insertHeads = async (tx: Tx, { unit, county, today, now, rulebookHash }: Facts): Promise<number> => {
  const year = Number(today.slice(0, MONTH_AT - 1))
  const whole = Number(today.slice(MONTH_AT, MONTH_AT + 2)) - 1
  const decide = (one: HeadContract, from: 'proposed' | 'closing', state: 'running' | 'closed') =>
    headBooks.decideContract(tx, { org: one.org, id: one.id, from, state, by: null, at: now, why: '合成数据:核对无误(演示)' })
  const enter = async (
    one: HeadContract,
    month: number,
    of: Pick<HeadEntry, 'joins' | 'leaves' | 'spendFen'>,
  ): Promise<HeadEntry> => {
    const entry = { ...of, org: one.org, id: newId(), contract: one.id, month, evidence: `合成数据:${one.year} 年 ${month} 月名册与结算月报(演示)`, reverses: null, by: null, at: now } // prettier-ignore
    assert(await headBooks.saveEntry(tx, entry), 'an entry of the demo is new')
    return entry
  }
  const past = contractOf(unit, year - 1, '糖尿病门特签约患者', 'People with diabetes, contracted', now)
  const running = contractOf(unit, year, '糖尿病门特签约患者', 'People with diabetes, contracted', now)
  const waiting = contractOf(county, year, '透析患者', 'People on dialysis', now)
  for (const one of [past, running, waiting]) assert(await headBooks.saveContract(tx, one), 'a contract of the demo is new')
  await decide(past, 'proposed', 'running')
  await decide(running, 'proposed', 'running')
  const entries: HeadEntry[] = []
  for (let month = 1; month <= MONTHS; month++)
    entries.push(await enter(past, month, { joins: month === 1 ? PEOPLE : 0, leaves: 0, spendFen: PEOPLE * SPENT_A_MONTH_FEN }))
  await headBooks.proposeClose(tx, {
    org: unit,
    id: past.id,
    result: headResult(past, entries, MONTHS),
    hash: rulebookHash,
    by: null,
    at: now,
  })
  await decide(past, 'closing', 'closed')
  for (let month = 1; month <= whole; month++)
    await enter(running, month, {
      joins: month === 1 ? PEOPLE : 2 * month,
      leaves: month === 1 ? 0 : month,
      spendFen: Math.round((PEOPLE * SPENT_A_MONTH_FEN * (SHAPE[month - 1] ?? HUNDRED)) / HUNDRED),
    })
  return entries.length
}
