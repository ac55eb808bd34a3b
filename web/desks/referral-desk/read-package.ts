import type { ShownRecord } from '../../../src/modules/health-record/contract.ts'
import { illnessesFirst } from '../clinical-name.ts'

/** The record package as this desk shows it: lists newest first, points of a series oldest first. */
export type PackageShown = Omit<ShownRecord, 'person' | 'findings' | 'basis' | 'withheld'>

// A FHIR resource as it came: only what is read is relied on, because sources differ.
type Fields = { readonly [element: string]: unknown }
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)

const chinese = /\p{Script=Han}/u

const codeOf = (concept: unknown): string | null =>
  listOf(fieldsOf(concept)['coding'])
    .map((coding) => textOf(fieldsOf(coding)['code']))
    .find((code) => code !== null) ?? null

/** A concept in words of both languages; where a source has one only, both show it. */
const wordsOf = (concept: unknown): { zh: string; en: string } | null => {
  const displays = listOf(fieldsOf(concept)['coding']).map((coding) => textOf(fieldsOf(coding)['display']))
  const texts = [textOf(fieldsOf(concept)['text']), ...displays].filter((text) => text !== null)
  const zh = texts.find((text) => chinese.test(text))
  const en = texts.find((text) => !chinese.test(text))
  const any = zh ?? en ?? codeOf(concept)
  return any === null ? null : { zh: zh ?? any, en: en ?? any }
}
const nameless = { zh: '(未命名)', en: '(no name)' }

const isMoment = (text: string): boolean => !Number.isNaN(Date.parse(text))
// The elements that say when something was, the most telling first; a period says it by its beginning.
const whenElements = [
  'effectiveDateTime',
  'effectivePeriod',
  'onsetDateTime',
  'onsetPeriod',
  'authoredOn',
  'issued',
  'recordedDate',
]
const timeOf = (resource: Fields): ReturnType<typeof momentOf> => {
  for (const element of whenElements) {
    const at = momentOf(textOf(resource[element]) ?? textOf(fieldsOf(resource[element])['start']))
    if (at !== null) return at
  }
  return null
}
const momentOf = (text: string | null) =>
  text !== null && isMoment(text)
    ? (new Date(text).toISOString() as PackageShown['series'][number]['points'][number]['at'])
    : null

const statusOf = (resource: Fields): string | null =>
  textOf(resource['status']) ?? codeOf(resource['clinicalStatus']) ?? codeOf(resource['verificationStatus'])
const newestFirst = (one: { at?: string | null; since?: string | null }, other: { at?: string | null; since?: string | null }) =>
  (other.at ?? other.since ?? '').localeCompare(one.at ?? one.since ?? '')

type Parts = { readonly of: (...types: string[]) => Fields[]; readonly at: ReadonlyMap<string, Fields> }

/** The resources of a FHIR document by type and by their address inside it. */
const partsOf = (bundle: unknown): Parts => {
  const entries = listOf(fieldsOf(bundle)['entry']).map(fieldsOf)
  const resources = entries.map((entry) => fieldsOf(entry['resource']))
  const addressed = entries.map((entry): [string, Fields] => [textOf(entry['fullUrl']) ?? '', fieldsOf(entry['resource'])])
  return {
    of: (...types) => resources.filter((resource) => types.includes(textOf(resource['resourceType']) ?? '')),
    at: new Map(addressed),
  }
}

/**
 * Reads the record package, a FHIR R4 document sealed when the referral was sent, as a doctor wants to see it. Resources of
 * other kinds and parts without a number or a name are passed over, never guessed.
 */
export const readPackage = (bundle: unknown): PackageShown => {
  const { of, at } = partsOf(bundle)
  return {
    problems: illnessesFirst(of('Condition').map(problemOf).sort(newestFirst)),
    medicines: of('MedicationRequest', 'MedicationStatement')
      .map((resource) => medicineOf(resource, at))
      .sort(newestFirst),
    allergies: of('AllergyIntolerance').map(allergyOf),
    series: seriesOf(of('Observation')),
    reports: of('DiagnosticReport').map(reportOf).sort(newestFirst),
  }
}

const problemOf = (resource: Fields): PackageShown['problems'][number] => ({
  id: textOf(resource['id']) ?? '',
  words: wordsOf(resource['code']) ?? nameless,
  code: codeOf(resource['code']),
  status: statusOf(resource),
  since: timeOf(resource),
  isActive: true,
})

const medicineOf = (resource: Fields, at: Parts['at']): PackageShown['medicines'][number] => {
  const { reference, display } = fieldsOf(resource['medicationReference'])
  const contained = listOf(resource['contained'])
    .map(fieldsOf)
    .find((one) => `#${textOf(one['id'])}` === reference)
  const concept = resource['medicationCodeableConcept'] ?? (contained ?? at.get(textOf(reference) ?? ''))?.['code']
  const named = textOf(display)
  const dosage = fieldsOf(listOf(resource['dosageInstruction'])[0] ?? listOf(resource['dosage'])[0])
  return {
    id: textOf(resource['id']) ?? '',
    words: wordsOf(concept) ?? (named === null ? nameless : { zh: named, en: named }),
    code: codeOf(concept),
    status: statusOf(resource),
    since: timeOf(resource),
    dose: textOf(dosage['text']),
    isActive: true,
  }
}

const allergyOf = (resource: Fields): PackageShown['allergies'][number] => ({
  id: textOf(resource['id']) ?? '',
  words: wordsOf(resource['code']) ?? nameless,
  status: statusOf(resource),
  criticality: textOf(resource['criticality']),
  reactions: listOf(resource['reaction']).flatMap((reaction) =>
    listOf(fieldsOf(reaction)['manifestation']).flatMap((one) => wordsOf(one) ?? []),
  ),
  isActive: true,
})

const reportOf = (resource: Fields): PackageShown['reports'][number] => ({
  id: textOf(resource['id']) ?? '',
  words: wordsOf(resource['code']) ?? nameless,
  at: timeOf(resource),
  status: statusOf(resource),
  conclusion: textOf(resource['conclusion']) ?? wordsOf(listOf(resource['conclusionCode'])[0])?.zh ?? null,
})

type Series = PackageShown['series'][number]

const seriesOf = (observations: readonly Fields[]): Series[] => {
  const all = new Map<string, Series>()
  for (const observation of observations) {
    const panel = codeOf(observation['code'])
    addPoint(all, observation, observation, null)
    for (const part of listOf(observation['component'])) addPoint(all, fieldsOf(part), observation, panel)
  }
  const series = [...all.values()]
  for (const { points } of series) points.sort((one, other) => one.at.localeCompare(other.at))
  return series.sort((one, other) => (other.points.at(-1)?.at ?? '').localeCompare(one.points.at(-1)?.at ?? ''))
}

const quantityOf = (value: unknown): { value: number; unit: string; comparator: string | null } | null => {
  const { value: amount, unit, code, comparator } = fieldsOf(value)
  return typeof amount === 'number' && Number.isFinite(amount)
    ? { value: amount, unit: textOf(code) ?? textOf(unit) ?? '', comparator: textOf(comparator) }
    : null
}

const addPoint = (all: Map<string, Series>, holder: Fields, observation: Fields, panel: string | null): void => {
  const amount = quantityOf(holder['valueQuantity'])
  const at = timeOf(observation)
  if (amount === null || at === null) return
  const words = wordsOf(holder['code']) ?? nameless
  const code = codeOf(holder['code']) ?? words.zh
  const key = `${code}|${amount.unit}`
  const range = fieldsOf(listOf(holder['referenceRange'])[0])
  const series = all.get(key) ?? { code, words, unit: amount.unit, panel, low: null, high: null, points: [] }
  series.low = quantityOf(range['low'])?.value ?? series.low
  series.high = quantityOf(range['high'])?.value ?? series.high
  const flag = codeOf(listOf(holder['interpretation'])[0] ?? listOf(observation['interpretation'])[0])
  series.points.push({ at, value: amount.value, comparator: amount.comparator, flag })
  all.set(key, series)
}
