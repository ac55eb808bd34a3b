import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from '../../platform/database/pool.ts'
import { testHouse } from '../../../tests/harness/house.ts'
import { actor, setStage } from '../../../tests/harness/stage.ts'

const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)

test('A resident draws open units only; what is reserved for primary care opens a day before, as an event', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity: 2, daysAhead: 4 })
  const people = await Promise.all(['甲一', '乙二', '丙三'].map((zh, at) => stage.person(zh, `197${at}-01-01`)))
  const [one, two, three] = people.map((person) => actor('resident', null, '居民', person))
  const held = await house.done('booking.hold', one as never, unit)
  await house.done('booking.confirm', one as never, { org: held.org, booking: held.booking })
  assert.deepEqual(codes(await house.ask('booking.hold', two as never, unit)), ['booking.only-reserved-left'])
  const { slots } = await house.done('booking.free', stage.desk, { specialty: '0304', channel: 'referral' })
  assert.deepEqual([slots[0].free, slots[0].reservedFree], [0, 1], 'a fifth of two is rounded up to one: never below the law')

  const starts = new Date(slots[0].startsAt).getTime()
  await house.until(new Date(starts - 23 * 3_600_000).toISOString())
  await house.done('booking.release-due', { account: null, role: 'system', org: null, person: null, name: { zh: '系统' } }, {})
  const released = await house.database.rows(sql`select 1 from platform.trace_event where type = 'booking.reserve-released'`)
  assert.equal(released.length, 1)
  const late = await house.done('booking.hold', two as never, unit)
  assert.deepEqual(codes(await house.ask('booking.hold', three as never, unit)), ['booking.no-unit-left'])
  await house.done('booking.cancel', two as never, { org: late.org, booking: late.booking, reason: '临时有事' })
  await house.done('booking.hold', three as never, unit)
})

test('A hold ends by the database clock: confirming late is refused and the unit is free again', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity: 2, daysAhead: 4 })
  const resident = actor('resident', null, '居民', await stage.person('丁四', '1966-01-01'))
  const { org, booking } = await house.done('booking.hold', resident, unit)
  await house.database.run(sql`update platform.clock set offset_ms = offset_ms + 11 * 60 * 1000`)
  assert.deepEqual(codes(await house.ask('booking.confirm', resident, { org, booking })), ['booking.hold-ended'])
  await house.settle()
  const row = await house.database.row<{ state: string; used: number }>(
    sql`select b.state, p.used_open as used from booking.booking b join booking.pool p on p.id = b.pool_id`,
  )
  assert.deepEqual(row, { state: 'expired', used: 0 })
  await house.done('booking.hold', resident, unit)
})

test('One person is in one place at a time', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const here = await stage.slot(stage.desk)
  const there = await stage.slot(stage.tcmDesk)
  const resident = actor('resident', null, '居民', await stage.person('戊五', '1966-01-01'))
  await house.done('booking.hold', resident, here)
  assert.deepEqual(codes(await house.ask('booking.hold', resident, there)), ['booking.person-booked-then'])
})

test('Five hundred askers, twenty units: twenty are held, nobody more, and the row agrees with the bookings', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity: 25, daysAhead: 5 })
  const people = await house.database.rows<{
    id: string
  }>(sql`insert into residents.person (zh, pinyin, initials, sex, synthetic, created_at)
    select '居民' || n, 'jumin', 'jm', 'female', true, now() from generate_series(1, 500) as n returning person_id as id`)
  const outcomes = await Promise.all(
    people.map(({ id }) => house.ask('booking.hold', actor('resident', null, '居民', id as never), unit)),
  )
  assert.equal(outcomes.filter(({ ok }) => ok).length, 20, 'twenty-five less the reserved fifth')
  assert.ok(outcomes.flatMap(codes).every((code) => code === 'booking.only-reserved-left'))
  const row = await house.database.row<{ used: number; live: number }>(sql`select used_open as used,
    (select count(*)::int from booking.booking where state = 'held') as live from booking.pool`)
  assert.deepEqual(row, { used: 20, live: 20 })
})

test('Coming, not coming, and the grace time between', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { daysAhead: 3 })
  const resident = actor('resident', null, '居民', await stage.person('己六', '1966-01-01'))
  const { org, booking } = await house.done('booking.hold', resident, unit)
  assert.deepEqual(codes(await house.ask('booking.attend', stage.desk, { org, booking })), ['booking.state-otherwise'])
  await house.done('booking.confirm', resident, { org, booking })
  assert.deepEqual(codes(await house.ask('booking.no-show', stage.desk, { org, booking })), ['booking.too-early-for-no-show'])
  assert.deepEqual(
    codes(await house.ask('booking.attend', stage.tcmDesk, { org, booking })),
    ['platform.not-found'],
    'only the place itself',
  )
  await house.done('booking.attend', stage.desk, { org, booking })
})
