import { fieldsOf, textOf } from './fhir-reading.ts'

/** What a reference of a stored resource points at within its source: `{ type, id }`; null for anything else. */
export type Target = { readonly type: string; readonly id: string }

const LOCAL = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/
const URN = /^urn:uuid:([0-9a-f-]{36})$/i

/** Reads `Type/id` and `urn:uuid:id`; the type of the latter is not said and comes back as an empty text. */
export const targetOf = (reference: string): Target | null => {
  const local = LOCAL.exec(reference)
  if (local) return { type: local[1] as string, id: local[2] as string }
  const urn = URN.exec(reference)
  return urn ? { type: '', id: (urn[1] as string).toLowerCase() } : null
}

/** Every reference that stands in a value, contained resources included; `#…` stays inside its resource and is left out. */
export const referencesIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  const own = textOf(fieldsOf(value)['reference'])
  const inner = Object.values(value).flatMap(referencesIn)
  return own === null || own.startsWith('#') ? inner : [own, ...inner]
}

type Fields = { [element: string]: unknown }

const CONDITIONAL = /^([A-Z][A-Za-z]+)\?identifier=(?:([^|]*)\|)?(.+)$/

// What is not in the document is named by its identifier: a logical reference, which every reader of FHIR R4 may keep.
const namedOutside = (fields: Fields, reference: string): Fields => {
  const { reference: _left, ...rest } = fields
  const conditional = CONDITIONAL.exec(reference)
  const type = conditional?.[1] ?? targetOf(reference)?.type
  const identifier = conditional
    ? { ...(conditional[2] ? { system: conditional[2] } : {}), value: conditional[3] }
    : { system: 'urn:ietf:rfc:3986', value: reference }
  return { ...rest, ...(type ? { type } : {}), identifier: rest['identifier'] ?? identifier }
}

/** A copy whose references lead to the addresses that `addressOf` knows; all others become names of what lies outside. */
export const withReferences = (value: unknown, addressOf: (reference: string) => string | null): unknown => {
  if (Array.isArray(value)) return value.map((one) => withReferences(one, addressOf))
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withReferences(inner, addressOf)]))
  const reference = textOf(copy['reference'])
  if (reference === null || reference.startsWith('#')) return copy
  const address = addressOf(reference)
  return address === null ? namedOutside(copy, reference) : { ...copy, reference: address }
}
