import assert from 'node:assert/strict'
import test from 'node:test'
import type { Client } from '../smart.ts'
import { backTo, judgeAsking, mayBeRedirect, type Asking } from './authorisation.ts'
import { scopesText } from './scopes.ts'

const client: Client = {
  id: 'growth-chart',
  name: { zh: '生长曲线', en: 'Growth chart' },
  kind: 'public',
  redirectUris: ['https://app.example.org/after', 'http://localhost:3000/'],
  launchUrl: null,
  scopes: 'openid fhirUser launch launch/patient offline_access patient/*.rs',
  jwks: null,
  jwksUri: null,
  account: null,
  disabledAt: null,
}
const FHIR = 'https://region.example.org/fhir/R4'
const sound: Asking = {
  response_type: 'code',
  client_id: client.id,
  redirect_uri: 'https://app.example.org/after',
  scope: 'launch/patient patient/Observation.rs openid',
  state: 'a-state-of-its-own',
  aud: FHIR,
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
}

test('an app is heard only if everything fits; an address that is not registered is never gone to', () => {
  const rows: [change: Partial<Asking>, comesTo: string][] = [
    [{}, 'fits'],
    [{ aud: `${FHIR}/` }, 'fits'],
    [{ redirect_uri: 'https://app.example.org/after/' }, 'wrong-address'],
    [{ redirect_uri: 'https://app.example.org/after?x=1' }, 'wrong-address'],
    [{ redirect_uri: 'https://APP.example.org/after' }, 'wrong-address'],
    [{ redirect_uri: undefined }, 'wrong-address'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ state: undefined }, 'invalid_request'],
    [{ state: '' }, 'invalid_request'],
    [{ code_challenge: undefined }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ code_challenge_method: undefined }, 'invalid_request'],
    [{ code_challenge: 'short' }, 'invalid_request'],
    [{ aud: undefined }, 'invalid_request'],
    [{ aud: 'https://evil.example.org/fhir/R4' }, 'invalid_request'],
    [{ scope: 'system/*.rs' }, 'invalid_scope'],
    [{ scope: 'user/Patient.rs' }, 'invalid_scope'],
    [{ scope: '' }, 'invalid_scope'],
    [{ scope: 'launch patient/Patient.r' }, 'invalid_request'],
    [{ scope: 'launch patient/Patient.r', launch: 'an-id' }, 'fits'],
  ]
  for (const [change, comesTo] of rows) {
    const judged = judgeAsking({ ...sound, ...change }, client, [FHIR])
    assert.equal(judged.kind === 'fault' ? judged.error : judged.kind, comesTo, JSON.stringify(change))
  }
  assert.equal(judgeAsking(sound, null, [FHIR]).kind, 'unknown-app')
  assert.equal(judgeAsking(sound, { ...client, disabledAt: '2026-01-01T00:00:00.000Z' as never }, [FHIR]).kind, 'unknown-app')
})

test('of what was asked only what the app is registered for is offered', () => {
  const judged = judgeAsking({ ...sound, scope: 'patient/*.cruds user/*.rs openid profile' }, client, [FHIR])
  assert.equal(judged.kind === 'fits' && scopesText(judged.scopes), 'openid patient/*.rs')
})

test('what an app is told stands in its address, beside what it had there', () => {
  assert.equal(
    backTo('https://app.example.org/after?own=1', { code: 'a b', state: 's&t', error: undefined }),
    'https://app.example.org/after?own=1&code=a+b&state=s%26t',
  )
})

test('apps are answered by TLS, on this machine, or under a scheme of their own', () => {
  const rows: [address: string, may: boolean][] = [
    ['https://app.example.org/after', true],
    ['http://localhost:9000/after', true],
    ['http://app.example.org/after', false],
    ['https://app.example.org/after#part', false],
    ['org.example.app:/after', true],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['https://user:word@app.example.org/', false],
    ['nonsense', false],
  ]
  for (const [address, may] of rows) assert.equal(mayBeRedirect(address), may, address)
})
