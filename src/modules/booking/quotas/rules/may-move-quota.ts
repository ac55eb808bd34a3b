import type { Instant } from '../../../../kernel/clock.ts'
import { ok, refuse, type Result } from '../../../../kernel/result.ts'
import { quotaOf } from '../../../../kernel/share.ts'
import type { Clause } from '../../../../shapes/rulebook.ts'
import type { Pool, Share } from '../../booking.ts'
import { freeUnitsOf } from '../../rules/draw-unit.ts'

/** Everything of one service on one day, stopped clinics left out: its capacity, and the reserve as it is or was until its release. */
export type QuotaDay = { readonly capacity: number; readonly reserved: number }

/** The shares of a pool after a change, whole units. */
export type NewShares = Pick<Pool, 'capacity' | 'reserved' | 'emergency'>

/** How many units of a day are to be reserved by law, rounded up; none where the clause is no law but our own proposal. */
export const legalLeast = (capacity: number, clause: Clause): number =>
  clause.grade === 'sourced' ? quotaOf(capacity, clause.amount) : 0

/** Whether a reserve is still enough for a day; refuses with the clause and both numbers. */
export const staysLawful = (left: QuotaDay, clause: Clause): Result<'lawful', 'booking.quota-below-law'> => {
  const least = legalLeast(left.capacity, clause)
  if (left.reserved >= least) return ok('lawful')
  return refuse('booking.quota-below-law', { capacity: left.capacity, least, left: left.reserved, clause: clause.basis })
}

type Move = { readonly from: Share; readonly to: Share; readonly units: number }

/**
 * The shares of a pool after units were moved between them. Only unused units move; into the reserve at any time before its release,
 * out of it only while the day keeps what the law asks for. After the release nothing moves into the reserve or out of it.
 * Source: S3, S4 for the least; the rest is design.
 */
export const mayMoveQuota = (
  pool: Pool,
  day: QuotaDay,
  clause: Clause,
  { from, to, units }: Move,
  now: Instant,
): Result<NewShares> => {
  if (pool.stoppedAt) return refuse('booking.clinic-stopped')
  if (now >= pool.startsAt) return refuse('booking.slot-has-begun')
  if (from === to) return refuse('booking.share-same')
  const touchesReserve = from === 'reserved' || to === 'reserved'
  if (touchesReserve && now >= pool.releaseAt) return refuse('booking.reserve-already-open')
  const free = unusedOf(pool, now)[from]
  if (units > free) return refuse('booking.share-too-small', { free, units })
  const change = (share: Share): number => (share === to ? units : 0) - (share === from ? units : 0)
  if (from === 'reserved') {
    const lawful = staysLawful({ capacity: day.capacity, reserved: day.reserved - units }, clause)
    if (!lawful.ok) return lawful
  }
  return ok({
    capacity: pool.capacity,
    reserved: pool.reserved + change('reserved'),
    emergency: pool.emergency + change('emergency'),
  })
}

// After its release what is left of the reserve counts as open before the row says so; only units that the row calls open may move then.
const unusedOf = (pool: Pool, now: Instant): Record<Share, number> => {
  const free = freeUnitsOf(pool, now)
  return { ...free, open: Math.min(free.open, pool.capacity - pool.reserved - pool.emergency - pool.usedOpen) }
}
