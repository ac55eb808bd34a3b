import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { PersonId } from '../../kernel/id.ts'
import type { Actor } from '../../platform/access.ts'
import { sql } from '../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../tests/harness/stage.ts'

type Scene = { house: TestHouse; stage: Stage; person: PersonId }
type Unit = { org: string; pool: string }

const scene = async (t: TestContext): Promise<Scene> => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  return { house, stage, person: await stage.person('谭桂英', '1958-02-03') }
}

const request = (person: PersonId, unit: Unit | null = null) => ({
  person,
  receiver: PLACES.county,
  specialty: '0304',
  condition: { key: 'hypertension-uncontrolled', zh: '高血压控制不佳' },
  letter: { impression: '高血压3级', reason: '头痛三天', pastHistory: '', treatment: '' },
  consent: { by: 'patient' },
  unit,
})

const state = async ({ house }: Scene, who: Actor, referral: string): Promise<string> => (await house.done('referral.get', who, { referral })).state
const types = async ({ house }: Scene, who: Actor, referral: string): Promise<string[]> =>
  (await house.done('referral.get', who, { referral })).trace.map((step: { type: string }) => step.type.replace('referral.', ''))
const reservedFree = async ({ house, stage }: Scene): Promise<number> =>
  (await house.done('booking.free', stage.desk, { specialty: '0304', channel: 'referral' })).slots[0]?.reservedFree ?? 0
const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] => (outcome.refusals ?? []).map(({ code }) => code)

test('Returned is not dropped: it carries a reason and a way on, the unit goes back, and the sender sends it elsewhere', async (t) => {
  const all = await scene(t)
  const { house, stage, person } = all
  const unit = await stage.slot(stage.desk)
  const { referral } = await house.done('referral.send', stage.villageDoctor, request(person, unit))
  assert.equal(await reservedFree(all), 0)
  await house.done('referral.reject', stage.desk, { referral, why: 'no-capacity', wayOn: '县中医医院心内科今日可接' })
  assert.equal(await reservedFree(all), 1, 'the unit is back in the reserve')
  const list = await house.done('referral.worklist', stage.villageDoctor, { side: 'sender', state: 'mine-to-act' })
  assert.deepEqual(list.rows.map((row: { state: string }) => row.state), ['rejected'], 'the baton is with the sender again')

  const other = await stage.slot(stage.tcmDesk)
  const sent = await house.done('referral.submit', stage.villageDoctor, { referral, receiver: PLACES.countyTcm, unit: other })
  assert.equal(sent.state, 'submitted')
  const stranger = await house.ask('referral.get', stage.desk, { referral })
  assert.deepEqual(codes(stranger), ['platform.not-found'], 'who returned it sees it no longer')
  await house.done('referral.accept', stage.tcmDesk, { referral })
  assert.deepEqual(await types(all, stage.tcmDesk, referral), ['drafted', 'submitted', 'rejected', 'submitted', 'accepted', 'scheduled'])
})

test('Nobody answers: it is told one level up, then goes back to the sender, who hears of it again', async (t) => {
  const all = await scene(t)
  const { house, stage, person } = all
  const { referral } = await house.done('referral.send', stage.villageDoctor, request(person, await stage.slot(stage.desk, { daysAhead: 5 })))
  await house.later(24.5)
  assert.deepEqual(await types(all, stage.villageDoctor, referral), ['drafted', 'submitted', 'escalated'])
  const above = await house.done('referral.worklist', stage.cityDesk, { side: 'supervisor' })
  assert.equal(above.rows.length, 1, 'the city hospital above the county hospital sees it')
  const late = await house.done('referral.worklist', stage.desk, { state: 'overdue' })
  assert.deepEqual([late.rows.length, late.counts.overdue], [1, 1], 'told one level up means late, on the desk too')
  await house.later(24)
  assert.equal(await state(all, stage.villageDoctor, referral), 'expired')
  assert.equal(await reservedFree(all), 1)
  await house.later(49)
  assert.deepEqual(await types(all, stage.villageDoctor, referral), ['drafted', 'submitted', 'escalated', 'expired', 'escalated'])
  const fired = await house.database.rows<{ outcome: string }>(sql`select outcome from platform.deadline where ended_at is not null`)
  assert.ok(fired.length >= 3 && fired.every(({ outcome }) => outcome === 'fired' || outcome === 'replaced'))
})

test('Redirected: the better place gets the request, the record and a clock of its own', async (t) => {
  const all = await scene(t)
  const { house, stage, person } = all
  const { referral } = await house.done('referral.send', stage.villageDoctor, request(person))
  const itself = await house.ask('referral.redirect', stage.desk, { referral, receiver: PLACES.county, reason: '本院' })
  assert.deepEqual(codes(itself), ['referral.to-itself'])
  await house.done('referral.redirect', stage.desk, { referral, receiver: PLACES.city, reason: '需三级医院评估' })
  const record = await house.done('referral.package', stage.cityDesk, { referral })
  assert.equal(record.bundle.type, 'document')
  const none = await house.ask('referral.accept', stage.cityDesk, { referral })
  assert.deepEqual(codes(none), ['referral.no-place'], 'accepted implies a unit or a named queue')
  await house.done('referral.accept', stage.cityDesk, { referral, queue: '心内科候床' })
  const late = await stage.slot(stage.cityDesk)
  await house.done('referral.schedule', stage.cityDesk, { referral, unit: late })
  assert.equal(await state(all, stage.villageDoctor, referral), 'scheduled')
})

test('All reasons at once: a held unit that ran out and a patient who has died', async (t) => {
  const { house, stage, person } = await scene(t)
  const unit = await stage.slot(stage.desk, { capacity: 1 })
  const { referral } = await house.done('referral.send', stage.villageDoctor, request(person, unit))
  await house.database.run(sql`update residents.person set died_on = current_date where person_id = ${person}`)
  await house.database.run(sql`update booking.booking set state = 'expired', hold_until = null where person_id = ${person}`)
  assert.deepEqual(codes(await house.ask('referral.accept', stage.desk, { referral })), ['referral.person-dead', 'booking.hold-ended'])
})

test('A missed visit goes back to the sender, who books again; the lost unit is a no-show, not free', async (t) => {
  const all = await scene(t)
  const { house, stage, person } = all
  const { referral } = await house.done('referral.send', stage.villageDoctor, request(person, await stage.slot(stage.desk)))
  await house.done('referral.accept', stage.desk, { referral })
  const { appointment } = await house.done('referral.get', stage.villageDoctor, { referral })
  await house.until(appointment.endsAt)
  assert.equal(await state(all, stage.villageDoctor, referral), 'scheduled', 'within the grace time nothing happens')
  await house.later(4.1)
  assert.equal(await state(all, stage.villageDoctor, referral), 'no-show')
  const booking = await house.database.row<{ state: string }>(sql`select state from booking.booking where case_id = ${referral}`)
  assert.equal(booking?.state, 'no-show')
  const sent = await house.done('referral.submit', stage.villageDoctor, { referral, unit: await stage.slot(stage.desk) })
  assert.equal(sent.state, 'submitted')
})

test('A draft is the sender’s own: nobody else sees it, it can be amended and sent, or lapses', async (t) => {
  const all = await scene(t)
  const { house, stage, person } = all
  const { unit: _, consent: __, ...plain } = request(person)
  const { referral } = await house.done('referral.draft', stage.villageDoctor, { ...plain, letter: {} })
  assert.deepEqual(codes(await house.ask('referral.get', stage.desk, { referral })), ['platform.not-found'])
  assert.deepEqual(codes(await house.ask('referral.submit', stage.villageDoctor, { referral })), ['referral.letter-incomplete', 'referral.letter-incomplete', 'referral.consent-missing'])
  await house.done('referral.draft', stage.villageDoctor, { ...plain, referral })
  const sent = await house.done('referral.submit', stage.villageDoctor, { referral, consent: { by: 'family', relation: '儿子' } })
  assert.equal(sent.state, 'submitted')
  const second = await stage.person('谭老二', '1960-01-01')
  const third = await house.done('referral.draft', stage.villageDoctor, { ...plain, person: second, condition: { key: 'I10', zh: '高血压' } })
  const swapped = await house.ask('referral.draft', stage.villageDoctor, { ...plain, condition: { key: 'I10', zh: '高血压' }, referral: third.referral })
  assert.deepEqual(codes(swapped), ['referral.draft-of-another'], 'a draft stays with its person')
  const kept = await house.done('referral.draft', stage.villageDoctor, { ...plain, person: second })
  await house.later(24 * 7 + 1)
  assert.equal(await state(all, stage.villageDoctor, kept.referral), 'cancelled')
})

test('It may be cancelled by the resident until arrival, and not after', async (t) => {
  const all = await scene(t)
  const { house, stage, person } = all
  const resident = actor('resident', null, '谭桂英', person)
  const { referral } = await house.done('referral.send', stage.villageDoctor, request(person, await stage.slot(stage.desk)))
  const stranger = actor('resident', null, '旁人', '999' as PersonId)
  assert.deepEqual(codes(await house.ask('referral.cancel', stranger, { referral, reason: '不想去' })), ['platform.not-found'])
  await house.done('referral.cancel', resident, { referral, reason: '家中有事' })
  assert.equal(await reservedFree(all), 1)
  const again = await house.done('referral.send', stage.villageDoctor, request(person, await stage.slot(stage.desk, { time: '10:00' })))
  await house.done('referral.accept', stage.desk, { referral: again.referral })
  await house.done('referral.arrive', stage.desk, { referral: again.referral })
  assert.deepEqual(codes(await house.ask('referral.cancel', resident, { referral: again.referral, reason: '回家' })), ['platform.move-not-possible'])
})

test('Down to primary care: the township takes the person and needs no unit', async (t) => {
  const all = await scene(t)
  const { house, stage, person } = all
  const down = { ...request(person), receiver: PLACES.township, specialty: '0200', condition: { key: 'stroke-recovery', zh: '脑卒中恢复期' } }
  const { referral } = await house.done('referral.send', stage.ward, down)
  await house.done('referral.accept', stage.familyDoctor, { referral })
  await house.done('referral.receive', stage.familyDoctor, { referral })
  await house.done('referral.follow-up', stage.familyDoctor, { referral, way: 'home', outcome: 'fair', note: '可扶行' })
  await house.done('referral.close', stage.familyDoctor, { referral })
  const whole = await house.done('referral.get', stage.ward, { referral })
  assert.deepEqual([whole.direction, whole.state], ['down', 'closed'])
})

test('Two desks accept the same case at once: one takes it, the other is told how it stands', async (t) => {
  const { house, stage, person } = await scene(t)
  const { referral } = await house.done('referral.send', stage.villageDoctor, request(person, await stage.slot(stage.desk)))
  const outcomes = await Promise.all([house.ask('referral.accept', stage.desk, { referral }), house.ask('referral.accept', stage.desk, { referral })])
  assert.deepEqual(outcomes.map((outcome) => outcome.ok).toSorted(), [false, true])
  assert.deepEqual(outcomes.flatMap(codes), ['platform.move-not-possible'])
  const live = await house.database.rows(sql`select 1 from booking.booking where case_id = ${referral} and state = 'confirmed'`)
  assert.equal(live.length, 1)
})

test('The last reserved unit is contested by two village doctors: one holds it, the other is refused whole', async (t) => {
  const { house, stage, person } = await scene(t)
  const unit = await stage.slot(stage.desk, { capacity: 1 })
  const second = await stage.person('李二', '1960-06-06')
  const outcomes = await Promise.all([person, second].map((one) => house.ask('referral.send', stage.villageDoctor, request(one, unit))))
  assert.deepEqual(outcomes.map((outcome) => outcome.ok).toSorted(), [false, true])
  assert.deepEqual(outcomes.flatMap(codes), ['booking.no-unit-left'])
  const cases = await house.database.rows(sql`select 1 from referral.referral`)
  assert.equal(cases.length, 1, 'the loser leaves no trace')
})

test('After two records were linked, the open referral of the one is known under the other', async (t) => {
  const { house, stage, person } = await scene(t)
  const double = await stage.person('谭贵英', '1958-02-03')
  const { referral } = await house.done('referral.send', stage.villageDoctor, request(double))
  await house.done('residents.link', actor('administrator', null), { person: double, into: person, reason: '同一人,姓名登记有误' })
  const open = await house.done('referral.open-of', stage.villageDoctor, { person })
  assert.deepEqual(open.rows.map((row: { id: string }) => row.id), [referral])
  assert.deepEqual(codes(await house.ask('referral.send', stage.villageDoctor, request(person))), ['referral.open-already'])
})
