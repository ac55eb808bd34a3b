import type { House } from '../../../platform/house.ts'
import type { PersonId } from '../../../kernel/id.ts'
import { note, openedBody, parseExact, type StoredVersion } from '../../health-record/index.ts'
import { openRecords } from '../../residents/index.ts'
import { openFhirAct, newRequest, type FhirAct } from '../server/act.ts'
import { admit } from '../server/caller.ts'
import { shownOf } from '../server/exchange.ts'
import type { Faces } from '../server/face.ts'
import { facesOfNobody, facesOfPersons, type Leaving } from './export-faces.ts'
import { FIRST_ID, LAST_ID, type BulkJob, type ExportCursor, type ExportWish, type Part } from './job.ts'
import { fitsFilters } from './type-filter.ts'
import * as store from './store.ts'

const ROWS_AT_ONCE = 1_000
const PERSONS_AT_ONCE = 20

/** One step of an export, as far as who asked may read: rows, their place in the files, and how far it is commit together. */
export const exportStep = (house: House, faces: Faces, job: BulkJob, leaseMs: number): Promise<void> =>
  openFhirAct(house, { caller: job.caller, request: newRequest() }, [], async (open) => {
    const now = await store.lockJob(open.tx, job, leaseMs)
    if (!now) return
    const cursor = now.cursor as ExportCursor
    if (cursor.phase === 'nobody') await stepOfNobody(open, faces, now, cursor)
    else if (cursor.phase === 'persons') await stepOfPersons(open, now, cursor)
    else await stepOfFaces(open, faces, now, cursor)
  })

const stepOfNobody = async (open: FhirAct, faces: Faces, job: BulkJob, cursor: ExportCursor): Promise<void> => {
  const wish = job.input as ExportWish
  const rows = wish.withPublic ? await store.resourcesOfNobody(open.tx, wish, cursor.id, ROWS_AT_ONCE) : []
  if (rows.length === ROWS_AT_ONCE) {
    const next = { phase: 'nobody', person: '0', id: (rows.at(-1) as StoredVersion).id } as const
    return keep(open, job, { leaving: opened(open, job, rows), deleted: [] }, next)
  }
  const leaving = [...opened(open, job, rows), ...(await facesOfNobody(open, faces, wish))]
  const deleted = wish.withPublic ? await store.deletedOf(open.tx, ['0'], wish) : []
  return keep(open, job, { leaving, deleted }, { phase: 'persons', person: '0', id: LAST_ID, from: '0' })
}

/** The next persons behind one, as many as are taken together. */
const personsBehind = async (open: FhirAct, job: BulkJob, person: string): Promise<PersonId[]> => {
  const { group } = job.input as ExportWish
  if (group) return group.filter((one) => BigInt(one) > BigInt(person)).slice(0, PERSONS_AT_ONCE)
  return store.candidates(open.tx, job.caller.actor.org, person, PERSONS_AT_ONCE)
}

const stepOfPersons = async (open: FhirAct, job: BulkJob, cursor: ExportCursor): Promise<void> => {
  const from = cursor.from ?? cursor.person
  const persons = await personsBehind(open, job, from)
  const last = persons.at(-1)
  if (last === undefined) return keep(open, job, NOTHING, null)
  await openRecords(open.tx, persons)
  const rows = await store.resourcesBehind(open.tx, persons, job.input as ExportWish, cursor, ROWS_AT_ONCE)
  const behind = rows.length === ROWS_AT_ONCE ? rows.at(-1) : undefined
  return keep(
    open,
    job,
    { leaving: opened(open, job, rows), deleted: [] },
    behind
      ? { phase: 'persons', person: behind.person, id: behind.id, from }
      : { phase: 'faces', person: from, id: LAST_ID, until: last },
  )
}

const stepOfFaces = async (open: FhirAct, faces: Faces, job: BulkJob, { person, until }: ExportCursor): Promise<void> => {
  const wish = job.input as ExportWish
  const persons = (await personsBehind(open, job, person)).filter((one) => BigInt(one) <= BigInt(until ?? '0'))
  await openRecords(open.tx, persons)
  const leaving = await facesOfPersons(open, faces, wish, persons)
  const deleted = await store.deletedOf(open.tx, persons, wish)
  const last = until ?? person
  return keep(open, job, { leaving, deleted }, { phase: 'persons', person: last, id: LAST_ID, from: last })
}

const mayRead = ({ caller }: BulkJob, type: string): boolean => {
  try {
    const only = admit(caller, 'search-type', type)
    return only === null
  } catch {
    return false
  }
}

const lineOf = (row: StoredVersion, body: string): string => {
  const { text } = shownOf(row, body)
  return /[\n\r]/.test(text) ? JSON.stringify(parseExact(text)) : text
}

/** Rows that may be read and opened, as they leave. */
const opened = (open: FhirAct, job: BulkJob, rows: readonly StoredVersion[]): Leaving[] =>
  rows.flatMap((row) => {
    const body = mayRead(job, row.type) ? openedBody(row.body, row.wrappedKey, open.act.cipher) : null
    return body === null ? [] : [{ type: row.type, text: lineOf(row, body), person: row.person }]
  })

type Deleted = Awaited<ReturnType<typeof store.deletedOf>>[number]
type Kept = { readonly leaving: readonly Leaving[]; readonly deleted: readonly Deleted[] }
const NOTHING: Kept = { leaving: [], deleted: [] }

/** A transaction that deletes the same elsewhere. Source: Bulk Data Access 2.0, `deleted`. */
const deletionOf = ({ type, fhirId }: Deleted): string =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ request: { method: 'DELETE', url: `${type}/${fhirId}` } }],
  })

/** Keeps what a step found and how far it is; no next place ends the job. */
const keep = async (open: FhirAct, job: BulkJob, { leaving, deleted }: Kept, next: ExportCursor | null): Promise<void> => {
  const fits = fitsFilters(open, (job.input as ExportWish).filters)
  const files = new Map<string, string[]>()
  const seen = new Set<string>()
  const add = (file: string, line: string, person: string): void => {
    const lines = files.get(file)
    if (lines) lines.push(line)
    else files.set(file, [line])
    seen.add(person)
  }
  for (const { type, text, person } of leaving) if (mayRead(job, type) && fits(type, text)) add(type, text, person)
  for (const one of deleted) if (mayRead(job, one.type)) add(store.DELETED, deletionOf(one), one.person)
  const parts = [...files].map(([type, lines]): Part => ({ kind: 'output', type, lines }))
  await store.addParts(open.tx, job, open.act.cipher, parts)
  const noted = [...seen].map((person) => ({
    person: person === '0' ? null : person,
    request: `${open.act.request} export ${job.id}`,
  }))
  if (noted.length > 0) await note(open.tx, open.act.now, { form: 'fhir.export', kind: 'query', rows: noted })
  await store.saveProgress(open.tx, job, {
    cursor: next ?? (job.cursor as ExportCursor),
    done: parts.reduce((sum, { lines }) => sum + lines.length, 0),
    faults: 0,
    endedAt: next === null ? open.act.now : null,
  })
}

/** Where an export begins. */
export const EXPORT_START: ExportCursor = { phase: 'nobody', person: '0', id: FIRST_ID }
