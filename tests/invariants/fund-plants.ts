import { madeDischarges } from '../../sim/fund/discharges.ts'
import type { TestHouse } from '../harness/house.ts'
import { actorOf, PLACES } from './small-region.ts'

const BATCH = 500

/** A consortium's year that was filled by settled bills and closed; a year that was paid by disease and cleared. */
export const fundStory = async (house: TestHouse): Promise<void> => {
  const [insurer, second] = [actorOf('insurer', null), actorOf('insurer', null)]
  const of = { org: PLACES.countyHospital, year: 2024 }
  const why = { why: '演示' }
  await house.done('fund.set-budget', insurer, { ...of, sources: { method: 'last-budget', lastFen: 900_000_000, growth: 0 } })
  await house.done('fund.take-up-spend', insurer, of)
  for (const indicator of ['costGrowth', 'reimbursed', 'primaryVisits', 'fundInside', 'fundPrimary'])
    await house.done('fund.enter-indicator', insurer, {
      ...of,
      indicator,
      value: indicator === 'costGrowth' ? 0 : 7_000,
      evidence: '演示',
    })
  const members = [{ org: PLACES.countyHospital, workload: 7, quality: 3, heads: 1 }]
  const { close } = await house.done('fund.propose-close', insurer, { ...of, members })
  await house.done('fund.decide-close', second, { org: of.org, close, decision: 'approve', ...why })

  // A year that overran its budget.
  const over = { org: of.org, year: 2025 }
  await house.done('fund.set-budget', insurer, { ...over, sources: { method: 'last-budget', lastFen: 1_000_001, growth: 0 } })
  await house.done('fund.book', insurer, { ...over, month: 7, kind: 'outside', fen: 1_055_555 })
  for (const indicator of ['costGrowth', 'reimbursed', 'primaryVisits', 'fundInside', 'fundPrimary'])
    await house.done('fund.enter-indicator', insurer, { ...over, indicator, value: 7_000, evidence: '演示' })
  const overrun = await house.done('fund.propose-close', insurer, { ...over, members })
  await house.done('fund.decide-close', second, { org: of.org, close: overrun.close, decision: 'approve', ...why })

  // What the audits of the story bring back, in the year of their bills.
  await house.settle()
  const audited = { org: of.org, year: 2026 }
  await house.done('fund.set-budget', insurer, {
    ...audited,
    sources: { method: 'last-budget', lastFen: 900_000_000, growth: 0 },
  })
  await house.done('fund.take-up-spend', insurer, audited)

  const terms = {
    org: of.org,
    year: 2024,
    zh: '演示人群',
    priceFen: 750_000,
    surplusKept: 8_000,
    overrunBorne: 5_000,
    basis: '演示协议',
  }
  const heads = await house.done('fund.propose-heads', insurer, terms)
  await house.done('fund.decide-heads', second, { ...heads, decision: 'agree', ...why })
  const month = { ...heads, month: 1, joins: 7, leaves: 1, spendFen: 100_001, evidence: '演示月报' }
  const { entry } = await house.done('fund.enter-heads', insurer, month)
  await house.done('fund.take-back-heads', insurer, { ...heads, entry, why: '演示冲销' })
  await house.done('fund.enter-heads', insurer, month)
  await house.done('fund.close-heads', insurer, heads)
  await house.done('fund.decide-heads', second, { ...heads, decision: 'agree', ...why })
  await house.done('fund.take-up-spend', insurer, audited)

  const points = { org: of.org, year: 2024, wagesFen: 1_000_003, basis: '演示依据' }
  const workers = [
    { label: 'D-01', pool: 'doctors', points: { post: 300, drg: 701 } },
    { label: 'D-02', pool: 'doctors', points: { shift: 999 } },
    { label: 'N-01', pool: 'nursing', points: { shift: 500 } },
  ]
  const wages = await house.done('fund.propose-points', insurer, { ...points, workers })
  await house.done('fund.decide-points', second, { ...wages, decision: 'agree', ...why })

  const hospitals = [{ org: PLACES.countyHospital, level: 2, stays: 300 }]
  for (const year of [2021, 2022, 2023, 2024]) {
    const rows = madeDischarges(hospitals, year, 'plants')
    for (let at = 0; at < rows.length; at += BATCH)
      await house.done('fund.send-discharges', insurer, { discharges: rows.slice(at, at + BATCH) })
  }
  const { catalogue } = await house.done('fund.build-dip-catalogue', insurer, { year: 2024 })
  await house.done('fund.decide-dip-catalogue', second, { catalogue, decision: 'publish', ...why })
  await house.done('fund.group-discharges', insurer, { year: 2024, month: 12 })
  await house.done('fund.propose-dip-clearing', insurer, { year: 2024, fundFen: 123_456_789 })
}

/** What breaks the checks of the fund, as the owner of the tables could. */
export const FUND_PLANTS: Readonly<Record<string, string>> = {
  'noted-spend-is-what-the-bill-costs': `update fund.spend set fen = fen + 1, noted_at = noted_at - interval '9 days' where fen > 0`,
  'closed-year-is-paid-out-whole': `update fund.year_close set kept_fen = kept_fen - 1 where kept_fen > 0`,
  'cleared-year-sums-to-its-fund': `update fund.dip_cleared set due_fen = due_fen + 1`,
  'heads-close-as-their-entries-say': `update fund.head_contract set result = jsonb_set(result, '{keptFen}', to_jsonb((result->>'keptFen')::bigint + 1)) where state = 'closed'`,
  'wages-by-points-are-paid-out-whole': `update fund.point_line set fen = fen + 1 where label = 'N-01'`,
  'taken-up-spend-is-what-bills-cost': `update fund.transfer set fen = array[fen[1] - 1, fen[2] + 1], booked_at = booked_at + interval '9 days' where source = 'settled'`,
  'heads-flow-into-the-budget-once': `update fund.head_contract set result = jsonb_set(result, '{borneFen}', to_jsonb((result->>'borneFen')::bigint + 1)) where state = 'closed'`,
  'audits-flow-into-the-budget-once': `update fund.recovery set fen = fen + 1, noted_at = noted_at - interval '9 days'`,
  'scored-case-is-of-the-published-catalogue': `update fund.dip_catalogue set state = 'dropped'`,
}
