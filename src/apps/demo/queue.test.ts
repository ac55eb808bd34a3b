import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PersonId } from '../../kernel/id.ts'
import { databaseNow, sql } from '../../platform/database/pool.ts'
import { testHouse } from '../../../tests/harness/house.ts'
import { PLACES, setStage } from '../../../tests/harness/stage.ts'
import { insertQueue } from './queue.ts'

test('The demo’s queue is under way: the emergency is next, who was passed comes back, and the next can be called', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const people = await house.database.rows<{
    id: PersonId
  }>(sql`insert into residents.person (zh, pinyin, initials, sex, born_on, synthetic, created_at)
    select '居民' || n, 'jumin', 'jm', 'female', '1950-01-01', true, now() from generate_series(1, 10) as n returning person_id as id`)
  const facts = {
    org: PLACES.county as never,
    rulebook: house.house.rulebook,
    now: await databaseNow(house.database),
    today: stage.today,
    zone: house.house.zone,
  }
  const waiting = people.map(({ id }) => ({ id, seed: { bornOn: '1950-01-01' } }))
  assert.equal(await house.database.transaction((tx) => insertQueue(tx, waiting, facts)), 10)
  const { queues } = await house.done('booking.queues', stage.desk)
  assert.deepEqual([queues[0].waiting, queues[0].served, queues[0].called], [6, 3, 5])
  const { tickets } = await house.done('booking.queue-board', stage.ward, { queue: queues[0].id })
  assert.deepEqual(
    tickets.slice(0, 2).map(({ number }: { number: number }) => number),
    [5, 10],
  )
  assert.equal((await house.done('booking.call-next', stage.ward, { queue: queues[0].id })).number, 10)
  await house.later(24)
  assert.equal((await house.done('booking.queues', stage.desk)).queues.length, 0, 'the queue ended with its day')
})
