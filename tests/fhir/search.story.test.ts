import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testHouse } from '../harness/house.ts'
import { setStage } from '../harness/stage.ts'
import { fhirServer, ofTheFile, type Told } from './server.ts'

const house = await testHouse(ofTheFile)
const stage = await setStage(house)
const person = await stage.person('演示检索', '1955-05-06')
const other = await stage.person('演示旁人', '1956-05-06')
const { desk, cityDesk } = stage
const server = await fhirServer(ofTheFile, house, { desk, cityDesk })

const put = async (body: { resourceType: string; id: string }): Promise<void> => {
  const { status, text } = await server.ask('PUT', `${body.resourceType}/${body.id}`, { body })
  assert.ok([200, 201].includes(status), text)
}
const patient = (id: string) => ({ reference: `Patient/${id}` })
const coded = (system: string, code: string) => ({ coding: [{ system, code }] })

await put({ resourceType: 'Practitioner', id: 'doc-1', name: [{ family: 'Müller', given: ['Anna'] }] } as never)
await put({
  resourceType: 'Encounter',
  id: 'enc-1',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: patient(person),
  period: { start: '2026-01-10T08:00:00+08:00', end: '2026-01-12T08:00:00+08:00' },
} as never)
for (const [at, day, value, code] of [[1, '2026-01-10', 5.4, '2339-0'], [2, '2026-02-10', 6.1, '2339-0'], [3, '2026-03', 7, '2339-0'], [4, '2026-04-01T10:00:00+08:00', 120, '8480-6']] as const)
  await put({
    resourceType: 'Observation', id: `obs-${at}`, status: at === 2 ? 'amended' : 'final', code: coded('http://loinc.org', code), subject: patient(person), effectiveDateTime: day,
    valueQuantity: { value, unit: 'u', system: 'http://unitsofmeasure.org', code: 'mmol/L' }, performer: [{ reference: 'Practitioner/doc-1' }],
    ...(at === 1 ? { encounter: { reference: 'Encounter/enc-1' }, identifier: [{ system: 'urn:lab', value: 'L-1' }] } : {}),
  } as never) // prettier-ignore
await put({
  resourceType: 'Observation',
  id: 'obs-9',
  status: 'final',
  code: coded('http://loinc.org', '2339-0'),
  subject: patient(other),
  effectiveDateTime: '2026-02-10',
} as never)

const idsOf = async (query: string): Promise<string[]> => {
  const { status, json, text } = await server.ask('GET', query)
  assert.equal(status, 200, text)
  return (json.entry ?? []).map((one: Told) => `${one.search.mode === 'include' ? '+' : ''}${one.resource.id}`).toSorted()
}

const CASES: readonly [query: string, ids: readonly string[]][] = [
  ['code=2339-0', ['obs-1', 'obs-2', 'obs-3']],
  ['code=http://loinc.org|8480-6', ['obs-4']],
  ['code=http://elsewhere|8480-6', []],
  ['code=2339-0,8480-6&status=amended', ['obs-2']],
  ['code:not=2339-0', ['obs-4']],
  ['date=2026-02-10', ['obs-2']],
  ['date=2026-01', ['obs-1']],
  ['date=ge2026-02-10', ['obs-2', 'obs-3', 'obs-4']],
  ['date=gt2026-02-10&date=lt2026-04', ['obs-3']],
  ['date=eb2026-02-10', ['obs-1']],
  ['date=sa2026-03-31', ['obs-4']],
  ['date=ne2026-02-10', ['obs-1', 'obs-3', 'obs-4']],
  ['value-quantity=5.4', ['obs-1']],
  ['value-quantity=gt6', ['obs-2', 'obs-3', 'obs-4']],
  ['value-quantity=7|http://unitsofmeasure.org|mmol/L', ['obs-3']],
  ['value-quantity=7|http://unitsofmeasure.org|g', []],
  ['encounter=Encounter/enc-1', ['obs-1']],
  ['encounter=enc-1', ['obs-1']],
  ['encounter:missing=true', ['obs-2', 'obs-3', 'obs-4']],
  ['identifier=urn:lab|L-1', ['obs-1']],
  ['_id=obs-1,obs-4', ['obs-1', 'obs-4']],
  ['code-value-quantity=http://loinc.org|2339-0$gt6', ['obs-2', 'obs-3']],
  ['performer:Practitioner.name=muller&code=8480-6', ['obs-4']],
  ['encounter.status=finished', ['obs-1']],
  ['_include=Observation:encounter&_id=obs-1', ['+enc-1', 'obs-1']],
  ['_lastUpdated=gt2000-01-01&code=8480-6', ['obs-4']],
]

for (const [query, ids] of CASES)
  test(`Observation?${query}`, async () => assert.deepEqual(await idsOf(`Observation?patient=${person}&${query}`), [...ids]))

test('Others refer to it: _revinclude, _has', async () => {
  assert.deepEqual(await idsOf(`Encounter?patient=${person}&_revinclude=Observation:encounter`), ['+obs-1', 'enc-1'])
  assert.deepEqual(await idsOf('Encounter?_has:Observation:encounter:code=2339-0'), ['enc-1'])
  assert.deepEqual(await idsOf('Encounter?_has:Observation:encounter:code=8480-6'), [])
  assert.deepEqual(await idsOf('Practitioner?name=Mull'), ['doc-1'])
  assert.deepEqual(await idsOf('Practitioner?family:exact=Muller'), [])
  assert.deepEqual(await idsOf('Practitioner?name:contains=ülle'), ['doc-1'])
})

test('By POST the same is found; order, parts and counts are as asked', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const found = await server.ask('POST', 'Observation/_search', { body: `patient=${person}&code=2339-0`, headers: form })
  assert.equal(found.json.total, 3)
  const down = await server.ask('GET', `Observation?patient=${person}&_sort=-date`)
  assert.deepEqual(
    down.json.entry.map((one: Told) => one.resource.id),
    ['obs-4', 'obs-3', 'obs-2', 'obs-1'],
  )
  const byValue = await server.ask('GET', `Observation?patient=${person}&_sort=value-quantity&_count=3`)
  assert.deepEqual(
    byValue.json.entry.map((one: Told) => one.resource.id),
    ['obs-1', 'obs-2', 'obs-3'],
  )
  const rest = await server.ask('GET', byValue.json.link.find((one: Told) => one.relation === 'next').url)
  assert.deepEqual(
    rest.json.entry.map((one: Told) => one.resource.id),
    ['obs-4'],
  )
  const count = await server.ask('GET', `Observation?patient=${person}&_summary=count`)
  assert.deepEqual([count.json.total, count.json.entry], [4, undefined])
  const parts = await server.ask('GET', `Observation?_id=obs-1&_elements=status`)
  assert.deepEqual(Object.keys(parts.json.entry[0].resource), ['resourceType', 'id', 'meta', 'status'])
  const accurate = await server.ask('GET', `Observation?patient=${person}&_count=1&_total=accurate`)
  assert.equal(accurate.json.total, 4)
})

test('An unknown parameter is ignored and named, or refused where that is asked for', async () => {
  const lenient = await server.ask('GET', `Observation?patient=${person}&nonsense=1`)
  assert.equal(lenient.status, 200)
  assert.doesNotMatch(lenient.json.link[0].url, /nonsense/)
  assert.equal(lenient.json.entry.at(-1).search.mode, 'outcome')
  const strict = await server.ask('GET', 'Observation?nonsense=1', { headers: { prefer: 'handling=strict' } })
  assert.equal(strict.status, 400)
  for (const query of ['date=yesterday', '_count=x', '_cursor=x', 'value-quantity=ten', 'code:above=1', '_sort=nonsense'])
    assert.equal((await server.ask('GET', `Observation?${query}`)).status, 400, query)
  assert.equal((await server.ask('GET', 'Nonsense?x=1')).status, 404)
})

test('Another institution finds nothing by any of these ways', async () => {
  for (const query of [
    `Observation?patient=${person}`, 'Observation?code=2339-0', 'Observation?_id=obs-1', 'Observation?identifier=L-1', 'Encounter?_has:Observation:encounter:code=2339-0',
    `Observation?patient=${person}&_summary=count`, 'Observation?encounter.status=finished', 'Practitioner?_id=none&_revinclude=Observation:performer',
  ]) {
    const { json } = await server.ask('GET', query, { as: cityDesk })
    assert.equal(json.total, 0, query)
  } // prettier-ignore
  const practitioner = await server.ask('GET', 'Practitioner?_id=doc-1&_revinclude=Observation:performer', { as: cityDesk })
  assert.deepEqual(
    practitioner.json.entry.map((one: Told) => one.resource.id),
    ['doc-1'],
  )
})
