import { hash } from 'node:crypto'
import type {
  AllergyIntolerance,
  CodeableConcept,
  Condition,
  DiagnosticReport,
  Encounter,
  Immunization,
  MedicationRequest,
  Observation,
} from '@medplum/fhirtypes'
import { plusDays, type Day } from '../../src/kernel/day.ts'
import { randomFrom, type Random } from './random.ts'

/** The resource types that a synthetic history is made of. */
export type HistoryResource = { id: string } & (
  | AllergyIntolerance
  | Condition
  | DiagnosticReport
  | Encounter
  | Immunization
  | MedicationRequest
  | Observation
)

/** A history being written: its own stream of numbers, and the resources so far. */
export type Chart = {
  random: Random
  today: Day
  subject: { reference: string }
  resources: HistoryResource[]
  /** Adds a resource with the next id and the mark of test data, and gives the reference to it. */
  add: (
    resource: HistoryResource extends infer Each ? (Each extends HistoryResource ? Omit<Each, 'id' | 'meta'> : never) : never,
  ) => {
    reference: string
  }
  /** `YYYY-MM-DD`, so many days before today. */
  dayBefore: (daysAgo: number) => Day
}

/** Marks a resource as about nobody: the HL7 code for health data made for tests. */
export const TEST_DATA = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  code: 'HTEST',
  display: 'test health data',
} as const

/** A UUID that follows from a text: version 8 of RFC 9562, made of its SHA-1. */
export const uuidOf = (text: string): string => {
  const digits = hash('sha1', text)
  const variant = '89ab'[Number.parseInt(digits.charAt(16), 16) & 3]
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}

/** Opens the chart of one person; `name` tells it apart from all others with the same seed. */
export const openChart = (name: string, seed: string, today: Day, patientReference: string): Chart => {
  const resources: HistoryResource[] = []
  return {
    random: randomFrom(`history|${seed}|${name}`),
    today,
    subject: { reference: patientReference },
    resources,
    add: (resource) => {
      const id = uuidOf(`${seed}|${name}|${resource.resourceType}|${resources.length}`)
      const { resourceType, ...fields } = resource
      resources.push({ resourceType, id, meta: { tag: [TEST_DATA] }, ...fields } as HistoryResource)
      return { reference: `${resourceType}/${id}` }
    },
    dayBefore: (daysAgo) => plusDays(today, -daysAgo),
  }
}

const concept = (system: string, code: string, display: string, text: string): CodeableConcept => ({
  coding: [{ system, code, display }],
  text,
})

/** A code of ICD-10 with its Chinese text. */
export const icd10 = (code: string, en: string, zh: string): CodeableConcept =>
  concept('http://hl7.org/fhir/sid/icd-10', code, en, zh)

/** A code of LOINC with its Chinese text. */
export const loinc = (code: string, en: string, zh: string): CodeableConcept => concept('http://loinc.org', code, en, zh)

/** A code of the WHO's Anatomical Therapeutic Chemical classification with its Chinese text. */
export const atc = (code: string, en: string, zh: string): CodeableConcept => concept('http://www.whocc.no/atc', code, en, zh)

/** A code out of a code system that HL7 itself keeps, named by the last part of its address. */
export const hl7 = (system: string, code: string): CodeableConcept => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
})
