import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Gap } from '../occupancy.ts'
import { hear, type Window } from './hear.ts'

const START: Window = { highest: 0, gaps: [] }
const after = (numbers: readonly number[]): Window => numbers.reduce((window, seq) => hear(window, seq).window, START)

// heard before | number | what became of it | gaps afterwards | the sentence of the rule
const TABLE: [number[], number, string, Gap[], string][] = [
  [[], 1, 'new', [], 'a feed begins at one'],
  [[], 3, 'new', [{ from: 1, to: 2 }], 'what it skips is a gap, also at the beginning'],
  [[1, 2], 2, 'duplicate', [], 'a number heard before is a duplicate'],
  [[1, 5], 3, 'filled', [{ from: 2, to: 2 }, { from: 4, to: 4 }], 'one inside a gap splits it'],
  [[1, 5], 2, 'filled', [{ from: 3, to: 4 }], 'one at its beginning shortens it'],
  [[1, 5], 4, 'filled', [{ from: 2, to: 3 }], 'as one at its end does'],
  [[1, 3], 2, 'filled', [], 'and the last one closes it'],
  [[1, 3, 2], 2, 'duplicate', [], 'what has filled a gap is a duplicate the second time'],
] // prettier-ignore

for (const [before, seq, heard, gaps, why] of TABLE)
  test(`Hearing a number: ${why}`, () => {
    const found = hear(after(before), seq)
    assert.deepEqual([found.heard, found.window.gaps], [heard, gaps])
  })

test('Whatever comes, in whatever order and however often: the gaps are exactly the numbers not heard, and each is new once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 120 }), (numbers) => {
      let window = START
      const first = new Set<number>()
      for (const seq of numbers) {
        const found = hear(window, seq)
        assert.equal(found.heard === 'duplicate', first.has(seq))
        first.add(seq)
        window = found.window
      }
      const missing = Array.from({ length: window.highest }, (_, at) => at + 1).filter((seq) => !first.has(seq))
      assert.deepEqual(
        window.gaps
          .flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at))
          .toSorted((a, b) => a - b),
        missing,
      )
    }),
    { numRuns: 500 },
  )
})
