import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantAt, plusDays } from '../../../kernel/day.ts'
import { sql } from '../../../platform/database/pool.ts'
import type { Actor } from '../../../platform/access.ts'
import { codes, stayOf, stayRow, usedDays, wardWith, type NewBed } from '../../../../tests/harness/beds.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import { entryOf, nothingBroken, personOf, rounds, statesOf, toldOf, waits } from '../../../../tests/harness/waiting-for-beds.ts'

const NIGHTS = 10
const bed = (room: string, sex: NewBed['sex'], isolation = false): NewBed => ({ room, label: '1', sex, isolation })
type Ward = Awaited<ReturnType<typeof wardWith>>

/** Somebody lies in a bed for ten nights. */
const lieIn = async (house: TestHouse, stage: Stage, ward: Ward, who: Actor, in_: string, more: object = {}) => {
  const asked = stayOf(who.person as string, ward, stage.today, NIGHTS)
  const { group } = await house.done('booking.book-together', stage.desk, { ...asked, stay: { ...asked.stay, ...more } })
  const keeper = ward.org === PLACES.county ? stage.ward : stage.tcmDesk
  await house.done('booking.admit', keeper, { org: ward.org, stay: group, bed: ward.bed[in_] })
  return group as string
}

const fullWards = async (house: TestHouse, stage: Stage) => {
  const here = await wardWith(house, stage.desk, [bed('1', 'male'), bed('2', 'female'), bed('3', 'any', true)])
  const there = await wardWith(house, stage.tcmDesk, [bed('1', 'male')])
  const [man, woman, isolated, other] = [
    await personOf(house, stage, '在院男'),
    await personOf(house, stage, '在院女', 'female'),
    await personOf(house, stage, '在院隔离'),
    await personOf(house, stage, '别院男'),
  ]
  const stay = await lieIn(house, stage, here, man, '1-1')
  await lieIn(house, stage, here, woman, '2-1')
  await lieIn(house, stage, here, isolated, '3-1', { isolation: true })
  const stayThere = await lieIn(house, stage, there, other, '1-1')
  return { here, there, stay, stayThere }
}

test('All beds are full; somebody leaves early: the first whom the bed fits is offered it, declines, and the next is admitted', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const { here, there, stay, stayThere } = await fullWards(house, stage)
  const isolated = await personOf(house, stage, '候隔离')
  const woman = await personOf(house, stage, '候女', 'female')
  const [first, second, third] = [
    await personOf(house, stage, '候一'),
    await personOf(house, stage, '候二'),
    await personOf(house, stage, '候三'),
  ] as const
  const both = [PLACES.county, PLACES.countyTcm]
  await house.done('booking.join-waiting', stage.familyDoctor, waits(stage, isolated, [PLACES.county], { isolation: true }))
  await house.done('booking.join-waiting', stage.villageDoctor, waits(stage, woman, [PLACES.county]))
  for (const who of [first, second, third]) await house.done('booking.join-waiting', stage.villageDoctor, waits(stage, who, both))
  await rounds(house)
  const everybody = [isolated, woman, first, second, third]
  assert.deepEqual(await statesOf(house, everybody), Array(5).fill('waiting'), 'no bed is free anywhere in these days')
  const { rows } = await house.done('booking.shortage-worklist', stage.desk)
  assert.deepEqual(
    rows.map((row: Record<string, unknown>) => [row['unitKind'], row['nights'], row['sex'], row['isolation']]),
    [['bed-day', 3, 'male', true], ['bed-day', 3, 'female', false], ...Array(3).fill(['bed-day', 3, 'male', false])],
  )

  await house.done('booking.discharge', stage.ward, { org: here.org, stay })
  await house.settle()
  assert.deepEqual(await statesOf(house, everybody), ['waiting', 'waiting', 'offered', 'waiting', 'waiting'])
  const { offer } = await entryOf(house, first)
  assert.equal(offer?.stay.ward.zh, '演示病区')
  assert.equal(offer?.stay.until, plusDays(offer?.stay.from as never, 3))
  const days = (await usedDays(house, here.ward)).filter(({ sex, used }) => sex === 'male' && used === 1)
  assert.ok(days.length >= 3, 'all nights are held')

  await house.done('booking.decline-offer', first, { org: offer?.org, booking: offer?.booking })
  await house.settle()
  assert.deepEqual(await statesOf(house, [second, third]), ['offered', 'waiting'])
  const again = await entryOf(house, first)
  assert.notEqual(again.offer?.stay.from, offer?.stay.from, 'the same days are not offered twice to anybody')
  const next = (await entryOf(house, second)).offer
  assert.equal(next?.stay.from, offer?.stay.from)
  await house.done('booking.accept-offer', second, { org: next?.org, booking: next?.booking })
  assert.equal((await entryOf(house, second)).state, 'placed')
  const group = await house.database.row<{ id: string }>(
    sql`select id from booking.stay where person_id = ${second.person} and state = 'planned'`,
  )
  if (next?.stay.from !== stage.today) await house.later(24)
  await house.done('booking.bed-ready', stage.ward, { org: here.org, bed: here.bed['1-1'] })
  await house.done('booking.admit', stage.ward, { org: here.org, stay: group?.id, bed: here.bed['1-1'] })
  assert.equal((await stayRow(house, group?.id as string))?.state, 'admitted')

  await house.done('booking.discharge', stage.tcmDesk, { org: there.org, stay: stayThere })
  await house.settle()
  const elsewhere = await entryOf(house, first)
  assert.deepEqual(
    [elsewhere.state, elsewhere.offer?.org],
    ['offered', PLACES.countyTcm],
    'who turned down a bed here still stands first for one of the other hospital',
  )
  assert.equal((await entryOf(house, third)).state, 'waiting')
  await rounds(house)
  await nothingBroken(house)
})

test('An offer of a stay that nobody answers gives all of its days back and goes to the next; one who is not there in time loses the bed', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const ward = await wardWith(house, stage.desk, [bed('1', 'male')])
  const [first, second] = [await personOf(house, stage, '候一'), await personOf(house, stage, '候二')] as const
  const until = plusDays(stage.today, 1)
  for (const who of [first, second])
    await house.done('booking.join-waiting', stage.desk, waits(stage, who, [PLACES.county], { until, nights: 20 }))
  await rounds(house)
  const offered = await entryOf(house, first)
  assert.deepEqual(await statesOf(house, [first, second]), ['offered', 'waiting'])
  assert.equal((await usedDays(house, ward.ward)).length, 20)
  await house.until(offered.offer?.until as string)
  await rounds(house)
  const late = await house.ask('booking.accept-offer', first, { org: offered.offer?.org, booking: offered.offer?.booking })
  assert.deepEqual(codes(late), ['booking.offer-over'])
  const kinds = (await house.done('booking.notices', first)).notices.map(({ kind }: { kind: string }) => kind)
  assert.ok(kinds.includes('offer-missed'))
  const next = await entryOf(house, second)
  assert.equal(next.state, 'offered')
  await house.done('booking.accept-offer', second, { org: next.offer?.org, booking: next.offer?.booking })
  const group = await house.database.row<{ id: string }>(
    sql`select id from booking.stay where person_id = ${second.person} and state = 'planned'`,
  )
  await house.later(24 * 3)
  await rounds(house)
  assert.equal((await stayRow(house, group?.id as string))?.state, 'cancelled', 'who has not come loses the bed as anybody does')
  await nothingBroken(house)
})

test('Leaving gives an offered stay back; the place may withdraw an offer, and the entry keeps its place', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const ward = await wardWith(house, stage.desk, [bed('1', 'male')])
  const [first, second] = [await personOf(house, stage, '候一'), await personOf(house, stage, '候二')] as const
  for (const who of [first, second])
    await house.done('booking.join-waiting', stage.desk, waits(stage, who, [PLACES.county], { nights: 20 }))
  await rounds(house)
  const { waiting } = await entryOf(house, first)
  await house.done('booking.leave-waiting', first, { waiting })
  await house.settle()
  assert.deepEqual(await statesOf(house, [first, second]), ['withdrawn', 'offered'])
  const held = await house.database.row<{ id: string }>(
    sql`select id from booking.stay where person_id = ${second.person} and state = 'planned'`,
  )
  await house.done('booking.cancel-group', stage.ward, { org: ward.org, group: held?.id, reason: '漏水停用' })
  await rounds(house)
  const outcomes = await house.database.rows<{ outcome: string }>(
    sql`select outcome from booking.offer where person_id = ${second.person} order by made_at`,
  )
  assert.equal(outcomes[0]?.outcome, 'withdrawn')
  assert.equal((await toldOf(house, second, 'offer-withdrawn')).length, 1)
  await nothingBroken(house)
})

test('A shorter stay goes before a longer one only by hand, and with a reason', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const ward = await wardWith(house, stage.desk, [bed('1', 'male')])
  const later = await personOf(house, stage, '四天后住')
  const asked = stayOf(later.person as string, ward, plusDays(stage.today, 4), 20)
  await house.done('booking.book-together', stage.desk, asked)
  const [long, short] = [await personOf(house, stage, '候长'), await personOf(house, stage, '候短')] as const
  const until = plusDays(stage.today, 10)
  await house.done('booking.join-waiting', stage.desk, waits(stage, long, [PLACES.county], { nights: 7, until }))
  await house.done('booking.join-waiting', stage.desk, waits(stage, short, [PLACES.county], { nights: 2, until }))
  await rounds(house)
  assert.deepEqual(
    await statesOf(house, [long, short]),
    ['waiting', 'waiting'],
    'the gap is too short for the first, and kept for nobody else',
  )
  const { waiting } = await entryOf(house, short)
  const { units } = await house.done('booking.units-for-waiting', stage.desk, { person: short.person, waiting })
  assert.equal(units[0].stay.ward.zh, '演示病区')
  const wish = { person: short.person, waiting, org: ward.org, pool: units[0].pool }
  assert.deepEqual(codes(await house.ask('booking.offer-unit', stage.desk, wish)), ['booking.order-needs-reason'])
  const made = await house.done('booking.offer-unit', stage.desk, { ...wish, reason: '短住两晚,不影响后续' })
  assert.equal(made.passedOver, 1)
  assert.equal((await entryOf(house, short)).offer?.stay.from, units[0].stay.from)
  await nothingBroken(house)
})

test('The worklist says where beds are free for so many nights in a row, at places that those who wait have not thought of', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const { there } = await fullWards(house, stage)
  const waiting = await personOf(house, stage, '候一')
  await house.done('booking.join-waiting', stage.desk, waits(stage, waiting, [PLACES.county], { nights: 5 }))
  await rounds(house)
  const elsewhere = async () =>
    (await house.done('booking.shortage-worklist', stage.desk)).elsewhere.map(
      ({ org, unitKind, nights, free, firstAt }: Record<string, unknown>) => [org, unitKind, nights, free, firstAt],
    )
  const freeOn = (days: number) => instantAt(plusDays(stage.today, days), '00:00', house.house.zone)
  const bedsFrom = (org: string, beds: number, days: number) => [org, 'bed-day', 5, beds, freeOn(days)]
  // The man, the woman and the isolated person at home and the man elsewhere all leave after ten nights.
  assert.deepEqual(await elsewhere(), [bedsFrom(PLACES.county, 3, NIGHTS), bedsFrom(PLACES.countyTcm, 1, NIGHTS)])
  const visitor = await personOf(house, stage, '十二天后住')
  await house.done(
    'booking.book-together',
    stage.tcmDesk,
    stayOf(visitor.person as string, there, plusDays(stage.today, NIGHTS + 2), 1),
  )
  assert.deepEqual(
    (await elsewhere()).at(-1),
    bedsFrom(PLACES.countyTcm, 1, NIGHTS + 3),
    'a gap that is too short for five nights is not named',
  )
})

test('Who cannot be offered a bed there is told when joining, and why', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  await wardWith(house, stage.desk, [bed('1', 'male')])
  const [man, woman, unknown] = [
    await personOf(house, stage, '男'),
    await personOf(house, stage, '女', 'female'),
    await personOf(house, stage, '未知', 'unknown'),
  ] as const
  const here = [PLACES.county]
  const refused = async (by: Actor, wish: object) => codes(await house.ask('booking.join-waiting', by, wish))
  assert.deepEqual(await refused(stage.desk, waits(stage, unknown, here)), ['booking.sex-unknown'])
  assert.deepEqual(await refused(stage.desk, waits(stage, woman, here)), ['booking.waiting-bed-class'])
  assert.deepEqual(await refused(stage.desk, waits(stage, man, here, { isolation: true })), ['booking.waiting-bed-class'])
  assert.deepEqual(await refused(stage.desk, waits(stage, man, [...here, PLACES.countyTcm])), ['booking.waiting-wards'])
  assert.deepEqual(await refused(stage.desk, waits(stage, man, here, { nights: 22 })), ['booking.waiting-nights'])
  assert.deepEqual(await refused(stage.villageDoctor, waits(stage, man, here, { channel: 'direct' })), [
    'booking.direct-only-here',
  ])
  const { person: _, ...own } = waits(stage, man, here)
  assert.deepEqual(await refused(man, own), ['booking.bed-wait-by-staff'])
  const { nights: __, ...unsaid } = waits(stage, man, here)
  await house.done('booking.join-waiting', stage.desk, unsaid)
  assert.equal((await entryOf(house, man)).nights, 7, 'a week where nothing is said')
})
