import type { Instant } from '../../../../kernel/clock.ts'
import { ok, refuse, type Result } from '../../../../kernel/result.ts'
import type { Clause } from '../../../../shapes/rulebook.ts'
import type { Pool } from '../../booking.ts'
import { staysLawful, type NewShares, type QuotaDay } from './may-move-quota.ts'
import { splitCapacity } from './split-capacity.ts'

/** The reserve's clause and the emergency share, both in basis points of the capacity. */
export type QuotaPolicy = { readonly clause: Clause; readonly emergency: number }

/**
 * The shares of a pool with another capacity. What is added is split as if it were published now; what is taken away comes from the
 * unused open units first, then from those for emergencies, then from the reserve as far as the law leaves it, so that a smaller clinic
 * never takes from primary care first. Never below what is sold or lent. After the release the reserve stays as it is.
 * Source: B8; S3, S4 for the least; the order is design.
 */
export const changedCapacity = (
  pool: Pool,
  day: QuotaDay,
  policy: QuotaPolicy,
  capacity: number,
  now: Instant,
): Result<NewShares> => {
  if (pool.unitKind === 'bed-day') return refuse('booking.beds-decide-capacity')
  if (pool.stoppedAt) return refuse('booking.clinic-stopped')
  if (now >= pool.startsAt) return refuse('booking.slot-has-begun')
  if (capacity === pool.capacity) return refuse('booking.capacity-as-is', { capacity })
  const sold = pool.usedReserved + pool.usedEmergency + pool.usedOpen
  if (capacity < sold + pool.allotted) return refuse('booking.capacity-below-sold', { sold, lent: pool.allotted })
  return capacity > pool.capacity ? ok(grown(pool, day, policy, capacity, now)) : shrunk(pool, day, policy.clause, capacity, now)
}

const grown = (pool: Pool, day: QuotaDay, { clause, emergency }: QuotaPolicy, capacity: number, now: Instant): NewShares => {
  const isReleased = now >= pool.releaseAt
  const shares = { reserved: isReleased ? 0 : clause.amount, emergency }
  const added = splitCapacity(capacity - pool.capacity, shares, day.capacity)
  return { capacity, reserved: pool.reserved + added.reserved, emergency: pool.emergency + added.emergency }
}

const shrunk = (pool: Pool, day: QuotaDay, clause: Clause, capacity: number, now: Instant): Result<NewShares> => {
  const less = pool.capacity - capacity
  const fromOpen = Math.min(less, pool.capacity - pool.reserved - pool.emergency - pool.usedOpen)
  const fromEmergency = Math.min(less - fromOpen, pool.emergency - pool.usedEmergency)
  const fromReserve = less - fromOpen - fromEmergency
  if (fromReserve > 0 && now < pool.releaseAt) {
    const lawful = staysLawful({ capacity: day.capacity - less, reserved: day.reserved - fromReserve }, clause)
    if (!lawful.ok) return lawful
  }
  return ok({ capacity, reserved: pool.reserved - fromReserve, emergency: pool.emergency - fromEmergency })
}
