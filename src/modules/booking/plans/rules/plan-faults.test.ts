import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../../kernel/day.ts'
import { planFaults } from './plan-faults.ts'

const bounds = { minutesLeast: 5, minutesMost: 60, daysMost: 60 }
const sound = {
  minutes: 30,
  daysAhead: 14,
  validFrom: '2026-11-23' as Day,
  validUntil: null as Day | null,
  sessions: [{ weekday: 1, from: 480, to: 690, capacity: 2 }],
}
const session = (from: number, to: number, weekday = 1) => ({ weekday, from, to, capacity: 2 })

// what differs from a sound plan | codes with their fields | the sentence
const FAULTS: [Partial<typeof sound>, string[], string][] = [
  [{}, [], 'sound'],
  [{ minutes: 60, sessions: [session(480, 540)] }, [], 'S2: exactly an hour'],
  [{ minutes: 61, sessions: [session(480, 541)] }, ['booking.slot-length minutes'], 'longer than an hour'],
  [{ minutes: 5, sessions: [session(480, 485)] }, [], 'the least'],
  [{ minutes: 4, sessions: [session(480, 484)] }, ['booking.slot-length minutes'], 'shorter than the least'],
  [{ daysAhead: 60 }, [], 'as far ahead as may be'],
  [{ daysAhead: 61 }, ['booking.publish-too-far daysAhead'], 'too far ahead'],
  [{ validUntil: '2026-11-24' as Day }, [], 'a single day'],
  [{ validUntil: '2026-11-23' as Day }, ['booking.plan-ends-early validUntil'], 'ends on the day on which it begins'],
  [{ sessions: [session(480, 480)] }, ['booking.session-ends-early sessions.0'], 'a session of no length'],
  [{ sessions: [session(480, 500)] }, ['booking.session-not-whole-slots sessions.0'], 'no whole slot fits'],
  [{ sessions: [session(480, 525)] }, ['booking.session-not-whole-slots sessions.0'], 'a slot and a half'],
  [{ sessions: [session(480, 540), session(540, 600)] }, [], 'one session begins as the other ends'],
  [{ sessions: [session(480, 540), session(510, 570)] }, ['booking.sessions-overlap sessions.1'], 'they overlap'],
  [{ sessions: [session(480, 540), session(480, 540, 2)] }, [], 'the same times on another weekday'],
  [{ minutes: 0.5, daysAhead: 99, sessions: [] }, ['booking.slot-length minutes', 'booking.publish-too-far daysAhead'], 'every fault at once'],
] // prettier-ignore

for (const [more, faults, says] of FAULTS)
  test(says, () =>
    assert.deepEqual(
      planFaults({ ...sound, ...more }, bounds).map(({ code, field }) => `${code} ${field}`),
      faults,
    ),
  )
