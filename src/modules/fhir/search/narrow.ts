import { instantOfMs, type Instant } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/id.ts'
import {
  beginningKey,
  blindKey,
  locate,
  NAMES,
  patientIdOf,
  personsOfPatients,
  pointerOf,
  PUBLIC_TYPES,
  SEALED_TYPES,
  type Narrowed,
} from '../../health-record/index.ts'
import { idsOf } from '../../residents/index.ts'
import type { FhirAct } from '../server/act.ts'
import { askedSpan } from './match.ts'
import { splitValues, unescaped, type Condition, type Search } from './parse-search.ts'

/** Parameters that name the patient of a record. */
const PATIENT_PARAMETERS = new Set(['patient', 'subject', 'beneficiary', 'individual'])
const BLIND = new Set(['identifier', 'phone', 'email', 'telecom'])
/** So many persons found by a chain are looked at. */
const OPENED_MOST = 200
/** Longer codes are not in the index. */
const CODE_MOST = 200

/** Parameters whose beginning stands in a column of its own, by type. */
const EFFECTIVE: Readonly<Record<string, string>> = {
  Observation: 'date',
  DiagnosticReport: 'date',
  Procedure: 'date',
  Encounter: 'date',
  Immunization: 'date',
  Condition: 'onset-date',
  MedicationRequest: 'authoredon',
  MedicationStatement: 'effective',
  MedicationAdministration: 'effective-time',
  ImagingStudy: 'started',
  ServiceRequest: 'occurrence',
  ClinicalImpression: 'date',
  RiskAssessment: 'date',
  Composition: 'date',
  DocumentReference: 'date',
}
/** Whether a parameter of a type is the one by which resources lie in the order of their time. */
export const isEffective = (type: string, name: string): boolean => EFFECTIVE[type] === name

/** The ids of patients that a condition names by value; null when it speaks of anything else. */
export const patientIds = ({ parameter, modifier, values, chain }: Condition): string[] | null => {
  if (
    !PATIENT_PARAMETERS.has(parameter.name) ||
    parameter.type !== 'reference' ||
    chain ||
    modifier === 'identifier' ||
    modifier === 'missing'
  )
    return null
  const ids = values.map((value) => {
    const { type, id } = pointerOf(unescaped(value))
    const isBare = type === null && (parameter.name === 'patient' || parameter.targets.every((one) => one === 'Patient'))
    return isBare ? id : patientIdOf(unescaped(value))
  })
  return ids.every((id) => id !== null) ? (ids as string[]) : null
}

const intersection = (lists: readonly (readonly PersonId[])[]): PersonId[] =>
  lists.length === 0 ? [] : (lists[0] as readonly PersonId[]).filter((one) => lists.every((list) => list.includes(one)))

/** What a search is narrowed to, and which of its conditions the database decides for good. */
export type Narrowing = {
  readonly narrowed: Narrowed
  /** Conditions that still must be tested on each resource. */
  readonly left: readonly Condition[]
  /** Of these only resources without index values need the test. */
  readonly leftIfBare: readonly Condition[]
}

/** Every id under which records of these persons stand, opened as far as there is a basis. */
const opened = async (open: FhirAct, persons: readonly PersonId[]): Promise<PersonId[]> => {
  const ids: PersonId[] = []
  for (const person of persons) ids.push(...(await idsOf(open.tx, person)))
  return ids.length > 0 ? ids : [...persons]
}

/** Persons whom resources of some ids are about, opened as far as there is a basis; and nobody, for what is about nobody. */
const personsOfIds = async (open: FhirAct, type: string, ids: readonly string[]): Promise<PersonId[]> => {
  const places = await locate(
    open.tx,
    ids.map((fhirId) => ({ type, fhirId })),
  )
  const nobody = '0' as PersonId
  const persons = [...new Set([...places.values()].map(({ person }) => person as PersonId))].filter((one) => one !== nobody)
  return [...(persons.length > 0 ? await opened(open, persons) : []), nobody]
}

const ofPatients = async (open: FhirAct, search: Search): Promise<{ lists: PersonId[][]; settled: Condition[] }> => {
  const lists: PersonId[][] = []
  const settled: Condition[] = []
  for (const condition of search.conditions) {
    const ids = patientIds(condition)
    if (!ids) continue
    const found = await personsOfPatients(open.tx, ids)
    if (found.size === 0) continue
    lists.push(await opened(open, [...new Set(found.values())]))
    if (found.size === ids.length) settled.push(condition)
  }
  if (search.type === 'Patient' && search.ids) {
    const found = await personsOfPatients(open.tx, search.ids)
    if (found.size > 0) lists.push(await opened(open, [...found.values()]))
  } else if (search.ids && !PUBLIC_TYPES.has(search.type)) lists.push(await personsOfIds(open, search.type, search.ids))
  return { lists, settled }
}

/** Narrows a search: whose records, and by which tokens, keys and times. `only` is the one patient whom the caller may ask for. */
export const narrow = async (
  open: FhirAct,
  search: Search,
  only: PersonId | null,
  chained: readonly (readonly PersonId[])[],
): Promise<Narrowing> => {
  const { actor } = open.caller
  const { lists, settled } = await ofPatients(open, search)
  const bounds: (readonly PersonId[])[] = [...lists]
  for (const list of chained) bounds.push(await opened(open, list.slice(0, OPENED_MOST)))
  const isPublic = PUBLIC_TYPES.has(search.type)
  if (only && !isPublic) bounds.push(await idsOf(open.tx, only))
  else if (actor.role === 'resident' && actor.person && bounds.length === 0 && !isPublic)
    bounds.push(await idsOf(open.tx, actor.person))
  const rest = search.conditions.filter((one) => !settled.includes(one) && !one.chain)
  const drawn = rest.map((condition) => ({ condition, ...indexed(search.type, condition, open) }))
  return {
    narrowed: {
      type: search.type,
      persons: bounds.length > 0 ? intersection(bounds) : null,
      org: actor.org,
      isEverything: actor.role === 'system',
      fhirIds: search.ids,
      tokens: drawn.flatMap(({ tokens }) => (tokens ? [tokens] : [])),
      keys: drawn.flatMap(({ keys }) => (keys ? [keys] : [])),
      effective: bound(search.type, rest, open),
      recorded: recordedBound(search.updated, open),
    },
    left: drawn.flatMap(({ condition, isExact }) => (isExact ? [] : [condition])),
    leftIfBare: drawn.flatMap(({ condition, isExact }) => (isExact ? [condition] : [])),
  }
}

type Indexed = { readonly tokens: string[] | null; readonly keys: string[] | null; readonly isExact: boolean }
const NOTHING: Indexed = { tokens: null, keys: null, isExact: false }

/** By which tokens or keys a condition finds its resources, and whether nothing more has to be looked at. */
const indexed = (type: string, { parameter, modifier, values }: Condition, { act }: FhirAct): Indexed => {
  const { name } = parameter
  const isSealed = SEALED_TYPES.has(type)
  if (parameter.type === 'token' && modifier === null) {
    const parts = values.map((value) => splitValues(value, '|').map(unescaped))
    const codes = parts.map((one) => one.at(-1) as string)
    if (codes.some((code) => code === '' || code.length > CODE_MOST)) return NOTHING
    if (isSealed && BLIND.has(name)) return { ...NOTHING, keys: codes.map((code) => blindKey(name, code, act.cipher)) }
    if (name === 'identifier') return { ...NOTHING, keys: codes.map((code) => `identifier=${code}`) }
    if (isSealed) return NOTHING
    return { tokens: codes.map((code) => `${name}=${code}`), keys: null, isExact: parts.every((one) => one.length === 1) }
  }
  if (parameter.type === 'uri' && modifier === null)
    return { ...NOTHING, tokens: values.map((value) => `${name}=${unescaped(value)}`) }
  if (parameter.type === 'reference' && (modifier === null || !['missing', 'identifier'].includes(modifier))) {
    const pointers = values.map((value) => pointerOf(unescaped(value)))
    return pointers.some(({ type: target }) => target === 'Patient')
      ? NOTHING
      : { ...NOTHING, keys: pointers.map(({ id }) => `${name}=${id}`) }
  }
  if (parameter.type === 'string' && NAMES.has(name) && (modifier === null || modifier === 'exact'))
    return { ...NOTHING, keys: values.map((value) => beginningKey(name, unescaped(value))) }
  return NOTHING
}

const later = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other > one) ? other : one
const earlier = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other < one) ? other : one
const FROM = new Set(['eq', 'sa'])
const UNTIL = new Set(['eq', 'lt', 'le', 'eb'])

/** The span within which the beginnings of what matches lie. */
const bound = (type: string, conditions: readonly Condition[], { act }: FhirAct): Narrowed['effective'] => {
  let from: Instant | null = null
  let until: Instant | null = null
  for (const { parameter, modifier, values } of conditions) {
    if (modifier !== null || values.length !== 1 || !isEffective(type, parameter.name)) continue
    const { prefix, span } = askedSpan(parameter.name, values[0] as string, act.zone)
    if (FROM.has(prefix)) from = later(from, instantOfMs(span.low)) as Instant
    if (UNTIL.has(prefix)) until = earlier(until, instantOfMs(span.high)) as Instant
  }
  return { from, until }
}

const recordedBound = (updated: readonly string[], { act }: FhirAct): Narrowed['recorded'] => {
  let from: string | null = null
  let until: string | null = null
  for (const value of updated) {
    const { prefix, span } = askedSpan('_lastUpdated', value, act.zone)
    const [low, high] = [instantOfMs(span.low), instantOfMs(span.high)]
    if (prefix === 'eq' || prefix === 'ge') from = later(from, low)
    if (prefix === 'gt' || prefix === 'sa') from = later(from, high)
    if (prefix === 'eq' || prefix === 'le') until = earlier(until, high)
    if (prefix === 'lt' || prefix === 'eb') until = earlier(until, low)
  }
  return { from, until }
}
