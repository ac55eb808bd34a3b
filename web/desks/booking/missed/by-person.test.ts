import assert from 'node:assert/strict'
import test from 'node:test'
import { byPerson, type MissedVisit } from './by-person.ts'

const visit = (person: string, missedAt: string, more: Partial<Record<keyof MissedVisit, unknown>> = {}): MissedVisit =>
  ({ person, missedAt, forgivenAt: null, suspendedUntil: null, name: { zh: person, en: null }, ...more }) as MissedVisit

test('visits stand under their person: who is suspended first, what was lifted not counted', () => {
  const until = '2027-01-01T00:00:00.000Z'
  const found = byPerson([
    visit('甲', '2026-11-20', { forgivenAt: '2026-11-21' }),
    visit('乙', '2026-11-19', { suspendedUntil: until }),
    visit('甲', '2026-11-18'),
    visit('乙', '2026-11-01', { suspendedUntil: until }),
  ])
  assert.deepEqual(
    found.map(({ person, counted, visits, suspendedUntil }) => [person, counted, visits.length, suspendedUntil]),
    [
      ['乙', 2, 2, until],
      ['甲', 1, 2, null],
    ],
  )
})
