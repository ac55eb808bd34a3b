import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '../../../../kernel/clock.ts'
import type { BookingState } from '../../booking.ts'
import { mayCheckIn } from './may-check-in.ts'
import { maskedName } from './masked-name.ts'

const at = (time: string) => instant(`2026-11-23T${time}:00+08:00`)

// state | stopped | today | by telephone | now | refusal | the sentence of the rule; the slot is at 09:00, telephones from 60 minutes before
const TABLE: [BookingState, boolean, boolean, boolean, string, string | null, string][] = [
  ['confirmed', false, true, true, '08:00', null, 'an hour before the visit the telephone may'],
  ['confirmed', false, true, true, '07:59', 'booking.check-in-too-early', 'a minute earlier it may not'],
  ['confirmed', false, true, false, '06:00', null, 'the desk sees the person and may at any time of the day'],
  ['confirmed', false, true, true, '16:00', null, 'late is not too late: the place in the queue says so'],
  ['confirmed', false, false, false, '08:30', 'booking.visit-not-today', 'another day’s booking waits for its day'],
  ['confirmed', true, true, false, '08:30', 'booking.clinic-stopped', 'a stopped clinic has no queue'],
  ['checked-in', false, true, true, '08:30', null, 'whose number ended may take a new one'],
  ['held', false, true, true, '08:30', 'booking.state-otherwise', 'a hold is confirmed first'],
  ['cancelled', false, true, false, '08:30', 'booking.state-otherwise', 'a cancelled booking is gone'],
  ['attended', false, true, false, '08:30', 'booking.state-otherwise', 'and a visit is made once'],
] // prettier-ignore

for (const [state, stopped, isToday, isSelf, now, wanted, why] of TABLE)
  test(`Checking in: ${why}`, () => {
    const pool = { startsAt: at('09:00'), stoppedAt: stopped ? at('07:00') : null }
    const found = mayCheckIn({ state }, pool, { isToday, isSelf, now: at(now), earlyMinutes: 60 })
    assert.equal(found.ok ? null : found.refusals[0]?.code, wanted)
  })

test('A name in a waiting room is its first character and a star', () => {
  assert.equal(maskedName('张建国'), '张*')
  assert.equal(maskedName('欧阳静'), '欧*')
  assert.equal(maskedName('𠮷田'), '𠮷*', 'a rare character is not cut in half')
  assert.equal(maskedName('  '), null)
  assert.equal(maskedName(null), null)
})
