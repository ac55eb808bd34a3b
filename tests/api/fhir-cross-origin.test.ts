import assert from 'node:assert/strict'
import test from 'node:test'
import { ofTheFile } from '../fhir/server.ts'
import { REDIRECT, smartWorld } from './smart-world.ts'

const { fhir } = await smartWorld(ofTheFile)
const HERE = new URL(REDIRECT).origin

const asked = async (origin: string | null, method: string, path: string) => {
  const headers = {
    ...(origin === null ? {} : { origin }),
    ...(method === 'OPTIONS'
      ? { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'authorization' }
      : {}),
  }
  const answer = await fetch(`${fhir}/${path}`, { method, headers })
  return {
    status: answer.status,
    origin: answer.headers.get('access-control-allow-origin'),
    credentials: answer.headers.get('access-control-allow-credentials'),
    methods: answer.headers.get('access-control-allow-methods'),
    varies: answer.headers.get('vary'),
  }
}

test('a page of a registered app may ask from its own address, without a cookie; a page elsewhere may not', async () => {
  const may = await asked(HERE, 'OPTIONS', 'Observation/1')
  assert.deepEqual([may.status, may.origin, may.credentials, may.varies], [204, HERE, null, 'origin'])
  assert.match(may.methods ?? '', /PUT/)
  const metadata = await asked(HERE, 'GET', 'metadata')
  assert.deepEqual([metadata.status, metadata.origin], [200, HERE])
  // Leave to ask is no right to read: without a token it is answered as anybody, and the page may read why.
  const anybody = await asked(HERE, 'GET', 'Observation?patient=1')
  assert.deepEqual([anybody.status, anybody.origin], [401, HERE])
  for (const origin of ['http://localhost:9192', 'https://localhost:9191', 'null', null]) {
    const elsewhere = await asked(origin, 'OPTIONS', 'Observation/1')
    assert.deepEqual([elsewhere.status, elsewhere.origin], [204, null], String(origin))
  }
})
