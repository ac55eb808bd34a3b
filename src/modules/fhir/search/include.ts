import type { PersonId } from '../../../kernel/id.ts'
import {
  findMany,
  locate,
  openedBody,
  pointersIn,
  rawValues,
  searchParametersOf,
  type Resource,
} from '../../health-record/index.ts'
import { idsOf, openRecords } from '../../residents/index.ts'
import type { FhirAct } from '../server/act.ts'
import { isNobodys, reachOf } from '../server/caller.ts'
import type { Faces } from '../server/face.ts'
import { everyInFace, find, withMeta, type Match } from './find.ts'
import { conditionOf, parseSearch, type Include, type Search } from './parse-search.ts'

const ROUNDS_MOST = 3
const INCLUDED_MOST = 1_000

/** What a page brings along with its matches: text by `Type/id`. */
export type Included = Map<string, string>
export type Item = { readonly type: string; readonly fhirId: string; readonly resource: Resource; readonly person: string }

type Wanted = { readonly type: string; readonly fhirId: string }

const targetsOf = (items: readonly Item[], { type, parameter, target }: Include): Wanted[] => {
  const of = searchParametersOf(type).get(parameter)
  if (!of) return []
  return items
    .filter((item) => item.type === type)
    .flatMap(({ resource }) => rawValues(resource, of.paths))
    .flatMap(pointersIn)
    .flatMap(({ type: found, id }) => {
      if (id === '' || (target && found !== null && found !== target)) return []
      return (found ? [found] : of.targets).map((one) => ({ type: one, fhirId: id }))
    })
}

/** Whether a caller's scopes reach a type at all, and a person in it: an app that was let at one patient includes that patient alone. */
const reachesIn = async (open: FhirAct): Promise<(type: string, person: string | null) => boolean> => {
  const { patient } = open.caller
  const ids: readonly string[] = patient ? await idsOf(open.tx, patient) : []
  return (type, person) => {
    const reach = reachOf(open.caller, 'read', type)
    return reach !== null && (reach.only === null || person === null || isNobodys(type, person) || ids.includes(person))
  }
}

/** Resources that the page's references lead to, as far as the same act sees them: from the store, or else a face. */
const fetched = async (
  open: FhirAct,
  faces: Faces,
  wanted: readonly Wanted[],
  shownText: (match: Match) => string,
): Promise<{ items: Item[]; texts: Included }> => {
  const isReached = await reachesIn(open)
  const unique = [...new Map(wanted.map((one) => [`${one.type}/${one.fhirId}`, one])).values()]
    .filter(({ type }) => isReached(type, null))
    .slice(0, INCLUDED_MOST)
  const found = await locate(open.tx, unique)
  const persons = [...new Set([...found.values()].map(({ person }) => person))].filter(
    (person): person is PersonId => person !== '0',
  )
  if (persons.length > 0) await openRecords(open.tx, persons)
  const items: Item[] = []
  const texts: Included = new Map()
  for (const row of await findMany(open.tx, [...found.values()])) {
    const body = openedBody(row.body, row.wrappedKey, open.act.cipher)
    if (body === null || !isReached(row.type, row.person)) continue
    items.push({ type: row.type, fhirId: row.fhirId, resource: withMeta(row, body), person: row.person })
    texts.set(`${row.type}/${row.fhirId}`, shownText({ row, body }))
  }
  for (const { type, fhirId } of unique.filter((one) => !found.has(`${one.type}/${one.fhirId}`))) {
    const item = await faces.get(type)?.read(open, fhirId)
    if (!item || !isReached(type, item.person)) continue
    items.push({ type, fhirId, resource: JSON.parse(item.text) as Resource, person: item.person ?? '0' })
    texts.set(`${type}/${fhirId}`, item.text)
  }
  return { items, texts }
}

/** What refers to the page's matches: from the store by all of them at once, from a face by each. */
const referringTo = async (
  open: FhirAct,
  faces: Faces,
  items: readonly Item[],
  { type, parameter }: Include,
  shownText: (match: Match) => string,
): Promise<Included> => {
  const reach = reachOf(open.caller, 'search-type', type)
  const ids = items.map((item) => `${item.type}/${item.fhirId}`)
  if (!reach || ids.length === 0 || conditionOf(type, parameter, ids.join(',')) === null) return new Map()
  const stored = parseSearch(type, [[parameter, ids.join(',')]])
  const { matches } = await find(open, stored, reach.only, { limit: INCLUDED_MOST, after: null })
  const found: Included = new Map(matches.map((match) => [`${match.row.type}/${match.row.fhirId}`, shownText(match)]))
  if (!faces.has(type)) return found
  // A face knows a patient by the person, whatever id a client gave the Patient.
  const named = items.map((item) =>
    item.type === 'Patient' && item.person !== '0' ? `Patient/${item.person}` : `${item.type}/${item.fhirId}`,
  )
  for (const one of new Set(named)) {
    if (found.size >= INCLUDED_MOST) break
    const drawn = await everyInFace(open, faces, parseSearch(type, [[parameter, one]]), reach.only, INCLUDED_MOST - found.size)
    for (const { id, text } of drawn) if (!found.has(`${type}/${id}`)) found.set(`${type}/${id}`, text)
  }
  return found
}

/** Everything that `_include` and `_revinclude` of a search bring along; what the caller may not see is simply not there. */
export const included = async (
  open: FhirAct,
  faces: Faces,
  search: Search,
  items: readonly Item[],
  shownText: (match: Match) => string,
): Promise<Included> => {
  const matches = new Set(items.map(({ type, fhirId }) => `${type}/${fhirId}`))
  const all: Included = new Map()
  let latest: readonly Item[] = items
  for (let round = 0; round < ROUNDS_MOST && latest.length > 0; round += 1) {
    const wanted = search.include.filter(({ iterates }) => round === 0 || iterates).flatMap((one) => targetsOf(latest, one))
    const fresh = wanted.filter(({ type, fhirId }) => !matches.has(`${type}/${fhirId}`) && !all.has(`${type}/${fhirId}`))
    const { items: more, texts } = await fetched(open, faces, fresh, shownText)
    for (const [key, text] of texts) all.set(key, text)
    latest = more
  }
  for (const one of search.revinclude)
    for (const [key, text] of await referringTo(open, faces, items, one, shownText))
      if (!matches.has(key) && all.size < INCLUDED_MOST) all.set(key, text)
  return all
}
