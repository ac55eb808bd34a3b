/** A repeatable stream of numbers: the same seed text gives the same stream on every machine. Not for secrets. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next: () => number
  /** A whole number, both ends included. */
  whole: (from: number, to: number) => number
  chance: (share: number) => boolean
  pick: <Item>(list: readonly Item[]) => Item
  /** Normally distributed (Box–Muller). */
  normal: (mean: number, deviation: number) => number
}

/** Opens the stream of a seed: FNV-1a spreads the text over the four words of sfc32. */
export const randomFrom = (seed: string): Random => {
  const word = (salt: number): number => {
    let hash = 0x811c9dc5 ^ salt
    for (let at = 0; at < seed.length; at++) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193)
    return hash | 0
  }
  let [a, b, c, count] = [word(0x9e3779b9), word(0x243f6a88), word(0xb7e15162), 1]
  const next = (): number => {
    const sum = (((a + b) | 0) + count++) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  // The first numbers of sfc32 still show the seed; the usual advice is to drop the first twelve.
  for (let dropped = 0; dropped < 12; dropped++) next()
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  const pick = <Item>(list: readonly Item[]): Item => list[whole(0, list.length - 1)] as Item
  const normal = (mean: number, deviation: number): number =>
    mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return { next, whole, chance: (share) => next() < share, pick, normal }
}
