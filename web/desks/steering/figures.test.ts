import assert from 'node:assert/strict'
import test from 'node:test'
import { dayAfter, part, percent, sumOf } from './figures.ts'

test('shares are whole per cent, and what is not none is not said to be none', () => {
  const rows: [number, string][] = [[0, '0%'], [1, '<1%'], [99, '<1%'], [149, '1%'], [6364, '64%'], [10_000, '100%']] // prettier-ignore
  for (const [points, said] of rows) assert.equal(percent(points), said)
  assert.deepEqual([part(1, 3), part(0, 4), part(0, 0)], [3333, 0, null])
})

test('weeks are counted by days over months, years and leap days', () => {
  const rows: [string, number, string][] = [['2026-11-23', -7, '2026-11-16'], ['2026-12-28', 7, '2027-01-04'], ['2028-02-26', 7, '2028-03-04'], ['2026-11-16', 6, '2026-11-22']] // prettier-ignore
  for (const [day, days, expected] of rows) assert.equal(dayAfter(day, days), expected)
})

test('sums of a table', () => {
  const rows = [
    { offered: 3, offeredFirst: 2, chosen: 1 },
    { offered: 4, offeredFirst: 0, chosen: 4 },
  ]
  assert.deepEqual(sumOf(rows), { offered: 7, offeredFirst: 2, chosen: 5 })
  assert.deepEqual(sumOf([]), { offered: 0, offeredFirst: 0, chosen: 0 })
})
