import type { PersonId } from '../../../kernel/id.ts'
import { createHash } from 'node:crypto'
import type { Cipher } from '../../../platform/cipher.ts'
import type { Resource } from '../rules/fhir-reading.ts'
import { indexOfResource, type ResourceIndex } from '../rules/index-of-resource.ts'
import { keptText } from './body.ts'
import { indexValuesOf, SEALED_TYPES, type IndexValues } from './index-values.ts'
import { sensitiveCategoryOf } from './sensitive.ts'
import { PUBLIC_TYPES } from './subject.ts'

/** Whom a resource concerns: a person, nobody, or somebody who is known to its institution alone. */
export type Reach = 'person' | 'public' | 'custodian'

/** One version of a resource, ready to be written. */
export type NewVersion = {
  readonly person: PersonId | '0'
  readonly id: string
  readonly type: string
  readonly fhirId: string
  readonly reach: Reach
  readonly meta: string
  readonly body: string
  readonly hash: Buffer
  readonly index: ResourceIndex
  readonly values: IndexValues
  /** The category of sensitive content that it speaks of; empty for none. */
  readonly sensitive: string
}

export type Asked = {
  /** The text as it came, and what it parses to. */
  readonly text: string
  readonly resource: Resource
  readonly id: string
  readonly fhirId: string
  /** The person that it is about; null when it names none that is known. */
  readonly person: PersonId | null
  /** The person's own key, wrapped, for types that are sealed. */
  readonly wrappedKey: Buffer | null
}

const SEALED = 'sealed:'

/** Draws from a resource what stands beside its text. */
export const makeVersion = (
  { text, resource, id, fhirId, person, wrappedKey }: Asked,
  zone: string,
  cipher: Cipher,
): NewVersion => {
  const type = resource.resourceType
  const kept = keptText(text, resource, fhirId)
  const isSealed = wrappedKey !== null && SEALED_TYPES.has(type)
  const index = indexOfResource(resource, zone)
  return {
    person: person ?? '0',
    id,
    type,
    fhirId,
    reach: person ? 'person' : PUBLIC_TYPES.has(type) ? 'public' : 'custodian',
    meta: kept.meta,
    body: isSealed ? SEALED + cipher.encrypt(wrappedKey, kept.body).toString('base64') : kept.body,
    hash: createHash('sha256').update(kept.body).digest(),
    index: isSealed ? { ...index, display: null } : index,
    values: indexValuesOf(resource, person !== null, isSealed ? cipher : null),
    sensitive: sensitiveCategoryOf(kept.body, resource),
  }
}

/** Whether a body is kept sealed by the person's key. */
export const isSealedBody = (body: string): boolean => body.startsWith(SEALED)

/** The text of a version whose body may be sealed; null when its key was destroyed. */
export const openedBody = (body: string, wrappedKey: Buffer | null, cipher: Cipher): string | null => {
  if (!isSealedBody(body)) return body
  return wrappedKey ? cipher.decrypt(wrappedKey, Buffer.from(body.slice(SEALED.length), 'base64')) : null
}
