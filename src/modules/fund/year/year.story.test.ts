import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { settleByExample, stayOf } from '../../../../tests/harness/settling.ts'
import { actor, PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { databaseNow, sql } from '../../../platform/database/pool.ts'
import { areaClaim, bookOfArea, settleBatch } from '../../settlement/index.ts'

let house: TestHouse
let stage: Stage
let person: PersonId
const endings: (() => unknown)[] = []
const insurer = actor('insurer', null, '医保经办甲')
const second = actor('insurer', null, '医保经办乙')
const manager = actor('consortium-manager', 'county', '县医院管理员')
const cityManager = actor('consortium-manager', 'city', '市医院管理员')
const system = actor('system', null)
const YEAR = 2024
const BUDGET_FEN = 10_000_000
const of = { org: PLACES.county, year: YEAR }

before(async () => {
  const t = { after: (work: () => unknown) => void endings.push(work) }
  settleByExample(t)
  house = await testHouse(t)
  stage = await setStage(house)
  person = await stage.person('演示参保人', '1960-05-06')
  await house.database.run(sql`update residents.person set insurance = 'resident' where person_id = ${person}`)
})
after(async () => {
  for (const end of endings.toReversed()) await end()
})

const codes = async (name: Parameters<TestHouse['ask']>[0], who: typeof insurer, input: object) => {
  const outcome = await house.ask(name, who, input)
  return outcome.ok ? 'done' : outcome.refusals.map(({ code }) => code).join()
}
const settle = async (billNo: string, units: number, day: string): Promise<{ org: string; bill: string; fundFen: number }> => {
  const made = await house.done('settlement.settle', stage.familyDoctor, stayOf(person, billNo, units, { day }))
  await house.settle()
  return { org: made.org, bill: made.bill, fundFen: made.settlement.fundFen }
}
const inside = async (month: number): Promise<number> =>
  (await house.done('fund.ledger', insurer, of)).months[month - 1].insideFen

describe('a consortium’s year', () => {
  test('spend flows in from settled bills, also those from before the budget was set, once each', async () => {
    const march = await settle('Y-1', 105, '2024-03-05')
    assert.equal(await codes('fund.take-up-spend', insurer, of), 'fund.no-budget')
    await house.done('fund.set-budget', insurer, { ...of, sources: { method: 'last-budget', lastFen: BUDGET_FEN, growth: 0 } })
    const taken = await house.done('fund.take-up-spend', insurer, of)
    assert.deepEqual(taken, { transfers: 1, fen: march.fundFen })
    assert.equal(await inside(3), march.fundFen)
    for (const _again of [1, 2]) await house.done('fund.note-spend', system, { org: march.org, bill: march.bill })
    assert.deepEqual(await house.done('fund.take-up-spend', insurer, of), { transfers: 0, fen: 0 })
    assert.equal(await codes('fund.note-spend', insurer, { org: march.org, bill: march.bill }), 'platform.role-may-not')
  })

  test('a reversed bill is taken back in the books; what was taken up is not taken back by hand', async () => {
    const april = await settle('Y-2', 60, '2024-04-05')
    await house.done('fund.take-up-spend', insurer, of)
    assert.equal(await inside(4), april.fundFen)
    const { transfers } = await house.done('fund.ledger', insurer, of)
    const settled = transfers.find(
      ({ source, month }: { source: string | null; month: number }) => source === 'settled' && month === 4,
    )
    assert.equal(
      await codes('fund.reverse', insurer, { org: PLACES.county, transfer: settled.id, note: '演示' }),
      'fund.not-reversible',
    )
    await house.done('settlement.reverse', stage.familyDoctor, { org: april.org, bill: april.bill, reason: '演示:录入有误' })
    await house.settle()
    assert.equal((await house.done('fund.take-up-spend', insurer, of)).fen, -april.fundFen)
    assert.equal(await inside(4), 0)
  })

  test('who moves away takes no old bill along: its reversal comes back to the budget that paid it', async () => {
    const may = await settle('Y-3', 70, '2024-05-05')
    await house.done('fund.take-up-spend', insurer, of)
    assert.equal(await inside(5), may.fundFen)
    await house.database.run(sql`update residents.person set village = null where person_id = ${person}`)
    await house.done('settlement.reverse', stage.familyDoctor, { org: may.org, bill: may.bill, reason: '演示:录入有误' })
    await house.settle()
    await house.done('fund.take-up-spend', insurer, of)
    assert.equal(await inside(5), 0)
    await house.database.run(sql`update residents.person set village = '430321100201' where person_id = ${person}`)
  })

  test('bills of a batch tell the fund as those of a desk do', async () => {
    const book = await bookOfArea('example', 'residents')
    assert.ok(book)
    const { claim } = stayOf(person, 'Y-BATCH', 105, { day: '2024-06-05', level: 'level2' })
    await house.database.transaction(async (tx) => {
      await tx.run(sql`select platform.open_act(null, null, 'system', null)`)
      const at = { now: await databaseNow(tx), today: stage.today }
      await settleBatch(tx, book, [{ org: PLACES.county as OrgId, person, billNo: 'Y-BATCH', claim: areaClaim.parse(claim) }], at)
    })
    await house.settle()
    const taken = await house.done('fund.take-up-spend', insurer, of)
    assert.ok(taken.fen > 0)
    assert.deepEqual([taken.transfers, await inside(6)], [1, taken.fen])
  })

  test('what differs is also taken up by night, by itself', async () => {
    const today = stage.today
    const now = { org: PLACES.county, year: Number(today.slice(0, 4)) }
    await house.done('fund.set-budget', insurer, { ...now, sources: { method: 'last-budget', lastFen: BUDGET_FEN, growth: 0 } })
    await house.database.run(sql`insert into fund.spend (org_id, bill_org, bill_id, year, month, institution_id, fen, noted_at)
      values (${PLACES.county}, ${PLACES.township}, gen_random_uuid(), ${now.year}, 1, null, 777, now())`)
    await house.later(30)
    const { months } = await house.done('fund.ledger', insurer, now)
    assert.equal(months[0].outsideFen, 777)
  })

  test('a year is closed by two people: assessed with evidence, split among members to the fen, and stays', async () => {
    const members = [
      { org: PLACES.county, workload: 600, quality: 90, heads: 0 },
      { org: PLACES.township, workload: 301, quality: 80, heads: 1_200 },
      { org: PLACES.village, workload: 100, quality: 75, heads: 333 },
    ]
    assert.equal(await codes('fund.propose-close', insurer, { ...of, members }), 'fund.not-assessed')
    assert.equal(
      await codes('fund.enter-indicator', manager, { ...of, indicator: 'costGrowth', value: 0, evidence: '演示' }),
      'platform.role-may-not',
    )
    const values = { costGrowth: 700, reimbursed: 6_800, primaryVisits: 6_600, fundInside: 8_000, fundPrimary: 2_900 }
    for (const [indicator, value] of Object.entries(values))
      await house.done('fund.enter-indicator', insurer, { ...of, indicator, value, evidence: '演示:卫生统计年报' })
    await house.done('fund.enter-indicator', insurer, { ...of, indicator: 'fundInside', value: 8_400, evidence: '演示:更正' })
    const { assessment, indicators } = await house.done('fund.year-end', manager, of)
    assert.deepEqual(assessment.missing, [])
    assert.equal(indicators.find(({ name }: { name: string }) => name === 'fundInside').evidence, '演示:更正')
    // 20 × (0.8 + 0.9 + 1 + 0.96 + 0.9333) of 100.
    assert.equal(assessment.score, 9_187)
    const outsider = [{ org: PLACES.city, workload: 1, quality: 1, heads: 1 }]
    assert.equal(await codes('fund.propose-close', insurer, { ...of, members: outsider }), 'fund.not-a-member')
    const nothing = members.map(({ org }) => ({ org, workload: 0, quality: 0, heads: 0 }))
    assert.equal(await codes('fund.propose-close', insurer, { ...of, members: nothing }), 'fund.nobody-did-anything')
    const proposed = await house.done('fund.propose-close', insurer, { ...of, members })
    assert.equal(await codes('fund.propose-close', insurer, { ...of, members }), 'fund.close-open')
    const word = { org: PLACES.county, close: proposed.close }
    assert.equal(await codes('fund.object-to-close', cityManager, { ...word, why: '不归我管' }), 'platform.not-found')
    await house.done('fund.object-to-close', manager, { ...word, why: '乡镇工作量少计了十二月' })
    assert.equal(
      await codes('fund.decide-close', insurer, { ...word, decision: 'approve', why: '同意' }),
      'fund.second-person-decides',
    )
    await house.done('fund.book', insurer, { ...of, month: 5, kind: 'outside', fen: 1_000 })
    assert.equal(await codes('fund.decide-close', second, { ...word, decision: 'approve', why: '同意' }), 'fund.books-moved')
    await house.done('fund.decide-close', second, { ...word, decision: 'return', why: '账本有变动' })
    const again = await house.done('fund.propose-close', insurer, { ...of, members })
    await house.done('fund.decide-close', second, {
      org: PLACES.county,
      close: again.close,
      decision: 'approve',
      why: '核对无误',
    })
    const { close } = await house.done('fund.year-end', manager, of)
    assert.equal(close.state, 'decided')
    assert.equal(close.keptFen, close.budgetFen - close.spentFen)
    assert.equal(
      close.parts.reduce((sum: number, { fen }: { fen: number }) => sum + fen, 0),
      close.keptFen,
    )
    for (const [name, input] of [
      ['fund.book', { ...of, month: 6, kind: 'outside', fen: 1 }],
      ['fund.take-up-spend', of],
      ['fund.enter-indicator', { ...of, indicator: 'costGrowth', value: 1, evidence: '演示' }],
      ['fund.propose-close', { ...of, members }],
    ] as const)
      assert.equal(await codes(name, insurer, input), 'fund.year-closed', name)
  })

  test('an overrun: the pool bears its brackets and the consortium the rest, nothing is kept or split', async () => {
    const year = { org: PLACES.county, year: YEAR - 2 }
    await house.done('fund.set-budget', insurer, { ...year, sources: { method: 'last-budget', lastFen: BUDGET_FEN, growth: 0 } })
    // Four of a hundred above the budget: 2 % in the first bracket, 2 % in the second.
    await house.done('fund.book', insurer, { ...year, month: 3, kind: 'outside', fen: 10_400_000 })
    await house.done('fund.book', insurer, { ...year, month: 4, kind: 'inside', institution: PLACES.county, fen: 100_000 })
    await house.done('fund.book', insurer, { ...year, month: 4, kind: 'deduct', institution: PLACES.county, fen: 100_000 })
    await house.done('fund.book', insurer, { ...year, month: 5, kind: 'prepay', fen: 9_000_000 })
    const wrong = await house.done('fund.book', insurer, { ...year, month: 6, kind: 'outside', fen: 77 })
    await house.done('fund.reverse', insurer, { org: year.org, transfer: wrong.transfer, note: '演示:重复' })
    for (const indicator of ['costGrowth', 'reimbursed', 'primaryVisits', 'fundInside', 'fundPrimary'])
      await house.done('fund.enter-indicator', insurer, { ...year, indicator, value: 7_000, evidence: '演示:统计年报' })
    const members = [{ org: PLACES.county, workload: 1, quality: 1, heads: 1 }]
    const { close } = await house.done('fund.propose-close', insurer, { ...year, members })
    await house.done('fund.decide-close', second, { org: year.org, close, decision: 'approve', why: '核对无误' })
    const { close: closed } = await house.done('fund.year-end', manager, year)
    // 50 % of the 200 000 in the first bracket, then 40 % of the 200 000 in the second.
    assert.deepEqual(
      [closed.spentFen, closed.keptFen, closed.poolBearsFen, closed.networkBearsFen, closed.parts],
      [10_400_000, 0, 180_000, 220_000, []],
    )
  })

  test('a bill that changes after its year was closed goes to the next open year, once, with the month that it is of', async () => {
    const next = { org: PLACES.county, year: YEAR + 1 }
    const before = await house.done('fund.ledger', insurer, of)
    assert.equal(before.isClosed, true)
    const late = await settle('Y-LATE', 80, '2024-11-05')
    // The year after has no budget: the one that runs takes it up by night.
    const now = { org: PLACES.county, year: Number(stage.today.slice(0, 4)) }
    await house.later(30)
    const linesOf = async (where: object) =>
      (await house.done('fund.ledger', insurer, where)).transfers.filter((one: { of: unknown }) => one.of !== null)
    const [line, ...more] = await linesOf(now)
    assert.deepEqual([line.of, line.fen[1], line.source, more.length], [{ year: YEAR, month: 11 }, late.fundFen, 'settled', 0])
    for (const _again of [1, 2]) await house.done('fund.note-spend', system, { org: late.org, bill: late.bill })
    assert.deepEqual(await house.done('fund.take-up-spend', insurer, now), { transfers: 0, fen: 0 })
    // Reversed after the close of its year: the same way back, though the year between has a budget by then.
    await house.done('fund.set-budget', insurer, { ...next, sources: { method: 'last-budget', lastFen: BUDGET_FEN, growth: 0 } })
    const earlier = await settle('Y-LATE-2', 90, '2024-12-05')
    await house.done('settlement.reverse', stage.familyDoctor, { org: late.org, bill: late.bill, reason: '演示:录入有误' })
    await house.settle()
    assert.deepEqual(await house.done('fund.take-up-spend', insurer, now), { transfers: 0, fen: 0 })
    assert.deepEqual(await house.done('fund.take-up-spend', insurer, next), { transfers: 2, fen: earlier.fundFen - late.fundFen })
    assert.deepEqual(
      (await linesOf(next))
        .map((one: { month: number; of: object; fen: number[] }) => [one.month, one.of, one.fen[1]])
        .toSorted(),
      [
        [12, { year: YEAR, month: 11 }, -late.fundFen],
        [12, { year: YEAR, month: 12 }, earlier.fundFen],
      ],
    )
    assert.deepEqual(await house.done('fund.ledger', insurer, of), before)
    const { carried } = await house.done('fund.year-end', manager, of)
    assert.deepEqual(carried, [
      { year: YEAR + 1, fen: earlier.fundFen - late.fundFen },
      { year: now.year, fen: late.fundFen },
    ])
  })

  test('a year that runs is not closed', async () => {
    const year = Number(stage.today.slice(0, 4))
    const members = [{ org: PLACES.county, workload: 1, quality: 1, heads: 1 }]
    assert.equal(await codes('fund.propose-close', insurer, { org: PLACES.county, year, members }), 'fund.year-not-over')
  })
})
