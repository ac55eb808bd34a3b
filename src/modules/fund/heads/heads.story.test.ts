import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import type { Actor } from '../../../platform/access.ts'
import { runChecks } from '../../../apps/checks.ts'
import { sql } from '../../../platform/database/pool.ts'

let house: TestHouse
let stage: Stage
const endings: (() => unknown)[] = []
const insurer = actor('insurer', null, '医保经办')
const second = actor('insurer', null, '医保复核')
const bureau = actor('health-bureau', null)
const manager = actor('consortium-manager', 'county')
const org = PLACES.county
const YUAN = 100
const PEOPLE = 1_000

before(async () => {
  house = await testHouse({ after: (work) => void endings.push(work as () => unknown) })
  stage = await setStage(house)
})
after(async () => {
  for (const end of endings.toReversed()) await end()
})

const lastYear = () => Number(stage.today.slice(0, 4)) - 1
const codes = async (name: Parameters<TestHouse['ask']>[0], who: Actor, input: object) => {
  const outcome = await house.ask(name, who, input)
  return outcome.ok ? 'done' : outcome.refusals.map(({ code }) => code).join()
}
const terms = (year: number, zh = '糖尿病门特签约患者') => ({
  org,
  year,
  zh,
  priceFen: 7_500 * YUAN,
  surplusKept: 10_000,
  overrunBorne: 10_000,
  basis: '按人头付费协议〔演示〕1 号',
})
const agreed = async (year: number, zh?: string): Promise<{ org: string; contract: string }> => {
  const { contract } = await house.done('fund.propose-heads', insurer, terms(year, zh))
  await house.done('fund.decide-heads', second, { org, contract, decision: 'agree', why: '条款核对无误' })
  return { org, contract }
}
const month = (at: number, joins: number, leaves: number, yuan: number) => ({
  month: at,
  joins,
  leaves,
  spendFen: yuan * YUAN,
  evidence: '门特结算月报〔演示〕',
})

describe('payment by the head', () => {
  test('a contract is proposed by one person of the insurer and decided by another, once for a group and year', async () => {
    const year = lastYear()
    assert.equal(await codes('fund.propose-heads', bureau, terms(year)), 'platform.role-may-not')
    assert.equal(await codes('fund.propose-heads', manager, terms(year)), 'platform.role-may-not')
    assert.equal(await codes('fund.propose-heads', insurer, { ...terms(year), org: '999999999999' }), 'fund.heads-of-nobody')
    const { contract } = await house.done('fund.propose-heads', insurer, terms(year))
    assert.equal(await codes('fund.propose-heads', second, terms(year)), 'fund.heads-already')
    assert.equal(await codes('fund.enter-heads', insurer, { org, contract, ...month(1, 1, 0, 0) }), 'fund.heads-not-running')
    const decide = { org, contract, why: '定额写错' }
    assert.equal(await codes('fund.decide-heads', insurer, { ...decide, decision: 'agree' }), 'fund.heads-second-person')
    assert.equal(await codes('fund.decide-heads', insurer, { ...decide, decision: 'return' }), 'fund.heads-second-person')
    await house.done('fund.decide-heads', second, { ...decide, decision: 'return' })
    assert.equal(await codes('fund.decide-heads', second, { ...decide, decision: 'agree' }), 'fund.heads-not-waiting')
    // What was returned makes room for a better one.
    await agreed(year)
  })

  test('1 000 people with diabetes at 6 000 of 7 500 yuan: 1.5 million are left and kept, closed by two people, and then nothing changes', async () => {
    const key = await agreed(lastYear(), '糖尿病患者（千人）')
    await house.done('fund.enter-heads', insurer, { ...key, ...month(1, PEOPLE, 0, 0) })
    for (let at = 1; at <= 12; at++) await house.done('fund.enter-heads', insurer, { ...key, ...month(at, 0, 0, 500 * PEOPLE) })
    assert.equal(await codes('fund.decide-heads', second, { ...key, decision: 'agree', why: '无' }), 'fund.heads-not-waiting')
    await house.done('fund.close-heads', insurer, key)
    assert.equal(await codes('fund.close-heads', insurer, key), 'fund.heads-not-running')
    assert.equal(await codes('fund.enter-heads', insurer, { ...key, ...month(12, 1, 0, 0) }), 'fund.heads-not-running')
    assert.equal(await codes('fund.decide-heads', insurer, { ...key, decision: 'agree', why: '无' }), 'fund.heads-second-person')
    await house.done('fund.decide-heads', second, { ...key, decision: 'return', why: '十二月费用待核' })
    await house.done('fund.close-heads', insurer, key)
    await house.done('fund.decide-heads', second, { ...key, decision: 'agree', why: '核对无误' })
    const one = await house.done('fund.head-contract', bureau, key)
    assert.deepEqual(
      [
        one.state,
        one.standing.headMonths,
        one.standing.paidFen,
        one.standing.spendFen,
        one.standing.keptFen,
        one.standing.backFen,
      ],
      ['closed', 12 * PEOPLE, 7_500_000 * YUAN, 6_000_000 * YUAN, 1_500_000 * YUAN, 0],
    )
    assert.deepEqual(one.standing.steps.at(-2).is, 1_500_000 * YUAN)
    assert.equal(await codes('fund.enter-heads', insurer, { ...key, ...month(12, 1, 0, 0) }), 'fund.heads-not-running')
    assert.equal(await codes('fund.close-heads', insurer, key), 'fund.heads-not-running')
  })

  test('what a closed contract leaves to its institution goes into the books of its consortium’s year once; an overrun it bears takes off', async () => {
    const year = lastYear()
    const of = { org, year }
    await house.done('fund.set-budget', insurer, { ...of, sources: { method: 'last-budget', lastFen: 100_000_000 * YUAN, growth: 0 } })
    // The group's care of 6 million stands in the books as its bills; the contract adds the 1.5 million that are kept.
    assert.deepEqual(await house.done('fund.take-up-spend', insurer, of), { transfers: 1, fen: 1_500_000 * YUAN })
    assert.deepEqual(await house.done('fund.take-up-spend', insurer, of), { transfers: 0, fen: 0 })
    const over = await agreed(year, '超支的人群')
    await house.done('fund.enter-heads', insurer, { ...over, ...month(1, 12, 0, 100_000) })
    await house.done('fund.close-heads', insurer, over)
    assert.deepEqual(await house.done('fund.take-up-spend', insurer, of), { transfers: 0, fen: 0 }, 'nothing before another person agrees')
    await house.done('fund.decide-heads', second, { ...over, decision: 'agree', why: '核对无误' })
    assert.deepEqual(await house.done('fund.take-up-spend', insurer, of), { transfers: 1, fen: -(100_000 - 12 * 7_500) * YUAN })
    const { transfers, months } = await house.done('fund.ledger', insurer, of)
    assert.deepEqual(
      transfers.filter(({ source }: { source: string }) => source === 'heads').map((one: { institution: { id?: string } | string; month: number }) => one.month),
      [12, 12],
    )
    assert.equal(months[11].insideFen, 1_490_000 * YUAN)
    const [booked] = transfers.filter(({ source }: { source: string }) => source === 'heads')
    assert.equal(await codes('fund.reverse', insurer, { org, transfer: booked.id, note: '演示' }), 'fund.not-reversible')
    assert.deepEqual((await runChecks(house.database)).filter(({ breaches }) => breaches > 0), []) // prettier-ignore
  }) // prettier-ignore

  test('a wrong entry is taken back once, by one of its own; what follows from it must be taken back first', async () => {
    const key = await agreed(lastYear(), '高血压签约患者')
    const { entry } = await house.done('fund.enter-heads', insurer, { ...key, ...month(2, 50, 0, 100) })
    const left = await house.done('fund.enter-heads', insurer, { ...key, ...month(5, 0, 20, 0) })
    const back = (of: string) => ({ ...key, entry: of, why: '名册重复' })
    assert.equal(await codes('fund.enter-heads', insurer, { ...key, ...month(4, 0, 31, 0) }), 'fund.heads-impossible')
    assert.equal(await codes('fund.enter-heads', insurer, { ...key, ...month(4, 0, 0, 0) }), 'fund.heads-nothing-entered')
    assert.equal(await codes('fund.take-back-heads', insurer, back(entry)), 'fund.heads-impossible')
    const both = await Promise.all([1, 2].map(() => codes('fund.take-back-heads', insurer, back(left.entry))))
    assert.deepEqual(both.toSorted(), ['done', 'fund.heads-already-back'])
    const reversal = await house.done('fund.take-back-heads', insurer, back(entry))
    assert.equal(await codes('fund.take-back-heads', insurer, back(reversal.entry)), 'fund.heads-already-back')
    const one = await house.done('fund.head-contract', insurer, key)
    assert.deepEqual([one.standing.paidFen, one.standing.spendFen, one.entries.length], [0, 0, 4])
    assert.ok(
      one.entries.every((each: { reverses: string | null; isReversed: boolean }) => each.reverses !== null || each.isReversed),
    )
  })

  test('of two who enter at once the months stay possible', async () => {
    const key = await agreed(lastYear(), '两人同时记账')
    await house.done('fund.enter-heads', insurer, { ...key, ...month(1, 10, 0, 0) })
    const both = await Promise.all(
      [insurer, second].map((who) => codes('fund.enter-heads', who, { ...key, ...month(3, 0, 6, 0) })),
    )
    assert.deepEqual(both.toSorted(), ['done', 'fund.heads-impossible'])
  })

  test('a year that runs is not closed, and a month that runs not entered', async () => {
    const key = await agreed(lastYear() + 1)
    assert.equal(await codes('fund.close-heads', insurer, key), 'fund.heads-year-not-over')
    assert.equal(await codes('fund.enter-heads', insurer, { ...key, ...month(12, 1, 0, 0) }), 'fund.heads-month-not-over')
  })

  test('an institution sees its own contracts, another one none; insurer and bureau see all', async () => {
    const year = lastYear()
    const other = actor('consortium-manager', 'countyTcm')
    const { contracts } = await house.done('fund.heads', manager, { year })
    assert.equal(contracts.length, 6)
    const key = { org, contract: contracts[0].contract }
    assert.deepEqual((await house.done('fund.heads', other, { year })).contracts, [])
    assert.equal(await codes('fund.head-contract', other, key), 'platform.not-found')
    assert.equal(await codes('fund.head-contract', manager, key), 'done')
    for (const who of [insurer, bureau]) assert.equal((await house.done('fund.heads', who, { year })).contracts.length, 6)
    assert.equal(await codes('fund.heads', stage.desk, { year }), 'platform.role-may-not')
  })

  test('the database itself lets nobody decide on an own proposal', async () => {
    const decided = house.database.run(sql`update fund.head_contract set decided_by = proposed_by where decided_by is not null`)
    await assert.rejects(decided, /check constraint/)
  })
})
