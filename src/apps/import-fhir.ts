import type { Instant } from '../kernel/clock.ts'
import { newId, type PersonId } from '../kernel/id.ts'
import {
  hashOf,
  indexOfResource,
  indexValuesOf,
  patientOf,
  saveReferenceResources,
  saveSourceResources,
  type NewResource,
  type ReferenceResource,
  type Saved,
} from '../modules/health-record/index.ts'
import { asSystem } from '../platform/database/as-system.ts'
import { databaseNow, sql, type Database } from '../platform/database/pool.ts'
import { SYSTEM } from '../platform/access.ts'
import { isUniqueEverywhere, openPatients, type About, type Patients } from './import-fhir/patients.ts'
import type { CarePlace } from './import-fhir/persons-store.ts'
import { readLines, sourceFiles, type SourceFile } from './import-fhir/read-lines.ts'
import { itemsOf, type Item } from './import-fhir/read-resources.ts'
import { savePatients, type LoadFacts, type PatientItem } from './import-fhir/save-patients.ts'
import { openTally, type ImportSummary, type Tally } from './import-fhir/tally.ts'

export type ImportOptions = {
  readonly database: Database
  /** A file or a folder. */
  readonly path: string
  /** What the load calls itself; needed where ids are unique only within it. */
  readonly source: string | null
  readonly zone: string
  readonly place: CarePlace | null
  /** How far it is, 0…1. */
  readonly onProgress: (done: number) => void
}

const BATCH_RESOURCES = 1_000
const BATCH_CHARACTERS = 8_000_000
const SOURCE = 'fhir'

type Load = LoadFacts & {
  readonly database: Database
  readonly tally: Tally
  readonly patients: Patients
  readonly isSourceNamed: boolean
  /** What this load has taken so far, by type and id: the hash of its text. About 150 bytes for each resource. */
  readonly taken: Map<string, string>
}

/**
 * Loads FHIR R4 from a file or folder, patients first, whatever the order of files. Running it again changes nothing; a line
 * that cannot be taken is reported and hinders no other. Batches commit one by one, so a load that breaks off is run again.
 */
export const importFhir = async (options: ImportOptions): Promise<ImportSummary> => {
  const { source, zone, place } = options
  const database = asSystem(options.database)
  const began = performance.now()
  const files = await sourceFiles(options.path)
  const at: Instant = await databaseNow(database)
  const named = source ?? SOURCE
  const patients = openPatients(named, source !== null)
  const load: Load = {
    database,
    source: named,
    at,
    zone,
    place,
    tally: openTally(),
    patients,
    isSourceNamed: source !== null,
    taken: new Map(),
  }
  const onBytes = progressOf(files, options.onProgress)
  await eachBatch(files, onBytes, /"resourceType"\s*:\s*"(?:Patient|Bundle)"/, (items) => loadPatients(load, items))
  await eachBatch(files, onBytes, null, (items) => loadOthers(load, items))
  const summary = load.tally.summary(files.length, Math.round(performance.now() - began))
  await auditLoad(database, at)
  options.onProgress(1)
  return summary
}

/** Every file is read twice: first for its patients, then for all else. */
const progressOf = (files: readonly SourceFile[], onProgress: (done: number) => void): ((bytes: number) => void) => {
  const all = 2 * files.reduce((sum, { bytes }) => sum + bytes, 0)
  let read = 0
  return (bytes) => {
    read += bytes
    onProgress(Math.min(0.999, read / all))
  }
}

const eachBatch = async (
  files: readonly SourceFile[],
  onBytes: (bytes: number) => void,
  only: RegExp | null,
  work: (items: readonly Item[]) => Promise<void>,
): Promise<void> => {
  let batch: Item[] = []
  let characters = 0
  const flush = async (): Promise<void> => {
    const items = batch
    batch = []
    characters = 0
    if (items.length > 0) await work(items)
  }
  for (const file of files) {
    for await (const line of readLines(file, onBytes)) {
      if (only && !('text' in line && only.test(line.text))) continue
      for (const item of itemsOf(line)) {
        batch.push(item)
        characters += 'text' in item ? item.text.length : 0
        if (batch.length >= BATCH_RESOURCES || characters >= BATCH_CHARACTERS) await flush()
      }
    }
  }
  await flush()
}

/** Whether this load has brought the same type and id before; the same text again is no harm. */
const isTaken = (load: Load, { resource, sourceId, text }: PatientItem): 'no' | 'same' | 'other' => {
  const key = `${resource.resourceType}/${sourceId}`
  const hash = hashOf(text).toString('base64', 0, 12)
  const earlier = load.taken.get(key)
  if (earlier === undefined) load.taken.set(key, hash)
  return earlier === undefined ? 'no' : earlier === hash ? 'same' : 'other'
}

const loadPatients = async (load: Load, items: readonly Item[]): Promise<void> => {
  const { tally, patients } = load
  const fresh: PatientItem[] = []
  for (const item of items) {
    if (item.type !== 'Patient') continue
    if ('refusal' in item) tally.refuse('Patient', item.place, item.refusal)
    else if (!load.isSourceNamed && !isUniqueEverywhere(item.sourceId))
      tally.refuse('Patient', item.place, { code: 'source-needed' })
    else takeOnce(load, item, fresh)
  }
  for (const outcome of await savePatients(load.database, load, fresh)) {
    const { item } = outcome
    const isRefused = 'refusal' in outcome
    patients.remember(item.resource, item.sourceId, item.url, isRefused ? 'refused' : outcome.person)
    if (isRefused) tally.refuse('Patient', item.place, outcome.refusal)
    else tally.saved('Patient', outcome.saved)
  }
}

const takeOnce = (load: Load, item: PatientItem, fresh: PatientItem[]): void => {
  switch (isTaken(load, item)) {
    case 'no':
      fresh.push(item)
      return
    case 'same':
      load.tally.saved(item.type, 'unchanged')
      return
    case 'other':
      load.tally.refuse(item.type, item.place, { code: 'id-twice' })
  }
}

type Owned = { readonly item: PatientItem; readonly row: NewResource }

const loadOthers = async (load: Load, items: readonly Item[]): Promise<void> => {
  const sound: { item: PatientItem; about: About | 'nobody' }[] = []
  for (const item of items) {
    if (item.type === 'Patient') continue
    if ('refusal' in item) load.tally.refuse(item.type, item.place, item.refusal)
    else sound.push({ item, about: patientOf(item.resource) })
  }
  await load.patients.lookUp(
    load.database,
    sound.flatMap(({ about }) => (about === 'nobody' ? [] : [about])),
  )
  const owned: PatientItem[] = []
  const ownerOf = new Map<PatientItem, PersonId>()
  const unowned: PatientItem[] = []
  for (const { item, about } of sound) {
    const person = about === 'nobody' ? null : load.patients.personOf(about)
    if (person === null) takeOnce(load, item, unowned)
    else if (typeof person === 'object') load.tally.refuse(item.type, item.place, person)
    else {
      ownerOf.set(item, person)
      takeOnce(load, item, owned)
    }
  }
  const rows = owned.map((item): Owned => ({ item, row: rowOf(item, ownerOf.get(item) as PersonId, load.zone) }))
  await saveBatch(load, rows, unowned)
}

const rowOf = ({ resource, sourceId, text }: PatientItem, person: PersonId, zone: string): NewResource => ({
  person,
  id: newId(),
  type: resource.resourceType,
  sourceId,
  body: text,
  hash: hashOf(text),
  index: indexOfResource(resource, zone),
  values: indexValuesOf(resource, true, null),
})

const saveBatch = async (load: Load, owned: readonly Owned[], unowned: readonly PatientItem[]): Promise<void> => {
  const references = unowned.map(({ resource, sourceId, text }): ReferenceResource => ({
    type: resource.resourceType,
    sourceId,
    body: text,
    hash: hashOf(text),
    values: indexValuesOf(resource, false, null),
  }))
  const saved = await load.database.transaction(async (tx) => {
    const persons = await saveSourceResources(
      tx,
      load.source,
      owned.map(({ row }) => row),
      load.at,
    )
    return new Map<string, Saved>([...persons, ...(await saveReferenceResources(tx, load.source, references, load.at))])
  })
  for (const item of [...owned.map(({ item }) => item), ...unowned]) {
    const outcome = saved.get(`${item.type}/${item.sourceId}`) as Saved
    if (outcome === 'changed-person') load.tally.refuse(item.type, item.place, { code: 'subject-changed' })
    else load.tally.saved(item.type, outcome)
  }
}

// The operator's load is on record like any other act.
const auditLoad = async (database: Database, at: Instant): Promise<void> => {
  const row = {
    id: newId(),
    form: 'import.fhir',
    kind: 'command',
    outcome: 'done',
    code: null,
    basis: 'import.fhir',
    person: null,
    case: null,
    request: newId(),
  }
  await database.run(
    sql`select platform.record_act(0, ${at}, ${JSON.stringify(SYSTEM)}, '[]', '[]', ${JSON.stringify([row])}, null)`,
  )
}
