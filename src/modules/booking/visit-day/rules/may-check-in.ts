import { plusMinutes, type Instant } from '../../../../kernel/clock.ts'
import { ok, refuse, type Result } from '../../../../kernel/result.ts'
import type { Booking, Pool } from '../../booking.ts'

/** Facts of the day that checking in asks for. `earlyMinutes`: how early somebody may check in by telephone. */
export type CheckIn = {
  readonly isToday: boolean
  readonly isSelf: boolean
  readonly now: Instant
  readonly earlyMinutes: number
}

/**
 * Whether a booking may be checked in: it is confirmed, or was checked in and its number has ended since (who still waits is found by the
 * table); its clinic is not stopped, it is of today, and who does it by telephone does it
 * near the time. The desk sees the person and may do it all day. Source: S2 候诊管理; minutes are design.
 */
export const mayCheckIn = (
  booking: Pick<Booking, 'state'>,
  pool: Pick<Pool, 'startsAt' | 'stoppedAt'>,
  facts: CheckIn,
): Result<true> => {
  if (booking.state !== 'confirmed' && booking.state !== 'checked-in')
    return refuse('booking.state-otherwise', { state: booking.state })
  if (pool.stoppedAt) return refuse('booking.clinic-stopped')
  if (!facts.isToday) return refuse('booking.visit-not-today')
  const opens = plusMinutes(pool.startsAt, -facts.earlyMinutes)
  if (facts.isSelf && facts.now < opens) return refuse('booking.check-in-too-early', { minutes: facts.earlyMinutes })
  return ok(true)
}
