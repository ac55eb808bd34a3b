import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { Actor, Relation } from '../../platform/access.ts'
import type { Act } from '../../platform/forms/form.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { lockBooking, lockPool, lockPromise, type Booking, type Pool, type PoolId } from '../booking/index.ts'
import { findInstitution, servicesOf, type Institution } from '../organisations/index.ts'
import { findPerson, idsOf, type Person } from '../residents/index.ts'
import type { Referral, ReferralId } from './referral.ts'
import * as store from './store.ts'

/** How an actor stands to a referral. A draft is known to its sender only. */
export const relationsToReferral = (actor: Actor, referral: Referral): Relation[] => {
  const relations: Relation[] = []
  if (actor.person !== null && actor.person === referral.person && referral.state !== 'draft') relations.push('self')
  if (actor.org === null) return relations
  if (actor.org === referral.org) relations.push('sender')
  if (referral.state === 'draft') return relations
  if (actor.org === referral.careOrg) relations.push('care-team')
  if (referral.state === 'not-agreed') return relations
  if (actor.org === referral.receiver) relations.push('receiver')
  if (referral.supervisors.includes(actor.org)) relations.push('supervisor')
  return relations
}

/** Facts that every move needs: the referral locked, its unit, its person. */
export type MoveFacts = { readonly referral: Referral; readonly booking: Booking | null; readonly person: Person | null }

export const lockForMove = async (tx: Tx, input: { referral: string }): Promise<MoveFacts | null> => {
  const referral = await store.lockReferral(tx, input.referral as ReferralId)
  if (!referral) return null
  const booking = referral.bookingOrg && referral.bookingId ? await lockBooking(tx, referral.bookingOrg, referral.bookingId) : null
  return { referral, booking, person: await findPerson(tx, referral.person) }
}

export const relationOfMove = (facts: MoveFacts, act: Act): readonly Relation[] => relationsToReferral(act.actor, facts.referral)
export const subjectOfMove = (facts: MoveFacts) => ({ person: facts.referral.person, case: facts.referral.id })

export type Unit = { readonly org: string; readonly pool: string }

/** The wished unit's pool, locked; null when none is wished or there is no such pool. */
export const lockUnit = async (tx: Tx, unit: Unit | null | undefined): Promise<Pool | null> =>
  unit ? lockPool(tx, unit.org as OrgId, unit.pool as PoolId) : null

/** Where a request would go: the institution in force, and whether it offers the specialty. */
export type ReceiverFacts = { readonly receiver: Institution | null; readonly hasSpecialty: boolean }

export const receiverFacts = async (tx: Tx, id: string, specialty: string, act: Act): Promise<ReceiverFacts> => {
  const [receiver, services] = await Promise.all([findInstitution(tx, id as OrgId), servicesOf(tx, [id as OrgId], act.today)])
  const isOpen = receiver !== null && receiver.from <= act.today && (receiver.until === null || act.today < receiver.until)
  if (!isOpen) return { receiver: null, hasSpecialty: false }
  return { receiver, hasSpecialty: services.some((service) => service.specialty === specialty) }
}

/** The facts of a new request: person, receiver, unit, and what is open for the same condition. */
export const requestFacts = async (
  tx: Tx,
  input: { person: string; receiver: string; specialty: string; condition: { key: string }; unit?: Unit | null | undefined; voucher?: string | null | undefined },
  act: Act,
) => {
  if (!act.actor.org) return null
  const [known, sender, receiver, pool] = await Promise.all([
    personFacts(tx, input.person as PersonId, input.condition.key),
    findInstitution(tx, act.actor.org),
    receiverFacts(tx, input.receiver, input.specialty, act),
    lockUnit(tx, input.voucher ? null : input.unit),
  ])
  const promise = input.voucher ? await lockPromise(tx, input.voucher, act) : null
  return { ...known, sender, ...receiver, pool: promise?.pool ?? pool, promise }
}

type PersonFacts = { readonly person: Person | null; readonly persons: readonly PersonId[]; readonly openAlready: Referral | null }

/** A person with all its ids, and what is open for a condition under any of its ids. */
const personFacts = async (tx: Tx, id: PersonId, condition: string): Promise<PersonFacts> => {
  const [person, ids] = await Promise.all([findPerson(tx, id), idsOf(tx, id)])
  if (!person) return { person, persons: [], openAlready: null }
  const persons = person.id === id ? ids : await idsOf(tx, person.id)
  const [openAlready] = await store.openOf(tx, persons, condition)
  return { person, persons, openAlready: openAlready ?? null }
}

export type RequestFactsFound = NonNullable<Awaited<ReturnType<typeof requestFacts>>>

