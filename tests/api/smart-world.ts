import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'
import { newId } from '../../src/kernel/id.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { ground, signedIn, type Browser, type Ground } from './real-server.ts'

/** An answer of an OAuth end point. */
export type Told = { readonly status: number; readonly body: any; readonly location: URL | null; readonly text: string } // oxlint-disable-line no-explicit-any

/** A region with apps: a public one, and a server with a key and an account of its own. */
export type SmartWorld = {
  readonly ground: Ground
  readonly address: string
  readonly fhir: string
  readonly administrator: Browser
  readonly resident: Browser
  readonly person: string
  readonly serverKey: CryptoKey
  readonly ask: (
    path: string,
    form?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Told>
}

export const REDIRECT = 'http://localhost:9191/after'
export const SCOPES = 'launch/patient openid fhirUser offline_access patient/*.rs'

const told = async (response: Response): Promise<Told> => {
  const text = await response.text()
  const location = response.headers.get('location')
  return {
    status: response.status,
    text,
    body: text.startsWith('{') ? JSON.parse(text) : null,
    location: location === null ? null : new URL(location, response.url),
  }
}

/** One statement of the server's key, changed as a test wants. */
export const statement = (
  key: CryptoKey,
  audience: string,
  change: Record<string, unknown> = {},
  alg = 'ES384',
): Promise<string> => {
  const seconds = Math.floor(Date.now() / 1_000)
  const claims = { iss: 'lab-server', sub: 'lab-server', aud: audience, exp: seconds + 240, jti: newId(), ...change }
  return new SignJWT(claims).setProtectedHeader({ alg, kid: 'one', typ: 'JWT' }).sign(key)
}

export const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

export const smartWorld = async (
  t: Pick<TestContext, 'after'>,
  settings: Readonly<Record<string, string>> = {},
): Promise<SmartWorld> => {
  const made = await ground(t)
  const { address } = await made.server(settings)
  const person = '430000000000001'
  await made.account('chief', 'administrator')
  await made.account('li-hua', 'resident', { person: person as never })
  await made.account('lab-account', 'health-bureau')
  const administrator = await signedIn(address, 'chief')
  const pair = await generateKeyPair('ES384', { extractable: true })
  const jwk: JWK = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES384' }
  const name = { zh: '生长曲线', en: 'Growth chart' }
  const register = async (input: object): Promise<void> => {
    const answer = await administrator.post('smart.register-client', input)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
  }
  await register({
    client: 'growth',
    name,
    kind: 'public',
    redirectUris: [REDIRECT],
    launchUrl: 'http://localhost:9191/launch',
    scopes: `${SCOPES} launch user/*.rs`,
  })
  await register({ client: 'other-app', name, kind: 'public', redirectUris: [REDIRECT], scopes: SCOPES })
  await register({
    client: 'lab-server',
    name,
    kind: 'server',
    scopes: 'system/Observation.rs system/Patient.r',
    jwks: { keys: [jwk] },
    login: 'lab-account',
  })
  const resident = await signedIn(address, 'li-hua')
  const ask: SmartWorld['ask'] = async (path, form, headers = {}) => {
    const body = form && new URLSearchParams(form)
    return told(
      await fetch(`${address}${path}`, { method: body ? 'POST' : 'GET', redirect: 'manual', headers, ...(body ? { body } : {}) }),
    )
  }
  return { ground: made, address, fhir: `${address}/fhir/R4`, administrator, resident, person, serverKey: pair.privateKey, ask }
}

export const newVerifier = (): string => randomBytes(32).toString('base64url')
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

/** The question of an app at the authorisation end point, changed as a test wants. */
export const question = (world: SmartWorld, verifier: string, change: Readonly<Record<string, string>> = {}): string =>
  `/oauth/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: 'growth',
    redirect_uri: REDIRECT,
    scope: SCOPES,
    state: 'a-state',
    aud: world.fhir,
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
    nonce: 'a-nonce',
    ...change,
  }).toString()}`

/** Goes the whole way to a code as a browser does: the app's question, our page, the person's word, back to the app. */
export const codeOf = async (
  world: SmartWorld,
  verifier: string,
  change: Readonly<Record<string, string>> = {},
  scopes = SCOPES,
  by = world.resident,
): Promise<string> => {
  const begun = await world.ask(question(world, verifier, change))
  assert.equal(begun.status, 302, begun.text)
  const ticket = begun.location?.searchParams.get('ticket') as string
  const allowed = await by.post('smart.allow', { ticket, scopes })
  assert.equal(allowed.status, 200, JSON.stringify(allowed.body))
  const back = await world.ask(allowed.body.next, undefined, { cookie: by.cookie() })
  assert.equal(back.status, 302, back.text)
  assert.equal(back.location?.searchParams.get('state'), 'a-state')
  return back.location?.searchParams.get('code') as string
}

export const exchange = (
  world: SmartWorld,
  code: string,
  verifier: string,
  change: Readonly<Record<string, string>> = {},
): Promise<Told> =>
  world.ask('/oauth/token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT,
    client_id: 'growth',
    code_verifier: verifier,
    ...change,
  })

/** How many tokens somebody stands behind, as every server process finds it. */
export const standing = async (world: SmartWorld): Promise<number> => {
  const found = await world.ground.database.row<{ count: number }>(
    sql`select count(*)::int as count from smart.bearers_of(array(select token_hash from smart.token))`,
  )
  return found?.count ?? 0
}
