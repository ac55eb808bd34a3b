import type { PersonId } from '../../../kernel/id.ts'
import { isPassing } from '../../../platform/database/pool.ts'
import type { House } from '../../../platform/house.ts'
import { show } from '../../../platform/refusals.ts'
import {
  addResources,
  claimIds,
  findAt,
  locate,
  locateDeleted,
  openedBody,
  patientIdOf,
  patientReferenceOf,
  personsOfPatients,
  SEALED_TYPES,
  type Addition,
  type Resource,
} from '../../health-record/index.ts'
import { openRecords } from '../../residents/index.ts'
import { ownedAmong } from '../faces/owned.ts'
import { readBody } from '../formats/index.ts'
import { newRequest, openFhirAct, type FhirAct } from '../server/act.ts'
import { admit } from '../server/caller.ts'
import { shownOf } from '../server/exchange.ts'
import type { Faces } from '../server/face.ts'
import { FhirRefusal, InvalidResource } from '../server/refusal.ts'
import { attachWaiting } from '../server/attach.ts'
import { additionOf, checkValid, putIn, recordWrites, type Brought } from '../server/write.ts'
import type { Issue } from '../validation/index.ts'
import { isSameResource } from './is-same.ts'
import type { BulkJob, ImportCursor } from './job.ts'
import * as store from './store.ts'

const LINES_AT_ONCE = 100

/** A line of the input: its number in what was sent, and its text. */
type Line = { readonly nr: number; readonly text: string }
type Fault = { readonly line: number; readonly issues: readonly Issue[] }
type Slice = {
  readonly part: number
  readonly lines: readonly Line[]
  readonly next: ImportCursor
  readonly isLastOfPart: boolean
}

const issue = (code: string, zh: string, en: string): Issue => ({ severity: 'error', code, path: '', zh, en })

/** What kept a line from being taken, as issues; throws what passes and what is no fault of the line. */
const issuesOf = (house: House, error: unknown): readonly Issue[] => {
  if (error instanceof InvalidResource) return error.issues.filter(({ severity }) => severity === 'error')
  if (error instanceof FhirRefusal)
    return error.refusals.map((refusal) => {
      const { zh, en } = show(house.texts, refusal)
      return issue('processing', zh, en)
    })
  if (isPassing(error)) throw error
  house.log('warn', 'fhir.import-line-failed', { error: (error as Error).name })
  return [issue('exception', '该行无法写入。', 'The line could not be written.')]
}

const sliceOf = async (open: FhirAct, job: BulkJob): Promise<Slice | null> => {
  const cursor = job.cursor as ImportCursor
  const input = await store.nextInput(open.tx, job, cursor.part)
  if (!input) return null
  const from = input.nr === cursor.part ? cursor.line : 0
  const text = (await store.partText(open.tx, job, open.act.cipher, input.nr)) ?? ''
  const all = text.split('\n').filter((line) => line !== '')
  const single = cursor.single && input.nr === cursor.part
  const lines = all.slice(from, from + (single ? 1 : LINES_AT_ONCE)).map((line): Line => {
    const space = line.indexOf(' ')
    return { nr: Number(line.slice(0, space)), text: line.slice(space + 1) }
  })
  const isLastOfPart = from + lines.length >= all.length
  const next = isLastOfPart
    ? { part: input.nr + 1, line: 0, single: false }
    : { part: input.nr, line: from + lines.length, single }
  return { part: input.nr, lines, next, isLastOfPart }
}

/** One step of an import: some lines, their faults, and how far it is commit together. */
export const importStep = async (house: House, faces: Faces, job: BulkJob, leaseMs: number): Promise<void> => {
  const failed: { at: BulkJob | null } = { at: null }
  try {
    await step(house, job, leaseMs, (open, lines, now) => {
      failed.at = now
      return takeAll(open, faces, lines)
    })
  } catch (error) {
    if (isPassing(error) || failed.at === null) throw error
    await afterFailure(house, failed.at, leaseMs, error)
  }
}

/** Nothing of the step remains. Its lines go one by one, so that only the wrong one is left out. */
const afterFailure = async (house: House, failed: BulkJob, leaseMs: number, error: unknown): Promise<void> => {
  const nameIt: Taking = async (_open, lines) => ({
    taken: 0,
    faults: lines.map(({ nr }) => ({ line: nr, issues: issuesOf(house, error) })),
  })
  const cursor = failed.cursor as ImportCursor
  await step(house, failed, leaseMs, cursor.single ? nameIt : null, cursor)
}

type Taken = { readonly taken: number; readonly faults: readonly Fault[] }
type Taking = (open: FhirAct, lines: readonly Line[], now: BulkJob) => Promise<Taken>

const isAt = (job: BulkJob, cursor: ImportCursor): boolean => {
  const { part, line, single } = job.cursor as ImportCursor
  return part === cursor.part && line === cursor.line && single === cursor.single
}

/** With `only`, nothing is done when the job stands elsewhere by then: another process has gone on with it. */
const step = (house: House, job: BulkJob, leaseMs: number, take: Taking | null, only?: ImportCursor): Promise<void> =>
  openFhirAct(house, { caller: job.caller, request: newRequest() }, [], async (open) => {
    const now = await store.lockJob(open.tx, job, leaseMs)
    if (!now || (only && !isAt(now, only))) return
    const slice = await sliceOf(open, now)
    const cursor = now.cursor as ImportCursor
    if (!slice) return void (await store.saveProgress(open.tx, now, { cursor, done: 0, faults: 0, endedAt: open.act.now }))
    if (!take)
      return void (await store.saveProgress(open.tx, now, {
        cursor: { part: slice.part, line: slice.part === cursor.part ? cursor.line : 0, single: true },
        done: 0,
        faults: 0,
        endedAt: null,
      }))
    const { taken, faults } = await take(open, slice.lines, now)
    if (slice.isLastOfPart) await store.deletePart(open.tx, now, slice.part)
    if (faults.length > 0)
      await store.addParts(open.tx, now, open.act.cipher, [
        { kind: 'error', type: 'OperationOutcome', lines: faults.map(faultLine) },
      ])
    await store.saveProgress(open.tx, now, { cursor: slice.next, done: taken, faults: faults.length, endedAt: null })
  }).finally(() => house.told())

const faultLine = ({ line, issues }: Fault): string =>
  JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: issues.map(({ severity, code, path, zh, en }) => ({
      severity,
      code,
      details: { text: `第 ${line} 行:${zh} Line ${line}: ${en}` },
      ...(path && { expression: [path] }),
      extension: [{ url: 'urn:jieli:line', valuePositiveInt: line }],
    })),
  })

/** Reads a line; what is wrong with it by itself is found before anything is written. */
type Read = Brought & { readonly nr: number }

const readLine = (house: House, open: FhirAct, { nr, text }: Line): Read | Fault => {
  const read = readBody(text, 'application/fhir+json')
  if ('status' in read) return { line: nr, issues: read.issues }
  try {
    checkValid(read.resource)
    const resource = read.resource as Resource
    if (typeof resource['id'] !== 'string')
      return { line: nr, issues: [issue('required', '缺少 id。', 'The resource has no id.')] }
    if (admit(open.caller, 'update', resource.resourceType) !== null) throw new FhirRefusal('fhir.role-may-not')
    return { nr, resource, text: read.text }
  } catch (error) {
    return { line: nr, issues: issuesOf(house, error) }
  }
}

const takeAll = async (open: FhirAct, faces: Faces, lines: readonly Line[]): Promise<Taken> => {
  const read = lines.map((line) => readLine(open.house, open, line))
  const faults: Fault[] = read.filter((one): one is Fault => 'issues' in one)
  const sound = read.filter((one): one is Read => !('issues' in one))
  const owned = await ownedAmong(open.house, faces, sound.map(placeOf))
  const brought = sound.filter((one) => !owned.has(keyOf(one)))
  const patients = [...new Set(brought.flatMap(({ resource }) => patientIdOf(patientReferenceOf(resource)) ?? []))]
  const made = new Map(await personsOfPatients(open.tx, patients))
  const written: Written[] = []
  const say = (nr: number, fault: Issue | null): void => {
    if (fault) faults.push({ line: nr, issues: [fault] })
  }
  for (const one of sound) if (owned.has(keyOf(one))) say(one.nr, ID_TAKEN)
  // Patients first: the others are about them.
  for (const one of brought) if (one.resource.resourceType === 'Patient') say(one.nr, await takeOne(open, one, made, written))
  const known = brought.filter((one) => {
    const isKnown = one.resource.resourceType !== 'Patient' && !isOfUnknown(one, made)
    if (one.resource.resourceType !== 'Patient' && !isKnown) say(one.nr, UNKNOWN_PATIENT)
    return isKnown
  })
  const fresh = await freshOf(open, known)
  for (const { nr, isTaken } of await takeFresh(open, fresh, made, written)) if (isTaken) say(nr, ID_TAKEN)
  const isFresh = new Set<Read>(fresh)
  for (const one of known) if (!isFresh.has(one)) say(one.nr, await takeOne(open, one, made, written))
  await recordWrites(open, 'fhir.import', written)
  return { taken: lines.length - faults.length, faults }
}

const UNKNOWN_PATIENT = issue(
  'not-found',
  '所指的患者不在本库:请先导入患者。',
  'The patient that it names is not here: import patients first.',
)

const ID_TAKEN = issue('processing', '该 id 已被使用,请换一个。', 'This id is taken: choose another one.')

type Written = { readonly type: string; readonly id: string; readonly version: number; readonly person: string | null }

const isOfUnknown = ({ resource }: Brought, made: ReadonlyMap<string, PersonId>): boolean => {
  const patient = patientIdOf(patientReferenceOf(resource))
  return patient !== null && !made.has(patient)
}

const placeOf = ({ resource }: Brought): { type: string; fhirId: string } => ({
  type: resource.resourceType,
  fhirId: resource['id'] as string,
})
const keyOf = (one: Brought): string => `${one.resource.resourceType}/${String(one.resource['id'])}`

/** Those that are not here and never were: they are written together. What comes twice goes one after the other. */
const freshOf = async (open: FhirAct, all: readonly Read[]): Promise<Read[]> => {
  const places = all.map(placeOf)
  const [living, gone] = [await locate(open.tx, places), await locateDeleted(open.tx, places)]
  const met = new Set<string>()
  return all.filter((one) => {
    const key = keyOf(one)
    const isFirst = !met.has(key)
    met.add(key)
    return isFirst && !living.has(key) && !gone.has(key)
  })
}

/** Writes new resources together; an id that somebody whom the act cannot see has taken is left out. */
const takeFresh = async (
  open: FhirAct,
  fresh: readonly Read[],
  made: ReadonlyMap<string, PersonId>,
  written: Written[],
): Promise<{ nr: number; isTaken: boolean }[]> => {
  const additions: Addition[] = []
  for (const one of fresh)
    additions.push(await additionOf(open, one, { id: open.act.newId(), fhirId: placeOf(one).fhirId, number: 1 }, made))
  const claims = additions.map(({ type, fhirId, person }) => ({ type, fhirId, person }))
  const free = claims.length === 0 ? new Set<string>() : await claimIds(open.tx, claims)
  const mine = additions.filter(({ type, fhirId }) => free.has(`${type}/${fhirId}`))
  if (mine.length > 0) await addResources(open.tx, mine, open.caller.actor.org, open.act.now)
  for (const { type, fhirId, person } of mine) if (type === 'Patient' && person !== '0') await attachWaiting(open, fhirId, person)
  for (const { type, fhirId, person } of mine)
    written.push({ type, id: fhirId, version: 1, person: person === '0' ? null : person })
  return fresh.map((one) => ({ nr: one.nr, isTaken: !free.has(keyOf(one)) }))
}

const takeOne = async (open: FhirAct, one: Brought, made: Map<string, PersonId>, written: Written[]): Promise<Issue | null> => {
  const type = one.resource.resourceType
  const id = one.resource['id'] as string
  if (await stands(open, type, id, one)) return null
  const { shown, person } = await putIn(open, type, id, one, null, made)
  if (type === 'Patient' && person !== '0') made.set(id, person)
  written.push({ type, id, version: shown.version, person: person === '0' ? null : person })
  return null
}

/** Whether the same resource stands here already: a line that comes again changes nothing. */
const stands = async (open: FhirAct, type: string, fhirId: string, { text }: Brought): Promise<boolean> => {
  const place = (await locate(open.tx, [{ type, fhirId }])).get(`${type}/${fhirId}`)
  if (place && place.person !== '0' && SEALED_TYPES.has(type)) await openRecords(open.tx, [place.person])
  const row = place ? await findAt(open.tx, place, true) : null
  const body = row ? openedBody(row.body, row.wrappedKey, open.act.cipher) : null
  return row !== null && body !== null && isSameResource(shownOf(row, body).text, text)
}

/** Where an import begins. */
export const IMPORT_START: ImportCursor = { part: 0, line: 0, single: false }
