import { instant, plusMilliseconds, plusMinutes, type Instant } from '../../../../kernel/clock.ts'

/** Lengths in minutes: of a window, and by how much a walk-in stands behind who comes at the same time with a booking. */
export type WindowPolicy = { readonly windowMinutes: number; readonly walkInMinutes: number }

// Windows begin at whole multiples of their length since 1970 in UTC; every zone in use differs by whole quarters of an hour.
const nextWindow = (at: Instant, windowMinutes: number): Instant => {
  const length = windowMinutes * 60_000
  const past = Date.parse(at) % length
  return past === 0 ? instant(at) : plusMilliseconds(at, length - past)
}

/**
 * The window of time that a ticket stands in. Who comes by the end of the first window of the booked slot keeps the slot's start, however
 * early; who comes later stands where somebody stands who comes now. A walk-in stands `walkInMinutes` behind. Windows of who has no
 * place by the clock begin at the next whole window, so that class and age decide among those who came together.
 * Nobody is put into a window that ended before the number was taken. Source: S2 分时段就诊; lengths are design.
 */
export const windowOf = (takenAt: Instant, slotStart: Instant | null, policy: WindowPolicy): Instant => {
  if (slotStart === null) return nextWindow(plusMinutes(takenAt, policy.walkInMinutes), policy.windowMinutes)
  return takenAt <= plusMinutes(slotStart, policy.windowMinutes) ? slotStart : nextWindow(takenAt, policy.windowMinutes)
}
