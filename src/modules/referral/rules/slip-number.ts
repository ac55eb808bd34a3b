import { randomBytes } from 'node:crypto'
import type { Day } from '../../../kernel/day.ts'

// Crockford's alphabet: no letter that reads like a digit.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10

/**
 * A slip number: `ZZ-20261122-7K3M9QXA2B`. Fifty random bits, so that nobody finds another's slip by counting;
 * the day is there for people who file paper.
 */
export const slipNumber = (day: Day, random: Uint8Array = randomBytes(LENGTH)): string =>
  `ZZ-${day.replaceAll('-', '')}-${[...random.subarray(0, LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')}`
