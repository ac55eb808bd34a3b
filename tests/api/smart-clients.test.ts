import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { type TestContext } from 'node:test'
import { MedplumClient } from '@medplum/core'
import { Client as FhirKit } from 'fhir-kit-client'
import smart from 'fhirclient'
import { exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose'
import { sql } from '../../src/platform/database/pool.ts'
import { ASSERTION, REDIRECT, SCOPES, smartWorld, statement, type SmartWorld } from './smart-world.ts'

// The ways in as clients of the ecosystem go them, unchanged.

/** What fhirclient keeps between two requests of an app, and where it sends the browser. */
const appSession = () => {
  const kept = new Map<string, unknown>()
  const storage = {
    get: async (key: string) => kept.get(key),
    set: async (key: string, value: unknown) => void kept.set(key, value),
    unset: async (key: string) => kept.delete(key),
  }
  const sent: string[] = []
  const at = (url: string) => {
    const { host, pathname, search } = new URL(url)
    const request = { url: pathname + search, headers: { host }, socket: {} }
    const response = { writeHead: (_status: number, { location }: { location: string }) => sent.push(location), end: () => {} }
    return smart(request as never, response as never, storage as never)
  }
  return { at, sent }
}

/** The person allows what an app asks for, on our page; answers the address that the browser is sent back to. */
const allowed = async (world: SmartWorld, question: string, scopes: string): Promise<string> => {
  const begun = await fetch(question, { redirect: 'manual' })
  assert.equal(begun.status, 302, await begun.text())
  const ticket = new URL(begun.headers.get('location') ?? '', world.address).searchParams.get('ticket')
  const word = await world.resident.post('smart.allow', { ticket, scopes })
  assert.equal(word.status, 200, JSON.stringify(word.body))
  const back = await world.ask(word.body.next, undefined, { cookie: world.resident.cookie() })
  return back.location?.href ?? ''
}

test('fhirclient goes the whole standalone launch: discovery, PKCE, code, patient, refresh', async (t) => {
  const world = await smartWorld(t)
  const { at, sent } = appSession()
  await at('http://localhost:9191/').authorize({
    iss: world.fhir,
    clientId: 'growth',
    scope: SCOPES,
    redirectUri: REDIRECT,
    pkceMode: 'required',
  } as never)
  const question = sent.at(-1) as string
  assert.equal(new URL(question).searchParams.get('code_challenge_method'), 'S256')
  const client = await at(await allowed(world, question, SCOPES)).ready()
  assert.equal(client.patient.id, world.person)
  assert.equal(client.user.fhirUser, `Patient/${world.person}`)
  assert.equal((await client.request<{ resourceType: string }>('Organization?_count=1')).resourceType, 'Bundle')
  const before = client.state.tokenResponse?.access_token
  await client.refresh()
  assert.notEqual(client.state.tokenResponse?.access_token, before)
  assert.equal((await client.request<{ resourceType: string }>('Organization?_count=1')).resourceType, 'Bundle')
  await world.ask('/oauth/revoke', { token: client.state.tokenResponse?.refresh_token ?? '', client_id: 'growth' })
  await assert.rejects(client.refresh())
})

test('fhir-kit-client finds the end points by itself, and works with the token of a server', async (t) => {
  const world = await smartWorld(t)
  const client = new FhirKit({ baseUrl: world.fhir })
  const found = await client.smartAuthMetadata()
  assert.equal(found.authorizeUrl?.href, `${world.address}/oauth/authorize`)
  assert.equal(found.tokenUrl?.href, `${world.address}/oauth/token`)
  const answer = await world.ask('/oauth/token', {
    grant_type: 'client_credentials',
    scope: 'system/Observation.rs',
    client_assertion_type: ASSERTION,
    client_assertion: await statement(world.serverKey, found.tokenUrl?.href ?? ''),
  })
  client.bearerToken = answer.body.access_token
  assert.equal((await client.search({ resourceType: 'Observation', searchParams: { _count: 1 } }))['resourceType'], 'Bundle')
  await assert.rejects(
    client.search({ resourceType: 'Condition', searchParams: { _count: 1 } }),
    (error: { response?: { status?: number } }) => error.response?.status === 403,
  )
})

/** A server that publishes keys, as an app's own would; its keys may change. */
const keyServer = async (
  t: TestContext,
): Promise<{ address: string; show: (keys: readonly JWK[]) => void; asked: () => number }> => {
  let keys: readonly JWK[] = []
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ keys }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`
  return {
    address,
    show: (shown) => {
      keys = shown
    },
    asked: () => asked,
  }
}

const newKey = async (kid: string): Promise<{ secret: CryptoKey; shown: JWK }> => {
  const { publicKey, privateKey } = await generateKeyPair('ES384', { extractable: true })
  return { secret: privateKey, shown: { ...(await exportJWK(publicKey)), kid, alg: 'ES384' } }
}

const registered = async (world: SmartWorld, jwksUri: string): Promise<void> => {
  const answer = await world.administrator.post('smart.register-client', {
    client: 'far-server',
    name: { zh: '外部服务', en: 'Far server' },
    kind: 'server',
    scopes: 'system/Observation.rs',
    jwksUri,
    login: 'lab-account',
  })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}

test('@medplum/core is let in by a key that stands at an address of its own, once for each statement', async (t) => {
  const world = await smartWorld(t, { JIELI_PRIVATE_NETWORKS: 'on' })
  const keys = await keyServer(t)
  const one = await newKey('one')
  keys.show([one.shown])
  await registered(world, keys.address)
  const audience = `${world.address}/oauth/token`
  const of = { iss: 'far-server', sub: 'far-server' }
  const client = () =>
    new MedplumClient({ baseUrl: `${world.address}/`, fhirUrlPath: 'fhir/R4/', tokenUrl: audience, cacheTime: 0, fetch })
  const said = await statement(one.secret, audience, of)
  const medplum = client()
  await medplum.startJwtAssertionLogin(said)
  assert.equal((await medplum.search('Observation', { _count: '1' })).resourceType, 'Bundle')
  await assert.rejects(client().startJwtAssertionLogin(said), 'the same statement again')
  const seconds = Math.floor(Date.now() / 1_000)
  for (const [why, change] of [
    ['for another server', { aud: 'https://other.example.org/oauth/token' }],
    ['expired', { exp: seconds - 60 }],
    ['too far ahead', { exp: seconds + 3_600 }],
  ] as const)
    await assert.rejects(client().startJwtAssertionLogin(await statement(one.secret, audience, { ...of, ...change })), why)
  const stranger = await newKey('one')
  await assert.rejects(client().startJwtAssertionLogin(await statement(stranger.secret, audience, of)), 'a stranger’s key')
  const before = keys.asked()
  await assert.rejects(client().startJwtAssertionLogin(await statement(stranger.secret, audience, of)))
  assert.equal(keys.asked(), before, 'a wrong signature does not make us ask for the keys each time')
})

test('keys at an address in a closed network are not fetched unless the deployer allows it', async (t) => {
  const world = await smartWorld(t)
  const keys = await keyServer(t)
  const one = await newKey('one')
  keys.show([one.shown])
  await registered(world, keys.address)
  const answer = await world.ask('/oauth/token', {
    grant_type: 'client_credentials',
    client_assertion_type: ASSERTION,
    client_assertion: await statement(one.secret, `${world.address}/oauth/token`, { iss: 'far-server', sub: 'far-server' }),
  })
  assert.equal(answer.body.error, 'invalid_client')
  assert.equal(keys.asked(), 0)
})

test('what discovery says is true: each end point answers, and what it does not name is refused', async (t) => {
  const world = await smartWorld(t)
  const { body } = await world.ask('/fhir/R4/.well-known/smart-configuration')
  for (const name of ['authorization_endpoint', 'token_endpoint', 'introspection_endpoint', 'revocation_endpoint', 'jwks_uri'])
    assert.notEqual((await world.ask(new URL(body[name]).pathname)).status, 500, name)
  const keys = (await world.ask(new URL(body.jwks_uri).pathname)).body.keys
  assert.ok(keys.length > 0)
  for (const key of keys) assert.ok(!('d' in key), 'only public halves')
  assert.equal(new Set(keys.map(({ kid }: { kid: string }) => kid)).size, keys.length)
  for (const grant of ['password', 'implicit', 'urn:ietf:params:oauth:grant-type:jwt-bearer']) {
    assert.ok(!body.grant_types_supported.includes(grant))
    const answer = await world.ask('/oauth/token', { grant_type: grant, client_id: 'growth' })
    assert.equal(answer.body.error, 'unsupported_grant_type', grant)
  }
  assert.ok(!body.capabilities.includes('context-ehr-encounter'))
  const rows = await world.ground.database.rows(sql`select 1 from smart.token`)
  assert.equal(rows.length, 0)
})
