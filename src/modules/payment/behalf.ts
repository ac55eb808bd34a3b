import type { PersonId } from '../../kernel/id.ts'
import type { Actor, Relation } from '../../platform/access.ts'
import type { Tx } from '../../platform/database/pool.ts'
import type { AuditSubject } from '../../platform/forms/form.ts'
import { representedBy } from '../record-access/index.ts'
import { namePersons } from '../residents/index.ts'
import { findBill, lockBill, type Found } from './store.ts'
import type { BillId } from './payment.ts'
import type { OrgId } from '../../kernel/id.ts'

type Keyed = { readonly org: string; readonly bill: string }
/** Whether the actor is not the person but acts for the person today, as guardian or proxy. */
export type FoundFor = Found & { readonly isRepresented: boolean }

/** Names all for whom a resident acts today, so that what is theirs is seen; answers who they are. */
const nameRepresented = async (tx: Tx, { role, person }: Actor): Promise<PersonId[]> => {
  if (role !== 'resident' || person === null) return []
  const persons = (await representedBy(tx, person)).map((one) => one.person).filter((one) => one !== person)
  if (persons.length > 0) await namePersons(tx, persons)
  return persons
}

/** As it is seen, else again once those for whom a resident acts are named. */
const readTheirs = async (tx: Tx, actor: Actor, read: () => Promise<Found | null>): Promise<FoundFor | null> => {
  const own = await read()
  if (own) return { ...own, isRepresented: false }
  const persons = await nameRepresented(tx, actor)
  const found = persons.length > 0 ? await read() : null
  return found && { ...found, isRepresented: persons.includes(found.bill.person) }
}

/** A bill of one's own, of one's institution, or of whom one acts for; locked. */
export const lockTheirBill = (tx: Tx, { org, bill }: Keyed, actor: Actor): Promise<FoundFor | null> =>
  readTheirs(tx, actor, () => lockBill(tx, org as OrgId, bill as BillId))

/** The same to look at. */
export const readTheirBill = (tx: Tx, { org, bill }: Keyed, actor: Actor): Promise<FoundFor | null> =>
  readTheirs(tx, actor, () => findBill(tx, org as OrgId, bill as BillId))

/** Whose bills a resident lists: one's own, or those of the one named, if one acts for that one; null otherwise. */
export const personBilled = async (tx: Tx, named: string | undefined, actor: Actor): Promise<PersonId | null> => {
  if (named === undefined || named === actor.person) return actor.person
  const persons = await nameRepresented(tx, actor)
  return persons.find((one) => one === named) ?? null
}

/** How somebody stands to a bill: the person, who acts for the person, or the institution that asks to be paid. */
export const relationsToBill = ({ bill, isRepresented }: FoundFor, { actor }: { readonly actor: Actor }): Relation[] => {
  const relations: Relation[] = []
  if (bill.person === actor.person) relations.push('self')
  if (isRepresented) relations.push('representative')
  if (bill.org === actor.org) relations.push('own')
  return relations
}

/** What the audit says of a look or an act at a bill; who acts for another is told by it. */
export const subjectOfTheirs = ({ bill, isRepresented }: Pick<FoundFor, 'bill' | 'isRepresented'>): AuditSubject => ({
  person: bill.person,
  case: bill.id,
  ...(isRepresented ? { basis: '代理人办理 (representative)' } : {}),
})
