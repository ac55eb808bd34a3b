import type { Day } from '../../../kernel/day.ts'
import { isDay } from '../../../kernel/day.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import type { residentsRefusals } from '../contract.ts'

// GB 11643-1999: weights of the first 17 digits, and the check character by the remainder of 11.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECKS = '10X98765432'

/** The check character that the first 17 digits of an identity number ask for. Source: GB 11643-1999. */
export const checkCharacter = (seventeen: string): string => {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(seventeen[at]), 0)
  return CHECKS[sum % 11] as string
}

export type IdNumberFacts = { readonly number: string; readonly bornOn: Day; readonly sex: 'male' | 'female' }

type Refused = Extract<keyof typeof residentsRefusals, `residents.id-number-${string}`>

/**
 * What an 18-character identity number says. A small x and full-width digits are taken for what they mean.
 * Refuses a number of another form, one whose check character is wrong, and one whose birth date does not exist.
 * Source: GB 11643-1999.
 */
export const readIdNumber = (text: string): Result<IdNumberFacts, Refused> => {
  const number = text.normalize('NFKC').trim().toUpperCase()
  if (!/^\d{17}[\dX]$/.test(number)) return refuse('residents.id-number-form')
  if (checkCharacter(number.slice(0, 17)) !== number[17]) return refuse('residents.id-number-check')
  const day = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isDay(day)) return refuse('residents.id-number-birthday')
  return ok({ number, bornOn: day as Day, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' })
}
