import type { Instant } from '../../kernel/clock.ts'
import { instantAt, type Day } from '../../kernel/day.ts'
import type { PersonId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import type { Act } from '../../platform/forms/form.ts'
import { openRecord } from '../record-access/index.ts'
import { getPerson, idsOf, type Person } from '../residents/index.ts'
import { buildPackage, type Letter, type StoredResource } from './rules/build-package.ts'
import { chooseForPackage } from './rules/choose-for-package.ts'
import { referencesIn, targetOf } from './rules/references.ts'
import * as store from './store.ts'

// Report → result → visit → reason: further steps lead to nothing that a receiver reads.
const REFERENCE_STEPS_MOST = 3

/** A person with all ids that its record stands under, as somebody in the same transaction has read it already. */
export type KnownPerson = { readonly person: Person; readonly persons: readonly PersonId[] }

/**
 * Makes and seals the package of a case in the transaction of its submission: from then on the receiver reads exactly this,
 * whatever happens to the record afterwards. `hash` is the SHA-256 of its text.
 * @throws RuleGap when the rulebook does not say how far back it reaches.
 */
export const makePackage = async (
  tx: Tx,
  asked: { person: PersonId; known?: KnownPerson | undefined; caseId: string; letter: Letter; act: Act },
): Promise<{ id: string; hash: string }> => {
  const { caseId, letter, act } = asked
  const { person, persons } = asked.known ?? (await personOf(tx, asked.person))
  // Whoever sends a person on has the person before them: the act itself begins the care, and its audit row says so.
  await openRecord(tx, persons, 'beginning-care')
  const since = monthsBefore(act.today, act.policy('health-record.package-observation-months'), act.zone)
  const perCode = act.policy('health-record.package-observations-per-code')
  const chosen = chooseForPackage(await store.indexRows(tx, persons), { since, perCode })
  const first = await store.resourcesById(tx, persons, Object.values(chosen).flat())
  const resources = await withReferred(tx, persons, first)
  const bundle = buildPackage({ person, chosen, resources, letter, case: caseId, at: act.now, zone: act.zone, newId: act.newId })
  const body = JSON.stringify(bundle)
  const hash = store.hashOf(body)
  const id = act.newId()
  await store.savePackage(tx, { id, person: person.id, caseId, body, hash, at: act.now })
  return { id, hash: hash.toString('hex') }
}

/** The person with all ids that its record stands under; a linked one is the person that it is linked into. */
const personOf = async (tx: Tx, id: PersonId): Promise<KnownPerson> => {
  const [person, persons] = await Promise.all([getPerson(tx, id), idsOf(tx, id)])
  return { person, persons: person.id === id ? persons : await idsOf(tx, person.id) }
}

const monthsBefore = (today: Day, months: number, zone: string): Instant =>
  instantAt(Temporal.PlainDate.from(today).subtract({ months }).toString() as Day, '00:00', zone)

/** The resources and what they refer to within the record, a few steps far. */
const withReferred = async (
  tx: Tx,
  persons: readonly PersonId[],
  first: readonly StoredResource[],
): Promise<StoredResource[]> => {
  const all = new Map(first.map((one) => [one.id, one]))
  let latest = first
  for (let step = 0; step < REFERENCE_STEPS_MOST && latest.length > 0; step += 1) {
    const wanted = latest.flatMap(({ source, body }) => wantedBy(source, body)).filter(isNew(persons, [...all.values()]))
    const found = wanted.length === 0 ? [] : await store.resourcesReferred(tx, persons, wanted)
    latest = found.filter(({ id }) => !all.has(id))
    for (const one of latest) all.set(one.id, one)
  }
  return [...all.values()]
}

// What is there already need not be asked for; a record under several ids may hold one thing twice, so there all is asked for.
const isNew = (persons: readonly PersonId[], found: readonly StoredResource[]): ((wanted: store.Wanted) => boolean) => {
  if (persons.length > 1) return () => true
  const known = new Set(found.flatMap(({ id, source, sourceId, type }) => [id, sourceId ?? id].map((key) => `${source}|${type}/${key}`)))
  return ({ source, type, id }) => !known.has(`${source}|${type}/${id}`)
}

const wantedBy = (source: string, body: string): store.Wanted[] =>
  referencesIn(JSON.parse(body)).flatMap((reference) => {
    const target = targetOf(reference)
    return target && target.type !== 'Patient' ? [{ source, ...target }] : []
  })
