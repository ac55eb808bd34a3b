import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { runChecks } from '../../../apps/checks.ts'
import { plusDays, weekdayOf, type Day } from '../../../kernel/day.ts'
import { sql } from '../../../platform/database/pool.ts'
import { runAsSystem } from '../../../platform/deadlines.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import { statutoryDay } from './rules/statutory-day.ts'

const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)
const detailOf = (outcome: { ok: boolean; refusals?: readonly { detail?: object }[] }) => outcome.refusals?.[0]?.detail

const begin = async (t: TestContext): Promise<{ house: TestHouse; stage: Stage }> => {
  const house = await testHouse(t)
  return { house, stage: await setStage(house) }
}

/** The first ordinary day from a day on, of a weekday if one is given: no holiday, no make-up workday. */
const ordinaryFrom = (day: Day, weekday?: number): Day => {
  let found = day
  while (statutoryDay(found).is !== 'ordinary' || (weekday !== undefined && weekdayOf(found) !== weekday))
    found = plusDays(found, 1)
  return found
}

const doctor = async (house: TestHouse, stage: Stage, zh = '陈主任', sharedWith: string[] = []) =>
  house.done('booking.save-calendar', stage.desk, { kind: 'doctor', name: { zh }, specialty: '0304', sharedWith })

const keyOf = ({ org, calendar }: { org: string; calendar: string }) => ({ org, id: calendar })

const WEEK = [1, 2, 3, 4, 5, 6, 7]
/** Every weekday, from 08:00 to 10:00: four slots of two units. */
const weekly = (calendar: { org: string; id: string } | null, more: object = {}) => ({
  kind: 'expert',
  specialty: '0304',
  calendar,
  worksOnHolidays: true,
  sessions: WEEK.map((weekday) => ({ weekday, from: '08:00', to: '10:00', capacity: 2 })),
  ...more,
})

type PoolRow = {
  id: string
  starts: string
  capacity: number
  used: number
  stopped: boolean
  doctor: string | null
  reserved: number
}
const poolsOf = (house: TestHouse, plan: string, day?: string) =>
  house.database
    .rows<PoolRow>(sql`select id, to_char(starts_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as starts, capacity, reserved,
      used_reserved + used_emergency + used_open as used, stopped_at is not null as stopped, doctor_zh as doctor
    from booking.pool where plan_id = ${plan} and (${day ?? null}::date is null or (starts_at at time zone 'Asia/Shanghai')::date = ${day ?? null}::date) order by starts_at`)

const publish = (house: TestHouse) => runAsSystem(house.house, 'booking.publish-plans', {}, async () => true)

const resident = async (stage: Stage, zh: string) => actor('resident', null, '居民', await stage.person(zh, '1966-01-01'))

/** Somebody books a unit of a pool. */
const booked = async (house: TestHouse, stage: Stage, pool: string, zh: string) => {
  const self = await resident(stage, zh)
  const held = await house.done('booking.hold', self, { org: PLACES.county, pool })
  await house.done('booking.confirm', self, { org: held.org, booking: held.booking })
  return { self, booking: held.booking as string }
}

const holds = async (house: TestHouse): Promise<void> =>
  assert.deepEqual(
    (await runChecks(house.database)).filter(({ breaches }) => breaches > 0),
    [],
  )

test('A saved plan publishes its pools for two weeks; publishing again, and a day later, makes nothing twice', async (t) => {
  const { house, stage } = await begin(t)
  const calendar = keyOf(await doctor(house, stage))
  const tried = await house.done('booking.save-plan', stage.desk, weekly(calendar, { dryRun: true }))
  assert.equal((await poolsOf(house, tried.plan)).length, 0, 'a dry run publishes nothing')
  const saved = await house.done('booking.save-plan', stage.desk, weekly(calendar))
  const { unitsOpened, slotsOpened } = saved.effect
  assert.deepEqual([unitsOpened, slotsOpened], [tried.effect.unitsOpened, tried.effect.slotsOpened])
  const tomorrow = plusDays(stage.today, 1)
  const ofDay = await poolsOf(house, saved.plan, tomorrow)
  assert.deepEqual(
    ofDay.map(({ starts, capacity, doctor: name }) => [starts.slice(11), capacity, name]),
    ['08:00', '08:30', '09:00', '09:30'].map((at) => [at, 2, '陈主任']),
  )
  assert.equal(
    ofDay.reduce((sum, { reserved }) => sum + reserved, 0),
    2,
    'a fifth of the day’s eight units, rounded up',
  )
  const all = await poolsOf(house, saved.plan)
  assert.equal(all.at(-1)?.starts.slice(0, 10), plusDays(stage.today, 13))
  assert.equal(await publish(house), 'booking.nothing-to-publish')
  await house.database.run(sql`update booking.plan set looked_after_on = null, published_through = null`)
  assert.equal(await publish(house), null)
  assert.equal((await poolsOf(house, saved.plan)).length, all.length, 'nothing twice')
  await house.later(24)
  assert.equal(await publish(house), null)
  assert.equal((await poolsOf(house, saved.plan)).length, all.length + 4, 'one day more')
  await holds(house)
})

test('Two servers publish at the same moment: each slot once', async (t) => {
  const { house, stage } = await begin(t)
  for (const zh of ['甲', '乙', '丙'])
    await house.done('booking.save-plan', stage.desk, weekly(keyOf(await doctor(house, stage, zh))))
  const before = await house.database.row<{ n: number }>(sql`select count(*)::int as n from booking.pool`)
  await house.later(24 * 3)
  await Promise.all([publish(house), publish(house), publish(house), publish(house)])
  const rows = await house.database.row<{ n: number; spans: number }>(
    sql`select count(*)::int as n, (select count(*)::int from booking.calendar_span) as spans from booking.pool`,
  )
  assert.deepEqual(rows, { n: (before?.n ?? 0) + 3 * 3 * 4, spans: (before?.n ?? 0) + 3 * 3 * 4 })
})

test('A holiday is closed, a make-up workday is worked as the weekday that the plan names, an exception goes before both', async (t) => {
  const { house, stage } = await begin(t)
  // Before the National Day of 2027 is arranged, its days are those of the law; the year 2026 is arranged, with make-up days.
  await house.until('2026-12-28T00:00:00Z')
  const tuesdays = {
    kind: 'ordinary',
    specialty: '0304',
    makeUpWeekday: 2,
    sessions: [2, 5].map((weekday) => ({ weekday, from: '08:00', to: '09:00', capacity: 4 })),
  }
  const { plan } = await house.done('booking.save-plan', stage.desk, tuesdays)
  assert.equal((await poolsOf(house, plan, '2027-01-01')).length, 0, 'Friday, New Year’s Day')
  assert.equal((await poolsOf(house, plan, '2027-01-05')).length, 2, 'an ordinary Tuesday')
  const { days } = await house.done('booking.plan-days', stage.desk, { plan, from: '2027-01-01', days: 5 })
  assert.deepEqual([days[0].statutory.is, days[0].statutory.name.zh, days[0].planned[0].why], ['holiday', '元旦', 'holiday'])
  const added = await house.done('booking.add-exception', stage.desk, {
    kind: 'worked',
    plan,
    day: '2027-01-01',
    asWeekday: 2,
    reason: '元旦值班',
  })
  assert.equal((await poolsOf(house, plan, '2027-01-01')).length, 2)
  await house.done('booking.add-exception', stage.desk, {
    kind: 'worked',
    day: '2027-01-03',
    asWeekday: 2,
    reason: '全院调休上班',
  })
  assert.equal((await poolsOf(house, plan, '2027-01-03')).length, 2, 'said of the whole institution')
  await house.done('booking.remove-exception', stage.desk, { exception: added.exception })
  assert.ok((await poolsOf(house, plan, '2027-01-01')).every(({ stopped }) => stopped))
  await house.done('booking.add-exception', stage.desk, {
    kind: 'extra',
    plan,
    day: '2027-01-01',
    from: '08:00',
    to: '08:30',
    capacity: 3,
    reason: '加开半小时',
  })
  assert.deepEqual(
    (await poolsOf(house, plan, '2027-01-01'))
      .filter(({ stopped }) => !stopped)
      .map(({ starts, capacity }) => [starts.slice(11), capacity]),
    [['08:00', 3]],
    'what was given up is had again',
  )
  await holds(house)
})

test('A doctor at two workplaces is in one place at a time, whoever plans first and also at the same moment', async (t) => {
  const { house, stage } = await begin(t)
  const own = await doctor(house, stage)
  const calendar = keyOf(own)
  const there = weekly(calendar, { sessions: [{ weekday: 3, from: '09:30', to: '11:30', capacity: 2 }] })
  assert.deepEqual(codes(await house.ask('booking.save-plan', stage.tcmDesk, there)), ['booking.calendar-not-usable'])
  const shared = {
    calendar: own.calendar,
    kind: 'doctor',
    name: { zh: '陈主任' },
    specialty: '0304',
    sharedWith: [PLACES.countyTcm],
  }
  await house.done('booking.save-calendar', stage.desk, shared)
  await house.done('booking.save-plan', stage.desk, weekly(calendar))
  const refused = await house.ask('booking.save-plan', stage.tcmDesk, there)
  assert.deepEqual(codes(refused), ['booking.calendar-taken'])
  const wednesday = ordinaryFrom(plusDays(stage.today, 1), 3)
  assert.deepEqual(detailOf(refused), {
    day: wednesday,
    from: '09:30',
    to: '10:00',
    place: '湘潭县人民医院(演示)',
    place_en: '湘潭县人民医院(演示)',
  })
  const after = { ...there, sessions: [{ weekday: 3, from: '10:00', to: '11:30', capacity: 2 }] }
  await house.done('booking.save-plan', stage.tcmDesk, after)

  const second = keyOf(await doctor(house, stage, '双点医生', [PLACES.countyTcm]))
  const outcomes = await Promise.all([
    house.ask('booking.save-plan', stage.desk, weekly(second)),
    house.ask('booking.save-plan', stage.tcmDesk, weekly(second)),
  ])
  assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
  assert.deepEqual(outcomes.flatMap(codes), ['booking.calendar-taken'])
  await assert.rejects(
    house.database.run(sql`insert into booking.calendar_span select org_id, calendar_id, during, place_org, gen_random_uuid()
      from booking.calendar_span limit 1`),
    (error: { code?: string }) => error.code === '23P01',
    'the table itself says no',
  )
  await holds(house)
})

test('A plan changes what is unsold; capacity shrinks by an event and never below what is sold; booked slots stop only when somebody says so', async (t) => {
  const { house, stage } = await begin(t)
  const calendar = keyOf(await doctor(house, stage))
  const { plan } = await house.done('booking.save-plan', stage.desk, weekly(calendar))
  const day = ordinaryFrom(plusDays(stage.today, 3))
  const [pool, other] = await poolsOf(house, plan, day)
  const one = await booked(house, stage, pool?.id ?? '', '甲一')
  const lowered = weekly(calendar, {
    plan,
    sessions: WEEK.map((weekday) => ({ weekday, from: '08:00', to: '10:00', capacity: 1 })),
  })
  await house.done('booking.save-plan', stage.desk, lowered)
  const events = await house.database.row<{ n: number }>(
    sql`select count(*)::int as n from platform.trace_event where type = 'booking.capacity-changed' and case_id = ${pool?.id}`,
  )
  assert.equal(events?.n, 1)
  assert.deepEqual((await poolsOf(house, plan, day)).map(({ capacity, used }) => [capacity, used]), [[1, 1], [1, 0], [1, 0], [1, 0]]) // prettier-ignore

  await house.done('booking.save-plan', stage.desk, weekly(calendar, { plan }))

  const later = weekly(calendar, {
    plan,
    sessions: WEEK.map((weekday) => ({ weekday, from: '14:00', to: '15:00', capacity: 2 })),
  })
  const asked = await house.ask('booking.save-plan', stage.desk, later)
  assert.deepEqual([codes(asked), detailOf(asked)], [['booking.plan-would-stop'], { slots: 1, people: 1 }])
  const preview = await house.done('booking.save-plan', stage.desk, { ...later, dryRun: true })
  assert.deepEqual([preview.effect.slotsStopped, preview.effect.people], [1, 1])
  assert.equal((await poolsOf(house, plan, day))[0]?.stopped, false, 'asking and trying change nothing')

  await house.done('booking.save-plan', stage.desk, { ...later, stopReason: '门诊调整到下午' })
  const now = await poolsOf(house, plan, day)
  assert.deepEqual(
    now.filter(({ stopped }) => !stopped).map(({ starts }) => starts.slice(11)),
    ['14:00', '14:30'],
  )
  const mine = await house.database.row<{ state: string; by: string }>(
    sql`select state, ended_by as by from booking.booking where id = ${one.booking}`,
  )
  assert.deepEqual(mine, { state: 'cancelled', by: 'institution' })
  assert.deepEqual(codes(await house.ask('booking.hold', one.self, { org: PLACES.county, pool: other?.id })), [
    'booking.clinic-stopped',
  ])
  await holds(house)
})

test('Fewer units than are sold are refused, with the day, the time and both numbers', async (t) => {
  const { house, stage } = await begin(t)
  const sessions = (capacity: number) => WEEK.map((weekday) => ({ weekday, from: '08:00', to: '09:00', capacity }))
  const { plan } = await house.done('booking.save-plan', stage.desk, weekly(null, { sessions: sessions(5) }))
  const day = ordinaryFrom(plusDays(stage.today, 3))
  const [pool] = await poolsOf(house, plan, day)
  for (const zh of ['甲一', '乙二', '丙三']) await booked(house, stage, pool?.id ?? '', zh)
  const refused = await house.ask('booking.save-plan', stage.desk, weekly(null, { plan, sessions: sessions(2) }))
  assert.deepEqual([codes(refused), detailOf(refused)], [['booking.plan-below-sold'], { day, from: '08:00', sold: 3, asked: 2 }])
  await house.done('booking.save-plan', stage.desk, weekly(null, { plan, sessions: sessions(3) }))
  const [shrunk] = await poolsOf(house, plan, day)
  assert.deepEqual(
    [shrunk?.capacity, shrunk?.used, shrunk?.reserved],
    [3, 3, 0],
    'what the open share has sold is not taken back',
  )
  await holds(house)
})

test('A stop of clinic ends each booking once and tells each person once; a plan does not undo it', async (t) => {
  const { house, stage } = await begin(t)
  const calendar = keyOf(await doctor(house, stage))
  const sessions = WEEK.map((weekday) => ({ weekday, from: '08:00', to: '10:00', capacity: 5 }))
  const { plan } = await house.done('booking.save-plan', stage.desk, weekly(calendar, { sessions }))
  const day = ordinaryFrom(plusDays(stage.today, 5))
  const pools = await poolsOf(house, plan, day)
  const people = []
  for (const [at, zh] of ['甲一', '乙二', '丙三', '丁四'].entries())
    people.push(await booked(house, stage, pools[at % 2]?.id ?? '', zh))
  await house.done('booking.allot-vouchers', stage.desk, {
    org: PLACES.county,
    pool: pools[0]?.id,
    holder: PLACES.village,
    units: 1,
  })
  const range = { calendar: calendar.id, from: day, until: plusDays(day, 1) }
  const preview = await house.done('booking.stop-preview', stage.desk, range)
  assert.deepEqual([preview.pools, preview.people, preview.vouchers], [4, 4, 1])
  const stop = { ...range, reason: '医生突发疾病', people: 3 }
  assert.deepEqual(codes(await house.ask('booking.stop-clinic', stage.desk, stop)), ['booking.stop-people-changed'])
  assert.deepEqual(codes(await house.ask('booking.stop-clinic', stage.tcmDesk, { ...stop, people: 4 })), [
    'booking.nothing-to-stop',
  ])
  await house.done('booking.stop-clinic', stage.desk, { ...stop, people: 4 })
  assert.deepEqual(codes(await house.ask('booking.stop-clinic', stage.desk, { ...stop, people: 4 })), ['booking.nothing-to-stop'])
  await house.settle()
  const told = await house.database.rows<{
    id: string
    n: number
  }>(sql`select case_id as id, count(*)::int as n from platform.trace_event
    where type = 'booking.clinic-stopped' group by 1 order by 1`)
  assert.deepEqual(
    told,
    people.map(({ booking }) => ({ id: booking, n: 1 })).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  )
  const rows = await house.database.row<{
    used: number
    allotted: number
    claims: number
    spans: number
    open: number
  }>(sql`select
    sum(used_reserved + used_open)::int as used, sum(allotted)::int as allotted,
    (select count(*)::int from booking.person_claim c join booking.booking b on b.id = c.booking_id where b.pool_id = any(${pools.map(({ id }) => id)}::uuid[])) as claims,
    (select count(*)::int from booking.calendar_span where pool_id = any(${pools.map(({ id }) => id)}::uuid[])) as spans,
    (select count(*)::int from booking.voucher where state = 'open') as open
    from booking.pool where id = any(${pools.map(({ id }) => id)}::uuid[])`)
  assert.deepEqual(rows, { used: 0, allotted: 0, claims: 0, spans: 0, open: 0 })
  const again = weekly(calendar, {
    plan,
    sessions: WEEK.map((weekday) => ({ weekday, from: '08:00', to: '10:00', capacity: 6 })),
  })
  await house.done('booking.save-plan', stage.desk, again)
  assert.ok(
    (await poolsOf(house, plan, day)).every(({ stopped }) => stopped),
    'stopped stays stopped',
  )
  await holds(house)
})

test('Another doctor stands in: bookings stay, the time moves to the other’s calendar, each person is told', async (t) => {
  const { house, stage } = await begin(t)
  const calendar = keyOf(await doctor(house, stage))
  const substitute = keyOf(await doctor(house, stage, '替诊医生'))
  const { plan } = await house.done('booking.save-plan', stage.desk, weekly(calendar))
  const day = ordinaryFrom(plusDays(stage.today, 4))
  const [pool] = await poolsOf(house, plan, day)
  const { booking } = await booked(house, stage, pool?.id ?? '', '甲一')
  const elsewhere = { weekday: weekdayOf(day), from: '09:00', to: '09:30', capacity: 1 }
  const busy = await house.done('booking.save-plan', stage.desk, weekly(substitute, { sessions: [elsewhere] }))
  const stand = { kind: 'substitute', plan, day, calendar: substitute, reason: '陈主任外出会诊' }
  assert.deepEqual(codes(await house.ask('booking.add-exception', stage.desk, stand)), ['booking.calendar-taken'])
  await house.done('booking.end-plan', stage.desk, { plan: busy.plan, on: stage.today })
  await house.done('booking.add-exception', stage.desk, stand)
  assert.deepEqual(
    (await poolsOf(house, plan, day)).map(({ doctor: name, used, stopped }) => [name, used, stopped]),
    [['替诊医生', 1, false], ['替诊医生', 0, false], ['替诊医生', 0, false], ['替诊医生', 0, false]],
  ) // prettier-ignore
  const told = await house.database.rows<{ id: string }>(
    sql`select case_id as id from platform.trace_event where type = 'booking.doctor-changed'`,
  )
  assert.deepEqual(told, [{ id: booking }])
  await house.settle()
  const notices = await house.database.rows<{ kind: string; doctor: string }>(
    sql`select kind, data ->> 'doctorZh' as doctor from booking.notice`,
  )
  assert.deepEqual(notices, [{ kind: 'doctor-changed', doctor: '替诊医生' }], 'once, and by whom')
  const spans = await house.database.rows<{
    calendar: string
  }>(sql`select distinct s.calendar_id as calendar from booking.calendar_span s
    join booking.pool p on p.id = s.pool_id where p.plan_id = ${plan} and (p.starts_at at time zone 'Asia/Shanghai')::date = ${day}::date`)
  assert.deepEqual(spans, [{ calendar: substitute.id }])
  const closed = { kind: 'closed', plan, day, reason: '设备检修' }
  const refused = await house.ask('booking.add-exception', stage.desk, closed)
  assert.deepEqual([codes(refused), detailOf(refused)], [['booking.plan-would-stop'], { slots: 1, people: 1 }])
  await house.done('booking.add-exception', stage.desk, { ...closed, stopSold: true })
  assert.ok((await poolsOf(house, plan, day)).every(({ stopped, used }) => stopped && used === 0))
  await holds(house)
})

test('A week that cannot be is refused whole, with every fault; a colleague’s version is not overwritten', async (t) => {
  const { house, stage } = await begin(t)
  const calendar = keyOf(await doctor(house, stage))
  const faulty = weekly(calendar, {
    minutes: 45,
    daysAhead: 300,
    validFrom: stage.today,
    validUntil: stage.today,
    sessions: [
      { weekday: 1, from: '08:00', to: '09:30', capacity: 2 },
      { weekday: 1, from: '09:00', to: '09:45', capacity: 2 },
      { weekday: 2, from: '10:00', to: '09:00', capacity: 2 },
      { weekday: 3, from: '10:00', to: '11:00', capacity: 2 },
    ],
  })
  assert.deepEqual(codes(await house.ask('booking.save-plan', stage.desk, faulty)).toSorted(), [
    'booking.plan-ends-early',
    'booking.publish-too-far',
    'booking.session-ends-early',
    'booking.session-not-whole-slots',
    'booking.sessions-overlap',
  ])
  assert.deepEqual(
    codes(await house.ask('booking.save-plan', stage.desk, weekly(calendar, { minutes: 90 }))),
    [...WEEK.map(() => 'booking.session-not-whole-slots'), 'booking.slot-length'].toSorted((a, b) => (a < b ? 1 : -1)),
  )
  const saved = await house.done('booking.save-plan', stage.desk, weekly(calendar))
  await house.done('booking.save-plan', stage.desk, weekly(calendar, { plan: saved.plan, version: 1 }))
  assert.deepEqual(codes(await house.ask('booking.save-plan', stage.desk, weekly(calendar, { plan: saved.plan, version: 1 }))), [
    'booking.plan-changed-meanwhile',
  ])
  const copied = await house.done('booking.copy-plan', stage.desk, {
    plan: saved.plan,
    calendar: keyOf(await doctor(house, stage, '新医生')),
  })
  assert.equal(copied.effect.slotsOpened, (await poolsOf(house, saved.plan)).length)
  assert.deepEqual(codes(await house.ask('booking.copy-plan', stage.desk, { plan: saved.plan, calendar })), [
    'booking.calendar-taken',
  ])
  assert.deepEqual(codes(await house.ask('booking.save-plan', stage.tcmDesk, weekly(null, { plan: saved.plan }))), [
    'platform.not-found',
  ])
})
