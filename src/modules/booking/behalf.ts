import type { OrgId, PersonId } from '../../kernel/id.ts'
import { ok, refuse, type Result } from '../../kernel/result.ts'
import { relationsTo, type Actor, type Relation } from '../../platform/access.ts'
import type { Queryable, Tx } from '../../platform/database/pool.ts'
import type { Act, AuditSubject } from '../../platform/forms/form.ts'
import type { House } from '../../platform/house.ts'
import { namePersons, representedBy } from './behalf-store.ts'
import type { Booking, BookingId } from './booking.ts'
import { lockBooking } from './store.ts'

/** The person whom a resident's act is about: oneself, or somebody for whom one acts today as guardian or proxy. */
export type Represented = { readonly isRepresented: boolean }

const isResident = (actor: Actor): actor is Actor & { person: PersonId } => actor.role === 'resident' && actor.person !== null

const isRepresented = async (db: Queryable, actor: Actor, person: PersonId): Promise<boolean> =>
  isResident(actor) && actor.person !== person && (await representedBy(db, actor.person)).includes(person)

/** Whom a resident's list is about: the one named, if the resident may act for that one; oneself if nobody is named. Null otherwise. */
export const personMeant = async (tx: Tx, named: string | undefined, { actor }: Act): Promise<PersonId | null> => {
  if (named === undefined || named === actor.person) return actor.person
  const person = named as PersonId
  if (!(await isRepresented(tx, actor, person))) return null
  await namePersons(tx, [person])
  return person
}

/** Names all for whom a resident acts, so that what is theirs is seen; answers who they are. */
export const nameRepresented = async (tx: Tx, actor: Actor): Promise<PersonId[]> => {
  const persons = isResident(actor) ? await representedBy(tx, actor.person) : []
  if (persons.length > 0) await namePersons(tx, persons)
  return persons
}

/** Reads what stands in one person's name: as it is seen, else again when those for whom the resident acts are named. */
export const readForPerson = async <T>(
  tx: Tx,
  actor: Actor,
  read: () => Promise<T | null>,
  personOf: (found: T) => PersonId | null,
): Promise<(T & Represented) | null> => {
  const own = await read()
  if (own) return { ...own, isRepresented: false }
  const persons = await nameRepresented(tx, actor)
  const found = persons.length > 0 ? await read() : null
  const person = found && personOf(found)
  return found && { ...found, isRepresented: person !== null && persons.includes(person) }
}

/** A booking, locked, of the actor's own or of somebody for whom the actor acts. */
export const lockTheirs = (tx: Tx, org: string, booking: string, { actor }: Act): Promise<(Booking & Represented) | null> =>
  readForPerson(
    tx,
    actor,
    () => lockBooking(tx, org as OrgId, booking as BookingId),
    ({ person }) => person,
  )

/** How an actor stands to what is somebody's; a guardian or proxy does for the person what the person does. */
export const relationsToTheirs = (
  actor: Actor,
  matter: { org?: OrgId | null; person?: PersonId | null } & Represented,
): Relation[] => (matter.isRepresented ? ['representative'] : relationsTo(actor, matter))

/** A look at what is another's is on record; at one's own none is needed. */
export const looksAt = (person: PersonId, { actor }: Act): AuditSubject[] =>
  actor.person === person ? [] : [{ person, basis: '代理人查看 (representative)' }]

/** Whether a resident may book for a person; what an engine carries asks it beforehand, and only where it is another. */
export const mayBookFor =
  ({ database }: House) =>
  ({ person }: { readonly person: PersonId }, actor: Actor): Promise<Result<unknown>> | null => {
    if (!isResident(actor) || actor.person === person) return null
    return isRepresented(database, actor, person).then((may) => (may ? ok(person) : refuse('platform.not-found')))
  }
