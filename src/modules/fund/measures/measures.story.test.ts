import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { settleByExample, stayOf } from '../../../../tests/harness/settling.ts'
import { actor, PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import type { Actor } from '../../../platform/access.ts'
import { databaseNow, sql } from '../../../platform/database/pool.ts'
import { orgOfPharmacy } from '../../organisations/index.ts'
import { areaClaim, bookOfArea, settleBatch } from '../../settlement/index.ts'

let house: TestHouse
let stage: Stage
let person: PersonId
const endings: (() => unknown)[] = []
const insurer = actor('insurer', null, '医保经办')
const bureau = actor('health-bureau', null)
const manager = actor('consortium-manager', 'county', '县医院管理员')
const org = PLACES.county
const LAST_MONTH = 12

before(async () => {
  const t = { after: (work: () => unknown) => void endings.push(work) }
  settleByExample(t)
  house = await testHouse(t)
  stage = await setStage(house)
  person = await stage.person('演示参保人', '1960-05-06')
})
after(async () => {
  for (const end of endings.toReversed()) await end()
})

const codes = async (name: Parameters<TestHouse['ask']>[0], who: Actor, input: object) => {
  const outcome = await house.ask(name, who, input)
  return outcome.ok ? 'done' : outcome.refusals.map(({ code }) => code).join()
}
/** A stay of the person that another institution settled in a batch; answers its bill. */
const settledAt = async (at: string, billNo: string, more: object = { level: 'level2' }): Promise<string> => {
  const book = await bookOfArea('example', 'residents')
  assert.ok(book)
  const { claim } = stayOf(person, billNo, 105, more)
  await house.database.transaction(async (tx) => {
    await tx.run(sql`select platform.open_act(null, null, 'system', null)`)
    await settleBatch(tx, book, [{ org: at as OrgId, person, billNo, claim: areaClaim.parse(claim) }], {
      now: await databaseNow(tx),
      today: stage.today,
    })
  })
  const made = await house.database.row<{ id: string }>(sql`select id from settlement.bill where bill_no = ${billNo}`)
  assert.ok(made)
  return made.id
}
const yearOfBill = () => Number((stayOf(person, 'probe', 1) as unknown as { claim: { day: string } }).claim.day.slice(0, 4))
type Shown = {
  id: string
  is: number | null
  missing: string[]
  entered: string[]
  trend: string | null
  years: { is: number | null }[]
}
const measured = async (who: Actor, input: object) => {
  const answer = await house.done('fund.measures', who, { month: LAST_MONTH, ...input })
  return { answer, of: (id: string) => (answer.measures as Shown[]).find((one) => one.id === id) as Shown }
}

describe('the fund’s measures of a consortium', () => {
  test('where nothing is counted no measure has a value, and says what it lacks', async () => {
    const { answer, of } = await measured(insurer, { org, year: 2019 })
    assert.ok(answer.measures.every(({ is }: Shown) => is === null))
    assert.deepEqual(of('reimbursed').missing, ['costFen', 'fundFen'])
    assert.deepEqual(answer.members, [])
  })

  test('settled bills are counted by institution; one that is reversed counts no more; the books give what was spent inside', async () => {
    const year = yearOfBill()
    await house.done('settlement.settle', stage.familyDoctor, stayOf(person, 'M-1', 105))
    const second = await settledAt(org, 'M-2')
    const both = await measured(insurer, { org, year })
    assert.equal(both.of('primary-visits').is, 5_000)
    await house.done('settlement.reverse', stage.desk, { org, bill: second, reason: '退费' })
    await house.done('fund.set-budget', insurer, {
      org,
      year,
      sources: { method: 'last-budget', lastFen: 10_000_000, growth: 0 },
    })
    const entry = { org, year, month: 3 }
    await house.done('fund.book', insurer, { ...entry, kind: 'inside', institution: PLACES.township, fen: 1_000_000 })
    await house.done('fund.book', insurer, { ...entry, kind: 'inside', institution: org, fen: 2_000_000 })
    await house.done('fund.book', insurer, { ...entry, kind: 'outside', fen: 1_000_000 })
    const { answer, of } = await measured(insurer, { org, year })
    // 10 500 yuan: 8 000 of the basic fund and 900 of serious illness.
    assert.equal(of('reimbursed').is, Math.round((890_000 / 1_050_000) * 10_000))
    assert.equal(of('primary-visits').is, 10_000)
    assert.deepEqual([of('fund-inside').is, of('fund-primary').is, of('budget-used').is], [7_500, 3_333, 4_000])
    assert.equal(of('fund-per-head').is, null)
    assert.equal(of('cost-growth').is, null)
    const members = answer.members as { org: string; visits: number | null; insideFen: number | null }[]
    assert.deepEqual(
      members.map((one) => [one.org, one.visits, one.insideFen]),
      [
        [PLACES.township, 1, 1_000_000],
        [org, null, 2_000_000],
      ],
    )
  })

  test('what the house cannot count is entered with its evidence, holds from then on, and is corrected by a newer entry', async () => {
    const year = yearOfBill()
    const entry = { org, month: LAST_MONTH, evidence: '县医保年报〔演示〕1 号' }
    assert.equal(await codes('fund.enter-count', bureau, { ...entry, year, count: 'people', value: 1 }), 'platform.role-may-not')
    assert.equal(await codes('fund.enter-count', manager, { ...entry, year, count: 'people', value: 1 }), 'platform.role-may-not')
    await assert.rejects(
      codes('fund.enter-count', insurer, { ...entry, evidence: '', year, count: 'people', value: 1 }),
      /evidence/,
    )
    await assert.rejects(codes('fund.enter-count', insurer, { ...entry, year, count: 'costBeforeFen', value: 1 }), /count/)
    const refused = (more: object) => codes('fund.enter-count', insurer, { ...entry, year, count: 'costFen', value: 1, ...more })
    assert.equal(await refused({ org: PLACES.township }), 'fund.count-of-no-consortium')
    assert.equal(await refused({ institution: PLACES.city }), 'fund.count-of-no-member')
    assert.equal(await refused({ institution: org, count: 'people' }), 'fund.count-of-consortium-only')
    assert.equal(await refused({ year: Number(stage.today.slice(0, 4)) + 1 }), 'fund.count-of-the-future')
    await house.done('fund.enter-count', insurer, { ...entry, year: year - 1, count: 'costFen', value: 2_000_000 })
    await house.done('fund.enter-count', insurer, { ...entry, year: year - 1, count: 'costFen', value: 1_000_000 })
    await house.done('fund.enter-count', insurer, { ...entry, year, count: 'people', value: 4_000 })
    const { answer, of } = await measured(insurer, { org, year })
    assert.deepEqual([of('cost-growth').is, of('cost-growth').entered], [500, ['costBeforeFen']])
    assert.equal(of('fund-per-head').is, 1_000)
    const people = (answer.counts as { count: string; source: string; evidence: string | null }[]).find(
      ({ count }) => count === 'people',
    )
    assert.deepEqual([people?.source, people?.evidence], ['entered', entry.evidence])
  })

  test('a value stands beside the two years before, and says whether it is better', async () => {
    const year = yearOfBill()
    const entry = { org, month: LAST_MONTH, evidence: '县医保年报〔演示〕2 号', year: year - 1 }
    await house.done('fund.enter-count', insurer, { ...entry, count: 'fundFen', value: 600_000 })
    const { of } = await measured(insurer, { org, year })
    assert.deepEqual(
      of('reimbursed').years.map(({ is }) => is),
      [null, 6_000, 8_476],
    )
    assert.equal(of('reimbursed').trend, 'better')
  })

  test('the bureau sees any, the lead’s manager its own, another institution nothing', async () => {
    const year = yearOfBill()
    const seen = await measured(bureau, { org, year })
    const own = await measured(manager, { year })
    assert.deepEqual(own.answer, seen.answer)
    assert.equal(own.of('reimbursed').is, 8_476)
    const other = actor('consortium-manager', 'countyTcm')
    assert.equal(await codes('fund.measures', other, { org, year }), 'platform.not-found')
    assert.equal(await codes('fund.measures', other, { year }), 'platform.not-found')
    assert.equal(await codes('fund.measures', stage.desk, { org, year }), 'platform.role-may-not')
  })

  test('what a measure came to becomes the value of an indicator with its steps; a value by hand after it counts instead', async () => {
    const year = 2018
    const adopt = { org, year, indicator: 'primaryVisits' }
    assert.equal(await codes('fund.adopt-measure', insurer, adopt), 'fund.no-budget')
    await house.done('fund.set-budget', insurer, { org, year, sources: { method: 'last-budget', lastFen: 1_000_000, growth: 0 } })
    assert.equal(await codes('fund.adopt-measure', insurer, adopt), 'fund.measure-not-known')
    const count = { org, year, month: LAST_MONTH, evidence: '卫生统计年报〔演示〕' }
    await house.done('fund.enter-count', insurer, { ...count, count: 'visits', value: 3_000 })
    await house.done('fund.enter-count', insurer, { ...count, count: 'primaryVisits', value: 2_000 })
    assert.equal(await codes('fund.adopt-measure', manager, adopt), 'platform.role-may-not')
    assert.equal((await house.done('fund.adopt-measure', insurer, adopt)).value, 6_667)
    const shown = async () =>
      (await house.done('fund.year-end', manager, { org, year })).indicators.find(
        ({ name }: { name: string }) => name === 'primaryVisits',
      )
    const { value, steps, evidence } = await shown()
    assert.deepEqual([value, steps[0].of, steps[0].is], [6_667, { primaryVisits: 2_000, visits: 3_000 }, 6_667])
    assert.match(evidence, /^平台指标:基层就诊率/)
    await house.done('fund.enter-indicator', insurer, { ...adopt, value: 6_500, evidence: '核减后的统计年报' })
    const after = await shown()
    assert.deepEqual([after.value, after.steps], [6_500, null])
    const running = Number(stage.today.slice(0, 4))
    await house.done('fund.set-budget', insurer, {
      org,
      year: running,
      sources: { method: 'last-budget', lastFen: 1_000_000, growth: 0 },
    })
    assert.equal(await codes('fund.adopt-measure', insurer, { ...adopt, year: running }), 'fund.year-not-over')
  })

  test('medicine of a pharmacy is spent outside, and left out of what was spent inside the county', async () => {
    const year = yearOfBill()
    const code = 'P43038100001'
    await house.done('organisations.propose-pharmacy', insurer, {
      from: '2020-01-01',
      body: { code, zh: '演示大药房', division: '430381000000' },
    })
    const before = await measured(insurer, { org, year })
    await settledAt(orgOfPharmacy(code), 'M-3', { care: 'outpatient', level: 'pharmacy' })
    await house.settle()
    await house.done('fund.take-up-spend', insurer, { org, year })
    const { answer, of } = await measured(insurer, { org, year })
    const fen = (counts: { count: string; value: number }[], name: string) =>
      counts.find(({ count }) => count === name)?.value ?? 0
    const medicine = fen(answer.counts, 'fundPharmacyFen')
    assert.ok(medicine > 0)
    const covered = fen(answer.counts, 'fundCoveredFen')
    assert.equal(of('fund-inside').is, Math.round((fen(answer.counts, 'fundInsideFen') / (covered - medicine)) * 10_000))
    assert.ok(covered - medicine >= fen(before.answer.counts, 'fundCoveredFen'))
  })
})
