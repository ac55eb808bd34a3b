import assert from 'node:assert/strict'
import test from 'node:test'
import { createRemoteJWKSet, jwtVerify, SignJWT, UnsecuredJWT, generateKeyPair } from 'jose'
import { sql } from '../../src/platform/database/pool.ts'
import { signedIn } from './real-server.ts'
import {
  ASSERTION,
  codeOf,
  exchange,
  newVerifier,
  question,
  REDIRECT,
  SCOPES,
  smartWorld,
  standing,
  statement,
} from './smart-world.ts'

test('what the server can do is found where SMART looks for it', async (t) => {
  const world = await smartWorld(t)
  for (const path of ['/.well-known/smart-configuration', '/fhir/R4/.well-known/smart-configuration']) {
    const { status, body } = await world.ask(path)
    assert.equal(status, 200)
    assert.equal(body.authorization_endpoint, `${world.address}/oauth/authorize`)
    assert.equal(body.token_endpoint, `${world.address}/oauth/token`)
    assert.deepEqual(body.code_challenge_methods_supported, ['S256'])
    for (const can of ['launch-ehr', 'launch-standalone', 'client-public', 'client-confidential-asymmetric', 'permission-v2'])
      assert.ok(body.capabilities.includes(can), can)
  }
  const foreign = await fetch(`${world.address}/.well-known/smart-configuration`, {
    headers: { 'x-forwarded-host': 'evil.example.org' },
  })
  assert.ok(!(await foreign.text()).includes('evil'))
})

test('a person lets an app in, sees what it gets, and the app learns who it is for', async (t) => {
  const world = await smartWorld(t)
  const verifier = newVerifier()
  const begun = await world.ask(question(world, verifier))
  const ticket = begun.location?.searchParams.get('ticket') as string
  const page = await world.resident.get(`smart.asked?ticket=${ticket}`)
  assert.equal(page.body.app.zh, '生长曲线')
  assert.equal(page.body.patient, 'self')
  assert.deepEqual(page.body.scopes.at(-1), {
    scope: 'patient/*.rs',
    zh: '查看这位居民的健康档案的全部内容',
    en: 'See the whole health record of this person',
    changes: false,
  })
  assert.equal(new URL(page.body.refuse).searchParams.get('error'), 'access_denied')
  const { status, body } = await exchange(world, await codeOf(world, verifier), verifier)
  assert.equal(status, 200)
  assert.equal(body.token_type, 'Bearer')
  assert.equal(body.scope, 'openid fhirUser launch/patient offline_access patient/*.rs')
  assert.equal(body.patient, world.person)
  assert.ok(body.expires_in <= 15 * 60 && body.expires_in > 0)
  const { payload } = await jwtVerify(body.id_token, createRemoteJWKSet(new URL(`${world.address}/oauth/jwks`)), {
    issuer: world.fhir,
    audience: 'growth',
  })
  assert.equal(payload['nonce'], 'a-nonce')
  assert.equal(payload['fhirUser'], `${world.fhir}/Patient/${world.person}`)
  const kept = await world.ground.database.rows<{
    text: string
  }>(sql`select t::text as text from smart.token t union all select i::text from platform.idempotency i
    union all select a::text from smart.allowance a`)
  for (const secret of [body.access_token, body.refresh_token])
    assert.ok(!kept.some(({ text }) => text.includes(secret)), 'a token stands in a table')
})

test('a person may keep some rights back, and cannot give more than was asked', async (t) => {
  const world = await smartWorld(t)
  const verifier = newVerifier()
  const narrowed = await exchange(
    world,
    await codeOf(
      world,
      verifier,
      { scope: 'launch/patient patient/Observation.rs patient/Condition.rs' },
      'launch/patient patient/Observation.rs user/*.cruds',
    ),
    verifier,
  )
  assert.equal(narrowed.body.scope, 'launch/patient patient/Observation.rs')
  assert.equal(narrowed.body.refresh_token, undefined)
  const begun = await world.ask(question(world, verifier))
  const ticket = begun.location?.searchParams.get('ticket') as string
  assert.equal((await world.resident.post('smart.allow', { ticket, scopes: 'user/*.cruds' })).code, 'smart.nothing-allowed')
  assert.equal((await world.resident.post('smart.allow', { ticket: `${ticket}x`, scopes: SCOPES })).code, 'smart.ticket-not-good')
  const [body = '', mac = ''] = ticket.split('.')
  const forged = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), redirect_uri: 'https://evil.example.org/' }
  const changed = `${Buffer.from(JSON.stringify(forged)).toString('base64url')}.${mac}`
  assert.equal((await world.resident.post('smart.allow', { ticket: changed, scopes: SCOPES })).code, 'smart.ticket-not-good')
})

test('a question that does not fit is refused, and an address that is not registered is never gone to', async (t) => {
  const world = await smartWorld(t)
  const verifier = newVerifier()
  const rows: [change: Record<string, string>, comesTo: string][] = [
    [{ client_id: 'nobody' }, 'page'],
    [{ redirect_uri: 'http://localhost:9191/after/' }, 'page'],
    [{ redirect_uri: 'https://evil.example.org/' }, 'page'],
    [{ code_challenge_method: 'plain', code_challenge: verifier }, 'invalid_request'],
    [{ aud: 'https://other.example.org/fhir/R4' }, 'invalid_request'],
    [{ state: '' }, 'invalid_request'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ scope: 'system/*.rs' }, 'invalid_scope'],
  ]
  for (const [change, comesTo] of rows) {
    const answer = await world.ask(question(world, verifier, change))
    if (comesTo === 'page') assert.deepEqual([answer.status, answer.location], [400, null], JSON.stringify(change))
    else assert.equal(answer.location?.searchParams.get('error'), comesTo, JSON.stringify(change))
  }
})

test('a code counts once, for its app, its address and its verifier; shown again it ends what it gave', async (t) => {
  const world = await smartWorld(t)
  const verifier = newVerifier()
  const wrong: [change: Record<string, string>, why: string][] = [
    [{ code_verifier: newVerifier() }, 'another verifier'],
    [{ code_verifier: '' }, 'no verifier'],
    [{ redirect_uri: `${REDIRECT}/` }, 'another address'],
    [{ client_id: 'other-app' }, 'another app'],
  ]
  for (const [change, why] of wrong) {
    const code = await codeOf(world, verifier)
    assert.equal((await exchange(world, code, verifier, change)).body.error, 'invalid_grant', why)
    assert.equal((await exchange(world, code, verifier)).body.error, 'invalid_grant', `after ${why} the code is spent`)
  }
  const code = await codeOf(world, verifier)
  const first = await exchange(world, code, verifier)
  assert.equal(first.status, 200)
  assert.equal(await standing(world), 1)
  assert.equal((await exchange(world, code, verifier)).body.error, 'invalid_grant')
  assert.equal(await standing(world), 0)
  const refreshed = await world.ask('/oauth/token', {
    grant_type: 'refresh_token',
    refresh_token: first.body.refresh_token,
    client_id: 'growth',
  })
  assert.equal(refreshed.body.error, 'invalid_grant')
  const late = await codeOf(world, verifier)
  await world.ground.database.run(sql`update smart.token set expires_at = now() where kind = 'code' and used_at is null`)
  assert.equal((await exchange(world, late, verifier)).body.error, 'invalid_grant')
  const answers = await codeOf(world, verifier).then((raced) =>
    Promise.all([1, 2, 3].map(() => exchange(world, raced, verifier))),
  )
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 400, 400])
  assert.equal(await standing(world), 0)
})

test('a refresh token changes with each use; an old one ends everything', async (t) => {
  const world = await smartWorld(t)
  const verifier = newVerifier()
  const { body } = await exchange(world, await codeOf(world, verifier), verifier)
  const refresh = (token: string, more: Record<string, string> = {}) =>
    world.ask('/oauth/token', { grant_type: 'refresh_token', refresh_token: token, client_id: 'growth', ...more })
  assert.equal((await refresh(body.refresh_token, { client_id: 'other-app' })).body.error, 'invalid_grant')
  const second = await refresh(body.refresh_token, {
    scope: 'launch/patient offline_access patient/Observation.rs patient/Condition.cruds',
  })
  assert.equal(second.body.scope, 'launch/patient offline_access patient/Observation.rs patient/Condition.rs')
  assert.notEqual(second.body.refresh_token, body.refresh_token)
  assert.equal((await refresh(second.body.refresh_token, { scope: 'user/*.rs' })).body.error, 'invalid_scope')
  const third = await refresh(second.body.refresh_token)
  assert.equal(third.status, 200)
  assert.equal((await refresh(body.refresh_token)).body.error, 'invalid_grant')
  assert.equal((await refresh(third.body.refresh_token)).body.error, 'invalid_grant')
  assert.equal(await standing(world), 0)
  const codes = await world.ground.database.rows<{ code: string }>(
    sql`select code from platform.audit where form = 'smart.token' and outcome = 'refused'`,
  )
  assert.ok(codes.some(({ code }) => code === 'smart.refresh-again'))
})

test('an app gives a token back, a person takes it back, an administrator stops the app', async (t) => {
  const world = await smartWorld(t)
  const verifier = newVerifier()
  const given = async () => (await exchange(world, await codeOf(world, verifier), verifier)).body
  const byApp = await given()
  await world.ask('/oauth/revoke', { token: byApp.refresh_token, client_id: 'other-app' })
  assert.equal(await standing(world), 1)
  assert.equal((await world.ask('/oauth/revoke', { token: byApp.refresh_token, client_id: 'growth' })).status, 200)
  assert.equal(await standing(world), 0)
  await given()
  const { apps } = (await world.resident.get('smart.my-apps')).body
  assert.deepEqual(
    apps.map(({ app }: { app: { id: string } }) => app.id),
    ['growth'],
  )
  assert.equal((await world.administrator.post('smart.end-app', { allowance: apps[0].allowance })).status, 404)
  assert.equal((await world.resident.post('smart.end-app', { allowance: apps[0].allowance })).status, 200)
  assert.equal(await standing(world), 0)
  const last = await given()
  assert.equal((await world.ask('/oauth/introspect', { token: last.access_token, client_id: 'growth' })).body.active, true)
  assert.equal((await world.ask('/oauth/introspect', { token: last.access_token, client_id: 'other-app' })).body.active, false)
  const stopped = await world.administrator.post('smart.stop-client', { client: 'growth', reason: '不再使用' })
  assert.equal(stopped.status, 200)
  assert.equal(await standing(world), 0)
  assert.equal((await world.ask(question(world, verifier))).status, 400)
  assert.equal(
    (await world.ask('/oauth/introspect', { token: last.access_token, client_id: 'growth' })).body.error,
    'invalid_client',
  )
})

test('who signs out everywhere lets the apps out too', async (t) => {
  const world = await smartWorld(t)
  const verifier = newVerifier()
  const { body } = await exchange(world, await codeOf(world, verifier), verifier)
  assert.equal((await world.resident.post('security.sign-out-everywhere')).status, 200)
  assert.equal((await world.ask('/oauth/introspect', { token: body.access_token, client_id: 'growth' })).body.active, false)
  const refreshed = await world.ask('/oauth/token', {
    grant_type: 'refresh_token',
    refresh_token: body.refresh_token,
    client_id: 'growth',
  })
  assert.equal(refreshed.body.error, 'invalid_grant')
})

test('an app that is started from the desk knows for whom, once, and only with the account that started it', async (t) => {
  const world = await smartWorld(t)
  const started = await world.resident.post('smart.launch', { client: 'growth' })
  assert.equal(started.status, 404, 'the person of this account is not registered here')
  assert.equal((await world.resident.post('smart.launch', { client: 'nobody' })).status, 404)
  const verifier = newVerifier()
  const begun = await world.ask(
    question(world, verifier, { scope: 'launch patient/*.rs', launch: '00000000-0000-7000-8000-000000000000' }),
  )
  const ticket = begun.location?.searchParams.get('ticket') as string
  assert.equal((await world.resident.post('smart.allow', { ticket, scopes: 'launch patient/*.rs' })).code, 'smart.launch-over')
})

test('what a start hands to the app comes with the token, word for word, and nobody else gets it', async (t) => {
  const world = await smartWorld(t)
  await world.ground.account('ward-nurse', 'ward')
  const nurse = await signedIn(world.address, 'ward-nurse')
  const handed = ' {"chart":"体重","步":1} '
  const scopes = 'openid offline_access launch user/*.rs'
  const launchWith = async (appContext?: string | null) => {
    const started = await nurse.post('smart.launch', { client: 'growth', ...(appContext !== undefined && { appContext }) })
    assert.equal(started.status, 200, JSON.stringify(started.body))
    return started.body.launch as string
  }
  const verifier = newVerifier()
  const tokensOf = async (launch: string) =>
    (await exchange(world, await codeOf(world, verifier, { scope: scopes, launch }, scopes, nurse), verifier)).body
  const answer = await tokensOf(await launchWith(handed))
  assert.equal(answer.appContext, handed)
  const refreshed = await world.ask('/oauth/token', {
    grant_type: 'refresh_token',
    refresh_token: answer.refresh_token,
    client_id: 'growth',
  })
  assert.equal(refreshed.body.appContext, handed)
  for (const nothing of [undefined, null]) assert.ok(!('appContext' in (await tokensOf(await launchWith(nothing)))))
  for (const wrong of ['', 'x'.repeat(4_001)])
    assert.equal((await nurse.post('smart.launch', { client: 'growth', appContext: wrong })).status, 400)
  const introspected = await world.ask('/oauth/introspect', { token: answer.access_token, client_id: 'growth' })
  assert.ok(!introspected.text.includes('chart'))
  const kept = async () =>
    (
      await world.ground.database.rows<{ text: string }>(
        sql`select app_context as text from smart.allowance where app_context is not null`,
      )
    ).map(({ text }) => text)
  assert.deepEqual(await kept(), [handed], 'one allowance keeps it, the one that was started with it')
  await world.ask('/oauth/revoke', { token: refreshed.body.refresh_token, client_id: 'growth' })
  assert.deepEqual(await kept(), [], 'it is forgotten with the allowance')
})

test('a server is let in by its signature, each statement once', async (t) => {
  const world = await smartWorld(t)
  const audience = `${world.address}/oauth/token`
  const ask = (assertion: string, scope = 'system/Observation.rs', type = ASSERTION) =>
    world.ask('/oauth/token', {
      grant_type: 'client_credentials',
      scope,
      client_assertion: assertion,
      client_assertion_type: type,
    })
  const sound = await statement(world.serverKey, audience)
  const { status, body } = await ask(sound, 'system/*.rs system/Patient.cruds patient/*.rs')
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(new Set(body.scope.split(' ')), new Set(['system/Observation.rs', 'system/Patient.r']))
  assert.equal(body.refresh_token, undefined)
  assert.ok(body.expires_in <= 300)
  assert.equal((await ask(sound)).body.error, 'invalid_client', 'the same statement again')
  const seconds = Math.floor(Date.now() / 1_000)
  const stranger = await generateKeyPair('ES384')
  const weak = await generateKeyPair('ES256')
  const claims = { iss: 'lab-server', sub: 'lab-server', aud: audience, exp: seconds + 100, jti: 'x1' }
  const bad: [why: string, assertion: string][] = [
    ['no signature', new UnsecuredJWT(claims).encode()],
    [
      'signed by the public key as a password',
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(new Uint8Array(32)),
    ],
    ['a stranger’s key', await statement(stranger.privateKey, audience)],
    ['another algorithm', await statement(weak.privateKey, audience, {}, 'ES256')],
    ['for another server', await statement(world.serverKey, 'https://other.example.org/oauth/token')],
    ['an hour ahead', await statement(world.serverKey, audience, { exp: seconds + 3_600 })],
    ['expired', await statement(world.serverKey, audience, { exp: seconds - 60 })],
    ['no number', await statement(world.serverKey, audience, { jti: undefined })],
    ['of another app', await statement(world.serverKey, audience, { iss: 'growth', sub: 'growth' })],
    ['not a statement', 'nonsense'],
  ]
  for (const [why, assertion] of bad) assert.deepEqual([(await ask(assertion)).status, why], [401, why])
  assert.equal((await ask(await statement(world.serverKey, audience), 'system/*.rs', 'other')).body.error, 'invalid_client')
  assert.equal((await ask(await statement(world.serverKey, audience), 'patient/*.rs')).body.error, 'invalid_scope')
  const unsigned = await world.ask('/oauth/token', {
    grant_type: 'client_credentials',
    scope: 'system/*.rs',
    client_id: 'lab-server',
  })
  assert.equal(unsigned.body.error, 'invalid_client')
  const open = await world.ask('/oauth/token', { grant_type: 'client_credentials', scope: 'system/*.rs', client_id: 'growth' })
  assert.equal(open.body.error, 'unauthorized_client')
})

test('apps are registered by the region’s administrators, whole and safe', async (t) => {
  const world = await smartWorld(t)
  const name = { zh: '应用', en: 'App' }
  const app = { client: 'new-app', name, kind: 'public', redirectUris: ['https://app.example.org/'], scopes: 'patient/*.rs' }
  const rows: [change: object, code: string][] = [
    [{ redirectUris: [] }, 'smart.client-incomplete'],
    [{ kind: 'server' }, 'smart.client-incomplete'],
    [{ redirectUris: ['http://app.example.org/'] }, 'smart.address-not-safe'],
    [{ redirectUris: ['javascript:alert(1)'] }, 'smart.address-not-safe'],
    [{ scopes: 'everything' }, 'smart.scopes-unknown'],
    [{ login: 'lab-account' }, 'smart.account-unknown'],
    [{ kind: 'server', jwksUri: 'https://app.example.org/keys', login: 'li-hua' }, 'smart.account-unknown'],
    [{ client: 'growth' }, 'smart.client-taken'],
  ]
  for (const [change, code] of rows)
    assert.equal(
      (await world.administrator.post('smart.register-client', { ...app, ...change })).code,
      code,
      JSON.stringify(change),
    )
  assert.equal((await world.resident.post('smart.register-client', app)).code, 'platform.role-may-not')
})

test('a token opens FHIR as far as its scopes, never the house’s own forms, and no longer once it was given back', async (t) => {
  const world = await smartWorld(t)
  const verifier = newVerifier()
  const { body } = await exchange(world, await codeOf(world, verifier), verifier)
  const narrow = (
    await exchange(world, await codeOf(world, verifier, { scope: 'launch/patient patient/Observation.rs' }), verifier)
  ).body
  const ask = (path: string, token: string) => fetch(`${world.address}${path}`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal((await ask('/fhir/R4/Organization?_count=1', body.access_token)).status, 200)
  assert.equal((await ask('/fhir/R4/Patient/430000000000002', body.access_token)).status, 404, 'somebody else')
  assert.equal((await ask('/fhir/R4/Organization?_count=1', narrow.access_token)).status, 403)
  assert.equal((await ask('/fhir/R4/Observation?_count=1', narrow.access_token)).status, 200)
  assert.equal((await ask('/fhir/R4/Organization', 'made-up')).status, 401)
  assert.equal((await ask('/api/security.me', body.access_token)).status, 401)
  await world.ask('/oauth/revoke', { token: body.access_token, client_id: 'growth' })
  const given = performance.now()
  while ((await ask('/fhir/R4/Organization?_count=1', body.access_token)).status !== 401)
    assert.ok(performance.now() - given < 60_000, 'still let in after a minute')
})
