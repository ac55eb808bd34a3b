import assert from 'node:assert/strict'
import test from 'node:test'
import { judgeAssertion, type AssertionClaims } from './judge-assertion.ts'

const needs = {
  client: 'pump',
  audience: 'https://region.example.org/oauth/token',
  nowSeconds: 1_000_000,
  secondsMost: 300,
  driftSeconds: 5,
}
const sound: AssertionClaims = { iss: 'pump', sub: 'pump', aud: needs.audience, exp: 1_000_300, jti: 'one' }

test('a signed statement counts for its app, for this address, and for five minutes at most', () => {
  const rows: [change: Partial<AssertionClaims>, may: boolean][] = [
    [{}, true],
    [{ aud: ['elsewhere', needs.audience] }, true],
    [{ exp: 1_000_305 }, true],
    [{ exp: 1_000_306 }, false],
    [{ exp: 999_996 }, true],
    [{ exp: 999_995 }, false],
    [{ exp: '1000300' }, false],
    [{ exp: Number.NaN }, false],
    [{ exp: undefined }, false],
    [{ iss: 'other' }, false],
    [{ sub: 'other' }, false],
    [{ aud: 'https://other.example.org/oauth/token' }, false],
    [{ aud: undefined }, false],
    [{ nbf: 1_000_005 }, true],
    [{ nbf: 1_000_006 }, false],
    [{ jti: undefined }, false],
    [{ jti: '' }, false],
    [{ jti: 7 }, false],
    [{ jti: 'x'.repeat(301) }, false],
  ]
  for (const [change, may] of rows)
    assert.equal('jti' in judgeAssertion({ ...sound, ...change }, needs), may, JSON.stringify(change))
})

test('it is remembered as long as it could be shown again', () => {
  assert.deepEqual(judgeAssertion(sound, needs), { jti: 'one', rememberSeconds: 305 })
})
