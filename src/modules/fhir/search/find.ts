import { msOf } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/id.ts'
import {
  openedBody,
  rawValues,
  searchParametersOf,
  searchRows,
  SEALED_TYPES,
  type Order,
  type Resource,
  type SearchParameter,
  type SearchRow,
  type StoredVersion,
} from '../../health-record/index.ts'
import { namePersons } from '../../residents/index.ts'
import type { FhirAct } from '../server/act.ts'
import type { FaceItem, Faces } from '../server/face.ts'
import { FhirRefusal } from '../server/refusal.ts'
import { followLinks, inAll, type Reach, type Reached } from './chains.ts'
import { facePage, type FacePage } from './face-pages.ts'
import { testOf, type Test } from './match.ts'
import { isEffective, narrow } from './narrow.ts'
import type { Condition, Search } from './parse-search.ts'

/** A resource that matches, its text in clear. */
export type Match = { readonly row: StoredVersion; readonly body: string }
/** Matches of one page, and where the next one begins; null when there are no more. */
export type Found = { readonly matches: readonly Match[]; readonly next: Mark | null }
/** The last resource that a page has looked at. */
export type Mark = { readonly at: string; readonly id: string }

const ROWS_AT_ONCE = 500
/** So many resources one request looks at. */
const LOOKED_AT_MOST = 20_000
/** So many matches are put in an order that no index keeps. */
const SORTED_MOST = 5_000
/** So many references of a chain are followed. */
const CHAINED_MOST = 1_000

const PARTS_OF =
  (type: string) =>
  (of: SearchParameter): SearchParameter[] | null => {
    const parameters = searchParametersOf(type)
    const parts = of.parts.map(({ name }) => parameters.get(name))
    return parts.every((part) => part !== undefined) ? (parts as SearchParameter[]) : null
  }

/** The order that the database keeps; null when what matches must be put in order here. */
export const orderOf = ({ type, sort }: Search): Order | null => {
  if (sort.length === 0) return { by: 'id', isDown: true }
  const [first] = sort
  if (!first || sort.length > 1) return null
  if (first.name === '_lastUpdated') return { by: 'recorded', isDown: first.isDown }
  return isEffective(type, first.name) ? { by: 'effective', isDown: first.isDown } : null
}

/** Every resource of a search that matches, page by page; `limit` null asks for all of them. */
export const find = async (
  open: FhirAct,
  search: Search,
  only: PersonId | null,
  page: { limit: number | null; after: Mark | null },
  faces: Faces = NO_FACES,
): Promise<Found> => {
  const links = await followLinks(open, search, reachIn(open, faces))
  const persons = links.persons.map((one) => one.persons)
  const { narrowed, left, leftIfBare } = await narrow(open, search, only, persons)
  const now = msOf(open.act.now)
  const test = (condition: Condition): Test => testOf(condition, open.act.zone, now, PARTS_OF(search.type))
  const always = [...left.map(test), ...links.tests, ...withinTests(open, search)]
  const bare = leftIfBare.map(test)
  const ids = links.ids.length > 0 ? inAll([...links.ids, ...(search.ids ? [search.ids] : [])]) : narrowed.fhirIds
  const order = orderOf(search)
  const scan = { open, narrowed: { ...narrowed, fhirIds: ids }, always, bare }
  if (order) return scanRows({ ...scan, order, ...page })
  const all = await scanRows({ ...scan, order: { by: 'id', isDown: true }, limit: SORTED_MOST, after: null })
  if (all.next) throw new FhirRefusal('fhir.too-costly')
  return sorted(all.matches, search, page)
}

type Scan = {
  readonly open: FhirAct
  readonly narrowed: Parameters<typeof searchRows>[1]
  readonly order: Order
  readonly always: readonly Test[]
  readonly bare: readonly Test[]
  readonly limit: number | null
  readonly after: Mark | null
}

/** Looks at rows in their order until the page is full; one match more than asked for says that there is a next page. */
const scanRows = async ({ open, narrowed, order, always, bare, limit, after }: Scan): Promise<Found> => {
  const matches: Match[] = []
  let last = after
  let looked = 0
  for (;;) {
    const wanted =
      limit === null ? ROWS_AT_ONCE : Math.min(ROWS_AT_ONCE, always.length > 0 ? ROWS_AT_ONCE : limit + 1 - matches.length)
    const rows = await rowsWithKeys(open, narrowed, order, { limit: wanted, after: last })
    for (const row of rows) {
      const match = matched(open, row, always, bare)
      if (match && limit !== null && matches.length === limit) return { matches, next: last }
      if (match) matches.push(match)
      last = { at: row.at, id: row.id }
    }
    looked += rows.length
    if (rows.length < wanted) return { matches, next: null }
    if (looked >= LOOKED_AT_MOST) {
      if (limit === null) throw new FhirRefusal('fhir.too-costly')
      return { matches, next: last }
    }
  }
}

/** Rows of a sealed type come with the keys of their persons, who must be named for that. */
const rowsWithKeys: typeof scanned = async (open, narrowed, order, page) => {
  const rows = await scanned(open, narrowed, order, page)
  const closed = rows.filter(({ wrappedKey, person }) => wrappedKey === null && person !== '0')
  if (!SEALED_TYPES.has(narrowed.type) || closed.length === 0) return rows
  await namePersons(open.tx, [...new Set(closed.map(({ person }) => person as PersonId))])
  return scanned(open, narrowed, order, page)
}

const scanned = (open: FhirAct, ...[narrowed, order, page]: Tail<Parameters<typeof searchRows>>): Promise<SearchRow[]> =>
  searchRows(open.tx, narrowed, order, page)
type Tail<List extends readonly unknown[]> = List extends readonly [unknown, ...infer Rest] ? Rest : never

const matched = (open: FhirAct, row: SearchRow, always: readonly Test[], bare: readonly Test[]): Match | null => {
  const body = openedBody(row.body, row.wrappedKey, open.act.cipher)
  if (body === null) return null
  const tests = row.isIndexed ? always : [...always, ...bare]
  if (tests.length === 0) return { row, body }
  const resource = withMeta(row, body)
  return tests.every((is) => is(resource)) ? { row, body } : null
}

/** A stored text as an object again, `meta` included. */
export const withMeta = (row: Pick<StoredVersion, 'meta'>, body: string): Resource => {
  const resource = JSON.parse(body) as Resource
  return row.meta ? { ...resource, meta: JSON.parse(`{${row.meta.slice(1)}}`) } : resource
}

// What a step of a chain leads to

const NO_FACES: Faces = new Map()

const reachIn =
  (open: FhirAct, faces: Faces): Reach =>
  async (search, only) => {
    const { matches } = await find(open, search, only, { limit: CHAINED_MOST, after: null }, faces)
    const found: Reached[] = matches.map(({ row, body }) => ({ ...row, resource: () => withMeta(row, body) }))
    const drawn = await everyInFace(open, faces, search, only, CHAINED_MOST)
    return [...found, ...drawn.map(({ id, person, text }) => reachedItem(search.type, id, person, text))]
  }

const reachedItem = (type: string, fhirId: string, person: PersonId | null, text: string): Reached => ({
  type,
  fhirId,
  person: person ?? '0',
  resource: () => JSON.parse(text) as Resource,
})

/** One page of a type's face, if it has one. */
export const findInFace = async (
  open: FhirAct,
  faces: Faces,
  search: Search,
  only: PersonId | null,
  page: { count: number; after: string | null },
): Promise<FacePage> => {
  const face = faces.get(search.type)
  if (!face) return { items: [], next: null }
  const links = await followLinks(open, search, reachIn(open, faces))
  return facePage(open, face, search, links, { only, also: withinTests(open, search), page })
}

const FACE_PAGE = 200

/** Everything of a type's face that fits, up to a number. */
export const everyInFace = async (
  open: FhirAct,
  faces: Faces,
  search: Search,
  only: PersonId | null,
  most: number,
): Promise<FaceItem[]> => {
  const items: FaceItem[] = []
  let after: string | null = null
  do {
    const page: FacePage = await findInFace(open, faces, search, only, { count: FACE_PAGE, after })
    items.push(...page.items)
    after = page.next
  } while (after !== null && items.length < most)
  return items.slice(0, most)
}

/** That a resource fits one of the queries to which the caller's scopes confine the search. */
const withinTests = (open: FhirAct, { type, within }: Search): Test[] => {
  if (!within) return []
  const now = msOf(open.act.now)
  const tests = within.map((conditions) => conditions.map((one) => testOf(one, open.act.zone, now, PARTS_OF(type))))
  return [(resource) => tests.some((all) => all.every((is) => is(resource)))]
}

// An order that no index keeps

type Keyed = { readonly match: Match; readonly key: readonly (string | number | null)[] }

const sortValue = (
  resource: Resource,
  parameter: SearchParameter | null,
  name: string,
  row: StoredVersion,
): string | number | null => {
  if (!parameter) return name === '_lastUpdated' ? row.recordedAt : row.fhirId
  const [value] = rawValues(resource, parameter.paths)
  if (value === undefined) return null
  if (typeof value === 'number' || typeof value === 'string') return value
  const text = JSON.stringify(value)
  const fields = value as {
    start?: string
    value?: string | number
    code?: string
    text?: string
    family?: string
    reference?: string
  }
  return fields.start ?? fields.value ?? fields.family ?? fields.text ?? fields.code ?? fields.reference ?? text
}

const compared = (one: string | number | null, other: string | number | null): number => {
  if (one === other) return 0
  // What has no value stands last, whichever way.
  if (one === null) return 1
  if (other === null) return -1
  return typeof one === 'number' && typeof other === 'number' ? one - other : String(one) < String(other) ? -1 : 1
}

const sorted = (matches: readonly Match[], { sort }: Search, page: { limit: number | null; after: Mark | null }): Found => {
  const keyed = matches.map((match): Keyed => {
    const resource = withMeta(match.row, match.body)
    return { match, key: [...sort.map(({ parameter, name }) => sortValue(resource, parameter, name, match.row)), match.row.id] }
  })
  const order = (one: Keyed['key'], other: Keyed['key']): number => {
    for (let at = 0; at < one.length; at += 1) {
      const [here = null, there = null] = [one[at], other[at]]
      const difference = compared(here, there)
      if (difference !== 0) return sort[at]?.isDown && here !== null && there !== null ? -difference : difference
    }
    return 0
  }
  keyed.sort((one, other) => order(one.key, other.key))
  const mark = page.after ? (JSON.parse(page.after.at) as Keyed['key']) : null
  const rest = mark ? keyed.filter(({ key }) => order(key, mark) > 0) : keyed
  const shown = page.limit === null ? rest : rest.slice(0, page.limit)
  const last = shown.at(-1)
  return {
    matches: shown.map(({ match }) => match),
    next: last && shown.length < rest.length ? { at: JSON.stringify(last.key), id: last.match.row.id } : null,
  }
}
