import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placed, ringsFor } from './places-on-map.ts'

const home = { longitude: 112.9, latitude: 27.8 }
const at = (id: string, east: number, north: number, km: number) => ({
  id,
  km,
  at: { longitude: home.longitude + east, latitude: home.latitude + north },
})

test('rings hold every distance and read well', () => {
  assert.deepEqual(
    ringsFor([3, 17]).map(({ km }) => km),
    [5, 10, 20],
  )
  assert.deepEqual(
    ringsFor([20]).map(({ km }) => km),
    [5, 10, 20],
    'on the ring is inside',
  )
  assert.deepEqual(
    ringsFor([0.4]).map(({ km }) => km),
    [1],
  )
  assert.equal(ringsFor([3, 17]).at(-1)?.share, 1)
})

test('north is up, east is right, nearer is nearer, numbers are those of the list', () => {
  const [north, east] = placed(home, [at('n', 0, 0.1, 5), at('e', 0.1, 0, 20)], 20, 100)
  assert.deepEqual(north, { id: 'n', number: 1, x: 0, y: -50 })
  assert.deepEqual(east, { id: 'e', number: 2, x: 100, y: 0 })
})

test('places in one town do not hide each other, and one without a position is left to the list', () => {
  const marks = placed(home, [at('a', 0, 0.1, 5), at('b', 0, 0.1, 5), { id: 'c', km: null, at: null }], 20, 100)
  assert.deepEqual(
    marks.map(({ id }) => id),
    ['a', 'b'],
  )
  const [a, b] = marks
  assert.ok(a && b && Math.hypot(a.x - b.x, a.y - b.y) >= 20)
})
