import { createHash } from 'node:crypto'
import { instantAt, isDay, type Day } from '../../kernel/day.ts'
import { plusMilliseconds } from '../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'

/** The elements of a FHIR resource that a message says, without id and type. */
export type Elements = { readonly [element: string]: unknown }

/** One resource out of a message: its type, what makes it the same thing in a later message of the same source, and its elements. */
export type Draft = { readonly type: string; readonly key: string; readonly elements: Elements }

/** What a message says about a person, whatever its format. */
export type ReadPerson = {
  /** Numbers of the source itself, `assigner|value`, the one that it goes by first. */
  readonly ids: readonly string[]
  /** The number of an identity card as it is written; not checked yet. */
  readonly idNumber: string | null
  readonly zh: string | null
  readonly en: string | null
  readonly sex: 'male' | 'female' | 'unknown' | 'other'
  readonly bornOn: Day | null
  readonly diedOn: Day | null
  readonly phone: string | null
  readonly address: string | null
}

/** Why the content of a message cannot be used, and at which place of it. */
export type ContentFault = { readonly fault: string; readonly place: string }

/** What resources are about and where they come from. */
export type Origin = {
  readonly org: OrgId
  readonly person: PersonId
  readonly source: string
  readonly zone: string
  readonly synthetic: boolean
}

/** The id of a resource of a source: the same words always give the same id, in the form of a UUID, so that references can be written before anything is stored. */
export const idOf = ({ source, person }: Pick<Origin, 'source' | 'person'>, type: string, key: string): string => {
  const hex = createHash('sha256').update(`${source}\0${person}\0${type}\0${key}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export const refTo = (origin: Origin, type: string, key: string): { reference: string } => ({
  reference: `${type}/${idOf(origin, type, key)}`,
})

/** The system of the visit numbers of an institution. */
export const visitSystem = (org: OrgId): string => `urn:jieli:${org}:visit`

/** What makes a diagnosis of a visit the same in a later message or front page, by its kind in DG1-6. */
export const diagnosisKey = (visit: string, code: string, kind: string): string => `${visit}|${code}|${kind}`
/** The key of a diagnosis that is final. */
export const finalDiagnosisKey = (visit: string, code: string): string => diagnosisKey(visit, code, 'F')

/** Marks what is about nobody real. */
const TEST_TAG = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST', display: 'test health data' }

/** The whole resource of a draft. */
export const resourceOf = (origin: Origin, { type, key, elements }: Draft): Elements => ({
  resourceType: type,
  id: idOf(origin, type, key),
  ...(origin.synthetic ? { meta: { tag: [TEST_TAG] } } : {}),
  ...elements,
})

const WHOLE = /^(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:\.\d+)?([+-]\d{4})?$/

/**
 * A moment as HL7 writes it (`YYYY[MM[DD[HHMM[SS]]]][+ZZZZ]`) as FHIR writes it; without a zone it is the region's. What is no
 * real date is null. ISO texts are taken too, because senders mix them.
 */
export const fhirMoment = (text: string | null, zone: string): string | null => {
  if (text === null) return null
  const found = WHOLE.exec(text.trim().replace(/[-/T: ](?=\d)/g, (sign, at: number) => (sign === '-' && at > 10 ? sign : '')))
  if (!found) return null
  const [, year = '', month, day, hour, minute = '00', second = '00', offset] = found
  if (month === undefined) return year
  if (day === undefined) return Number(month) >= 1 && Number(month) <= 12 ? `${year}-${month}` : null
  const date = `${year}-${month}-${day}`
  if (!isDay(date)) return null
  if (hour === undefined) return date
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  if (offset) return `${date}T${hour}:${minute}:${second}${offset.slice(0, 3)}:${offset.slice(3)}`
  return plusMilliseconds(instantAt(date as Day, `${hour}:${minute}`, zone), Number(second) * 1_000)
}

/** The day of such a text; null when it says no whole day. */
export const dayIn = (text: string | null): Day | null => {
  const [year, month, day] = /^(\d{4})[-/]?(\d\d)[-/]?(\d\d)/.exec(text?.trim() ?? '')?.slice(1) ?? []
  const date = `${year}-${month}-${day}`
  return isDay(date) ? (date as Day) : null
}

const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?$/

/** A number with the digits that it came with, for a body that is written as JSON; null for anything else. */
export const exactNumber = (text: string): unknown => {
  const plain = text
    .trim()
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/^(-?)0+(?=\d)/, '$1')
  if (!DECIMAL.test(plain)) return null
  return (JSON as typeof JSON & { rawJSON: (text: string) => unknown }).rawJSON(plain)
}

/** Units whose usual text is also their UCUM code, and those that are written otherwise there. */
const UCUM: Readonly<Record<string, string>> = {
  'mmol/L': 'mmol/L', 'umol/L': 'umol/L', 'μmol/L': 'umol/L', 'µmol/L': 'umol/L', 'g/L': 'g/L', 'mg/L': 'mg/L', 'ng/mL': 'ng/mL', 'U/L': 'U/L', 'IU/L': '[IU]/L',
  'mg/dL': 'mg/dL', 'g/dL': 'g/dL', '%': '%', mmHg: 'mm[Hg]', 'mm[Hg]': 'mm[Hg]', kg: 'kg', cm: 'cm', '℃': 'Cel', Cel: 'Cel', '10^9/L': '10*9/L', '10*9/L': '10*9/L',
  '10^12/L': '10*12/L', '10*12/L': '10*12/L', fL: 'fL', pg: 'pg', s: 's', '次/min': '/min', '/min': '/min', 'kg/m2': 'kg/m2', 'mL/min': 'mL/min',
} // prettier-ignore

/** A measured amount; the number keeps its digits. */
export const quantityOf = (value: unknown, unit: string | null, comparator: string | null = null): Elements => {
  const code = unit === null ? undefined : UCUM[unit.trim()]
  return {
    value,
    ...(comparator ? { comparator } : {}),
    ...(unit ? { unit } : {}),
    ...(code ? { system: 'http://unitsofmeasure.org', code } : {}),
  }
}

const AMOUNT = /^(<=|>=|<|>|≤|≥)?\s*([+-]?\d*\.?\d+)$/
const SIGNS: Readonly<Record<string, string>> = { '≤': '<=', '≥': '>=' }

/** A result in words or numbers: `<0.5` is a quantity with a comparator, `阴性` a text. */
export const valueOf = (text: string, unit: string | null): Elements => {
  const [, sign, digits = ''] = AMOUNT.exec(text.trim()) ?? []
  const value = exactNumber(digits)
  if (value === null || digits === '') return { valueString: text }
  return { valueQuantity: quantityOf(value, unit, sign ? (SIGNS[sign] ?? sign) : null) }
}
