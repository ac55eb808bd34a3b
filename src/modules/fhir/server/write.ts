import { instantOfMs, msOf, type Instant } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/id.ts'
import { openRecords, keyOfPerson } from '../../residents/index.ts'
import {
  addResources,
  claimIds,
  findAt,
  locate,
  locateDeleted,
  makeVersion,
  note,
  openedBody,
  patientIdOf,
  patientReferenceOf,
  personsOfPatients,
  removeResource,
  replaceResource,
  SEALED_TYPES,
  tell,
  versionsAt,
  type Addition,
  type Place,
  type Resource,
  type StoredVersion,
} from '../../health-record/index.ts'
import { validateResource } from '../validation/index.ts'
import type { FhirAct } from './act.ts'
import { attachWaiting } from './attach.ts'
import { isNamed, shownOf, type Shown } from './exchange.ts'
import { registerPatient } from './patient.ts'
import { FhirRefusal, InvalidResource } from './refusal.ts'

/** A resource as a client brings it. */
export type Brought = { readonly resource: Resource; readonly text: string }

/** Refuses what R4 or its profiles do not allow, naming every place. */
export const checkValid = (resource: unknown): void => {
  const issues = validateResource(resource)
  if (issues.some(({ severity }) => severity === 'error')) throw new InvalidResource(issues)
}

/** Persons whom references to Patients mean, where this transaction has just made the Patients itself. */
export type NewPatients = ReadonlyMap<string, PersonId>

/** Whom a resource is about; null when it names nobody who is known. */
export const personOf = async (open: FhirAct, resource: Resource, made: NewPatients = new Map()): Promise<PersonId | null> => {
  const id = patientIdOf(patientReferenceOf(resource))
  if (id === null) return null
  return made.get(id) ?? (await personsOfPatients(open.tx, [id])).get(id) ?? null
}

/** The key with which a sealed type is closed; null for the others. */
const sealingKey = async (open: FhirAct, type: string, person: PersonId | null): Promise<Buffer | null> =>
  person && SEALED_TYPES.has(type) ? keyOfPerson(open.tx, person) : null

/** A new resource with its person, key and index drawn; a Patient becomes a person of the index first. */
export const additionOf = async (
  open: FhirAct,
  { resource, text }: Brought,
  as: { id: string; fhirId: string; number: number; person?: PersonId | '0' },
  made: NewPatients = new Map(),
): Promise<Addition> => {
  const type = resource.resourceType
  const known = as.person === '0' ? null : as.person
  const person =
    known ??
    (as.person === '0' ? null : type === 'Patient' ? await registerPatient(open, resource) : await personOf(open, resource, made))
  const wrappedKey = await sealingKey(open, type, person)
  const version = makeVersion(
    { text, resource, id: as.id, fhirId: as.fhirId, person, wrappedKey },
    open.act.zone,
    open.act.cipher,
  )
  return { ...version, number: as.number }
}

/** Writes new resources together, and shows them. */
export const addAll = async (
  open: FhirAct,
  additions: readonly Addition[],
  texts: readonly string[],
  at: Instant,
): Promise<Shown[]> => {
  await addResources(open.tx, additions, open.caller.actor.org, at)
  return additions.map((one, index) => shownAddition(one, texts[index] as string, at))
}

const shownAddition = (one: Addition, body: string, at: Instant): Shown =>
  shownOf({ type: one.type, fhirId: one.fhirId, version: one.number, recordedAt: at, meta: one.meta }, body)

/** The body of an addition in clear, as it was drawn from what came. */
export const clearBody = async (open: FhirAct, one: Addition): Promise<string> =>
  openedBody(
    one.body,
    one.body.startsWith('{') ? null : await sealingKey(open, one.type, one.person as PersonId),
    open.act.cipher,
  ) ?? ''

/** What a write did, for the audit and for whoever is told. */
export type Done = { readonly shown: Shown; readonly isNew: boolean; readonly person: PersonId | '0' }

/** Leaves the audit rows and the news of writes in their act. */
export const recordWrites = async (
  open: FhirAct,
  form: string,
  done: readonly { type: string; id: string; version: number; person: string | null }[],
): Promise<void> => {
  if (done.length === 0) return
  const rows = done.map(({ type, id, person }) => ({
    person: person === '0' ? null : person,
    request: `${open.act.request} ${type}/${id}`,
  }))
  await note(open.tx, open.act.now, { form, kind: 'command', rows })
  await tell(
    open.tx,
    open.act.now,
    done.map((one) => ({ ...one, person: one.person === '0' ? null : one.person })),
  )
}

const isOwn = (open: FhirAct, custodian: string | null): boolean =>
  open.caller.actor.role === 'system' ||
  (custodian !== null && custodian === open.caller.actor.org) ||
  (custodian === null && open.caller.actor.role === 'administrator')

/** Not one's own: whoever may see it hears that it is another's, nobody else hears more than that the id is not free. */
const refuseForeign = async (open: FhirAct, place: Place, hidden: 'fhir.not-found' | 'fhir.id-taken'): Promise<never> => {
  throw new FhirRefusal((await isSeen(open, place)) ? 'fhir.not-yours' : hidden)
}

/** Whether the open act may see what stands at a place, its record opened if there is a basis. */
const isSeen = async (open: FhirAct, place: Place): Promise<boolean> => {
  if (place.person !== '0') await openRecords(open.tx, [place.person])
  return (await findAt(open.tx, place)) !== null
}

/** The newest version of one's own resource, locked; refuses where a given version is not the newest. */
export const lockOwn = async (
  open: FhirAct,
  place: Place,
  ifMatch: string | null,
  hidden: 'fhir.not-found' | 'fhir.id-taken',
): Promise<StoredVersion> => {
  if (!isOwn(open, place.custodian)) return refuseForeign(open, place, hidden)
  const row = await findAt(open.tx, place, true)
  if (!row) throw new FhirRefusal('fhir.not-found')
  if (ifMatch !== null && !isNamed(ifMatch, String(row.version))) throw new FhirRefusal('fhir.version-changed')
  return row
}

/** Never before the version that it follows, however long a writer has waited. */
const timeAfter = (open: FhirAct, earlier: Instant): Instant =>
  msOf(open.act.now) > msOf(earlier) ? open.act.now : instantOfMs(msOf(earlier) + 1)

/** Makes the next version of a resource that stands. */
export const replaceIn = async (
  open: FhirAct,
  row: StoredVersion,
  brought: Brought,
  made: NewPatients = new Map(),
): Promise<Done> => {
  const isPatient = row.type === 'Patient'
  const person = isPatient ? row.person : ((await personOf(open, brought.resource, made)) ?? '0')
  if (row.person !== '0' && person !== row.person) throw new FhirRefusal('fhir.subject-changed')
  if (row.person !== '0' && SEALED_TYPES.has(row.type)) await openRecords(open.tx, [row.person])
  const next = await additionOf(open, brought, { id: row.id, fhirId: row.fhirId, number: row.version + 1, person: row.person })
  const at = timeAfter(open, row.recordedAt)
  await replaceResource(open.tx, next, at, row.person)
  return { shown: shownAddition(next, await clearBody(open, next), at), isNew: false, person: row.person }
}

/** Writes a resource under an id that the client chose, which is free, or goes on after its deletion. */
export const addUnder = async (
  open: FhirAct,
  type: string,
  fhirId: string,
  brought: Brought,
  made: NewPatients = new Map(),
): Promise<Done> => {
  const gone = (await locateDeleted(open.tx, [{ type, fhirId }])).get(`${type}/${fhirId}`)
  if (gone) return addAgain(open, gone, fhirId, brought)
  const next = await additionOf(open, brought, { id: open.act.newId(), fhirId, number: 1 }, made)
  const free = await claimIds(open.tx, [{ type, fhirId, person: next.person }])
  if (!free.has(`${type}/${fhirId}`)) throw new FhirRefusal('fhir.id-taken')
  const [shown] = await addAll(open, [next], [await clearBody(open, next)], open.act.now)
  if (type === 'Patient' && next.person !== '0') await attachWaiting(open, fhirId, next.person)
  return { shown: shown as Shown, isNew: true, person: next.person }
}

const addAgain = async (open: FhirAct, gone: Place, fhirId: string, brought: Brought): Promise<Done> => {
  if (!isOwn(open, gone.custodian)) throw new FhirRefusal('fhir.id-taken')
  if (gone.person !== '0') await openRecords(open.tx, [gone.person])
  const [last] = await versionsAt(open.tx, gone, { since: null, limit: 1, before: null, only: null })
  if (!last) throw new FhirRefusal('fhir.id-taken')
  const next = await additionOf(open, brought, { id: gone.id, fhirId, number: last.version + 1, person: gone.person })
  const [shown] = await addAll(open, [next], [await clearBody(open, next)], timeAfter(open, last.recordedAt))
  return { shown: shown as Shown, isNew: true, person: next.person }
}

/** Updates a resource, or writes it for the first time under the id that the client chose. */
export const putIn = async (
  open: FhirAct,
  type: string,
  fhirId: string,
  brought: Brought,
  ifMatch: string | null,
  made: NewPatients = new Map(),
): Promise<Done> => {
  const place = (await locate(open.tx, [{ type, fhirId }])).get(`${type}/${fhirId}`)
  if (place) return replaceIn(open, await lockOwn(open, place, ifMatch, 'fhir.id-taken'), brought, made)
  if (ifMatch !== null) throw new FhirRefusal('fhir.version-changed')
  return addUnder(open, type, fhirId, brought, made)
}

/** Deletes a resource; null when it is gone already, was never there, or is another's that the open act does not see. */
export const deleteIn = async (
  open: FhirAct,
  type: string,
  fhirId: string,
  ifMatch: string | null,
): Promise<StoredVersion | null> => {
  const place = (await locate(open.tx, [{ type, fhirId }])).get(`${type}/${fhirId}`)
  if (!place) return null
  if (!isOwn(open, place.custodian) && !(await isSeen(open, place))) return null
  const row = await lockOwn(open, place, ifMatch, 'fhir.not-found')
  await removeResource(open.tx, row, timeAfter(open, row.recordedAt))
  return row
}
