import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { lackingOf, lateYears } from './take-up.ts'

describe('what the books lack of settled spend', () => {
  const sum = (month: number, institution: string | null, fen: number) => ({ month, institution, fen })
  const table: readonly (readonly [what: string, spent: ReturnType<typeof sum>[], booked: ReturnType<typeof sum>[], lacking: ReturnType<typeof sum>[]])[] = [
    ['nothing was booked yet', [sum(1, '7', 50), sum(1, null, 20)], [], [sum(1, null, 20), sum(1, '7', 50)]],
    ['the books agree', [sum(1, '7', 50)], [sum(1, '7', 50)], []],
    ['more was settled since', [sum(1, '7', 80)], [sum(1, '7', 50)], [sum(1, '7', 30)]],
    ['a bill was reversed since', [sum(1, '7', 10)], [sum(1, '7', 50)], [sum(1, '7', -40)]],
    ['all of a month was reversed', [], [sum(2, null, 50)], [sum(2, null, -50)]],
    ['months and places stand for themselves', [sum(1, '7', 5), sum(2, '7', 5)], [sum(1, '8', 5)], [sum(1, '7', 5), sum(1, '8', -5), sum(2, '7', 5)]],
  ] // prettier-ignore
  for (const [what, spent, booked, lacking] of table) test(what, () => assert.deepEqual(lackingOf(spent, booked), lacking))
})

// years with a budget | the open one | whose late bills it takes up | why
for (const [years, open, expected, why] of [
  [
    [
      [2023, true],
      [2024, true],
      [2025, false],
    ],
    2025,
    [2024, 2023],
    'all closed years before it',
  ],
  [
    [
      [2023, true],
      [2024, false],
      [2025, false],
    ],
    2025,
    [],
    'the open year before takes them',
  ],
  [
    [
      [2022, true],
      [2023, false],
      [2024, true],
      [2025, false],
    ],
    2025,
    [2024],
    'back to the open one',
  ],
  [
    [
      [2022, true],
      [2025, false],
    ],
    2025,
    [2022],
    'a year without a budget takes nothing',
  ],
  [
    [
      [2025, false],
      [2026, true],
    ],
    2025,
    [],
    'never of a later year',
  ],
] as const)
  test(`late bills: ${why}`, () =>
    assert.deepEqual(
      lateYears(
        years.map(([year, isClosed]) => ({ year, isClosed })),
        open,
      ),
      expected,
    ))
