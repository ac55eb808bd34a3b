import type { House } from '../../../platform/house.ts'
import { locate, note, type StoredVersion } from '../../health-record/index.ts'
import { matchOne, type OneMatch } from '../search/match-one.ts'
import { openFhirAct, type FhirAct } from './act.ts'
import { admit as admitOne, type FhirCaller, type Interaction } from './caller.ts'
import { versionOf, type FhirAnswer, type FhirRequest } from './exchange.ts'
import { create, remove, written } from './interactions.ts'
import { patchIn, patchOf } from './patch.ts'
import { FhirRefusal } from './refusal.ts'
import { addUnder, checkValid, recordWrites, replaceIn, lockOwn, type Brought } from './write.ts'

type Query = FhirRequest['query']

/** A condition looks for what matches, so it takes the right to search besides. */
const admit = (caller: FhirCaller, interaction: Interaction, type: string): ReturnType<typeof admitOne> => {
  const only = admitOne(caller, interaction, type)
  return admitOne(caller, 'search-type', type) ?? only
}

const asked = ({ caller, id }: FhirRequest) => ({ caller, request: id })

/** Creates a resource unless one matches the condition: then that one is answered, and nothing is written. */
export const createUnless = async (house: House, request: FhirRequest, brought: Brought): Promise<FhirAnswer> => {
  const type = brought.resource.resourceType
  const query = [...new URLSearchParams((request.ifNoneExist ?? '').replace(/^[^=]*\?/, ''))]
  const only = admit(request.caller, 'create', type)
  checkValid(brought.resource)
  const known = await openFhirAct(house, asked(request), [], async (open) => {
    const found = await matchOne(open, type, query, only)
    if (found)
      await note(open.tx, open.act.now, {
        form: 'fhir.create',
        kind: 'query',
        rows: [
          {
            person: found.match.row.person === '0' ? null : found.match.row.person,
            request: `${request.id} ${type}/${found.fhirId}`,
          },
        ],
      })
    return found
  })
  return known ? written(known.shown, 200, request) : create(house, request, brought)
}

/** Updates the one match of a condition; writes a new resource where there is none. */
export const updateWhere = (
  house: House,
  request: FhirRequest,
  type: string,
  query: Query,
  brought: Brought,
): Promise<FhirAnswer> => {
  const only = admit(request.caller, 'update', type)
  checkValid(brought.resource)
  return openFhirAct(house, asked(request), [], async (open) => {
    const found = await matchOne(open, type, query, only)
    const own = brought.resource.id as string | undefined
    if (found && own !== undefined && own !== found.fhirId) throw new FhirRefusal('fhir.id-differs')
    const done = found
      ? await replaceIn(open, await lockMatch(open, found, request), brought)
      : await addUnder(open, type, own ?? open.act.newId(), brought)
    if (only && done.person !== '0' && done.person !== only) throw new FhirRefusal('fhir.role-may-not')
    await recordWrites(open, 'fhir.update', [{ type, id: done.shown.fhirId, version: done.shown.version, person: done.person }])
    return written(done.shown, done.isNew ? 201 : 200, request)
  }).finally(() => house.told())
}

const lockMatch = async (open: FhirAct, { match: { row } }: OneMatch, request: FhirRequest): Promise<StoredVersion> => {
  const place = (await locate(open.tx, [row])).get(`${row.type}/${row.fhirId}`)
  if (!place) throw new FhirRefusal('fhir.not-found')
  return lockOwn(open, place, versionOf(request.ifMatch), 'fhir.not-found')
}

/** Patches a resource by its id, or the one match of a condition. */
export const patch = (
  house: House,
  request: FhirRequest,
  type: string,
  fhirId: string | null,
  query: Query,
): Promise<FhirAnswer> => {
  const only = (fhirId === null ? admit : admitOne)(request.caller, 'patch', type)
  const operations = patchOf(request.body)
  return openFhirAct(house, asked(request), [], async (open) => {
    const id = fhirId ?? (await matchOne(open, type, query, only))?.fhirId
    if (id === undefined) throw new FhirRefusal('fhir.not-found')
    const done = await patchIn(open, type, id, operations, versionOf(request.ifMatch))
    if (only && done.person !== '0' && done.person !== only) throw new FhirRefusal('fhir.role-may-not')
    await recordWrites(open, 'fhir.patch', [{ type, id, version: done.shown.version, person: done.person }])
    return written(done.shown, 200, request)
  }).finally(() => house.told())
}

/** Deletes the one match of a condition; none is no error. */
export const removeWhere = async (house: House, request: FhirRequest, type: string, query: Query): Promise<FhirAnswer> => {
  const only = admit(request.caller, 'delete', type)
  const found = await openFhirAct(house, asked(request), [], (open) => matchOne(open, type, query, only))
  return found ? remove(house, request, type, found.fhirId, String(found.shown.version)) : { status: 204, text: null }
}
