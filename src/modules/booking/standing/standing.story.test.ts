import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { sql } from '../../../platform/database/pool.ts'
import type { Actor } from '../../../platform/access.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, setStage, type Stage } from '../../../../tests/harness/stage.ts'

const SYSTEM = { account: null, role: 'system', org: null, person: null, name: { zh: '系统' } } as never
const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)
const manager = actor('consortium-manager', 'county', '县医院管理员')
const tcmManager = actor('consortium-manager', 'countyTcm', '中医院管理员')

const begin = async (t: TestContext) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const person = await stage.person('戊五', '1966-01-01')
  return { house, stage, person, resident: actor('resident', null, '居民', person) }
}

/** Books a slot at a place, stays away, and lets the place record it. */
const miss = async (house: TestHouse, stage: Stage, resident: Actor, desk: Actor): Promise<void> => {
  const unit = await stage.slot(desk, { daysAhead: 2 })
  const { org, booking } = await house.done('booking.hold', resident, unit)
  await house.done('booking.confirm', resident, { org, booking })
  await house.later(24 * 4)
  await house.done('booking.no-show', desk, { org, booking })
  await house.settle()
}

test('The third no-show within the window suspends direct booking, never a referral; each institution lifts what was missed there', async (t) => {
  const { house, stage, person, resident } = await begin(t)
  await miss(house, stage, resident, stage.desk)
  await miss(house, stage, resident, stage.tcmDesk)
  assert.equal((await house.done('booking.my-standing', resident)).suspendedUntil, null)
  await miss(house, stage, resident, stage.desk)
  const mine = await house.done('booking.my-standing', resident)
  assert.equal(mine.missed.length, 3)
  assert.deepEqual(mine.rule, { most: 3, windowDays: 180, suspendDays: 90 })
  const ends = new Date(new Date(mine.missed[0].missedAt).getTime() + 90 * 86_400_000).toISOString()
  assert.equal(mine.suspendedUntil, ends, 'ninety days from the visit that filled the window')
  const row = await house.database.row<{ until: string }>(
    sql`select suspended_until as until from booking.standing where person_id = ${person}`,
  )
  assert.equal(row?.until, ends)
  const told = await house.database.rows(
    sql`select 1 from platform.trace_event where type = 'booking.direct-suspended' and person_id = ${person}`,
  )
  assert.equal(told.length, 1)

  const unit = await stage.slot(stage.desk, { daysAhead: 5, capacity: 9 })
  assert.deepEqual(codes(await house.ask('booking.hold', resident, unit)), ['booking.suspended'])
  const letter = { impression: '高血压', reason: '控制不佳', pastHistory: '', treatment: '' }
  const sent = await house.ask('referral.send', stage.villageDoctor, {
    person,
    receiver: unit.org,
    specialty: '0304',
    condition: { key: 'I10', zh: '高血压' },
    letter,
    consent: { by: 'patient' },
    unit,
  })
  assert.ok(sent.ok, 'a referral books all the same')

  const { visits } = await house.done('booking.missed-visits', stage.desk)
  assert.deepEqual(
    visits.map((one: { suspendedUntil: string }) => one.suspendedUntil),
    [ends, ends],
    'the two that were missed here',
  )
  const lifted = await house.done('booking.lift-suspension', tcmManager, { person, reason: '因病住院,已核实' })
  assert.deepEqual(lifted, { lifted: 1, suspendedUntil: null })
  await house.settle()
  assert.deepEqual(await house.database.rows(sql`select 1 from booking.standing where person_id = ${person}`), [])
  const restored = await house.database.rows(
    sql`select 1 from platform.trace_event where type = 'booking.direct-restored' and person_id = ${person}`,
  )
  assert.equal(restored.length, 1, 'and screens hear of it')
  assert.deepEqual(codes(await house.ask('booking.lift-suspension', tcmManager, { person, reason: '再解一次' })), [
    'booking.nothing-missed-here',
  ])
  assert.ok((await house.ask('booking.lift-suspension', manager, { person, reason: '本院两次' })).ok)
})

test('A visit missed by referral counts for nothing, and no event judges twice', async (t) => {
  const { house, stage, resident, person } = await begin(t)
  await miss(house, stage, resident, stage.desk)
  const [{ org, id }] = (await house.database.rows<{ org: string; id: string }>(
    sql`select org_id as org, id from booking.booking where state = 'no-show'`,
  )) as [{ org: string; id: string }]
  await house.done('booking.judge-standing', SYSTEM, { org, booking: id, person })
  await house.done('booking.judge-standing', SYSTEM, { org, booking: id, person })
  await house.database.run(sql`update booking.booking set channel = 'referral' where id = ${id}`)
  await house.database.run(sql`delete from booking.missed`)
  await house.done('booking.judge-standing', SYSTEM, { org, booking: id, person })
  assert.deepEqual(await house.database.rows(sql`select 1 from booking.missed where person_id = ${person}`), [])
})

test('The house marks nobody by itself unless policy says so; then only after the grace, and once', async (t) => {
  const { house, stage, resident } = await begin(t)
  const unit = await stage.slot(stage.desk, { daysAhead: 2 })
  const { org, booking } = await house.done('booking.hold', resident, unit)
  await house.done('booking.confirm', resident, { org, booking })
  await house.later(24 * 4)
  const mark = () => house.done('booking.mark-no-shows', SYSTEM, {})
  assert.deepEqual(await mark(), { marked: 0 }, 'by default the institution records it')
  const entry = house.house.rulebook.entries.get('booking.no-show-by-house')
  assert.ok(entry)
  ;(house.house.rulebook.entries as Map<string, unknown>).set(entry.id, {
    ...entry,
    values: entry.values.map((line) => ({ ...line, amounts: { value: 1 } })),
  })
  const early = await stage.slot(stage.desk, { daysAhead: 1 })
  const held = await house.done('booking.hold', resident, early)
  await house.done('booking.confirm', resident, { org: held.org, booking: held.booking })
  assert.deepEqual(await mark(), { marked: 1 }, 'the one of the past, not the one to come')
  assert.deepEqual(await mark(), { marked: 0 })
  await house.settle()
  assert.equal((await house.done('booking.my-standing', resident)).missed.length, 1)
})
