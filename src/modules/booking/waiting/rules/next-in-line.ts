import type { Instant } from '../../../../kernel/clock.ts'
import type { Channel, Pool, Share } from '../../booking.ts'
import { drawUnit } from '../../rules/draw-unit.ts'
import type { Place } from '../waiting.ts'
import { compareInOrder } from './order.ts'

/** Somebody who could take a unit of the pool on its day: what decides is the place in the order and the channel. */
export type InLine = Place & { readonly channel: Channel }

/** The pool after one more unit of a share is used. */
export const afterDrawing = (pool: Pool, share: Share): Pool => {
  switch (share) {
    case 'reserved':
      return { ...pool, usedReserved: pool.usedReserved + 1 }
    case 'emergency':
      return { ...pool, usedEmergency: pool.usedEmergency + 1 }
    case 'open':
      return { ...pool, usedOpen: pool.usedOpen + 1 }
  }
}

/**
 * Who gets what is free in a pool: everybody in order whose channel still finds a unit. Who finds none, because only reserved units
 * are left for instance, keeps the place and is passed by nobody who needs the same unit.
 */
export const nextInLine = <One extends InLine>(pool: Pool, line: readonly One[], now: Instant): readonly One[] => {
  const taken: One[] = []
  let left = pool
  for (const one of line.toSorted(compareInOrder)) {
    const share = drawUnit(left, one.channel, now)
    if (!share.ok) continue
    left = afterDrawing(left, share.value)
    taken.push(one)
  }
  return taken
}

/** How many stand before somebody and could take the unit that is given out of the order. */
export const passedOver = (pool: Pool, line: readonly InLine[], chosen: InLine, now: Instant): number => {
  const share = drawUnit(pool, chosen.channel, now)
  return line.filter((one) => {
    if (one.id === chosen.id || compareInOrder(one, chosen) > 0) return false
    const theirs = drawUnit(pool, one.channel, now)
    return share.ok && theirs.ok && theirs.value === share.value
  }).length
}
