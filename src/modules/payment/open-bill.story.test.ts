import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { testHouse } from '../../../tests/harness/house.ts'
import { insuredPerson } from '../../../tests/harness/payment.ts'
import { actor, PLACES, setStage } from '../../../tests/harness/stage.ts'
import { sql } from '../../platform/database/pool.ts'

const INSURER = actor('insurer', null, '审核员甲')
const ITEMS = [
  { code: 'N-1', zh: '一级护理', knowledge: { mutex: ['N-2'] } },
  { code: 'N-2', zh: '二级护理', knowledge: { mutex: ['N-1'] } },
  { code: 'D-1', zh: '演示感冒药', knowledge: { supply: 'acute' } },
  { code: 'W-1', zh: '演示妇科检查', knowledge: { gender: 'female' } },
  { code: 'B-1', zh: '演示美容', knowledge: { payable: false } },
]

const opened = async (t: TestContext) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  await house.done('audit-rules.load-items', INSURER, { from: '2024-01-01', basis: '演示目录', items: ITEMS })
  const person = await insuredPerson(house, stage, 1)
  const bill = (lines: readonly object[], more: object = {}) => ({
    person,
    lines: lines.map((line) => ({ kind: 'treatment', zh: '演示', class: '01', priceFen: 1_000, ...line })),
    ...more,
  })
  const codes = async (input: object): Promise<string> => {
    const outcome = await house.ask('payment.open-bill', stage.villageDoctor, input)
    return outcome.ok ? 'done' : outcome.refusals.map(({ code }) => code.replace('audit-rules.', '')).join()
  }
  const hits = async () => (await house.done('audit-rules.hits', INSURER, {})).hits
  const bills = async () => (await house.database.rows(sql`select from payment.bill`)).length
  return { house, stage, bill, codes, hits, bills }
}

test('a bill that a rule stops is not opened; a suspicious one only with a reason, which the insurer reads', async (t) => {
  const { house, stage, bill, codes, hits, bills } = await opened(t)
  const both = [{ code: 'N-1' }, { code: 'N-2' }]
  assert.equal(await codes(bill([{ code: 'D-1', kind: 'drug', supplyDays: 30 }])), 'line-stopped', '30 days of a cold remedy')
  assert.equal(await codes(bill([{ code: 'D-1', kind: 'drug', supplyDays: 30 }], { reasons: [{ rule: 'supply', reason: '外出' }] })), 'line-stopped', 'no reason helps') // prettier-ignore
  assert.equal(await codes(bill(both)), 'reason-needed')
  assert.equal(await codes(bill(both, { reasons: [{ rule: 'supply', reason: '外出' }] })), 'reason-needed')
  assert.deepEqual([await bills(), (await hits()).length], [0, 0], 'what was refused leaves nothing')

  assert.equal(await codes(bill(both, { reasons: [{ rule: 'mutex', reason: '上午下午病情不同' }] })), 'done')
  assert.deepEqual(
    (await hits()).map(({ rule, state, note, org, amountFen }: Record<string, unknown>) => [rule, state, note, org, amountFen]),
    [['mutex', 'found', '上午下午病情不同', PLACES.village, 1_000]],
  )
  const [{ org, id }] = await hits()
  const shown = await house.done('audit-rules.hit', INSURER, { org, hit: id })
  assert.equal(shown.clause.grade, 'memory')
  assert.ok(shown.stays[0].lines.length > 0, 'the insurer sees the lines that it is about')
  assert.deepEqual((await house.done('audit-rules.hits', stage.villageDoctor, {})).hits, [], 'the desk sees it once it is told')

  assert.equal(await codes(bill(both, { reasons: [{ rule: 'mutex', reason: '再次说明' }] })), 'done')
  const { batches } = await house.done('audit-rules.batches', INSURER, {})
  assert.deepEqual(
    batches.map(({ name, persons, lines, hits: found }: Record<string, unknown>) => [
      String(name).split(':')[0],
      persons,
      lines,
      found,
    ]),
    [['desk', 2, 4, 2]],
    'the hits of a day at one place are one batch',
  )
})

test('what is in order, what the person pays alone and what the catalogue does not know is opened without a word', async (t) => {
  const { bill, codes, hits, bills } = await opened(t)
  assert.equal(await codes(bill([{ code: 'D-1', kind: 'drug', supplyDays: 7 }, { code: 'N-1' }])), 'done')
  assert.equal(await codes(bill([{ code: 'B-1', class: '03' }])), 'done')
  assert.equal(await codes(bill([{ code: 'nobody-knows' }])), 'done')
  assert.deepEqual([await bills(), (await hits()).length], [3, 0])
  assert.equal(await codes(bill([{ code: 'B-1' }])), 'line-stopped', 'the fund does not pay it')
})
