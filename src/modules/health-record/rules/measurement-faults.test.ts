import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { Measurement } from '../contract.ts'
import { faultsOfMeasurement } from './measurement-faults.ts'

const now = '2026-11-22T04:00:00.000Z' as Instant
const facts = { bornOn: '1950-05-01' as Day, diedOn: null as Day | null, now, zone: 'Asia/Shanghai' }
const LOW = { systolic: 40, diastolic: 20, glucose: 0.6, weight: 0.3 }
const HIGH = { systolic: 300, diastolic: 200, glucose: 60, weight: 350 }
const limits = {
  low: (field: keyof typeof LOW) => LOW[field],
  high: (field: keyof typeof HIGH) => HIGH[field],
  lateEntryDays: 30,
}

const pressure = (systolic: number, diastolic: number): Measurement => ({
  person: '1',
  measure: 'blood-pressure',
  systolic,
  diastolic,
})
const glucose = (value: number): Measurement => ({ person: '1', measure: 'glucose', glucose: value, isFasting: true })
const weight = (value: number, measuredAt?: string): Measurement => ({
  person: '1',
  measure: 'weight',
  weight: value,
  measuredAt: measuredAt as Instant,
})

// entry                                        refused                                  why
const TABLE: [Measurement, string[], string][] = [
  [pressure(128, 78), [], 'an ordinary pressure'],
  [pressure(214, 128), [], 'a dangerous pressure is real and must be kept'],
  [pressure(300, 200), [], 'at the upper limits'],
  [pressure(301, 200), ['value-implausible'], 'just above one'],
  [pressure(39, 20), ['value-implausible'], 'just below the other'],
  [pressure(1280, 780), ['value-implausible', 'value-implausible'], 'a digit too many in both: both are named'],
  [pressure(78, 128), ['pressure-reversed'], 'swapped'],
  [pressure(90, 90), ['pressure-reversed'], 'equal is not below'],
  [glucose(0.6), [], 'a glucose at the lower limit'],
  [glucose(126), ['value-implausible'], 'mg/dL typed where mmol/L is asked'],
  [weight(61.5), [], 'a weight now'],
  [weight(61.5, '2026-11-22T04:00:00.001Z'), ['measured-in-future'], 'a millisecond ahead of the clock'],
  [weight(61.5, '2026-10-23T04:00:00.000Z'), [], 'exactly thirty days back'],
  [weight(61.5, '2026-10-23T03:59:59.999Z'), ['measured-too-long-ago'], 'a millisecond more'],
  [weight(61.5, '1950-04-30T10:00:00.000Z'), ['measured-outside-life'], 'the day before birth'],
  [weight(0, '2027-01-01T00:00:00.000Z'), ['value-implausible', 'measured-in-future'], 'every fault is named'],
]
for (const [entry, codes, why] of TABLE)
  test(`Entering a measurement: ${why}`, () =>
    assert.deepEqual(
      faultsOfMeasurement(entry, facts, limits).map(({ code }) => code.replace('health-record.', '')),
      codes,
    ))

test('After death nothing is measured any more; on its day it may have been', () => {
  const dead = { ...facts, diedOn: '2026-11-20' as Day }
  const codes = (at: string): string[] => faultsOfMeasurement(weight(50, at), dead, limits).map(({ code }) => code)
  assert.deepEqual(codes('2026-11-20T15:59:00.000Z'), [])
  assert.deepEqual(codes('2026-11-20T16:00:00.000Z'), ['health-record.measured-outside-life'])
})
