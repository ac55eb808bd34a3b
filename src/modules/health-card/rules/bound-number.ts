import type { BoundKind } from '../health-card.ts'

// ISO/IEC 7812-1: an account number of a card has 12 to 19 digits, the last of them by Luhn’s formula.
const BANK = /^\d{12,19}$/
// Letters, digits and hyphens as they stand on cards; the length is that of the index of persons.
const PLAIN = /^[0-9A-Z-]{4,40}$/
// The sum of a number that is whole ends in zero.
const TEN = 10
// Doubling a digit past nine adds its two digits: the same as taking nine away.
const NINE = 9

const hasLuhnEnd = (digits: string): boolean =>
  [...digits].reverse().reduce((sum, digit, at) => {
    const twice = Number(digit) * 2
    return sum + (at % 2 === 0 ? Number(digit) : twice > NINE ? twice - NINE : twice)
  }, 0) %
    TEN ===
  0

/** Whether a number can be one of its kind; the number as the index of persons compares it. */
export const isBoundNumber = (kind: BoundKind, number: string): boolean =>
  kind === 'bank' ? BANK.test(number) && hasLuhnEnd(number) : PLAIN.test(number)
