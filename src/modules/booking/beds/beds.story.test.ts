import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantAt, plusDays, type Day } from '../../../kernel/day.ts'
import type { PersonId } from '../../../kernel/id.ts'
import { sql } from '../../../platform/database/pool.ts'
import { runChecks } from '../../../apps/checks.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import { codes, stayOf, stayRow, usedDays, wardWith } from '../../../../tests/harness/beds.ts'

const holds = async (house: TestHouse): Promise<void> =>
  assert.deepEqual(
    (await runChecks(house.database)).filter(({ breaches }) => breaches > 0),
    [],
  )

type Scene = {
  house: TestHouse
  stage: Stage
  ward: Awaited<ReturnType<typeof wardWith>>
  man: (zh: string) => Promise<PersonId>
  woman: (zh: string) => Promise<PersonId>
  /** Plans a stay from today and admits it. */
  inBed: (person: string, bed: string, nights: number) => Promise<{ org: string; stay: string }>
  plan: (person: string, from: Day, nights: number) => Promise<{ org: string; stay: string }>
  ask: (form: Parameters<TestHouse['ask']>[0], input: object) => Promise<string[]>
  boardBed: (key: string) => Promise<{ state: string; stay: { until: string; sex: string } | null; next: object | null }>
}

const begin = async (t: Parameters<typeof testHouse>[0], beds: Parameters<typeof wardWith>[2]): Promise<Scene> => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const ward = await wardWith(house, stage.desk, beds)
  const man = (zh: string) => stage.person(zh, '1950-06-01')
  const plan: Scene['plan'] = async (person, from, nights) => {
    const { org, group } = await house.done('booking.book-together', stage.desk, stayOf(person, ward, from, nights))
    return { org, stay: group }
  }
  return {
    house,
    stage,
    ward,
    man,
    plan,
    woman: async (zh) => {
      const person = await man(zh)
      await house.database.run(sql`update residents.person set sex = 'female' where person_id = ${person}`)
      return person
    },
    inBed: async (person, bed, nights) => {
      const planned = await plan(person, stage.today, nights)
      await house.done('booking.admit', stage.ward, { ...planned, bed: ward.bed[bed] })
      return planned
    },
    ask: async (form, input) => codes(await house.ask(form, stage.ward, input)),
    boardBed: async (key) => {
      const { beds: shown } = await house.done('booking.beds-board', stage.ward)
      return shown.find(({ bed }: { bed: string }) => bed === ward.bed[key])
    },
  }
}

const TWO_MEN = [
  { room: '1', label: '1', sex: 'male' },
  { room: '1', label: '2', sex: 'male' },
] as const

test('A stay is admitted to a named bed, moved, extended, shortened and discharged; each day is drawn and given back', async (t) => {
  const { house, stage, ward, man, inBed, ask, boardBed } = await begin(t, TWO_MEN)
  const { today } = stage
  const stay = await inBed(await man('甲一'), '1-1', 3)
  assert.deepEqual(
    [(await boardBed('1-1')).state, (await boardBed('1-1')).stay?.until, (await boardBed('1-2')).state],
    ['occupied', plusDays(today, 3), 'free'],
  )
  await house.done('booking.give-bed', stage.ward, { ...stay, bed: ward.bed['1-2'] })
  assert.deepEqual([(await boardBed('1-1')).state, (await boardBed('1-2')).state], ['cleaning', 'occupied'])
  await house.done('booking.expect-discharge', stage.ward, { ...stay, on: plusDays(today, 5) })
  assert.equal((await usedDays(house, ward.ward)).length, 5)
  await house.done('booking.expect-discharge', stage.ward, { ...stay, on: plusDays(today, 2) })
  assert.equal((await usedDays(house, ward.ward)).length, 2)
  assert.deepEqual(await ask('booking.expect-discharge', { ...stay, on: today }), ['booking.discharge-too-early'])
  await house.later(24)
  assert.equal((await house.done('booking.discharge', stage.ward, stay)).givenBack, 1)
  assert.deepEqual(await usedDays(house, ward.ward), [{ day: today, sex: 'male', used: 1 }], 'the day of discharge is free again')
  assert.equal((await boardBed('1-2')).state, 'cleaning')
  const next = await man('甲二')
  const second = await house.done('booking.book-together', stage.desk, stayOf(next, ward, plusDays(today, 1), 1))
  assert.deepEqual(await ask('booking.admit', { org: second.org, stay: second.group, bed: ward.bed['1-2'] }), [
    'booking.bed-cleaning',
  ])
  await house.done('booking.bed-ready', stage.ward, { org: ward.org, bed: ward.bed['1-2'] })
  await house.done('booking.admit', stage.ward, { org: second.org, stay: second.group, bed: ward.bed['1-2'] })
  await holds(house)
})

test('An extension without a bed on every day is refused, names the day, and changes nothing', async (t) => {
  const { house, stage, ward, man, plan, inBed } = await begin(t, [TWO_MEN[0]])
  const { today } = stage
  const stay = await inBed(await man('乙一'), '1-1', 2)
  const later = await plan(await man('乙二'), plusDays(today, 4), 2)
  const refused = await house.ask('booking.expect-discharge', stage.ward, { ...stay, on: plusDays(today, 6) })
  assert.deepEqual(refused.ok ? [] : refused.refusals.map(({ code, detail }) => [code, detail?.day]), [
    ['booking.bed-none-free', plusDays(today, 4)],
    ['booking.bed-none-free', plusDays(today, 5)],
  ])
  assert.equal((await stayRow(house, stay.stay))?.until, plusDays(today, 2))
  assert.equal((await usedDays(house, ward.ward)).length, 4)
  await house.done('booking.expect-discharge', stage.ward, { ...stay, on: plusDays(today, 4) })
  await house.done('booking.give-bed', stage.ward, { ...later, bed: ward.bed['1-1'] })
  await holds(house)
})

test('A named bed is taken once: the refusal says until when, and PostgreSQL itself refuses an overlap', async (t) => {
  const { house, stage, ward, man, inBed, plan, ask } = await begin(t, TWO_MEN)
  const { today } = stage
  const stay = await inBed(await man('丙一'), '1-1', 3)
  const other = await plan(await man('丙二'), plusDays(today, 1), 3)
  const refused = await house.ask('booking.give-bed', stage.ward, { ...other, bed: ward.bed['1-1'] })
  assert.deepEqual(refused.ok ? [] : refused.refusals, [
    { code: 'booking.bed-taken-until', detail: { from: today, until: plusDays(today, 3) } },
  ])
  await assert.rejects(
    house.database.run(sql`insert into booking.bed_span (org_id, bed_id, during, stay_id)
      values (${ward.org}, ${ward.bed['1-1']}, daterange(${plusDays(today, 2)}, ${plusDays(today, 4)}), ${other.stay})`),
    { code: '23P01' },
  )
  const planned = await Promise.all(['丙三', '丙四'].map(async (zh) => plan(await man(zh), plusDays(today, 10), 2)))
  const outcomes = await Promise.all(planned.map((one) => ask('booking.give-bed', { ...one, bed: ward.bed['1-2'] })))
  assert.deepEqual(
    outcomes.map((found) => found[0] ?? 'done').toSorted(),
    ['booking.bed-taken-until', 'done'],
    'two at once: one has it',
  )
  assert.deepEqual(await ask('booking.close-bed', { org: ward.org, bed: ward.bed['1-1'], reason: '维修' }), [
    'booking.bed-taken-until',
  ])
  assert.deepEqual(await ask('booking.admit', { ...stay, bed: ward.bed['1-2'] }), ['booking.stay-state-otherwise'])
  await holds(house)
})

test('A room for any holds one sex at a time: at booking, at naming a bed, and where the last free room is needed', async (t) => {
  const beds = ['1-1', '1-2', '2-1'].map((key) => ({ room: key.slice(0, 1), label: key.slice(2), sex: 'any' as const }))
  const { house, stage, ward, man, woman, inBed, plan, ask } = await begin(t, beds)
  const { today } = stage
  const first = await inBed(await man('丁一'), '1-1', 3)
  const her = await plan(await woman('丁二'), today, 2)
  assert.deepEqual(await ask('booking.admit', { ...her, bed: ward.bed['1-2'] }), ['booking.bed-other-sex-room'])
  const second = await woman('丁三')
  const refused = await house.ask('booking.book-together', stage.desk, stayOf(second, ward, today, 2))
  assert.deepEqual(codes(refused).slice(1), ['booking.bed-room-sex', 'booking.bed-room-sex'], 'the free bed is beside a man')
  const him = await plan(await man('丁四'), today, 2)
  assert.deepEqual(await ask('booking.admit', { ...him, bed: ward.bed['2-1'] }), ['booking.room-needed'], 'she needs that room')
  await house.done('booking.admit', stage.ward, { ...him, bed: ward.bed['1-2'] })
  await house.done('booking.admit', stage.ward, { ...her, bed: ward.bed['2-1'] })
  const { classes } = await house.done('booking.beds-board', stage.ward)
  const counts = classes[0].days.map(({ men, women }: { men: number; women: number }) => [men, women])
  assert.deepEqual(counts.slice(0, 4), [[0, 0], [0, 0], [2, 1], [3, 3]], 'what could still be taken in, by the rule of rooms') // prettier-ignore
  await house.done('booking.discharge', stage.ward, first)
  await holds(house)
})

test('Whoever has not come by noon of the second day loses the bed; whoever stays over time keeps it while there is one', async (t) => {
  const { house, stage, ward, man, plan, inBed } = await begin(t, [TWO_MEN[0]])
  const { today } = stage
  const stay = await inBed(await man('戊一'), '1-1', 1)
  const missed = await plan(await man('戊二'), plusDays(today, 2), 3)
  const at = (days: number, time: string) => house.until(instantAt(plusDays(today, days), time, house.house.zone))
  await at(1, '00:05')
  assert.deepEqual(await stayRow(house, stay.stay), {
    state: 'admitted',
    until: plusDays(today, 2),
    uncovered: 0,
    overdue: plusDays(today, 1),
  })
  await at(2, '00:05')
  const over = await stayRow(house, stay.stay)
  assert.deepEqual([over?.until, over?.uncovered], [plusDays(today, 2), 0], 'no bed-day is left, and nothing is sold twice')
  assert.equal(
    (await house.database.rows(sql`select 1 from platform.trace_event where type = 'booking.stay-over-time'`)).length,
    1,
  )
  await at(3, '11:59')
  assert.equal((await stayRow(house, missed.stay))?.state, 'planned', 'the second morning has not passed')
  await at(3, '12:00')
  assert.equal((await stayRow(house, missed.stay))?.state, 'cancelled')
  await at(4, '00:05')
  const kept = await stayRow(house, stay.stay)
  assert.deepEqual([kept?.until, kept?.uncovered], [plusDays(today, 5), 2], 'its bed-day is there for who lies in the bed')
  await holds(house)
  await house.done('booking.discharge', stage.ward, stay)
  const used = (await usedDays(house, ward.ward)).map(({ day }) => day)
  assert.deepEqual(used, [today, plusDays(today, 1), plusDays(today, 2)], 'two days of the one, the missed day of the other')
  await holds(house)
})

test('Days on which the room is the other sex’s are not among the days of a bed that is kept later', async (t) => {
  const { house, stage, ward, man, woman, plan, inBed } = await begin(t, [
    { room: '1', label: '1', sex: 'any' },
    { room: '1', label: '2', sex: 'any' },
  ])
  const { today } = stage
  const he = await inBed(await man('庚一'), '1-1', 1)
  const she = await plan(await woman('庚二'), plusDays(today, 1), 1)
  await house.done('booking.give-bed', stage.ward, { ...she, bed: ward.bed['1-2'] })
  const at = (days: number, time: string) => house.until(instantAt(plusDays(today, days), time, house.house.zone))
  const spans = () =>
    house.database.rows(
      sql`select lower(during) as from, upper(during) as until from booking.bed_span where stay_id = ${he.stay} order by 1`,
    )
  await at(1, '00:05')
  assert.deepEqual(await spans(), [{ from: today, until: plusDays(today, 1) }], 'the room is hers that day')
  await at(2, '00:05')
  assert.deepEqual(await spans(), [
    { from: today, until: plusDays(today, 1) },
    { from: plusDays(today, 2), until: plusDays(today, 3) },
  ])
  await holds(house)
})

test('Beds come and go by event: closed, opened and added beds change the days to come, never below what is booked', async (t) => {
  const { house, stage, ward, man, plan, ask } = await begin(t, TWO_MEN)
  const { today } = stage
  const [one, two] = await Promise.all([man('己一'), man('己二')])
  await plan(one, plusDays(today, 3), 2)
  await house.done('booking.close-bed', stage.ward, { org: ward.org, bed: ward.bed['1-1'], reason: '病房改造' })
  assert.deepEqual(
    codes(await house.ask('booking.book-together', stage.desk, stayOf(two, ward, plusDays(today, 4), 1))).slice(1),
    ['booking.bed-none-free'],
  )
  const refused = await house.ask('booking.close-bed', stage.ward, { org: ward.org, bed: ward.bed['1-2'], reason: '病房改造' })
  assert.deepEqual(refused.ok ? [] : refused.refusals.map(({ detail }) => [detail?.day, detail?.sold, detail?.capacity]), [
    [plusDays(today, 3), 1, 0],
    [plusDays(today, 4), 1, 0],
  ])
  await house.done('booking.reopen-bed', stage.ward, { org: ward.org, bed: ward.bed['1-1'] })
  await house.done('booking.add-beds', stage.desk, {
    org: ward.org,
    ward: ward.ward,
    beds: [
      { room: '3', label: '1', sex: 'male' },
      { room: '4', label: '1', sex: 'any', isolation: true },
    ],
  })
  assert.deepEqual(await ask('booking.reopen-bed', { org: ward.org, bed: ward.bed['1-1'] }), ['booking.bed-state-otherwise'])
  const add = async (bed: object) =>
    codes(await house.ask('booking.add-beds', stage.desk, { org: ward.org, ward: ward.ward, beds: [bed] }))
  assert.deepEqual(await add({ room: '3', label: '2', sex: 'any' }), ['booking.room-mixed'])
  assert.deepEqual(await add({ room: '3', label: '1', sex: 'male' }), ['booking.bed-twice'])
  const { wards } = await house.done('booking.free-beds', stage.villageDoctor, { org: ward.org, days: 5 })
  const male = wards[0].classes.find(({ sex }: { sex: string }) => sex === 'male')
  assert.deepEqual(
    male.days.map(({ open, reserved }: { open: number; reserved: number }) => open + reserved),
    [3, 3, 3, 2, 2],
  )
  const before = await house.database.row<{ pools: number }>(
    sql`select count(*)::int as pools from booking.pool where unit_kind = 'bed-day'`,
  )
  await house.later(48)
  const sweep = { ...actor('consortium-manager', null), role: 'system' as const }
  await house.done('booking.publish-bed-days', sweep)
  await house.done('booking.publish-bed-days', sweep)
  const after = await house.database.row<{ pools: number }>(
    sql`select count(*)::int as pools from booking.pool where unit_kind = 'bed-day'`,
  )
  assert.equal((after?.pools ?? 0) - (before?.pools ?? 0), 2 * 2, 'two more days of two classes, each once')
  await holds(house)
})

test('Another institution sees what is free and nobody’s stay; its own ward names a person on demand, on record', async (t) => {
  const { house, stage, man, inBed } = await begin(t, TWO_MEN)
  const stay = await inBed(await man('庚一'), '1-1', 2)
  const board = JSON.stringify(await house.done('booking.beds-board', stage.ward))
  assert.doesNotMatch(board, /庚一/)
  assert.equal((await house.done('booking.who-in-bed', stage.ward, stay)).name.zh, '庚一')
  const looks = await house.database.rows(
    sql`select 1 from platform.audit where form = 'booking.who-in-bed' and person_id is not null`,
  )
  assert.equal(looks.length, 1)
  assert.deepEqual(codes(await house.ask('booking.who-in-bed', stage.cityDesk, stay)), ['platform.not-found'])
  assert.deepEqual((await house.done('booking.beds-board', stage.cityDesk)).beds, [])
  assert.deepEqual(codes(await house.ask('booking.discharge', actor('ward', 'city'), stay)), ['platform.not-found'])
})
