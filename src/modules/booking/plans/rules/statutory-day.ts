import chineseDays from 'chinese-days'
import type { Day } from '../../../../kernel/day.ts'
import { plusDays } from '../../../../kernel/day.ts'
import type { Words } from '../../../../kernel/words.ts'

/**
 * What a day is by the State Council's arrangement: a holiday, a workday that makes up for one (调休上班), or neither. While a year
 * is not arranged (`isArranged` false), its holidays are those of the law alone, and no day makes up for one.
 */
export type StatutoryDay = {
  readonly is: 'ordinary' | 'holiday' | 'make-up'
  readonly name: Words | null
  readonly isArranged: boolean
}

const FESTIVALS = {
  newYear: { zh: '元旦', en: 'New Year’s Day' },
  spring: { zh: '春节', en: 'Spring Festival' },
  qingming: { zh: '清明', en: 'Tomb-sweeping Day' },
  labour: { zh: '劳动节', en: 'Labour Day' },
  dragonBoat: { zh: '端午', en: 'Dragon Boat Festival' },
  midAutumn: { zh: '中秋', en: 'Mid-autumn Festival' },
  national: { zh: '国庆节', en: 'National Day' },
} as const

const lunar = (year: string, day: string): Day => chineseDays.getSolarDateFromLunar(`${year}-${day}`).date as Day

// The fourth month, in which Qingming always falls.
const APRIL = 4

/** Holidays of a year by law, 全国年节及纪念日放假办法 as of 2025-01-01 (国务院令第795号). */
const byLaw = (year: string): ReadonlyMap<string, Words> => {
  const spring = lunar(year, '01-01')
  return new Map<string, Words>([
    [`${year}-01-01`, FESTIVALS.newYear],
    ...[plusDays(spring, -1), spring, plusDays(spring, 1), plusDays(spring, 2)].map((day) => [day, FESTIVALS.spring] as const),
    [chineseDays.getSolarTermDate(Number(year), APRIL, 'pure_brightness'), FESTIVALS.qingming],
    ...['05-01', '05-02'].map((day) => [`${year}-${day}`, FESTIVALS.labour] as const),
    [lunar(year, '05-05'), FESTIVALS.dragonBoat],
    [lunar(year, '08-15'), FESTIVALS.midAutumn],
    ...['10-01', '10-02', '10-03'].map((day) => [`${year}-${day}`, FESTIVALS.national] as const),
  ])
}

// The package writes “English,中文,days” for the days of an arrangement, and the weekday's name for all others.
const namedBy = (day: Day): Words | null => {
  const [en, zh] = chineseDays.getDayDetail(day).name.split(',')
  return en !== undefined && zh !== undefined ? { zh, en } : null
}

/** Whether the State Council's arrangement of a year is known; National Day is in every one. */
export const isYearArranged = (year: string): boolean => namedBy(`${year}-10-01` as Day) !== null

/** What a day is: from the published arrangement of its year, else by law alone. */
export const statutoryDay = (day: Day): StatutoryDay => {
  const [year = ''] = day.split('-')
  if (!isYearArranged(year)) {
    const name = byLaw(year).get(day) ?? null
    return { is: name ? 'holiday' : 'ordinary', name, isArranged: false }
  }
  const name = namedBy(day)
  if (!name) return { is: 'ordinary', name, isArranged: true }
  return { is: chineseDays.getDayDetail(day).work ? 'make-up' : 'holiday', name, isArranged: true }
}
