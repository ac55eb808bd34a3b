import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countOf, countsBy, type CountedDecisions } from './measures.ts'

const row = (of: Partial<CountedDecisions>): CountedDecisions => ({
  org: '1',
  month: '2026-10',
  item: 'CT',
  decision: 'accepted',
  reason: null,
  count: 1,
  savedFen: 0,
  ...of,
})

// why | rows | rate in basis points, saved fen
const CASES: readonly (readonly [string, readonly CountedDecisions[], number | null, number])[] = [
  ['nothing decided: no rate', [], null, 0],
  ['orders without a match do not count', [row({ decision: 'ordered', count: 9 })], null, 0],
  ['all accepted', [row({ count: 3, savedFen: 60_000 })], 10_000, 60_000],
  ['all repeated', [row({ decision: 'repeated', reason: 'emergency', count: 3 })], 0, 0],
  ['two of three, half up', [row({ count: 2, savedFen: 40_000 }), row({ decision: 'repeated', reason: 'other' })], 6_667, 40_000],
  ['one of three', [row({}), row({ decision: 'repeated', reason: 'other', count: 2 })], 3_333, 0],
  [
    'and orders beside them change nothing',
    [row({}), row({ decision: 'repeated', reason: 'other' }), row({ decision: 'ordered', count: 100 })],
    5_000,
    0,
  ],
]
for (const [why, rows, rate, saved] of CASES)
  test(why, () => {
    const count = countOf(rows)
    assert.deepEqual([count.rate, count.savedFen], [rate, saved])
  })

test('by month, in their order', () => {
  const rows = [row({ month: '2026-11' }), row({ month: '2026-10', decision: 'repeated', reason: 'emergency' })]
  assert.deepEqual(
    countsBy(rows, ({ month }) => month).map(({ key, rate }) => [key, rate]),
    [
      ['2026-10', 0],
      ['2026-11', 10_000],
    ],
  )
})
