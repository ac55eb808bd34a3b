// A whole, 100 %, in basis points.
const WHOLE = 10_000n

/** A share of an amount in whole fen, half up to the fen as insurers print it. */
export const shareOf = (amountFen: number, shareBp: number): number =>
  Number((BigInt(amountFen) * BigInt(shareBp) + WHOLE / 2n) / WHOLE)
