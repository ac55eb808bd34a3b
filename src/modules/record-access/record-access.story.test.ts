import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { newId, type PersonId } from '../../kernel/id.ts'
import type { Actor } from '../../platform/access.ts'
import { sql } from '../../platform/database/pool.ts'
import { hashOf, indexOfResource, saveSourceResources, type Resource } from '../health-record/index.ts'
import { databaseNow } from '../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../tests/harness/stage.ts'

let house: TestHouse
let stage: Stage
let person: PersonId
let resident: Actor
const bureau = actor('health-bureau', null, '周专员')
const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  outcome.ok ? [] : (outcome.refusals ?? []).map(({ code }) => code)
const summaryBy = (who: Actor) => house.ask('health-record.summary', who, { person })
const lastLook = () =>
  house.database.row<{ basis: string; purpose: string }>(sql`select lawful_basis as basis, purpose from platform.audit
    where form = 'health-record.summary' and outcome = 'done' order by xid desc, pos desc limit 1`)

/** What a hospital's system brings about somebody. */
const brought = async (of: PersonId, resource: object): Promise<void> => {
  const id = newId()
  const whole = { id, subject: { reference: `Patient/${of}` }, ...resource } as unknown as Resource
  const body = JSON.stringify(whole)
  const row = {
    person: of,
    id,
    type: whole.resourceType,
    sourceId: id,
    body,
    hash: hashOf(body),
    index: indexOfResource(whole, house.house.zone),
  }
  const at = await databaseNow(house.database)
  await house.database.transaction((tx) => saveSourceResources(tx, 'test', [row], at))
}
const condition = (code: string, text: string) => ({
  resourceType: 'Condition',
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }], text },
})

before(async () => {
  house = await testHouse({ after: () => {} })
  stage = await setStage(house)
  person = await stage.person('演示病人', '1961-05-04')
  resident = actor('resident', null, '演示病人', person)
  await brought(person, condition('I10', '高血压'))
  await brought(person, condition('B20', 'HIV 病'))
})

test('another institution reads nothing without a reason, the same as for who does not exist', async () => {
  assert.deepEqual(codes(await summaryBy(stage.ward)), ['platform.not-found'])
  assert.deepEqual(codes(await house.ask('health-record.summary', stage.ward, { person: '999999' })), ['platform.not-found'])
})

test('a consent opens the record for its purpose, and what it covered stays to be seen; withdrawn, nothing more is read', async () => {
  assert.deepEqual(codes(await house.ask('record-access.give-consent', resident, { person, purpose: 'research', days: 30 })), [
    'record-access.consent-needs-institution',
  ])
  await house.done('record-access.give-consent', resident, { person, purpose: 'research', to: PLACES.county, days: 30 })
  assert.deepEqual(
    codes(await summaryBy(stage.ward)),
    ['platform.not-found'],
    'a consent to research opens nothing for treatment',
  )
  const { consent } = await house.done('record-access.give-consent', resident, {
    person,
    purpose: 'treatment',
    to: PLACES.county,
    days: 30,
  })
  assert.deepEqual(
    codes(await house.ask('record-access.give-consent', resident, { person, purpose: 'treatment', to: PLACES.county, days: 3 })),
    ['record-access.consent-given-already'],
  )
  const read = await summaryBy(stage.ward)
  assert.ok(read.ok)
  assert.equal(read.value.basis, 'consent')
  assert.deepEqual(await lastLook(), { basis: 'consent', purpose: 'treatment' })
  assert.deepEqual(codes(await summaryBy(stage.tcmDesk)), ['platform.not-found'], 'not for another institution')
  await house.done('record-access.withdraw-consent', resident, { person, consent })
  assert.deepEqual(codes(await summaryBy(stage.ward)), ['platform.not-found'], 'A3: after the withdrawal no read succeeds')
  assert.deepEqual(codes(await house.ask('record-access.withdraw-consent', resident, { person, consent })), [
    'record-access.consent-over',
  ])
  const { consents } = await house.done('record-access.consents', resident, { person })
  const shown = consents.find(({ id }: { id: string }) => id === consent)
  assert.match(shown.shown.zh, /^为诊疗,允许.*全部健康档案/)
  assert.equal(shown.inForce, false)
})

test('a consent to some kinds shows those and nothing else', async () => {
  await brought(person, {
    resourceType: 'AllergyIntolerance',
    code: { text: '青霉素' },
    clinicalStatus: { coding: [{ code: 'active' }] },
  })
  const { consent } = await house.done('record-access.give-consent', resident, {
    person,
    purpose: 'treatment',
    to: PLACES.county,
    kinds: ['allergies'],
    days: 1,
  })
  const read = await house.done('health-record.summary', stage.ward, { person })
  assert.deepEqual([read.problems.length, read.allergies.length], [0, 1])
  await house.done('record-access.withdraw-consent', resident, { person, consent })
})

test('a paper consent needs a scan that is one, and the scan is read back', async () => {
  const scan = Buffer.from('%PDF-1.4 signed').toString('base64')
  const paper = { person, purpose: 'treatment', to: PLACES.city, days: 90 }
  assert.deepEqual(
    codes(
      await house.ask('record-access.record-paper-consent', stage.familyDoctor, {
        ...paper,
        scan: { mediaType: 'application/pdf', base64: Buffer.from('no document').toString('base64') },
      }),
    ),
    ['record-access.scan-unreadable'],
  )
  const { consent } = await house.done('record-access.record-paper-consent', stage.familyDoctor, {
    ...paper,
    scan: { mediaType: 'application/pdf', base64: scan },
  })
  assert.equal((await house.done('record-access.consent-scan', resident, { person, consent })).base64, scan)
  assert.ok((await summaryBy(stage.cityDesk)).ok)
})

test('an emergency opens the record in one act for this account; the person is told, somebody else reviews, an overdue review is told', async () => {
  assert.deepEqual(codes(await house.ask('record-access.open-emergency', stage.ward, { person, reason: 'other' })), [
    'record-access.reason-wanted',
  ])
  const { emergency, until } = await house.done('record-access.open-emergency', stage.ward, { person, reason: 'unconscious' })
  const now = await databaseNow(house.database)
  assert.ok(Date.parse(until) - Date.parse(now) <= 24 * 3_600_000, 'A5: 24 hours at most')
  assert.ok((await summaryBy(stage.ward)).ok)
  assert.equal((await lastLook())?.basis, 'emergency')
  assert.deepEqual(
    codes(await summaryBy(actor('ward', 'county', '另一人'))),
    ['platform.not-found'],
    'another account of the same ward',
  )
  const { emergencies } = await house.done('record-access.emergencies-of', resident, { person })
  assert.deepEqual([emergencies[0].reason, emergencies[0].verdict], ['unconscious', null], 'the person sees it at once')
  assert.deepEqual(
    codes(
      await house.ask(
        'record-access.review-emergency',
        { ...bureau, account: stage.ward.account },
        { person, emergency, verdict: 'justified' },
      ),
    ),
    ['record-access.own-review'],
    'A6',
  )
  await house.later(25)
  assert.deepEqual(codes(await summaryBy(stage.ward)), ['platform.not-found'], 'it ends by itself')
  await house.later(24 * 10)
  const overdue = (await house.done('record-access.emergencies', bureau)).emergencies.find(
    ({ id }: { id: string }) => id === emergency,
  )
  assert.equal(overdue.overdue, true)
  const told = await house.database.row(
    sql`select count(*)::int as told from platform.trace_event where type = 'record-access.review-overdue'`,
  )
  assert.deepEqual(told, { told: 1 })
  await house.done('record-access.review-emergency', bureau, { person, emergency, verdict: 'justified', note: '抢救' })
  assert.deepEqual(
    codes(
      await house.ask('record-access.review-emergency', bureau, { person, emergency, verdict: 'not-justified', note: '改判' }),
    ),
    ['record-access.reviewed-already'],
  )
})

test('a review that finds it was not justified ends the access at once', async () => {
  const { emergency } = await house.done('record-access.open-emergency', stage.tcmDesk, { person, reason: 'life-threatening' })
  assert.ok((await summaryBy(stage.tcmDesk)).ok)
  assert.deepEqual(
    codes(await house.ask('record-access.review-emergency', bureau, { person, emergency, verdict: 'not-justified' })),
    ['record-access.reason-wanted'],
  )
  await house.done('record-access.review-emergency', bureau, {
    person,
    emergency,
    verdict: 'not-justified',
    note: '没有急救记录',
  })
  assert.deepEqual(codes(await summaryBy(stage.tcmDesk)), ['platform.not-found'])
})

test('sensitive parts are masked with a count, opened by a reason for an hour, and always open to the person', async () => {
  const texts = (read: { problems: { name: string }[] }): string => JSON.stringify(read.problems)
  const own = await house.done('health-record.summary', resident, { person })
  assert.deepEqual([own.withheld, texts(own).includes('HIV')], [0, true])
  const masked = await house.done('health-record.summary', stage.familyDoctor, { person })
  assert.deepEqual([masked.withheld, texts(masked).includes('HIV')], [1, false])
  await house.done('record-access.open-sensitive', stage.familyDoctor, { person, category: 'reproduction', reason: '孕前咨询' })
  assert.equal(
    (await house.done('health-record.summary', stage.familyDoctor, { person })).withheld,
    1,
    'another category stays closed',
  )
  await house.done('record-access.open-sensitive', stage.familyDoctor, { person, reason: '术前评估' })
  const open = await house.done('health-record.summary', stage.familyDoctor, { person })
  assert.deepEqual([open.withheld, texts(open).includes('HIV')], [0, true])
  assert.equal((await house.done('health-record.summary', stage.villageDoctor, { person })).withheld, 1, 'for that account alone')
  await house.later(2)
  assert.equal((await house.done('health-record.summary', stage.familyDoctor, { person })).withheld, 1)
  assert.deepEqual(
    codes(
      await house.ask('record-access.open-sensitive', stage.cityDesk.org ? actor('ward', 'countyTcm') : stage.ward, {
        person,
        reason: '没有依据',
      }),
    ),
    ['platform.not-found'],
  )
  const { reads } = await house.done('health-record.reads', resident, { person })
  assert.ok(
    reads.some(({ form }: { form: string }) => form === 'record-access.open-sensitive'),
    'the person sees that it was opened',
  )
})

test('a guardian sees for a child, at fourteen not the sensitive parts, at eighteen nothing; a proxy ends when it is ended', async () => {
  const child = await stage.person('演示孩子', '2013-06-01')
  const grown = await stage.person('演示青年', '2000-01-01')
  await brought(child, condition('F32', '抑郁发作'))
  const asked = { person: child, by: person, kind: 'guardian', document: '出生医学证明 430000000' }
  assert.deepEqual(
    codes(await house.ask('record-access.register-representative', stage.villageDoctor, { ...asked, person: grown })),
    ['record-access.guardian-of-adult'],
  )
  assert.deepEqual(
    codes(await house.ask('record-access.register-representative', stage.villageDoctor, { ...asked, person, by: child })),
    ['record-access.representative-too-young', 'record-access.guardian-of-adult'],
  )
  const seen = () => house.ask('health-record.summary', resident, { person: child })
  assert.deepEqual(codes(await seen()), ['platform.not-found'])
  await house.done('record-access.register-representative', stage.villageDoctor, asked)
  const young = await seen()
  assert.ok(young.ok)
  assert.deepEqual([young.value.basis, young.value.withheld], ['representative', 0])
  assert.deepEqual((await house.done('record-access.represented', resident)).persons, [
    { id: child, zh: '演示孩子', kind: 'guardian' },
  ])
  await house.until('2027-06-02T00:00:00Z')
  const fourteen = await seen()
  assert.ok(fourteen.ok && fourteen.value.withheld === 1)
  await house.until('2031-06-02T00:00:00Z')
  assert.deepEqual(codes(await seen()), ['platform.not-found'])
  const { representative } = await house.done('record-access.register-representative', stage.villageDoctor, {
    person: grown,
    by: person,
    kind: 'proxy',
    document: '授权委托书 1',
  })
  assert.ok((await house.ask('health-record.summary', resident, { person: grown })).ok)
  await house.done('record-access.end-representative', actor('resident', null, '演示青年', grown), {
    person: grown,
    representative,
    reason: '不再需要',
  })
  assert.deepEqual(codes(await house.ask('health-record.summary', resident, { person: grown })), ['platform.not-found'])
})

test('the person asks why somebody looked, once, and is answered', async () => {
  const { reads } = await house.done('health-record.reads', resident, { person })
  const look = reads.find(({ role }: { role: string }) => role !== 'resident')
  assert.ok(look.lawful.zh)
  const { question } = await house.done('record-access.ask-why', resident, {
    person,
    org: look.org,
    look: look.id,
    asks: '我没去过',
  })
  assert.deepEqual(codes(await house.ask('record-access.ask-why', resident, { person, org: look.org, look: look.id })), [
    'record-access.asked-already',
  ])
  const { questions } = await house.done('record-access.questions', bureau)
  assert.equal(questions[0].asks, '我没去过')
  await house.done('record-access.answer-why', bureau, { person, question, answer: '复诊前查阅' })
  assert.equal((await house.done('record-access.questions-of', resident, { person })).questions[0].answer, '复诊前查阅')
})

test('many persons leave the house only with a second person', async () => {
  const own = actor('administrator', null, '管理员')
  const { org, export: id } = await house.done('record-access.ask-export', own, {
    persons: 5_000,
    purpose: '科研',
    reason: '慢病队列研究',
  })
  assert.deepEqual(codes(await house.ask('record-access.decide-export', own, { org, export: id, decision: 'approved' })), [
    'record-access.own-export',
  ])
  await house.done('record-access.decide-export', bureau, { org, export: id, decision: 'approved' })
  assert.deepEqual(codes(await house.ask('record-access.decide-export', bureau, { org, export: id, decision: 'refused' })), [
    'record-access.export-decided',
  ])
  assert.equal((await house.done('record-access.exports', own)).exports[0].decided, 'approved')
})
