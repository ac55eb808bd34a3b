import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PLACES, setStage } from '../harness/stage.ts'
import { testHouse } from '../harness/house.ts'
import { printTrace } from './print-trace.ts'

test('Mr Jiang, 81, falls ill at the community clinic: he goes up at once, the papers follow', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const person = await stage.person('蒋先生', '1945-03-08')
  const condition = { key: 'stroke-acute', zh: '急性脑卒中', en: 'Acute stroke' }

  // An ordinary referral for the same condition was open; it never holds up the rescue.
  const ordinary = await house.done('referral.send', stage.villageDoctor, {
    person,
    receiver: PLACES.countyTcm,
    specialty: '0303',
    condition,
    letter: { impression: '头晕待查', reason: '反复头晕一周', pastHistory: '', treatment: '' },
    consent: { by: 'patient' },
    unit: await stage.slot(stage.tcmDesk, { specialty: '0303' }),
  })
  const sent = await house.done('referral.send-emergency', stage.familyDoctor, { person, receiver: PLACES.city, specialty: '0303', condition, letter: {} })
  assert.equal(sent.state, 'accepted', 'an emergency starts at accepted')
  await house.settle()
  const superseded = await house.done('referral.get', stage.villageDoctor, { referral: ordinary.referral })
  assert.equal(superseded.state, 'ended-elsewhere')
  const freed = await house.done('booking.free', stage.tcmDesk, { specialty: '0303', channel: 'referral' })
  assert.equal(freed.slots[0].reservedFree, 1, 'its unit went back to the reserve that it came from')

  const ahead = await house.done('referral.package', stage.cityDesk, { referral: sent.referral })
  assert.equal(ahead.bundle.type, 'document', 'the record is there before the ambulance is')
  await house.later(0.7)
  await house.done('referral.arrive', stage.cityDesk, { referral: sent.referral })
  await house.done('referral.begin', stage.cityDesk, { referral: sent.referral })

  const owed = await house.done('referral.get', stage.familyDoctor, { referral: sent.referral })
  assert.equal(owed.owesPapers, true)
  const letter = { impression: '急性脑梗死可能', reason: '突发右侧肢体无力、言语不清 40 分钟', pastHistory: '高血压', treatment: '吸氧,建立静脉通路' }
  await house.done('referral.complete', stage.familyDoctor, { referral: sent.referral, letter, consent: { by: 'family', relation: '儿子' } })
  const twice = await house.ask('referral.complete', stage.familyDoctor, { referral: sent.referral, letter, consent: { by: 'family' } })
  assert.equal(twice.ok ? 'done' : twice.refusals[0]?.code, 'referral.completed-already')

  await house.later(24 * 9)
  await house.done('referral.discharge', stage.cityDesk, { referral: sent.referral })
  const returned = { diagnosis: '脑梗死', findings: 'MRI 左侧基底节梗死', treatment: '静脉溶栓', plan: '社区康复,两周内随访', medication: '阿司匹林 100mg qd' }
  await house.done('referral.hand-back', stage.cityDesk, { referral: sent.referral, ...returned })
  await house.done('referral.receive', stage.familyDoctor, { referral: sent.referral })
  const whole = await house.done('referral.get', stage.familyDoctor, { referral: sent.referral })
  printTrace(t, whole)
  assert.equal(whole.state, 'received')
  assert.equal(whole.owesPapers, false)
})

test('A death ends what is open and frees the unit', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const person = await stage.person('谭老', '1939-01-01')
  const sent = await house.done('referral.send', stage.villageDoctor, {
    person,
    receiver: PLACES.county,
    specialty: '0304',
    condition: { key: 'heart-failure', zh: '心力衰竭' },
    letter: { impression: '心衰', reason: '气促', pastHistory: '', treatment: '' },
    consent: { by: 'family', relation: '女儿' },
    unit: await stage.slot(stage.desk),
  })
  await house.done('residents.record-death', stage.villageDoctor, { person, diedOn: stage.today })
  await house.settle()
  const whole = await house.done('referral.get', stage.villageDoctor, { referral: sent.referral })
  assert.equal(whole.state, 'ended-elsewhere')
  const free = await house.done('booking.free', stage.desk, { specialty: '0304', channel: 'referral' })
  assert.equal(free.slots[0].free + free.slots[0].reservedFree, 5)
  const anew = await house.ask('referral.send-emergency', stage.familyDoctor, { person, receiver: PLACES.city, specialty: '0304', condition: { key: 'x', zh: 'x' }, letter: {} })
  assert.deepEqual(anew.ok ? [] : anew.refusals.map((refusal) => refusal.code), ['referral.person-dead'])
})
