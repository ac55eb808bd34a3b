import { plusHours, type Instant } from '../../../../kernel/clock.ts'

/** After how many no-shows within how many days direct booking is suspended, and for how many days. */
export type NoShowRule = { readonly most: number; readonly windowDays: number; readonly suspendDays: number }

/**
 * Until when direct booking is suspended by the visits that a person has missed, or null when there were never so many within the
 * window. It is counted from the visit that filled the window last; each further one within it begins anew. Referrals never ask.
 * Source: design, after the rules of booking platforms.
 */
export const suspendedUntil = (missed: readonly Instant[], { most, windowDays, suspendDays }: NoShowRule): Instant | null => {
  const inOrder = missed.toSorted()
  const last = inOrder.findLast((at, place) => {
    const first = inOrder[place - most + 1]
    return first !== undefined && at <= plusHours(first, windowDays * 24)
  })
  return last === undefined ? null : plusHours(last, suspendDays * 24)
}
