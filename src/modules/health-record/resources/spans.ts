import { instantAt, plusDays, type Day } from '../../../kernel/day.ts'

/** A span of time, milliseconds from 1970 in UTC: `low` is its first moment, `high` the first after it. */
export type Span = { readonly low: number; readonly high: number }

const SECOND = 1_000
const DAYS_KEPT = 20_000
const beginnings = new Map<string, number>()

/** The first moment of a day in a zone. */
const beginningOf = (day: Day, zone: string): number => {
  const key = `${zone} ${day}`
  const known = beginnings.get(key)
  if (known !== undefined) return known
  if (beginnings.size >= DAYS_KEPT) beginnings.clear()
  const found = Date.parse(instantAt(day, '00:00', zone))
  beginnings.set(key, found)
  return found
}

const nextMonth = (year: number, month: number): Day =>
  (month === 12
    ? `${String(year + 1).padStart(4, '0')}-01-01`
    : `${String(year).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}-01`) as Day

/** What a FHIR date or dateTime covers: a year, a month and a day their whole length, a moment its second or its millisecond. */
export const spanOf = (text: string, zone: string): Span => {
  if (text.includes('T')) {
    const low = Date.parse(text)
    return { low, high: low + (/T\d\d:\d\d:\d\d\./.test(text) ? 1 : /T\d\d:\d\d:\d\d/.test(text) ? SECOND : 60 * SECOND) }
  }
  const [year, month, day] = text.split('-')
  if (day) return { low: beginningOf(text as Day, zone), high: beginningOf(plusDays(text as Day, 1), zone) }
  if (month)
    return { low: beginningOf(`${text}-01` as Day, zone), high: beginningOf(nextMonth(Number(year), Number(month)), zone) }
  return { low: beginningOf(`${text}-01-01` as Day, zone), high: beginningOf(nextMonth(Number(year), 12), zone) }
}
