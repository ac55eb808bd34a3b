/** What a list shows while fresh rows wait, and how many rows would come, go or move. */
export type Steady<R> = { rows: readonly R[]; waiting: number }

/**
 * Keeps a list from jumping under the pointer. While `isHeld`, rows stay where they stand, with their newest content, and
 * rows that have gone stay readable; what would come, go or move is only counted. Otherwise the fresh rows are shown.
 */
export const steadyRows = <R extends { readonly id: string }>(
  shown: readonly R[],
  fresh: readonly R[],
  isHeld: boolean,
): Steady<R> => {
  if (!isHeld || shown.length === 0) return { rows: fresh, waiting: 0 }
  const newest = new Map(fresh.map((row) => [row.id, row]))
  const known = new Set(shown.map((row) => row.id))
  const gone = shown.filter((row) => !newest.has(row.id)).length
  const come = fresh.filter((row) => !known.has(row.id)).length
  const stayShown = shown.filter((row) => newest.has(row.id)).map((row) => row.id)
  const stayFresh = fresh.filter((row) => known.has(row.id)).map((row) => row.id)
  const moved = stayShown.filter((id, at) => id !== stayFresh[at]).length
  return { rows: shown.map((row) => newest.get(row.id) ?? row), waiting: gone + come + moved }
}
