import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plusDays } from '../../../kernel/day.ts'
import { sql } from '../../../platform/database/pool.ts'
import { stayOf, wardWith } from '../../../../tests/harness/beds.ts'
import { testHouse } from '../../../../tests/harness/house.ts'
import { PLACES, setStage } from '../../../../tests/harness/stage.ts'
import { personOf, waits } from '../../../../tests/harness/waiting-for-beds.ts'

test('A ward finds by name whom its hospital deals with, and nobody else; each look is on record', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const ward = await wardWith(house, stage.desk, [
    { room: '1', label: '1', sex: 'male' },
    { room: '1', label: '2', sex: 'male' },
  ])
  const [inHouse, expected, waiting, stranger] = [
    await personOf(house, stage, '演示在院'),
    await personOf(house, stage, '演示将来'),
    await personOf(house, stage, '演示候床'),
    await personOf(house, stage, '演示无关'),
  ]
  const booked = await house.done('booking.book-together', stage.desk, stayOf(inHouse.person as string, ward, stage.today, 20))
  await house.done('booking.admit', stage.ward, { org: ward.org, stay: booked.group, bed: ward.bed['1-1'] })
  await house.done('booking.book-together', stage.desk, stayOf(expected.person as string, ward, plusDays(stage.today, 1), 20))
  await house.done('booking.join-waiting', stage.villageDoctor, waits(stage, waiting, [PLACES.county], { nights: 14 }))

  const found = async (by: typeof stage.ward, text: string) =>
    (await house.done('booking.persons-here', by, { text })).persons.map(({ id, why }: { id: string; why: string }) => [id, why])
  const everybody = [
    [inHouse.person, 'in-house'],
    [expected.person, 'expected'],
    [waiting.person, 'waiting'],
  ]
  assert.deepEqual((await found(stage.ward, '演示')).toSorted(), everybody.toSorted())
  assert.deepEqual(await found(stage.ward, '无关'), [], 'who has nothing to do with the house is not found by name')
  assert.deepEqual(await found(stage.tcmDesk, '演示'), [], 'nor by another hospital')
  assert.ok(stranger.person)
  const [looked] = await house.database.rows<{ count: number }>(
    sql`select count(*)::int from platform.audit where form = 'booking.persons-here' and person_id = ${inHouse.person}`,
  )
  assert.equal(looked?.count, 1)
})
