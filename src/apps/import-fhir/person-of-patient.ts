import type { Day } from '../../kernel/day.ts'
import { isDay } from '../../kernel/day.ts'
import type { Resource } from '../../modules/health-record/index.ts'
import { pinyinOf } from '../../platform/pinyin.ts'

/** What the index of persons takes from a FHIR Patient. */
export type ImportedPerson = {
  readonly zh: string
  readonly en: string | null
  readonly pinyin: string
  readonly initials: string
  readonly sex: 'male' | 'female' | 'unknown' | 'other'
  readonly bornOn: Day | null
  readonly diedOn: Day | null
  readonly address: string | null
  readonly synthetic: boolean
}

type Fields = { readonly [element: string]: unknown }
const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fields) : [])
const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one.trim() !== '')

const CHINESE = /\p{Script=Han}/u
const SYNTHEA = 'https://github.com/synthetichealth/synthea'

/** A person's name as it is written: a Chinese one without a space, others with the given names first. */
const writtenName = (name: Fields): string | null => {
  const [text] = texts(name['text'])
  const family = texts(name['family'])
  const given = texts(name['given'])
  const parts = CHINESE.test([...family, ...given].join('')) ? [[...family, ...given].join('')] : [...given, ...family]
  const written = (text ?? parts.join(' ')).normalize('NFC').replace(/\s+/g, ' ').trim()
  return written === '' ? null : written
}

/** Names in use, the official one first; a maiden or former name is no name to call somebody by. */
const namesOf = (patient: Fields): string[] => {
  const names = list(patient['name']).filter(({ use }) => use !== 'old' && use !== 'maiden' && use !== 'temp')
  const official = names.filter(({ use }) => use === 'official')
  return [...official, ...names.filter((name) => !official.includes(name))].flatMap((name) => writtenName(name) ?? [])
}

/** How a name is found by typing: Chinese by pinyin, others by their own letters and the first of each word. */
const typedAs = (name: string): { pinyin: string; initials: string } => {
  if (CHINESE.test(name)) return pinyinOf(name, true)
  const words = name.toLowerCase().split(' ')
  return { pinyin: words.join(''), initials: words.map((word) => [...word][0]).join('') }
}

const dayOfText = (value: unknown): Day | null => {
  const [text = ''] = texts(value)
  const day = text.slice(0, 10)
  return isDay(day) ? (day as Day) : null
}

const addressOf = (patient: Fields): string | null => {
  const [address] = list(patient['address'])
  if (!address) return null
  const [text] = texts(address['text'])
  const parts = [...texts(address['line']), ...texts(address['district']), ...texts(address['city']), ...texts(address['state'])]
  return text ?? (parts.length > 0 ? parts.join(', ') : null)
}

const isSynthetic = (patient: Fields): boolean =>
  list(fields(patient['meta'])['tag']).some(({ code }) => code === 'HTEST') ||
  list(patient['identifier']).some(({ system }) => system === SYNTHEA)

/**
 * A resident out of a FHIR Patient; null when it has no name. A birthday of which only the year or month is known stays
 * empty, and so does a day of death; a moment of death counts as the day that it was where it was written.
 */
export const personOfPatient = (patient: Resource): ImportedPerson | null => {
  const names = namesOf(patient)
  const chinese = names.find((name) => CHINESE.test(name))
  const other = names.find((name) => !CHINESE.test(name)) ?? null
  const zh = chinese ?? other
  if (zh === null) return null
  const gender = patient['gender']
  return {
    zh,
    en: other,
    ...typedAs(zh),
    sex: gender === 'male' || gender === 'female' || gender === 'other' ? gender : 'unknown',
    bornOn: dayOfText(patient['birthDate']),
    diedOn: dayOfText(patient['deceasedDateTime']),
    address: addressOf(patient),
    synthetic: isSynthetic(patient),
  }
}

/** The text of a Patient that the record keeps: identity and phone numbers, also of relatives, left out, because they may only rest sealed. */
export const withoutNumbers = (exact: Fields): string => {
  const { identifier: _numbers, telecom: _phones, contact: _relatives, ...rest } = exact
  return JSON.stringify(rest)
}
