import { plusDays, type Day } from '../../../kernel/day.ts'
import { MONTHS } from '../rules/parts.ts'

/** The first day of a month. */
export const monthOf = (year: number, month: number): Day => `${year}-${String(month).padStart(2, '0')}-01` as Day

/** The last day of a month. */
export const lastDayOf = (year: number, month: number): Day =>
  plusDays(month === MONTHS ? monthOf(year + 1, 1) : monthOf(year, month + 1), -1)

export const yearOfDay = (day: Day): number => Number(day.slice(0, 4))
