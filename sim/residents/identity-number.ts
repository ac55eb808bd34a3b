const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECK_DIGITS = '10X98765432'

/**
 * The eighteenth character of a Chinese identity number, out of its first seventeen digits.
 * @source GB 11643-1999
 */
export const checkDigit = (firstSeventeen: string): string => {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(firstSeventeen[at]), 0)
  return CHECK_DIGITS[sum % 11] as string
}

/**
 * Gives identity numbers in areas that begin with 99, which no province has, so that no number belongs to a living person.
 * The four digits after 99 are those of the county; the sequence number is odd for men and even for women; no number comes twice.
 * @throws when a county has used all numbers of one sex on one day of birth.
 */
export const identityNumbers = (): ((village: string, bornOn: string, sex: 'male' | 'female') => string) => {
  const given = new Map<string, number>()
  return (village, bornOn, sex) => {
    const start = `99${village.slice(2, 6)}${bornOn.replaceAll('-', '')}`
    const count = given.get(start + sex) ?? 0
    const sequence = 2 * count + (sex === 'male' ? 1 : 2)
    if (sequence > 999) throw new Error(`All identity numbers of area and birthday ${start} are given away`)
    given.set(start + sex, count + 1)
    const firstSeventeen = start + String(sequence).padStart(3, '0')
    return firstSeventeen + checkDigit(firstSeventeen)
  }
}
