import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockFigures, instantOfLocal, localOf, timeOfDay } from './clock-times.ts'

test('A running clock counts minutes and seconds, and hours when there are some', () => {
  assert.deepEqual([-5000, 0, 59_999, 60_000, 3_599_000, 3_600_000, 37_329_000].map(clockFigures), [
    '0:00',
    '0:00',
    '0:59',
    '1:00',
    '59:59',
    '1:00:00',
    '10:22:09',
  ])
})

test('Times are Beijing times both ways, whatever the device thinks', () => {
  assert.equal(timeOfDay('2026-03-01T16:05:00Z'), '00:05')
  assert.equal(localOf(Date.parse('2026-03-01T16:05:00Z')), '2026-03-02T00:05')
  assert.equal(instantOfLocal('2026-03-02T00:05'), '2026-03-01T16:05:00.000Z')
  assert.equal(instantOfLocal('2026-03-02T'), null)
  assert.equal(instantOfLocal(''), null)
})
