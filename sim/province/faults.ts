import { createHash } from 'node:crypto'

/** What may happen to one delivery on a bad network, each with its share of one. What is left arrives as it should. */
export type Shares = {
  readonly lost: number
  readonly receiptLost: number
  readonly doubled: number
  readonly delayed: number
  readonly reordered: number
  readonly broken: number
}
export type Fault = keyof Shares | 'none'

export const QUIET: Shares = { lost: 0, receiptLost: 0, doubled: 0, delayed: 0, reordered: 0, broken: 0 }
export const BAD: Shares = { lost: 0.07, receiptLost: 0.07, doubled: 0.07, delayed: 0.07, reordered: 0.07, broken: 0.05 }

/** A share of one, the same for the same seed and words. */
export const drawn = (...words: readonly (string | number)[]): number =>
  createHash('sha256').update(words.join('\0')).digest().readUInt32BE(0) / 2 ** 32

/** Which fault strikes the attempt: drawn from the seed, the message and how often it has come, so a run can be repeated. */
export const faultOf = (shares: Shares, seed: string, id: string, attempt: number): Fault => {
  let left = drawn(seed, id, attempt)
  for (const fault of Object.keys(shares) as (keyof Shares)[]) {
    left -= shares[fault]
    if (left < 0) return fault
  }
  return 'none'
}
