import assert from 'node:assert/strict'
import test from 'node:test'
import { instant, isInstant, millisecondsBetween, plusHours, type Instant } from './clock.ts'
import { ageOn, dayOf, daysBetween, instantAt, isDay, plusDays, weekdayOf, type Day } from './day.ts'
import { isInForce, overlaps } from './period.ts'
import { quotaOf } from './share.ts'

const day = (text: string): Day => text as Day

test('a day is a real day of the calendar, in ASCII digits, of a year that arithmetic does not leave', () => {
  const rows: readonly [text: string, real: boolean, why: string][] = [
    ['2026-11-22', true, 'today'],
    ['2024-02-29', true, 'a leap day'],
    ['2026-02-29', false, 'no leap year'],
    ['2000-02-29', true, 'every 400 years'],
    ['1900-02-29', false, 'but not every 100'],
    ['2026-13-01', false, 'no such month'],
    ['2026-04-31', false, 'no such day'],
    ['2026-1-01', false, 'two digits each'],
    ['0999-12-31', false, 'just below'],
    ['1000-01-01', true, 'the first'],
    ['9998-12-31', true, 'the last'],
    ['9999-01-01', false, 'just above'],
    ['２０２６-01-01', false, 'full-width digits'],
    ['2026-01-01\n', false, 'a line end'],
    [' 2026-01-01', false, 'a space'],
  ]
  for (const [text, real, why] of rows) assert.equal(isDay(text), real, `${text}: ${why}`)
})

test('an instant has a zone, and stays within the years in UTC', () => {
  const rows: readonly [text: string, real: boolean, why: string][] = [
    ['2026-11-22T08:00:00Z', true, 'UTC'],
    ['2026-11-22T08:00:00+08:00', true, 'an offset'],
    ['2026-11-22T08:00:00', false, 'no zone'],
    ['2026-11-22', false, 'a day'],
    ['2026-11-22T25:00:00Z', false, 'no such hour'],
    ['1000-01-01T00:00:00Z', true, 'the first'],
    ['1000-01-01T00:00:00+00:01', false, 'a minute before it'],
    ['9998-12-31T23:59:59Z', true, 'the last'],
    ['9998-12-31T23:59:59-12:00', false, 'the next year in UTC'],
  ]
  for (const [text, real, why] of rows) assert.equal(isInstant(text), real, `${text}: ${why}`)
  assert.equal(instant('2026-11-22T08:00:00+08:00'), '2026-11-22T00:00:00.000Z')
})

test('days begin and end by the region’s zone', () => {
  assert.equal(dayOf('2026-11-21T15:59:59.999Z' as Instant, 'Asia/Shanghai'), '2026-11-21')
  assert.equal(dayOf('2026-11-21T16:00:00.000Z' as Instant, 'Asia/Shanghai'), '2026-11-22')
  assert.equal(instantAt(day('2026-11-22'), '00:00', 'Asia/Shanghai'), '2026-11-21T16:00:00.000Z')
  assert.equal(dayOf(instantAt(day('1991-04-14'), '03:30', 'Asia/Shanghai'), 'Asia/Shanghai'), '1991-04-14')
})

test('arithmetic of days and instants', () => {
  assert.equal(plusDays(day('2024-02-28'), 1), '2024-02-29')
  assert.equal(plusDays(day('2026-03-01'), -1), '2026-02-28')
  assert.deepEqual(
    [daysBetween(day('2026-01-01'), day('2026-12-31')), daysBetween(day('2026-01-02'), day('2026-01-01'))],
    [364, -1],
  )
  assert.deepEqual([weekdayOf(day('2026-11-22')), weekdayOf(day('2026-11-23'))], [7, 1])
  assert.equal(
    millisecondsBetween('2026-11-22T00:00:00.000Z' as Instant, plusHours('2026-11-22T00:00:00.000Z' as Instant, 0.5)),
    1_800_000,
  )
})

test('age in full years: the birthday counts, and who was born on a leap day has one on 1 March', () => {
  const rows: readonly [born: string, on: string, age: number][] = [
    ['1960-11-22', '2026-11-21', 65],
    ['1960-11-22', '2026-11-22', 66],
    ['2026-11-22', '2026-11-22', 0],
    ['2004-02-29', '2026-02-28', 21],
    ['2004-02-29', '2026-03-01', 22],
  ]
  for (const [born, on, age] of rows) assert.equal(ageOn(day(born), day(on)), age, `${born} on ${on}`)
})

test('a period holds its first day and not its last; two that touch do not overlap', () => {
  const year = { from: day('2026-01-01'), until: day('2027-01-01') }
  assert.deepEqual(
    ['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'].map((text) => isInForce(year, day(text))),
    [false, true, true, false],
  )
  assert.equal(overlaps(year, { from: day('2027-01-01'), until: null }), false)
  assert.equal(overlaps(year, { from: day('2026-12-31'), until: null }), true)
  assert.equal(overlaps({ from: day('2020-01-01'), until: null }, { from: day('2030-01-01'), until: null }), true)
})

test('a quota is rounded up, never below the law, and never above the count', () => {
  const rows: readonly [count: number, share: number, quota: number][] = [
    [10, 2_000, 2],
    [11, 2_000, 3],
    [1, 2_000, 1],
    [0, 2_000, 0],
    [3, 3_334, 2],
    [30, 0, 0],
    [30, 10_000, 30],
  ]
  for (const [count, share, quota] of rows) assert.equal(quotaOf(count, share), quota, `${count} at ${share}`)
  for (const [count, share] of [
    [-1, 0],
    [1.5, 0],
    [1, 10_001],
    [1, -1],
  ] as const)
    assert.throws(() => quotaOf(count, share), `${count} at ${share}`)
})
