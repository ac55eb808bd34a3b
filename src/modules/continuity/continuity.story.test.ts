import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { plusDays, type Day } from '../../kernel/day.ts'
import { newId, type PersonId } from '../../kernel/id.ts'
import { databaseNow, sql } from '../../platform/database/pool.ts'
import { hashOf, indexOfResource, saveSourceResources, type Resource } from '../health-record/index.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../tests/harness/stage.ts'
import type { ShownCandidate, ShownReadiness } from './contract.ts'

type Scene = { house: TestHouse; stage: Stage; person: PersonId }

const codesOf = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)

/** Brings resources about a person into the record, as a hospital's system would. */
const record = async ({ house, person }: Scene, resources: readonly Record<string, unknown>[]): Promise<void> => {
  const rows = resources.map((resource) => {
    const id = newId()
    const whole = { id, subject: { reference: `Patient/${person}` }, ...resource } as unknown as Resource
    const body = JSON.stringify(whole)
    return {
      person,
      id,
      type: whole.resourceType,
      sourceId: id,
      body,
      hash: hashOf(body),
      index: indexOfResource(whole, house.house.zone),
    }
  })
  const now = await databaseNow(house.database)
  await house.database.transaction((tx) => saveSourceResources(tx, 'test', rows, now))
}

const measured = (code: string, value: number, unit: string, at: string) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code }] },
  valueQuantity: { value, code: unit },
  effectiveDateTime: at,
})
const diagnosis = (code: string, zh: string, since: string) => ({
  resourceType: 'Condition',
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { coding: [{ code }], text: zh },
  onsetDateTime: since,
})
const medicine = (atc: string, zh: string, at: string) => ({
  resourceType: 'MedicationRequest',
  status: 'active',
  medicationCodeableConcept: { coding: [{ code: atc }], text: zh },
  authoredOn: at,
  dosageInstruction: [{ text: '每日 1 次' }],
})
const stay = (code: string, since: string) => ({
  resourceType: 'Encounter',
  status: 'in-progress',
  class: { code: 'IMP' },
  serviceProvider: { reference: `Organization/${PLACES.county}` },
  period: { start: since },
  reasonCode: [{ coding: [{ code }] }],
})

const scene = async (t: TestContext): Promise<Scene> => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  return { house, stage, person: await stage.person('谭桂英', '1958-02-03') }
}

/** A stroke patient of the village who lies in the county hospital. */
const strokeInside = async (all: Scene): Promise<string> => {
  const { house, stage, person } = all
  const { referral } = await house.done('referral.send', stage.villageDoctor, {
    person,
    receiver: PLACES.county,
    specialty: '0303',
    condition: { key: 'I63.9', zh: '脑梗死', en: 'Cerebral infarction' },
    letter: { impression: '脑梗死', reason: '右侧肢体无力', pastHistory: '高血压', treatment: '' },
    consent: { by: 'family', relation: '子女' },
  })
  await house.done('referral.accept', stage.desk, { referral, queue: '神经内科病房' })
  await house.done('referral.arrive', stage.desk, { referral })
  await house.done('referral.begin', stage.ward, { referral })
  return referral
}

const candidatesOf = async ({ house, stage }: Scene): Promise<ShownCandidate[]> =>
  (await house.done('continuity.candidates', stage.ward)).candidates
const stateOf = (one: ShownCandidate | undefined, id: string) => one?.criteria.find((criterion) => criterion.id === id)?.state
const letter = (referral: string) => ({
  referral,
  diagnosis: '脑梗死恢复期',
  findings: '头颅 CT 未见出血',
  treatment: '抗血小板、降压',
  plan: '康复训练',
  medication: '阿司匹林 100mg qd',
})

const attestAll = async ({ house, stage, person }: Scene, one: ShownCandidate): Promise<void> => {
  for (const { id, state, isOptional } of one.criteria)
    if (state === 'unknown' && !isOptional)
      await house.done('continuity.attest', stage.ward, { person, criterion: id, state: 'met', note: '今日查房:平稳' })
}

const askTownship = async ({ house, stage, person }: Scene, referral: string): Promise<string> => {
  const whole = await house.done('continuity.candidate', stage.ward, { person })
  return (
    await house.done('continuity.ask-readiness', stage.ward, { person, referral, receiver: PLACES.township, items: whole.needs })
  ).readiness
}

const answerAll = async ({ house, stage }: Scene, readiness: string, missing: string): Promise<void> => {
  const { questions } = (await house.done('continuity.questions', stage.familyDoctor)) as { questions: ShownReadiness[] }
  const open = questions.find(({ id }) => id === readiness)?.items.filter(({ answer }) => answer === null) ?? []
  const items = open.map(({ id, code }) =>
    code === missing ? { item: id, answer: 'missing', by: 'hospital', on: stage.today } : { item: id, answer: 'there' },
  )
  await house.done('continuity.answer-readiness', stage.familyDoctor, { readiness, items, note: '可接' })
}

test('A stroke patient goes home: unknown becomes met, the missing tube is sent along, the plan is carried out', async (t) => {
  const all = await scene(t)
  const { house, stage, person } = all
  const referral = await strokeInside(all)
  const now = await databaseNow(house.database)
  const [fresh] = await candidatesOf(all)
  assert.equal(fresh?.disease.key, 'stroke')
  assert.deepEqual(
    [fresh?.progress.met, fresh?.progress.notMet, fresh?.progress.isReady],
    [0, 0, false],
    'of an empty record nothing is known',
  )

  await record(all, [
    diagnosis('I63.9', '脑梗死', now),
    measured('8480-6', 138, 'mm[Hg]', now),
    measured('8867-4', 76, '/min', now),
    medicine('B01AC06', '阿司匹林肠溶片', now),
  ])
  const [told] = await candidatesOf(all)
  assert.deepEqual(
    [stateOf(told, 'general-diagnosis'), stateOf(told, 'stroke-vitals'), stateOf(told, 'stroke-deficit')],
    ['met', 'met', 'unknown'],
  )
  await attestAll(all, told as ShownCandidate)
  const [ready] = await candidatesOf(all)
  assert.equal(ready?.progress.isReady, true)
  assert.equal(ready?.criteria.find(({ id }) => id === 'stroke-deficit')?.fact?.by?.zh, '张主任', 'by whom is on record')

  await house.done('continuity.propose-supply', stage.familyDoctor, {
    from: stage.today,
    body: { code: 'B01AC06', kind: 'drug', name: { zh: '阿司匹林肠溶片' } },
  })
  const readiness = await askTownship(all, referral)
  const { questions } = await house.done('continuity.questions', stage.familyDoctor)
  const known = questions[0].items.find(({ code }: { code: string }) => code === 'B01AC06')
  assert.deepEqual([known.answer, known.knownFrom.zh], ['there', '库存登记'], 'what the register knows is not asked')
  await house.done('referral.discharge', stage.ward, { referral })
  assert.deepEqual(codesOf(await house.ask('continuity.hand-back', stage.ward, { ...letter(referral), readiness })), [
    'continuity.not-answered',
  ])
  await answerAll(all, readiness, 'nasogastric-tube')

  const { template } = await house.done('continuity.candidate', stage.ward, { person })
  const back = await house.done('continuity.hand-back', stage.ward, { ...letter(referral), readiness, steps: template })
  assert.deepEqual([back.state, back.sendAlong.map(({ zh }: { zh: string }) => zh)], ['handed-back', ['鼻饲管及鼻饲护理包']])
  await carryOut(all, referral)
})

/** Ticks, one overdue step, and what the resident reports. */
const carryOut = async ({ house, stage, person }: Scene, referral: string): Promise<void> => {
  const resident = actor('resident', null, '谭桂英', person)
  const planOf = async () => (await house.done('continuity.of-case', stage.familyDoctor, { referral })).plan
  const plan = await planOf()
  const stepOf = (kind: string) => plan.steps.find((step: { kind: string }) => step.kind === kind).id
  const tick = (kind: string, more: object) =>
    house.ask('continuity.tick-step', stage.familyDoctor, { plan: plan.id, step: stepOf(kind), ...more })
  await house.done('continuity.tick-step', stage.villageDoctor, {
    plan: plan.id,
    step: stepOf('swallowing'),
    state: 'done',
    value: '洼田 1 级',
  })
  assert.deepEqual(codesOf(await tick('swallowing', { state: 'done' })), ['continuity.step-done'])
  assert.deepEqual(codesOf(await tick('drug-check', { state: 'not-done' })), ['continuity.why-missing'])
  assert.deepEqual(codesOf(await house.ask('continuity.report-step', resident, { plan: plan.id, step: stepOf('drug-check') })), [
    'continuity.not-at-home',
  ])
  await house.done('continuity.report-step', resident, { plan: plan.id, step: stepOf('exercise') })
  assert.deepEqual(codesOf(await house.ask('continuity.report-step', resident, { plan: plan.id, step: stepOf('exercise') })), [
    'continuity.reported-today',
  ])
  assert.equal(
    (await planOf()).steps.find((step: { kind: string }) => step.kind === 'exercise').state,
    'planned',
    'a self-report is no tick',
  )

  await house.later(24 * 4 + 1)
  const late = await planOf()
  const states = Object.fromEntries(late.steps.map((step: { kind: string; state: string }) => [step.kind, step.state]))
  assert.deepEqual([states['swallowing'], states['exercise'], states['guidance']], ['done', 'overdue', 'planned'])
  const [told] = await house.database.rows<{ seen: string[] }>(
    sql`select seen_by::text[] as seen from platform.trace_event where type = 'continuity.step-overdue'`,
  )
  assert.ok(
    [PLACES.township, PLACES.county].every((place) => told?.seen.includes(place)),
    'care team and author hear of it',
  )
  await house.done('continuity.tick-step', stage.familyDoctor, {
    plan: plan.id,
    step: stepOf('exercise'),
    state: 'not-done',
    why: '患者发热,改期',
  })
  const seen = await house.done('continuity.of-case', stage.ward, { referral })
  assert.equal(
    seen.plan.steps.find((step: { kind: string }) => step.kind === 'exercise').state,
    'not-done',
    'the hospital sees the progress',
  )
  const mine = await house.done('continuity.my-plan', resident)
  assert.equal(mine.plans[0].steps.length, plan.steps.length)
  await changed({ house, stage, person }, referral)
}

/** The hospital changes the plan: a new version with a reason, what was ticked stays. */
const changed = async ({ house, stage }: Scene, referral: string): Promise<void> => {
  const { plan } = await house.done('continuity.of-case', stage.ward, { referral })
  const given = plan.steps.map(({ id, kind, words, plain, dueOn, atHome }: Record<string, unknown>) => ({
    id,
    kind,
    words,
    plain,
    dueOn,
    atHome,
  }))
  const open = given.filter(({ kind }: { kind: string }) => kind !== 'guidance')
  assert.deepEqual(codesOf(await house.ask('continuity.change-plan', stage.ward, { referral, steps: open })), [
    'continuity.reason-missing',
  ])
  const ticked = given.filter(({ kind }: { kind: string }) => kind !== 'swallowing')
  assert.deepEqual(codesOf(await house.ask('continuity.change-plan', stage.ward, { referral, steps: ticked, reason: '试试' })), [
    'continuity.step-ticked',
  ])
  await house.done('continuity.change-plan', stage.ward, { referral, steps: open, reason: '远程指导改为门诊复诊' })
  const after = await house.done('continuity.of-case', stage.familyDoctor, { referral })
  assert.deepEqual(
    [after.plan.version, after.plan.versions[0].reason, after.plan.steps.length],
    [2, '远程指导改为门诊复诊', plan.steps.length - 1],
  )
  const waits = await house.database.rows(
    sql`select 1 from platform.deadline where command = 'continuity.tell-overdue-step' and ended_at is null`,
  )
  assert.equal(
    waits.length,
    after.plan.steps.filter(({ state }: { state: string }) => state === 'planned').length,
    'a step that is gone waits no longer',
  )
}

test('Nobody answers whether the place is ready: one level up is told; a hand back without an answer says why', async (t) => {
  const all = await scene(t)
  const { house, stage } = all
  const referral = await strokeInside(all)
  const readiness = await askTownship(all, referral)
  assert.deepEqual(
    codesOf(
      await house.ask('continuity.ask-readiness', stage.ward, {
        person: all.person,
        referral,
        receiver: PLACES.township,
        items: [{ kind: 'staff', code: 'nurse', words: { zh: '护士', en: 'Nurse' } }],
      }),
    ),
    ['continuity.asked-already'],
  )
  await house.later(25)
  const [overdue] = await house.database.rows<{ seen: string[] }>(
    sql`select seen_by::text[] as seen from platform.trace_event where type = 'continuity.readiness-overdue'`,
  )
  assert.ok(overdue?.seen.includes(PLACES.county), 'the lead above the township unit')
  await house.done('referral.discharge', stage.ward, { referral })
  assert.deepEqual(codesOf(await house.ask('continuity.hand-back', stage.ward, letter(referral))), ['continuity.not-asked'])
  assert.deepEqual(
    codesOf(await house.ask('continuity.hand-back', stage.ward, { ...letter(referral), readiness, to: PLACES.otherVillage })),
    ['continuity.answer-of-another'],
  )
  await house.done('continuity.hand-back', stage.ward, { ...letter(referral), withoutAnswer: '家属要求当日出院' })
  const shown = await house.done('continuity.of-case', stage.familyDoctor, { referral })
  assert.equal(shown.handOver.withoutAnswer, '家属要求当日出院', 'the reason stays on record')
  assert.equal((await house.done('referral.get', stage.ward, { referral })).state, 'handed-back')
})

test('Refused means nothing happened: a bad plan leaves the case where it was', async (t) => {
  const all = await scene(t)
  const { house, stage } = all
  const referral = await strokeInside(all)
  await house.done('referral.discharge', stage.ward, { referral })
  const past = plusDays(stage.today, -1) as Day
  const steps = [
    { kind: 'exercise', words: { zh: '练', en: 'Train' }, plain: { zh: '练', en: 'Train' }, dueOn: past, atHome: true },
  ]
  assert.deepEqual(
    codesOf(await house.ask('continuity.hand-back', stage.ward, { ...letter(referral), withoutAnswer: '急', steps })),
    ['continuity.step-in-past'],
  )
  assert.equal((await house.done('referral.get', stage.ward, { referral })).state, 'discharged')
})

test('Who lies here without a referral is a candidate too, and goes down with the answer of the village', async (t) => {
  const all = await scene(t)
  const { house, stage, person } = all
  const today = stage.today
  await record(all, [
    stay('J44.1', `${plusDays(today, -12)}T09:00:00+08:00`),
    diagnosis('J44.9', '慢性阻塞性肺疾病', `${today}T08:00:00+08:00`),
  ])
  const [one] = await candidatesOf(all)
  assert.deepEqual([one?.disease.key, one?.referral, one?.days, one?.expectedDays], ['copd', null, 12, 10])
  const item = { kind: 'device', code: 'oxygen-concentrator', words: { zh: '制氧机', en: 'Oxygen concentrator' } }
  const { readiness } = await house.done('continuity.ask-readiness', stage.ward, {
    person,
    receiver: PLACES.village,
    items: [item],
  })
  const { questions } = await house.done('continuity.questions', stage.villageDoctor)
  const answer = { item: questions[0].items[0].id, answer: 'missing', by: 'county-pharmacy', on: today }
  await house.done('continuity.answer-readiness', stage.villageDoctor, { readiness, items: [answer] })
  const request = {
    person,
    receiver: PLACES.village,
    specialty: '0200',
    condition: { key: 'J44.9', zh: '慢阻肺' },
    letter: { impression: '慢阻肺', reason: '急性加重已控制', pastHistory: '', treatment: '' },
    consent: { by: 'patient' },
  }
  const { state, plan } = await house.done('continuity.send-down', stage.ward, {
    ...request,
    readiness,
    steps: (await house.done('continuity.plan-template', stage.ward, { disease: 'copd' })).steps,
  })
  assert.equal(state, 'submitted')
  assert.ok(plan, 'the plan goes with it')
})

test('A stranger finds nothing; a dead person’s plan and questions end', async (t) => {
  const all = await scene(t)
  const { house, stage, person } = all
  const referral = await strokeInside(all)
  const readiness = await askTownship(all, referral)
  const strangers = [
    house.ask('continuity.candidate', actor('ward', 'city'), { person }),
    house.ask('continuity.attest', actor('ward', 'countyTcm'), {
      person,
      criterion: 'general-stable',
      state: 'met',
      note: '旁人',
    }),
    house.ask('continuity.of-case', stage.tcmDesk, { referral }),
    house.ask('continuity.answer-readiness', stage.villageDoctor, { readiness, items: [] }),
    house.ask('continuity.hand-back', stage.cityDesk, { ...letter(referral), withoutAnswer: '旁人' }),
    house.ask('continuity.change-plan', stage.cityDesk, {
      referral,
      steps: [{ kind: 'visit', words: { zh: '看', en: 'See' }, plain: { zh: '看', en: 'See' }, dueOn: stage.today }],
      reason: '旁人',
    }),
  ]
  for (const outcome of await Promise.all(strangers)) assert.deepEqual(codesOf(outcome), ['platform.not-found'])
  assert.equal((await house.done('continuity.candidates', actor('ward', 'city'))).candidates.length, 0)
  await house.done('residents.record-death', stage.villageDoctor, { person, diedOn: stage.today })
  await house.settle()
  assert.equal((await house.done('continuity.questions', stage.familyDoctor)).questions.length, 0)
})
