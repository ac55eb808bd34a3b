import type { Instant } from '../../../kernel/clock.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import type { bookingRefusals } from '../contract.ts'
import type { Channel, Pool, Share } from '../booking.ts'

type Code = Extract<
  keyof typeof bookingRefusals,
  'booking.no-unit-left' | 'booking.slot-has-begun' | 'booking.only-reserved-left' | 'booking.clinic-stopped'
>

/**
 * Units that each channel could still draw. Before release the open channel never reaches the reserved ones; what stands in
 * open vouchers is drawn by its voucher alone, before release and after.
 */
export const freeUnitsOf = (pool: Pool, now: Instant): { reserved: number; emergency: number; open: number } => {
  if (pool.stoppedAt) return { reserved: 0, emergency: 0, open: 0 }
  const isReleased = now >= pool.releaseAt
  const unusedReserved = pool.reserved - pool.usedReserved - pool.allotted
  const emergency = pool.emergency - pool.usedEmergency
  const open = pool.capacity - pool.reserved - pool.emergency - pool.usedOpen
  return isReleased ? { reserved: 0, emergency, open: open + unusedReserved } : { reserved: unusedReserved, emergency, open }
}

/**
 * Which share a unit is drawn from: a referral and an emergency draw their own share first, then open; a direct booking only open.
 * Refuses when nothing is left for the channel, when the slot has begun, and when the clinic is stopped.
 * Source: S3 号源下沉, S4 预留20%以上.
 */
export const drawUnit = (pool: Pool, channel: Channel, now: Instant): Result<Share, Code> => {
  if (pool.stoppedAt) return refuse('booking.clinic-stopped')
  if (now >= pool.startsAt) return refuse('booking.slot-has-begun')
  const free = freeUnitsOf(pool, now)
  if (channel === 'referral' && free.reserved > 0) return ok('reserved')
  if (channel === 'emergency' && free.emergency > 0) return ok('emergency')
  if (free.open > 0) return ok('open')
  return refuse(channel === 'direct' && free.reserved > 0 ? 'booking.only-reserved-left' : 'booking.no-unit-left')
}
