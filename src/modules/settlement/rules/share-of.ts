import { assert } from '../../../kernel/assert.ts'
import { WHOLE } from '../../../kernel/share.ts'

const HALF = WHOLE / 2
// Up to here a product and its half step are exact whole numbers of a double.
const WEIGHED_MOST = Number.MAX_SAFE_INTEGER - WHOLE

/** Fen times basis points to whole fen, half up. @source insurance practice: two decimals, HALF_UP, once for each amount. */
export const roundedFen = (weighed: number): number => {
  assert(Number.isSafeInteger(weighed) && weighed >= 0, 'a weighed amount is whole, not negative and below 2^53')
  // Exact: below 2^53 a quotient by 10 000 lies at least 1/10 000 below the next whole number, and is rounded by less than that.
  return Math.floor((weighed + HALF) / WHOLE)
}

/** A share of an amount in whole fen, half up to the fen as insurers print it. */
export const shareOf = (amountFen: number, shareBp: number): number => {
  const weighed = amountFen * shareBp
  if (weighed >= 0 && weighed <= WEIGHED_MOST) return Math.floor((weighed + HALF) / WHOLE)
  assert(amountFen >= 0 && shareBp >= 0, 'a share is taken of what is not negative')
  const whole = BigInt(WHOLE)
  return Number((BigInt(amountFen) * BigInt(shareBp) + whole / 2n) / whole)
}
