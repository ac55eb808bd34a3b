import type { PersonId } from '../../../kernel/id.ts'
import { pointersIn, rawValues, searchParametersOf, type Resource } from '../../health-record/index.ts'
import type { FhirAct } from '../server/act.ts'
import { admit, reachOf } from '../server/caller.ts'
import { FhirRefusal } from '../server/refusal.ts'
import type { Test } from './match.ts'
import { conditionOf, parseSearch, type Backward, type Condition, type Search } from './parse-search.ts'

/** What a step of a chain leads to: in the store, or drawn by a face. */
export type Reached = {
  readonly type: string
  readonly fhirId: string
  readonly person: string
  readonly resource: () => Resource
}
/** Finds what a step asks for, as far as the open act sees it. */
export type Reach = (search: Search, only: PersonId | null) => Promise<readonly Reached[]>

/** What the steps of a search lead to: persons it is narrowed to, by which of its parameters; ids that it is narrowed to; tests of its references. */
export type Links = {
  readonly persons: readonly { readonly by: string | null; readonly persons: readonly PersonId[] }[]
  readonly ids: readonly (readonly string[])[]
  readonly tests: readonly Test[]
}

const BY_PATIENT = ['patient', 'subject', 'beneficiary']

const personsAmong = (found: readonly Reached[]): PersonId[] =>
  [...new Set(found.map(({ person }) => person))].filter((person): person is PersonId => person !== '0')

/** Whether a resource refers to one of those reached; a Patient is also meant by the id of the person. */
const refersTo = (parameter: Condition['parameter'], found: readonly Reached[]): Test => {
  const targets = new Set(
    found.flatMap(({ type, fhirId, person }) => [`${type}/${fhirId}`, ...(type === 'Patient' ? [`Patient/${person}`] : [])]),
  )
  const bareIds = new Set(found.map(({ fhirId }) => fhirId))
  return (resource) =>
    rawValues(resource, parameter.paths).some((value) =>
      pointersIn(value).some(({ type, id }) => (type === null ? bareIds.has(id) : targets.has(`${type}/${id}`))),
    )
}

const reachedForwards = async (open: FhirAct, search: Search, { parameter, chain, values }: Condition, reach: Reach) => {
  const [name, value] = [chain?.name ?? '', values.join(',')]
  const known = (chain?.types ?? []).filter((type) => conditionOf(type, name, value) !== null)
  if (known.length === 0)
    throw new FhirRefusal('fhir.parameter-unknown', { name: `${parameter.name}.${name}`, type: search.type })
  const types = known.filter((type) => reachOf(open.caller, 'search-type', type) !== null)
  if (types.length === 0) throw new FhirRefusal('fhir.role-may-not')
  const found: Reached[] = []
  for (const type of types)
    found.push(...(await reach(parseSearch(type, [[name, value]]), admit(open.caller, 'search-type', type))))
  return { found, isPatient: types.every((type) => type === 'Patient') && BY_PATIENT.includes(parameter.name) }
}

const reachedBackwards = async (open: FhirAct, search: Search, { type, reference, name, value }: Backward, reach: Reach) => {
  const only = admit(open.caller, 'search-type', type)
  const inner = parseSearch(type, [[name, value]])
  if (inner.unknown.length > 0) throw new FhirRefusal('fhir.parameter-unknown', { name, type })
  const parameter = searchParametersOf(type).get(reference)
  if (!parameter) throw new FhirRefusal('fhir.parameter-unknown', { name: `_has:${type}:${reference}`, type: search.type })
  return { parameter, found: await reach(inner, only) }
}

/** Follows chains (`subject:Patient.name=`) and what others refer to (`_has:Observation:patient:code=`), one step each. */
export const followLinks = async (open: FhirAct, search: Search, reach: Reach): Promise<Links> => {
  const persons: { by: string | null; persons: PersonId[] }[] = []
  const ids: string[][] = []
  const tests: Test[] = []
  for (const condition of search.conditions.filter(({ chain }) => chain !== null)) {
    const { found, isPatient } = await reachedForwards(open, search, condition, reach)
    if (isPatient) persons.push({ by: condition.parameter.name, persons: personsAmong(found) })
    else tests.push(refersTo(condition.parameter, found))
  }
  for (const one of search.has) {
    const { parameter, found } = await reachedBackwards(open, search, one, reach)
    const named = found.flatMap((other) =>
      rawValues(other.resource(), parameter.paths)
        .flatMap(pointersIn)
        .map((to) => ({ ...to, other })),
    )
    if (search.type === 'Patient')
      persons.push({
        by: null,
        persons: personsAmong(named.flatMap(({ type, other }) => (type === null || type === 'Patient' ? [other] : []))),
      })
    else ids.push(named.flatMap(({ type, id }) => (type === null || type === search.type ? [id] : [])))
  }
  return { persons, ids, tests }
}

/** What stands in every list; null for no list at all. */
export const inAll = <Item>(lists: readonly (readonly Item[])[]): Item[] | null => {
  const [first, ...others] = lists
  return first ? [...new Set(first)].filter((one) => others.every((list) => list.includes(one))) : null
}
