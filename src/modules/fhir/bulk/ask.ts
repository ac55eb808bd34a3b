import { instant, plusHours, type Instant } from '../../../kernel/clock.ts'
import { isUuid, newId, type PersonId } from '../../../kernel/id.ts'
import type { House } from '../../../platform/house.ts'
import { RESOURCE_TYPES, personsOfPatients, type Resource } from '../../health-record/index.ts'
import { mayExportAlone, takeExportApproval } from '../../record-access/index.ts'
import { newRequest, openFhirAct, type FhirAct } from '../server/act.ts'
import { admit, type FhirCaller } from '../server/caller.ts'
import { readIn } from '../server/read-in.ts'
import { FhirRefusal } from '../server/refusal.ts'
import { EXPORT_START } from './export-step.ts'
import { IMPORT_START } from './import-step.ts'
import type { BulkJob, ExportWish, Part } from './job.ts'
import { typeFiltersOf } from './type-filter.ts'
import * as store from './store.ts'

/** What an export is asked of: everything, all patients, or the patients of a group. */
export type ExportOf = { readonly kind: 'system' | 'patient' } | { readonly kind: 'group'; readonly id: string }

const LINES_OF_PART = 500
const CHARACTERS_OF_PART = 2_000_000
const COUNTED_MOST = 100_000

// An instant of FHIR: with seconds and a zone.
const SINCE =
  /^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/

const listed = (value: string | null): string[] | null => (value ? value.split(',').filter((one) => one !== '') : null)

const wishOf = (query: URLSearchParams, of: ExportOf): Omit<ExportWish, 'group'> => {
  const types = listed(query.getAll('_type').join(',') || null)
  const unknown = types?.find((type) => !RESOURCE_TYPES.has(type))
  if (unknown !== undefined) throw new FhirRefusal('fhir.parameter-malformed', { name: '_type' })
  const since = query.get('_since')
  if (since !== null && !SINCE.test(since)) throw new FhirRefusal('fhir.parameter-malformed', { name: '_since' })
  const format = query.get('_outputFormat')
  if (format && !['application/fhir+ndjson', 'application/ndjson', 'ndjson'].includes(format.replace(' ', '+')))
    throw new FhirRefusal('fhir.parameter-malformed', { name: '_outputFormat' })
  const filters = typeFiltersOf(query.getAll('_typeFilter'))
  return { types, since: since === null ? null : instant(since), withPublic: of.kind === 'system', filters }
}

/** The persons of a Group, as far as its members are patients known here. */
const membersOf = async (open: FhirAct, id: string): Promise<PersonId[]> => {
  const group = await readIn(open, 'Group', id, null)
  if (!group) throw new FhirRefusal('fhir.not-found')
  const { member = [] } = JSON.parse(group.text) as Resource & {
    member?: { inactive?: boolean; entity?: { reference?: string } }[]
  }
  const ids = member.flatMap(({ inactive, entity }) =>
    inactive ? [] : (/(?:^|\/)Patient\/([^/]+)$/.exec(entity?.reference ?? '')?.[1] ?? []),
  )
  const persons = [...new Set((await personsOfPatients(open.tx, ids)).values())]
  return persons.sort((one, other) => (BigInt(one) < BigInt(other) ? -1 : 1))
}

const jobOf = (
  open: FhirAct,
  given: Pick<BulkJob, 'kind' | 'state' | 'request' | 'input' | 'cursor' | 'persons' | 'total'>,
): Omit<BulkJob, 'done' | 'faults' | 'endedAt'> => {
  const { actor } = open.caller
  if (!actor.account) throw new FhirRefusal('fhir.role-may-not')
  return {
    ...given,
    org: actor.org ?? '0',
    id: newId(),
    account: actor.account,
    caller: { actor, scopes: open.caller.scopes, patient: open.caller.patient },
    wrappedKey: open.act.cipher.newPersonKey(),
    askedAt: open.act.now,
    expiresAt: expiry(open),
  }
}

const expiry = ({ act }: FhirAct): Instant => plusHours(act.now, act.policy('record-access.export-valid-hours'))

/**
 * Begins an export; of more persons than one account may take alone it waits until a second person agrees, unless `_approval` names one
 * that was asked for and agreed to beforehand (`record-access.ask-export`).
 */
export const askExport = (
  house: House,
  caller: FhirCaller,
  of: ExportOf,
  asked: { query: URLSearchParams; request: string },
): Promise<string> =>
  openFhirAct(house, { caller, request: newRequest() }, [], async (open) => {
    const wish = wishOf(asked.query, of)
    for (const type of wish.types ?? ['Patient'])
      if (admit(caller, 'search-type', type) !== null) throw new FhirRefusal('fhir.role-may-not')
    if (caller.actor.role === 'resident') throw new FhirRefusal('fhir.role-may-not')
    const group = of.kind === 'group' ? await membersOf(open, of.id) : null
    const persons = group ? group.length : await store.countCandidates(open.tx, caller.actor.org, COUNTED_MOST)
    const approval = asked.query.get('_approval')
    if (approval !== null && !isUuid(approval)) throw new FhirRefusal('fhir.parameter-malformed', { name: '_approval' })
    if (approval !== null) await takeExportApproval(open.tx, { persons, export: approval }, open.act)
    const isFree = approval !== null || mayExportAlone(persons, open.act)
    const state = isFree ? ('running' as const) : ('awaiting-approval' as const)
    const job = jobOf(open, {
      kind: 'export',
      state,
      request: asked.request,
      input: { ...wish, group },
      cursor: EXPORT_START,
      persons,
      total: 0,
    })
    return (await store.saveJob(open.tx, job, null)).id
  })

/** A line of an import with its number, patients before all else. */
const numbered = (text: string): { lines: string[]; count: number } => {
  const all = text.split(/\r?\n/).flatMap((line, at) => (line.trim() === '' ? [] : [{ line, nr: at + 1 }]))
  const isPatient = ({ line }: { line: string }): boolean => /"resourceType"\s*:\s*"Patient"/.test(line.slice(0, 200))
  const inOrder = [...all.filter(isPatient), ...all.filter((one) => !isPatient(one))]
  return { lines: inOrder.map(({ line, nr }) => `${nr} ${line}`), count: all.length }
}

const partsOf = (lines: readonly string[]): Part[] => {
  const parts: { kind: 'input'; type: string; lines: string[] }[] = []
  let characters = 0
  for (const line of lines) {
    const last = parts.at(-1)
    if (!last || last.lines.length >= LINES_OF_PART || characters > CHARACTERS_OF_PART) {
      parts.push({ kind: 'input', type: 'ndjson', lines: [line] })
      characters = 0
    } else last.lines.push(line)
    characters += line.length
  }
  return parts
}

/** Takes NDJSON in, to be written step by step; the same key again answers the job that it began. */
export const askImport = (
  house: House,
  caller: FhirCaller,
  asked: { text: string; request: string; key: string | null },
): Promise<string> => {
  admit(caller, 'update', 'Patient')
  const { lines, count } = numbered(asked.text)
  return openFhirAct(house, { caller, request: newRequest() }, [], async (open) => {
    const job = jobOf(open, {
      kind: 'import',
      state: 'running',
      request: asked.request,
      input: { lines: count },
      cursor: IMPORT_START,
      persons: 0,
      total: count,
    })
    const { id, isNew } = await store.saveJob(open.tx, job, asked.key)
    if (isNew) await store.addParts(open.tx, job, open.act.cipher, partsOf(lines))
    return id
  })
}

/** A job of the caller's, or one that the caller may agree to; with `own` only the caller's. Refuses what is not there for them. */
export const seenJob = async (
  house: House,
  caller: FhirCaller,
  id: string,
  own: boolean,
): Promise<{ job: BulkJob; heads: readonly store.PartHead[] }> =>
  openFhirAct(house, { caller, request: newRequest() }, [], async ({ tx }) => {
    const job = await store.findJob(tx, id)
    if (!job || (own && job.account !== caller.actor.account)) throw new FhirRefusal('fhir.not-found')
    return { job, heads: await store.partHeads(tx, job) }
  })

/** The jobs that a caller asked for or may agree to. */
export const listJobs = (house: House, caller: FhirCaller): Promise<BulkJob[]> =>
  openFhirAct(house, { caller, request: newRequest() }, [], ({ tx }) => store.jobsSeen(tx, 100))

/** A second person agrees to an export of many patients; who asked cannot. */
export const approveExport = (house: House, caller: FhirCaller, id: string): Promise<void> =>
  openFhirAct(house, { caller, request: newRequest() }, [], async ({ tx, act }) => {
    const job = await store.findJob(tx, id)
    if (!job) throw new FhirRefusal('fhir.not-found')
    const { account } = caller.actor
    if (!account || account === job.account) throw new FhirRefusal('fhir.second-person-needed')
    if ((await store.approveJob(tx, id, account, act.now)) === 0) throw new FhirRefusal('fhir.not-awaiting')
  })

/** Ends a job and removes its files. */
export const dropJob = (house: House, caller: FhirCaller, id: string): Promise<void> =>
  openFhirAct(house, { caller, request: newRequest() }, [], async ({ tx }) => {
    const job = await store.findJob(tx, id)
    if (!job || job.account !== caller.actor.account) throw new FhirRefusal('fhir.not-found')
    await store.deleteJob(tx, job)
  })
