/** A share that is so small that its writer most likely meant percent: where it stands, what it says, and what it would be. Basis points. */
export type DoubtfulShare = { readonly at: string; readonly valueBp: number; readonly meantBp: number }

// No rate, first share or point in any source that was read is below 1 %: who writes 10 means 10 %. Design
const LEAST_BP = 100
// Basis points of a percent. @source the definition of a basis point
const BP_OF_PERCENT = 100

/** Every share below 1 % in a row of a book or in a bill; 0 is a share that somebody chose. */
export const doubtfulShares = (value: unknown, at = ''): DoubtfulShare[] => {
  if (typeof value === 'number') {
    const isShare = /Bp(\.\d+)?$/.test(at) && value > 0 && value < LEAST_BP
    return isShare ? [{ at, valueBp: value, meantBp: value * BP_OF_PERCENT }] : []
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => doubtfulShares(inner, at === '' ? name : `${at}.${name}`))
}
