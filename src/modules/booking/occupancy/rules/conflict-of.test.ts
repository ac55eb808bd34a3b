import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OwnPlaces } from '../occupancy.ts'
import { conflictOf, isWorse } from './conflict-of.ts'

// the hospital: free, capacity | we: sold, free, capacity | conflict | by | the sentence of the rule
const TABLE: [number, number, number, number, number, string | null, number, string][] = [
  [3, 10, 7, 3, 10, null, 0, 'both sides agree'],
  [1, 10, 7, 3, 10, null, 0, 'the hospital has admitted two whom we do not know of: no conflict'],
  [0, 6, 7, 3, 10, 'fewer-than-sold', 1, 'fewer places than we have sold'],
  [0, 7, 7, 3, 10, 'full-where-free', 3, 'as many as we have sold, but none free while we still sell three'],
  [0, 10, 7, 3, 10, 'full-where-free', 3, 'none free there, three free here'],
  [2, 10, 10, 0, 10, 'free-where-full', 2, 'two free there where we are full'],
  [0, 10, 10, 0, 10, null, 0, 'full on both sides'],
  [2, 5, 10, 0, 10, 'fewer-than-sold', 5, 'the worst of two conflicts is the one reported'],
]

for (const [free, capacity, sold, ownFree, ownCapacity, what, units, why] of TABLE)
  test(`Feed and units sold: ${why}`, () => {
    const own = { sold, free: ownFree, capacity: ownCapacity } as OwnPlaces
    assert.deepEqual(conflictOf({ free, capacity }, own), what === null ? null : { what, units })
  })

test('What was acknowledged comes back only when it is another conflict or has grown', () => {
  const known = { what: 'fewer-than-sold', units: 2 } as const
  assert.equal(isWorse({ what: 'fewer-than-sold', units: 2 }, known), false)
  assert.equal(isWorse({ what: 'fewer-than-sold', units: 1 }, known), false)
  assert.equal(isWorse({ what: 'fewer-than-sold', units: 3 }, known), true)
  assert.equal(isWorse({ what: 'full-where-free', units: 1 }, known), true)
})
