import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databaseNow, sql } from '../../../platform/database/pool.ts'
import { testHouse } from '../../../../tests/harness/house.ts'
import { actor, setStage } from '../../../../tests/harness/stage.ts'
import { publicSearch } from './public-search.ts'

const monotonic = (): number => performance.now()

test('Anybody finds what a direct booking could draw, by service, place, day and doctor; no person stands in it', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const cardiology = await stage.slot(stage.desk, { capacity: 5, daysAhead: 3 })
  const neurology = await stage.slot(stage.tcmDesk, { capacity: 5, daysAhead: 4, specialty: '0303' })
  const reservedOnly = await stage.slot(stage.desk, { capacity: 1, daysAhead: 5 })
  const person = await stage.person('张三丰', '1980-01-01')
  await house.done('booking.hold', actor('resident', null, '居民', person), cardiology)
  const search = publicSearch(house.house, monotonic)
  const pools = async (question: Parameters<typeof search.free>[0]) => (await search.free(question)).slots.map(({ pool }) => pool)
  assert.deepEqual(await pools({ specialty: '0304' }), [cardiology.pool], 'what is left for referrals alone is not offered')
  const [slot] = (await search.free({ specialty: '0304' })).slots
  assert.equal(slot?.free, 3, 'five less the reserved one and the held one')
  assert.deepEqual(await pools({ org: stage.tcmDesk.org as string }), [neurology.pool])
  assert.deepEqual(await pools({ doctor: '陈主任' }), [cardiology.pool, neurology.pool])
  assert.deepEqual(await pools({ doctor: '%' }), [], 'a pattern is taken literally')
  assert.deepEqual(await pools({ specialty: '0304', day: stage.today }), [], 'another day')
  const text = JSON.stringify(await search.free({ doctor: '陈' }))
  assert.ok(!text.includes('三丰') && !text.includes(`"${person}"`))
  const places = await search.places()
  assert.deepEqual(places.specialties.map(({ code }) => code), ['0303', '0304']) // prettier-ignore
  assert.equal(places.institutions.length, 2)
  assert.notEqual(reservedOnly.pool, cardiology.pool)
})

test('A second after the last unit is sold no answer offers it, by the database’s clock', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity: 1, daysAhead: 3, kind: 'ordinary' })
  await house.database.run(sql`update booking.pool set reserved = 0`)
  const search = publicSearch(house.house, monotonic)
  const offers = async () => (await search.free({ specialty: '0304' })).slots.some(({ pool }) => pool === unit.pool)
  const self = actor('resident', null, '居民', await stage.person('甲', '1980-01-01'))
  assert.equal(await offers(), true)
  await house.done('booking.hold', self, unit)
  const soldAt = Date.parse(await databaseNow(house.database))
  let answers = 0
  for (let offered = true; offered; answers += 1) {
    const askedAt = Date.parse(await databaseNow(house.database))
    const { asOf, slots } = await search.free({ specialty: '0304' })
    offered = slots.some(({ pool }) => pool === unit.pool)
    assert.ok(Date.parse(asOf) >= askedAt - 1_000, `the answer is of ${asOf}, asked at ${new Date(askedAt).toISOString()}`)
    assert.ok(!offered || askedAt <= soldAt + 1_000, `still offered ${askedAt - soldAt} ms after it was sold`)
  }
  t.diagnostic(`${answers} answers until it was gone`)
  await house.done('booking.cancel', self, {
    org: unit.org,
    booking: (await house.database.row<{ id: string }>(sql`select id from booking.booking`))?.id,
    reason: '临时有事',
  })
})
