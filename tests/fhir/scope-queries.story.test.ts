import assert from 'node:assert/strict'
import { test } from 'node:test'
import fastify from 'fastify'
import { newId } from '../../src/kernel/id.ts'
import { addFhirRoutes } from '../../src/modules/fhir/index.ts'
import { readScopes } from '../../src/modules/smart/index.ts'
import { testHouse } from '../harness/house.ts'
import { setStage } from '../harness/stage.ts'
import { ofTheFile, type Told } from './server.ts'

// An app that may see laboratory results and no other observation, by a scope with a query (SMART App Launch 2.2).

const house = await testHouse(ofTheFile)
const stage = await setStage(house)
const person = await stage.person('演示范围', '1968-07-08')
const LAB = 'user/Observation.rs?category=laboratory'
let scopes: string | null = null
const app = fastify({ genReqId: () => newId() })
await addFhirRoutes(app, {
  house: house.house,
  faces: new Map(),
  version: 'test',
  baseUrl: () => 'http://region.example.org',
  hold: () => null,
  caller: async () => ({ actor: stage.desk, scopes: scopes === null ? null : readScopes(scopes), patient: person }),
})
ofTheFile.after(() => app.close())
const ask = async (
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  body?: object,
): Promise<{ status: number; json: Told; text: string }> => {
  const answer = await app.inject({
    method,
    url: `/fhir/R4/${url}`,
    ...(body ? { payload: JSON.stringify(body), headers: { 'content-type': 'application/fhir+json' } } : {}),
  })
  return { status: answer.statusCode, text: answer.body, json: answer.body.startsWith('{') ? answer.json() : null }
}
const as = async <Value>(what: string | null, work: () => Promise<Value>): Promise<Value> => {
  scopes = what
  return work().finally(() => (scopes = null))
}
const observation = (category: string, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '15074-8' }] },
  subject: { reference: `Patient/${person}` },
  effectiveDateTime: '2026-05-01',
  ...more,
})
const made = async (body: object): Promise<string> => {
  const { status, json, text } = await ask('POST', (body as { resourceType: string }).resourceType, body)
  assert.equal(status, 201, text)
  return json.id
}
const lab = await made(observation('laboratory'))
const pressure = await made(observation('vital-signs'))
const report = await made({
  resourceType: 'DiagnosticReport',
  status: 'final',
  code: { text: '报告' },
  subject: { reference: `Patient/${person}` },
  result: [{ reference: `Observation/${lab}` }, { reference: `Observation/${pressure}` }],
})
const idsOf = (json: Told): string[] => (json.entry ?? []).map(({ resource }: Told) => resource.id)

test('a search finds and counts what fits, whatever else it asks for', async () => {
  await as(LAB, async () => {
    assert.deepEqual(idsOf((await ask('GET', `Observation?patient=${person}`)).json), [lab])
    assert.deepEqual(idsOf((await ask('GET', `Observation?patient=${person}&_sort=-date&_count=20`)).json), [lab])
    assert.deepEqual(idsOf((await ask('GET', `Observation?patient=${person}&category=vital-signs`)).json), [])
    assert.equal((await ask('GET', `Observation?patient=${person}&_summary=count`)).json.total, 1)
    assert.equal((await ask('GET', `Observation?patient=${person}&_total=accurate&_count=1`)).json.total, 1)
    assert.deepEqual(idsOf((await ask('GET', `Observation?_id=${pressure}`)).json), [])
    assert.equal((await ask('GET', 'Observation?has-member.code=1')).status, 403)
    assert.equal((await ask('GET', 'Condition?_count=1')).status, 403)
  })
})

test('a read, a version and a history are held to it; what does not fit is as absent', async () => {
  await as(LAB, async () => {
    assert.equal((await ask('GET', `Observation/${lab}`)).status, 200)
    const hidden = await ask('GET', `Observation/${pressure}`)
    const absent = await ask('GET', `Observation/${newId()}`)
    assert.deepEqual([hidden.status, hidden.text], [404, absent.text])
    assert.equal((await ask('GET', `Observation/${lab}/_history/1`)).status, 200)
    assert.equal((await ask('GET', `Observation/${pressure}/_history/1`)).status, 404)
    assert.equal((await ask('GET', `Observation/${pressure}/_history`)).status, 404)
    assert.equal((await ask('GET', 'Observation/_history')).status, 403)
  })
})

test('of a history only the versions that fit are shown, with all digits of their numbers', async () => {
  const text = JSON.stringify({ ...observation('laboratory'), valueQuantity: { value: 1, unit: 'mmol/L' } }).replace(
    '"value":1',
    '"value":5.10',
  )
  const answer = await app.inject({
    method: 'POST',
    url: '/fhir/R4/Observation',
    payload: text,
    headers: { 'content-type': 'application/fhir+json' },
  })
  const { id } = answer.json()
  assert.equal((await ask('PUT', `Observation/${id}`, { ...observation('vital-signs'), id })).status, 200)
  await as(LAB, async () => {
    const history = await ask('GET', `Observation/${id}/_history`)
    assert.deepEqual(
      history.json.entry.map(({ resource }: Told) => resource.meta.versionId),
      ['1'],
    )
    assert.ok(history.text.includes('5.10'), history.text)
    assert.equal(history.json.total, undefined)
    assert.equal((await ask('GET', `Observation/${id}`)).status, 404)
  })
})

test('nothing is brought along, looked through or written by it', async () => {
  await as(`${LAB} user/DiagnosticReport.rs user/Patient.rs`, async () => {
    const reports = await ask('GET', `DiagnosticReport?_id=${report}&_include=DiagnosticReport:result`)
    assert.deepEqual(idsOf(reports.json), [report])
    const chained = await ask('GET', `DiagnosticReport?result.category=vital-signs&patient=${person}`)
    assert.ok(chained.status === 403 || idsOf(chained.json).length === 0, chained.text)
    const backwards = await ask('GET', `Patient?_has:Observation:patient:category=vital-signs&_id=${person}`)
    assert.ok(backwards.status === 403 || idsOf(backwards.json).length === 0, backwards.text)
    const everything = await ask('GET', `Patient/${person}/$everything`)
    const types = (everything.json.entry ?? []).map(({ resource }: Told) => resource.resourceType)
    assert.ok(!types.includes('Observation'), everything.text)
    const batch = await ask('POST', '', {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [lab, pressure].map((id) => ({ request: { method: 'GET', url: `Observation/${id}` } })),
    })
    assert.deepEqual(
      batch.json.entry.map(({ response }: Told) => response.status.slice(0, 3)),
      ['200', '404'],
    )
    const transaction = await ask('POST', '', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ request: { method: 'GET', url: `Observation/${pressure}` } }],
    })
    assert.ok(transaction.status >= 400 || !transaction.text.includes('vital-signs'), transaction.text)
    assert.equal((await ask('POST', 'Observation', observation('laboratory'))).status, 403)
  })
})

test('a query of which a word is not understood opens nothing; two queries open what fits either, one by one', async () => {
  await as('user/Observation.rs?no-such-parameter=1', async () => {
    assert.equal((await ask('GET', `Observation/${lab}`)).status, 403)
    assert.equal((await ask('GET', 'Observation?_count=1')).status, 403)
  })
  await as(`${LAB} user/Observation.r?category=vital-signs`, async () => {
    assert.equal((await ask('GET', `Observation/${lab}`)).status, 200)
    assert.equal((await ask('GET', `Observation/${pressure}`)).status, 200)
    assert.deepEqual(idsOf((await ask('GET', `Observation?patient=${person}&_count=50`)).json).includes(pressure), false)
  })
  await as(`${LAB} user/Observation.r`, async () => assert.equal((await ask('GET', `Observation/${pressure}`)).status, 200))
})

test('several queries on one type are searched together: what fits any of them, counted, paged, and nothing else', async () => {
  const BOTH = `${LAB} user/Observation.rs?category=vital-signs`
  const survey = await made(observation('survey'))
  await as(BOTH, async () => {
    const all = await ask('GET', `Observation?patient=${person}&_count=200`)
    assert.equal(all.status, 200, all.text)
    const ids = idsOf(all.json)
    assert.ok(ids.includes(lab) && ids.includes(pressure) && !ids.includes(survey), String(ids))
    assert.equal((await ask('GET', `Observation?patient=${person}&_summary=count`)).json.total, ids.length)
    const paged: string[] = []
    let url: string | null = `Observation?patient=${person}&_count=1`
    while (url) {
      const page: Told = (await ask('GET', url)).json
      paged.push(...idsOf(page))
      url = page.link.find(({ relation }: Told) => relation === 'next')?.url.split('/fhir/R4/')[1] ?? null
    }
    assert.deepEqual(paged.toSorted(), ids.toSorted())
    assert.deepEqual(idsOf((await ask('GET', `Observation?patient=${person}&category=survey`)).json), [])
    assert.equal((await ask('GET', `Observation/${survey}`)).status, 404)
  })
  await as(LAB, async () => {
    const brought = await ask('GET', `Observation?patient=${person}&_revinclude=Observation:derived-from`)
    assert.equal(brought.status, 403, 'nothing more of the type is brought along')
  })
})
