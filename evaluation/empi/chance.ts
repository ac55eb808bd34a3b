/** Numbers from a seed, the same each time: mulberry32. */
export type Chance = {
  /** From 0 up to but not including 1. */
  readonly next: () => number
  /** A whole number below a bound. */
  readonly below: (bound: number) => number
  readonly one: <T>(list: readonly T[]) => T
  readonly is: (share: number) => boolean
}

/** Chance that answers the same for the same seed. */
export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (bound: number) => Math.floor(next() * bound)
  return { next, below, one: (list) => list[below(list.length)] as never, is: (share) => next() < share }
}
