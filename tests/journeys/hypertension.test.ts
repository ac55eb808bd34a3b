import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actor, PLACES, setStage } from '../harness/stage.ts'
import { testHouse } from '../harness/house.ts'
import { printTrace } from './print-trace.ts'

test('A hypertension patient goes up out of the reserve, is treated, handed back, and followed up within two weeks', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const person = await stage.person('欧阳淼', '1961-05-04')
  await house.done('health-record.record-observation', stage.villageDoctor, { person, measure: 'blood-pressure', systolic: 186, diastolic: 112 })

  // The county hospital publishes five expert units; a fifth of them is reserved for primary care.
  const unit = await stage.slot(stage.desk, { capacity: 5 })
  const ranked = await house.done('navigation.rank', stage.villageDoctor, { condition: 'hypertension-uncontrolled', village: '430321100201' })
  assert.equal(ranked.places[0].institution.id, PLACES.county, 'the lowest place that may treat it stands first')

  const before = await house.done('referral.open-of', stage.villageDoctor, { person })
  assert.deepEqual(before.rows, [], 'nothing is open for this person')
  const request = {
    person,
    receiver: PLACES.county,
    specialty: '0304',
    condition: { key: 'hypertension-uncontrolled', zh: '高血压(控制不佳)', en: 'Hypertension, not controlled' },
    letter: { impression: '高血压3级', reason: '血压 186/112,头痛三天,药物控制不佳', pastHistory: '高血压八年', treatment: '氨氯地平 5mg 每日一次' },
    consent: { by: 'patient' },
    unit,
  }
  const sent = await house.done('referral.send', stage.villageDoctor, request)
  assert.equal(sent.state, 'submitted')

  const free = await house.done('booking.free', stage.desk, { specialty: '0304', channel: 'referral' })
  assert.deepEqual([free.slots[0].reservedFree, free.slots[0].free], [0, 4], 'the held unit came out of the reserve')

  const again = await house.ask('referral.send', stage.villageDoctor, { ...request, unit: null })
  assert.equal(again.ok ? 'sent' : again.refusals[0]?.code, 'referral.open-already', 'one open referral per resident and condition')

  // The record is there before the patient is.
  const record = await house.done('referral.package', stage.desk, { referral: sent.referral })
  const types = record.bundle.entry.map((entry: { resource: { resourceType: string } }) => entry.resource.resourceType)
  assert.equal(types[0], 'Composition')
  assert.ok(types.includes('Patient') && types.includes('Observation'))
  const stranger = await house.ask('referral.package', stage.cityDesk, { referral: sent.referral })
  const absent = await house.ask('referral.package', stage.cityDesk, { referral: '019ab000-0000-7000-8000-000000000000' })
  assert.deepEqual([stranger.ok, stranger.ok || stranger.refusals], [absent.ok, absent.ok || absent.refusals], 'foreign and absent look the same')

  await house.done('referral.accept', stage.desk, { referral: sent.referral })
  const inbox = await house.done('referral.worklist', stage.desk, { side: 'receiver', state: 'open' })
  assert.deepEqual(inbox.rows.map((row: { state: string }) => row.state), ['scheduled'])

  await house.until(inbox.rows[0].appointmentAt)
  await house.done('referral.arrive', stage.desk, { referral: sent.referral })
  const tasks = await house.done('referral.tasks', stage.familyDoctor, {})
  assert.deepEqual(tasks.tasks.map((task: { kind: string }) => task.kind), ['arrival'], 'the family doctor is told at arrival')
  await house.done('referral.finish-task', stage.familyDoctor, { task: tasks.tasks[0].id, note: '已与接诊科室通话,转告既往用药' })
  await house.done('referral.begin', stage.ward, { referral: sent.referral })
  await house.later(72)
  await house.done('referral.discharge', stage.ward, { referral: sent.referral })
  const returned = { diagnosis: '原发性高血压3级', findings: '肾功能正常,心电图左室高电压', treatment: '联合降压', plan: '两周内复测血压,低盐饮食', medication: '氨氯地平 5mg qd;缬沙坦 80mg qd' }
  await house.done('referral.hand-back', stage.ward, { referral: sent.referral, ...returned })

  const handedBack = await house.done('referral.package', stage.familyDoctor, { referral: sent.referral })
  assert.match(JSON.stringify(handedBack.bundle), /缬沙坦/, 'the plan and the medication are readable by the township')
  await house.done('referral.receive', stage.familyDoctor, { referral: sent.referral })
  await house.later(24 * 12)
  await house.done('referral.follow-up', stage.familyDoctor, { referral: sent.referral, way: 'home', outcome: 'good', note: '血压 132/82,按时服药' })
  await house.later(24 * 8)

  const whole = await house.done('referral.get', stage.villageDoctor, { referral: sent.referral })
  assert.equal(whole.state, 'closed', 'a followed-up case closes by itself')
  printTrace(t, whole)
  const steps = whole.trace.map((step: { type: string }) => step.type.replace('referral.', ''))
  assert.deepEqual(steps, ['drafted', 'submitted', 'accepted', 'scheduled', 'arrived', 'task-finished', 'begun', 'discharged', 'handed-back', 'received', 'followed-up', 'closed'])
  const { events } = await house.done('referral.journey', stage.villageDoctor, { person })
  assert.equal(events.at(-1).type, 'residents.registered', 'the person’s own trace begins with the registration')
  assert.equal(events[0].type, 'referral.closed')
  const resident = actor('resident', null, '欧阳淼', person)
  const reads = await house.done('health-record.reads', resident, { person })
  assert.ok(reads.reads.some((read: { form: string }) => read.form === 'referral.package'), 'the resident sees who read the record')
})
