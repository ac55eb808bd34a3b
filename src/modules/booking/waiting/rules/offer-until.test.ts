import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../../../../kernel/clock.ts'
import { offerUntil } from './offer-until.ts'

const time = { mostMinutes: 720, leastMinutes: 20, beforeVisitMinutes: 60, share: 2_500 }
const at = (text: string): Instant => `2026-11-${text}:00.000Z` as Instant

const cases: readonly [why: string, now: string, visit: string, until: string | null][] = [
  ['far away: the longest time', '01T00:00', '20T00:00', '01T12:00'],
  ['two days before: just the longest', '01T00:00', '03T00:00', '01T12:00'],
  ['a little nearer: a quarter of what is left', '01T00:00', '02T23:56', '01T11:59'],
  ['twelve hours before: three', '01T00:00', '01T12:00', '01T03:00'],
  ['so near that a quarter would be too short: the least', '01T00:00', '01T01:20', '01T00:20'],
  ['one minute nearer: nobody can be asked any more', '01T00:00', '01T01:19', null],
  ['the visit has begun', '01T00:00', '01T00:00', null],
]

test('An offer stands the shorter the nearer the visit, never less than the least, and ends before it', () => {
  for (const [why, now, visit, until] of cases) assert.equal(offerUntil(at(now), at(visit), time), until && at(until), why)
})
