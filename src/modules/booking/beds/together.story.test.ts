import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plusDays } from '../../../kernel/day.ts'
import { sql } from '../../../platform/database/pool.ts'
import { runChecks } from '../../../apps/checks.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import { codes, stayOf, usedDays, wardWith } from '../../../../tests/harness/beds.ts'

const holds = async (house: TestHouse): Promise<void> =>
  assert.deepEqual(
    (await runChecks(house.database)).filter(({ breaches }) => breaches > 0),
    [],
  )

const rowsLeft = async (house: TestHouse) =>
  (
    await house.database.row<{
      left: string
    }>(sql`select concat_ws(' ', (select count(*) from booking.booking), (select count(*) from booking.person_claim),
      (select count(*) from booking.stay), (select count(*) from booking.bed_span), (select sum(used_reserved + used_emergency + used_open) from booking.pool),
      (select count(*) from platform.deadline where ended_at is null)) as left`)
  )?.left

/** A village doctor's person, a visit and an exam slot, and a ward with one bed for men and a room of two for any. */
const begin = async (t: { after: (work: () => Promise<void>) => void }) => {
  const house = await testHouse(t as never)
  const stage: Stage = await setStage(house)
  const ward = await wardWith(house, stage.desk, [
    { room: '1', label: '1', sex: 'male' },
    { room: '2', label: '1', sex: 'any' },
    { room: '2', label: '2', sex: 'any' },
  ])
  const visit = await stage.slot(stage.desk, { daysAhead: 3, time: '09:00', capacity: 1 })
  const exam = await stage.slot(stage.desk, { daysAhead: 3, time: '11:00', capacity: 2 })
  const from = plusDays(stage.today, 3)
  return { house, stage, ward, visit, exam, from }
}

test('Visit, exam and four nights at one place are one decision: all are taken, each from the reserve first', async (t) => {
  const { house, stage, ward, visit, exam, from } = await begin(t)
  const person = await stage.person('甲一', '1951-01-01')
  const made = await house.done(
    'booking.book-together',
    stage.villageDoctor,
    stayOf(person, ward, from, 4, { units: [visit.pool, exam.pool] }),
  )
  assert.equal(made.bookings.length, 6)
  assert.deepEqual(made.stay, { from, until: plusDays(from, 4), ward: ward.ward })
  assert.ok(made.bookings.every(({ share }: { share: string }) => share === 'reserved'))
  assert.deepEqual(
    await usedDays(house, ward.ward),
    [0, 1, 2, 3].map((at) => ({ day: plusDays(from, at), sex: 'male', used: 1 })),
    'own sex first',
  )
  const self = actor('resident', null, '本人', person)
  const [one] = made.bookings
  assert.deepEqual(codes(await house.ask('booking.cancel', self, { org: made.org, booking: one.booking, reason: '不去了' })), [
    'booking.part-of-group',
  ])
  assert.equal((await house.done('booking.my-stays', self)).stays[0].group, made.group)
  await house.done('booking.cancel-group', self, { org: made.org, group: made.group, reason: '家中有事' })
  assert.deepEqual(await usedDays(house, ward.ward), [])
  const back = await house.database.rows(
    sql`select 1 from platform.trace_event where type = 'booking.cancelled' and data ? 'pool'`,
  )
  assert.equal(back.length, 6, 'each unit that went back is told, so that it can be offered')
  await holds(house)
})

test('All or nothing: when the third fails nothing remains, and every reason is named with what is nearest', async (t) => {
  const { house, stage, ward, visit, exam, from } = await begin(t)
  const [one, two, three] = await Promise.all(['乙一', '乙二', '乙三'].map((zh, at) => stage.person(zh, `195${at}-02-02`)))
  await house.done('booking.book-together', stage.villageDoctor, { org: ward.org, person: one, units: [visit.pool] })
  // On the second night the men's bed and one of the room for any are taken, and the other bed of that room is closed.
  await house.done('booking.book-together', stage.villageDoctor, stayOf(one as string, ward, plusDays(from, 1), 1))
  await house.done('booking.book-together', stage.desk, stayOf(two as string, ward, plusDays(from, 1), 1))
  await house.done('booking.close-bed', stage.desk, { org: ward.org, bed: ward.bed['2-2'], reason: '床头设备维修' })
  const before = await rowsLeft(house)
  const wish = stayOf(three as string, ward, from, 3, { units: [exam.pool, visit.pool] })
  const refused = await house.ask('booking.book-together', stage.villageDoctor, wish)
  assert.deepEqual(codes(refused), ['booking.together-unit', 'booking.together-stay', 'booking.bed-none-free'])
  const [unit, stay, day] = refused.ok ? [] : refused.refusals
  assert.equal(unit?.field, 'units.1')
  assert.match(String(unit?.detail?.next), new RegExp(`${from} 11:00`), 'the nearest other slot')
  assert.deepEqual(
    stay?.detail,
    { from, nights: 3, next: plusDays(from, -2), next_en: plusDays(from, -2) },
    'the nearest first night, the earlier of two equally near',
  )
  assert.equal(day?.detail?.day, plusDays(from, 1))
  assert.equal(await rowsLeft(house), before, 'nothing remains')
  await holds(house)
})

test('A hold of several units is confirmed as one before its time, and goes back as one after it', async (t) => {
  const { house, stage, ward, visit, from } = await begin(t)
  const [one, two] = await Promise.all(['丙一', '丙二'].map((zh, at) => stage.person(zh, `195${at}-03-03`)))
  const wish = (person: string) => stayOf(person, ward, from, 2, { hold: true })
  const first = await house.done('booking.book-together', stage.familyDoctor, { ...wish(one as string), units: [visit.pool] })
  await house.done('booking.confirm-group', stage.familyDoctor, { org: first.org, group: first.group })
  const second = await house.done('booking.book-together', stage.familyDoctor, wish(two as string))
  assert.deepEqual(
    codes(await house.ask('booking.admit', stage.ward, { org: second.org, stay: second.group, bed: ward.bed['2-1'] })),
    ['booking.stay-unconfirmed'],
  )
  await house.until(second.holdUntil)
  assert.deepEqual(
    codes(await house.ask('booking.confirm-group', stage.familyDoctor, { org: second.org, group: second.group })),
    ['booking.hold-ended'],
  )
  assert.deepEqual(
    (await usedDays(house, ward.ward)).map(({ used }) => used),
    [1, 1],
    'only the confirmed one is left',
  )
  assert.equal(
    (await house.database.row<{ state: string }>(sql`select state from booking.stay where id = ${second.group}`))?.state,
    'cancelled',
  )
  await holds(house)
})

test('What does not fit is refused with its reason: sex, isolation, a day not open yet, the channel, somebody else’s stay', async (t) => {
  const { house, stage, ward, from } = await begin(t)
  const person = await stage.person('丁一', '1951-04-04')
  const ask = async (by: Parameters<TestHouse['ask']>[1], input: object) =>
    codes(await house.ask('booking.book-together', by, input))
  const isolated = { ...stayOf(person, ward, from, 1), stay: { ward: ward.ward, from, nights: 1, isolation: true } }
  assert.deepEqual(await ask(stage.villageDoctor, isolated), ['booking.no-such-class'])
  assert.deepEqual((await ask(stage.villageDoctor, stayOf(person, ward, plusDays(stage.today, 29), 2))).slice(1), [
    'booking.bed-not-published',
  ])
  assert.deepEqual(
    (await ask(stage.villageDoctor, stayOf(person, ward, plusDays(stage.today, -1), 1))).slice(1),
    ['booking.bed-not-published'],
    'no day before the ward was opened',
  )
  assert.deepEqual(await ask(stage.villageDoctor, stayOf(person, ward, from, 1, { channel: 'direct' })), [
    'booking.direct-only-here',
  ])
  assert.deepEqual(await ask(stage.villageDoctor, { org: ward.org, person }), ['booking.nothing-asked'])
  await house.database.run(sql`update residents.person set sex = 'unknown' where person_id = ${person}`)
  assert.deepEqual(await ask(stage.villageDoctor, stayOf(person, ward, from, 1)), ['booking.sex-unknown'])
  await house.database.run(sql`update residents.person set sex = 'male' where person_id = ${person}`)
  const { org, group } = await house.done('booking.book-together', stage.villageDoctor, stayOf(person, ward, from, 2))
  assert.deepEqual((await ask(stage.familyDoctor, stayOf(person, ward, plusDays(from, 1), 1))).slice(1), [
    'booking.bed-person-elsewhere',
  ])
  assert.deepEqual(codes(await house.ask('booking.cancel-group', stage.cityDesk, { org, group, reason: '别家的' })), [
    'platform.not-found',
  ])
  await holds(house)
})

test('Two stays race for the last bed on overlapping days: one wins, and of the loser there is no trace', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const ward = await wardWith(house, stage.desk, [{ room: '1', label: '1', sex: 'any' }])
  const persons = await Promise.all(Array.from({ length: 6 }, (_, at) => stage.person(`戊${at}`, `195${at}-05-05`)))
  for (let round = 0; round < 3; round += 1) {
    const from = plusDays(stage.today, 2 + round * 6)
    const asked = persons.map((person, at) =>
      house.ask('booking.book-together', stage.villageDoctor, stayOf(person, ward, plusDays(from, at % 3), 4)),
    )
    const outcomes = await Promise.all(asked)
    const won = outcomes.filter(({ ok }) => ok)
    assert.equal(won.length, 1, JSON.stringify(outcomes))
    const group = won[0]?.ok ? won[0].value.group : ''
    const traces = await house.database.rows<{
      id: string
    }>(sql`select distinct case_id as id from platform.trace_event where type = 'booking.booked-together' and at >= (
      select made_at from booking.stay where id = ${group})`)
    assert.deepEqual(traces, [{ id: group }])
  }
  assert.equal((await usedDays(house, ward.ward)).length, 12)
  assert.equal((await house.database.rows(sql`select 1 from booking.stay`)).length, 3)
  assert.equal((await house.database.rows(sql`select 1 from booking.person_claim`)).length, 12)
  await holds(house)
})
