import { z } from 'zod'

const FEN_OF_YUAN = 100
/** Two decimals are exact in a double up to here; no bill comes near. Yuan. */
const YUAN_MOST = 10_000_000_000
/** How far a double that stands for whole fen may be from them. */
const NEARLY = 0.000_01

/** An amount as the wire carries it: yuan, two decimals at most. Whole fen here; more decimals are a fault of who sent them. */
export const yuan = z
  .number()
  .min(-YUAN_MOST)
  .max(YUAN_MOST)
  .refine((amount) => Math.abs(amount * FEN_OF_YUAN - Math.round(amount * FEN_OF_YUAN)) < NEARLY, 'At most two decimals')

/** Whole fen of an amount in yuan that has two decimals at most. */
export const fenOf = (amount: number): number => Math.round(amount * FEN_OF_YUAN) + 0

/** The amount in yuan, as the wire wants it. */
export const yuanOf = (fen: number): number => fen / FEN_OF_YUAN
