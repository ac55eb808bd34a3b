import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plusDays } from '../../../kernel/day.ts'
import type { Actor } from '../../../platform/access.ts'
import { codes, wardWith, type NewBed } from '../../../../tests/harness/beds.ts'
import { testHouse } from '../../../../tests/harness/house.ts'
import { PLACES, setStage } from '../../../../tests/harness/stage.ts'
import { entryOf, nothingBroken, personOf, rounds, statesOf, toldOf, waits } from '../../../../tests/harness/waiting-for-beds.ts'

const bed = (room: string, sex: NewBed['sex']): NewBed => ({ room, label: '1', sex })

test('A bed that closes while it is offered: the last in order loses the offer and is told once; what is accepted or admitted stands', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const ward = await wardWith(house, stage.desk, [bed('1', 'male'), bed('2', 'male'), bed('3', 'male')])
  const names = ['候一', '候二', '候三'] as const
  const [first, second, third] = (await Promise.all(names.map((zh) => personOf(house, stage, zh)))) as [Actor, Actor, Actor]
  const until = plusDays(stage.today, 1)
  for (const who of [first, second, third])
    await house.done('booking.join-waiting', stage.desk, waits(stage, who, [PLACES.county], { until, nights: 20 }))
  await rounds(house)
  assert.deepEqual(await statesOf(house, [first, second, third]), ['offered', 'offered', 'offered'])
  const close = (room: string) =>
    house.ask('booking.close-bed', stage.ward, { org: ward.org, bed: ward.bed[room], reason: '屋顶漏水' })

  assert.deepEqual(codes(await close('3-1')), [])
  await rounds(house)
  assert.deepEqual(await statesOf(house, [first, second, third]), ['offered', 'offered', 'waiting'])
  assert.equal((await toldOf(house, third, 'offer-withdrawn')).length, 1)

  const { offer } = await entryOf(house, first)
  await house.done('booking.accept-offer', first, { org: offer?.org, booking: offer?.booking })
  assert.equal((await close('2-1')).ok, true, 'the second was only asked')
  await rounds(house)
  assert.deepEqual(await statesOf(house, [first, second, third]), ['placed', 'waiting', 'waiting'])
  assert.deepEqual(codes(await close('1-1')).at(0), 'booking.bed-days-sold', 'a bed that was accepted is nobody’s to close')
  assert.equal((await toldOf(house, first, 'offer-withdrawn')).length, 0)

  await house.done('booking.reopen-bed', stage.ward, { org: ward.org, bed: ward.bed['2-1'] })
  await rounds(house)
  assert.deepEqual(
    await statesOf(house, [second, third]),
    ['offered', 'waiting'],
    'the same days may be offered again: they were not turned down',
  )
  assert.equal((await toldOf(house, second, 'offer-withdrawn')).length, 1, 'told once')
  assert.equal((await toldOf(house, second, 'offer')).length, 2)
  await nothingBroken(house)
})

test('A bed that closes in a ward of rooms for any: an offer moves to the room that is left, and nobody is told of less than there is', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const ward = await wardWith(house, stage.desk, [bed('1', 'any'), bed('2', 'any')])
  const [man, woman] = [await personOf(house, stage, '候男'), await personOf(house, stage, '候女', 'female')] as const
  await house.done('booking.join-waiting', stage.desk, waits(stage, man, [PLACES.county]))
  await rounds(house)
  const close = { org: ward.org, bed: ward.bed['1-1'], reason: '消毒' }
  assert.equal((await house.done('booking.close-bed', stage.ward, close)).takenBack, 0, 'the other room does as well')
  await house.done('booking.reopen-bed', stage.ward, { org: ward.org, bed: ward.bed['1-1'] })
  await house.done('booking.join-waiting', stage.desk, waits(stage, woman, [PLACES.county]))
  await rounds(house)
  assert.deepEqual(await statesOf(house, [man, woman]), ['offered', 'offered'])
  assert.equal((await house.done('booking.close-bed', stage.ward, close)).takenBack, 1)
  await rounds(house)
  const { offer } = await entryOf(house, woman)
  assert.equal((await entryOf(house, man)).state, 'offered')
  if (offer) assert.ok(offer.stay.from >= plusDays(stage.today, 3), 'after the man has left')
  await nothingBroken(house)
})
