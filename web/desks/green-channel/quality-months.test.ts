import assert from 'node:assert/strict'
import test from 'node:test'
import { monthsUntil, percentOf, roundedMinutes } from './quality-months.ts'

test('months go back over the turn of the year, by the days of Beijing', () => {
  assert.deepEqual(monthsUntil(Date.parse('2026-02-10T00:00:00Z'), 3), ['2026-02', '2026-01', '2025-12'])
  assert.deepEqual(monthsUntil(Date.parse('2025-12-31T15:59:59Z'), 1), ['2025-12'], 'the last second of December in Beijing')
  assert.deepEqual(monthsUntil(Date.parse('2025-12-31T16:00:00Z'), 1), ['2026-01'], 'January has begun in Beijing')
})

test('minutes and shares are rounded to one digit and lose an empty one', () => {
  assert.deepEqual([roundedMinutes(29.96), roundedMinutes(12.34)], [30, 12.3])
  assert.deepEqual([percentOf(10_000), percentOf(6_667), percentOf(0)], ['100', '66.7', '0'])
})
