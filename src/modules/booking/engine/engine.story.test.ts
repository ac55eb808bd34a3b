import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runChecks } from '../../../apps/checks.ts'
import { newId, type OrgId, type PersonId } from '../../../kernel/id.ts'
import type { Day } from '../../../kernel/day.ts'
import type { Actor } from '../../../platform/access.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import { sql } from '../../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, setStage } from '../../../../tests/harness/stage.ts'
import type { BookingId, PoolId } from '../booking.ts'
import { lockPool } from '../store.ts'
import { planUnit, saveUnit } from '../units.ts'
import { bookMany, type Asking } from './store.ts'

const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)

const residents = (house: TestHouse, many: number): Promise<{ id: PersonId }[]> =>
  house.database.rows(sql`insert into residents.person (zh, pinyin, initials, sex, synthetic, created_at)
    select '居民' || n, 'jumin', 'jm', 'female', true, now() from generate_series(1, ${many}) as n returning person_id as id`)

const self = (person: PersonId): Actor => actor('resident', null, '居民', person)

type Unit = { org: string; pool: string }
const asking = (unit: Unit, person: PersonId, more: Partial<Asking> = {}): Asking => ({
  wish: { form: 'booking.book', org: unit.org as OrgId, pool: unit.pool as PoolId, person, channel: 'direct', body: unit },
  actor: self(person),
  request: newId(),
  key: newId(),
  hash: 'body',
  ...more,
})

/** One batch, as an engine sends it. */
const send = async (house: TestHouse, batch: readonly Asking[], more: { isRealNameNeeded?: boolean; dayMost?: number } = {}) => {
  const today = (
    await house.database.row<{ day: Day }>(sql`select (platform.jieli_now() at time zone 'Asia/Shanghai')::date as day`)
  )?.day as Day
  const told = await bookMany(house.house.database.alone, batch, {
    today,
    zone: 'Asia/Shanghai',
    holdMinutes: 10,
    dayMost: 3,
    isRealNameNeeded: false,
    ...more,
  })
  return told.map(({ outcome, said }) => (outcome === 'refused' ? said : outcome))
}

const holds = async (house: TestHouse): Promise<void> =>
  assert.deepEqual(
    (await runChecks(house.database)).filter(({ breaches }) => breaches > 0),
    [],
  )

test('Of one batch the first to come are booked, in their order; whoever is refused leaves nothing but an audit row', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity: 5 })
  const people = await residents(house, 6)
  const told = await send(
    house,
    people.map(({ id }) => asking(unit, id)),
  )
  assert.deepEqual(told, ['done', 'done', 'done', 'done', 'booking.only-reserved-left', 'booking.only-reserved-left'])
  const left = await house.database.row(sql`select
    (select array_agg(person_id::text order by id) from booking.booking) as booked,
    (select used_open from booking.pool) as used,
    (select count(*)::int from booking.person_claim) as claims,
    (select count(*)::int from booking.service_claim) as services,
    (select sum(live)::int from booking.person_day) as days,
    (select count(*)::int from platform.trace_event where type = 'booking.confirmed' and seq = 1) as events,
    (select count(*)::int from platform.outbox where type = 'booking.confirmed') as sent,
    (select count(*)::int from platform.person_event where type = 'booking.confirmed') as told,
    (select count(*)::int from platform.idempotency where answer like '%confirmed%') as keys,
    (select count(*)::int from platform.audit where form = 'booking.book' and outcome = 'done' and person_id is not null) as done,
    (select count(*)::int from platform.audit where form = 'booking.book' and outcome = 'refused' and code = 'booking.only-reserved-left') as refused`)
  const booked = people.slice(0, 4).map(({ id }) => id)
  assert.deepEqual(left, {
    booked,
    used: 4,
    claims: 4,
    services: 4,
    days: 4,
    events: 4,
    sent: 4,
    told: 4,
    keys: 4,
    done: 4,
    refused: 2,
  })
  await holds(house)
})

test('A wish that fails on its person leaves the unit to the next in the same batch', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const here = await stage.slot(stage.desk, { capacity: 2 })
  const there = await stage.slot(stage.tcmDesk, { capacity: 5 })
  const [one, two] = (await residents(house, 2)).map(({ id }) => id) as [PersonId, PersonId]
  // Of two units one is reserved: one open unit, for which three ask; the first of them is elsewhere at that time.
  const nowhere = { ...here, pool: newId() }
  const wishes = [asking(nowhere, two), asking(there, one), asking(here, one), asking(here, two), asking(here, one)]
  assert.deepEqual(await send(house, wishes), [
    'booking.no-unit-left',
    'done',
    'booking.person-booked-then',
    'done',
    'booking.only-reserved-left',
  ])
  await holds(house)
})

test('One key is one act: within a batch, in the next one, and with another body', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk)
  const [one] = (await residents(house, 1)).map(({ id }) => id) as [PersonId]
  const first = asking(unit, one)
  assert.deepEqual(await send(house, [first, { ...first, request: newId() }, { ...first, hash: 'another body' }]), [
    'done',
    'replayed',
    'platform.key-used-otherwise',
  ])
  assert.deepEqual(await send(house, [first, { ...first, hash: 'another body' }]), ['replayed', 'platform.key-used-otherwise'])
  const key = newId()
  const resident = self(one)
  await house.done('booking.cancel', resident, { ...(await booked(house)), reason: '临时有事' })
  const answers = await Promise.all([1, 2, 3].map(() => house.done('booking.hold', resident, unit, key)))
  assert.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1, 'byte for byte')
  assert.deepEqual(codes(await house.ask('booking.book', resident, unit, key)), ['platform.key-used-otherwise'])
  await holds(house)
})

const booked = async (house: TestHouse) =>
  (await house.database.row<{ org: string; booking: BookingId }>(
    sql`select org_id as org, id as booking from booking.booking where state = 'confirmed'`,
  )) as { org: string; booking: BookingId }

test('A refused key is free again: the same request may be made once more', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const full = await stage.slot(stage.desk, { capacity: 1 })
  const [one] = (await residents(house, 1)).map(({ id }) => id) as [PersonId]
  const wish = asking(full, one)
  assert.deepEqual(await send(house, [wish, wish]), ['booking.only-reserved-left', 'booking.only-reserved-left'])
  await house.database.run(sql`update booking.pool set capacity = 2`)
  assert.deepEqual(await send(house, [wish, wish]), ['done', 'replayed'])
})

test('A hold that has ended never stands in the way: its unit goes to whoever asks next, and that is told once', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity: 2, daysAhead: 4 })
  const [one, two] = (await residents(house, 2)).map(({ id }) => id) as [PersonId, PersonId]
  const { booking } = await house.done('booking.hold', self(one), unit)
  await house.database.run(sql`update platform.clock set offset_ms = offset_ms + 10 * 60 * 1000`)
  await house.done('booking.book', self(two), unit)
  const ended = await house.database
    .row(sql`select b.state, b.reason, e.type, e.seq, e.actor_role as by, e.data->>'share' as share,
      (select outcome from platform.deadline d where d.case_id = b.id) as deadline,
      (select count(*)::int from booking.person_claim where booking_id = b.id) as claims,
      (select count(*)::int from booking.service_claim where booking_id = b.id) as services
    from booking.booking b join platform.trace_event e on e.case_id = b.id and e.type = 'booking.expired' where b.id = ${booking}`)
  assert.deepEqual(ended, {
    state: 'expired',
    reason: 'hold ended',
    type: 'booking.expired',
    seq: 2,
    by: 'system',
    share: 'open',
    deadline: 'replaced',
    claims: 0,
    services: 0,
  })
  assert.deepEqual(codes(await house.ask('booking.confirm', self(one), { org: unit.org, booking })), ['booking.hold-ended'])
  await house.settle()
  await holds(house)
})

test('What is left of a reserve is open from its release on, also when nobody has released it yet', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity: 2, daysAhead: 4 })
  const people = (await residents(house, 4)).map(({ id }) => id)
  assert.deepEqual(
    await send(
      house,
      people.slice(0, 2).map((id) => asking(unit, id)),
    ),
    ['done', 'booking.only-reserved-left'],
  )
  const pool = await house.database.row<{ ms: number }>(
    sql`select extract(epoch from release_at - platform.jieli_now()) * 1000 as ms from booking.pool`,
  )
  await house.database.run(sql`update platform.clock set offset_ms = offset_ms + ${Math.ceil(Number(pool?.ms))}::bigint`)
  assert.deepEqual(
    await send(
      house,
      people.slice(2).map((id) => asking(unit, id)),
    ),
    ['done', 'booking.no-unit-left'],
  )
  const told = await house.database.rows(
    sql`select (data->>'units')::int as units from platform.trace_event where type = 'booking.reserve-released'`,
  )
  assert.deepEqual(told, [{ units: 1 }])
  await holds(house)
})

test('Nothing is booked in a clinic that is stopped, in a slot that has begun, or that does not exist', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const [stopped, begun] = [await stage.slot(stage.desk), await stage.slot(stage.tcmDesk, { time: '10:00' })]
  const [one] = (await residents(house, 1)).map(({ id }) => id) as [PersonId]
  await house.database.run(sql`update booking.pool set stopped_at = now(), stop_reason = '设备故障' where id = ${stopped.pool}`)
  const starts = await house.database.row<{ at: string }>(sql`select starts_at as at from booking.pool where id = ${begun.pool}`)
  assert.deepEqual(codes(await house.ask('booking.book', self(one), stopped)), ['booking.clinic-stopped'])
  assert.deepEqual(codes(await house.ask('booking.book', self(one), { ...begun, pool: newId() })), ['booking.no-unit-left'])
  await house.until(starts?.at as string)
  assert.deepEqual(codes(await house.ask('booking.book', self(one), begun)), ['booking.slot-has-begun'])
})

test('A resident has one live booking of a service and day, so many a day, and none while suspended; a referral never asks', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const times = ['08:00', '09:00', '10:00', '11:00', '14:00']
  const specialties = ['0304', '0304', '0305', '0306', '0307']
  const units = await Promise.all(times.map((time, at) => stage.slot(stage.desk, { time, specialty: specialties[at] as string })))
  const [one, two] = (await residents(house, 2)).map(({ id }) => id) as [PersonId, PersonId]
  const [first, sameService, second, third, fourth] = units as [Unit, Unit, Unit, Unit, Unit]
  const done = await house.done('booking.book', self(one), first)
  assert.deepEqual(codes(await house.ask('booking.book', self(one), sameService)), ['booking.service-booked-that-day'])
  await house.done('booking.book', self(one), second)
  await house.done('booking.hold', self(one), third)
  assert.deepEqual(await house.ask('booking.book', self(one), fourth), {
    ok: false,
    refusals: [{ code: 'booking.day-full', detail: { most: 3 } }],
  })
  await house.done('booking.cancel', self(one), { org: done.org, booking: done.booking, reason: '改约' })
  await house.done('booking.book', self(one), sameService)
  assert.deepEqual(
    await send(
      house,
      units.map((unit) => asking(unit, two)),
    ),
    ['done', 'booking.service-booked-that-day', 'done', 'done', 'booking.day-full'],
  )

  await house.database.run(sql`insert into booking.standing values (${two}, platform.jieli_now() + interval '1 day')`)
  assert.deepEqual(codes(await house.ask('booking.book', self(two), fourth)), ['booking.suspended'])
  assert.deepEqual(await send(house, [asking(fourth, two, { wish: { ...asking(fourth, two).wish, channel: 'referral' } })]), [
    'done',
  ])
  await house.later(25)
  const tomorrow = await stage.slot(stage.desk, { daysAhead: 3 })
  await house.done('booking.book', self(two), tomorrow)
  const counts = await house.database
    .row(sql`select (select count(*)::int from booking.service_claim) as claims, (select sum(live)::int from booking.person_day) as days,
    (select count(*)::int from booking.booking where state in ('held', 'confirmed') and channel = 'direct') as live`)
  assert.deepEqual(counts, { claims: 6, days: 6, live: 6 })
})

test('Who draws a unit in a transaction of their own meets the same limits', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const units = await Promise.all(['08:00', '09:00'].map((time) => stage.slot(stage.desk, { time })))
  const [one] = (await residents(house, 1)).map(({ id }) => id) as [PersonId]
  await house.done('booking.book', self(one), units[0] as Unit)
  const act = { zone: 'Asia/Shanghai', policy: () => 3 }
  const draw = (unit: Unit) =>
    asSystem(house.house.database).transaction(async (tx) => {
      const id = newId<BookingId>()
      const pool = await lockPool(tx, unit.org as OrgId, unit.pool as PoolId)
      const wish = { id, person: one, caseId: id, madeByOrg: null, channel: 'direct' as const, holdUntil: null }
      const drawn = planUnit(pool, wish, '2026-11-22T00:00:00.000Z' as never)
      assert.ok(drawn.ok)
      await saveUnit(tx, drawn.value, act)
    })
  await assert.rejects(draw(units[1] as Unit), { message: 'booking.service-booked-that-day' })
  const elsewhere = await stage.slot(stage.desk, { time: '10:00', specialty: '0305' })
  await draw(elsewhere)
  assert.deepEqual(await house.database.row(sql`select live from booking.person_day`), { live: 2 })
  await holds(house)
})

test('A region may ask for a document; the desk books for whom it names, at its own institution', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk)
  const [one] = (await residents(house, 1)).map(({ id }) => id) as [PersonId]
  assert.deepEqual(await send(house, [asking(unit, one)], { isRealNameNeeded: true }), ['booking.real-name-needed'])
  assert.deepEqual(codes(await house.ask('booking.book', stage.desk, unit)), ['booking.person-not-named'])
  assert.deepEqual(codes(await house.ask('booking.book', stage.tcmDesk, { ...unit, person: one })), ['platform.not-found'])
  assert.deepEqual(codes(await house.ask('booking.book', self(one), { ...unit, person: '1' })), ['platform.not-found'])
  assert.deepEqual(codes(await house.ask('booking.book', stage.desk, { ...unit, person: '999999999999' })), [
    'platform.not-found',
  ])
  const done = await house.done('booking.book', stage.desk, { ...unit, person: one })
  const row = await house.database.row(
    sql`select person_id as person, made_by_org as by, state from booking.booking where id = ${done.booking}`,
  )
  assert.deepEqual(row, { person: one, by: stage.desk.org, state: 'confirmed' })
  const notes = await house.database.rows<{ code: string }>(
    sql`select code from platform.audit where form = 'booking.book' and outcome = 'refused' order by id`,
  )
  assert.equal(notes.length, 5, 'each refusal is on record')
  await holds(house)
})

test('Somebody who is linked into another person books as that person', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk)
  const [one, two] = (await residents(house, 2)).map(({ id }) => id) as [PersonId, PersonId]
  await house.database.run(sql`update residents.person set merged_into = ${two} where person_id = ${one}`)
  await house.done('booking.book', self(one), unit)
  assert.deepEqual(await house.database.row(sql`select person_id as person from booking.booking`), { person: two })
})
