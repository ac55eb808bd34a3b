/** A sum at a member in a month; null: outside. Fen. */
type Sum = { readonly month: number; readonly institution: string | null; readonly fen: number }

/** A year that has a budget, and whether it is closed. */
type BudgetYear = { readonly year: number; readonly isClosed: boolean }

/** The closed years whose late bills an open year takes up: those before it back to the next open one, the newest first. */
export const lateYears = (years: readonly BudgetYear[], open: number): number[] => {
  const before = years.filter(({ year }) => year < open).toSorted((one, other) => other.year - one.year)
  const until = before.findIndex(({ isClosed }) => !isClosed)
  return before.slice(0, until < 0 ? before.length : until).map(({ year }) => year)
}

/** What the books lack of settled spend, or have too much of (below zero), by month and member; nothing where they agree. */
export const lackingOf = (spent: readonly Sum[], booked: readonly Sum[]): Sum[] => {
  const byPlace = new Map<string, Sum>()
  const keyOf = ({ month, institution }: Sum): string => `${month}/${institution ?? ''}`
  for (const one of spent) byPlace.set(keyOf(one), one)
  for (const one of booked) {
    const found = byPlace.get(keyOf(one))
    byPlace.set(keyOf(one), { ...one, fen: (found?.fen ?? 0) - one.fen })
  }
  return [...byPlace.values()]
    .filter(({ fen }) => fen !== 0)
    .toSorted((one, other) => one.month - other.month || (one.institution ?? '').localeCompare(other.institution ?? ''))
}
