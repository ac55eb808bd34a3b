import type { Instant } from '../../../kernel/clock.ts'
import type { Channel, GreenNode, NodeTimes } from '../green-channel.ts'
import { CHANNEL_SHAPES } from '../channels.ts'
import { NODE_SHAPES } from '../nodes.ts'

/** Everything that must not be later than a moment in a channel, through any number of steps. */
export const predecessorsOf = (channel: Channel, node: GreenNode, seen: Set<GreenNode> = new Set()): Set<GreenNode> => {
  for (const before of [...NODE_SHAPES[node].after, ...(CHANNEL_SHAPES[channel].after[node] ?? [])])
    if (!seen.has(before)) {
      seen.add(before)
      predecessorsOf(channel, before, seen)
    }
  return seen
}

/** Two moments that cannot both be right, and their times. */
export type OrderFault = {
  readonly earlier: GreenNode
  readonly earlierAt: Instant
  readonly later: GreenNode
  readonly laterAt: Instant
}

/**
 * The moment already written down that a new one contradicts: a predecessor that would come after it, or a successor that
 * would come before it; null when there is none. The same minute is in order.
 */
export const orderFault = (channel: Channel, times: NodeTimes, node: GreenNode, at: Instant): OrderFault | null => {
  for (const before of predecessorsOf(channel, node)) {
    const stamped = times[before]
    if (stamped && stamped > at) return { earlier: before, earlierAt: stamped, later: node, laterAt: at }
  }
  for (const after of CHANNEL_SHAPES[channel].nodes) {
    const stamped = times[after]
    if (stamped && after !== node && stamped < at && predecessorsOf(channel, after).has(node))
      return { earlier: node, earlierAt: at, later: after, laterAt: stamped }
  }
  return null
}
