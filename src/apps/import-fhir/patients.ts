import type { PersonId } from '../../kernel/id.ts'
import { knownPersons, type Resource } from '../../modules/health-record/index.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import type { LineRefusal } from './line-refusals.ts'

/** Finds the person that a resource is about, among the patients of this load and those known from the same source. */
export type Patients = {
  /** Remembers a patient of this load under its addresses; a refused one is remembered as such. */
  readonly remember: (patient: Resource, sourceId: string, url: string | null, person: PersonId | 'refused') => void
  /** Looks up the patients that this load did not bring itself, all at once. */
  readonly lookUp: (db: Queryable, about: readonly About[]) => Promise<void>
  readonly personOf: (about: About) => PersonId | LineRefusal
}

/** How a resource points at its patient. */
export type About = { readonly reference: string } | { readonly identifier: string }

const BY_ID = /(?:^|\/)Patient\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/
const BY_IDENTIFIER = /(?:^|\/)Patient\?identifier=(.+)$/

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Whether a patient's id tells it apart everywhere; otherwise the operator has to name the source. */
export const isUniqueEverywhere = (sourceId: string): boolean => UUID_OF_ANY_VERSION.test(sourceId)

// Generators of test data set the version digit as they like.
const UUID_OF_ANY_VERSION = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const openPatients = (source: string, isSourceNamed: boolean): Patients => {
  const byId = new Map<string, PersonId | 'refused' | 'unknown'>()
  const byAddress = new Map<string, string>()
  const sourceIdOf = (about: About): string | null => {
    if ('identifier' in about) return byAddress.get(`identifier ${about.identifier}`) ?? null
    const { reference } = about
    const conditional = BY_IDENTIFIER.exec(reference)?.[1]
    if (conditional !== undefined) return byAddress.get(`identifier ${decoded(conditional)}`) ?? null
    return byAddress.get(reference) ?? BY_ID.exec(reference)?.[1] ?? /^urn:uuid:(.+)$/i.exec(reference)?.[1] ?? null
  }
  return {
    remember: (patient, sourceId, url, person) => {
      byId.set(sourceId, person)
      if (url !== null) byAddress.set(url, sourceId)
      for (const { system, value } of identifiersOf(patient)) byAddress.set(`identifier ${system}|${value}`, sourceId)
    },
    lookUp: async (db, about) => {
      const unseen = new Set(about.flatMap((one) => sourceIdOf(one) ?? []).filter((id) => !byId.has(id)))
      if (unseen.size === 0) return
      const known = await knownPersons(db, source, [...unseen])
      for (const id of unseen) byId.set(id, known.get(id) ?? 'unknown')
    },
    personOf: (about) => {
      const sourceId = sourceIdOf(about)
      if (sourceId !== null && !isSourceNamed && !isUniqueEverywhere(sourceId)) return { code: 'source-needed' }
      const person = sourceId === null ? 'unknown' : (byId.get(sourceId) ?? 'unknown')
      if (person === 'refused') return { code: 'subject-refused' }
      return person === 'unknown' ? { code: 'subject-unknown' } : person
    },
  }
}

const identifiersOf = (patient: Resource): { system: string; value: string }[] => {
  const all = Array.isArray(patient['identifier'])
    ? (patient['identifier'] as ({ system?: unknown; value?: unknown } | null)[])
    : []
  return all.flatMap((one) =>
    typeof one?.value === 'string' ? [{ system: typeof one.system === 'string' ? one.system : '', value: one.value }] : [],
  )
}
