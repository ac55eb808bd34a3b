import type { PersonId } from '../../../kernel/id.ts'
import type { House } from '../../../platform/house.ts'
import {
  eachReference,
  note,
  personsOfPatients,
  RESOURCE_TYPES,
  type Addition,
  type Resource,
} from '../../health-record/index.ts'
import { refuseOwned } from '../faces/writes.ts'
import { openFhirAct, type FhirAct } from '../server/act.ts'
import { admit } from '../server/caller.ts'
import { versionOf, type FhirAnswer, type FhirRequest } from '../server/exchange.ts'
import { isWithin, type FaceItem, type Faces } from '../server/face.ts'
import { patchIn, patchOf } from '../server/patch.ts'
import { readIn } from '../server/read-in.ts'
import { FhirRefusal, InvalidResource } from '../server/refusal.ts'
import { addAll, additionOf, checkValid, clearBody, deleteIn, putIn, recordWrites } from '../server/write.ts'
import { matchOne } from '../search/match-one.ts'
import { searchIn } from '../search/run-search.ts'
import { parseSearch } from '../search/parse-search.ts'
import { entriesOf, type Entry } from './entries.ts'
import { responseEntry } from './response.ts'

/** What an entry will be known by: decided before anything is written, so that references can be written anew. */
type Planned = { readonly entry: Entry; readonly type: string; readonly fhirId: string | null; readonly found: boolean }
type Plan = { readonly planned: readonly Planned[]; readonly addresses: ReadonlyMap<string, string> }
type Answers = Map<number, string>

const malformed = (at: number, why: string): FhirRefusal => new FhirRefusal('fhir.bundle-malformed', { at: at + 1, why })

const typeOf = ({ path, resource, method, at }: Entry): string => {
  const type = path.split('/')[0] as string
  if (!RESOURCE_TYPES.has(type)) throw malformed(at, 'request.url')
  if ((method === 'POST' || method === 'PUT') && resource && !path.includes('_search') && resource.resourceType !== type)
    throw malformed(at, 'resource.resourceType')
  const [, id] = path.split('/')
  const own = resource?.['id']
  if (method === 'PUT' && id && own !== undefined && own !== id) throw malformed(at, 'resource.id')
  return type
}

/** The one resource that a condition means in the open act, or null; several are refused. */
const conditional = async (open: FhirAct, type: string, query: Entry['query']): Promise<string | null> => {
  const found = await matchOne(open, type, query, admit(open.caller, 'search-type', type))
  return found?.fhirId ?? null
}

const plan = async (open: FhirAct, entries: readonly Entry[]): Promise<Plan> => {
  const addresses = new Map<string, string>()
  const planned: Planned[] = []
  const targets = new Set<string>()
  for (const entry of entries) {
    const type = typeOf(entry)
    const one = await planOf(open, entry, type)
    planned.push(one)
    const address = one.fhirId === null ? null : `${type}/${one.fhirId}`
    if (entry.method !== 'GET' && entry.method !== 'HEAD' && address && !(entry.method === 'POST' && one.found)) {
      if (targets.has(address)) throw malformed(entry.at, 'the same resource twice')
      targets.add(address)
    }
    if (entry.fullUrl === null || !address) continue
    if (addresses.has(entry.fullUrl)) throw malformed(entry.at, 'fullUrl twice')
    addresses.set(entry.fullUrl, address)
  }
  return { planned, addresses }
}

const planOf = async (open: FhirAct, entry: Entry, type: string): Promise<Planned> => {
  const [, id = null] = entry.path.split('/') as [string, string | undefined]
  if (entry.method === 'POST') {
    if (entry.path.includes('_search')) return { entry, type, fhirId: null, found: false }
    const known =
      entry.ifNoneExist === undefined
        ? null
        : await conditional(open, type, [...new URLSearchParams(entry.ifNoneExist.replace(/^\?/, ''))])
    return { entry, type, fhirId: known ?? open.act.newId(), found: known !== null }
  }
  if (id !== null || entry.method === 'GET' || entry.method === 'HEAD') return { entry, type, fhirId: id, found: true }
  if (entry.query.length === 0) throw malformed(entry.at, 'request.url')
  const known = await conditional(open, type, entry.query)
  if (known === null && entry.method === 'PUT')
    return { entry, type, fhirId: (entry.resource?.id as string | undefined) ?? open.act.newId(), found: false }
  return { entry, type, fhirId: known, found: known !== null }
}

const CONDITIONAL_REFERENCE = /^([A-Z][A-Za-z]+)\?(.+)$/

/** Leads references between entries to where those entries will stand, and resolves conditional ones. */
const rewrite = async (open: FhirAct, resource: Resource, at: number, addresses: ReadonlyMap<string, string>): Promise<void> => {
  const asked: { holder: { reference: string }; type: string; query: string }[] = []
  eachReference(resource, (holder) => {
    const [address, fragment] = holder.reference.split('#') as [string, string | undefined]
    const known = addresses.get(address)
    if (known) return void (holder.reference = fragment ? `${known}#${fragment}` : known)
    const condition = CONDITIONAL_REFERENCE.exec(holder.reference)
    if (condition) asked.push({ holder, type: condition[1] as string, query: condition[2] as string })
    else if (holder.reference.startsWith('urn:uuid:')) throw malformed(at, 'a reference to no entry')
  })
  for (const { holder, type, query } of asked) {
    if (!RESOURCE_TYPES.has(type)) throw malformed(at, 'a conditional reference')
    const id = await conditional(open, type, [...new URLSearchParams(query)])
    if (id === null) throw malformed(at, 'a conditional reference that matches nothing')
    holder.reference = `${type}/${id}`
  }
}

const checked = (resource: Resource, at: number): void => {
  try {
    checkValid(resource)
  } catch (error) {
    if (!(error instanceof InvalidResource)) throw error
    throw new InvalidResource(error.issues.map((issue) => ({ ...issue, path: `Bundle.entry[${at}].resource.${issue.path}` })))
  }
}

const textWith = (resource: Resource, fhirId: string): { resource: Resource; text: string } => {
  const { resourceType, id: _id, ...rest } = resource
  const named = { resourceType, id: fhirId, ...rest } as Resource
  return { resource: named, text: JSON.stringify(named) }
}

/** Whether the app's one patient covers what is written; without such a scope everything is. */
const within = (only: PersonId | null, person: string, at: number): void => {
  if (only && person !== '0' && person !== only) throw malformed(at, 'patient')
}

const createAll = async (
  open: FhirAct,
  creates: readonly Planned[],
  made: Map<string, PersonId>,
  answers: Answers,
  request: FhirRequest,
): Promise<void> => {
  const additions: Addition[] = []
  const texts: string[] = []
  // Patients first: the others are about them.
  const inOrder = creates.toSorted((one, other) => Number(other.type === 'Patient') - Number(one.type === 'Patient'))
  for (const { entry, type, fhirId } of inOrder) {
    const only = admit(open.caller, 'create', type)
    const id = fhirId as string
    const addition = await additionOf(open, textWith(entry.resource as Resource, id), { id, fhirId: id, number: 1 }, made)
    within(only, addition.person, entry.at)
    if (type === 'Patient') made.set(id, addition.person as PersonId)
    additions.push(addition)
    texts.push(addition.body.startsWith('{') ? addition.body : await clearBody(open, addition))
  }
  const shown = await addAll(open, additions, texts, open.act.now)
  shown.forEach((one, at) => answers.set((inOrder[at] as Planned).entry.at, responseEntry({ shown: one, status: 201 }, request)))
  await recordWrites(
    open,
    'fhir.create',
    additions.map(({ type, fhirId, person }) => ({ type, id: fhirId, version: 1, person })),
  )
}

/** Persons of patients that the bundle speaks of, asked for once. */
const knownPatients = async (open: FhirAct, planned: readonly Planned[]): Promise<Map<string, PersonId>> => {
  const ids = new Set<string>()
  for (const { entry } of planned)
    if (entry.resource)
      eachReference(entry.resource, ({ reference }) => {
        const id = /^Patient\/([A-Za-z0-9\-.]{1,64})$/.exec(reference)?.[1]
        if (id) ids.add(id)
      })
  return ids.size === 0 ? new Map() : personsOfPatients(open.tx, [...ids])
}

const change = async (
  open: FhirAct,
  { entry, type, fhirId, found }: Planned,
  made: Map<string, PersonId>,
  request: FhirRequest,
): Promise<string> => {
  const only = admit(open.caller, entry.method === 'PATCH' ? 'patch' : 'update', type)
  const ifMatch = versionOf(entry.ifMatch)
  if (fhirId === null) throw new FhirRefusal('fhir.not-found')
  const done =
    entry.method === 'PATCH'
      ? await patchIn(open, type, fhirId, patchOf(patchText(entry)), ifMatch, made)
      : await putIn(open, type, fhirId, textWith(entry.resource as Resource, fhirId), ifMatch, made)
  within(only, done.person, entry.at)
  if (type === 'Patient') made.set(fhirId, done.person as PersonId)
  await recordWrites(open, entry.method === 'PATCH' ? 'fhir.patch' : 'fhir.update', [
    { type, id: fhirId, version: done.shown.version, person: done.person },
  ])
  return responseEntry({ shown: done.shown, status: done.isNew || !found ? 201 : 200 }, request)
}

/** A JSON Patch comes in a Bundle as a Binary. */
export const patchText = ({ resource, at }: Entry): string => {
  const data = (resource as { data?: unknown } | null)?.data
  if (resource?.resourceType !== 'Binary' || typeof data !== 'string') throw malformed(at, 'resource')
  return Buffer.from(data, 'base64').toString('utf8')
}

const faceEntry = ({ text, versionId, lastUpdated }: FaceItem): string =>
  `{"resource":${text},"response":${JSON.stringify({ status: '200 OK', etag: `W/"${versionId}"`, lastModified: lastUpdated })}}`

const get = async (open: FhirAct, faces: Faces, { entry, type, fhirId }: Planned, request: FhirRequest): Promise<string> => {
  if (fhirId === null) {
    const only = admit(open.caller, 'search-type', type)
    const text = await searchIn(open, faces, parseSearch(type, entry.query), only, request.base)
    return `{"resource":${text},"response":{"status":"200 OK"}}`
  }
  const only = admit(open.caller, 'read', type)
  const shown = await readIn(open, type, fhirId, only)
  const item = shown ? null : await faces.get(type)?.read(open, fhirId)
  if (!shown && (!item || !isWithin(only, item))) throw new FhirRefusal('fhir.not-found')
  const person = shown ? (shown.person === '0' ? null : shown.person) : (item?.person ?? null)
  const rows = [{ person, request: `${open.act.request} ${type}/${fhirId}` }]
  await note(open.tx, open.act.now, { form: 'fhir.read', kind: 'query', rows })
  return shown ? responseEntry({ shown, status: 200 }, { ...request, prefer: '' }) : faceEntry(item as FaceItem)
}

const run = async (open: FhirAct, faces: Faces, entries: readonly Entry[], request: FhirRequest): Promise<Answers> => {
  const answers: Answers = new Map()
  const { planned, addresses } = await plan(open, entries)
  const of = (...methods: Entry['method'][]): Planned[] => planned.filter(({ entry }) => methods.includes(entry.method))
  for (const { entry } of planned) {
    if (!entry.resource || entry.method === 'PATCH') continue
    await rewrite(open, entry.resource, entry.at, addresses)
    checked(entry.resource, entry.at)
  }
  for (const { entry, type, fhirId } of of('DELETE')) {
    const only = admit(open.caller, 'delete', type)
    const row = fhirId === null ? null : await deleteIn(open, type, fhirId, versionOf(entry.ifMatch))
    within(only, row?.person ?? '0', entry.at)
    if (row) await recordWrites(open, 'fhir.delete', [{ type, id: row.fhirId, version: row.version + 1, person: row.person }])
    answers.set(entry.at, '{"response":{"status":"204 No Content"}}')
  }
  const made = await knownPatients(open, planned)
  const posts = of('POST').filter(({ entry }) => !entry.path.includes('_search'))
  await createAll(
    open,
    posts.filter(({ found }) => !found),
    made,
    answers,
    request,
  )
  for (const { entry, type, fhirId } of posts.filter(({ found }) => found)) {
    const shown = await readIn(open, type, fhirId as string, admit(open.caller, 'read', type))
    if (shown) answers.set(entry.at, responseEntry({ shown, status: 200 }, request))
  }
  for (const one of of('PUT', 'PATCH')) answers.set(one.entry.at, await change(open, one, made, request))
  for (const one of of('GET', 'HEAD')) answers.set(one.entry.at, await get(open, faces, one, request))
  for (const one of of('POST').filter(({ entry }) => entry.path.includes('_search')))
    answers.set(one.entry.at, await get(open, faces, one, request))
  return answers
}

/** The ids that entries change, as far as a client chose them. */
const changesOf = (entries: readonly Entry[]) =>
  entries.flatMap(({ method, path, resource }) => {
    const [type = '', ofPath] = path.split('/')
    const id = ofPath ?? resource?.['id']
    if (!['PUT', 'PATCH', 'DELETE'].includes(method) || typeof id !== 'string') return []
    return [{ type, id, brought: method === 'PUT' ? resource : null }]
  })

/** Carries out a transaction Bundle: all of it in one transaction, or nothing. */
export const transaction = async (house: House, faces: Faces, request: FhirRequest): Promise<FhirAnswer> => {
  const entries = entriesOf(request.body, request.base)
  const bad = entries.find((entry): entry is { at: number; why: string } => 'why' in entry)
  if (bad) throw malformed(bad.at, bad.why)
  await refuseOwned(house, faces, request, changesOf(entries as Entry[]))
  const asked = { caller: request.caller, request: request.id }
  // Each try reads the entries anew, because references were rewritten in them.
  const answers = await openFhirAct(house, asked, [], (open) =>
    run(open, faces, entriesOf(request.body, request.base) as Entry[], request),
  )
  house.told()
  const texts = entries.map(({ at }) => answers.get(at) ?? '{"response":{"status":"200 OK"}}')
  return { status: 200, text: `{"resourceType":"Bundle","type":"transaction-response","entry":[${texts.join(',')}]}` }
}
