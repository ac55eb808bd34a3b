import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase } from '../../../tests/harness/database.ts'
import { hostInstant, plusHours } from '../../kernel/clock.ts'
import { newId, type AccountId, type OrgId, type PersonId } from '../../kernel/id.ts'
import type { Result } from '../../kernel/result.ts'
import type { Actor, Role } from '../../platform/access.ts'
import { makeCipher } from '../../platform/cipher.ts'
import { openDatabase, sql, type Database } from '../../platform/database/pool.ts'
import type { AnyForm } from '../../platform/forms/form.ts'
import { beginAct, run } from '../../platform/forms/run.ts'
import type { House } from '../../platform/house.ts'
import { checkInput } from '../../platform/http/input.ts'
import { refusalTexts } from '../../platform/refusals.ts'
import { loadRulebook } from '../../platform/rulebook.ts'
import { findPackage, healthRecordForms, healthRecordRefusals, makePackage, type PackageLetter, type Summary } from './index.ts'
import { saveSourceResources } from './load-store.ts'
import type { Resource } from './rules/fhir-reading.ts'
import { indexOfResource } from './rules/index-of-resource.ts'
import { hashOf, type NewResource } from './store.ts'

const [CLINIC, TOWNSHIP, OTHER_CLINIC] = ['1', '2', '3'] as [OrgId, OrgId, OrgId]
const [LIN, ZHAO] = ['501', '502'] as [PersonId, PersonId]
const ZONE = 'Asia/Shanghai'

let house: House
let database: Database
let close: () => Promise<void>

before(async () => {
  const fresh = await testDatabase()
  close = fresh.close
  database = openDatabase(fresh.ownerUrl, { size: 3 })
  house = {
    database: openDatabase(fresh.appUrl, { size: 3 }),
    rulebook: await loadRulebook(),
    cipher: makeCipher('0123456789abcdef'.repeat(4)),
    zone: ZONE,
    forms: new Map<string, AnyForm>(Object.entries(healthRecordForms)),
    reactions: [],
    texts: refusalTexts([healthRecordRefusals]),
    log: () => {},
    told: () => {},
  }
  await settle()
})
after(async () => {
  await Promise.all([database.close(), house.database.close()])
  await close()
})

/** A village clinic under a township unit, another clinic, and two people of the first. */
const settle = async (): Promise<void> => {
  await database.run(sql`insert into organisations.division values ('430321100201', '石桥村', 'village', null)`)
  for (const [id, zh, tier, parent] of [
    [TOWNSHIP, '石桥镇卫生院', 'township', null],
    [CLINIC, '石桥村卫生室', 'village', TOWNSHIP],
    [OTHER_CLINIC, '山口村卫生室', 'village', TOWNSHIP],
  ])
    await database.run(sql`insert into organisations.institution (id, code, zh, tier, ws218, level, rank, ownership, division, parent_id, longitude, latitude,
      beds, population, valid_from, synthetic) values (${id}, ${`TEST${id}`}, ${zh}, ${tier}, 'D600', 9, 9, 'public', '430321100201', ${parent}, 112.5, 27.8, 0, 900, '2020-01-01', true)`)
  for (const [id, zh] of [
    [LIN, '林小满'],
    [ZHAO, '赵大有'],
  ])
    await database.run(sql`insert into residents.person (person_id, zh, pinyin, initials, sex, born_on, care_org_id, clinic_org_id, synthetic, created_at)
      values (${id}, ${zh}, 'x', 'x', 'female', '1950-05-01', ${TOWNSHIP}, ${CLINIC}, true, now())`)
}

const actor = (role: Role, org: OrgId | null, person: PersonId | null = null): Actor => ({
  account: newId<AccountId>(),
  role,
  org,
  person,
  name: { zh: '试' },
})
const villageDoctor = actor('village-doctor', CLINIC)
const familyDoctor = actor('family-doctor', TOWNSHIP)
const stranger = actor('village-doctor', OTHER_CLINIC)
const lin = actor('resident', null, LIN)

// oxlint-disable-next-line no-explicit-any
const ask = async (name: keyof typeof healthRecordForms, by: Actor, input: object): Promise<Result<any>> => {
  const form = healthRecordForms[name] as AnyForm
  const checked = checkInput(form.input, input)
  if (!checked.ok) throw new Error(JSON.stringify(checked.fields))
  const outcome = await run(house, form, checked.value, { actor: by, request: newId(), key: newId() })
  return outcome.ok ? { ok: true, value: JSON.parse(outcome.value.text) } : outcome
}
// oxlint-disable-next-line no-explicit-any
const done = async (...asked: Parameters<typeof ask>): Promise<any> => {
  const outcome = await ask(...asked)
  if (!outcome.ok) throw new Error(`${asked[0]}: ${JSON.stringify(outcome.refusals)}`)
  return outcome.value
}
const codes = (outcome: Result<unknown>): string[] => (outcome.ok ? [] : outcome.refusals.map(({ code }) => code))

const bring = (resources: readonly Resource[]): Promise<unknown> => {
  const rows = resources.map((resource): NewResource => {
    const body = JSON.stringify(resource)
    return {
      person: LIN,
      id: newId(),
      type: resource.resourceType,
      sourceId: resource.id as string,
      body,
      hash: hashOf(body),
      index: indexOfResource(resource, ZONE),
    }
  })
  return database.transaction((tx) => saveSourceResources(tx, 'test', rows, hostInstant()))
}

const pack = (letter: PackageLetter, caseId: string) =>
  house.database.transaction(async (tx) =>
    makePackage(tx, { person: LIN, caseId, letter, act: await beginAct(house, tx, { actor: villageDoctor, request: newId() }) }),
  )

const daysAgo = (days: number): string => plusHours(hostInstant(), -24 * days).slice(0, 10)

const letter: PackageLetter = {
  reason: '血压控制不佳',
  diagnosis: { icd10: 'I10', name: { zh: '原发性高血压', en: 'Hypertension' } },
  sender: { institution: { zh: '石桥村卫生室' }, doctor: { zh: '王医生' } },
}

test('A village doctor measures, and the care team and the resident see it at once', async () => {
  await done('health-record.record-observation', villageDoctor, {
    person: LIN,
    measure: 'blood-pressure',
    systolic: 168,
    diastolic: 96,
  })
  await done('health-record.record-observation', familyDoctor, { person: LIN, measure: 'glucose', glucose: 7.8, isFasting: true })
  for (const by of [villageDoctor, familyDoctor, lin]) {
    const { series, person }: Summary & { person: { name: { zh: string } } } = await done('health-record.summary', by, {
      person: LIN,
    })
    assert.equal(person.name.zh, '林小满')
    assert.deepEqual(Object.fromEntries(series.map(({ code, points }) => [code, points.map(({ value }) => value)])), {
      '8480-6': [168],
      '8462-4': [96],
      '14771-0': [7.8],
    })
  }
})

test('A slip of the hand is refused with every reason, and nothing is kept', async () => {
  const outcome = await ask('health-record.record-observation', villageDoctor, {
    person: ZHAO,
    measure: 'blood-pressure',
    systolic: 1280,
    diastolic: 780,
  })
  assert.deepEqual(codes(outcome), ['health-record.value-implausible', 'health-record.value-implausible'])
  const kept = await database.row<{ count: string }>(
    sql`select count(*)::text as count from health_record.resource where person_id = ${ZHAO}`,
  )
  assert.equal(kept?.count, '0')
})

test('To a stranger the record is as absent as one that does not exist', async () => {
  for (const by of [stranger, actor('family-doctor', OTHER_CLINIC), actor('resident', null, ZHAO)]) {
    assert.deepEqual(codes(await ask('health-record.summary', by, { person: LIN })), ['platform.not-found'])
    assert.deepEqual(codes(await ask('health-record.summary', by, { person: '999' })), ['platform.not-found'])
  }
  assert.deepEqual(
    codes(await ask('health-record.record-observation', stranger, { person: LIN, measure: 'weight', weight: 60 })),
    ['platform.not-found'],
  )
  assert.deepEqual(codes(await ask('health-record.reads', villageDoctor, { person: LIN })), ['platform.role-may-not'])
})

test('Every look is listed to the resident: role, institution, time, basis; a refused one saw nothing and is not', async () => {
  const { reads } = await done('health-record.reads', lin, { person: LIN })
  const seen = reads.map((read: { role: string; institution: { zh: string } | null }) => [
    read.role,
    read.institution?.zh ?? null,
  ])
  assert.deepEqual(seen, [
    ['resident', null],
    ['family-doctor', '石桥镇卫生院'],
    ['village-doctor', '石桥村卫生室'],
  ])
  for (const read of reads)
    assert.ok(read.basis.length > 3 && read.form === 'health-record.summary' && !Number.isNaN(Date.parse(read.at)))
  const first = await done('health-record.reads', lin, { person: LIN, limit: 2 })
  const rest = await done('health-record.reads', lin, { person: LIN, limit: 2, after: first.next })
  assert.deepEqual([...first.reads, ...rest.reads], reads)
  assert.equal(rest.next, null)
})

test('The package of a case holds what is current and what it refers to, and stays as it was sealed', async () => {
  const subject = { reference: 'Patient/lin' }
  const observation = (id: string, day: string) => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    subject,
    code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }], text: '糖化血红蛋白' },
    effectiveDateTime: day,
    valueQuantity: { value: 7.1, unit: '%' },
  })
  const days = Array.from({ length: 9 }, (_, at) => observation(`hba1c-${at}`, daysAgo(300 - 30 * at)))
  await bring([
    {
      resourceType: 'Condition',
      id: 'c1',
      subject,
      code: { text: '原发性高血压' },
      clinicalStatus: { coding: [{ code: 'active' }] },
      encounter: { reference: 'Encounter/e1' },
    },
    {
      resourceType: 'Condition',
      id: 'c2',
      subject,
      code: { text: '急性上呼吸道感染' },
      clinicalStatus: { coding: [{ code: 'resolved' }] },
    },
    { resourceType: 'Encounter', id: 'e1', subject, status: 'finished', class: { code: 'AMB' } },
    { resourceType: 'AllergyIntolerance', id: 'a1', patient: subject, code: { text: '青霉素' } },
    {
      resourceType: 'DiagnosticReport',
      id: 'r1',
      subject,
      status: 'final',
      code: { text: '生化' },
      effectiveDateTime: daysAgo(20),
      result: [{ reference: 'Observation/hba1c-0' }],
    },
    ...days,
    observation('ancient', daysAgo(5000)),
  ])
  const caseId = newId()
  const { id, hash } = await pack(letter, caseId)
  const sealed = await findPackage(database, LIN, caseId)
  assert.deepEqual([sealed?.id, sealed?.hash, sealed?.version], [id, hash, 1])
  assert.equal(hashOf(sealed?.body ?? '').toString('hex'), hash)
  const entries = (JSON.parse(sealed?.body ?? '') as { entry: { resource: Resource }[] }).entry.map(({ resource }) => resource)
  const ids = entries.filter(({ resourceType }) => resourceType === 'Observation').map((one) => one.id as string)
  // Six of the nine, the newest, and the oldest of them because the report refers to it.
  assert.deepEqual(ids.filter((one) => one.startsWith('hba1c')).toSorted(), [
    'hba1c-0',
    'hba1c-3',
    'hba1c-4',
    'hba1c-5',
    'hba1c-6',
    'hba1c-7',
    'hba1c-8',
  ])
  assert.ok(!ids.includes('ancient'))
  assert.deepEqual(
    entries.filter(({ resourceType }) => resourceType === 'Condition').map((one) => one.id),
    ['c1'],
  )
  for (const type of ['Encounter', 'AllergyIntolerance', 'DiagnosticReport'])
    assert.ok(
      entries.some(({ resourceType }) => resourceType === type),
      type,
    )

  await done('health-record.record-observation', villageDoctor, { person: LIN, measure: 'weight', weight: 60 })
  assert.deepEqual(await findPackage(database, LIN, caseId), sealed)
  await pack({ ...letter, reason: '补充资料后重新提交' }, caseId)
  const next = await findPackage(database, LIN, caseId)
  assert.equal(next?.version, 2)
  assert.match(next?.body ?? '', /29463-7/)
  await assert.rejects(
    house.database.run(sql`update health_record.package set body = '{}' where case_id = ${caseId}`),
    /permission denied/,
  )
})

test('A case of somebody else’s finds no package under this person', async () => {
  const caseId = newId()
  await pack(letter, caseId)
  assert.equal(await findPackage(database, ZHAO, caseId), null)
  assert.equal(await findPackage(database, LIN, newId()), null)
})
