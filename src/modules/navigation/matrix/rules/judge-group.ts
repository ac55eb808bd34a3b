import type { Cell, CellState } from '../matrix.ts'

/** How many of a group of places cover a condition, and so on. */
export type GroupCounts = Readonly<Record<CellState, number>>

export const countCells = (cells: readonly Pick<Cell, 'state'>[]): GroupCounts => {
  const counts = { covered: 0, thin: 0, empty: 0, leaking: 0, beyond: 0 }
  for (const { state } of cells) counts[state] += 1
  return counts
}

const gather = (cells: readonly Cell[]): Pick<Cell, 'whys' | 'missing'> => ({
  whys: [...new Set(cells.flatMap(({ whys }) => whys))],
  missing: [...new Set(cells.flatMap(({ missing }) => missing))],
})

const evidenceOf = (cells: readonly Cell[]): Cell['evidence'] =>
  (['declared', 'shown', 'derived'] as const).find((one) => cells.some(({ evidence }) => evidence === one)) ?? 'nothing'

/**
 * The whole area for one condition: covered where one place covers it, for one good place is enough. Outflow counts only where some
 * place of the area stands high enough to treat the condition: what belongs to a higher tier rightly goes there.
 * `outsideShare`: cases of the area's people treated outside, basis points; null when too few.
 */
export const judgeArea = (cells: readonly Cell[], outsideShare: number | null, leakShare: number): Cell => {
  const within = cells.filter(({ state }) => state !== 'beyond')
  if (within.length === 0) return { state: 'beyond', evidence: 'nothing', whys: [], missing: [] }
  const evidence = evidenceOf(within)
  const isCovered = within.some(({ state }) => state === 'covered')
  const best = within.filter(({ state }) => state === 'thin' || state === 'leaking')
  const isLeaking = outsideShare !== null && outsideShare >= leakShare
  const state = isLeaking ? 'leaking' : isCovered ? 'covered' : best.length > 0 ? 'thin' : 'empty'
  if (isCovered) return { state, evidence, whys: isLeaking ? ['leaks'] : [], missing: [] }
  const { whys, missing } = gather(best.length > 0 ? best : within)
  return { state, evidence, whys: isLeaking ? ['leaks', ...whys.filter((why) => why !== 'leaks')] : whys, missing }
}

/** One level of the area: covered when enough of its places are, thin when enough at least treat the condition at all. */
export const judgeLevel = (cells: readonly Cell[], shareLeast: number, whole: number): Cell => {
  const within = cells.filter(({ state }) => state !== 'beyond')
  if (within.length === 0) return { state: 'beyond', evidence: 'nothing', whys: [], missing: [] }
  const counts = countCells(within)
  const evidence = evidenceOf(within)
  const reaches = (places: number): boolean => places * whole >= within.length * shareLeast
  if (reaches(counts.covered)) return { state: 'covered', evidence, whys: [], missing: [] }
  const others = gather(within.filter(({ state }) => state !== 'covered'))
  if (reaches(counts.leaking)) return { state: 'leaking', evidence, ...others }
  if (reaches(counts.covered + counts.thin + counts.leaking)) return { state: 'thin', evidence, ...others }
  const some = counts.covered + counts.thin + counts.leaking > 0
  return {
    state: some ? 'thin' : 'empty',
    evidence,
    whys: some ? ['few-places', ...others.whys] : others.whys,
    missing: others.missing,
  }
}
