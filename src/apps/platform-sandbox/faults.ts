import { createHash } from 'node:crypto'

/** What a bad line does to a message. Shares of one, tried in this order. */
export type Shares = {
  /** The request never arrives. */
  readonly lost: number
  /** It is carried out, and the answer never comes. */
  readonly replyLost: number
  /** It arrives a second time after it was answered. */
  readonly doubled: number
  /** It is carried out later than anybody waits for. */
  readonly late: number
  /** It is refused without effect, although nothing is wrong with it. */
  readonly refused: number
}
export type Fault = keyof Shares | 'none'

/** A line that does nothing wrong. */
export const QUIET: Shares = { lost: 0, replyLost: 0, doubled: 0, late: 0, refused: 0 }
/** A line on which nearly every third message meets something. */
export const BAD: Shares = { lost: 0.06, replyLost: 0.08, doubled: 0.06, late: 0.06, refused: 0.04 }

const BITS = 2 ** 32

/** A number from 0 to below 1 that only the seed and the words decide. */
export const drawn = (seed: string, ...words: readonly (string | number)[]): number =>
  createHash('sha256')
    .update([seed, ...words].join('\0'))
    .digest()
    .readUInt32BE(0) / BITS

/** What becomes of one delivery of a message. */
export const faultOf = (shares: Shares, seed: string, message: string, attempt: number): Fault => {
  let rest = drawn(seed, 'fault', message, attempt)
  for (const [fault, share] of Object.entries(shares) as [keyof Shares, number][]) {
    if (rest < share) return fault
    rest -= share
  }
  return 'none'
}
