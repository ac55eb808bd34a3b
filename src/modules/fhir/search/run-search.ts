import type { PersonId } from '../../../kernel/id.ts'
import type { House } from '../../../platform/house.ts'
import { note, PUBLIC_TYPES, resourceEngineOf, SEALED_TYPES } from '../../health-record/index.ts'
import { openFhirAct, type FhirAct } from '../server/act.ts'
import { admit } from '../server/caller.ts'
import { preferenceOf, shownOf, type FhirAnswer, type FhirRequest } from '../server/exchange.ts'
import type { FaceItem, Faces } from '../server/face.ts'
import { FhirRefusal } from '../server/refusal.ts'
import { everyInFace, find, findInFace, orderOf, withMeta, type Mark, type Match } from './find.ts'
import { included } from './include.ts'
import { personOfPatient } from '../server/known-patients.ts'
import { patientIds } from './narrow.ts'
import { parseSearch, type Search } from './parse-search.ts'
import { trimmed } from './trim.ts'

/** Where a search goes on: in the store behind a resource, or in a face. */
type Cursor = { readonly from: 'store'; readonly mark: Mark | null } | { readonly from: 'face'; readonly mark: string | null }

const cursorText = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

const readCursor = (text: string | null): Cursor => {
  if (text === null) return { from: 'store', mark: null }
  try {
    const cursor = JSON.parse(Buffer.from(text, 'base64url').toString()) as Cursor
    if (cursor.from === 'face' && (cursor.mark === null || typeof cursor.mark === 'string')) return cursor
    const mark = cursor.mark as Mark | null
    if (cursor.from === 'store' && mark && typeof mark.at === 'string' && /^[0-9a-f-]{36}$/.test(mark.id)) return cursor
  } catch {
    // Said below.
  }
  throw new FhirRefusal('fhir.parameter-malformed', { name: '_cursor' })
}

type Page = {
  readonly matches: readonly Match[]
  readonly faces: readonly FaceItem[]
  readonly next: Cursor | null
}

const shownText = ({ row, body }: Match): string => shownOf(row, body).text

/** One page: the store's matches first, then those of the type's face. */
const pageOf = async (open: FhirAct, search: Search, faces: Faces, only: PersonId | null): Promise<Page> => {
  const cursor = readCursor(search.cursor)
  const face = faces.get(search.type)
  const stored =
    cursor.from === 'store'
      ? await find(open, search, only, { limit: search.count, after: cursor.mark }, faces)
      : { matches: [], next: null }
  if (stored.next) return { matches: stored.matches, faces: [], next: { from: 'store', mark: stored.next } }
  const room = search.count - stored.matches.length
  if (!face) return { matches: stored.matches, faces: [], next: null }
  if (room === 0) return { matches: stored.matches, faces: [], next: { from: 'face', mark: null } }
  const after = cursor.from === 'face' ? cursor.mark : null
  const { items, next } = await findInFace(open, faces, search, only, { count: room, after })
  const known = new Set(stored.matches.map(({ row }) => row.fhirId))
  return {
    matches: stored.matches,
    faces: items.filter((item) => !known.has(item.id)),
    next: next === null ? null : { from: 'face', mark: next },
  }
}

const addressOf = (base: string, search: Search, cursor: Cursor | null): string => {
  const parameters = search.understood.filter(([name]) => name !== '_cursor' && name !== '_format')
  const all = [
    ...parameters.filter(([name]) => name !== '_count'),
    ['_count', String(search.count)] as const,
    ...(cursor ? [['_cursor', cursorText(cursor)] as const] : []),
  ]
  return `${base}/${search.type}?${new URLSearchParams(all.map(([name, value]) => [name, value]))}`
}

const entry = (base: string, key: string, text: string, mode: 'match' | 'include'): string =>
  `{"fullUrl":"${base}/${key}","resource":${text},"search":{"mode":"${mode}"}}`

/** What was not understood is named, so that nobody believes that it had an effect. */
const outcomeEntry = (search: Search): string[] => {
  if (search.unknown.length === 0) return []
  const names = search.unknown.join(', ')
  const diagnostics = `这些检索参数未被识别,已忽略:${names}。 These search parameters are not known and were ignored: ${names}.`
  const resource = { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code: 'not-supported', diagnostics }] }
  return [JSON.stringify({ resource, search: { mode: 'outcome' } })]
}

/** Audit rows of a search: one for each person whose record was shown, or one for the search itself. */
const noteSearch = async (open: FhirAct, search: Search, { matches, faces }: Pick<Page, 'matches' | 'faces'>): Promise<void> => {
  const persons = [...new Set([...matches.map(({ row }) => row.person), ...faces.map(({ person }) => person ?? '0')])]
  const rows = (persons.length > 0 ? persons : ['0']).map((person) => ({
    person: person === '0' ? null : person,
    request: `${open.act.request} ${search.type}`,
  }))
  await note(open.tx, open.act.now, { form: 'fhir.search', kind: 'query', rows })
}

const counted = async (open: FhirAct, search: Search, faces: Faces, only: PersonId | null): Promise<number> => {
  const all = await find(open, { ...search, sort: [] }, only, { limit: null, after: null }, faces)
  return all.matches.length + (await everyInFace(open, faces, search, only, Number.POSITIVE_INFINITY)).length
}

const bundle = (
  base: string,
  search: Search,
  page: Page | null,
  total: number | null,
  extra: ReadonlyMap<string, string>,
): string => {
  const trim = (text: string): string => trimmed(text, search.summary, search.elements)
  const entries = [
    ...(page?.matches ?? []).map((match) =>
      entry(base, `${match.row.type}/${match.row.fhirId}`, trim(shownText(match)), 'match'),
    ),
    ...(page?.faces ?? []).map(({ id, text }) => entry(base, `${search.type}/${id}`, trim(text), 'match')),
    ...[...extra].map(([key, text]) => entry(base, key, search.summary ? trim(text) : text, 'include')),
    ...outcomeEntry(search),
  ]
  return around(base, search, page === null ? '' : entries.join(','), page?.next ?? null, total)
}

/** A Bundle around entries that are joined already. */
const around = (base: string, search: Search, entries: string, next: Cursor | null, total: number | null): string => {
  const links = [{ relation: 'self', url: addressOf(base, search, search.cursor === null ? null : readCursor(search.cursor)) }]
  if (next) links.push({ relation: 'next', url: addressOf(base, search, next) })
  const count = total === null ? '' : `"total":${total},`
  const listed = entries === '' ? '' : `,"entry":[${entries}]`
  return `{"resourceType":"Bundle","type":"searchset",${count}"link":${JSON.stringify(links)}${listed}}`
}

/** Carries a search out under the caller's rights, with its audit row before the answer. */
export const searchIn = async (
  open: FhirAct,
  faces: Faces,
  search: Search,
  only: PersonId | null,
  base: string,
): Promise<string> => {
  if (search.summary === 'count' || search.count === 0) {
    await noteSearch(open, search, { matches: [], faces: [] })
    return bundle(base, search, null, await counted(open, search, faces, only), new Map())
  }
  const page = await pageOf(open, search, faces, only)
  const items = [
    ...page.matches.map((match) => ({ ...match.row, resource: withMeta(match.row, match.body) })),
    ...page.faces.map(({ id, text, person }) => ({
      type: search.type,
      fhirId: id,
      resource: JSON.parse(text),
      person: person ?? '0',
    })),
  ]
  const brings = search.include.length + search.revinclude.length > 0
  const extra = brings ? await included(open, faces, search, items, shownText) : new Map<string, string>()
  await noteSearch(open, search, page)
  const isWhole = page.next === null && search.cursor === null
  const total = isWhole ? items.length : search.total === 'accurate' ? await counted(open, search, faces, only) : null
  return bundle(base, search, page, total, extra)
}

/**
 * The newest of a type in one person's record, asked for by the patient alone: answered together with whoever asks the same at
 * this moment. Null for any other search, and for a patient who is not known.
 */
const newestOf = async (house: House, request: FhirRequest, search: Search): Promise<FhirAnswer | null> => {
  const { conditions, type, count } = search
  const [condition] = conditions
  const isPlain =
    conditions.length === 1 &&
    search.understood.every(([name]) => PLAIN.has(name.split(':')[0] as string)) &&
    search.unknown.length === 0
  if (!isPlain || !condition || count === 0 || SEALED_TYPES.has(type) || PUBLIC_TYPES.has(type)) return null
  const order = orderOf(search)
  const [id, ...others] = patientIds(condition) ?? []
  if (id === undefined || others.length > 0 || order?.by !== 'effective' || !order.isDown) return null
  const person = await personOfPatient(house, id)
  if (!person) return null
  const { base, caller, id: number } = request
  const rows = await resourceEngineOf(house).newest({ type, person, limit: count, actor: caller.actor, request: number })
  const shown = rows.slice(0, count)
  const last = shown.at(-1)
  const next: Cursor | null = last && rows.length > count ? { from: 'store', mark: { at: last.at, id: last.id } } : null
  const entries = shown.map((row) => entry(base, `${type}/${row.fhirId}`, shownOf({ ...row, type }, row.body).text, 'match'))
  return { status: 200, text: around(base, search, entries.join(','), next, next ? null : shown.length) }
}
const PLAIN = new Set(['patient', 'subject', '_sort', '_count', '_format', '_pretty'])

/** A search over HTTP. */
export const searchType = async (
  house: House,
  faces: Faces,
  request: FhirRequest,
  type: string,
  parameters: FhirRequest['query'],
): Promise<FhirAnswer> => {
  const only = admit(request.caller, 'search-type', type)
  const search = { ...parseSearch(type, parameters), within: request.within ?? null }
  if (search.unknown.length > 0 && preferenceOf(request.prefer, 'handling') === 'strict')
    throw new FhirRefusal('fhir.parameter-unknown', { name: search.unknown[0] as string, type })
  const quick = only === null && search.within === null && !faces.has(type) ? await newestOf(house, request, search) : null
  if (quick) return quick
  return openFhirAct(house, { caller: request.caller, request: request.id }, [], async (open) => ({
    status: 200,
    text: await searchIn(open, faces, search, only, request.base),
  }))
}
