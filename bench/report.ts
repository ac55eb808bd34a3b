import { loadavg } from 'node:os'
import type { Words } from '../src/kernel/words.ts'
import type { Rate } from './rate.ts'

/** One line of a bench. `ratio` and `p99Ratio` compare with the baseline of the same round; the rest are medians over the rounds. */
export type Line = {
  readonly bench: string
  readonly case: string
  /** The machine's 1-minute load average while the case ran, our own work included. */
  readonly load: number
  readonly ratio: number
  /** The p99 over the baseline's: below 1 is quicker. */
  readonly p99Ratio: number
  readonly perSecond: number
  readonly p50ms: number
  readonly p95ms: number
  readonly p99ms: number
  readonly failed: number
}

/** What a bench set out to reach, and what it did. */
export type Aim = {
  readonly aim: string
  readonly wanted: string
  readonly reached: number
  readonly met: boolean
}

/** What a bench reports to: each case once all of its rounds are done, its aims, and what else a reader should know. */
export type Report = {
  readonly rounds: (name: string, rates: readonly Rate[], baselines: readonly Rate[]) => Line
  readonly aim: (aim: Aim) => void
  readonly note: (words: Words) => void
}

/** The middle value; of an even number, the mean of the two in the middle. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN
  return (upper + lower) / 2
}

/** Three figures: more would be noise. */
export const rounded = (value: number): number => Number(value.toPrecision(3))

const lineOf = (bench: string, name: string, rates: readonly Rate[], baselines: readonly Rate[]): Line => {
  const of = (read: (rate: Rate) => number) => rounded(median(rates.map(read)))
  const over = (read: (rate: Rate) => number) => {
    const ratios = rates.map((rate, at) => read(rate) / (baselines[at] ? read(baselines[at]) : Number.NaN))
    return rounded(median(ratios))
  }
  return {
    bench,
    case: name,
    load: of((rate) => rate.load),
    ratio: over((rate) => rate.perSecond),
    p99Ratio: over((rate) => rate.p99ms),
    perSecond: of((rate) => rate.perSecond),
    p50ms: of((rate) => rate.p50ms),
    p95ms: of((rate) => rate.p95ms),
    p99ms: of((rate) => rate.p99ms),
    failed: rates.reduce((sum, rate) => sum + rate.failed, 0),
  }
}

/** Prints each case as one line of JSON. The first line names the bench and its baseline. */
export const jsonReport = (bench: string, baseline: Words): Report => {
  console.log(JSON.stringify({ bench, baseline: baseline.en, node: process.version, load: rounded(loadavg()[0] ?? 0) }))
  return {
    rounds: (name, rates, baselines) => {
      const line = lineOf(bench, name, rates, baselines)
      console.log(JSON.stringify(line))
      return line
    },
    aim: (aim) => console.log(JSON.stringify({ bench, ...aim })),
    note: ({ zh, en }) => console.error(`${zh}\n${en}`),
  }
}

const COLUMNS = ['ratio', 'p99Ratio', 'perSecond', 'p50ms', 'p95ms', 'p99ms', 'failed', 'load'] as const
const NAME_WIDTH = 34
const CELL_WIDTH = 11

/** Prints each case as one row of a table, for reading. */
export const tableReport = (_bench: string, baseline: Words): Report => {
  console.log(`基准 ${baseline.zh}\nBaseline: ${baseline.en}\n`)
  console.log('case'.padEnd(NAME_WIDTH) + COLUMNS.map((column) => column.padStart(CELL_WIDTH)).join(''))
  return {
    rounds: (name, rates, baselines) => {
      const line = lineOf('', name, rates, baselines)
      console.log(name.padEnd(NAME_WIDTH) + COLUMNS.map((column) => String(line[column]).padStart(CELL_WIDTH)).join(''))
      return line
    },
    aim: ({ aim, wanted, reached, met }) => console.log(`${met ? '达到 met ' : '未达 MISSED'} ${aim}: ${wanted}, ${reached}`),
    note: ({ zh, en }) => console.log(`${zh}\n${en}`),
  }
}
