import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../../kernel/day.ts'
import type { OrgId } from '../../../../kernel/id.ts'
import type { CalendarId, ExceptionId, PlanException, PlanId } from '../plans.ts'
import { minutesOf, sessionsOn, slotsBetween, slotsOn, timeOf } from './plan-slots.ts'

const ZONE = 'Asia/Shanghai'
const OWN = 'plan' as PlanId
const org = '1' as OrgId
const own = { calendarOrg: org, calendar: 'own' as CalendarId }

// Mondays in the morning, Saturdays in the afternoon.
const plan = {
  id: OWN,
  validFrom: '2026-01-01' as Day,
  validUntil: '2026-12-01' as Day,
  makeUpWeekday: null as number | null,
  worksOnHolidays: false,
  minutes: 30,
  ...own,
  sessions: [
    { weekday: 1, from: 480, to: 570, capacity: 2 },
    { weekday: 6, from: 840, to: 900, capacity: 1 },
  ],
}

const exception = (kind: PlanException['kind'], day: string, more: Partial<PlanException> = {}): PlanException => ({
  org,
  id: 'e' as ExceptionId,
  plan: OWN,
  day: day as Day,
  kind,
  from: null,
  to: null,
  capacity: null,
  asWeekday: null,
  calendarOrg: null,
  calendar: null,
  reason: '演示',
  ...more,
})
const extra = { from: 960, to: 1_020, capacity: 3 }
const ofHospital = { plan: null }

// day, plan, exceptions | starts of sessions, why | the rule
const DAYS: [string, Partial<typeof plan>, PlanException[], number[], string, string][] = [
  ['2026-11-23', {}, [], [480], 'week', 'an ordinary Monday'],
  ['2026-11-24', {}, [], [], 'week', 'a day without sessions'],
  ['2025-12-29', {}, [], [], 'not-valid', 'the Monday before it begins'],
  ['2026-11-30', {}, [], [480], 'week', 'its last day'],
  ['2026-12-01', {}, [], [], 'not-valid', 'the day on which it no longer holds'],
  ['2026-10-05', {}, [], [], 'holiday', 'a Monday of the National Day holidays'],
  ['2026-10-05', { worksOnHolidays: true }, [], [480], 'week', 'a plan that works on holidays'],
  ['2026-10-05', {}, [exception('worked', '2026-10-05', { asWeekday: 6 })], [840], 'worked', 'an exception goes before the holiday'],
  ['2026-10-10', {}, [], [840], 'make-up', 'a make-up Saturday has its own sessions where the plan names none'],
  ['2026-10-10', { makeUpWeekday: 1 }, [], [480], 'make-up', 'a make-up Saturday is worked as the weekday that the plan names'],
  ['2026-10-10', { makeUpWeekday: 1 }, [exception('closed', '2026-10-10')], [], 'closed', 'and an exception goes before that'],
  ['2026-11-23', {}, [exception('closed', '2026-11-23', ofHospital)], [], 'closed', 'the whole institution is closed'],
  ['2026-11-23', {}, [exception('closed', '2026-11-23', { plan: 'other' as PlanId })], [480], 'week', 'another plan’s exception'],
  ['2026-11-23', {}, [exception('closed', '2026-11-24')], [480], 'week', 'another day’s exception'],
  ['2026-11-23', {}, [exception('closed', '2026-11-23', ofHospital), exception('worked', '2026-11-23', { asWeekday: 6 })], [840], 'worked', 'what is said of the plan goes before what is said of the institution'],
  ['2026-11-24', {}, [exception('extra', '2026-11-24', extra)], [960], 'week', 'an extra session on a free day'],
  ['2026-11-23', {}, [exception('closed', '2026-11-23', ofHospital), exception('extra', '2026-11-23', extra)], [960], 'closed', 'an extra session on a closed day'],
] // prettier-ignore

for (const [day, more, exceptions, starts, why, says] of DAYS)
  test(`${day}: ${says}`, () => {
    const found = sessionsOn({ ...plan, ...more }, day as Day, exceptions)
    assert.deepEqual([found.sessions.map(({ from }) => from), found.why], [starts, why])
  })

test('a session is cut into slots of the plan’s length, in the region’s zone', () => {
  assert.deepEqual(
    slotsOn(plan, '2026-11-23' as Day, [], ZONE).map(({ startsAt, endsAt, capacity }) => [startsAt, endsAt, capacity]),
    [
      ['2026-11-23T00:00:00.000Z', '2026-11-23T00:30:00.000Z', 2],
      ['2026-11-23T00:30:00.000Z', '2026-11-23T01:00:00.000Z', 2],
      ['2026-11-23T01:00:00.000Z', '2026-11-23T01:30:00.000Z', 2],
    ],
  )
})

test('a substitute’s time is taken on that day alone', () => {
  const substitute = { calendarOrg: '2' as OrgId, calendar: 'other' as CalendarId }
  const stands = [exception('substitute', '2026-11-23', substitute)]
  const slots = slotsBetween(plan, ['2026-11-23' as Day, '2026-11-30' as Day], stands, ZONE)
  assert.deepEqual(
    slots.map(({ calendar }) => calendar),
    ['other', 'other', 'other', 'own', 'own', 'own', 'own', 'own'],
    'Monday by the other, Saturday and the next Monday by the own doctor',
  )
})

test('minutes of the day as text and back', () => {
  for (const [text, minutes] of [['00:00', 0], ['08:05', 485], ['23:59', 1_439]] as const) {
    assert.equal(minutesOf(text), minutes)
    assert.equal(timeOf(minutes), text)
  } // prettier-ignore
})
