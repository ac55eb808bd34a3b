import { formatDay } from '../../ui/time-format.ts'

/** Months to look at, this one first, as `2026-11`: the month of an instant (ms since 1970, Beijing) and those before it. */
export const monthsUntil = (now: number, count: number): string[] => {
  const [year = 0, month = 1] = formatDay(new Date(now).toISOString()).split('-').map(Number)
  return Array.from({ length: count }, (_, back) => {
    const at = year * 12 + month - 1 - back
    return `${String(Math.floor(at / 12))}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}

/** Minutes to read: whole ones as they are, others with one digit. */
export const roundedMinutes = (minutes: number): number => Math.round(minutes * 10) / 10

/** Basis points as a percentage to read, with one digit where it says something. */
export const percentOf = (basisPoints: number): string => String(Math.round(basisPoints / 10) / 10)
