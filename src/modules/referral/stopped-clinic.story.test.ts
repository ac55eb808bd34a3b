import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { runChecks } from '../../apps/checks.ts'
import { plusDays } from '../../kernel/day.ts'
import type { PersonId } from '../../kernel/id.ts'
import { sql } from '../../platform/database/pool.ts'
import { sweepWaiting } from '../booking/index.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../tests/harness/stage.ts'

type Unit = { org: string; pool: string }
type Scene = { house: TestHouse; stage: Stage; person: PersonId; lost: Unit }

const scene = async (t: TestContext): Promise<Scene> => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  return {
    house,
    stage,
    person: await stage.person('谭桂英', '1958-02-03'),
    lost: await stage.slot(stage.desk, { daysAhead: 3 }),
  }
}

const sent = async ({ house, stage, person, lost }: Scene): Promise<string> => {
  const { referral } = await house.done('referral.send', stage.villageDoctor, {
    person,
    receiver: PLACES.county,
    specialty: '0304',
    condition: { key: 'hypertension-uncontrolled', zh: '高血压控制不佳' },
    letter: { impression: '高血压3级', reason: '头痛三天', pastHistory: '', treatment: '' },
    consent: { by: 'patient' },
    unit: lost,
  })
  return referral
}

const stop = async ({ house, stage, lost }: Scene, meanwhile?: () => Promise<Unit>): Promise<Unit | undefined> => {
  await house.done('booking.stop-clinic', stage.desk, { pool: lost.pool, reason: '陈主任临时外出抢救' })
  const other = await meanwhile?.()
  await house.settle()
  return other
}

/** The resident takes the one unit that is offered. */
const takeOffer = async ({ house, person }: Scene): Promise<{ org: string; booking: string }> => {
  const resident = actor('resident', null, '谭桂英', person)
  const { entries } = await house.done('booking.my-waiting', resident)
  const { org, booking } = entries[0].offer
  await house.done('booking.accept-offer', resident, { org, booking })
  await house.settle()
  return { org, booking }
}

const isConsistent = async ({ house }: Scene): Promise<void> => {
  const broken = (await runChecks(house.database)).filter(({ breaches }) => breaches > 0)
  assert.deepEqual(
    broken.map(({ name, examples }) => [name, examples]),
    [],
  )
}

const ownRow = async ({ house }: Scene, booking: string) =>
  house.database.row<{ case: string; state: string }>(
    sql`select case_id as case, state from booking.booking where id = ${booking}`,
  )

test('A stopped clinic gives the case back to the desk, to be scheduled again; the unit that the person then takes is the case’s', async (t) => {
  const all = await scene(t)
  const { house, stage } = all
  const referral = await sent(all)
  await house.done('referral.accept', stage.desk, { referral })
  await stop(all, () => stage.slot(stage.desk, { daysAhead: 6 }))
  const waiting = await house.done('referral.get', stage.desk, { referral })
  assert.deepEqual([waiting.state, waiting.appointment, waiting.holds], ['accepted', null, true])
  assert.ok(waiting.timeLostAt, 'and it says so')
  const list = await house.done('referral.worklist', stage.desk, { state: 'to-schedule' })
  assert.deepEqual(
    list.rows.map((row: { id: string; timeLostAt: string }) => [row.id, row.timeLostAt]),
    [[referral, waiting.timeLostAt]],
  )
  assert.deepEqual(waiting.trace.at(-1)?.reason, '停诊')
  await isConsistent(all)

  const unit = await takeOffer(all)
  const again = await house.done('referral.get', stage.desk, { referral })
  assert.deepEqual([again.state, again.timeLostAt, again.queue], ['scheduled', null, null])
  assert.ok(again.appointment.startsAt > waiting.stateSince)
  assert.deepEqual(await ownRow(all, unit.booking), { case: referral, state: 'confirmed' })
  await isConsistent(all)

  // The case goes on with the new unit: its arrival uses it up, and nobody is missed at the old one.
  await house.done('referral.arrive', stage.desk, { referral })
  assert.equal((await ownRow(all, unit.booking))?.state, 'attended')
})

test('The desk may give another time itself; the wait for one is then over and the case keeps what the desk gave', async (t) => {
  const all = await scene(t)
  const { house, stage } = all
  const referral = await sent(all)
  await house.done('referral.accept', stage.desk, { referral })
  await stop(all)
  const unit = await stage.slot(stage.desk, { daysAhead: 6, kind: 'ordinary', capacity: 1 })
  await house.done('referral.schedule', stage.desk, { referral, unit })
  const given = await house.done('referral.get', stage.desk, { referral })
  assert.deepEqual([given.state, given.timeLostAt], ['scheduled', null])
  do await house.settle()
  while ((await sweepWaiting(house.house)) > 0)
  const { entries } = await house.done('booking.my-waiting', actor('resident', null, '谭桂英', all.person))
  assert.deepEqual(
    entries.map((one: { state: string }) => one.state),
    ['placed'],
    'nobody waits for a unit any more',
  )
  assert.deepEqual(
    await house.done('referral.get', stage.desk, { referral }).then(({ state, appointment }) => [state, appointment]),
    ['scheduled', given.appointment],
  )
  await isConsistent(all)
})

test('A unit taken at another hospital takes the case there: that hospital answers it, with the unit and the record', async (t) => {
  const all = await scene(t)
  const { house, stage } = all
  const referral = await sent(all)
  await house.done('referral.accept', stage.desk, { referral })
  await stop(all, () => stage.slot(stage.tcmDesk, { daysAhead: 4 }))
  const unit = await takeOffer(all)
  assert.equal(unit.org, PLACES.countyTcm)
  const { rows } = await house.done('referral.worklist', stage.tcmDesk, { state: 'to-answer' })
  assert.deepEqual(
    rows.map((row: { id: string }) => row.id),
    [referral],
  )
  assert.equal((await house.done('referral.package', stage.tcmDesk, { referral })).bundle.type, 'document')
  const gone = await house.done('referral.worklist', stage.desk, { state: 'open' })
  assert.equal(gone.rows.length, 0, 'the first hospital no longer holds it')
  await house.done('referral.accept', stage.tcmDesk, { referral })
  assert.equal((await house.done('referral.get', stage.villageDoctor, { referral })).state, 'scheduled')
  assert.deepEqual(await ownRow(all, unit.booking), { case: referral, state: 'confirmed' })
  await isConsistent(all)
})

test('A request not answered yet keeps its clock: the stopped unit leaves it, a new one joins it', async (t) => {
  const all = await scene(t)
  const { house, stage } = all
  const referral = await sent(all)
  const before = await house.done('referral.get', stage.desk, { referral })
  await stop(all, () => stage.slot(stage.desk, { daysAhead: 6 }))
  const without = await house.done('referral.get', stage.desk, { referral })
  assert.deepEqual([without.state, without.appointment, without.waitUntil], ['submitted', null, before.waitUntil])
  assert.ok(without.timeLostAt)
  const unit = await takeOffer(all)
  const { state, appointment, waitUntil, timeLostAt } = await house.done('referral.get', stage.desk, { referral })
  assert.deepEqual([state, waitUntil, timeLostAt], ['submitted', before.waitUntil, null])
  assert.notEqual(appointment, null)
  await house.done('referral.reject', stage.desk, { referral, why: 'no-capacity', wayOn: '县中医医院心内科今日可接' })
  assert.equal((await ownRow(all, unit.booking))?.state, 'cancelled', 'what the case holds goes back with it')
  await isConsistent(all)
})

test('A unit from a wait that the person began is the case’s like any other: the sender cancels, and it goes back', async (t) => {
  const all = await scene(t)
  const { house, stage, person } = all
  const resident = actor('resident', null, '谭桂英', person)
  const wish = { specialty: '0304', orgs: [PLACES.county], from: stage.today, until: plusDays(stage.today, 20) }
  await house.done('booking.join-waiting', resident, wish)
  const referral = await sent(all)
  await stop(all, () => stage.slot(stage.desk, { daysAhead: 6 }))
  const unit = await takeOffer(all)
  assert.deepEqual(await ownRow(all, unit.booking), { case: referral, state: 'confirmed' })
  await house.done('referral.cancel', stage.villageDoctor, { referral, reason: '患者改变主意' })
  assert.equal((await ownRow(all, unit.booking))?.state, 'cancelled')
  await isConsistent(all)
})
