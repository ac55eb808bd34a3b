import { assert } from '../../../kernel/assert.ts'
import type { Step } from './steps.ts'
import { WHOLE } from '../../../kernel/share.ts'
import { MONTHS } from './parts.ts'

// Keeps a division and a logarithm away from zero where a year has begun without any spending.
const LEAST_PART = 1e-9
// Two years have one difference only: a spread needs three.
const YEARS_LEAST = 3

/** Twelve months of spend, fen. */
export type PastMonths = readonly number[]
export type Forecast = {
  readonly monthsKnown: number
  readonly spentFen: number
  /** The year's end, and the band that it lies in nine of ten times by past years. Null where the past says nothing of the band. */
  readonly yearFen: number
  readonly band: { readonly lowFen: number; readonly highFen: number } | null
  /** Month by month, cumulated: known months first, then the forecast with its band. */
  readonly path: readonly {
    readonly month: number
    readonly fen: number
    readonly lowFen: number
    readonly highFen: number
    readonly known: boolean
  }[]
  readonly method: 'shape-of-past-years' | 'even-months'
  readonly steps: readonly Step[]
}

/** Student's t at 95 % one-sided, by degrees of freedom: a band of 90 %. */
const T_95 = [6.314, 2.92, 2.353, 2.132, 2.015, 1.943, 1.895, 1.86, 1.833, 1.812] as const

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0)
const cumulated = (months: readonly number[]): number[] => {
  let total = 0
  return months.map((one) => (total += one))
}

/**
 * Where a year ends. Method: the part of its year that each past year had spent by each month gives the shape; the year to date over its part is the
 * forecast. Each past year is forecast by its own month's part against the others' mean; the spread of the logarithms of those errors, times
 * Student's t for so few years and √(1 + 1/n), gives the band of 90 %. With fewer than three past years there is no band; with none the months
 * count evenly. Amounts in fen; `spent` are the months known, at least one.
 */
export const forecastYear = (spent: readonly number[], past: readonly PastMonths[]): Forecast => {
  assert(spent.length >= 1 && spent.length <= MONTHS, 'one to twelve months are known')
  assert(
    past.every((year) => year.length === MONTHS && sum(year) > 0),
    'a past year has twelve months and some spend',
  )
  const known = spent.length
  const total = sum(spent)
  const parts = past.map((year) => cumulated(year).map((fen) => fen / sum(year)))
  const shape = Array.from({ length: MONTHS }, (_, at) =>
    past.length === 0 ? (at + 1) / MONTHS : sum(parts.map((one) => one[at] as number)) / past.length,
  )
  const part = shape[known - 1] as number
  const yearFen = known === MONTHS ? total : Math.round(total / Math.max(part, LEAST_PART))
  const spread = spreadOf(parts.map((one) => one[known - 1] as number))
  const bandAt = (fen: number) =>
    spread === null
      ? null
      : {
          lowFen: Math.round(Math.max(total, fen * Math.exp(-spread))),
          highFen: Math.round(Math.max(total, fen * Math.exp(spread))),
        }
  const band = known === MONTHS ? { lowFen: total, highFen: total } : bandAt(yearFen)
  const path = shape.map((share, at) => pathAt(at, share, { spent, known, yearFen, part, band }))
  const steps: Step[] = [
    { zh: '已发生', en: 'Spent so far', rule: 'fund.forecast', of: { months: known }, is: total, unit: 'fen' },
    {
      zh: '往年同期所占份额',
      en: 'The part of a year by this month in past years',
      rule: 'fund.forecast',
      of: { years: past.length },
      is: Math.round(part * WHOLE),
      unit: 'bp',
    },
    { zh: '全年预测', en: 'Forecast of the year', rule: 'fund.forecast', of: { spentFen: total }, is: yearFen, unit: 'fen' },
    ...(band === null
      ? []
      : [
          {
            zh: '九成区间下限',
            en: 'Lower end of the 90 % band',
            rule: 'fund.forecast',
            of: { years: past.length },
            is: band.lowFen,
            unit: 'fen' as const,
          },
          {
            zh: '九成区间上限',
            en: 'Upper end of the 90 % band',
            rule: 'fund.forecast',
            of: { years: past.length },
            is: band.highFen,
            unit: 'fen' as const,
          },
        ]),
  ]
  return {
    monthsKnown: known,
    spentFen: total,
    yearFen,
    band,
    path,
    method: past.length === 0 ? 'even-months' : 'shape-of-past-years',
    steps,
  }
}

/** Half the band's width as a logarithm; null with fewer than three years. */
const spreadOf = (parts: readonly number[]): number | null => {
  if (parts.length < YEARS_LEAST) return null
  const logs = parts.map((one) => Math.log(Math.max(one, LEAST_PART)))
  const mean = sum(logs) / logs.length
  const deviation = Math.sqrt(sum(logs.map((one) => (one - mean) ** 2)) / (logs.length - 1))
  const t = T_95[Math.min(T_95.length, logs.length - 1) - 1] as number
  return t * deviation * Math.sqrt(1 + 1 / logs.length)
}

type Known = {
  readonly spent: readonly number[]
  readonly known: number
  readonly yearFen: number
  readonly part: number
  readonly band: Forecast['band']
}

// The band opens from the last known month to its full width at the year's end.
const pathAt = (at: number, share: number, { spent, known, yearFen, part, band }: Known): Forecast['path'][number] => {
  if (at < known) {
    const fen = sum(spent.slice(0, at + 1))
    return { month: at + 1, fen, lowFen: fen, highFen: fen, known: true }
  }
  const soFar = sum(spent)
  const way = part >= 1 ? 1 : (share - part) / (1 - part)
  const between = (end: number) => Math.round(soFar + (end - soFar) * way)
  const { lowFen, highFen } = band ?? { lowFen: yearFen, highFen: yearFen }
  return { month: at + 1, fen: between(yearFen), lowFen: between(lowFen), highFen: between(highFen), known: false }
}
