import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plusMinutes, type Instant } from '../../../../kernel/clock.ts'
import type { Standing } from '../visit-day.ts'
import { expectedWait, serviceMinutes } from './expected-wait.ts'

const NINE = '2026-11-23T01:00:00.000Z' as Instant
const USUAL = { short: 5, typical: 8, long: 12 }
const took = (minutes: number, more: Partial<Standing> = {}) =>
  ({ state: 'served', calledAt: NINE, inAt: plusMinutes(NINE, 1), endedAt: plusMinutes(NINE, 1 + minutes), ...more }) as Standing

// people before one | minutes of a visit | the wait | the sentence of the rule
const TABLE: [number, typeof USUAL, ReturnType<typeof expectedWait>, string][] = [
  [0, USUAL, { minutes: 0, from: 0, to: 0 }, 'nobody is before one: now'],
  [1, USUAL, { minutes: 8, from: 5, to: 12 }, 'one person, one visit'],
  [3, { short: 4.1, typical: 6.4, long: 9 }, { minutes: 20, from: 13, to: 27 }, 'parts of a minute are rounded up, not lost'],
]
for (const [people, minutes, wanted, why] of TABLE)
  test(`Expected wait: ${why}`, () => assert.deepEqual(expectedWait(people, minutes), wanted))

test('Minutes of a visit: the usual until enough were served, then the day’s own median and quartiles', () => {
  const four = [4, 6, 10, 20].map((minutes) => took(minutes))
  assert.deepEqual(serviceMinutes(four, USUAL, 5), USUAL, 'four are too few')
  assert.deepEqual(serviceMinutes([...four, took(5)], USUAL, 5), { short: 5, typical: 6, long: 10 })
  assert.deepEqual(
    serviceMinutes([...four, took(5), took(500, { state: 'left' }), took(500, { state: 'in', endedAt: null })], USUAL, 5),
    { short: 5, typical: 6, long: 10 },
    'who left or is still inside says nothing of how long a visit takes',
  )
  assert.equal(
    serviceMinutes([took(9, { inAt: null })], USUAL, 1).typical,
    10,
    'whose coming in was not recorded counts from the call',
  )
})
