import { loadavg } from 'node:os'

/** How one round of one side went. */
export type Rate = {
  readonly perSecond: number
  readonly p50ms: number
  readonly p95ms: number
  readonly p99ms: number
  readonly failed: number
  readonly load: number
}

/** The value below which a share of the sorted values lies. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

/** The rate of so many measured times, in ms, that lie in so many seconds. */
export const rateFrom = (took: readonly number[], failed: number, seconds: number): Rate => {
  const sorted = took.toSorted((one, other) => one - other)
  return {
    perSecond: took.length / seconds,
    p50ms: quantile(sorted, 0.5),
    p95ms: quantile(sorted, 0.95),
    p99ms: quantile(sorted, 0.99),
    failed,
    load: loadavg()[0] ?? 0,
  }
}

/**
 * Does every job once, each connection taking the next as soon as it is free, and measures each from asking to answer.
 * A job that throws counts as failed and is not among the done per second.
 */
export const rateOf = async <Job>(
  jobs: readonly Job[],
  connections: number,
  work: (job: Job, connection: number) => Promise<unknown>,
): Promise<Rate> => {
  const took: number[] = []
  const failures: unknown[] = []
  let next = 0
  const connection = async (_: unknown, at: number): Promise<void> => {
    while (next < jobs.length) {
      const job = jobs[next++] as Job
      const from = performance.now()
      try {
        await work(job, at)
        took.push(performance.now() - from)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  const from = performance.now()
  await Promise.all(Array.from({ length: connections }, connection))
  const seconds = (performance.now() - from) / 1_000
  if (took.length === 0) throw new Error('every job of the round failed', { cause: failures[0] })
  return rateFrom(took, failures.length, seconds)
}
