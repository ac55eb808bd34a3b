import { millisecondsBetween } from '../../../kernel/clock.ts'
import { WHOLE } from '../../../kernel/share.ts'
import { CHANNEL_SHAPES } from '../channels.ts'
import type { Channel, GreenCase, NodeTimes, Target } from '../green-channel.ts'
import { isAsked, type MinutesOf } from './clock-of.ts'

/** A case as quality counts it. */
export type CountedCase = Pick<GreenCase, 'outcome' | 'choice' | 'onward'> & { readonly times: NodeTimes }

export type TargetQuality = {
  readonly target: Target
  readonly minutes: number
  /** Cases of which the target was asked, those with both moments, and those that lack one. */
  readonly asked: number
  readonly measured: number
  readonly missing: number
  readonly median: number | null
  readonly mean: number | null
  readonly within: number
  /** Within the time, of all of which it was asked, in basis points: a missing stamp is no success. Null when none was asked. */
  readonly reach: number | null
  readonly reachWanted: number | null
  /** Whether each way of measuring is kept; null where nothing was measured or nothing is laid down. */
  readonly meanIsKept: boolean | null
  readonly reachIsKept: boolean | null
}

/** The middle of a list of numbers, the mean of the two middle ones when it is even; null of none. */
export const median = (list: readonly number[]): number | null => {
  const sorted = list.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2
}

const meanOf = (list: readonly number[]): number | null =>
  list.length === 0 ? null : list.reduce((sum, one) => sum + one, 0) / list.length

/**
 * How a centre kept the targets of a channel: medians, means and shares in time. Minutes, with fractions.
 * Cases that turned out to be something else are left out; a case without a stamp that it should have is counted as missing.
 * @source 胸痛中心、卒中中心质控指标: monthly mean, reach
 */
export const qualityOf = (
  channel: Channel,
  cases: readonly CountedCase[],
  minutesOf: MinutesOf,
  reachOf: (target: Target) => number | null,
): TargetQuality[] => {
  const counted = cases.filter(({ outcome }) => outcome !== 'not-confirmed')
  return CHANNEL_SHAPES[channel].targets.map((target) => {
    const minutes = minutesOf(target)
    const asked = counted.filter((one) => isAsked(target, one) || tookOf(one, target) !== null)
    const took = asked.map((one) => tookOf(one, target)).filter((one) => one !== null)
    const within = took.filter((one) => one <= minutes).length
    const mean = meanOf(took)
    const reach = asked.length === 0 ? null : Math.round((within * WHOLE) / asked.length)
    const reachWanted = reachOf(target)
    return {
      target,
      minutes,
      asked: asked.length,
      measured: took.length,
      missing: asked.length - took.length,
      median: median(took),
      mean,
      within,
      reach,
      reachWanted,
      meanIsKept: mean === null || !target.measures.includes('mean') ? null : mean <= minutes,
      reachIsKept: reach === null || reachWanted === null ? null : reach >= reachWanted,
    }
  })
}

const tookOf = ({ times }: CountedCase, { from, to }: Target): number | null => {
  const [start, end] = [times[from], times[to]]
  return start && end ? millisecondsBetween(start, end) / 60_000 : null
}

/** How many cases reached a target's end within so many minutes: for goals that go beyond the target itself. */
export const countWithin = (cases: readonly CountedCase[], target: Target, minutes: number): number =>
  cases.filter((one) => {
    const took = one.outcome === 'not-confirmed' ? null : tookOf(one, target)
    return took !== null && took <= minutes
  }).length
