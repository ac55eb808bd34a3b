import type { Instant } from '../../../kernel/clock.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import type { Pool, Share, Voucher } from '../booking.ts'
import type { bookingRefusals } from '../contract.ts'
import { drawUnit } from './draw-unit.ts'

/** Why a promise cannot be kept when it reaches the house. */
export type LostPromise = Extract<
  keyof typeof bookingRefusals,
  | 'booking.voucher-used'
  | 'booking.slot-has-begun'
  | 'booking.clinic-stopped'
  | 'booking.no-unit-left'
  | 'booking.only-reserved-left'
>

/**
 * Which share a promised unit is drawn from, by when the promise reaches the house; the device signs nothing.
 * An open voucher binds its own unit. One that was returned or withdrawn is honoured while the slot has a unit for a referral.
 * Refuses a voucher that an earlier promise used, a slot that has begun, and a slot without a unit.
 * Source: the rule of vouchers in the module's README (design).
 */
export const keepPromise = (voucher: Voucher, pool: Pool, now: Instant): Result<Share, LostPromise> => {
  if (voucher.state === 'used' || voucher.state === 'used-late') return refuse('booking.voucher-used')
  if (pool.stoppedAt) return refuse('booking.clinic-stopped')
  if (now >= pool.startsAt) return refuse('booking.slot-has-begun')
  return voucher.state === 'open' ? ok('reserved') : drawUnit(pool, 'referral', now)
}
