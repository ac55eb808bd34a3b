import assert from 'node:assert/strict'
import { test } from 'node:test'
import { roles } from '../api/api-types.ts'
import { deskOf, isInside } from './desk-of-role.ts'

test('every role has a place to go after signing in', () => {
  assert.deepEqual(
    roles.map((role) => [role, deskOf(role)]).filter(([, desk]) => desk !== '/overview'),
    [
      ['resident', '/me'],
      ['village-doctor', '/village'],
      ['family-doctor', '/village'],
      ['referral-desk', '/desk'],
      ['ward', '/desk'],
      ['pharmacist', '/pharmacy'],
    ],
  )
})

test('a desk ends at its own name', () => {
  assert.equal(isInside('/village', '/village'), true)
  assert.equal(isInside('/village', '/village/today'), true)
  assert.equal(isInside('/village', '/villages'), false)
  assert.equal(isInside('/me', '/'), false)
})
