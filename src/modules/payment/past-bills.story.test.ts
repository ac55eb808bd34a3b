import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { paymentWorld } from '../../../tests/harness/payment.ts'
import { actor, PLACES } from '../../../tests/harness/stage.ts'
import { sql } from '../../platform/database/pool.ts'

const ITEMS = [
  { code: 'CT', zh: '演示CT', knowledge: { repeatDays: 14 } },
  { code: 'D-A', zh: '演示降脂药甲', knowledge: { supply: 'special', drugClass: 'C10AA' } },
  { code: 'D-B', zh: '演示降脂药乙', knowledge: { supply: 'special', drugClass: 'C10AA' } },
  { code: 'D-2', zh: '演示二线药', knowledge: { firstLine: ['D-A'] } },
]

const opened = async (t: TestContext) => {
  const world = await paymentWorld(t)
  const { house, stage } = world
  await house.done('audit-rules.load-items', actor('insurer', null, '审核员甲'), {
    from: '2024-01-01',
    basis: '演示目录',
    items: ITEMS,
  })
  const person = await world.person(1)
  const check = async (who: typeof stage.villageDoctor, lines: readonly object[], of = person) =>
    (
      await house.done('audit-rules.check-order', who, {
        person: of,
        diagnoses: [],
        lines: lines.map((line) => ({ quantity: 1, priceFen: 1_000, ...line })),
      })
    ).hits
  const open = (who: typeof stage.villageDoctor, line: object) =>
    house.done('payment.open-bill', who, {
      person,
      lines: [{ kind: 'other', zh: '演示', class: '01', priceFen: 1_000, ...line }],
    })
  return { world, house, stage, person, check, open }
}

test('who orders is told what was done or fetched before, on which day and where; a withdrawn bill counts no more', async (t) => {
  const { world, house, stage, person, check, open } = await opened(t)
  const doctor = stage.villageDoctor
  assert.deepEqual(await check(doctor, [{ item: 'CT' }]), [], 'nothing was billed before')
  const first = await open(doctor, { code: 'CT' })
  const [day] = await house.database.rows<{ day: string }>(sql`select on_day as day from audit_rules.past_line`)
  const [hit, ...more] = await check(doctor, [{ item: 'nothing' }, { item: 'CT' }])
  assert.deepEqual(more, [])
  assert.deepEqual([hit.rule, hit.lines, hit.amountFen, hit.effect], ['repeated-examination', [2], 1_000, 'reason'])
  assert.equal(hit.evidence.before, day?.day)
  assert.equal(hit.evidence.place, '杉荫村卫生室(演示)')

  const refused = await house.ask('payment.open-bill', doctor, {
    person,
    lines: [{ kind: 'examination', code: 'CT', zh: '演示CT', class: '01', priceFen: 1_000 }],
  })
  assert.equal(!refused.ok && refused.refusals[0]?.code, 'audit-rules.reason-needed')

  await house.done('payment.cancel', doctor, { org: first.org, bill: first.bill, reason: '患者改约' })
  await world.standsIn(first, ['cancelled'])
  assert.deepEqual(await check(doctor, [{ item: 'CT' }]), [], 'the bill is taken out with its move')
})

test('a medicine of the same subclass fetched early, and a second line whose first was tried, are judged by earlier days', async (t) => {
  const { house, stage, check, open } = await opened(t)
  const doctor = stage.villageDoctor
  assert.deepEqual(
    (await check(doctor, [{ item: 'D-2' }])).map(({ rule }: { rule: string }) => rule),
    ['second-line'],
    'nobody tried the first line',
  )
  await open(doctor, { kind: 'drug', code: 'D-A', supplyDays: 28 })
  await house.later(24 * 10)
  assert.deepEqual(await check(doctor, [{ item: 'D-2' }]), [], 'tried ten days ago')
  const early = await check(doctor, [{ item: 'D-B', supplyDays: 20 }])
  assert.deepEqual(
    early.map(({ rule, evidence }: { rule: string; evidence: Record<string, unknown> }) => [rule, evidence['overlapDays']]),
    [['repeated-medicine', 18]],
  )
  await house.later(24 * 15)
  assert.deepEqual(await check(doctor, [{ item: 'D-B', supplyDays: 20 }]), [], 'three days before the end is in order')
})

test('another house that may treat is told as well; by a consent for some kinds only, it is not; and nobody else’s bills count', async (t) => {
  const { world, house, stage, person, check, open } = await opened(t)
  await open(stage.villageDoctor, { code: 'CT' })
  const self = actor('resident', null, '演示付费者', person)
  const consent = (more: object) =>
    house.done('record-access.give-consent', self, { person, purpose: 'treatment', to: PLACES.county, days: 30, ...more })
  const some = await consent({ kinds: ['results'] })
  assert.deepEqual(await check(stage.desk, [{ item: 'CT' }]), [], 'bills are not among what was consented to')
  await house.done('record-access.withdraw-consent', self, { person, consent: some.consent })
  await consent({})
  const hits = await check(stage.desk, [{ item: 'CT' }])
  assert.deepEqual(
    hits.map(({ rule }: { rule: string }) => rule),
    ['repeated-examination'],
  )
  assert.deepEqual(await check(stage.villageDoctor, [{ item: 'CT' }], await world.person(2)), [])
})
