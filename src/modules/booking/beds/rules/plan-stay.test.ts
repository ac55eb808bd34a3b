import assert from 'node:assert/strict'
import test from 'node:test'
import type { Instant } from '../../../../kernel/clock.ts'
import type { Day } from '../../../../kernel/day.ts'
import type { Channel, Pool } from '../../booking.ts'
import { planStay, type BedDay, type ClassDays, type StayAsked } from './plan-stay.ts'

const NOW = '2026-11-30T10:00:00.000Z' as Instant
const pool = (day: string, more: Partial<Pool> = {}): Pool =>
  ({
    id: `pool ${day}`,
    unitKind: 'bed-day',
    startsAt: `${day}T00:00:00.000Z`,
    endsAt: `${day}T23:59:59.000Z`,
    releaseAt: '2026-11-30T12:00:00.000Z',
    capacity: 3,
    reserved: 1,
    usedReserved: 0,
    allotted: 0,
    usedOpen: 0,
    emergency: 0,
    usedEmergency: 0,
    stoppedAt: null,
    ...more,
  }) as Pool
const bedDay = (day: string, more: Partial<Pool> | null = {}, there: Partial<BedDay> = {}): BedDay => ({
  day: day as Day,
  pool: more && pool(day, more),
  rooms: [{ room: '1', beds: 3, men: 0, women: 0 }],
  men: 0,
  women: 0,
  ...there,
})
const full: Partial<Pool> = { usedOpen: 2, usedReserved: 1 }
const [ONE, TWO, THREE] = ['2026-11-30', '2026-12-01', '2026-12-02'] as const
const asked = (channel: Channel = 'referral', more: Partial<StayAsked> = {}): StayAsked => ({
  sex: 'male',
  channel,
  taken: new Set(),
  ahead: 30,
  ...more,
})
const plan = (classes: readonly ClassDays[], by = asked()) => {
  const found = planStay(classes, by, NOW)
  return found.ok
    ? `${found.value.of.sex}: ${found.value.days.map(({ share }) => share).join(' ')}`
    : found.refusals.map(({ code, detail }) => `${code.slice('booking.bed-'.length)} ${detail?.day}`)
}
const own = (...days: readonly BedDay[]): ClassDays => ({ sex: 'male', days })
const any = (...days: readonly BedDay[]): ClassDays => ({ sex: 'any', days })

test('a referral draws the reserve first, day by day over the end of a month', () =>
  assert.equal(plan([own(bedDay(ONE), bedDay(TWO))]), 'male: reserved reserved'))

test('today’s bed may still be drawn though its day has begun; a day that is over may not', () => {
  assert.equal(plan([own(bedDay(ONE))], asked('emergency')), 'male: open')
  assert.deepEqual(plan([own(bedDay('2026-11-29'))]), ['day-over 2026-11-29'])
})

test('all days are of one class: where one’s own is not free on every day, beds for any are asked', () =>
  assert.equal(plan([own(bedDay(ONE), bedDay(TWO, full)), any(bedDay(ONE), bedDay(TWO))]), 'any: reserved reserved'))

test('two halves in two classes are no stay', () =>
  assert.deepEqual(plan([own(bedDay(ONE), bedDay(TWO, full)), any(bedDay(ONE, full), bedDay(TWO))]), ['none-free 2026-12-01']))

test('every day that fails is named, in the class that fails on the fewest', () =>
  assert.deepEqual(
    plan([
      own(bedDay(ONE, full), bedDay(TWO, full), bedDay(THREE, null)),
      any(bedDay(ONE), bedDay(TWO, full), bedDay(THREE, null)),
    ]),
    ['none-free 2026-12-01', 'not-published 2026-12-02'],
  ))

test('a direct stay is told when only the reserve is left', () =>
  assert.deepEqual(plan([own(bedDay(TWO, { usedOpen: 2 }))], asked('direct')), ['only-reserved 2026-12-01']))

test('a free bed in a room of the other sex is of no use, and one beside men is', () => {
  const beside = (men: number, women: number) => [{ room: '1', beds: 3, men, women }]
  assert.deepEqual(plan([any(bedDay(TWO, {}, { rooms: beside(0, 1), women: 1 }))]), ['room-sex 2026-12-01'])
  assert.equal(plan([any(bedDay(TWO, {}, { rooms: beside(1, 0), men: 1 }))]), 'any: reserved')
  assert.deepEqual(
    plan([any(bedDay(TWO, {}, { women: 1 }))]),
    ['room-sex 2026-12-01'],
    'a woman who has no named bed yet needs a room too',
  )
})

test('one who has a bed on a day elsewhere gets no second', () =>
  assert.deepEqual(plan([own(bedDay(ONE), bedDay(TWO))], asked('referral', { taken: new Set([TWO as Day]) })), [
    'person-elsewhere 2026-12-01',
  ]))
