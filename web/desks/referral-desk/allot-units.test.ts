import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allotUnits } from './allot-units.ts'

const one = (id: string, change: object = {}) => ({ id, specialty: '0304', direction: 'up', appointmentAt: null, ...change })
const slot = (pool: string, startsAt: string, free: number, reservedFree = 0) => ({
  org: '1',
  pool,
  startsAt,
  free,
  reservedFree,
})

test('a held unit is kept, the next free ones go to the others in order, and nobody gets a unit twice', () => {
  const cases = [
    one('a', { appointmentAt: '2026-11-24T01:00:00Z' }),
    one('b'),
    one('c'),
    one('d'),
    one('e', { specialty: '0303' }),
  ]
  const slots = new Map([['0304', [slot('late', '2026-11-25T01:00:00Z', 1), slot('early', '2026-11-24T01:00:00Z', 0, 1)]]])
  const { held, next, none } = allotUnits(cases, slots)
  assert.deepEqual(held, ['a'])
  assert.deepEqual(
    [...next].map(([id, unit]) => [id, unit.pool]),
    [
      ['b', 'early'],
      ['c', 'late'],
    ],
  )
  assert.deepEqual(none, ['d', 'e'])
})

test('who comes back to primary care needs no unit', () => {
  const { home, next } = allotUnits(
    [one('a', { direction: 'down' })],
    new Map([['0304', [slot('x', '2026-11-24T01:00:00Z', 5)]]]),
  )
  assert.deepEqual([home, next.size], [['a'], 0])
})
