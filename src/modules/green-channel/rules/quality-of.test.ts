import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant, plusMinutes } from '../../../kernel/clock.ts'
import type { Outcome } from '../green-channel.ts'
import { countWithin, median, qualityOf, type CountedCase } from './quality-of.ts'

const CONTACT = instant('2026-03-02T08:00:00Z')

/** A chest pain whose first ECG came after so many minutes; null when it was never written down. */
const ecgAfter = (minutes: number | null, outcome: Outcome = 'reperfused'): CountedCase => ({
  outcome,
  onward: null,
  choice: { treatment: 'ppci', travelMinutes: 0, isOwnWish: false, why: { zh: '', en: '' }, considered: [] },
  times: { 'first-contact': CONTACT, ...(minutes === null ? {} : { 'ecg-first': plusMinutes(CONTACT, minutes) }) },
})
const ecgQuality = (cases: readonly CountedCase[]) =>
  qualityOf(
    'chest-pain',
    cases,
    () => 10,
    ({ measures }) => (measures.includes('reach') ? 7_500 : null),
  ).find(({ target }) => target.key === 'contact-to-ecg')

// minutes of each case         | measured missing median mean  reach   mean kept, reach kept
const ROWS: readonly [
  readonly (number | null)[],
  number,
  number,
  number | null,
  number | null,
  number | null,
  boolean | null,
  boolean | null,
  string,
][] = [
  [[], 0, 0, null, null, null, null, null, 'no case, nothing claimed'],
  [[8, 9, 10, 40], 4, 0, 9.5, 16.75, 7_500, false, true, 'the share is kept, the mean is not'],
  [[8, 8, 11, 12], 4, 0, 9.5, 9.75, 5_000, true, false, 'the mean is kept, the share is not'],
  [[8, 9, null], 2, 1, 8.5, 8.5, 6_667, true, false, 'a missing stamp is no success'],
  [[null], 0, 1, null, null, 0, null, false, 'one case without a stamp'],
]

test('Medians, means and shares in time, with missing moments counted', () => {
  for (const [minutes, measured, missing, middle, mean, reach, meanIsKept, reachIsKept, why] of ROWS) {
    const found = ecgQuality(minutes.map((one) => ecgAfter(one)))
    assert.deepEqual(
      [found?.measured, found?.missing, found?.median, found?.mean, found?.reach, found?.meanIsKept, found?.reachIsKept],
      [measured, missing, middle, mean, reach, meanIsKept, reachIsKept],
      why,
    )
  }
})

test('What turned out to be something else is not counted; what nobody ended is', () => {
  assert.equal(ecgQuality([ecgAfter(5), ecgAfter(50, 'not-confirmed')])?.asked, 1)
  assert.equal(ecgQuality([ecgAfter(5), ecgAfter(null, 'never-ended')])?.missing, 1)
})

test('A treatment that was not planned is asked of nobody, and counted where it was given', () => {
  const needle = (cases: readonly CountedCase[]) =>
    qualityOf(
      'chest-pain',
      cases,
      () => 30,
      () => null,
    ).find(({ target }) => target.key === 'door-to-needle')
  const given: CountedCase = { ...ecgAfter(5), times: { 'door-in': CONTACT, needle: plusMinutes(CONTACT, 20) } }
  assert.equal(needle([ecgAfter(5)])?.asked, 0)
  assert.deepEqual([needle([given])?.asked, needle([given])?.within], [1, 1])
})

test('The middle of an even list is the mean of the two in the middle', () => {
  assert.deepEqual([median([]), median([3]), median([9, 1]), median([5, 1, 9])], [null, 3, 5, 5])
})

test('Goals beyond the target are counted by their own minutes, the last minute included', () => {
  const [ecg] = qualityOf(
    'chest-pain',
    [],
    () => 10,
    () => null,
  )
  assert.ok(ecg)
  const cases = [ecgAfter(4), ecgAfter(5), ecgAfter(6), ecgAfter(null), ecgAfter(3, 'not-confirmed')]
  assert.deepEqual(
    [4, 5, 6].map((minutes) => countWithin(cases, ecg.target, minutes)),
    [1, 2, 3],
  )
})
