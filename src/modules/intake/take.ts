import type { Instant } from '../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { Act } from '../../platform/forms/form.ts'
import type { Tx } from '../../platform/database/pool.ts'
import {
  faultOfResource,
  hashOf,
  indexOfResource,
  indexValuesOf,
  saveSourceResources,
  type NewResource,
  type Resource,
} from '../health-record/index.ts'
import { residentsForms } from '../residents/index.ts'
import { idOf, resourceOf, type ContentFault, type Draft, type Origin, type ReadPerson } from './draft.ts'
import type { Received } from './intake.ts'
import { differenceOf, findPersonOf, savePersonOf, type FoundPerson } from './person.ts'
import * as store from './store.ts'

/** What a message says once it is read: whom it is about, numbers that it merges, and what it adds. */
export type Content = {
  readonly person: ReadPerson
  readonly mergedIds: readonly string[]
  readonly drafts: (origin: Origin) => readonly Draft[] | ContentFault
}

/** The same, where what it adds depends on what is in the record. */
export type ContentToJoin = Omit<Content, 'drafts'> & {
  readonly drafts: (origin: Origin) => Promise<readonly Draft[] | ContentFault>
}

/** What one content comes to, ready to be written. */
export type Taken = {
  readonly source: string
  readonly read: ReadPerson
  readonly found: FoundPerson
  readonly rows: readonly NewResource[]
  readonly links: readonly Link[]
}

/** How resources of an institution's own systems are known: one source for all of its messages, so that each thing is one thing. */
export const sourceOf = (org: OrgId): string => `intake:${org}`

/** Looks up the person of a content and makes its resources; a fault when something speaks against it. Nothing is written. */
export const prepare = async (
  tx: Tx,
  org: OrgId,
  { person: read, mergedIds, drafts }: Content | ContentToJoin,
  from: Provenance,
  act: Act,
  people?: Map<string, FoundPerson>,
): Promise<Taken | ContentFault> => {
  const source = sourceOf(org)
  const { found, merged } = await personsOf(tx, source, read, mergedIds, act, people)
  const differs = differenceOf(read, found.known)
  if (differs) return differs
  const origin: Origin = { org, person: found.id, source, zone: act.zone, synthetic: found.known?.synthetic ?? false }
  const made = await drafts(origin)
  if ('fault' in made) return made
  const resources = [...made, ...(made.length > 0 ? [provenanceOf(origin, made, from)] : [])].map((draft) => ({
    draft,
    body: JSON.stringify(resourceOf(origin, draft)),
  }))
  const unsound = resources.find(({ body }) => faultOfResource(JSON.parse(body)) !== null)
  if (unsound) return { fault: 'resource-unsound', place: unsound.draft.type }
  const links = found.known ? await linksInto(tx, merged, found.id, act) : []
  if ('fault' in links) return links
  return { source, read, found, links, rows: resources.map(({ draft, body }) => rowOf(origin, draft, body)) }
}

const rowOf = (origin: Origin, { type, key }: Draft, body: string): NewResource => {
  const id = idOf(origin, type, key)
  const resource = JSON.parse(body) as Resource
  return {
    person: origin.person,
    id,
    type,
    sourceId: id,
    body,
    hash: hashOf(body),
    index: indexOfResource(resource, origin.zone),
    values: indexValuesOf(resource, true, null),
    custodian: origin.org,
  }
}

/** Which message resources come from, and when it was taken. */
export type Provenance = { readonly message: string; readonly kind: string; readonly controlId: string; readonly at: Instant }

const provenanceOf = (origin: Origin, drafts: readonly Draft[], { message, kind, controlId, at }: Provenance): Draft => ({
  type: 'Provenance',
  key: message,
  elements: {
    target: drafts.map(({ type, key }) => ({ reference: `${type}/${idOf(origin, type, key)}` })),
    recorded: at,
    activity: { text: `${kind} 报文导入` },
    agent: [{ who: { reference: `Organization/${origin.org}` } }],
    entity: [
      {
        role: 'source',
        what: { identifier: { system: 'urn:jieli:intake', value: message }, ...(controlId ? { display: controlId } : {}) },
      },
    ],
  },
})

const NOBODY: ReadPerson = {
  ids: [],
  idNumber: null,
  zh: null,
  en: null,
  sex: 'unknown',
  bornOn: null,
  diedOn: null,
  phone: null,
  address: null,
}

/** The person of a message, and those whom its numbers were tied to besides. Of a merge into a number that is new here, the person is the one that was known before. */
const personsOf = async (
  tx: Tx,
  source: string,
  read: ReadPerson,
  mergedIds: readonly string[],
  act: Act,
  people?: Map<string, FoundPerson>,
): Promise<{ found: FoundPerson; merged: readonly PersonId[] }> => {
  const names = [...read.ids, ...(read.idNumber ? [read.idNumber] : [])]
  const earlier = names.flatMap((name) => people?.get(name) ?? [])[0]
  if (earlier) return { found: { ...earlier, isEarlier: true, unclaimed: [] }, merged: [] }
  const before = mergedIds.length === 0 ? null : await findPersonOf(tx, source, { ...NOBODY, ids: mergedIds }, act)
  const found = await findPersonOf(tx, source, read, act)
  if (!found.known && before?.known)
    return { found: { ...before, unclaimed: [...found.unclaimed, ...before.unclaimed] }, merged: before.others }
  if (!found.known) for (const name of names) people?.set(name, found)
  const merged = [...(before?.known ? [before.known.id, ...before.others] : []), ...found.others]
  return { found, merged: [...new Set(merged)].filter((id) => id !== found.id) }
}

const link = residentsForms['residents.link']
type Link = Extract<ReturnType<typeof link.decide>, { ok: true }>['value']

/** By the index's own command: both histories stay, and it can be undone. Whom the index will not join on a source's word alone, somebody has to look at. */
const linksInto = async (tx: Tx, persons: readonly PersonId[], into: PersonId, act: Act): Promise<Link[] | ContentFault> => {
  const links: Link[] = []
  for (const person of persons) {
    const input = { person, into, reason: '来源系统合并(A40)' }
    const facts = await link.read(tx, input, act)
    const decided = facts && link.decide(facts, input, act)
    if (decided?.ok) links.push(decided.value)
    else if (decided && decided.refusals.some(({ code }) => code !== 'residents.linked-already'))
      return { fault: 'merge-for-review', place: 'MRG^1^1' }
  }
  return links
}

/** Writes what was prepared: the person, the resources, and the persons that are told to be one. */
export const write = async (tx: Tx, { source, read, found, rows, links }: Taken, act: Act): Promise<void> => {
  await savePersonOf(tx, source, read, found, act)
  await saveSourceResources(tx, source, unlike(rows), act.now)
  for (const { change } of links) await link.write(tx, change, act)
}

/** The last of two rows with one id: a message that names a thing twice means the later. */
const unlike = (rows: readonly NewResource[]): NewResource[] => [...new Map(rows.map((row) => [row.id, row])).values()]

/** The message under its institution: one whose sender has been registered meanwhile moves there. */
export const settleSender = async (tx: Tx, message: Received, act: Act): Promise<Received | null> => {
  const isUnknown = message.org === '0'
  if (!isUnknown) return message
  const org = message.facility ? await store.institutionOfFacility(tx, message.facility, act.today) : null
  if (org === null) return null
  await store.moveTo(tx, message, org)
  return store.lockReceived(tx, org, message.id)
}
