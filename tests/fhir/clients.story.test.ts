import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MedplumClient } from '@medplum/core'
import type { Bundle, Observation } from '@medplum/fhirtypes'
import { Client as FhirKit } from 'fhir-kit-client'
import smart from 'fhirclient'
import { testHouse } from '../harness/house.ts'
import { setStage } from '../harness/stage.ts'
import { fhirServer, ofTheFile } from './server.ts'

const house = await testHouse(ofTheFile)
const stage = await setStage(house)
const person = await stage.person('演示客户端', '1970-05-06')
const { desk } = stage
const server = await fhirServer(ofTheFile, house, { desk })
const address = server.base.replace('/fhir/R4', '/')

const reading = (value = 5.5): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '15074-8' }] },
  subject: { reference: `Patient/${person}` },
  effectiveDateTime: '2026-05-01',
  valueQuantity: { value, unit: 'mmol/L' },
})

test('@medplum/core, unchanged', async () => {
  const client = new MedplumClient({ baseUrl: address, fhirUrlPath: 'fhir/R4/', accessToken: 'desk', cacheTime: 0 })
  const made = await client.createResource(reading())
  assert.equal((await client.readResource('Observation', made.id as string)).meta?.versionId, '1')
  const changed = await client.updateResource({ ...made, status: 'amended' })
  assert.equal(changed.meta?.versionId, '2')
  const patched = await client.patchResource('Observation', made.id as string, [
    { op: 'replace', path: '/status', value: 'corrected' },
  ])
  assert.equal(patched.status, 'corrected')
  const history = await client.readHistory('Observation', made.id as string)
  assert.equal(history.entry?.length, 3)
  assert.equal((await client.readVersion('Observation', made.id as string, '1')).status, 'final')
  const found = await client.searchResources('Observation', {
    patient: `Patient/${person}`,
    code: 'http://loinc.org|15074-8',
    _sort: '-date',
  })
  assert.deepEqual(
    found.map(({ id }) => id),
    [made.id],
  )
  const urn = 'urn:uuid:11111111-1111-4111-8111-111111111111'
  const done = await client.executeBatch({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: urn,
        resource: { resourceType: 'Patient', name: [{ family: '演', given: ['示'] }] },
        request: { method: 'POST', url: 'Patient' },
      },
      { resource: { ...reading(), subject: { reference: urn } }, request: { method: 'POST', url: 'Observation' } },
    ],
  } satisfies Bundle)
  assert.deepEqual(
    done.entry?.map(({ response }) => response?.status),
    ['201 Created', '201 Created'],
  )
  const pages: number[] = []
  for (let at = 0; at < 5; at += 1) await client.createResource(reading(at))
  for await (const page of client.searchResourcePages('Observation', { patient: person, _count: '2' })) pages.push(page.length)
  assert.deepEqual(pages, [2, 2, 2])
  await client.deleteResource('Observation', made.id as string)
  await assert.rejects(client.readResource('Observation', made.id as string))
  await assert.rejects(client.createResource({ ...reading(), status: 'nonsense' as 'final' }), /nonsense|status/)
})

test('fhir-kit-client, unchanged', async () => {
  const client = new FhirKit({ baseUrl: server.base, bearerToken: 'desk' })
  assert.equal((await client.capabilityStatement())['fhirVersion'], '4.0.1')
  const made = await client.create({ resourceType: 'Observation', body: reading() as never })
  const id = made['id'] as string
  assert.equal((await client.read({ resourceType: 'Observation', id }))['status'], 'final')
  await client.update({
    resourceType: 'Observation',
    id,
    body: { ...made, status: 'amended' } as never,
    options: { headers: { 'If-Match': 'W/"1"' } },
  })
  await assert.rejects(
    client.update({ resourceType: 'Observation', id, body: made as never, options: { headers: { 'If-Match': 'W/"1"' } } }),
    (error: { response?: { status?: number } }) => error.response?.status === 412,
  )
  const page = await client.search({ resourceType: 'Observation', searchParams: { patient: person, _count: 2 } })
  const next = await client.nextPage({ bundle: page as never })
  assert.ok(((next as { entry?: unknown[] } | undefined)?.entry ?? []).length > 0)
  assert.equal(((await client.history({ resourceType: 'Observation', id }))['entry'] as unknown[]).length, 2)
  await client.patch({ resourceType: 'Observation', id, jsonPatch: [{ op: 'replace', path: '/status', value: 'final' }] })
  await client.delete({ resourceType: 'Observation', id })
  await assert.rejects(
    client.read({ resourceType: 'Observation', id }),
    (error: { response?: { status?: number } }) => error.response?.status === 410,
  )
})

test('fhirclient, unchanged', async () => {
  const request = { url: '/', headers: { host: 'app.example' }, socket: {} } as never
  const client = smart(
    request,
    {} as never,
    { get: async () => null, set: async () => null, unset: async () => true } as never,
  ).client({
    serverUrl: server.base,
    tokenResponse: { access_token: 'desk' },
  } as never)
  const made = await client.create<{ id: string }>(reading() as never)
  const found = await client.request<{ total: number }>(`Observation?_id=${made.id}`)
  assert.equal(found.total, 1)
  const all = await client.request<unknown[]>(`Observation?patient=${person}&_count=2`, { pageLimit: 0, flat: true } as never)
  assert.ok(all.length > 2)
  await client.delete(`Observation/${made.id}`)
})
