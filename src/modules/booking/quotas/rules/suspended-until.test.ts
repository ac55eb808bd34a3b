import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plusHours, type Instant } from '../../../../kernel/clock.ts'
import { suspendedUntil } from './suspended-until.ts'

const START = '2026-01-01T01:00:00.000Z' as Instant
const day = (days: number): Instant => plusHours(START, days * 24)
const RULE = { most: 3, windowDays: 180, suspendDays: 90 }

// days on which a visit was missed | suspended until the day | the sentence of the rule
const TABLE: [number[], number | null, string][] = [
  [[], null, 'who never missed a visit is not suspended'],
  [[0, 1], null, 'nor after two'],
  [[0, 1, 2], 92, 'the third within the window suspends for ninety days from it'],
  [[0, 100, 180], 270, 'the window includes its last day'],
  [[0, 100, 181], null, 'and not the day after'],
  [[0, 1, 2, 50], 140, 'a fourth within the window begins anew'],
  [[0, 1, 2, 300], 92, 'one long after changes nothing'],
  [[2, 0, 1], 92, 'in whatever order they were recorded'],
  [[0, 1, 2, 300, 310, 320], 410, 'the last time that it came to three counts'],
]

for (const [missed, until, why] of TABLE)
  test(`Standing: ${why}`, () => assert.equal(suspendedUntil(missed.map(day), RULE), until === null ? null : day(until)))
