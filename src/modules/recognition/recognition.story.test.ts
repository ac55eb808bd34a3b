import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { newId, type OrgId, type PersonId } from '../../kernel/id.ts'
import { plusDays } from '../../kernel/day.ts'
import { hashOf, indexOfResource, saveSourceResources, type Resource } from '../health-record/index.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import { databaseNow, sql } from '../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../tests/harness/stage.ts'
import { NATIONAL_ITEM_SYSTEM } from './recognition.ts'

let house: TestHouse
let stage: Stage
const endings: (() => unknown)[] = []
const bureau = actor('health-bureau', null)
const second = actor('health-bureau', null, '第二人')

before(async () => {
  house = await testHouse({ after: (work) => void endings.push(work as () => unknown) })
  stage = await setStage(house)
  const item = {
    code: 'HR-I001',
    zh: '胸部 CT 平扫',
    en: 'CT of the chest',
    kind: 'imaging',
    priceFen: 20_000,
    siteMatters: true,
    alsoCoded: ['http://loinc.org|24627-2'],
  }
  await house.done('recognition.propose-item', bureau, { from: '2026-01-01', body: item })
  const mark = { institution: PLACES.city, item: 'HR-I001', scope: 'city', certificate: 'EQA-2026-1' }
  const { entry, version } = await house.done('recognition.propose-mark', bureau, {
    from: '2026-01-01',
    until: plusDays(stage.today, 300),
    body: mark,
  })
  await house.done('recognition.approve-mark', second, { entry, version, verdict: 'approve' })
})
after(async () => {
  for (const end of endings.toReversed()) await end()
})

/** A finished report of a hospital, some days old. */
const report = async (
  person: PersonId,
  of: { days: number; org?: string; status?: string; site?: string; code?: { system: string; code: string } },
): Promise<string> => {
  const id = newId()
  const at = await databaseNow(house.database)
  const day = plusDays(stage.today, -of.days)
  const resource = {
    resourceType: 'DiagnosticReport',
    id,
    status: of.status ?? 'final',
    code: { coding: [of.code ?? { system: NATIONAL_ITEM_SYSTEM, code: 'HR-I001' }], text: '胸部 CT' },
    subject: { reference: `Patient/${person}` },
    effectiveDateTime: `${day}T08:00:00+08:00`,
    performer: [{ reference: `Organization/${of.org ?? PLACES.city}` }],
    extension: [{ url: 'urn:jieli:body-site', valueString: of.site ?? '胸部' }],
    conclusion: '右下肺少许炎症',
  } as unknown as Resource
  const body = JSON.stringify(resource)
  const row = {
    person,
    id,
    type: 'DiagnosticReport',
    sourceId: id,
    body,
    hash: hashOf(body),
    index: indexOfResource(resource, house.house.zone),
  }
  await asSystem(house.house.database).transaction((tx) => saveSourceResources(tx, `intake:${of.org ?? PLACES.city}`, [row], at))
  return `DiagnosticReport/${id}`
}
const ASKED = { item: 'HR-I001', site: '胸部' }

describe('an examination is ordered', () => {
  test('a result of last week is offered, with who made it and under which mark', async () => {
    const person = await stage.person('演示互认', '1960-01-02')
    const reference = await report(person, { days: 7 })
    const { recognisable, others } = await house.done('recognition.check', stage.villageDoctor, { person, ...ASKED })
    assert.deepEqual([recognisable.length, others.length], [1, 0])
    assert.deepEqual([recognisable[0].reference, recognisable[0].ageDays, recognisable[0].mark], [reference, 7, '市HR'])
    assert.match(recognisable[0].performer.zh, /中心医院/)
  })

  test('it has to be decided on: accepted, or repeated with a reason of which the patient was told', async () => {
    const person = await stage.person('演示决定', '1960-01-03')
    const reference = await report(person, { days: 3 })
    const refusalOf = async (more: object): Promise<string | undefined> => {
      const asked = await house.ask('recognition.order', stage.villageDoctor, { person, ...ASKED, ...more })
      return asked.ok ? undefined : asked.refusals[0]?.code
    }
    assert.equal(await refusalOf({}), 'recognition.decide-first')
    assert.equal(await refusalOf({ reason: 'condition-changed' }), 'recognition.tell-patient')
    assert.equal(await refusalOf({ reason: 'other', patientTold: true }), 'recognition.say-why')
    assert.equal(await refusalOf({ accept: 'DiagnosticReport/of-somebody-else' }), 'recognition.not-recognisable')
    const accepted = await house.done('recognition.order', stage.villageDoctor, { person, ...ASKED, accept: reference })
    assert.deepEqual([accepted.decision, accepted.savedFen], ['accepted', 20_000])
    const noted = await house.database.row<{ body: string }>(
      sql`select body from health_record.resource where person_id = ${person} and type = 'Provenance'`,
    )
    assert.deepEqual(JSON.parse(noted?.body ?? '{}').target, [{ reference }])
    const repeated = await house.done('recognition.order', stage.villageDoctor, {
      person,
      ...ASKED,
      reason: 'condition-changed',
      patientTold: true,
    })
    assert.deepEqual([repeated.decision, repeated.savedFen], ['repeated', 0])
    const ordered = await house.database.row<{ body: string }>(
      sql`select body from health_record.resource where person_id = ${person} and type = 'ServiceRequest'`,
    )
    assert.deepEqual(JSON.parse(ordered?.body ?? '{}').supportingInfo, [{ reference }])
  })

  test('what cannot be recognised says everything that is missing, and is ordered without a question', async () => {
    const person = await stage.person('演示不可', '1960-01-04')
    await report(person, { days: 90, org: PLACES.countyTcm, site: '腹部', status: 'preliminary' })
    const { recognisable, others } = await house.done('recognition.check', stage.villageDoctor, { person, ...ASKED })
    assert.equal(recognisable.length, 0)
    assert.deepEqual(
      others[0].obstacles.map(({ code }: { code: string }) => code),
      ['not-final', 'other-site', 'too-old', 'no-mark'],
    )
    const { decision } = await house.done('recognition.order', stage.villageDoctor, { person, ...ASKED })
    assert.equal(decision, 'ordered')
  })

  test('the same item by its LOINC code counts; another item does not', async () => {
    const person = await stage.person('演示编码', '1960-01-05')
    await report(person, { days: 2, code: { system: 'http://loinc.org', code: '24627-2' } })
    await report(person, { days: 1, code: { system: 'http://loinc.org', code: '99999-9' } })
    const { recognisable, others } = await house.done('recognition.check', stage.villageDoctor, { person, ...ASKED })
    assert.deepEqual([recognisable.length, others.length], [1, 0])
  })

  test('a hospital sees it only of those whom it treats', async () => {
    const person = await stage.person('演示转诊', '1960-01-06')
    await report(person, { days: 2 })
    assert.equal((await house.ask('recognition.check', stage.tcmDesk, { person, ...ASKED })).ok, false)
    await house.done('referral.send', stage.villageDoctor, {
      person, receiver: PLACES.countyTcm, specialty: '0304', condition: { key: 'I10', zh: '高血压' }, letter: { impression: '高血压', reason: '控制不佳', pastHistory: '', treatment: '' }, consent: { by: 'patient' },
    }) // prettier-ignore
    const { recognisable } = await house.done('recognition.check', stage.tcmDesk, { person, ...ASKED })
    assert.equal(recognisable.length, 1)
    assert.equal((await house.ask('recognition.check', stage.cityDesk, { person, ...ASKED })).ok, false)
    const audited = await house.database.rows(
      sql`select 1 from platform.audit where form = 'recognition.check' and person_id = ${person} and org_id = ${PLACES.countyTcm as OrgId} and outcome = 'done'`,
    )
    assert.equal(audited.length, 1)
  })
})

test('the measures count what was decided, and nothing else', async () => {
  const { total, reasons, institutions, items } = await house.done('recognition.measures', bureau, {})
  assert.deepEqual([total.accepted, total.repeated, total.ordered, total.rate, total.savedFen], [1, 1, 1, 5_000, 20_000])
  assert.equal(reasons.find(({ code }: { code: string }) => code === 'condition-changed').count, 1)
  assert.deepEqual(
    institutions.map(({ org }: { org: string }) => org),
    [PLACES.village],
  )
  assert.equal(items[0].zh, '胸部 CT 平扫')
  const elsewhere = await house.done('recognition.measures', stage.tcmDesk, {})
  assert.equal(elsewhere.total.rate, null)
})
