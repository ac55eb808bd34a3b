import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from '../../src/platform/database/pool.ts'
import { testHouse } from '../harness/house.ts'
import { actor, setStage } from '../harness/stage.ts'
import { fhirServer, ofTheFile, type Told } from './server.ts'

const house = await testHouse(ofTheFile)
const stage = await setStage(house)
const person = await stage.person('演示档案', '1960-05-06')
const own = actor('resident', null, '演示居民', person)
const { desk, cityDesk, villageDoctor, familyDoctor } = stage
const server = await fhirServer(ofTheFile, house, { desk, cityDesk, villageDoctor, familyDoctor, own })

const pressure = (more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8480-6', display: 'Systolic' }] },
  subject: { reference: `Patient/${person}` },
  effectiveDateTime: '2026-03-01T08:00:00+08:00',
  valueQuantity: { value: 138, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  ...more,
})

const make = async (body: object): Promise<{ id: string; etag: string }> => {
  const made = await server.ask('POST', (body as { resourceType: string }).resourceType, { body })
  assert.equal(made.status, 201, made.text)
  return { id: made.json.id, etag: made.headers.get('etag') as string }
}

test('What was created is read back as it came, with its version, time and address', async () => {
  const text = JSON.stringify(pressure({ valueQuantity: { value: 0, unit: 'x' }, note: [{ text: '𠮷野家 😀' }] })).replace(
    '"value":0',
    '"value":1.50',
  )
  const made = await server.ask('POST', 'Observation', { body: text })
  assert.equal(made.status, 201, made.text)
  assert.equal(made.headers.get('location'), `${server.base}/Observation/${made.json.id}/_history/1`)
  const found = await server.ask('GET', `Observation/${made.json.id}`)
  assert.equal(found.status, 200, found.text)
  assert.equal(found.headers.get('etag'), 'W/"1"')
  assert.match(found.text, /"value":1\.50/)
  const { id: _id, meta, ...rest } = found.json
  assert.deepEqual(rest, JSON.parse(text))
  assert.equal(meta.versionId, '1')
  assert.equal(found.text, made.text)
})

test('What R4 does not allow is refused with the place, and nothing is kept', async () => {
  const refused = await server.ask('POST', 'Observation', { body: pressure({ status: 'nonsense' }) })
  assert.equal(refused.status, 422)
  assert.equal(refused.json.resourceType, 'OperationOutcome')
  assert.deepEqual(refused.json.issue[0].expression, ['Observation.status'])
  for (const body of [
    '{"resourceType":"Observation","status":"final","status":"final"}',
    '{"resourceType":"Observation","valueString":"\\ud800"}',
    '{"a":"\\u0000"}',
    '{',
  ])
    assert.equal((await server.ask('POST', 'Observation', { body })).status, 400, body)
})

test('An update makes the next version; an old If-Match is 412 and changes nothing', async () => {
  const { id, etag } = await make(pressure())
  const second = await server.ask('PUT', `Observation/${id}`, {
    body: pressure({ id, status: 'amended' }),
    headers: { 'if-match': etag },
  })
  assert.equal(second.status, 200, second.text)
  assert.equal(second.json.meta.versionId, '2')
  const late = await server.ask('PUT', `Observation/${id}`, {
    body: pressure({ id, status: 'corrected' }),
    headers: { 'if-match': etag },
  })
  assert.equal(late.status, 412)
  const now = await server.ask('GET', `Observation/${id}`)
  assert.equal(now.json.status, 'amended')
  const first = await server.ask('GET', `Observation/${id}/_history/1`)
  assert.equal(first.json.status, 'final')
  const history = await server.ask('GET', `Observation/${id}/_history`)
  assert.deepEqual(
    history.json.entry.map((one: Told) => one.resource.meta.versionId),
    ['2', '1'],
  )
})

test('An id of the client’s own is taken when it is free, goes on after a deletion, and stays one in the region', async () => {
  const body = { ...pressure(), id: 'ward-7.reading-1' }
  assert.equal((await server.ask('PUT', 'Observation/ward-7.reading-1', { body })).status, 201)
  assert.equal((await server.ask('PUT', 'Observation/ward-7.reading-1', { body })).status, 200)
  const foreign = await server.ask('PUT', 'Observation/ward-7.reading-1', { body, as: stage.cityDesk })
  assert.ok([403, 409].includes(foreign.status), foreign.text)
  assert.equal((await server.ask('DELETE', 'Observation/ward-7.reading-1')).status, 204)
  assert.equal((await server.ask('GET', 'Observation/ward-7.reading-1')).status, 410)
  assert.equal((await server.ask('DELETE', 'Observation/ward-7.reading-1')).status, 204)
  const again = await server.ask('PUT', 'Observation/ward-7.reading-1', { body })
  assert.equal(again.status, 201, again.text)
  assert.equal(again.json.meta.versionId, '4')
  const history = await server.ask('GET', 'Observation/ward-7.reading-1/_history')
  assert.deepEqual(
    history.json.entry.map((one: Told) => one.request.method),
    ['PUT', 'DELETE', 'PUT', 'POST'],
  )
})

test('A patch is applied whole or not at all', async () => {
  const { id } = await make(pressure())
  const type = { 'content-type': 'application/json-patch+json' }
  const good = [
    { op: 'test', path: '/status', value: 'final' },
    { op: 'replace', path: '/status', value: 'amended' },
  ]
  const done = await server.ask('PATCH', `Observation/${id}`, { body: good, headers: type })
  assert.equal(done.status, 200, done.text)
  assert.equal(done.json.status, 'amended')
  const refused = await server.ask('PATCH', `Observation/${id}`, {
    body: [{ op: 'remove', path: '/code' }, ...good],
    headers: type,
  })
  assert.equal(refused.status, 422)
  assert.equal((await server.ask('GET', `Observation/${id}`)).json.meta.versionId, '2')
})

test('To a stranger a resource is as absent as one that does not exist; to the person it is there', async () => {
  const { id } = await make(pressure())
  const foreign = await server.ask('GET', `Observation/${id}`, { as: stage.cityDesk })
  const absent = await server.ask('GET', 'Observation/no-such-one', { as: stage.cityDesk })
  assert.equal(foreign.status, 404)
  assert.equal(foreign.text, absent.text)
  assert.equal((await server.ask('GET', `Observation/${id}/_history`, { as: stage.cityDesk })).status, 404)
  assert.equal((await server.ask('GET', `Observation/${id}`, { as: own })).status, 200)
  const seen = await server.ask('GET', `Observation?patient=Patient/${person}`, { as: stage.cityDesk })
  assert.equal(seen.json.total, 0)
  assert.equal((await server.ask('POST', 'Observation', { as: own, body: pressure() })).status, 403)
  const audit = await house.database.rows<{ form: string }>(
    sql`select form from platform.audit where person_id = ${person} and form = 'fhir.read' and account_id = ${own.account}`,
  )
  assert.equal(audit.length, 1)
})

test('A Patient becomes a person of the index; its numbers are sealed, and read back as they came', async () => {
  const patient = {
    resourceType: 'Patient',
    identifier: [{ system: 'urn:hospital:mrn', value: 'M-100200' }],
    name: [{ text: '欧阳演示' }],
    telecom: [{ system: 'phone', value: '10055556666' }],
    gender: 'female',
    birthDate: '1988-02-29',
  }
  const { id } = await make(patient)
  const found = await server.ask('GET', `Patient/${id}`)
  const { id: _id, meta: _meta, ...rest } = found.json
  assert.deepEqual(rest, patient)
  const row = await house.database.row<{ body: string; keys: string[] }>(
    sql`select body, keys from health_record.resource where type = 'Patient' and id = ${id}`,
  )
  assert.doesNotMatch(JSON.stringify(row), /M-100200|10055556666/)
  for (const query of [
    'identifier=urn:hospital:mrn|M-100200',
    'identifier=M-100200',
    'name=欧阳',
    'name=ouyang',
    'phone=10055556666',
    'birthdate=1988-02',
    'family=x&_id=none',
  ])
    assert.equal((await server.ask('GET', `Patient?${query}`)).json.total, query.startsWith('family') ? 0 : 1, query)
  const { id: reading } = await make(pressure({ subject: { reference: `Patient/${id}` } }))
  const chained = await server.ask('GET', 'Observation?subject:Patient.identifier=M-100200')
  assert.deepEqual(
    chained.json.entry.map((one: Told) => one.resource.id),
    [reading],
  )
})

test('The statement says what is served', async () => {
  const { json } = await server.ask('GET', 'metadata')
  assert.equal(json.fhirVersion, '4.0.1')
  const observation = json.rest[0].resource.find((one: Told) => one.type === 'Observation')
  assert.ok(observation.searchParam.some((one: Told) => one.name === 'value-quantity'))
})
