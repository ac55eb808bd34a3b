import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { PersonId } from '../../../kernel/id.ts'
import type { Actor } from '../../../platform/access.ts'
import { sql } from '../../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import { screenOf } from './screens.ts'

const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)

type Unit = { org: string; pool: string }
type Visitor = { readonly self: Actor; readonly person: PersonId; readonly org: string; readonly booking: string }
type Day = { readonly house: TestHouse; readonly stage: Stage; readonly unit: Unit; readonly at: (time: string) => Promise<void> }

const YOUNG = '1990-01-01'
const OLD = '1941-01-01'

/** A house whose clinic sees people at nine, two days ahead; `at` moves the clock to a time of that day. */
const clinicDay = async (t: TestContext, capacity = 10): Promise<Day> => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity, daysAhead: 3, kind: 'ordinary' })
  const pool = await house.database.row<{ day: string }>(
    sql`select (starts_at at time zone 'Asia/Shanghai')::date::text as day from booking.pool where id = ${unit.pool}`,
  )
  return { house, stage, unit, at: (time) => house.until(`${pool?.day}T${time}:00+08:00`) }
}

/** Somebody who booked a unit at the clinic. */
const visitor = async ({ house, stage, unit }: Day, zh: string, bornOn = YOUNG): Promise<Visitor> => {
  const person = await stage.person(zh, bornOn)
  const self = actor('resident', null, '居民', person)
  const { org, booking } = await house.done('booking.hold', self, unit)
  await house.done('booking.confirm', self, { org, booking })
  return { self, person, org, booking }
}

const arrive = async ({ house, stage }: Day, { org, booking }: Visitor) =>
  house.done('booking.check-in', stage.desk, { org, booking })
const row = (house: TestHouse, booking: string) =>
  house.database.row<{ state: string }>(sql`select state from booking.booking where id = ${booking}`)
const told = async (house: TestHouse, type: string): Promise<number> =>
  (await house.database.rows(sql`select 1 from platform.trace_event where type = ${type}`)).length

test('The day of a visit: checked in by telephone near the time, called, inside, served, and the booking is attended', async (t) => {
  const day = await clinicDay(t)
  const { house, stage } = day
  const one = await visitor(day, '甲一')
  const { org, booking } = one
  assert.deepEqual(codes(await house.ask('booking.check-in', one.self, { org, booking })), ['booking.visit-not-today'])
  await day.at('07:59')
  assert.deepEqual(codes(await house.ask('booking.check-in', one.self, { org, booking })), ['booking.check-in-too-early'])
  await day.at('08:10')
  const other = actor('resident', null, '他人', await stage.person('旁人', YOUNG))
  assert.deepEqual(codes(await house.ask('booking.check-in', other, { org, booking })), ['platform.not-found'])
  const taken = await house.done('booking.check-in', one.self, { org, booking })
  assert.deepEqual([taken.number, (await row(house, booking))?.state], [1, 'checked-in'])
  assert.deepEqual(codes(await house.ask('booking.check-in', stage.desk, { org, booking })), ['booking.waits-already'])
  const { bookings } = await house.done('booking.day-list', stage.desk, {})
  assert.equal(bookings[0]?.state, 'checked-in', 'the desk’s list of the day shows who has come')

  const { tickets } = await house.done('booking.my-tickets', one.self)
  assert.deepEqual([tickets[0].number, tickets[0].ahead, tickets[0].wait.minutes, tickets[0].state], [1, 0, 0, 'waiting'])
  await house.done('booking.call-next', stage.ward, { queue: taken.queue })
  const key = { org, ticket: taken.ticket }
  assert.equal((await house.done('booking.my-tickets', one.self)).tickets[0].state, 'called')
  assert.deepEqual(codes(await house.ask('booking.call-next', stage.ward, { queue: taken.queue })), ['booking.somebody-called'])
  await house.done('booking.recall', stage.ward, key)
  await house.done('booking.enter', stage.ward, key)
  assert.deepEqual(codes(await house.ask('booking.recall', stage.ward, key)), ['booking.ticket-state-otherwise'])
  await house.done('booking.serve', stage.ward, key)
  assert.equal((await row(house, booking))?.state, 'attended')
  assert.deepEqual(codes(await house.ask('booking.check-in', stage.desk, { org, booking })), ['booking.state-otherwise'])
  for (const type of ['booking.checked-in', 'booking.ticket-called', 'booking.ticket-recalled', 'booking.attended'])
    assert.equal(await told(house, type), 1, type)
})

test('The order of a morning: the emergency, the referred before who booked, the old before the young, the walk-in last', async (t) => {
  const day = await clinicDay(t)
  const { house, stage } = day
  const young = await visitor(day, '年轻', YOUNG)
  const old = await visitor(day, '年长', OLD)
  const sent = await stage.person('转诊', YOUNG)
  const condition = { key: 'I10', zh: '高血压' }
  const letter = { impression: '高血压', reason: '控制不佳', pastHistory: '', treatment: '' }
  const { referral } = await house.done('referral.send', stage.villageDoctor, { person: sent, receiver: day.unit.org, specialty: '0304', condition, letter, consent: { by: 'patient' }, unit: day.unit }) // prettier-ignore
  await house.done('referral.accept', stage.desk, { referral })
  await day.at('08:30')
  const { queue } = await arrive(day, young)
  await house.done('booking.take-ticket', stage.desk, { queue })
  await arrive(day, old)
  const unit = await house.database.row<{ booking: string }>(
    sql`select id as booking from booking.booking where person_id = ${sent}`,
  )
  await house.done('booking.check-in', stage.desk, { org: day.unit.org, booking: unit?.booking })
  await house.done('booking.take-ticket', stage.desk, { queue, emergency: '胸痛' })
  const board = await house.done('booking.queue-board', stage.ward, { queue })
  assert.deepEqual(
    board.tickets.map(({ number, name }: { number: number; name: { zh: string } | null }) => [number, name?.zh ?? null]),
    [[5, null], [4, '转诊'], [3, '年长'], [1, '年轻'], [2, null]],
  ) // prettier-ignore
  assert.deepEqual([board.queue.waiting, board.queue.called], [5, null])
  const mine = (await house.done('booking.my-tickets', young.self)).tickets[0]
  assert.deepEqual([mine.ahead, mine.wait], [3, { minutes: 24, from: 15, to: 36 }], 'three visits of the usual length')
  const { arrivals } = await house.done('booking.find-arrival', stage.desk, { text: young.booking.slice(-8).toUpperCase() })
  assert.deepEqual([arrivals.length, arrivals[0].number], [1, 1], 'the end of the booking’s number finds it')
  assert.equal(
    (await house.done('booking.find-arrival', stage.desk, { text: `jieli:${young.org}:${young.booking}` })).arrivals.length,
    1,
  )
  assert.equal((await house.done('booking.find-arrival', stage.desk, { text: '年长' })).arrivals.length, 1)
  assert.deepEqual(
    (await house.done('booking.find-arrival', stage.tcmDesk, { text: '年长' })).arrivals,
    [],
    'only at one’s own place',
  )
  await house.done('health-card.apply', young.self, { person: young.self.person })
  const card = (await house.done('health-card.mine', young.self)).holders[0].cards[0]
  const { person } = await house.done('health-card.scan', stage.desk, { text: card.text, scene: 'registration' })
  const byCard = async (by: typeof stage.desk) => (await house.done('booking.find-arrival', by, { person })).arrivals
  assert.deepEqual((await byCard(stage.desk)).map(({ booking }: { booking: string }) => booking), [young.booking], 'an e-health card finds its person’s booking')
  assert.deepEqual(await byCard(stage.tcmDesk), [], 'and only at one’s own place')
})

test('Whoever is passed goes three places back, and after three times the number ends; the booking may be checked in again', async (t) => {
  const day = await clinicDay(t)
  const { house, stage } = day
  const absent = await visitor(day, '迟到')
  await day.at('08:30')
  const { queue, ticket } = await arrive(day, absent)
  for (let count = 0; count < 12; count += 1) await house.done('booking.take-ticket', stage.desk, { queue })
  const order = async (): Promise<number[]> =>
    (await house.done('booking.queue-board', stage.ward, { queue })).tickets.map(({ number }: { number: number }) => number)
  const key = { org: absent.org, ticket }
  assert.equal((await house.done('booking.call-next', stage.ward, { queue })).number, 1)
  await house.done('booking.pass', stage.ward, key)
  assert.deepEqual((await order()).slice(0, 5), [2, 3, 4, 1, 5], 'three are called first')
  const callOthers = async (count: number) => {
    for (let done = 0; done < count; done += 1) {
      const called = await house.done('booking.call-next', stage.ward, { queue })
      await house.done('booking.serve', stage.ward, { org: absent.org, ticket: called.ticket })
    }
  }
  for (const again of [2, 3]) {
    await callOthers(3)
    assert.equal((await house.done('booking.call-next', stage.ward, { queue })).number, 1, `the ${again}. call`)
    await house.done('booking.pass', stage.ward, key)
  }
  await callOthers(3)
  await house.done('booking.call-next', stage.ward, { queue })
  assert.equal((await house.done('booking.pass', stage.ward, key)).state, 'left', 'passed too often')
  assert.equal((await row(house, absent.booking))?.state, 'checked-in')
  assert.equal((await arrive(day, absent)).number, 14, 'a new number, behind those who wait')
})

test('Each is told once that the turn is near, when three or fewer are before them, and again never', async (t) => {
  const day = await clinicDay(t)
  const { house, stage } = day
  const visitors: Visitor[] = []
  for (const zh of ['一', '二', '三', '四', '五', '六']) visitors.push(await visitor(day, `候诊${zh}`))
  await day.at('08:30')
  let queue = ''
  for (const one of visitors) queue = (await arrive(day, one)).queue
  await house.settle()
  const near = () => house.database.rows<{ person: string }>(sql`select person_id as person from platform.trace_event where type = 'booking.turn-near' order by at, person_id`) // prettier-ignore
  assert.deepEqual((await near()).map(({ person }) => person), visitors.slice(0, 4).map(({ person }) => person)) // prettier-ignore
  await house.done('booking.call-next', stage.ward, { queue })
  await house.settle()
  assert.equal((await near()).length, 5, 'the fifth has three before them now')
  const sixth = visitors[5] as Visitor
  assert.deepEqual((await house.done('booking.my-tickets', sixth.self)).tickets[0].reminded, false)
  const second = visitors[1] as Visitor
  const own = (await house.done('booking.my-tickets', second.self)).tickets[0]
  await house.done('booking.leave', second.self, { org: own.org, ticket: own.ticket })
  assert.equal((await row(house, second.booking))?.state, 'cancelled', 'whoever goes away gives up the unit')
  await house.settle()
  await Promise.all([1, 2, 3].map(() => house.done('booking.remind-queue', { account: null, role: 'system', org: null, person: null, name: { zh: '系统' } }, { org: own.org, queue }))) // prettier-ignore
  assert.equal((await near()).length, 6, 'each once, however often the house looks')
  assert.equal((await house.done('booking.my-tickets', sixth.self)).tickets[0].reminded, true)
})

test('A queue closes when nobody waits, opens again at the desk, and ends by itself with its day', async (t) => {
  const day = await clinicDay(t)
  const { house, stage } = day
  const [stays, comes] = [await visitor(day, '久候'), await visitor(day, '后来')]
  await day.at('08:30')
  const { queue } = await arrive(day, stays)
  assert.deepEqual(codes(await house.ask('booking.close-queue', stage.desk, { queue })), ['booking.people-still-wait'])
  const { queue: empty } = await house.done('booking.open-queue', stage.desk, { specialty: '0303', place: '3 诊室' })
  await house.done('booking.close-queue', stage.desk, { queue: empty })
  assert.deepEqual(codes(await house.ask('booking.take-ticket', stage.desk, { queue: empty })), ['booking.queue-closed'])
  assert.equal((await house.done('booking.open-queue', stage.desk, { specialty: '0303', place: '3 诊室' })).queue, empty)
  await house.done('booking.take-ticket', stage.desk, { queue: empty })
  assert.deepEqual(
    codes(await house.ask('booking.call-next', stage.tcmDesk, { queue })),
    ['platform.not-found'],
    'another’s queue',
  )
  await house.later(24)
  const states = await house.database.rows<{ state: string }>(sql`select state from booking.ticket`)
  assert.deepEqual(states.map(({ state }) => state), ['left', 'left']) // prettier-ignore
  assert.deepEqual(codes(await house.ask('booking.check-in', stage.desk, { org: comes.org, booking: comes.booking })), [
    'booking.visit-not-today',
  ])
})

test('A waiting-room screen shows numbers and first characters, nothing else of a person, and ends when it is closed', async (t) => {
  const day = await clinicDay(t)
  const { house, stage } = day
  const visitors: Visitor[] = []
  for (const zh of ['张建国', '李小红', '王大力', '赵一', '钱二']) visitors.push(await visitor(day, zh))
  await day.at('08:30')
  let queue = ''
  for (const one of visitors) queue = (await arrive(day, one)).queue
  await house.done('booking.take-ticket', stage.desk, { queue })
  const called = await house.done('booking.call-next', stage.ward, { queue })
  await house.done('booking.enter', stage.ward, { org: called.org ?? day.unit.org, ticket: called.ticket })
  await house.done('booking.call-next', stage.ward, { queue })
  const opened = await house.done('booking.open-screen', stage.desk, { title: '门诊二楼候诊区' })
  const secret = (opened.address as string).replace('/board/', '')
  const shown = await screenOf(house.house, secret)
  assert.deepEqual(
    shown?.queues[0]?.now,
    [{ number: 2, name: '李*', isInside: false }],
    'the first was served when the second was called',
  )
  assert.deepEqual(shown?.queues[0]?.next, [{ number: 3, name: '王*' }, { number: 4, name: '赵*' }, { number: 5, name: '钱*' }]) // prettier-ignore
  assert.equal(shown?.queues[0]?.waiting, 4)
  const text = JSON.stringify(shown)
  for (const { person, booking } of visitors) assert.ok(!text.includes(`"${person}"`) && !text.includes(booking))
  assert.ok(!/建国|小红|大力/.test(text), 'no whole name')
  assert.equal(await screenOf(house.house, `${day.unit.org}-${'A'.repeat(22)}`), null, 'a guessed address')
  await house.done('booking.close-screen', stage.desk, { screen: opened.screen })
  assert.equal(await screenOf(house.house, secret), null)
  const kept = await house.database.row<{ hash: Buffer }>(sql`select secret_hash as hash from booking.screen`)
  assert.ok(!kept?.hash.toString('utf8').includes(secret), 'the secret itself is not kept')
})

test('Whom the family doctor sent and who checks in has arrived; whoever then goes away leaves the unit to the case', async (t) => {
  const day = await clinicDay(t)
  const { house, stage, unit } = day
  const person = await stage.person('转来', OLD)
  const condition = { key: 'I10', zh: '高血压' }
  const letter = { impression: '高血压', reason: '控制不佳', pastHistory: '', treatment: '' }
  const { referral } = await house.done('referral.send', stage.villageDoctor, { person, receiver: unit.org, specialty: '0304', condition, letter, consent: { by: 'patient' }, unit }) // prettier-ignore
  await house.done('referral.accept', stage.desk, { referral })
  await day.at('08:30')
  const { booking } = (await house.database.row<{ booking: string }>(sql`select id as booking from booking.booking where person_id = ${person}`)) as { booking: string } // prettier-ignore
  const { ticket } = await house.done('booking.check-in', stage.desk, { org: unit.org, booking })
  await house.settle()
  const found = await house.database.row<{ state: string }>(sql`select state from referral.referral where id = ${referral}`)
  assert.equal(found?.state, 'arrived', 'the case follows the check-in: nobody calls it a missed visit')
  const tasks = (await house.done('referral.tasks', stage.familyDoctor, {})).tasks
  assert.equal(tasks.length, 1, 'and the family doctor is told to ask')
  await house.done('booking.leave', stage.desk, { org: unit.org, ticket, reason: '去做检查' })
  assert.equal((await row(house, booking))?.state, 'checked-in', 'the unit is the case’s')
  await house.done('booking.attend', stage.desk, { org: unit.org, booking })
  assert.equal((await row(house, booking))?.state, 'attended')
})
