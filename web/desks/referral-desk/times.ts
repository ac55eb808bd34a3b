import { formatDay, formatInstant } from '../../ui/time-format.ts'
import type { caseZh } from './case-zh.ts'

const dayMs = 86_400_000

/** The time of day of an ISO instant in Beijing: `09:30`. */
export const timeOfDay = (at: string): string => formatInstant(at).slice(11)

/** A day, `YYYY-MM-DD`, as desks speak of it: `11-24 周二`. */
export const dayWords = (day: string, words: typeof caseZh): string => {
  // 1970-01-01 was a Thursday.
  const weekday = (Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs) + 4) % 7
  return `${day.slice(5)} ${words.weekdays[weekday] ?? ''}`
}

/** From when to when, on one day: `2026-11-24 09:00–09:30`. */
export const spanOf = (startsAt: string, endsAt: string): string => `${formatInstant(startsAt)}–${timeOfDay(endsAt)}`

/** The day in Beijing at an instant, ms since 1970. */
export const dayAt = (ms: number): string => formatInstant(ms).slice(0, 10)

/** How old somebody is on a day: years from two years on, then months, then days for newborns; null without a birth date. */
export const ageWords = (bornOn: string | null, today: string, words: typeof caseZh): string | null => {
  if (bornOn === null) return null
  const had = today.slice(5) >= bornOn.slice(5) ? 0 : 1
  const years = Number(today.slice(0, 4)) - Number(bornOn.slice(0, 4)) - had
  if (years >= 2) return words.years(years)
  const days = Math.round((Date.parse(today) - Date.parse(bornOn)) / dayMs)
  const months = Math.floor(days / 30.44)
  return months >= 1 ? words.months(months) : words.days(Math.max(0, days))
}

/** The days of instants, each once, in order. */
export const daysOf = (instants: readonly string[]): string[] => [...new Set(instants.map(formatDay))].sort()
