import { isInstant, instant, type Instant } from '../../../kernel/clock.ts'
import { newId, type PersonId } from '../../../kernel/id.ts'
import type { House } from '../../../platform/house.ts'
import {
  locate,
  locateDeleted,
  makeVersion,
  note,
  openedBody,
  patientIdOf,
  patientReferenceOf,
  resourceEngineOf,
  SEALED_TYPES,
  versionsAt,
  versionsOfType,
  type Place,
  type Resource,
  type StoredVersion,
} from '../../health-record/index.ts'
import { idsOf } from '../../residents/index.ts'
import { openFhirAct, type FhirAct } from './act.ts'
import { admit, isNobodys } from './caller.ts'
import { answerWith, isKnown, preferenceOf, shownOf, type FhirAnswer, type FhirRequest, type Shown } from './exchange.ts'
import { personOfPatient } from './known-patients.ts'
import { FhirRefusal } from './refusal.ts'
import { additionOf, addAll, checkValid, clearBody, deleteIn, putIn, recordWrites, type Brought } from './write.ts'

/** What a write answers, by what `Prefer` asks for. */
export const written = (shown: Shown, status: number, request: FhirRequest): FhirAnswer => {
  const answer = answerWith(shown, status, request)
  const prefers = preferenceOf(request.prefer, 'return')
  if (prefers === 'minimal') return { ...answer, text: null }
  if (prefers !== 'OperationOutcome') return answer
  const said = { zh: '已保存。', en: 'It was saved.' }
  const issue = [{ severity: 'information', code: 'informational', diagnostics: `${said.zh} ${said.en}` }]
  return { ...answer, text: JSON.stringify({ resourceType: 'OperationOutcome', issue }) }
}

/** Creates a resource with an id of the house's: together with whatever else is being created at this moment. */
export const create = async (house: House, request: FhirRequest, { resource, text }: Brought): Promise<FhirAnswer> => {
  const type = resource.resourceType
  const only = admit(request.caller, 'create', type)
  checkValid(resource)
  if (SEALED_TYPES.has(type)) return createSealed(house, request, { resource, text })
  const patient = patientIdOf(patientReferenceOf(resource))
  const person = patient === null ? null : await personOfPatient(house, patient)
  if (only && person !== only) throw new FhirRefusal('fhir.role-may-not')
  const id = newId()
  const version = makeVersion({ text, resource, id, fhirId: id, person, wrappedKey: null }, house.zone, house.cipher)
  const at = await resourceEngineOf(house).create({ version, actor: request.caller.actor, request: request.id })
  return written(shownOf({ type, fhirId: id, version: 1, recordedAt: at, meta: version.meta }, version.body), 201, request)
}

/** A Patient becomes a person of the index, and is sealed: that takes a transaction of its own. */
const createSealed = (house: House, request: FhirRequest, brought: Brought): Promise<FhirAnswer> =>
  openFhirAct(house, { caller: request.caller, request: request.id }, [], async (open) => {
    const id = open.act.newId()
    const next = await additionOf(open, brought, { id, fhirId: id, number: 1 })
    const [shown] = await addAll(open, [next], [await clearBody(open, next)], open.act.now)
    await recordWrites(open, 'fhir.create', [{ type: next.type, id, version: 1, person: next.person }])
    return written(shown as Shown, 201, request)
  }).finally(() => house.told())

/** Whether a patient's own scope covers a person: the patient, under every id that is linked. */
const covers = async (open: FhirAct, only: PersonId | null, person: string): Promise<boolean> =>
  only === null || person === only || (await idsOf(open.tx, only)).includes(person as PersonId)

/** Reads the newest version: what was asked for at this moment is read together. */
export const read = async (house: House, request: FhirRequest, type: string, fhirId: string): Promise<FhirAnswer | null> => {
  const only = admit(request.caller, 'read', type)
  const { actor } = request.caller
  const found = await resourceEngineOf(house).read({ type, fhirId, actor, request: request.id })
  const body = found && openedBody(found.body, found.wrappedKey, house.cipher)
  if (!found || body === null || (only && found.person !== only && !isNobodys(type, found.person)))
    return whyNot(house, request, type, fhirId, only)
  if (isKnown(request.ifNoneMatch, String(found.version))) return { status: 304, text: null, etag: `W/"${found.version}"` }
  return answerWith(shownOf({ type, fhirId, ...found }, body), 200, request)
}

/** Gone is told to those only who may see its earlier versions; null for everybody else. */
const whyNot = async (house: House, request: FhirRequest, type: string, fhirId: string, only: PersonId | null): Promise<null> => {
  const gone = (await locateDeleted(house.database, [{ type, fhirId }])).get(`${type}/${fhirId}`)
  if (!gone) return null
  const [last] = await versionsOf(house, request, gone, { since: null, limit: 1, before: null, only: null }, null, only)
  if (last) throw new FhirRefusal('fhir.gone')
  return null
}

type Page = Parameters<typeof versionsAt>[2]

/** Versions at a place as far as the caller sees them, with their audit row. */
const versionsOf = (
  house: House,
  request: FhirRequest,
  place: Place,
  page: Page,
  form: string | null,
  only: PersonId | null = null,
): Promise<StoredVersion[]> =>
  openFhirAct(
    house,
    { caller: request.caller, request: request.id },
    place.person === '0' ? [] : [place.person],
    async (open) => {
      if (place.reach !== 'public' && !(await covers(open, only, place.person))) return []
      const rows = await versionsAt(open.tx, place, page)
      const [first] = rows
      const subject = place.person === '0' ? null : place.person
      if (form && first)
        await note(open.tx, open.act.now, {
          form,
          kind: 'query',
          rows: [{ person: subject, request: `${request.id} ${first.type}/${first.fhirId}` }],
        })
      return rows
    },
  )

const placeOf = async (house: House, type: string, fhirId: string): Promise<Place> => {
  const [living, gone] = [locate(house.database, [{ type, fhirId }]), locateDeleted(house.database, [{ type, fhirId }])]
  const found = (await living).get(`${type}/${fhirId}`) ?? (await gone).get(`${type}/${fhirId}`)
  if (!found) throw new FhirRefusal('fhir.not-found')
  return found
}

/** Reads one version. */
export const vread = async (
  house: House,
  request: FhirRequest,
  type: string,
  fhirId: string,
  number: string,
): Promise<FhirAnswer> => {
  const only = admit(request.caller, 'vread', type)
  const place = await placeOf(house, type, fhirId)
  if (!/^\d{1,9}$/.test(number)) throw new FhirRefusal('fhir.not-found')
  const page = { since: null, limit: 1, before: null, only: Number(number) }
  const [row] = await versionsOf(house, request, place, page, 'fhir.vread', only)
  const body = row && openedBody(row.body, row.wrappedKey, house.cipher)
  if (!row || body === null || body === undefined) throw new FhirRefusal('fhir.not-found')
  if (row.isDeleted) throw new FhirRefusal('fhir.gone')
  return answerWith(shownOf({ ...row, fhirId }, body), 200, request)
}

const HISTORY_MOST = 200
const HISTORY_USUAL = 50

const historyPage = (request: FhirRequest): { since: Instant | null; limit: number; cursor: string | null } => {
  const value = (name: string): string | null => request.query.find(([key]) => key === name)?.[1] ?? null
  const since = value('_since')
  if (since !== null && !isInstant(since)) throw new FhirRefusal('fhir.parameter-malformed', { name: '_since' })
  const count = value('_count') ?? String(HISTORY_USUAL)
  if (!/^\d{1,6}$/.test(count)) throw new FhirRefusal('fhir.parameter-malformed', { name: '_count' })
  return {
    since: since === null ? null : instant(since),
    limit: Math.min(HISTORY_MOST, Math.max(1, Number(count))),
    cursor: value('_after'),
  }
}

const methodOf = ({ isDeleted, version }: StoredVersion): string => (isDeleted ? 'DELETE' : version === 1 ? 'POST' : 'PUT')

const historyEntry = (house: House, row: StoredVersion, base: string): string => {
  const body = row.isDeleted ? null : openedBody(row.body, row.wrappedKey, house.cipher)
  const url = `${row.type}/${row.fhirId}`
  const request = `"request":{"method":"${methodOf(row)}","url":"${url}"}`
  const response = `"response":{"status":"${row.isDeleted ? 204 : row.version === 1 ? 201 : 200}","etag":"W/\\"${row.version}\\"","lastModified":"${row.recordedAt}"}`
  const resource = body === null ? '' : `"resource":${shownOf(row, body).text},`
  return `{"fullUrl":"${base}/${url}",${resource}${request},${response}}`
}

const historyBundle = (entries: readonly string[], self: string, next: string | null, total: number | null): string => {
  const links = [{ relation: 'self', url: self }, ...(next ? [{ relation: 'next', url: next }] : [])]
  const count = total === null ? '' : `"total":${total},`
  return `{"resourceType":"Bundle","type":"history",${count}"link":${JSON.stringify(links)},"entry":[${entries.join(',')}]}`
}

/** Whether the caller sees any version at a place: what is not theirs answers as what is not there, whatever part of it is asked for. */
const isSeen = async (house: House, request: FhirRequest, place: Place, only: PersonId | null): Promise<boolean> =>
  (await versionsOf(house, request, place, { since: null, limit: 1, before: null, only: null }, null, only)).length > 0

/** Every version of a resource, the newest first. */
export const historyOf = async (house: House, request: FhirRequest, type: string, fhirId: string): Promise<FhirAnswer> => {
  const only = admit(request.caller, 'history-instance', type)
  const { since, limit, cursor } = historyPage(request)
  const place = await placeOf(house, type, fhirId)
  if (cursor !== null && !/^\d{1,9}$/.test(cursor)) throw new FhirRefusal('fhir.parameter-malformed', { name: '_after' })
  const page = { since, limit: limit + 1, before: cursor === null ? null : Number(cursor), only: null }
  const rows = await versionsOf(house, request, place, page, 'fhir.history', only)
  if (rows.length === 0 && !(await isSeen(house, request, place, only))) throw new FhirRefusal('fhir.not-found')
  const shown = rows.slice(0, limit).map((row) => ({ ...row, fhirId }))
  const address = `${request.base}/${type}/${fhirId}/_history?_count=${limit}${since ? `&_since=${since}` : ''}`
  const next = rows.length > limit ? `${address}&_after=${shown.at(-1)?.version}` : null
  const total = next === null && cursor === null ? shown.length : null
  return {
    status: 200,
    text: historyBundle(
      shown.map((row) => historyEntry(house, row, request.base)),
      address,
      next,
      total,
    ),
  }
}

/** Every version of a type that one's own institution wrote, the newest first. */
export const historyOfType = (house: House, request: FhirRequest, type: string): Promise<FhirAnswer> => {
  if (admit(request.caller, 'history-type', type) !== null) throw new FhirRefusal('fhir.role-may-not')
  const { since, limit, cursor } = historyPage(request)
  const [at, id, version] = cursor === null ? [] : Buffer.from(cursor, 'base64url').toString().split('|')
  const before = at && id && version ? { at, id, version: Number(version) } : null
  if (cursor !== null && !before) throw new FhirRefusal('fhir.parameter-malformed', { name: '_after' })
  return openFhirAct(house, { caller: request.caller, request: request.id }, [], async (open) => {
    const rows = await versionsOfType(open.tx, type, request.caller.actor.org, { since, limit: limit + 1, before })
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    const address = `${request.base}/${type}/_history?_count=${limit}${since ? `&_since=${since}` : ''}`
    const mark = last && rows.length > limit ? Buffer.from(`${last.mark}|${last.id}|${last.version}`).toString('base64url') : null
    const persons = [...new Set(shown.map(({ person }) => person))]
    await note(open.tx, open.act.now, {
      form: 'fhir.history',
      kind: 'query',
      rows: persons.map((person) => ({ person: person === '0' ? null : person, request: `${request.id} ${type}/_history` })),
    })
    const text = historyBundle(
      shown.map((row) => historyEntry(house, row, request.base)),
      address,
      mark && `${address}&_after=${mark}`,
      null,
    )
    return { status: 200, text }
  })
}

/** Updates a resource, or writes it for the first time under the id of the address. */
export const update = (
  house: House,
  request: FhirRequest,
  brought: Brought,
  fhirId: string,
  ifMatch: string | null,
): Promise<FhirAnswer> => {
  const { resource } = brought
  const only = admit(request.caller, 'update', resource.resourceType)
  checkValid(resource)
  return openFhirAct(house, { caller: request.caller, request: request.id }, [], async (open) => {
    const done = await putIn(open, resource.resourceType, fhirId, brought, ifMatch)
    if (!(await covers(open, only, done.person))) throw new FhirRefusal('fhir.role-may-not')
    await recordWrites(open, 'fhir.update', [
      { type: done.shown.type, id: fhirId, version: done.shown.version, person: done.person },
    ])
    return written(done.shown, done.isNew ? 201 : 200, request)
  }).finally(() => house.told())
}

/** Deletes a resource; its versions stay. What is not there is deleted already. */
export const remove = (
  house: House,
  request: FhirRequest,
  type: string,
  fhirId: string,
  ifMatch: string | null,
): Promise<FhirAnswer> => {
  const only = admit(request.caller, 'delete', type)
  return openFhirAct(house, { caller: request.caller, request: request.id }, [], async (open): Promise<FhirAnswer> => {
    const row = await deleteIn(open, type, fhirId, ifMatch)
    if (row && !(await covers(open, only, row.person))) throw new FhirRefusal('fhir.role-may-not')
    if (row) await recordWrites(open, 'fhir.delete', [{ type, id: fhirId, version: row.version + 1, person: row.person }])
    return { status: 204, text: null, ...(row ? { etag: `W/"${row.version + 1}"` } : {}) }
  }).finally(() => house.told())
}

/** Reads a body as a resource of a type. */
export const resourceOfType = (resource: unknown, type: string): Resource => {
  const found = (resource as { resourceType?: unknown } | null)?.resourceType
  if (found !== type) throw new FhirRefusal('fhir.type-differs')
  return resource as Resource
}
