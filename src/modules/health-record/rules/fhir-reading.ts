import type { Instant } from '../../../kernel/clock.ts'
import { instantAt, isDay, type Day } from '../../../kernel/day.ts'

/** A FHIR resource as it came: only what is read is relied on, because sources differ. */
export type Resource = { readonly resourceType: string; readonly id?: string; readonly [element: string]: unknown }
type Fields = { readonly [element: string]: unknown }

/** An object's fields, or none when the value is something else. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

/** A list, or an empty one when the value is something else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** A text that is not empty, or null. */
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)

const numberOf = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)

export type Coding = { readonly system: string | null; readonly code: string | null; readonly display: string | null }

/** The codings of a CodeableConcept, in their order. */
export const codingsOf = (concept: unknown): Coding[] =>
  listOf(fieldsOf(concept)['coding']).map((coding) => {
    const { system, code, display } = fieldsOf(coding)
    return { system: textOf(system), code: textOf(code), display: textOf(display) }
  })

/** The first code of a CodeableConcept, or null. */
export const codeOf = (concept: unknown): string | null => codingsOf(concept).find(({ code }) => code !== null)?.code ?? null

const CHINESE = /\p{Script=Han}/u

/** A concept in words of both languages; where a source has only one language, both show it. Null when it has no words at all. */
export const wordsOf = (concept: unknown): { zh: string; en: string } | null => {
  const texts = [textOf(fieldsOf(concept)['text']), ...codingsOf(concept).flatMap(({ display }) => display)].filter(
    (text) => text !== null,
  )
  const zh = texts.find((text) => CHINESE.test(text))
  const en = texts.find((text) => !CHINESE.test(text))
  const any = zh ?? en ?? codeOf(concept)
  return any === null ? null : { zh: zh ?? any, en: en ?? any }
}

const DATE_TIME = /^(\d{4})(-\d\d)?(-\d\d)?(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/

/** Whether a text is a FHIR date or dateTime: a year, a month, a day, or a moment with its zone. */
export const isFhirDateTime = (text: string): boolean => {
  const found = DATE_TIME.exec(text)
  if (!found) return false
  const [, year, month = '-01', day = '-01', time] = found
  if (time !== undefined && found[3] === undefined) return false
  return isDay(`${year}${month}${day}`) && (time === undefined || !Number.isNaN(Date.parse(text)))
}

/** The moment that a FHIR date or dateTime begins with, in the region's zone when it has none of its own; null when it is none. */
export const momentOf = (value: unknown, zone: string): Instant | null => {
  const text = textOf(value)
  if (text === null || !isFhirDateTime(text)) return null
  if (text.includes('T')) return new Date(text).toISOString() as Instant
  return instantAt(`${text}-01-01`.slice(0, 10) as Day, '00:00', zone)
}

// The elements that say when something was, the most telling first; a period says it by its beginning.
const WHEN = `effectiveDateTime effectivePeriod effectiveInstant onsetDateTime onsetPeriod performedDateTime performedPeriod
  occurrenceDateTime occurrencePeriod authoredOn period issued recordedDate dateAsserted started date created`.split(/\s+/)

/** When it was that a resource speaks of; null when it does not say. */
export const timeOf = (resource: Resource, zone: string): Instant | null => {
  for (const element of WHEN) {
    const value = resource[element]
    const moment = momentOf(textOf(value) ?? fieldsOf(value)['start'], zone)
    if (moment) return moment
  }
  return null
}

// What was found to be wrong outweighs whether it is active.
const VOID = ['entered-in-error', 'refuted']

/** The state of a resource in one word: its status, or for conditions and allergies the clinical one unless it was found wrong. */
export const statusOf = (resource: Resource): string | null => {
  const verified = codeOf(resource['verificationStatus'])
  if (verified !== null && VOID.includes(verified)) return verified
  return textOf(resource['status']) ?? codeOf(resource['clinicalStatus']) ?? textOf(resource['lifecycleStatus'])
}

/** What the resource is about: its main concept. */
export const conceptOf = (resource: Resource): unknown =>
  resource['code'] ??
  resource['vaccineCode'] ??
  resource['medicationCodeableConcept'] ??
  listOf(resource['type'])[0] ??
  resource['type'] ??
  null

export type Quantity = { readonly value: number; readonly unit: string; readonly comparator: string | null }

/** A measured amount; null when there is no number. The UCUM code leads, because units are written in many ways. */
export const quantityOf = (value: unknown): Quantity | null => {
  const { value: amount, unit, code, comparator } = fieldsOf(value)
  const number = numberOf(amount)
  return number === null ? null : { value: number, unit: textOf(code) ?? textOf(unit) ?? '', comparator: textOf(comparator) }
}
