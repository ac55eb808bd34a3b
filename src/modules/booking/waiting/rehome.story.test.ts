import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plusDays } from '../../../kernel/day.ts'
import { sql } from '../../../platform/database/pool.ts'
import type { Actor } from '../../../platform/access.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage } from '../../../../tests/harness/stage.ts'
import { nothingBroken, rounds } from '../../../../tests/harness/waiting-for-beds.ts'

const PEOPLE = 30

const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)

const residents = async (house: TestHouse, count: number): Promise<Actor[]> => {
  const rows = await house.database.rows<{
    id: string
  }>(sql`insert into residents.person (zh, pinyin, initials, sex, synthetic, created_at)
    select '居民' || n, 'jumin', 'jm', 'female', true, now() from generate_series(1, ${count}::int) as n returning person_id as id`)
  return rows.map(({ id }) => actor('resident', null, '居民', id as never))
}

type Row = {
  person: string
  place: number
  state: string
  class: string
  told: number
  org: string | null
  doctor: string | null
  booking: string | null
}

/** Each who had booked the stopped slot, who booked first first: what was done for them. */
const outcomes = (house: TestHouse, pool: string): Promise<Row[]> =>
  house.database
    .rows<Row>(sql`select b.person_id as person, row_number() over (order by b.made_at, b.id)::int as place, w.state, w.class,
      (select count(*)::int from booking.notice n where n.person_id = b.person_id and n.subject = b.id) as told,
      w.unit_org as org, w.unit_booking as booking,
      (select p.doctor_zh from booking.offer o join booking.pool p on p.org_id = o.org_id and p.id = o.pool_id where o.org_id = w.unit_org and o.id = w.unit_booking) as doctor
    from booking.booking b join booking.waiting w on w.person_id = b.person_id and w.stopped_booking = b.id
    where b.pool_id = ${pool} order by 2`)

test('A stopped clinic re-homes thirty people: each is told once, and has a unit offered or a place in front of the list', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const lost = await stage.slot(stage.desk, { capacity: 60, daysAhead: 4, kind: 'ordinary' })
  const people = await residents(house, PEOPLE)
  for (const one of people) await house.done('booking.book', one, lost)
  const other = await residents(house, 1)
  const early = other[0] as Actor
  const wish = {
    specialty: '0304',
    orgs: [PLACES.county, PLACES.countyTcm],
    from: plusDays(stage.today, 6),
    until: plusDays(stage.today, 25),
  }
  const full = await stage.slot(stage.desk, { capacity: 1, daysAhead: 9, kind: 'ordinary' })
  assert.deepEqual(codes(await house.ask('booking.hold', early, full)), ['booking.only-reserved-left'])
  await house.done('booking.join-waiting', early, { ...wish, orgs: [PLACES.county] })
  await rounds(house)

  // Nothing else of the county hospital is open until now; what opens is published after the stop, before anybody is re-homed.
  await house.done('booking.stop-clinic', stage.desk, { pool: lost.pool, reason: '陈主任临时外出抢救' })
  const same = await stage.slot(stage.desk, { capacity: 15, daysAhead: 8, kind: 'ordinary', time: '14:00' })
  await stage.slot(stage.tcmDesk, { capacity: 10, daysAhead: 4, kind: 'ordinary', time: '15:00' })
  await house.settle()

  const rows = await outcomes(house, lost.pool)
  assert.equal(rows.length, PEOPLE, 'nobody silently vanished')
  assert.ok(rows.every(({ told, class: one }) => told === 1 && one === 'stopped'))
  const offered = rows.filter(({ state }) => state === 'offered')
  assert.equal(offered.length + rows.filter(({ state }) => state === 'waiting').length, PEOPLE)
  const open = await house.database.row<{
    left: number
    used: number
  }>(sql`select sum(capacity - reserved - emergency - used_open)::int as left, sum(used_open)::int as used
    from booking.pool where stopped_at is null and capacity > 1`)
  assert.deepEqual([open?.left, open?.used], [0, offered.length], 'what is open is offered, and no more')
  assert.ok(offered.length > 12 && offered.length < PEOPLE, `${offered.length} offered`)
  assert.deepEqual(
    offered.map(({ place }) => place),
    Array.from({ length: offered.length }, (_, at) => at + 1),
    'who booked first is offered first',
  )
  const sameOpen = await house.database.row<{ used: number }>(
    sql`select used_open as used from booking.pool where id = ${same.pool}`,
  )
  assert.deepEqual(
    offered.map(({ org }) => org),
    offered.map((_, at) => (at < (sameOpen?.used ?? 0) ? PLACES.county : PLACES.countyTcm)),
    'one’s own doctor before another hospital',
  )

  // Told once, whatever comes again.
  await house.database.run(sql`delete from platform.inbox where consumer like 'booking.rehome%'`)
  await house.database.run(sql`update platform.outbox set sent_at = null where type = 'booking.clinic-stopped'`)
  await rounds(house)
  const again = await house.database.row<{ told: number; most: number }>(sql`select count(*)::int as told, max(times)::int as most
    from (select count(*) as times from booking.notice where kind = 'clinic-stopped' group by person_id) n`)
  assert.deepEqual(again, { told: PEOPLE, most: 1 })
  const { notices } = await house.done('booking.notices', people[0] as Actor)
  assert.deepEqual(
    notices.map((one: { kind: string; data: { offer: string } }) => [one.kind, one.data.offer]),
    [['clinic-stopped', offered[0]?.booking]],
  )

  // One takes it, one does not: the first of those who wait is next, before whoever only waited.
  const [first, second] = offered as [Row, Row]
  const byId = new Map(people.map((one) => [one.person as string, one]))
  await house.done('booking.accept-offer', byId.get(first.person) as Actor, { org: first.org, booking: first.booking })
  await house.done('booking.decline-offer', byId.get(second.person) as Actor, { org: second.org, booking: second.booking })
  await rounds(house)
  const now = await outcomes(house, lost.pool)
  assert.equal(now[0]?.state, 'placed')
  assert.equal(now[1]?.state, 'waiting')
  assert.deepEqual(now[offered.length] && [now[offered.length]?.state, now[offered.length]?.org], ['offered', second.org])
  assert.equal((await house.done('booking.my-waiting', early)).entries[0].state, 'waiting')
  await nothingBroken(house)
})

test('The order is kept, or there is a reason: a desk that offers out of order is asked why', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const [first, second] = (await residents(house, 2)) as [Actor, Actor]
  const wish = { specialty: '0304', orgs: [PLACES.county], from: stage.today, until: plusDays(stage.today, 25) }
  for (const one of [first, second]) await house.done('booking.join-waiting', one, wish)
  const unit = await stage.slot(stage.desk, { capacity: 2, daysAhead: 6, kind: 'ordinary', time: '14:00' })
  const { rows } = await house.done('booking.shortage-worklist', stage.desk)
  assert.deepEqual(
    rows.map(({ person }: { person: string }) => person),
    [first.person, second.person],
  )
  const { waiting, person } = rows[1]
  const { units } = await house.done('booking.units-for-waiting', stage.desk, { person, waiting })
  assert.deepEqual(
    units.map(({ pool, isAccepted }: { pool: string; isAccepted: boolean }) => [pool, isAccepted]),
    [[unit.pool, true]],
  )
  const refused = await house.ask('booking.offer-unit', stage.desk, { person, waiting, ...unit })
  assert.deepEqual(codes(refused), ['booking.order-needs-reason'])
  assert.deepEqual(
    codes(await house.ask('booking.offer-unit', stage.tcmDesk, { person, waiting, ...unit, reason: '术后出血' })),
    ['platform.not-found'],
  )
  const done = await house.done('booking.offer-unit', stage.desk, { person, waiting, ...unit, reason: '术后复查,不能再等' })
  assert.equal(done.passedOver, 1)
  const kept = await house.database.row(
    sql`select passed_over as over, override_reason as why, override_by as by from booking.offer`,
  )
  assert.deepEqual(kept, { over: 1, why: '术后复查,不能再等', by: stage.desk.account })
  await assert.rejects(house.database.run(sql`update booking.offer set override_reason = null`), /offer_order_or_reason/)
  const next = await stage.slot(stage.desk, { capacity: 2, daysAhead: 7, kind: 'ordinary', time: '14:00' })
  const inOrder = await house.done('booking.offer-unit', stage.desk, {
    person: rows[0].person,
    waiting: rows[0].waiting,
    ...next,
  })
  assert.equal(inOrder.passedOver, 0, 'who stands first is offered without a reason')
})

test('A clinic stops under somebody who was only offered a unit of it: told once, and offered another of the same hospital', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const [waits] = (await residents(house, 1)) as [Actor]
  const until = plusDays(stage.today, 25)
  await house.done('booking.join-waiting', waits, { specialty: '0304', orgs: [PLACES.county], from: stage.today, until })
  const offered = await stage.slot(stage.desk, { capacity: 2, daysAhead: 6, kind: 'ordinary' })
  await rounds(house)
  const other = await stage.slot(stage.desk, { capacity: 2, daysAhead: 7, kind: 'ordinary', time: '14:00' })
  await house.done('booking.stop-clinic', stage.desk, { pool: offered.pool, reason: '临时停诊' })
  await house.settle()
  const entry = (await house.done('booking.my-waiting', waits)).entries[0]
  assert.deepEqual(
    [entry.state, entry.class, entry.offer?.pool],
    ['offered', 'stopped', other.pool],
    'without waiting for a sweep',
  )
  await rounds(house)
  const { notices } = await house.done('booking.notices', waits)
  assert.deepEqual(
    notices.map(({ kind }: { kind: string }) => kind).toSorted(),
    ['clinic-stopped', 'offer'],
    'the stop is told once, and not a second time as an offer that was withdrawn',
  )
  const ended = await house.database.rows<{ outcome: string | null }>(
    sql`select outcome from booking.offer where person_id = ${waits.person} order by made_at`,
  )
  assert.deepEqual(
    ended.map(({ outcome }) => outcome),
    ['withdrawn', null],
  )
  await nothingBroken(house)
})

test('What a hospital had cancelled long before the clinic stopped is not told as a stop', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const people = await residents(house, 2)
  const lost = await stage.slot(stage.desk, { capacity: 4, daysAhead: 5, kind: 'ordinary' })
  const [early, late] = people as [Actor, Actor]
  const together = { org: lost.org, person: early.person, channel: 'direct', units: [lost.pool] }
  const { group } = await house.done('booking.book-together', stage.desk, together)
  await house.done('booking.cancel-group', stage.desk, { org: lost.org, group, reason: '本人改约' })
  await house.done('booking.book', late, lost)
  await house.later(1)
  await house.done('booking.stop-clinic', stage.desk, { pool: lost.pool, reason: '临时停诊' })
  await rounds(house)
  const told = await house.database.rows<{ person: string }>(
    sql`select person_id as person from booking.notice where kind = 'clinic-stopped'`,
  )
  assert.deepEqual(told, [{ person: late.person }])
  await nothingBroken(house)
})

test('Two clinics stop one after the other: what is free goes to whoever lost a unit first, whichever stop is seen to first', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const [first, second] = (await residents(house, 2)) as [Actor, Actor]
  const one = await stage.slot(stage.desk, { capacity: 2, daysAhead: 5, kind: 'ordinary' })
  const other = await stage.slot(stage.tcmDesk, { capacity: 2, daysAhead: 6, kind: 'ordinary' })
  await house.done('booking.book', first, one)
  await house.later(1)
  await house.done('booking.book', second, other)
  await house.done('booking.stop-clinic', stage.desk, { pool: one.pool, reason: '临时停诊' })
  await house.settle()
  // Published, and not yet looked through, when the second clinic stops.
  const free = await stage.slot(stage.desk, { capacity: 2, daysAhead: 8, kind: 'ordinary' })
  await house.done('booking.stop-clinic', stage.tcmDesk, { pool: other.pool, reason: '临时停诊' })
  await rounds(house)
  const entryNow = async (who: Actor) => (await house.done('booking.my-waiting', who)).entries[0]
  assert.deepEqual((await entryNow(first)).offer?.pool, free.pool)
  assert.equal((await entryNow(second)).state, 'waiting')
  await nothingBroken(house)
})
