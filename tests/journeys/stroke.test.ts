import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { plusMinutes } from '../../src/kernel/clock.ts'
import { dayOf } from '../../src/kernel/day.ts'
import type { ShownClock } from '../../src/modules/green-channel/contract.ts'
import { databaseNow, sql } from '../../src/platform/database/pool.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../harness/stage.ts'
import { printTrace } from './print-trace.ts'

const HOURS_A_MINUTE = 1 / 60

/** Prints the moments and targets of a channel, one line each, under the trace of its referral. */
const printClock = (t: TestContext, { channelWords, nodes, targets }: ShownClock): void => {
  t.diagnostic(`clock of the channel: ${channelWords.zh}`)
  for (const { words, at, by } of nodes) if (at) t.diagnostic(`    ${at}  ${words.zh} ${by?.zh ?? ''}`)
  for (const { words, minutes, tookMinutes, state } of targets)
    if (tookMinutes !== null) t.diagnostic(`    ${words.zh}: ${tookMinutes} of ${minutes} min, ${state}`)
}

const CENTRES = [
  { institution: PLACES.county, channel: 'stroke', level: 'primary', capabilities: ['lysis'], specialty: '0303' },
  { institution: PLACES.city, channel: 'stroke', level: 'advanced', capabilities: ['lysis', 'thrombectomy'], specialty: '0303' },
]

const certify = async (house: TestHouse): Promise<void> => {
  for (const body of CENTRES) {
    const made = await house.done('green-channel.propose-centre', actor('health-bureau', null, '甲'), {
      from: '2020-01-01',
      body,
    })
    await house.done('green-channel.approve-centre', actor('health-bureau', null, '乙'), {
      entry: made.entry,
      version: 1,
      verdict: 'approve',
    })
  }
}

// The line of the 疾病分级诊疗目录 by which the ward knows a stroke by its ICD-10 codes.
const catalogue = (house: TestHouse) =>
  house.database.run(sql`insert into navigation.condition (key, zh, en, icd10, specialty, lowest_tier, urgency, source)
    values ('stroke', '急性脑卒中', 'Acute stroke', array['I60-I64'], '0303', 'county', 'emergency', '卒中中心') on conflict do nothing`)

type Journey = { readonly house: TestHouse; readonly stage: Stage; readonly person: string }

/** 08:00 she falls; 08:15 the village doctor presses the button without a network; 08:40 the phone finds one and sends it. */
const fallsIll = async ({ house, stage, person }: Journey) => {
  const fell = await databaseNow(house.database)
  await house.later(40 * HOURS_A_MINUTE)
  const started = await house.done('green-channel.start', stage.villageDoctor, {
    channel: 'stroke',
    person,
    onset: { kind: 'known', at: fell },
    call120At: plusMinutes(fell, 12),
    occurredAt: plusMinutes(fell, 15),
    vitals: { systolic: 178, diastolic: 96, glucose: 7.1, coma: 14 },
  })
  assert.equal(started.isLateEntry, true, 'the late entry is marked, not hidden')
  assert.equal(started.receiver, PLACES.county)
  return { ...started, fell } as { case: string; referral: string; fell: typeof fell }
}

/** Door 08:50, CT 09:05, report 09:20, decision 09:25, needle 09:32: forty-two minutes from the door. */
const isTreated = async ({ house, stage }: Journey, channel: { case: string }) => {
  const stamp = (node: string) => house.done('green-channel.stamp', stage.desk, { case: channel.case, node })
  for (const [node, minutes] of [
    ['door-in', 10],
    ['triage', 3],
    ['ct-start', 12],
    ['ct-report', 15],
    ['lab', 1],
    ['decision', 4],
    ['needle', 7],
  ] as const) {
    await house.later(minutes * HOURS_A_MINUTE)
    await stamp(node)
  }
}

const RETURNED = {
  diagnosis: '急性脑梗死',
  findings: 'CT 未见出血,NIHSS 8 → 2',
  treatment: '静脉溶栓',
  plan: '社区康复,两周内随访',
  medication: '阿司匹林 100mg qd',
}

/** The stay ends, the hospital hands back, and primary care takes her home. */
const goesHome = async ({ house, stage }: Journey, referral: string, hospital: Stage['desk']) => {
  await house.later(24 * 8)
  await house.done('referral.discharge', hospital, { referral })
  await house.done('referral.hand-back', hospital, { referral, ...RETURNED })
  await house.done('referral.receive', stage.familyDoctor, { referral })
}

/**
 * The ward asks whether the township unit can take her; it lacks feeding tubes, which the hospital sends along. She goes
 * home with a plan of rehabilitation, and the village ticks its first steps off.
 */
const goesHomeWithPlan = async (t: TestContext, { house, stage, person }: Journey, referral: string) => {
  await house.later(24 * 8)
  const one = await house.done('continuity.candidate', stage.ward, { person })
  for (const { id, state, isOptional } of one.criteria)
    if (state === 'unknown' && !isOptional)
      await house.done('continuity.attest', stage.ward, { person, criterion: id, state: 'met', note: '今日查房:平稳' })
  const asked = { person, referral, receiver: PLACES.township, items: one.needs }
  const today = dayOf(await databaseNow(house.database), house.house.zone)
  const { readiness } = await house.done('continuity.ask-readiness', stage.ward, asked)
  const { questions } = await house.done('continuity.questions', stage.familyDoctor)
  const items = questions[0].items.map(({ id, code }: { id: string; code: string }) =>
    code === 'nasogastric-tube' ? { item: id, answer: 'missing', by: 'hospital', on: today } : { item: id, answer: 'there' },
  )
  await house.done('continuity.answer-readiness', stage.familyDoctor, { readiness, items, note: '可接' })
  await house.done('referral.discharge', stage.ward, { referral })
  const { template } = await house.done('continuity.candidate', stage.ward, { person })
  const back = await house.done('continuity.hand-back', stage.ward, { referral, ...RETURNED, readiness, steps: template })
  assert.deepEqual(
    back.sendAlong.map(({ zh }: { zh: string }) => zh),
    ['鼻饲管及鼻饲护理包'],
  )
  await house.done('referral.receive', stage.familyDoctor, { referral })
  const { plan } = await house.done('continuity.of-case', stage.familyDoctor, { referral })
  const [first] = plan.steps
  await house.done('continuity.tick-step', stage.villageDoctor, { plan: plan.id, step: first.id, state: 'done' })
  t.diagnostic('plan of rehabilitation:')
  const now = await house.done('continuity.of-case', stage.ward, { referral })
  for (const { words, dueOn, state } of now.plan.steps) t.diagnostic(`    ${dueOn}  ${words.zh}  ${state}`)
  assert.equal(now.plan.steps[0].state, 'done', 'the hospital sees what the village has ticked')
}

const begins = async (t: TestContext): Promise<Journey> => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  await certify(house)
  await catalogue(house)
  return { house, stage, person: await stage.person('蒋女士', '1952-03-08') }
}

test('Mrs Jiang, 74, falls in a village without a network: county door, CT, needle within the hour, and home with a plan', async (t) => {
  const journey = await begins(t)
  const { house, stage } = journey
  const channel = await fallsIll(journey)
  const ahead = await house.done('referral.package', stage.desk, { referral: channel.referral })
  assert.equal(ahead.bundle.type, 'document', 'the record is there before the ambulance is')
  await isTreated(journey, channel)
  await house.done('green-channel.end', stage.desk, { case: channel.case, outcome: 'reperfused', reason: '溶栓后症状明显改善' })
  const letter = {
    impression: '急性脑梗死可能',
    reason: '突发右侧肢体无力、言语不清',
    pastHistory: '高血压',
    treatment: '平卧,吸氧',
  }
  await house.done('referral.complete', stage.villageDoctor, {
    referral: channel.referral,
    letter,
    consent: { by: 'family', relation: '儿子' },
  })
  await goesHomeWithPlan(t, journey, channel.referral)

  const clock: ShownClock = await house.done('green-channel.get', stage.villageDoctor, { case: channel.case })
  const whole = await house.done('referral.get', stage.villageDoctor, { referral: channel.referral })
  printTrace(t, whole)
  printClock(t, clock)
  const target = (key: string) => clock.targets.find((one) => one.key === key)
  assert.deepEqual([target('door-to-needle')?.tookMinutes, target('door-to-needle')?.state], [42, 'ok'])
  assert.deepEqual([target('onset-to-needle')?.tookMinutes, target('onset-to-needle')?.state], [92, 'ok'])
  assert.equal(clock.targets.filter(({ state }) => state === 'late').length, 0)
  assert.deepEqual([whole.state, whole.owesPapers], ['received', false])
  const quality = await house.done('green-channel.quality', stage.desk, {
    month: dayOf(plusMinutes(channel.fell, 15), house.house.zone).slice(0, 7),
    channel: 'stroke',
  })
  assert.deepEqual(
    quality.needleGoals,
    [
      { minutes: 45, within: 1 },
      { minutes: 30, within: 0 },
    ],
    'forty-two minutes keep the better goal, not the best',
  )
})

test('The same, with a large vessel shut: lysis at the county, then on to the city, and home from there', async (t) => {
  const journey = await begins(t)
  const { house, stage } = journey
  const channel = await fallsIll(journey)
  await isTreated(journey, channel)
  await house.later(10 * HOURS_A_MINUTE)
  const onward = await house.done('green-channel.send-onward', stage.desk, { case: channel.case, reason: '大血管闭塞,桥接取栓' })
  await house.done('green-channel.stamp', stage.desk, { case: channel.case, node: 'door-out' })
  for (const [node, minutes] of [
    ['door-in', 35],
    ['decision', 10],
    ['puncture', 30],
    ['reperfusion', 25],
  ] as const) {
    await house.later(minutes * HOURS_A_MINUTE)
    await house.done('green-channel.stamp', stage.cityDesk, { case: onward.case, node })
  }
  await house.done('green-channel.end', stage.cityDesk, { case: onward.case, outcome: 'reperfused', reason: 'TICI 3 级' })
  await goesHome(journey, onward.referral, stage.cityDesk)

  const first: ShownClock = await house.done('green-channel.get', stage.desk, { case: channel.case })
  const second: ShownClock = await house.done('green-channel.get', stage.cityDesk, { case: onward.case })
  printTrace(t, await house.done('referral.get', stage.villageDoctor, { referral: channel.referral }))
  printClock(t, first)
  const whole = await house.done('referral.get', stage.familyDoctor, { referral: onward.referral })
  printTrace(t, whole)
  printClock(t, second)
  assert.deepEqual(
    [first.outcome, first.targets.find(({ key }) => key === 'door-in-door-out')?.tookMinutes],
    ['transferred-on', 52],
  )
  assert.equal(second.targets.find(({ key }) => key === 'door-to-puncture')?.tookMinutes, 40)
  assert.equal(whole.state, 'received')
})
