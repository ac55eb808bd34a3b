import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { splitCapacity } from './split-capacity.ts'

// capacity | reserved share | emergency share | reserved | emergency | the sentence of the rule
const TABLE: [number, number, number, number, number, string][] = [
  [5, 2000, 0, 1, 0, 'a fifth of five is one'],
  [4, 2000, 0, 1, 0, 'a fifth of four is rounded up: never below the law'],
  [6, 2000, 0, 2, 0, 'and just above five it is two'],
  [3, 3334, 0, 2, 0, 'a third, written 3334 so that it is not below the law, of three is two'],
  [4, 2500, 500, 1, 0, 'the emergency share is rounded down: a small pool is not kept empty'],
  [19, 0, 500, 0, 0, 'one in twenty: nineteen have none'],
  [20, 0, 500, 0, 1, 'twenty have one'],
  [10, 9000, 2000, 9, 1, 'shares above the whole: the law comes first, the emergency share takes what is left'],
  [10, 10_000, 2000, 10, 0, 'and nothing when nothing is left'],
]

for (const [capacity, reserved, emergency, kept, forEmergency, why] of TABLE)
  test(`Splitting a capacity: ${why}`, () =>
    assert.deepEqual(splitCapacity(capacity, { reserved, emergency }), { reserved: kept, emergency: forEmergency }))

test('Slots of one unit, split over the day: one in five is reserved, the first of them first', () => {
  const day = Array.from({ length: 10 }, (_, before) => splitCapacity(1, { reserved: 2000, emergency: 0 }, before).reserved)
  assert.deepEqual(day, [1, 0, 0, 0, 0, 1, 0, 0, 0, 0])
})

test('However a day is cut into slots, its reserve is what the law asks of the day, no unit more and at no time less', () => {
  const share = fc.integer({ min: 0, max: 10_000 })
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }),
      share,
      share,
      (slots, reserved, emergency) => {
        let before = 0
        let kept = 0
        for (const capacity of slots) {
          const split = splitCapacity(capacity, { reserved, emergency }, before)
          assert.ok(split.reserved >= 0 && split.emergency >= 0 && split.reserved + split.emergency <= capacity)
          before += capacity
          kept += split.reserved
          assert.ok(kept * 10_000 >= before * reserved, 'never below the law')
          assert.ok((kept - 1) * 10_000 < before * reserved, 'and not a whole unit above it')
        }
      },
    ),
  )
})
