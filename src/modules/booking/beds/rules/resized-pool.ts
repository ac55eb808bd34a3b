import type { Pool } from '../../booking.ts'

export type Shares = { readonly capacity: number; readonly reserved: number; readonly emergency: number }
type Sold = Pick<Pool, 'usedReserved' | 'allotted' | 'usedEmergency' | 'usedOpen'>

/** Units that are sold or lent. */
export const soldOf = ({ usedReserved, allotted, usedEmergency, usedOpen }: Sold): number =>
  usedReserved + allotted + usedEmergency + usedOpen

/**
 * The shares of a pool whose capacity changes: what policy asks of the new capacity, never below what each share has sold or lent.
 * Where open units are sold already, the reserve takes what is left. After release nothing unused is kept back.
 * Null when the new capacity is below what is sold. Whole units.
 */
export const resizedPool = (sold: Sold, isReleased: boolean, asked: Shares): Shares | null => {
  const keptReserved = sold.usedReserved + sold.allotted
  const inUse = soldOf(sold)
  if (asked.capacity < inUse) return null
  const unsold = asked.capacity - inUse
  const reserved = isReleased ? keptReserved : keptReserved + Math.min(unsold, Math.max(0, asked.reserved - keptReserved))
  const left = asked.capacity - sold.usedOpen - reserved
  const emergency = Math.max(sold.usedEmergency, Math.min(asked.emergency, left))
  return { capacity: asked.capacity, reserved, emergency }
}
