import type { Band } from './area-schema.ts'
import { roundedFen } from './share-of.ts'

/** A stretch of fees that one rate holds for. */
export type Slice = { readonly fen: number; readonly rateBp: number }

/** The stretches of the fees from `start` to `end` by bands; fees that no band holds for have the rate 0. */
export const slicesOf = (bands: readonly Band[], start: number, end: number, lessBp = 0): Slice[] => {
  const slices: Slice[] = []
  let covered = start
  for (const { overFen, upToFen, rateBp } of bands) {
    const from = Math.max(covered, overFen)
    const to = Math.min(end, upToFen ?? end)
    if (to <= from) continue
    if (from > covered) slices.push({ fen: from - covered, rateBp: 0 })
    slices.push({ fen: to - from, rateBp: Math.max(rateBp - lessBp, 0) })
    covered = to
  }
  if (end > covered) slices.push({ fen: end - covered, rateBp: 0 })
  return slices
}

/** Fen times basis points over the stretches of the fees from `start` to `end`, without the stretches themselves. */
export const weighedBetween = (bands: readonly Band[], start: number, end: number, lessBp = 0): number => {
  let sum = 0
  let covered = start
  for (const { overFen, upToFen, rateBp } of bands) {
    const from = Math.max(covered, overFen)
    const to = upToFen === null ? end : Math.min(end, upToFen)
    if (to <= from) continue
    if (rateBp > lessBp) sum += (to - from) * (rateBp - lessBp)
    covered = to
  }
  return sum
}

/** What bands pay of the fees from `start` to `end`, rounded once, half up. */
export const byBands = (bands: readonly Band[], start: number, end: number): number =>
  roundedFen(weighedBetween(bands, start, end))

/** The fees beyond those for which the fund reaches an amount: what stands above its cap. */
export const feesBeyond = (slices: readonly Slice[], weighedRoom: number): number => {
  let room = weighedRoom
  let beyond = 0
  for (const { fen, rateBp } of slices) {
    const within = rateBp === 0 ? (room > 0 ? fen : 0) : Math.min(fen, Math.ceil(room / rateBp))
    room = Math.max(room - within * rateBp, 0)
    beyond += fen - within
  }
  return beyond
}
