import type { Channel } from '../booking.ts'

/** Memory may deny a unit for no longer than this, so that what another process gives back is offered again within it. */
const AGE_MOST_MS = 1_000
/** For so long after a unit was given back here memory keeps out: longer than a transaction takes from its write to its commit. */
const KEEPS_OUT_MS = 2_000
/** Beyond so many pools memory begins anew. */
const POOLS_MOST = 50_000

/** When a unit of a pool was last given back by this process, in milliseconds of its monotonic clock. */
const givenBack = new Map<string, number>()

/** Told by whoever gives a unit back, opens a reserve or makes a pool larger, before the commit. */
export const noteGivenBack = (pool: string): void => {
  if (givenBack.size >= POOLS_MOST)
    for (const [key, at] of givenBack) if (performance.now() - at > KEEPS_OUT_MS) givenBack.delete(key)
  givenBack.set(pool, performance.now())
}

const isUnsure = (pool: string): boolean => performance.now() - (givenBack.get(pool) ?? -Infinity) < KEEPS_OUT_MS

/** Which pools are known to be full for a channel, with the code that says so. */
export type Memory = {
  readonly recall: (pool: string, channel: Channel) => string | null
  /** `fullMs`: how long it certainly stays so if nothing is given back, counted from `askedAt`, when the database was asked. */
  readonly learn: (pool: string, channel: Channel, code: string, askedAt: number, fullMs: number) => void
}

/** Remembers refusals for lack of units: at a rush most requests are such, and need not wait for the pool's row. */
export const openMemory = (): Memory => {
  const full = new Map<string, { readonly code: string; readonly until: number }>()
  return {
    recall: (pool, channel) => {
      const known = full.get(`${channel} ${pool}`)
      return known && performance.now() < known.until && !isUnsure(pool) ? known.code : null
    },
    learn: (pool, channel, code, askedAt, fullMs) => {
      if (isUnsure(pool) || fullMs <= 0) return
      if (full.size >= POOLS_MOST) full.clear()
      full.set(`${channel} ${pool}`, { code, until: askedAt + Math.min(fullMs, AGE_MOST_MS) })
    },
  }
}

/** Remembers nothing: every request asks the database. */
export const NO_MEMORY: Memory = { recall: () => null, learn: () => {} }
