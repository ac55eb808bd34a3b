import { quotaOf, WHOLE } from '../../../../kernel/share.ts'

/** How a capacity is shared out before anything is drawn. Whole units; what is in neither is open. */
export type Split = { readonly reserved: number; readonly emergency: number }

/**
 * Splits a capacity by the two shares, in basis points. The reserve is rounded up, so that it is never below the law; the emergency
 * share, which no law asks for, is rounded down and takes at most what the reserve leaves: the law comes first.
 * `before`: units of the same day and service that were split earlier. Shares are then rounded over the whole day and not once in each
 * slot, so that slots of one unit are not reserved altogether; at no moment of the day is less reserved than the law asks of what stands.
 * Source: S3, S4 for the reserve; rounding and emergency share are design.
 */
export const splitCapacity = (
  capacity: number,
  shares: { readonly reserved: number; readonly emergency: number },
  before = 0,
): Split => {
  const reserved = quotaOf(before + capacity, shares.reserved) - quotaOf(before, shares.reserved)
  const emergency = wholeOf(before + capacity, shares.emergency) - wholeOf(before, shares.emergency)
  return { reserved, emergency: Math.min(emergency, capacity - reserved) }
}

const wholeOf = (count: number, share: number): number => Math.floor((count * share) / WHOLE)
