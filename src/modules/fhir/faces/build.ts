import { createHash } from 'node:crypto'
import type { Resource as FhirResource } from '@medplum/fhirtypes'
import { msOf, type Instant } from '../../../kernel/clock.ts'
import { isUuid, type PersonId } from '../../../kernel/id.ts'
import type { Resource } from '../../health-record/index.ts'
import { testOf, type Test } from '../search/match.ts'
import { parseSearch, type Search } from '../search/parse-search.ts'
import type { FhirAct } from '../server/act.ts'
import type { FaceItem, ServedFace } from '../server/face.ts'

export { keyedId, readKeyedId } from './keyed-id.ts'

/** A resource drawn from a module’s own rows, and when those last changed; where nobody wrote that down, now. */
export type Drawn = { readonly resource: FhirResource; readonly at: Instant }

/** What a search asks for, for a source that can ask its tables for less than everything. */
export type Wanted = {
  /** The one plain value of a parameter; null where there is none, several, or a modifier. */
  readonly value: (name: string) => string | null
  /** The id that a reference parameter names, of any type. */
  readonly target: (...names: string[]) => string | null
}

/** Rows of a page, and where the next one begins; null when there are no more. */
export type Rows = { readonly rows: readonly Drawn[]; readonly next: string | null }

/** Where a face draws from. `list` answers in an order that never changes, so that whoever turns pages meets everything once. */
export type Source = {
  readonly type: string
  readonly searchParams: readonly string[]
  readonly one: (open: FhirAct, id: string) => Promise<Drawn | null>
  readonly list: (open: FhirAct, wanted: Wanted, page: { readonly limit: number; readonly after: string | null }) => Promise<Rows>
}

/** So many rows one page looks at; a next page goes on where it stopped. */
const LOOKED_AT_MOST = 2_000
const HASH_LENGTH = 16

/** Whom a drawn resource is about: faces refer to one patient at most. */
const personIn = (text: string): PersonId | null =>
  (/"reference":"Patient\/(\d{1,18})"/.exec(text)?.[1] as PersonId | undefined) ?? null

/** A drawn resource as text. The version is a mark of its content: the same as long as nothing changed. */
const itemOf = ({ resource, at }: Drawn): FaceItem => {
  const versionId = createHash('sha256').update(JSON.stringify(resource)).digest('hex').slice(0, HASH_LENGTH)
  const { resourceType, id = '', meta, ...rest } = resource
  const text = JSON.stringify({ resourceType, id, meta: { ...meta, versionId, lastUpdated: at }, ...rest })
  return { id, text, versionId, lastUpdated: at, person: resourceType === 'Patient' ? (id as PersonId) : personIn(text) }
}

const UPDATED = { name: '_lastUpdated', type: 'date', paths: [['meta', 'lastUpdated']], targets: [], parts: [], url: '' } as const

/** The tests of a search; null when it asks for what a face does not follow, a chain for instance: then nothing matches. */
const testsOf = (open: FhirAct, search: Search): readonly Test[] | null => {
  if (search.has.length > 0 || search.conditions.some(({ chain }) => chain !== null)) return null
  const now = msOf(open.act.now)
  const updated = search.updated.map((value) => ({ parameter: UPDATED, modifier: null, values: [value], chain: null }))
  return [...search.conditions, ...(updated as unknown as Search['conditions'])].map((one) =>
    testOf(one, open.act.zone, now, () => null),
  )
}

const wantedOf = (search: Search): Wanted => {
  const value = (name: string): string | null => {
    const found = search.conditions.filter(
      ({ parameter, modifier, chain }) => parameter.name === name && modifier === null && chain === null,
    )
    return found.length === 1 && found[0]?.values.length === 1 ? (found[0].values[0] as string) : null
  }
  return {
    value,
    target: (...names) =>
      names
        .map(value)
        .find((one) => one !== null)
        ?.split('/')
        .at(-1) ?? null,
  }
}

const named = async (source: Source, open: FhirAct, ids: readonly string[]): Promise<FaceItem[]> => {
  const found: FaceItem[] = []
  for (const id of [...new Set(ids)].toSorted()) {
    const one = await source.one(open, id)
    if (one) found.push(itemOf(one))
  }
  return found
}

/** A face over a source: whatever the source answers is tested against the whole search once more. */
export const served = (source: Source): ServedFace => ({
  type: source.type,
  interactions: ['read', 'search-type'],
  searchParams: source.searchParams,
  read: async (open, id) => {
    const found = await source.one(open, id)
    return found && itemOf(found)
  },
  search: async (open, parameters, { count, after }) => {
    const search = parseSearch(source.type, parameters)
    const tests = testsOf(open, search)
    if (tests === null) return { items: [], next: null }
    const fits = (item: FaceItem): boolean => tests.every((is) => is(JSON.parse(item.text) as Resource))
    if (search.ids !== null) return { items: (await named(source, open, search.ids)).filter(fits), next: null }
    const items: FaceItem[] = []
    let mark = after
    for (let looked = 0; looked < LOOKED_AT_MOST && items.length < count;) {
      // Never more rows than the page has room for: its mark stands behind the last row that was looked at.
      const { rows, next } = await source.list(open, wantedOf(search), { limit: count - items.length, after: mark })
      items.push(...rows.map(itemOf).filter(fits))
      mark = next
      looked += Math.max(1, rows.length)
      if (next === null) break
    }
    return { items, next: mark }
  },
})

const AT_AND_ID = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~([0-9a-f-]{36})$/

/** The mark of a list that goes by time. */
export const timeMark = (at: Instant, id: string): string => `${at}~${id}`

/** Where a list by time goes on; null at its beginning. */
export const readTimeMark = (mark: string | null): { at: Instant; id: string } | null => {
  const [, at, id] = AT_AND_ID.exec(mark ?? '') ?? []
  return at && id && isUuid(id) ? { at: at as Instant, id } : null
}

/** Rows of a page with the mark behind the last of them; fewer rows than asked for are the last. */
export const paged = <Row>(
  rows: readonly Row[],
  limit: number,
  draw: (row: Row) => Drawn | null,
  mark: (row: Row) => string,
): Rows => {
  const last = rows.at(-1)
  return { rows: rows.flatMap((row) => draw(row) ?? []), next: last !== undefined && rows.length === limit ? mark(last) : null }
}
