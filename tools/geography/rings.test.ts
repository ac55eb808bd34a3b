import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeRing, ringArea, simplifyRing, type Point, type Ring } from './rings.ts'

test('a packed ring is differences of 1/1024 degree, zigzag coded above 64', () => {
  // '@' is 0, 'A' −1, 'B' +1, 'D' +2; the offset is where the first difference starts.
  assert.deepEqual(decodeRing('@@BD@A', [1024, 2048]), [[1, 2], [1 + 1 / 1024, 2 + 2 / 1024], [1 + 1 / 1024, 2 + 1 / 1024]]) // prettier-ignore
})

const circle = (points: number): Ring => {
  const ring = Array.from({ length: points }, (_, at): Point => {
    const angle = (2 * Math.PI * at) / points
    return [112 + Math.cos(angle), 28 + Math.sin(angle)]
  })
  return [...ring, ring[0] as Point]
}

test('a simplified ring stays closed, keeps its area and has fewer points, never under 16', () => {
  const ring = circle(500)
  const simple = simplifyRing(ring, 1e-3)
  assert.deepEqual(simple.at(-1), simple[0])
  assert.ok(simple.length < 100 && simple.length > 16, String(simple.length))
  assert.ok(Math.abs(ringArea(simple) - ringArea(ring)) < 0.05)
  assert.equal(simplifyRing(ring, 1).length, 17)
})

test('only points that matter less than the threshold go: a ring of corners keeps all of them', () => {
  const ring = circle(24)
  assert.equal(simplifyRing(ring, 1e-9).length, 25)
})
