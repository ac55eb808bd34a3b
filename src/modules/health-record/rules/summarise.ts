import type { Instant } from '../../../kernel/clock.ts'
import type { Words } from '../../../kernel/words.ts'
import {
  codeOf,
  conceptOf,
  fieldsOf,
  listOf,
  momentOf,
  quantityOf,
  statusOf,
  textOf,
  timeOf,
  wordsOf,
  type Resource,
} from './fhir-reading.ts'
import { KNOWN_MEASURES } from './known-measures.ts'
import { unnamed, unnamedOf } from './unnamed.ts'

export type Problem = {
  id: string
  words: Words
  code: string | null
  status: string | null
  since: Instant | null
  isActive: boolean
}
export type Medicine = {
  id: string
  words: Words
  code: string | null
  status: string | null
  since: Instant | null
  dose: string | null
  isActive: boolean
}
export type Allergy = {
  id: string
  words: Words
  status: string | null
  criticality: string | null
  reactions: Words[]
  isActive: boolean
}
export type Point = { at: Instant; value: number; comparator: string | null; flag: string | null }
export type Series = {
  code: string
  words: Words
  unit: string
  panel: string | null
  low: number | null
  high: number | null
  points: Point[]
}
export type Finding = { id: string; words: Words; at: Instant | null; value: Words }
export type Report = { id: string; words: Words; at: Instant | null; status: string | null; conclusion: string | null }

/** A record as screens show it; lists newest first, the points of a series oldest first, because they are drawn from left to right. */
export type Summary = {
  problems: Problem[]
  medicines: Medicine[]
  allergies: Allergy[]
  series: Series[]
  findings: Finding[]
  reports: Report[]
}

/** States in which a resource says nothing about the person. */
export const VOID_STATES: readonly string[] = [
  'entered-in-error',
  'refuted',
  'cancelled',
  'not-done',
  'not-taken',
  'draft',
  'registered',
]
export const ACTIVE_PROBLEM: readonly (string | null)[] = ['active', 'recurrence', 'relapse', null]
export const ACTIVE_MEDICINE: readonly (string | null)[] = ['active', 'on-hold', 'unknown']
export const ACTIVE_ALLERGY: readonly (string | null)[] = ['active', null]

/** Newest first; what has no date comes last. */
const byTime = (one: Instant | null, other: Instant | null): number => (other ?? '').localeCompare(one ?? '')

/**
 * Draws problems, medicines, allergies, series of measurements, other findings and reports out of FHIR R4 resources.
 * What was entered in error or cancelled is left out; resources of other types are passed over.
 */
export const summarise = (resources: readonly Resource[], zone: string): Summary => {
  const said = resources.filter((resource) => !VOID_STATES.includes(statusOf(resource) ?? ''))
  const of = (...types: string[]): Resource[] => said.filter(({ resourceType }) => types.includes(resourceType))
  const medications = new Map(of('Medication').map((resource) => [`Medication/${resource.id}`, resource]))
  const observations = of('Observation')
  return {
    problems: of('Condition')
      .map((one) => problemOf(one, zone))
      .sort((a, b) => byTime(a.since, b.since)),
    medicines: of('MedicationRequest', 'MedicationStatement')
      .map((one) => medicineOf(one, medications, zone))
      .sort((a, b) => byTime(a.since, b.since)),
    allergies: of('AllergyIntolerance').map(allergyOf),
    series: seriesOf(observations, zone),
    findings: observations.flatMap((one) => findingOf(one, zone)).sort((a, b) => byTime(a.at, b.at)),
    reports: of('DiagnosticReport')
      .map((one) => reportOf(one, zone))
      .sort((a, b) => byTime(a.at, b.at)),
  }
}

const idOf = (resource: Resource): string => resource.id ?? ''

const problemOf = (resource: Resource, zone: string): Problem => {
  const concept = resource['code']
  const status = statusOf(resource)
  const ended = resource['abatementDateTime'] !== undefined || resource['abatementPeriod'] !== undefined
  return {
    id: idOf(resource),
    words: wordsOf(concept) ?? unnamed(resource),
    code: codeOf(concept),
    status,
    since: timeOf(resource, zone),
    isActive: ACTIVE_PROBLEM.includes(status) && !ended,
  }
}

const medicineOf = (resource: Resource, medications: ReadonlyMap<string, Resource>, zone: string): Medicine => {
  const { reference, display } = fieldsOf(resource['medicationReference'])
  const contained = listOf(resource['contained']).find((one) => `#${textOf(fieldsOf(one)['id'])}` === reference)
  const concept = resource['medicationCodeableConcept'] ?? fieldsOf(contained ?? medications.get(textOf(reference) ?? ''))['code']
  const status = statusOf(resource)
  const dosage = fieldsOf(listOf(resource['dosageInstruction'])[0] ?? listOf(resource['dosage'])[0])
  const named = textOf(display)
  return {
    id: idOf(resource),
    words: wordsOf(concept) ?? (named === null ? unnamed(resource) : { zh: named, en: named }),
    code: codeOf(concept),
    status,
    since: timeOf(resource, zone),
    dose: textOf(dosage['text']),
    isActive: ACTIVE_MEDICINE.includes(status),
  }
}

const allergyOf = (resource: Resource): Allergy => {
  const status = statusOf(resource)
  const reactions = listOf(resource['reaction']).flatMap((reaction) =>
    listOf(fieldsOf(reaction)['manifestation']).flatMap((one) => wordsOf(one) ?? []),
  )
  const criticality = textOf(resource['criticality'])
  return {
    id: idOf(resource),
    words: wordsOf(resource['code']) ?? unnamed(resource),
    status,
    criticality,
    reactions,
    isActive: ACTIVE_ALLERGY.includes(status),
  }
}

const measureWords = (concept: unknown): Words => {
  const known = KNOWN_MEASURES[codeOf(concept) ?? '']
  return known ?? wordsOf(concept) ?? unnamedOf('Observation')
}

type Measured = {
  readonly concept: unknown
  readonly holder: unknown
  readonly panel: string | null
  readonly at: Instant
  readonly flag: string | null
}

const seriesOf = (observations: readonly Resource[], zone: string): Series[] => {
  const all = new Map<string, Series>()
  for (const one of observations.flatMap((observation) => measuredIn(observation, zone))) addPoint(all, one)
  const series = [...all.values()]
  for (const { points } of series) points.sort((a, b) => a.at.localeCompare(b.at))
  return series.sort((a, b) => byTime(a.points.at(-1)?.at ?? null, b.points.at(-1)?.at ?? null))
}

/** An observation and its components, each as one measurement; without a date it is no point of a series. */
const measuredIn = (observation: Resource, zone: string): Measured[] => {
  const at = timeOf(observation, zone)
  if (at === null) return []
  const flag = codeOf(listOf(observation['interpretation'])[0])
  const own: Measured = { concept: observation['code'], holder: observation, panel: null, at, flag }
  const panel = codeOf(observation['code'])
  const parts = listOf(observation['component']).map((part) => {
    const ownFlag = codeOf(listOf(fieldsOf(part)['interpretation'])[0])
    return { concept: fieldsOf(part)['code'], holder: part, panel, at, flag: ownFlag ?? flag }
  })
  return [own, ...parts]
}

const addPoint = (all: Map<string, Series>, { concept, holder, panel, at, flag }: Measured): void => {
  const amount = quantityOf(fieldsOf(holder)['valueQuantity'])
  if (amount === null) return
  const words = measureWords(concept)
  const code = codeOf(concept) ?? words.zh
  const key = `${code}|${amount.unit}`
  const range = fieldsOf(listOf(fieldsOf(holder)['referenceRange'])[0])
  const series = all.get(key) ?? { code, words, unit: amount.unit, panel, low: null, high: null, points: [] }
  series.low = quantityOf(range['low'])?.value ?? series.low
  series.high = quantityOf(range['high'])?.value ?? series.high
  series.points.push({ at, value: amount.value, comparator: amount.comparator, flag })
  all.set(key, series)
}

const findingOf = (observation: Resource, zone: string): Finding[] => {
  const text = textOf(observation['valueString'])
  const value = wordsOf(observation['valueCodeableConcept']) ?? (text === null ? null : { zh: text, en: text })
  if (value === null) return []
  return [{ id: idOf(observation), words: measureWords(observation['code']), at: timeOf(observation, zone), value }]
}

const reportOf = (resource: Resource, zone: string): Report => {
  const coded = wordsOf(listOf(resource['conclusionCode'])[0])?.zh ?? null
  return {
    id: idOf(resource),
    words: wordsOf(conceptOf(resource)) ?? unnamed(resource),
    at: timeOf(resource, zone) ?? momentOf(resource['issued'], zone),
    status: statusOf(resource),
    conclusion: textOf(resource['conclusion']) ?? coded,
  }
}
