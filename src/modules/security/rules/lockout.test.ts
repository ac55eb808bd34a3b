import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterFailure } from './lockout.ts'

const policy = { failuresMost: 5, lockMinutes: 15 }

// failures before | failures after, minutes of rest | why
const TABLE = [
  [0, 1, null, 'one slip is counted'],
  [3, 4, null, 'just below the limit'],
  [4, 0, 15, 'the fifth locks and the count begins anew'],
  [9, 0, 15, 'a count beyond the limit, after a policy change, locks too'],
] as const

for (const [before, failures, lockMinutes, why] of TABLE)
  test(`Wrong passwords: ${why}`, () => assert.deepEqual(afterFailure(before, policy), { failures, lockMinutes }))
