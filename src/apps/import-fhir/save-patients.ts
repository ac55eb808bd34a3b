import type { Instant } from '../../kernel/clock.ts'
import { newId, type PersonId } from '../../kernel/id.ts'
import {
  claimPersons,
  hashOf,
  indexOfResource,
  knownPersons,
  parseExact,
  saveSourceResources,
  type NewResource,
  type Saved,
} from '../../modules/health-record/index.ts'
import type { Database, Tx } from '../../platform/database/pool.ts'
import type { LineRefusal } from './line-refusals.ts'
import { personOfPatient, withoutNumbers, type ImportedPerson } from './person-of-patient.ts'
import { addPersons, bornOnOf, correctPersons, nextPersonIds, placePersons, type CarePlace } from './persons-store.ts'
import type { Item } from './read-resources.ts'

export type PatientItem = Extract<Item, { text: string }>
type Named = { readonly item: PatientItem; readonly person: ImportedPerson }
export type PatientOutcome = { readonly item: PatientItem } & (
  | { readonly person: PersonId; readonly saved: Exclude<Saved, 'changed-person'> }
  | { readonly refusal: LineRefusal }
)
export type LoadFacts = { readonly source: string; readonly at: Instant; readonly zone: string; readonly place: CarePlace | null }

/**
 * Brings patients into the index of persons, each source id at most once in a call. A new one becomes a person; a known one
 * is corrected when its text has changed, and refused when it has another birthday: then it is somebody else.
 */
export const savePatients = (database: Database, load: LoadFacts, items: readonly PatientItem[]): Promise<PatientOutcome[]> => {
  const named = items.map((item) => ({ item, person: personOfPatient(item.resource) }))
  const nameless = named
    .filter(({ person }) => person === null)
    .map(({ item }): PatientOutcome => ({ item, refusal: { code: 'patient-nameless' } }))
  const able = named.filter((one): one is Named => one.person !== null)
  return database.transaction(async (tx) => [...nameless, ...(await saveNamed(tx, load, able))])
}

const saveNamed = async (tx: Tx, load: LoadFacts, all: readonly Named[]): Promise<PatientOutcome[]> => {
  const { source } = load
  const fresh = await addUnknown(tx, load, all)
  const known = await knownPersons(
    tx,
    source,
    all.map(({ item }) => item.sourceId),
  )
  const bornOn = await bornOnOf(tx, [...known.values()])
  const idOf = ({ item }: Named): PersonId => known.get(item.sourceId) as PersonId
  const differs = (one: Named): boolean => (bornOn.get(idOf(one)) ?? null) !== one.person.bornOn
  const same = all.filter((one) => !differs(one))
  const saved = await saveSourceResources(
    tx,
    source,
    same.map((one) => resourceOf(one, idOf(one), load.zone)),
    load.at,
  )
  const outcomeOf = ({ item }: Named): Exclude<Saved, 'changed-person'> =>
    fresh.has(item.sourceId) ? 'new' : (saved.get(`Patient/${item.sourceId}`) as 'changed' | 'unchanged')
  const changed = same.filter((one) => outcomeOf(one) === 'changed')
  await correctPersons(
    tx,
    changed.map((one) => ({ id: idOf(one), person: one.person })),
  )
  if (load.place) await placePersons(tx, same.map(idOf), load.place)
  return [
    ...all.filter(differs).map(({ item }): PatientOutcome => ({ item, refusal: { code: 'patient-differs' } })),
    ...same.map((one): PatientOutcome => ({ item: one.item, person: idOf(one), saved: outcomeOf(one) })),
  ]
}

/** Adds the persons that the source has not brought before; of two loads at once, the one that claims first adds them. */
const addUnknown = async (tx: Tx, load: LoadFacts, all: readonly Named[]): Promise<Set<string>> => {
  const known = await knownPersons(
    tx,
    load.source,
    all.map(({ item }) => item.sourceId),
  )
  const unknown = all.filter(({ item }) => !known.has(item.sourceId))
  if (unknown.length === 0) return new Set()
  const ids = await nextPersonIds(tx, unknown.length)
  const rows = unknown.map(({ item, person }, at) => ({ sourceId: item.sourceId, id: ids[at] as PersonId, person }))
  const claimed = await claimPersons(
    tx,
    load.source,
    rows.map(({ sourceId, id }) => ({ sourceId, person: id })),
  )
  await addPersons(
    tx,
    load.source,
    rows.filter(({ sourceId }) => claimed.has(sourceId)),
    load.at,
  )
  return claimed
}

const resourceOf = ({ item, person }: Named, id: PersonId, zone: string): NewResource => ({
  person: id,
  id: newId(),
  type: 'Patient',
  sourceId: item.sourceId,
  body: withoutNumbers(parseExact(item.text) as Record<string, unknown>),
  hash: hashOf(item.text),
  index: { ...indexOfResource(item.resource, zone), display: person.zh },
})
