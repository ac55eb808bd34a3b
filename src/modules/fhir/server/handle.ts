import type { Resource as FhirResource } from '@medplum/fhirtypes'
import { RuleConflict, RuleGap } from '../../../shapes/rulebook.ts'
import { isOverloaded, isPassing, OutcomeUnknown, sqlState } from '../../../platform/database/pool.ts'
import { Refused } from '../../../platform/forms/form.ts'
import type { House } from '../../../platform/house.ts'
import { RESOURCE_TYPES } from '../../health-record/index.ts'
import { batch } from '../bundle/batch.ts'
import { transaction } from '../bundle/transaction.ts'
import { SERVED_TYPES } from '../capability/served-types.ts'
import { changeOnFace, createOnFace, refuseOwned } from '../faces/writes.ts'
import { readBody } from '../formats/index.ts'
import { refreshProfiles } from '../profiles/index.ts'
import { searchType } from '../search/run-search.ts'
import { aroundSubscriptions } from '../subscriptions/around.ts'
import { operationOutcome } from '../validation/index.ts'
import { openFhirAct } from './act.ts'
import { admit } from './caller.ts'
import { createUnless, patch, removeWhere, updateWhere } from './conditional.ts'
import { isKnown, versionOf, type FhirAnswer, type FhirRequest } from './exchange.ts'
import { isWithin, type Faces } from './face.ts'
import { create, historyOf, historyOfType, read, remove, resourceOfType, update, vread } from './interactions.ts'
import { everything, match, validate } from './operations.ts'
import { patched, patchOf } from './patch.ts'
import { withinQueries } from './scope-queries.ts'
import { FhirRefusal, InvalidResource, invalidOutcome, outcomeOf } from './refusal.ts'
import type { Brought } from './write.ts'
import { note } from '../../health-record/index.ts'

/** What the server needs besides the house. */
export type FhirServer = { readonly house: House; readonly faces: Faces; readonly statement: (base: string) => Promise<string> }

const ID = /^[A-Za-z0-9\-.]{1,64}$/
const SERVED = new Set(SERVED_TYPES)

class UnreadBody extends Error {
  readonly answer: FhirAnswer
  constructor(answer: FhirAnswer) {
    super('unread')
    this.answer = answer
  }
}

const bodyOf = (request: FhirRequest): { resource: unknown; text: string } => {
  const found = readBody(request.body, request.contentType)
  if ('status' in found) throw new UnreadBody({ status: found.status, text: operationOutcome(found.issues) })
  if (typeof found.resource !== 'object' || found.resource === null)
    throw new FhirRefusal('fhir.body-unreadable', { why: 'not an object' })
  return found
}

const broughtOf = (request: FhirRequest, type: string): Brought => {
  const { resource, text } = bodyOf(request)
  return { resource: resourceOfType(resource, type), text }
}

const notOffered = (): never => {
  throw new FhirRefusal('fhir.method-not-offered')
}

const FORM = /^application\/x-www-form-urlencoded\s*(?:;|$)/i
const JSON_PATCH = /^application\/json-patch\+json\s*(?:;|$)/i

/** What is sent as anything else than an operation takes is not guessed at. */
const mustBe = (type: RegExp, { contentType, body }: FhirRequest): void => {
  if (body !== '' && !type.test(contentType ?? '')) throw new FhirRefusal('fhir.content-type-unknown')
}

const formParameters = (request: FhirRequest): FhirRequest['query'] => {
  mustBe(FORM, request)
  return [...request.query, ...new URLSearchParams(request.body)]
}

/** The whole server: a Bundle, or what it can do. */
const ofSystem = async (server: FhirServer, request: FhirRequest): Promise<FhirAnswer> => {
  if (request.method !== 'POST') return notOffered()
  const { resource, text } = bodyOf(request)
  const { resourceType, type } = resource as { resourceType?: unknown; type?: unknown }
  if (resourceType !== 'Bundle') throw new FhirRefusal('fhir.type-differs')
  const asked = { ...request, body: text }
  if (type === 'transaction') return transaction(server.house, server.faces, asked)
  if (type === 'batch') return batch(asked, (entry) => handle(server, entry))
  throw new FhirRefusal('fhir.body-unreadable', { why: 'Bundle.type' })
}

/** A type: search, create, and what is conditional. */
const ofType = async ({ house, faces }: FhirServer, request: FhirRequest, type: string): Promise<FhirAnswer> => {
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return searchType(house, faces, request, type, request.query)
    case 'POST': {
      const brought = broughtOf(request, type)
      const onFace = await createOnFace(house, faces, request, brought.resource as unknown as FhirResource)
      if (onFace) return onFace
      return request.ifNoneExist === undefined ? create(house, request, brought) : createUnless(house, request, brought)
    }
    case 'PUT': {
      const brought = broughtOf(request, type)
      const id = brought.resource['id']
      if (typeof id === 'string') await refuseOwned(house, faces, request, [{ type, id, brought: brought.resource }])
      return updateWhere(house, request, type, request.query, brought)
    }
    case 'PATCH':
      mustBe(JSON_PATCH, request)
      return patch(house, request, type, null, request.query)
    case 'DELETE':
      return removeWhere(house, request, type, request.query)
    default:
      return notOffered()
  }
}

/** Reads from the store, or else from the face of the type. */
const readEither = async ({ house, faces }: FhirServer, request: FhirRequest, type: string, id: string): Promise<FhirAnswer> => {
  const stored = await read(house, request, type, id)
  const face = faces.get(type)
  if (stored || !face) return stored ?? missing()
  const only = admit(request.caller, 'read', type)
  return openFhirAct(house, { caller: request.caller, request: request.id }, [], async (open) => {
    const item = await face.read(open, id)
    if (!item || !isWithin(only, item)) return missing()
    await note(open.tx, open.act.now, {
      form: 'fhir.read',
      kind: 'query',
      rows: [{ person: item.person, request: `${request.id} ${type}/${id}` }],
    })
    const etag = `W/"${item.versionId}"`
    return isKnown(request.ifNoneMatch, item.versionId)
      ? { status: 304, text: null, etag }
      : { status: 200, text: item.text, etag }
  })
}

const missing = (): never => {
  throw new FhirRefusal('fhir.not-found')
}

/** A patch of what a module owns: the patched resource stands for a form as one that was put. */
const patchOnFace = ({ house, faces }: FhirServer, request: FhirRequest, type: string, id: string): Promise<FhirAnswer | null> =>
  changeOnFace(house, faces, request, {
    type,
    id,
    change: (now) => patched(now, patchOf(request.body)) as unknown as FhirResource,
    brought: null,
  })

/** One resource by its id. */
const ofInstance = async (server: FhirServer, request: FhirRequest, type: string, id: string): Promise<FhirAnswer> => {
  const { house, faces } = server
  if (!ID.test(id)) throw new FhirRefusal('fhir.id-malformed')
  const ifMatch = versionOf(request.ifMatch)
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return readEither(server, request, type, id)
    case 'PUT': {
      const brought = broughtOf(request, type)
      if (brought.resource.id !== id) throw new FhirRefusal('fhir.id-differs')
      const onFace = await changeOnFace(house, faces, request, {
        type,
        id,
        change: () => brought.resource as unknown as FhirResource,
        brought: brought.resource,
      })
      if (onFace) return onFace
      return update(house, request, brought, id, ifMatch)
    }
    case 'PATCH':
      mustBe(JSON_PATCH, request)
      return (await patchOnFace(server, request, type, id)) ?? patch(house, request, type, id, [])
    case 'DELETE':
      return (
        (await changeOnFace(house, faces, request, { type, id, change: null, brought: null })) ??
        remove(house, request, type, id, ifMatch)
      )
    default:
      return notOffered()
  }
}

const ofOperation = (
  { house, faces }: FhirServer,
  request: FhirRequest,
  [type, ...rest]: readonly string[],
): Promise<FhirAnswer> => {
  const name = rest.at(-1)
  if (name === '$validate' && request.method === 'POST') return Promise.resolve(validate(request, bodyOf(request).resource))
  if (type === 'Patient' && rest[1] === '$everything' && rest[0]) return everything(house, faces, request, rest[0])
  if (type === 'Patient' && name === '$match' && rest.length === 1 && request.method === 'POST')
    return match(house, faces, request, bodyOf(request).resource)
  return notOffered()
}

const dispatch = (server: FhirServer, request: FhirRequest): Promise<FhirAnswer> => {
  const segments = request.path.split('/').filter((segment) => segment !== '')
  const [type, id, third, fourth] = segments
  const isGet = request.method === 'GET' || request.method === 'HEAD'
  if (type === undefined) return ofSystem(server, request)
  if (type === '$validate') return ofOperation(server, request, ['', type])
  if (!RESOURCE_TYPES.has(type) || (!SERVED.has(type) && id !== '$validate'))
    throw new FhirRefusal('fhir.type-unknown', { type: type.slice(0, 64) })
  if (segments.at(-1)?.startsWith('$')) return ofOperation(server, request, segments)
  if (id === undefined) return ofType(server, request, type)
  if (id === '_search' && request.method === 'POST')
    return searchType(server.house, server.faces, request, type, formParameters(request))
  if (id === '_history' && isGet) return historyOfType(server.house, request, type)
  if (third === undefined) return ofInstance(server, request, type, id)
  if (third !== '_history' || !isGet) return notOffered()
  return fourth === undefined ? historyOf(server.house, request, type, id) : vread(server.house, request, type, id, fourth)
}

// A mark of a page that no page of ours has, or that is another search's: invalid text for a time or an id, a time out of range.
const UNREADABLE_MARK = ['22007', '22008', '22P02']
const markOf = ({ query }: FhirRequest): string | undefined =>
  query.map(([name]) => name).find((name) => name === '_cursor' || name === '_after')

const refused = (house: House, error: unknown, request: FhirRequest): FhirAnswer => {
  const mark = markOf(request)
  if (mark && UNREADABLE_MARK.includes(sqlState(error) ?? ''))
    return outcomeOf(house, [{ code: 'fhir.parameter-malformed', detail: { name: mark } }])
  if (error instanceof InvalidResource) return invalidOutcome(error.issues)
  if (error instanceof UnreadBody) return error.answer
  if (error instanceof Refused) return outcomeOf(house, error.refusals)
  if (error instanceof RuleGap || error instanceof RuleConflict)
    return outcomeOf(house, [{ code: 'platform.rule-missing', detail: { rule: error.id } }])
  if (error instanceof OutcomeUnknown) return outcomeOf(house, [{ code: 'platform.outcome-unknown' }])
  if (isOverloaded(error) || isPassing(error)) return outcomeOf(house, [{ code: 'platform.busy' }])
  const { message, stack } = error as Error
  house.log('error', 'fhir.bug', { error: message, stack })
  return outcomeOf(house, [{ code: 'platform.bug' }])
}

const speaksOfProfiles = ({ path, body }: FhirRequest): boolean =>
  path.startsWith('StructureDefinition') || (path === '' && body.includes('StructureDefinition'))

/** Answers one interaction, whatever becomes of it: every refusal is an OperationOutcome. */
export const handle = async (server: FhirServer, request: FhirRequest): Promise<FhirAnswer> => {
  try {
    const within = withinQueries(request, server.house.zone)
    const asked = within?.request ?? request
    const said = await aroundSubscriptions(server.house, asked, () => dispatch(server, asked))
    const answer = within ? within.held(said) : said
    if (request.method !== 'GET' && answer.status < 300 && speaksOfProfiles(request)) await refreshProfiles(server.house)
    return answer
  } catch (error) {
    return refused(server.house, error, request)
  }
}
