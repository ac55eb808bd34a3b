import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base32, codeAt, keyUri, newRecoveryCode, plainRecoveryCode, stepAt, stepOfCode } from './one-time-code.ts'

const SECRET = Buffer.from('12345678901234567890')

// RFC 6238, appendix B, SHA-1: seconds since 1970, the code of eight digits.
const VECTORS = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
] as const

for (const [seconds, code] of VECTORS)
  test(`RFC 6238: at ${seconds} s the code is ${code}; an app shows its last six digits`, () => {
    assert.equal(codeAt(SECRET, stepAt(seconds), 8), code)
    assert.equal(codeAt(SECRET, stepAt(seconds)), code.slice(2))
  })

// RFC 4648, section 10.
for (const [plain, text] of [
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foob', 'MZXW6YQ'],
  ['foobar', 'MZXW6YTBOI'],
] as const)
  test(`RFC 4648: “${plain}” is ${text || 'nothing'}`, () => assert.equal(base32(Buffer.from(plain)), text))

// step of the code against now | last used | drift | taken | why
const TABLE = [
  [0, 0, 1, true, 'the code of now'],
  [-1, 0, 1, true, 'a phone that is half a minute late'],
  [1, 0, 1, true, 'a phone that is half a minute early'],
  [-2, 0, 1, false, 'just beyond the drift'],
  [2, 0, 1, false, 'just beyond the drift, early'],
  [-1, 0, 0, false, 'no drift allowed'],
  [0, 1_000, 1, false, 'the same code again'],
  [-1, 1_000, 1, false, 'an older code after a newer one'],
  [1, 1_000, 1, true, 'the next code after the last one'],
] as const

for (const [offset, last, drift, isTaken, why] of TABLE)
  test(`One-time code: ${why}`, () => {
    const step = 1_000 + offset
    assert.equal(stepOfCode(SECRET, codeAt(SECRET, step), { now: 1_000, last, drift }), isTaken ? step : null)
  })

test('A code of another length or alphabet is simply wrong', () => {
  for (const code of ['', '1', '１２３４５６', '1234567', 'abcdef', '12345 '])
    assert.equal(stepOfCode(SECRET, code, { now: 1_000, last: 0, drift: 1 }), null)
})

test('The app is told secret, account and issuer', () => {
  const uri = new URL(keyUri(SECRET, 'heping'))
  assert.equal(uri.searchParams.get('secret'), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  assert.deepEqual(
    ['algorithm', 'digits', 'period', 'issuer'].map((name) => uri.searchParams.get(name)),
    ['SHA1', '6', '30', 'Jieli'],
  )
})

test('Recovery codes are all different, and read the same with spaces and capitals', () => {
  const codes = Array.from({ length: 1_000 }, newRecoveryCode)
  assert.equal(new Set(codes).size, 1_000)
  for (const code of codes) assert.match(code, /^[a-z2-7]{5}-[a-z2-7]{5}$/)
  assert.equal(plainRecoveryCode(' ABCDE fghij '), 'abcdefghij')
})
