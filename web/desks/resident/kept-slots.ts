import type { ShownSlot } from '../../../src/modules/booking/contract.ts'

const under = (pool: string): string => `jieli-slot-${pool}`

/** Remembers the doctor and the room of a slot that was taken here: the list of bookings does not carry them. */
export const keepSlot = (slot: ShownSlot): void => localStorage.setItem(under(slot.pool), JSON.stringify(slot))

/** The remembered slot, or null on another device. */
export const keptSlot = (pool: string): ShownSlot | null => {
  try {
    return JSON.parse(localStorage.getItem(under(pool)) ?? 'null') as ShownSlot | null
  } catch {
    return null
  }
}

/** Forgets a slot that was given up. */
export const dropSlot = (pool: string): void => localStorage.removeItem(under(pool))
