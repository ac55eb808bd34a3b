import type { Instant } from '../../../../kernel/clock.ts'
import type { Channel, Pool } from '../../booking.ts'
import { drawUnit } from '../../rules/draw-unit.ts'
import { compareAsRemedy } from './best-unit.ts'
import { afterDrawing } from './next-in-line.ts'

/** Somebody who lost a unit: by which channel, when they are elsewhere, and where somebody waits who lost one earlier. */
export type Homeless = {
  readonly channel: Channel
  readonly isElsewhere: (at: Instant) => boolean
  readonly isBehind: (pool: Pool) => boolean
}
export type Home<One extends Homeless> = { readonly one: One; readonly pool: Pool | null }

/**
 * Another unit for each who lost one, in the order given: the best that is left for the channel at a time when the person is free
 * and that nobody waits for who lost a unit earlier. Whoever finds none gets null and goes to the front of the waiting list. A pool is answered as it stands before that unit is drawn.
 */
export const rehome = <One extends Homeless>(
  lost: Pool,
  line: readonly One[],
  pools: readonly Pool[],
  now: Instant,
): Home<One>[] => {
  let left = pools.toSorted(compareAsRemedy(lost))
  return line.map((one) => {
    const found = left.find(
      (pool) => drawUnit(pool, one.channel, now).ok && !one.isElsewhere(pool.startsAt) && !one.isBehind(pool),
    )
    const share = found && drawUnit(found, one.channel, now)
    if (!found || !share?.ok) return { one, pool: null }
    left = left.map((pool) => (pool === found ? afterDrawing(pool, share.value) : pool))
    return { one, pool: found }
  })
}
