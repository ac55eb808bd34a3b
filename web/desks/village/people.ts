import type { Queries } from '../../api/api-types.ts'
import { zh } from './zh.ts'

export type ShownPerson = Queries['residents.search']['answer']['persons'][number]

const monthsPerYear = 12
/** Below this a child's age is said in months. */
const monthsSaidUntilYears = 2

/** Age on a day given as ms since 1970, in the words of the language; empty when the birthday is unknown. */
export const ageWords = (bornOn: string | null, now: number, words: Pick<typeof zh, 'years' | 'months'>): string => {
  if (bornOn === null) return ''
  const [year = 0, month = 1, day = 1] = bornOn.split('-').map(Number)
  const today = new Date(now)
  const months = (today.getFullYear() - year) * monthsPerYear + today.getMonth() + 1 - month - (today.getDate() < day ? 1 : 0)
  const years = Math.floor(months / monthsPerYear)
  return years < monthsSaidUntilYears ? words.months(Math.max(0, months)) : words.years(years)
}

/** A name for lists that others may see over the shoulder: 张*三, 李*. */
export const maskedName = (name: string): string => {
  const letters = [...name]
  if (letters.length < 2) return name
  return letters.length === 2 ? `${letters[0]}*` : `${letters[0]}*${letters.at(-1)}`
}
