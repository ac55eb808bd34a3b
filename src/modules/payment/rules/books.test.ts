import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differencesOf, type CashRow, type Difference } from './books.ts'

const row = (about: string, fen: number): CashRow => ({ about, fen })

test('two books of a day are compared order by order', () => {
  const rows: readonly (readonly [why: string, ours: CashRow[], theirs: CashRow[], found: Difference[]])[] = [
    ['nothing on either side agrees', [], [], []],
    ['the same orders agree in whatever order they stand', [row('a', 1), row('b', 2)], [row('b', 2), row('a', 1)], []],
    ['what only we have', [row('a', 1)], [], [{ about: 'a', kind: 'only-here', ours: 1, theirs: null }]],
    ['what only they have', [], [row('a', 1)], [{ about: 'a', kind: 'only-there', ours: null, theirs: 1 }]],
    ['one fen apart', [row('a', 100)], [row('a', 99)], [{ about: 'a', kind: 'other-amounts', ours: 100, theirs: 99 }]],
    [
      'a refund is a row of its own: it does not make up for the order',
      [row('a', 100), row('a refund', -100)],
      [],
      [
        { about: 'a', kind: 'only-here', ours: 100, theirs: null },
        { about: 'a refund', kind: 'only-here', ours: -100, theirs: null },
      ],
    ],
    [
      'a refund of another sum',
      [row('a refund', -100)],
      [row('a refund', 100)],
      [{ about: 'a refund', kind: 'other-amounts', ours: -100, theirs: 100 }],
    ],
    [
      'ours first, then theirs',
      [row('a', 1)],
      [row('b', 1)],
      [
        { about: 'a', kind: 'only-here', ours: 1, theirs: null },
        { about: 'b', kind: 'only-there', ours: null, theirs: 1 },
      ],
    ],
  ]
  for (const [why, ours, theirs, found] of rows) assert.deepEqual(differencesOf(ours, theirs), found, why)
})

test('seen from the other side, only here and only there change places', () => {
  const [ours, theirs] = [
    [row('a', 1), row('b', 2)],
    [row('b', 3), row('c', 4)],
  ]
  const turned = differencesOf(theirs, ours).map(({ kind, ...one }) => [one.about, kind])
  assert.deepEqual(turned, [
    ['b', 'other-amounts'],
    ['c', 'only-here'],
    ['a', 'only-there'],
  ])
})
