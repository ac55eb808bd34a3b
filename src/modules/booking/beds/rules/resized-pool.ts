import { refuse, ok, type Result } from '../../../../kernel/result.ts'
import type { Pool } from '../../booking.ts'

export type Shares = { readonly capacity: number; readonly reserved: number; readonly emergency: number }
type Sold = Pick<Pool, 'usedReserved' | 'allotted' | 'usedEmergency' | 'usedOpen'>

/**
 * The shares of a pool whose capacity changes: what policy asks of the new capacity, never below what each share has sold or lent.
 * Where open units are sold already, the reserve takes what is left. After release nothing unused is kept back.
 * Refuses when the new capacity is below what is sold. Whole units.
 */
export const resizedPool = (sold: Sold, isReleased: boolean, asked: Shares): Result<Shares, 'booking.bed-days-sold'> => {
  const keptReserved = sold.usedReserved + sold.allotted
  const inUse = keptReserved + sold.usedEmergency + sold.usedOpen
  if (asked.capacity < inUse) return refuse('booking.bed-days-sold', { sold: inUse, capacity: asked.capacity })
  const unsold = asked.capacity - inUse
  const reserved = isReleased ? keptReserved : keptReserved + Math.min(unsold, Math.max(0, asked.reserved - keptReserved))
  const left = asked.capacity - sold.usedOpen - reserved
  const emergency = Math.max(sold.usedEmergency, Math.min(asked.emergency, left))
  return ok({ capacity: asked.capacity, reserved, emergency })
}
