import type { PersonId } from '../../../kernel/id.ts'
import {
  attach,
  makeVersion,
  note,
  openedBody,
  patientIdOf,
  patientReferenceOf,
  SEALED_TYPES,
  shownText,
  tell,
  versionsAt,
  waitingFor,
  type NewVersion,
  type Resource,
  type StoredVersion,
} from '../../health-record/index.ts'
import { keyOfPerson } from '../../residents/index.ts'
import type { FhirAct } from './act.ts'

/** What joining needs of an open act. */
export type Attaching = Pick<FhirAct, 'tx'> & { readonly act: Pick<FhirAct['act'], 'cipher' | 'zone' | 'now' | 'request'> }

const FORM = 'fhir.attach'
const VERSIONS_MOST = 10_000

const isAbout = (row: StoredVersion, patient: string): boolean => {
  const reference = patientReferenceOf(JSON.parse(row.body) as Resource)
  return reference !== null && !reference.startsWith('urn:') && patientIdOf(reference) === patient
}

/** Drawn once more, now that it is known whom it is about. */
const drawn = (open: Attaching, row: StoredVersion, person: PersonId, wrappedKey: Buffer | null): NewVersion => {
  const text = shownText({ ...row, body: row.body })
  const resource = JSON.parse(text) as Resource
  return makeVersion({ text, resource, id: row.id, fhirId: row.fhirId, person, wrappedKey }, open.act.zone, open.act.cipher)
}

const sealedBefore = async (open: Attaching, row: StoredVersion, person: PersonId, wrappedKey: Buffer) => {
  const all = await versionsAt(
    open.tx,
    { person: '0', id: row.id },
    { since: null, limit: VERSIONS_MOST, before: row.version, only: null },
  )
  return all.flatMap((one) => {
    const body = one.isDeleted ? null : openedBody(one.body, null, open.act.cipher)
    return body === null
      ? []
      : [{ id: one.id, version: one.version, body: drawn(open, { ...one, body }, person, wrappedKey).body }]
  })
}

/**
 * A Patient has come whom one's own institution had written of before: what it wrote joins the record of the person in the same
 * act, each with an audit row, and is told to whoever follows the record. Answers how much it was.
 */
export const attachWaiting = async (open: Attaching, patient: string, person: PersonId): Promise<number> => {
  const waiting = (await waitingFor(open.tx, patient)).filter((row) => isAbout(row, patient))
  if (waiting.length === 0) return 0
  const key = waiting.some(({ type }) => SEALED_TYPES.has(type)) ? await keyOfPerson(open.tx, person) : null
  const old = []
  for (const row of waiting) if (key && SEALED_TYPES.has(row.type)) old.push(...(await sealedBefore(open, row, person, key)))
  const joined = await attach(
    open.tx,
    person,
    waiting.map((row) => drawn(open, row, person, key)),
    old,
  )
  const rows = waiting.map(({ type, fhirId }) => ({ person, request: `${open.act.request} ${type}/${fhirId}` }))
  await note(open.tx, open.act.now, { form: FORM, kind: 'command', rows })
  await tell(
    open.tx,
    open.act.now,
    waiting.map(({ type, fhirId, version }) => ({ type, id: fhirId, version, person })),
  )
  return joined
}
