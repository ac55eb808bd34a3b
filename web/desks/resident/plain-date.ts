import type { Language } from '../../words/language.tsx'

const inChina = { timeZone: 'Asia/Shanghai' } as const
const dayKey = new Intl.DateTimeFormat('sv-SE', { ...inChina, dateStyle: 'short' })
const clockForm = new Intl.DateTimeFormat('sv-SE', { ...inChina, timeStyle: 'short' })
const dayForm: Record<Language, Intl.DateTimeFormat> = {
  zh: new Intl.DateTimeFormat('zh-CN', { ...inChina, month: 'long', day: 'numeric', weekday: 'long' }),
  en: new Intl.DateTimeFormat('en-GB', { ...inChina, month: 'short', day: 'numeric', weekday: 'short' }),
}
const yearForm = new Intl.DateTimeFormat('sv-SE', { ...inChina, year: 'numeric' })
const nearDays: Record<Language, readonly string[]> = { zh: ['今天', '明天', '后天'], en: ['Today', 'Tomorrow'] }
const dayMs = 86_400_000

/** Days from the day of `now` to the day of an instant, both in Beijing; below 0 for the past. */
const daysAhead = (instant: number, now: number): number =>
  Math.round((Date.parse(dayKey.format(instant)) - Date.parse(dayKey.format(now))) / dayMs)

/**
 * A day as one says it: `明天 11月25日星期三`, `Tomorrow, Wed 25 Nov`; with the year when it is not this one.
 * `now` is ms since 1970.
 */
export const plainDay = (instant: string, now: number, language: Language): string => {
  const at = Date.parse(instant)
  const year = yearForm.format(at)
  const dated = year === yearForm.format(now) ? '' : year
  // Browsers differ in the comma after the English weekday.
  const day = dayForm[language].format(at).replace(',', '')
  const near = nearDays[language][daysAhead(at, now)]
  if (language === 'zh') return `${near === undefined ? '' : `${near} `}${dated === '' ? '' : `${dated}年`}${day}`
  return `${near === undefined ? '' : `${near}, `}${day}${dated === '' ? '' : ` ${dated}`}`
}

/** The time of day in Beijing, 24 hours: `09:00`. */
export const plainClock = (instant: string): string => clockForm.format(Date.parse(instant))

/** Day and time as one says them: `明天 11月25日星期三 09:00`. */
export const plainTime = (instant: string, now: number, language: Language): string =>
  `${plainDay(instant, now, language)} ${plainClock(instant)}`
