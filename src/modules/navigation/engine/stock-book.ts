import { instantOfMs } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { LeftOver, PoolId } from '../../booking/index.ts'
import type { Capacity, Free } from './capacity.ts'
import { ENGINE_CHANNELS, type EngineChannel } from './world.ts'

// Every pool ahead, kept one by one, because what is free changes also by time alone: a slot begins, a reserve opens, a day comes near.

type Place = { readonly org: OrgId; readonly specialty: string; readonly pools: Map<PoolId, LeftOver> }

export type StockBook = {
  /** Takes what a pool says now; a pool that has nothing is kept all the same, it may have again. */
  readonly put: (pool: LeftOver) => void
  /** Forgets pools of an institution that are not among those just put. */
  readonly keepOnly: (org: OrgId, pools: ReadonlySet<PoolId>) => void
  /** Writes what has changed into the capacity, as it is at a moment; answers how many places were written. */
  readonly settle: (nowMs: number) => number
  /** The first pool that a channel could draw from when it was last settled, or null. */
  readonly firstPool: (channel: EngineChannel, org: OrgId, specialty: string) => PoolId | null
  /** Writes everything into another capacity, that of an engine built anew. */
  readonly moveTo: (capacity: Capacity, nowMs: number) => void
  /** Whether a pool says something else than the book. */
  readonly differs: (pool: LeftOver) => boolean
  readonly size: () => number
}

const MS = 1_000
const FIELDS = ['startsMs', 'releaseMs', 'isOpen', 'openBefore', 'reservedBefore', 'openAfter'] as const
/** A clock that leaps by more than this is followed by looking at everything. */
const LEAP_SECONDS = 3_600

const isFreeFor = (channel: EngineChannel, open: number, reserved: number): boolean =>
  open > 0 || (channel === 'referral' && reserved > 0)

type Summary = { readonly free: Free; readonly pool: PoolId }

/** What `summariseFree` would answer for one place and channel. */
const summaryOf = (pools: Iterable<LeftOver>, channel: EngineChannel, nowMs: number, untilMs: number): Summary | null => {
  let [units, reservedUnits] = [0, 0]
  let first: LeftOver | null = null
  for (const pool of pools) {
    if (!pool.isOpen || pool.startsMs <= nowMs || pool.startsMs >= untilMs) continue
    const isReleased = pool.releaseMs <= nowMs
    const open = isReleased ? pool.openAfter : pool.openBefore
    const reserved = isReleased ? 0 : pool.reservedBefore
    if (!isFreeFor(channel, open, reserved)) continue
    units += open + (channel === 'referral' ? reserved : 0)
    reservedUnits += reserved
    if (!first || pool.startsMs < first.startsMs || (pool.startsMs === first.startsMs && pool.id < first.id)) first = pool
  }
  return first && { free: { units, reserved: reservedUnits, firstAt: instantOfMs(first.startsMs) }, pool: first.id }
}

/** Seconds and the places that change by themselves in them. */
const openWheel = (): { note: (ms: number, key: string) => void; take: (from: number, to: number) => Set<string> } => {
  const turns = new Map<number, Set<string>>()
  return {
    note: (ms, key) => {
      const second = Math.floor(ms / MS)
      const known = turns.get(second)
      if (known) known.add(key)
      else turns.set(second, new Set([key]))
    },
    // The second that runs is looked at again: something may still come in it.
    take: (from, to) => {
      const due = new Set<string>()
      for (let second = from; second <= to; second += 1) {
        for (const key of turns.get(second) ?? []) due.add(key)
        if (second < to) turns.delete(second)
      }
      return due
    },
  }
}

/** Opens an empty book at a moment; it writes into the capacity when it is settled. */
export const openStockBook = (first: Capacity, horizonMs: number, beginMs: number): StockBook => {
  let capacity = first
  const places = new Map<string, Place>()
  const keyOfPool = new Map<PoolId, string>()
  const wheel = openWheel()
  const changed = new Set<string>()
  const firsts: Record<EngineChannel, Map<string, PoolId>> = { direct: new Map(), referral: new Map() }
  let settledSecond = Math.floor(beginMs / MS)
  const forget = (place: Place, id: PoolId): void => {
    place.pools.delete(id)
    keyOfPool.delete(id)
  }
  const write = (key: string, nowMs: number): void => {
    const place = places.get(key)
    if (!place) return
    for (const channel of ENGINE_CHANNELS) {
      const summary = summaryOf(place.pools.values(), channel, nowMs, nowMs + horizonMs)
      capacity.set(channel, place.org, place.specialty, summary?.free ?? null)
      if (summary) firsts[channel].set(key, summary.pool)
      else firsts[channel].delete(key)
    }
    for (const pool of place.pools.values()) if (pool.startsMs <= nowMs) forget(place, pool.id)
  }
  const keyOf = (org: OrgId, specialty: string): string => `${org} ${specialty}`
  return {
    put: (pool) => {
      const key = keyOf(pool.org, pool.specialty)
      const place = places.get(key) ?? { org: pool.org, specialty: pool.specialty, pools: new Map() }
      places.set(key, place)
      const oldKey = keyOfPool.get(pool.id) ?? key
      // A plan may give its slots to another specialty.
      if (oldKey !== key) {
        places.get(oldKey)?.pools.delete(pool.id)
        changed.add(oldKey)
      }
      keyOfPool.set(pool.id, key)
      const before = place.pools.get(pool.id)
      place.pools.set(pool.id, pool)
      changed.add(key)
      if (before?.startsMs === pool.startsMs && before.releaseMs === pool.releaseMs) return
      for (const ms of [pool.startsMs, pool.releaseMs, pool.startsMs - horizonMs])
        if (ms >= settledSecond * MS) wheel.note(ms, key)
    },
    keepOnly: (org, pools) => {
      for (const [key, place] of places)
        if (place.org === org)
          for (const id of place.pools.keys()) {
            if (pools.has(id)) continue
            forget(place, id)
            changed.add(key)
          }
    },
    settle: (nowMs) => {
      const second = Math.floor(nowMs / MS)
      const isLeap = second < settledSecond || second - settledSecond > LEAP_SECONDS
      for (const key of isLeap ? places.keys() : wheel.take(settledSecond, second)) changed.add(key)
      settledSecond = second
      const count = changed.size
      for (const key of changed) write(key, nowMs)
      changed.clear()
      return count
    },
    firstPool: (channel, org, specialty) => firsts[channel].get(keyOf(org, specialty)) ?? null,
    moveTo: (other, nowMs) => {
      capacity = other
      for (const key of places.keys()) write(key, nowMs)
    },
    differs: (pool) => {
      const own = places.get(keyOf(pool.org, pool.specialty))?.pools.get(pool.id)
      return own === undefined || FIELDS.some((field) => own[field] !== pool[field])
    },
    size: () => [...places.values()].reduce((sum, { pools }) => sum + pools.size, 0),
  }
}
