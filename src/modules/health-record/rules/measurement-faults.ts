import { plusHours, type Instant } from '../../../kernel/clock.ts'
import { dayOf, type Day } from '../../../kernel/day.ts'
import type { Refusal } from '../../../kernel/result.ts'
import type { Measurement } from '../contract.ts'

/** One number of a measurement as a screen names it. */
export type Amount = {
  readonly field: 'systolic' | 'diastolic' | 'glucose' | 'weight'
  readonly zh: string
  readonly en: string
  readonly unit: string
  readonly value: number
}

/** The numbers that a measurement holds, in the order of its fields. */
export const amountsOf = (entry: Measurement): Amount[] => {
  switch (entry.measure) {
    case 'blood-pressure':
      return [
        { field: 'systolic', zh: '收缩压', en: 'Systolic pressure', unit: 'mmHg', value: entry.systolic },
        { field: 'diastolic', zh: '舒张压', en: 'Diastolic pressure', unit: 'mmHg', value: entry.diastolic },
      ]
    case 'glucose':
      return [{ field: 'glucose', zh: '血糖', en: 'Glucose', unit: 'mmol/L', value: entry.glucose }]
    case 'weight':
      return [{ field: 'weight', zh: '体重', en: 'Weight', unit: 'kg', value: entry.weight }]
  }
}

export type MeasurementLimits = {
  readonly low: (field: Amount['field']) => number
  readonly high: (field: Amount['field']) => number
  readonly lateEntryDays: number
}
export type MeasurementFacts = {
  readonly bornOn: Day | null
  readonly diedOn: Day | null
  readonly now: Instant
  readonly zone: string
}

/**
 * Everything that speaks against a measurement as entered; empty when nothing does. Amounts outside the plausible are
 * refused because they are slips of the hand, not because they are dangerous: a dangerous value is within.
 */
export const faultsOfMeasurement = (entry: Measurement, facts: MeasurementFacts, limits: MeasurementLimits): Refusal[] => [
  ...faultsOfAmounts(entry, limits),
  ...faultsOfTime((entry.measuredAt ?? facts.now) as Instant, facts, limits.lateEntryDays),
]

const faultsOfAmounts = (entry: Measurement, limits: MeasurementLimits): Refusal[] => {
  const faults: Refusal[] = []
  for (const { field, zh, en, unit, value } of amountsOf(entry)) {
    const [low, high] = [limits.low(field), limits.high(field)]
    if (value >= low && value <= high) continue
    faults.push({
      code: 'health-record.value-implausible',
      field,
      detail: { measure: zh, measure_en: en, value, unit, low, high },
    })
  }
  const isReversed = entry.measure === 'blood-pressure' && entry.diastolic >= entry.systolic
  return isReversed ? [...faults, { code: 'health-record.pressure-reversed', field: 'diastolic' }] : faults
}

const faultsOfTime = (at: Instant, { bornOn, diedOn, now, zone }: MeasurementFacts, lateEntryDays: number): Refusal[] => {
  const field = 'measuredAt'
  const day = dayOf(at, zone)
  if (at > now) return [{ code: 'health-record.measured-in-future', field }]
  if ((bornOn && day < bornOn) || (diedOn && day > diedOn)) return [{ code: 'health-record.measured-outside-life', field }]
  if (at < plusHours(now, -24 * lateEntryDays))
    return [{ code: 'health-record.measured-too-long-ago', field, detail: { days: lateEntryDays } }]
  return []
}
