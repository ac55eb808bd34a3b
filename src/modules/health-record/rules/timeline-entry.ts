import type { Instant } from '../../../kernel/clock.ts'
import type { Words } from '../../../kernel/words.ts'
import {
  codeOf,
  codingsOf,
  conceptOf,
  fieldsOf,
  listOf,
  quantityOf,
  statusOf,
  textOf,
  timeOf,
  wordsOf,
  type Resource,
} from './fhir-reading.ts'
import { KNOWN_MEASURES } from './known-measures.ts'
import { unnamed, unnamedOf } from './unnamed.ts'

/** What a line of a person's timeline is, and of which FHIR types it is drawn. */
export const TIMELINE_TYPES = {
  encounter: ['Encounter'],
  problem: ['Condition'],
  result: ['Observation'],
  report: ['DiagnosticReport'],
  image: ['ImagingStudy'],
  medicine: ['MedicationRequest', 'MedicationDispense', 'MedicationStatement'],
  procedure: ['Procedure'],
  allergy: ['AllergyIntolerance'],
  vaccine: ['Immunization'],
  contract: ['EpisodeOfCare'],
  plan: ['CarePlan', 'Goal'],
  document: ['DocumentReference', 'Composition'],
} as const satisfies Readonly<Record<string, readonly string[]>>
export type TimelineKind = keyof typeof TIMELINE_TYPES
export const TIMELINE_KINDS = Object.keys(TIMELINE_TYPES) as TimelineKind[]

/** One measured value with the range that its laboratory gave, and whether the record itself calls it high or low. */
export type TimelineValue = {
  readonly words: Words
  readonly code: string | null
  readonly text: Words
  readonly unit: string
  readonly low: number | null
  readonly high: number | null
  readonly judged: 'high' | 'low' | 'within' | null
}

/** One line of a person's timeline. */
export type TimelineEntry = {
  readonly id: string
  readonly kind: TimelineKind
  readonly at: Instant | null
  /** When it ended, for a stay or a course of treatment. */
  readonly until: Instant | null
  readonly words: Words
  readonly status: string | null
  /** The institution that the resource itself names, `Organization/…` without its beginning. */
  readonly organization: string | null
  readonly detail: string | null
  readonly values: readonly TimelineValue[]
}

const KIND_OF = new Map(
  Object.entries(TIMELINE_TYPES).flatMap(([kind, types]) => types.map((type) => [type as string, kind as TimelineKind] as const)),
)

/** A resource as one line of the timeline; null for a type that has none. What is missing in it is left out. */
export const timelineEntry = (resource: Resource, zone: string): TimelineEntry | null => {
  const kind = KIND_OF.get(resource.resourceType)
  if (!kind) return null
  const period = fieldsOf(resource['period'] ?? resource['performedPeriod'] ?? resource['effectivePeriod'])
  const ends = textOf(period['end'])
  return {
    id: resource.id ?? '',
    kind,
    at:
      timeOf(resource, zone) ??
      timeOf({ resourceType: '', started: resource['started'] ?? resource['whenHandedOver'] ?? resource['indexed'] }, zone),
    until: ends === null ? null : timeOf({ resourceType: '', created: ends }, zone),
    words: titleOf(resource, kind),
    status: statusOf(resource),
    organization: organizationOf(resource),
    detail: detailOf(resource, kind),
    values: kind === 'result' ? valuesOf(resource) : [],
  }
}

const titleOf = (resource: Resource, kind: TimelineKind): Words => {
  if (kind === 'result') return measureWords(resource['code'])
  if (kind === 'image') {
    const series = listOf(resource['series']).map((one) => fieldsOf(one))
    return (
      wordsOf(listOf(resource['procedureCode'])[0]) ??
      worded(textOf(resource['description'])) ??
      codingWords(fieldsOf(series[0])['modality']) ??
      unnamed(resource)
    )
  }
  const named = worded(
    textOf(resource['title']) ?? textOf(resource['description']) ?? textOf(fieldsOf(resource['description'])['text']),
  )
  const medicine = fieldsOf(resource['medicationReference'])
  const contained = listOf(resource['contained']).find((one) => `#${textOf(fieldsOf(one)['id'])}` === medicine['reference'])
  const concept = contained ? fieldsOf(contained)['code'] : conceptOf(resource)
  const reason = kind === 'encounter' ? wordsOf(listOf(resource['reasonCode'])[0]) : null
  return (
    reason ??
    wordsOf(concept) ??
    worded(textOf(medicine['display'])) ??
    named ??
    wordsOf(listOf(resource['category'])[0]) ??
    unnamed(resource)
  )
}

const worded = (text: string | null): Words | null => (text === null ? null : { zh: text, en: text })
const codingWords = (coding: unknown): Words | null => wordsOf({ coding: [coding] })
const measureWords = (concept: unknown): Words =>
  KNOWN_MEASURES[codeOf(concept) ?? ''] ?? wordsOf(concept) ?? unnamedOf('Observation')

/** Whoever provided, performed or wrote it, where that is an institution. */
const organizationOf = (resource: Resource): string | null => {
  const said = [
    resource['serviceProvider'],
    resource['managingOrganization'],
    resource['custodian'],
    resource['requester'],
    ...listOf(resource['performer']),
    ...listOf(resource['author']),
  ]
  for (const one of said) {
    const reference = textOf(fieldsOf(one)['reference']) ?? textOf(fieldsOf(fieldsOf(one)['actor'])['reference'])
    const found = /^Organization\/(.+)$/.exec(reference ?? '')
    if (found) return found[1] as string
  }
  return null
}

const detailOf = (resource: Resource, kind: TimelineKind): string | null => {
  switch (kind) {
    case 'report':
      return textOf(resource['conclusion']) ?? wordsOf(listOf(resource['conclusionCode'])[0])?.zh ?? null
    case 'medicine': {
      const dosage = fieldsOf(listOf(resource['dosageInstruction'])[0] ?? listOf(resource['dosage'])[0])
      return textOf(dosage['text'])
    }
    case 'image': {
      const series = Number(resource['numberOfSeries'] ?? listOf(resource['series']).length)
      const instances = Number(resource['numberOfInstances'] ?? 0)
      return [series > 0 ? `${series} 序列` : null, instances > 0 ? `${instances} 幅` : null].filter(Boolean).join(' · ') || null
    }
    case 'encounter':
      return codingsOf({ coding: [resource['class']] })[0]?.code ?? null
    default:
      return textOf(fieldsOf(listOf(resource['note'])[0])['text'])
  }
}

/** What an observation measured: itself and its components. */
const valuesOf = (observation: Resource): TimelineValue[] =>
  [observation, ...listOf(observation['component'])].flatMap((part) => {
    const fields = fieldsOf(part)
    const amount = quantityOf(fields['valueQuantity'])
    const said = wordsOf(fields['valueCodeableConcept']) ?? worded(textOf(fields['valueString']))
    if (amount === null && said === null) return []
    const range = fieldsOf(listOf(fields['referenceRange'])[0])
    const [low, high] = [quantityOf(range['low'])?.value ?? null, quantityOf(range['high'])?.value ?? null]
    const number = `${amount?.comparator ?? ''}${amount?.value}`
    return [
      {
        words: measureWords(fields['code']),
        code: codeOf(fields['code']),
        text: amount === null ? (said as Words) : { zh: number, en: number },
        unit: amount?.unit ?? '',
        low,
        high,
        judged: judged(amount?.value ?? null, low, high, codeOf(listOf(fields['interpretation'])[0])),
      },
    ]
  })

/** The laboratory's own flag, or else its own range; null where the record says neither. */
const judged = (value: number | null, low: number | null, high: number | null, flag: string | null): TimelineValue['judged'] => {
  if (flag !== null && /^H/i.test(flag)) return 'high'
  if (flag !== null && /^L/i.test(flag)) return 'low'
  if (value === null) return null
  if (high !== null && value > high) return 'high'
  if (low !== null && value < low) return 'low'
  return (low ?? high) === null ? null : 'within'
}
