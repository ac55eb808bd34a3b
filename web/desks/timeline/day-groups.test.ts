import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayGroups, type Entry } from './day-groups.ts'

const entry = (id: string, kind: Entry['kind'], at: string | null): Entry => ({
  id,
  kind,
  at: at as Entry['at'],
  until: null,
  words: { zh: id, en: id },
  status: null,
  detail: null,
  values: [],
  institution: null,
})

test('Lines stand by the day of the region; results of one day are one line; what has no day comes by itself', () => {
  const groups = dayGroups([
    entry('a', 'result', '2026-11-21T17:00:00Z'),
    entry('b', 'encounter', '2026-11-21T16:30:00Z'),
    entry('c', 'result', '2026-11-21T16:00:00Z'),
    entry('d', 'result', '2026-11-21T15:59:00Z'),
    entry('e', 'allergy', null),
  ])
  assert.deepEqual(
    groups.map(({ day, lines }) => [day, lines.map((line) => ('entry' in line ? line.key : line.results.map(({ id }) => id)))]),
    [
      ['2026-11-22', [['a', 'c'], 'b']],
      ['2026-11-21', [['d']]],
      [null, ['e']],
    ],
  )
})
