import assert from 'node:assert/strict'
import { test } from 'node:test'
import { samplePdf } from '../../src/modules/correspondence/files/sample-files.ts'
import { faces } from '../../src/modules/fhir/index.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { testHouse } from '../harness/house.ts'
import { actor, PLACES, setStage } from '../harness/stage.ts'
import { fhirServer, ofTheFile, type Told } from './server.ts'

// What the sides of a referral wrote to each other, as Communication: for its parties, and for nobody else.

const WORDS = '心电图在附件'
const house = await testHouse(ofTheFile)
const stage = await setStage(house)
const { desk, cityDesk, villageDoctor } = stage
const person = await stage.person('演示被转者', '1958-02-03')
const resident = actor('resident', null, '演示被转者', person)
const server = await fhirServer(ofTheFile, house, { desk, cityDesk, villageDoctor, resident }, faces)
const { referral } = await house.done('referral.send', villageDoctor, {
  person,
  receiver: PLACES.county,
  specialty: '0304',
  condition: { key: 'I10', zh: '高血压' },
  letter: { impression: '高血压', reason: '控制不佳', pastHistory: '', treatment: '' },
  consent: { by: 'patient' },
})
const file = { name: '旧病历.pdf', mediaType: 'application/pdf', base64: samplePdf().toString('base64') }
const { message } = await house.done('correspondence.write', villageDoctor, { referral, text: WORDS, attachments: [file] })
const found = async (as: typeof desk, path: string): Promise<Told[]> => {
  const answer = await server.ask('GET', path, { as })
  assert.equal(answer.status, 200, answer.text)
  return (answer.json.entry ?? []).map(({ resource }: Told) => resource)
}

test('both sides read a message with its words and the names of its files; it is searched by case, person, sender and time', async () => {
  for (const as of [desk, villageDoctor]) {
    const [one, ...more] = await found(as, `Communication?based-on=ServiceRequest/${referral}`)
    assert.equal(more.length, 0)
    assert.match(one.id, new RegExp(`^\\d+-${message}$`))
    assert.deepEqual(
      [one.status, one.subject.reference, one.payload[0].contentString, one.payload[1].contentAttachment],
      ['completed', `Patient/${person}`, WORDS, { contentType: 'application/pdf', size: samplePdf().length, title: file.name }],
    )
    assert.deepEqual(
      one.recipient.map(({ reference }: Told) => reference),
      [`Organization/${PLACES.county}`],
    )
    assert.deepEqual((await server.ask('GET', `Communication/${one.id}`, { as })).json, one)
  }
  for (const path of [`patient=Patient/${person}`, `sender=${villageDoctor.org}`, 'sent=gt2020-01-01', 'subject.name=演示被转者'])
    assert.equal((await found(path.startsWith('subject.') ? villageDoctor : desk, `Communication?${path}`)).length, 1, path)
  for (const path of [`sender=${PLACES.county}`, 'sent=lt2020-01-01', 'status=entered-in-error'])
    assert.equal((await found(desk, `Communication?${path}`)).length, 0, path)
  const request = await found(desk, `Communication?based-on=ServiceRequest/${referral}&_include=Communication:based-on`)
  assert.deepEqual(request.map(({ resourceType }) => resourceType).toSorted(), ['Communication', 'ServiceRequest'])
})

test('the person, and a hospital that is no party, neither read nor find it; each look is in the audit', async () => {
  const [one] = await found(desk, 'Communication')
  for (const as of [resident, cityDesk]) {
    const absent = await server.ask('GET', `Communication/${one.id.replace(/.$/, one.id.endsWith('0') ? '1' : '0')}`, { as })
    const refused = await server.ask('GET', `Communication/${one.id}`, { as })
    assert.deepEqual([refused.status, absent.status], [404, 404])
    for (const path of [
      'Communication',
      `Communication?patient=Patient/${person}`,
      `Communication?based-on=ServiceRequest/${referral}`,
      `Communication?_id=${one.id}`,
      `ServiceRequest?_id=${referral}&_revinclude=Communication:based-on`,
      `Patient?_has:Communication:subject:status=completed`,
      `Patient/${person}/$everything`,
    ]) {
      const { text, json } = await server.ask('GET', path, { as })
      const types = (json.entry ?? []).map(({ resource }: Told) => resource.resourceType)
      assert.ok(!text.includes(WORDS) && !types.includes('Communication'), `${as.role} ${path}`)
    }
  }
  const audited = await house.database.rows<{ form: string; role: string }>(
    sql`select distinct form, role from platform.audit where person_id = ${person} and form like 'fhir.%' and account_id = ${desk.account}`,
  )
  assert.deepEqual(audited.map(({ form }) => form).toSorted(), ['fhir.read', 'fhir.search'])
})

test('a message is written and taken back by its forms alone; one that was taken back says so and nothing else', async () => {
  const [one] = await found(villageDoctor, 'Communication')
  for (const method of ['PUT', 'DELETE']) {
    const refused = await server.ask(method, `Communication/${one.id}`, {
      as: villageDoctor,
      ...(method === 'PUT' ? { body: one } : {}),
    })
    assert.equal(refused.status, 405, refused.text)
    assert.match(refused.text, /correspondence\.withdraw/)
  }
  await house.done('correspondence.withdraw', villageDoctor, { referral, message })
  const gone = (await server.ask('GET', `Communication/${one.id}`, { as: desk })).json
  assert.deepEqual([gone.status, gone.payload], ['entered-in-error', undefined])
  assert.notEqual(gone.meta.versionId, one.meta.versionId)
})

test('the statement says that messages are served beside what is stored', async () => {
  const { rest } = (await server.ask('GET', 'metadata')).json
  const of = (type: string) => rest[0].resource.find((one: Told) => one.type === type)
  assert.ok(of('Communication').documentation)
  assert.equal(of('Goal').documentation, undefined, 'plans hold steps, no targets: a Goal is only what was stored')
})

test('a page of messages costs as many statements as a page of two', async () => {
  let statements = 0
  const counted = <Made extends object>(tx: Made): Made =>
    new Proxy(tx, {
      get: (of, name) => {
        if (name === 'rows' || name === 'row' || name === 'run') statements += 1
        return Reflect.get(of, name)
      },
    })
  const { database } = house.house
  const counting = {
    ...database,
    transaction: ((work, mode) => database.transaction((tx) => work(counted(tx)), mode)) as typeof database.transaction,
  }
  const beside = await fhirServer(ofTheFile, { ...house, house: { ...house.house, database: counting } }, { desk }, faces)
  const costOf = async (path: string): Promise<{ count: number; cost: number }> => {
    statements = 0
    const answer = await beside.ask('GET', path, { as: desk })
    assert.equal(answer.status, 200, answer.text)
    return { count: answer.json.entry.length, cost: statements }
  }
  for (let nr = 0; nr < 12; nr += 1)
    await house.done('correspondence.write', villageDoctor, {
      referral,
      text: `第 ${nr} 条`,
      attachments: nr % 3 === 0 ? [file] : [],
    })
  const two = await costOf(`Communication?based-on=ServiceRequest/${referral}&_count=2`)
  const many = await costOf(`Communication?based-on=ServiceRequest/${referral}&_count=10`)
  assert.deepEqual([two.count, many.count], [2, 10])
  assert.ok(two.cost > 0)
  assert.equal(many.cost, two.cost)
})
