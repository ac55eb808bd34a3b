import type { Gap, Heard } from '../occupancy.ts'

/** What has been heard of a feed: everything from 1 to the highest number, except the gaps, which stand in order. */
export type Window = { readonly highest: number; readonly gaps: readonly Gap[] }

/**
 * Hears one number. Above the highest it is new, and what it skipped is a gap; inside a gap it fills its place in it; anything else was
 * heard before. In whatever order numbers come, and however often, the same window is left: its gaps are exactly the numbers not heard.
 * Source: issue of an idempotent feed with sequence numbers, design.
 */
export const hear = (
  { highest, gaps }: Window,
  seq: number,
): { readonly window: Window; readonly heard: Exclude<Heard, 'number-reused'> } => {
  if (seq > highest) {
    const skipped = seq > highest + 1 ? [{ from: highest + 1, to: seq - 1 }] : []
    return { window: { highest: seq, gaps: [...gaps, ...skipped] }, heard: 'new' }
  }
  const gap = gaps.find(({ from, to }) => from <= seq && seq <= to)
  if (!gap) return { window: { highest, gaps }, heard: 'duplicate' }
  const rest = [
    { from: gap.from, to: seq - 1 },
    { from: seq + 1, to: gap.to },
  ].filter(({ from, to }) => from <= to)
  return { window: { highest, gaps: gaps.flatMap((one) => (one === gap ? rest : [one])) }, heard: 'filled' }
}
