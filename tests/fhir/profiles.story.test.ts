import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startProfiles } from '../../src/modules/fhir/profiles/index.ts'
import { forgetProfile } from '../../src/modules/fhir/validation/index.ts'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testHouse } from '../harness/house.ts'
import { setStage } from '../harness/stage.ts'
import { fhirServer, ofTheFile } from './server.ts'

const house = await testHouse(ofTheFile)
const { desk, cityDesk } = await setStage(house)
const server = await fhirServer(ofTheFile, house, { desk, cityDesk })
const URL = 'http://example.org/StructureDefinition/final-result'

const element = (path: string, min: number, max: string, code: string, more: object = {}): object => ({
  id: path,
  path,
  min,
  max,
  base: { path, min: 0, max },
  type: [{ code }],
  ...more,
})

/** A profile of results of one status. */
const profile = (status: string, url = URL) => ({
  resourceType: 'StructureDefinition',
  url,
  name: 'FinalResult',
  status: 'active',
  kind: 'resource',
  abstract: false,
  type: 'Observation',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Observation',
  derivation: 'constraint',
  snapshot: {
    element: [
      {
        id: 'Observation',
        path: 'Observation',
        min: 0,
        max: '*',
        base: { path: 'Observation', min: 0, max: '*' },
        definition: 'x',
      },
      element('Observation.meta', 0, '1', 'Meta', { definition: 'x' }),
      element('Observation.status', 1, '1', 'code', { fixedCode: status, definition: 'x' }),
      element('Observation.code', 1, '1', 'CodeableConcept', { definition: 'x' }),
    ],
  },
})

const result = (status: string, url: string | null = URL) => ({
  resourceType: 'Observation',
  ...(url ? { meta: { profile: [url] } } : {}),
  status,
  code: { text: '血糖' },
})

const create = (body: object, as = desk) => server.ask('POST', 'Observation', { as, body })
const expressionOf = (text: string): string[] =>
  (JSON.parse(text) as { issue: { expression?: string[] }[] }).issue.flatMap(({ expression }) => expression ?? [])

test('a profile that is written binds what names it from then on, until it is deleted', async () => {
  assert.equal((await create(result('preliminary'))).status, 201, 'nobody knows the profile yet')
  const kept = await server.ask('POST', 'StructureDefinition', { as: desk, body: profile('final') })
  assert.equal(kept.status, 201, kept.text)
  const refused = await create(result('preliminary'))
  assert.equal(refused.status, 422)
  assert.deepEqual(expressionOf(refused.text), ['Observation.status'])
  assert.equal((await create(result('final'))).status, 201)
  assert.equal((await create(result('preliminary', null))).status, 201, 'what does not name it is not bound')
  const asked = await server.ask('POST', `Observation/$validate?profile=${encodeURIComponent(URL)}`, {
    body: result('preliminary', null),
  })
  assert.deepEqual(expressionOf(asked.text), ['Observation.status'])

  const rival = await server.ask('POST', 'StructureDefinition', { as: cityDesk, body: profile('amended') })
  assert.equal(rival.status, 201)
  assert.equal((await create(result('final'))).status, 201, 'the first under a url binds, not somebody else’s later one')

  const changed = { ...profile('amended'), id: kept.json.id }
  assert.equal((await server.ask('PUT', `StructureDefinition/${kept.json.id}`, { as: desk, body: changed })).status, 200)
  assert.equal((await create(result('final'))).status, 422, 'its next version binds')
  for (const [id, as] of [
    [kept.json.id, desk],
    [rival.json.id, cityDesk],
  ] as const)
    assert.equal((await server.ask('DELETE', `StructureDefinition/${id}`, { as })).status, 204)
  assert.equal((await create(result('preliminary'))).status, 201, 'it binds nobody any more')
})

test('profiles are there again after a restart, and those of a folder beside them', async (t) => {
  const url = `${URL}-again`
  const bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ resource: profile('final', url), request: { method: 'POST', url: 'StructureDefinition' } }],
  }
  assert.equal((await server.ask('POST', '', { as: desk, body: bundle })).status, 200)
  assert.equal((await create(result('preliminary', url))).status, 422)
  forgetProfile(url)
  assert.equal((await create(result('preliminary', url))).status, 201, 'forgotten, as by a process that has just started')
  const folder = mkdtempSync(join(tmpdir(), 'profiles-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'own.json'), JSON.stringify(profile('final', `${URL}-own`)))
  const started = startProfiles({ ...house.house }, folder)
  await started.close()
  for (const one of [url, `${URL}-own`]) assert.equal((await create(result('preliminary', one))).status, 422, one)
  for (const one of [url, `${URL}-own`]) forgetProfile(one)
})

test('a profile that brings its differential alone is built on its base and binds; without a known base it is refused', async () => {
  const url = `${URL}-differential`
  const { snapshot: _snapshot, ...bare } = profile('final', url)
  const differential = { element: [{ id: 'Observation.status', path: 'Observation.status', fixedCode: 'final' }] }
  const orphan = { ...bare, differential, baseDefinition: 'http://example.org/StructureDefinition/nobody-knows' }
  const refused = await server.ask('POST', 'StructureDefinition', { as: desk, body: orphan })
  assert.equal(refused.status, 422)
  assert.deepEqual(expressionOf(refused.text), ['StructureDefinition.baseDefinition'])
  const kept = await server.ask('POST', 'StructureDefinition', { as: desk, body: { ...bare, differential } })
  assert.equal(kept.status, 201, kept.text)
  const bound = await create(result('preliminary', url))
  assert.equal(bound.status, 422)
  assert.deepEqual(expressionOf(bound.text), ['Observation.status'])
  assert.equal((await create(result('final', url))).status, 201)
  assert.equal((await server.ask('DELETE', `StructureDefinition/${kept.json.id}`, { as: desk })).status, 204)
})
