import { fieldsOf, isFhirDateTime, listOf, textOf, type Resource } from './fhir-reading.ts'
import { REQUIRED_ELEMENTS, RESOURCE_TYPES, STATUSES } from './resource-types.ts'

export type ResourceFault =
  | { readonly code: 'not-a-resource' }
  | { readonly code: 'type-unknown'; readonly type: string }
  | { readonly code: 'id-missing' }
  | { readonly code: 'id-malformed' }
  | { readonly code: 'element-missing'; readonly element: string }
  | { readonly code: 'element-malformed'; readonly element: string }

const ID = /^[A-Za-z0-9\-.]{1,64}$/
// Elements whose type is the same wherever they stand.
const REFERENCES = ['subject', 'patient', 'beneficiary', 'encounter']
const OBJECTS = [
  ...REFERENCES,
  'vaccineCode',
  'clinicalStatus',
  'verificationStatus',
  'class',
  'medicationCodeableConcept',
  'medicationReference',
]
const CODES = ['status', 'intent', 'use', 'lifecycleStatus', 'gender']
const DATES = `birthDate deceasedDateTime effectiveDateTime onsetDateTime abatementDateTime performedDateTime occurrenceDateTime
  recordedDate authoredOn issued dateAsserted date created`.split(/\s+/)

/**
 * What keeps a parsed JSON value from being taken as a FHIR R4 resource; null when nothing does. A resource of a Bundle
 * may lack an id of its own when its `fullUrl` gives one.
 */
export const faultOfResource = (value: unknown, idFromUrl: string | null = null): ResourceFault | null => {
  const resource = fieldsOf(value)
  const type = resource['resourceType']
  if (typeof type !== 'string') return { code: 'not-a-resource' }
  if (!RESOURCE_TYPES.has(type)) return { code: 'type-unknown', type: type.slice(0, 64) }
  const id = resource['id'] ?? idFromUrl
  if (id === null || id === undefined) return { code: 'id-missing' }
  if (typeof id !== 'string' || !ID.test(id)) return { code: 'id-malformed' }
  return missing(resource as Resource) ?? malformed(resource as Resource)
}

const missing = (resource: Resource): ResourceFault | null => {
  const element = (REQUIRED_ELEMENTS[resource.resourceType] ?? []).find((name) => !has(resource, name))
  return element === undefined ? null : { code: 'element-missing', element }
}

const has = (resource: Resource, name: string): boolean => {
  if (!name.endsWith('[x]')) return !isEmpty(resource[name])
  const stem = name.slice(0, -3)
  return Object.keys(resource).some(
    (key) => key.startsWith(stem) && /^[A-Z]/.test(key.slice(stem.length)) && !isEmpty(resource[key]),
  )
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)

const malformed = (resource: Resource): ResourceFault | null => {
  const faulty = (names: readonly string[], fits: (value: unknown) => boolean): string | undefined =>
    names.find((name) => resource[name] !== undefined && !fits(resource[name]))
  const isFields = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
  const statuses = STATUSES[resource.resourceType]
  const element =
    faulty(OBJECTS, isFields) ??
    faulty(CODES, (value) => textOf(value) !== null) ??
    faulty(DATES, (value) => typeof value === 'string' && isFhirDateTime(value)) ??
    (statuses ? faulty(['status'], (value) => statuses.includes(value as string)) : undefined) ??
    (REQUIRED_ELEMENTS[resource.resourceType]?.includes('code') ? faulty(['code'], isFields) : undefined)
  return element === undefined ? null : { code: 'element-malformed', element }
}

/**
 * Which patient a resource is about, as its source writes it: a reference, or an identifier as `system|value`.
 * `nobody` when it speaks of no patient: an institution, a practitioner, a device on the shelf.
 */
export const patientOf = (resource: Resource): { reference: string } | { identifier: string } | 'nobody' => {
  for (const element of ['subject', 'patient', 'beneficiary', 'for', 'individual']) {
    const found = patientIn(resource[element])
    if (found) return found
  }
  for (const participant of listOf(resource['participant'])) {
    const found = resource.resourceType === 'Appointment' ? patientIn(fieldsOf(participant)['actor']) : null
    if (found) return found
  }
  return 'nobody'
}

// `Group/7`, `https://host/fhir/Device/7/_history/2`, `Location?identifier=…`: the type stands before the id or the question.
const TYPE_OF_REFERENCE = /([A-Z][A-Za-z]+)(?:\/[^/?]+(?:\/_history\/[^/]+)?|\?.*)$/

const patientIn = (value: unknown): { reference: string } | { identifier: string } | null => {
  const { reference, identifier, type } = fieldsOf(value)
  const written = textOf(reference)
  if (written !== null) return (TYPE_OF_REFERENCE.exec(written)?.[1] ?? 'Patient') === 'Patient' ? { reference: written } : null
  const { system, value: number } = fieldsOf(identifier)
  const named = textOf(number)
  return named === null || (type !== undefined && type !== 'Patient') ? null : { identifier: `${textOf(system) ?? ''}|${named}` }
}
