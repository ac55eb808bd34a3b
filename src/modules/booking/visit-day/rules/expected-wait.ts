import { millisecondsBetween } from '../../../../kernel/clock.ts'
import type { Standing } from '../visit-day.ts'

/** Minutes that one visit takes: half of them less than `typical`, most between `short` and `long`. */
export type ServiceMinutes = { readonly short: number; readonly typical: number; readonly long: number }

/** Minutes until one is called, most likely and between. */
export type Wait = { readonly minutes: number; readonly from: number; readonly to: number }

const quantile = (sorted: readonly number[], part: number): number => {
  const at = (sorted.length - 1) * part
  const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0]
  return low + (high - low) * (at - Math.floor(at))
}

// A median and the middle half around it.
const MEDIAN = 0.5
// The lower quartile.
const QUARTER = 0.25

/**
 * How long a visit takes in this queue today: median and quartiles of those already served, or the usual of the rulebook
 * until `samplesLeast` were served.
 */
export const serviceMinutes = (tickets: readonly Standing[], usual: ServiceMinutes, samplesLeast: number): ServiceMinutes => {
  const took = tickets
    .flatMap(({ state, inAt, calledAt, endedAt }) => {
      const began = inAt ?? calledAt
      return state === 'served' && began && endedAt ? [millisecondsBetween(began, endedAt) / 60_000] : []
    })
    .toSorted((a, b) => a - b)
  if (took.length < samplesLeast) return usual
  return { short: quantile(took, QUARTER), typical: quantile(took, MEDIAN), long: quantile(took, 1 - QUARTER) }
}

/** The wait of somebody with so many people before them, whoever is inside or on the way in among them: people × minutes of a visit, rounded up. */
export const expectedWait = (people: number, { short, typical, long }: ServiceMinutes): Wait => ({
  minutes: Math.ceil(people * typical),
  from: Math.ceil(people * short),
  to: Math.ceil(people * long),
})
