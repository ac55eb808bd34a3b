import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PersonId } from '../../../kernel/id.ts'
import { sql } from '../../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage } from '../../../../tests/harness/stage.ts'
import { seeded, seedOfRun } from '../../../../tests/invariants/small-region.ts'

const PEOPLE = 16
const ROUNDS = 40
const AT_ONCE = 4

/** What must answer nothing, whatever was done and however it raced. */
const BREACHES: readonly [says: string, query: ReturnType<typeof sql>][] = [
  [
    'numbers of a queue run from 1 without a gap, each once',
    sql`select q.id, q.last_number, count(t.id), count(distinct t.number) from booking.queue q left join booking.ticket t on t.org_id = q.org_id and t.queue_id = q.id
      group by q.org_id, q.id, q.last_number having count(t.id) <> q.last_number or count(distinct t.number) <> q.last_number or coalesce(max(t.number), 0) <> q.last_number`,
  ],
  [
    'one is called and one is inside at a time',
    sql`select queue_id, state, count(*) from booking.ticket where state in ('called', 'in') group by 1, 2 having count(*) > 1`,
  ],
  [
    'each is told once at most that the turn is near, and who was told is marked',
    sql`select t.id, t.reminded_at, count(e.id) from booking.ticket t left join platform.trace_event e on e.case_id = t.id and e.type = 'booking.turn-near'
      group by t.org_id, t.id, t.reminded_at having count(e.id) <> (t.reminded_at is not null)::int`,
  ],
  [
    'as many calls stand in the trace as the queue has counted',
    sql`select q.id, q.calls, count(e.id) from booking.queue q left join booking.ticket t on t.org_id = q.org_id and t.queue_id = q.id
      left join platform.trace_event e on e.case_id = t.id and e.type = 'booking.ticket-called' group by q.org_id, q.id, q.calls having count(e.id) <> q.calls`,
  ],
  [
    'who waits or is inside has a booking that was checked in; who was served has one that was attended',
    sql`select t.id, t.state, b.state from booking.ticket t join booking.booking b on b.org_id = t.org_id and b.id = t.booking_id
      where (t.ended_at is null and b.state <> 'checked-in') or (t.state = 'served' and b.state <> 'attended')`,
  ],
  [
    'a number that ended by itself stays ended',
    sql`select t.id from booking.ticket t join platform.trace_event e on e.case_id = t.id and e.type in ('booking.ticket-left', 'booking.ticket-served')
      where t.ended_at is null`,
  ],
]

const holds = async (house: TestHouse, when: string): Promise<void> => {
  for (const [says, query] of BREACHES) assert.deepEqual(await house.database.rows(query), [], `${says}: ${when}`)
}

test('A day of random arrivals and calls, several at once: numbers, states, reminders and bookings agree', async (t) => {
  const seed = seedOfRun()
  t.diagnostic(`JIELI_SEED=${seed}`)
  const random = seeded(seed)
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity: PEOPLE * 2, daysAhead: 3, kind: 'ordinary' })
  const visitors: { self: ReturnType<typeof actor>; org: string; booking: string }[] = []
  const rows = await house.database.rows<{
    id: PersonId
  }>(sql`insert into residents.person (zh, pinyin, initials, sex, born_on, synthetic, created_at)
    select '居民' || n, 'jumin', 'jm', 'female', date '1930-01-01' + n * 1500, true, now() from generate_series(1, ${PEOPLE}) as n returning person_id as id`)
  for (const { id } of rows) {
    const self = actor('resident', null, '居民', id)
    const { org, booking } = await house.done('booking.hold', self, unit)
    await house.done('booking.confirm', self, { org, booking })
    visitors.push({ self, org, booking })
  }
  const pool = await house.database.row<{ at: string }>(
    sql`select (starts_at - interval '50 minutes')::text as at from booking.pool where id = ${unit.pool}`,
  )
  await house.until(new Date(pool?.at ?? '').toISOString())
  const first = visitors[0] as (typeof visitors)[number]
  const { queue } = await house.done('booking.check-in', first.self, { org: first.org, booking: first.booking })

  const someTicket = async (): Promise<string> => {
    const tickets = await house.database.rows<{ id: string }>(
      sql`select id from booking.ticket order by ended_at is not null, number limit 6`,
    )
    return random.one(tickets).id
  }
  const act = async (): Promise<boolean> => {
    const visitor = random.one(visitors)
    const org = PLACES.county
    const { booking } = visitor
    const way = random.below(10)
    if (way < 3) return (await house.ask('booking.check-in', random.chance(0.5) ? visitor.self : stage.desk, { org, booking })).ok
    if (way === 3)
      return (await house.ask('booking.take-ticket', stage.desk, { queue, ...(random.chance(0.2) ? { emergency: '胸痛' } : {}) }))
        .ok
    if (way < 6) return (await house.ask('booking.call-next', stage.ward, { queue })).ok
    const ticket = await someTicket()
    if (way === 9) return (await house.ask('booking.leave', random.chance(0.5) ? visitor.self : stage.desk, { org, ticket })).ok
    const name = random.one(['booking.pass', 'booking.enter', 'booking.serve', 'booking.recall'] as const)
    return (await house.ask(name, stage.ward, { org, ticket })).ok
  }
  let done = 0
  for (let round = 1; round <= ROUNDS; round += 1) {
    const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, act))
    done += outcomes.filter(Boolean).length
    await house.settle()
    await holds(house, `after round ${round} of JIELI_SEED=${seed}`)
  }
  const counts = await house.database.row<{
    tickets: number
    served: number
    passed: number
    near: number
  }>(sql`select count(*)::int as tickets,
    count(*) filter (where state = 'served')::int as served, count(*) filter (where passes > 0)::int as passed, count(reminded_at)::int as near from booking.ticket`)
  t.diagnostic(`${done} of ${ROUNDS * AT_ONCE} acts done: ${JSON.stringify(counts)}`)
  assert.ok(done > ROUNDS / 2 && (counts?.tickets ?? 0) > 5 && (counts?.near ?? 0) > 3, 'a day on which something happened')
})
