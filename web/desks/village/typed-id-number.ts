// Weights and check characters of GB 11643-1999. The server decides; this answers while somebody types.
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const checks = '10X98765432'
const wholeLength = 18

/** What an identity number as typed says, or what is wrong with it; `short` while it is being typed. */
export type TypedIdNumber =
  | { is: 'empty' | 'short' | 'form' | 'check' | 'birthday' }
  | { is: 'sound'; number: string; bornOn: string; sex: 'male' | 'female' }

/** A number as a scanner, a paste or a full-width keyboard gives it, made plain. */
export const plainIdNumber = (text: string): string => text.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase()

const isRealDay = (day: string): boolean => {
  const moment = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day)
}

/** Reads an 18-character identity number: checksum, birthday, sex. Source: GB 11643-1999. */
export const readTypedIdNumber = (text: string): TypedIdNumber => {
  const number = plainIdNumber(text)
  if (number === '') return { is: 'empty' }
  if (!/^\d{0,17}[\dX]?$/.test(number)) return { is: 'form' }
  if (number.length < wholeLength) return { is: number.includes('X') ? 'form' : 'short' }
  const sum = weights.reduce<number>((total, weight, at) => total + weight * Number(number[at]), 0)
  if (checks[sum % checks.length] !== number[wholeLength - 1]) return { is: 'check' }
  const bornOn = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isRealDay(bornOn)) return { is: 'birthday' }
  return { is: 'sound', number, bornOn, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' }
}
