import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runChecks } from '../../../apps/checks.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import { sql } from '../../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage } from '../../../../tests/harness/stage.ts'
import { findBooking } from '../index.ts'

const theHouse = { account: null, role: 'system', org: null, person: null, name: { zh: '系统' } } as const
const KEEP_HOURS = 120 * 24

const rowsIn = async ({ database }: TestHouse, table: string): Promise<string[]> =>
  (await database.rows<{ id: string }>({ text: `select id from ${table} order by id`, values: [] } as never)).map(({ id }) => id)

test('What ended long ago moves to its day whole; what lives, or is pointed at, stays; pools still add up', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity: 5, daysAhead: 4 })
  const people = await Promise.all(['甲一', '乙二', '丙三'].map((zh, at) => stage.person(zh, `197${at}-01-01`)))
  const [one, two, three] = people.map((person) => actor('resident', null, '居民', person)) as [never, never, never]
  const cancelled = await house.done('booking.hold', one, unit)
  await house.done('booking.cancel', one, { org: cancelled.org, booking: cancelled.booking, reason: '临时有事' })
  const lives = await house.done('booking.hold', two, unit)
  await house.done('booking.confirm', two, { org: lives.org, booking: lives.booking })
  const came = await house.done('booking.hold', three, unit)
  await house.done('booking.confirm', three, { org: came.org, booking: came.booking })
  await house.done('booking.attend', stage.desk, { org: came.org, booking: came.booking })
  const before = await house.database.row(sql`select to_jsonb(b) as row from booking.booking b where id = ${came.booking}`)

  await house.later(KEEP_HOURS - 1)
  await house.done('booking.keep-past', theHouse, {})
  assert.deepEqual(await rowsIn(house, 'booking.past_booking'), [], 'one hour too early')

  await house.later(2)
  await house.done('booking.keep-past', theHouse, {})
  assert.deepEqual(await rowsIn(house, 'booking.booking'), [lives.booking])
  assert.deepEqual(await rowsIn(house, 'booking.past_booking'), [cancelled.booking, came.booking].toSorted())
  assert.deepEqual(await rowsIn(house, 'booking.past_rest'), [], 'each lies in the partition of its day')
  const after = await house.database.row(sql`select to_jsonb(b) as row from booking.past_booking b where id = ${came.booking}`)
  assert.deepEqual(after, before, 'not a column has changed')
  const found = await asSystem(house.house.database).transaction((tx) => findBooking(tx, came.org, came.booking))
  assert.equal(found?.state, 'attended')
  const day = new Date(
    Date.parse((await house.database.row<{ at: string }>(sql`select starts_at as at from booking.pool`))?.at ?? '') +
      8 * 3_600_000,
  )
  const list = await house.done('booking.day-list', stage.desk, { day: day.toISOString().slice(0, 10) })
  assert.deepEqual(
    list.bookings.map((one: { booking: string }) => one.booking).toSorted(),
    [lives.booking, came.booking].toSorted(),
    'the list of a day long ago shows what has moved',
  )
  const claims = await house.database.rows(sql`select booking_id as id from booking.person_claim`)
  assert.deepEqual(claims, [{ id: lives.booking }])
  const broken = (await runChecks(house.database)).filter(({ breaches }) => breaches > 0)
  assert.deepEqual(broken, [])
  await house.done('booking.keep-past', theHouse, {})
  assert.equal((await rowsIn(house, 'booking.every_booking')).length, 3)
})

test('A booking that another row points at stays until that row is gone', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity: 5, daysAhead: 4 })
  const resident = actor('resident', null, '居民', await stage.person('丁四', '1966-01-01'))
  const held = await house.done('booking.hold', resident, unit)
  await house.done('booking.cancel', resident, { org: held.org, booking: held.booking, reason: '临时有事' })
  await house.database.run(
    sql`create table booking.pointing (org_id bigint, booking_id uuid, foreign key (org_id, booking_id) references booking.booking)`,
  )
  await house.database.run(sql`insert into booking.pointing values (${held.org}, ${held.booking})`)
  const move = () =>
    asSystem(house.house.database).row<{ moved: number }>(
      sql`select booking.keep_past(${held.org}, platform.jieli_now() + interval '1 day', 10) as moved`,
    )
  assert.deepEqual(await move(), { moved: 0 })
  await house.database.run(sql`drop table booking.pointing`)
  assert.deepEqual(await move(), { moved: 1 })
})

test('A day that is opened late takes its bookings out of the net; nobody but the house moves anything', async (t) => {
  const house = await testHouse(t)
  await house.database
    .run(sql`insert into booking.past_booking (org_id, id, pool_id, person_id, share, state, made_at, changed_at)
    select ${PLACES.county}, booking.least_id('2024-03-05T10:00:00Z'), gen_random_uuid(), 1, 'open', 'attended', now(), now()`)
  assert.equal((await rowsIn(house, 'booking.past_rest')).length, 1)
  const seenDirectly = await asSystem(house.house.database).rows(sql`select from booking.past_rest`)
  assert.deepEqual(seenDirectly, [], 'a partition shows nothing to the app, not even to the house')
  await house.database.run(sql`select booking.open_past_day('2024-03-05'), booking.open_past_day('2024-03-05')`)
  assert.deepEqual(
    [(await rowsIn(house, 'booking.past_rest')).length, (await rowsIn(house, 'booking.past_20240305')).length],
    [0, 1],
  )
  await assert.rejects(
    house.house.database.transaction(async (tx) => {
      await tx.run(sql`select platform.open_act(1, null, 'administrator', null)`)
      await tx.run(sql`select booking.keep_past(1, now(), 10)`)
    }),
    { code: '42501' },
  )
})

test('The past has every column that a booking has', async (t) => {
  const house = await testHouse(t)
  const missing = await house.database
    .rows(sql`select attname from pg_attribute where attrelid = 'booking.booking'::regclass and attnum > 0 and not attisdropped
    except select attname from pg_attribute where attrelid = 'booking.past_booking'::regclass`)
  assert.deepEqual(
    missing,
    [],
    'a new column of booking.booking: add it to booking.past_booking and to the view booking.every_booking as well',
  )
})
