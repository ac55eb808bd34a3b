import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runChecks } from '../../apps/checks.ts'
import { sql } from '../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../tests/harness/stage.ts'

const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)

const asked = (person: string, condition: string, voucher: string) => ({
  person,
  receiver: PLACES.county,
  specialty: '0304',
  condition: { key: condition, zh: '演示病种', en: 'Demo condition' },
  letter: { impression: '演示印象', reason: '演示原因' },
  consent: { by: 'patient' },
  voucher,
})

/** A slot of ten units, two of them reserved; `units` of the reserve are lent to the village. */
const lent = async (house: TestHouse, stage: Stage, units: number) => {
  const unit = await stage.slot(stage.desk, { capacity: 10, daysAhead: 5 })
  const allotment = await house.done('booking.allot-vouchers', stage.desk, { ...unit, holder: PLACES.village, units })
  const { vouchers } = await house.done('booking.vouchers-mine', stage.villageDoctor)
  return {
    unit,
    allotment: { org: allotment.org, allotment: allotment.allotment },
    validUntil: allotment.validUntil as string,
    numbers: vouchers.map(({ number }: { number: string }) => number) as string[],
  }
}

const poolRow = (house: TestHouse, pool: string) =>
  house.database.row<{ reserved: number; used: number; allotted: number; open: number }>(
    sql`select reserved, used_reserved as used, allotted, used_open as open from booking.pool where id = ${pool}`,
  )

const holds = async (house: TestHouse): Promise<void> =>
  assert.deepEqual(
    (await runChecks(house.database)).filter(({ breaches }) => breaches > 0),
    [],
  )

test('A village promises lent units while cut off: they are nobody else’s, bind on arrival, and each is used once', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const { unit, numbers } = await lent(house, stage, 2)
  assert.equal(new Set(numbers).size, 2)
  const { slots } = await house.done('booking.free', stage.desk, { specialty: '0304', channel: 'referral' })
  assert.deepEqual([slots[0].free, slots[0].reservedFree], [8, 0], 'what stands in vouchers is shown as free to nobody')

  const [one, two, three] = await Promise.all(['甲一', '乙二', '丙三'].map((zh, at) => stage.person(zh, `195${at}-01-01`)))
  const sent = await house.done('referral.send', stage.villageDoctor, asked(one as string, 'I10', numbers[0] as string))
  assert.equal(sent.state, 'submitted')
  assert.equal(sent.promise.kept, true)
  assert.deepEqual(await poolRow(house, unit.pool), { reserved: 2, used: 1, allotted: 1, open: 0 })

  const second = await house.done('referral.send', stage.villageDoctor, asked(two as string, 'I10', numbers[0] as string))
  assert.deepEqual([second.state, second.promise.kept, second.promise.why], ['draft', false, 'booking.voucher-used'])
  assert.equal(second.promise.alternatives[0].pool, unit.pool, 'the same slot has open units left: the nearest alternative')
  const { tasks } = await house.done('referral.tasks', stage.villageDoctor, {})
  assert.deepEqual(
    tasks.map((task: { kind: string; referral: { id: string } }) => [task.kind, task.referral.id]),
    [['call', second.referral]],
  )

  const other = second.promise.alternatives[0]
  await house.done('referral.submit', stage.villageDoctor, {
    referral: second.referral,
    unit: { org: other.org, pool: other.pool },
  })
  assert.equal(
    (await house.done('referral.tasks', stage.villageDoctor, {})).tasks.length,
    0,
    'the call is done when the person has another time',
  )

  assert.deepEqual(
    codes(await house.ask('referral.send', stage.familyDoctor, asked(three as string, 'I10', numbers[1] as string))),
    ['booking.voucher-unknown'],
    'only its holder',
  )
  await holds(house)
})

test('Unused vouchers return at valid-until, once; a late promise is honoured while there is a unit, then refused with a task', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const { unit, numbers, validUntil } = await lent(house, stage, 2)
  await house.until(validUntil)
  await house.settle()
  assert.deepEqual(await poolRow(house, unit.pool), { reserved: 2, used: 0, allotted: 0, open: 0 })
  const returned = await house.database.rows<{ units: number }>(
    sql`select (data->>'units')::int as units from platform.trace_event where type = 'booking.vouchers-returned'`,
  )
  assert.deepEqual(returned, [{ units: 2 }])
  assert.equal((await house.done('booking.vouchers-mine', stage.villageDoctor)).vouchers.length, 0)

  const [one, two] = await Promise.all(['丁四', '戊五'].map((zh, at) => stage.person(zh, `196${at}-01-01`)))
  const late = await house.done('referral.send', stage.villageDoctor, asked(one as string, 'I10', numbers[0] as string))
  assert.deepEqual([late.state, late.promise.kept], ['submitted', true])
  // The slot as if it had been published with one unit only.
  await house.database.run(sql`update booking.pool set capacity = 1, reserved = 1 where id = ${unit.pool}`)
  await house.database.run(sql`update platform.trace_event set data = '{"capacity": 1, "reserved": 1}'
    where case_id = ${unit.pool} and type = 'booking.pool-published'`)
  const lost = await house.done('referral.send', stage.villageDoctor, asked(two as string, 'I10', numbers[1] as string))
  assert.deepEqual([lost.state, lost.promise.why, lost.promise.alternatives], ['draft', 'booking.no-unit-left', []])
  await house.later(5)
  const overdue = await house.database.rows(sql`select 1 from platform.trace_event where type = 'referral.task-overdue'`)
  assert.equal(overdue.length, 1, 'a call that nobody makes is told one level up')
  await holds(house)
})

test('The owner lends little and only to primary care, and may take unused vouchers back', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const { unit, allotment, numbers, validUntil } = await lent(house, stage, 1)
  const give = async (input: object, by = stage.desk) =>
    codes(await house.ask('booking.allot-vouchers', by, { ...unit, holder: PLACES.village, units: 1, ...input }))
  assert.deepEqual(await give({ units: 2 }), ['booking.reserve-too-small'])
  assert.deepEqual(await give({ units: 3 }), ['booking.vouchers-too-many'])
  assert.deepEqual(await give({ holder: PLACES.city }), ['booking.holder-not-primary'])
  assert.deepEqual(await give({}, stage.cityDesk), ['platform.not-found'], 'only the owner')

  await house.done('booking.withdraw-vouchers', stage.desk, allotment)
  assert.deepEqual(codes(await house.ask('booking.withdraw-vouchers', stage.desk, allotment)), ['booking.no-open-voucher'])
  assert.deepEqual(await poolRow(house, unit.pool), { reserved: 2, used: 0, allotted: 0, open: 0 })
  const person = await stage.person('己六', '1961-01-01')
  const sent = await house.done('referral.send', stage.villageDoctor, asked(person, 'I10', numbers[0] as string))
  assert.equal(sent.promise.kept, true, 'a withdrawn voucher is treated as a late one')
  const [given] = (await house.done('booking.vouchers-given', actor('consortium-manager', 'county'))).allotments
  assert.deepEqual([given.open, given.used, given.givenBack], [0, 1, 0])
  await house.until(validUntil)
  assert.deepEqual(await give({}), ['booking.voucher-too-late'])
  await holds(house)
})
