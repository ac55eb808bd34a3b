import assert from 'node:assert/strict'
import { test } from 'node:test'
import { workOnBulk } from '../../src/modules/fhir/bulk/index.ts'
import { faces } from '../../src/modules/fhir/index.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { testHouse } from '../harness/house.ts'
import { PLACES, setStage } from '../harness/stage.ts'
import { fhirServer, ofTheFile } from './server.ts'

// Nothing is stored under the id of a module's own row, by no way of writing: it would be read in that row's place.

const made = await testHouse(ofTheFile)
const stage = await setStage(made)
const { desk, cityDesk, villageDoctor } = stage
const server = await fhirServer(ofTheFile, made, { desk, cityDesk, villageDoctor }, faces)
await made.database.run(sql`insert into security.account (id, login, password_hash, role, org_id, name_zh, created_at)
  values (${desk.account}, 'owned-desk', 'none', ${desk.role}, ${desk.org}, '演示', now())`)
const person = await stage.person('演示本人', '1966-01-02')
const { referral } = await made.done('referral.send', villageDoctor, {
  person,
  receiver: PLACES.county,
  specialty: '0304',
  condition: { key: 'I10', zh: '高血压' },
  letter: { impression: '高血压', reason: '控制不佳', pastHistory: '', treatment: '' },
  consent: { by: 'patient' },
})

const FORGED = [
  { resourceType: 'Patient', id: String(person), name: [{ text: '冒名' }], gender: 'male', birthDate: '1990-01-01' },
  { resourceType: 'ServiceRequest', id: referral, status: 'active', intent: 'order', subject: { reference: `Patient/${person}` }, code: { text: '冒名' } },
  { resourceType: 'Organization', id: PLACES.county, name: '冒名' },
] // prettier-ignore
const inBundle = (resource: (typeof FORGED)[number], method = 'PUT', url = `${resource.resourceType}/${resource.id}`) => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [{ ...(method === 'PUT' && { resource }), request: { method, url } }],
})
const stored = (): Promise<unknown[]> => made.database.rows(sql`select type, fhir_id from health_record.resource order by 1, 2`)

test('a put, a put under a condition, a transaction and an import are refused, whoever may see the row or not', async () => {
  const before = await stored()
  for (const body of FORGED)
    for (const as of [desk, cityDesk]) {
      const { resourceType: type, id } = body
      const where = `${type} by ${as.org}`
      const ways = [
        await server.ask('PUT', `${type}/${id}`, { as, body }),
        await server.ask('PUT', `${type}?identifier=urn:none|none`, { as, body }),
        await server.ask('POST', '', { as, body: inBundle(body) }),
        await server.ask('POST', '', { as, body: inBundle(body, 'PUT', `${type}?identifier=urn:none|none`) }),
        await server.ask('POST', '', { as, body: { ...inBundle(body), type: 'batch' } }),
      ]
      for (const [at, { status, text, json }] of ways.entries()) {
        const said = json.resourceType === 'Bundle' ? Number(json.entry[0].response.status.slice(0, 3)) : status
        assert.ok((as === desk || type === 'Organization' ? [405] : [404, 405]).includes(said), `${where} ${at}: ${said} ${text}`)
      }
      assert.ok(!(await server.ask('GET', `${type}/${id}`, { as })).text.includes('冒名'), where)
    }
  assert.deepEqual(await stored(), before)
})

test('an import names such a line, and takes the others', async () => {
  const fine = { resourceType: 'Patient', id: 'free', name: [{ text: '演示新来' }], gender: 'male', birthDate: '1990-01-01' }
  const begun = await server.ask('POST', '$import', {
    as: desk,
    body: [...FORGED, fine].map((one) => JSON.stringify(one)).join('\n'),
    headers: { 'content-type': 'application/fhir+ndjson' },
  })
  assert.equal(begun.status, 202, begun.text)
  while (await workOnBulk(made.house, faces));
  const manifest = await server.ask('GET', String(begun.headers.get('content-location')), { as: desk })
  assert.deepEqual(manifest.json.extension, { lines: 4, taken: 1, faults: 3 })
  assert.equal((await server.ask('GET', 'Patient/free', { as: desk })).status, 200)
  for (const { resourceType, id } of FORGED)
    assert.ok(!(await server.ask('GET', `${resourceType}/${id}`, { as: desk })).text.includes('冒名'))
})

test('a deletion within a transaction is refused where the row is seen, and answers as for what is absent elsewhere', async () => {
  const [, request] = FORGED
  const seen = await server.ask('POST', '', { as: desk, body: inBundle(request as (typeof FORGED)[number], 'DELETE') })
  assert.equal(seen.status, 405, seen.text)
  assert.match(seen.text, /referral\.send/)
  const hidden = await server.ask('POST', '', { as: cityDesk, body: inBundle(request as (typeof FORGED)[number], 'DELETE') })
  assert.deepEqual([hidden.status, hidden.json.entry[0].response.status], [200, '204 No Content'])
  const direct = await server.ask('DELETE', `ServiceRequest/${referral}`, { as: cityDesk })
  const absent = await server.ask('DELETE', 'ServiceRequest/00000000-0000-7000-8000-000000000001', { as: cityDesk })
  assert.deepEqual([direct.status, direct.text], [absent.status, absent.text])
  assert.equal((await server.ask('GET', `ServiceRequest/${referral}`, { as: desk })).status, 200)
})

test('a transaction reads what modules own', async () => {
  const got = await server.ask('POST', '', {
    as: desk,
    body: {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ request: { method: 'GET', url: `ServiceRequest/${referral}` } }],
    },
  })
  assert.equal(got.status, 200, got.text)
  assert.deepEqual(got.json.entry[0].resource, (await server.ask('GET', `ServiceRequest/${referral}`, { as: desk })).json)
})
