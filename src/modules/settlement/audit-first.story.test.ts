import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { testHouse } from '../../../tests/harness/house.ts'
import { settleByExample, stayOf } from '../../../tests/harness/settling.ts'
import { actor, setStage } from '../../../tests/harness/stage.ts'
import { sql } from '../../platform/database/pool.ts'

const INSURER = actor('insurer', null, '审核员甲')
const ITEMS = [
  { code: 'P-1', zh: '演示彩超', knowledge: { prices: { township: 10_000, county: 12_000 } } },
  { code: 'C-1', zh: '演示儿童用药', knowledge: { ageUntil: 13 } },
  { code: 'T-1', zh: '演示靶向药', knowledge: { diagnoses: ['C34'] } },
  { code: 'N-1', zh: '一级护理', knowledge: { mutex: ['N-2'] } },
  { code: 'N-2', zh: '二级护理', knowledge: { mutex: ['N-1'] } },
]

const opened = async (t: TestContext) => {
  settleByExample(t)
  const house = await testHouse(t)
  const stage = await setStage(house)
  await house.done('audit-rules.load-items', INSURER, { from: '2020-01-01', basis: '演示目录', items: ITEMS })
  const person = await stage.person('演示参保人', '1960-05-06')
  await house.database.run(sql`update residents.person set insurance = 'resident' where person_id = ${person}`)
  const bill = (billNo: string, lines: readonly object[], more: object = {}, claim: object = {}) => ({
    ...stayOf(person, billNo, 1, claim),
    claim: { ...stayOf(person, billNo, 1, claim).claim, lines: lines.map((line) => ({ amountFen: 20_000, ...line })) },
    ...more,
  })
  const asked = async (input: object) => {
    const outcome = await house.ask('settlement.settle', stage.familyDoctor, input)
    return outcome.ok ? [] : outcome.refusals
  }
  const settled = async () => (await house.database.rows(sql`select from settlement.bill`)).length
  const hits = async () => (await house.done('audit-rules.hits', INSURER, {})).hits
  return { house, stage, bill, asked, settled, hits }
}

test('a bill that breaks a rule is not settled: the refusal names line, rule and clause, and nothing is kept', async (t) => {
  const { bill, asked, settled, hits } = await opened(t)
  const [refusal] = await asked(bill('A-1', [{}, { code: 'P-1', priceFen: 10_001, count: 2, amountFen: 20_002 }]))
  assert.equal(refusal?.code, 'audit-rules.line-stopped')
  assert.deepEqual([refusal?.detail?.['lines'], refusal?.detail?.['rule']], ['2', '超标准收费'])
  assert.match(String(refusal?.detail?.['basis']), /第三十八条/)
  assert.equal((await asked(bill('A-2', [{ code: 'C-1' }])))[0]?.code, 'audit-rules.line-stopped', 'a child’s medicine at sixty')
  assert.deepEqual([await settled(), (await hits()).length], [0, 0])

  assert.deepEqual(await asked(bill('A-3', [{ code: 'P-1', priceFen: 10_000, count: 2 }])), [], 'at the standard it is in order')
  assert.deepEqual(
    await asked(bill('A-4', [{ code: 'P-1', amountFen: 90_000 }])),
    [],
    'without price and count no price is judged',
  )
  assert.deepEqual([await settled(), (await hits()).length], [2, 0])
})

test('what is suspicious is settled with a reason and found by the insurer; a stay is asked nothing that turns on days', async (t) => {
  const { house, stage, bill, asked, settled, hits } = await opened(t)
  const both = [{ code: 'N-1' }, { code: 'N-2' }]
  const visit = { care: 'outpatient' }
  const reasons = [{ rule: 'diagnosis', reason: '基因检测阳性' }]
  assert.deepEqual(await asked(bill('B-1', both)), [], 'the days of a stay’s lines are not known')
  assert.deepEqual(await asked(bill('B-2', [{ code: 'T-1' }], {}, visit)), [], 'without a diagnosis none is asked for')
  const [refusal] = await asked(bill('B-3', [{ code: 'T-1' }], { diagnoses: ['J18'] }, visit))
  assert.equal(refusal?.code, 'audit-rules.reason-needed')
  assert.deepEqual(await asked(bill('B-3', [{ code: 'T-1' }], { diagnoses: ['J18'], reasons }, visit)), [])
  assert.equal(await settled(), 3)
  assert.deepEqual(
    (await hits()).map(({ rule, personRef, note, amountFen }: Record<string, unknown>) => [rule, personRef, note, amountFen]),
    [['diagnosis', 'B-3', '基因检测阳性', 20_000]],
  )
  const ofBill = async (billNo: string) => {
    const { bills } = await house.done('settlement.bills', INSURER, { day: stage.today, limit: 50 })
    const found = bills.find((one: { billNo: string }) => one.billNo === billNo)
    return (await house.done('audit-rules.hits', INSURER, { org: found.org, stay: found.bill })).hits.length
  }
  assert.deepEqual([await ofBill('B-3'), await ofBill('B-2')], [1, 0], 'each bill knows its own')
  assert.deepEqual(await asked(bill('B-4', [{ code: 'C-1' }], {}, { day: '2022-01-01' })), [], 'no rule of the house is that old')
})
