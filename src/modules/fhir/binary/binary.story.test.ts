import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify from 'fastify'
import { testHouse } from '../../../../tests/harness/house.ts'
import { setStage } from '../../../../tests/harness/stage.ts'
import type { Actor } from '../../../platform/access.ts'
import { addFhirRoutes } from '../index.ts'

// Not UTF-8, so that nothing on the way may read it as text.
const BYTES = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff, 0xfe, 0xd8, 0x00, 0x0a])

test('a Binary goes in and out as its own bytes, or as the resource that holds them, and is nobody else’s to see', async (t) => {
  const made = await testHouse(t)
  const { desk, cityDesk } = await setStage(made)
  const appOf = async (actor: Actor) => {
    const app = Fastify({ logger: false })
    await addFhirRoutes(app, {
      house: made.house,
      faces: new Map(),
      version: 'test',
      caller: async () => ({ actor, scopes: null, patient: null }),
      hold: () => null,
      baseUrl: () => 'https://jieli.example',
    })
    t.after(() => app.close())
    return app
  }
  const [own, other] = [await appOf(desk), await appOf(cityDesk)]
  const posted = await own.inject({
    method: 'POST',
    url: '/fhir/R4/Binary',
    headers: { 'content-type': 'image/png' },
    payload: BYTES,
  })
  assert.equal(posted.statusCode, 201, posted.body)
  const url = `/fhir/R4/Binary/${posted.json<{ id: string }>().id}`
  const raw = await own.inject({ method: 'GET', url, headers: { accept: 'image/png' } })
  assert.equal(raw.headers['content-type'], 'image/png')
  assert.deepEqual(raw.rawPayload, BYTES)
  assert.match(String(raw.headers['content-security-policy']), /sandbox/)
  const resource = await own.inject({ method: 'GET', url, headers: { accept: 'application/fhir+json' } })
  assert.deepEqual(resource.json<{ data: string; contentType: string }>().data, BYTES.toString('base64'))
  const xml = await own.inject({ method: 'GET', url, headers: { accept: 'application/fhir+xml' } })
  assert.match(xml.body, /<contentType value="image\/png"\/>/)
  const replaced = await own.inject({ method: 'PUT', url, headers: { 'content-type': 'text/plain' }, payload: Buffer.from('新') })
  assert.equal(replaced.statusCode, 200, replaced.body)
  assert.equal((await own.inject({ method: 'GET', url, headers: { accept: '*/*' } })).body, '新')
  assert.equal((await other.inject({ method: 'GET', url, headers: { accept: 'image/png' } })).statusCode, 404)
})
