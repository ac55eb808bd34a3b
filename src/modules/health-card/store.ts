import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, OrgId, PersonId } from '../../kernel/id.ts'
import { constraintOf, sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { Refused } from '../../platform/forms/form.ts'
import { namePersons } from '../residents/index.ts'
import type { BoundKind, CardId, CardState, Scene } from './health-card.ts'

/** An e-health card as it stands; its number is in the index of persons under the same id. */
export type Card = {
  readonly id: CardId
  readonly person: PersonId
  readonly state: CardState
  readonly issuedAt: Instant
  readonly endedAt: Instant | null
  readonly endedBecause: string | null
}

const cardColumns = sql`c.id, c.person_id::text as person, c.state, c.issued_at as "issuedAt", c.ended_at as "endedAt", c.ended_because as "endedBecause"
  from health_card.card c`

/** Cards of some persons whom the act has named, the one that counts first. */
export const cardsOf = (db: Queryable, persons: readonly PersonId[]): Promise<Card[]> =>
  db.rows<Card>(
    sql`select ${cardColumns} where c.person_id = any(${[...persons]}::bigint[]) order by c.ended_at desc nulls first, c.issued_at desc`,
  )

/** The card that counts of a person whom the act has named, locked. */
export const lockActive = (tx: Tx, persons: readonly PersonId[]): Promise<Card | null> =>
  tx.row<Card>(
    sql`select ${cardColumns} where c.person_id = any(${[...persons]}::bigint[]) and c.state = 'active' limit 1 for update`,
  )

/** The card that a number belongs to, locked; its person is named from here on. */
export const lockByNumber = async (tx: Tx, numberIndex: Buffer): Promise<Card | null> => {
  const found = await tx.row<{ person: PersonId | null }>(sql`select health_card.holder_of_card(${numberIndex})::text as person`)
  if (!found?.person) return null
  await namePersons(tx, [found.person])
  return tx.row<Card>(
    sql`select ${cardColumns} where c.person_id = ${found.person} and c.number_index = ${numberIndex} for update`,
  )
}

export type NewCard = {
  readonly id: CardId
  readonly person: PersonId
  readonly numberIndex: Buffer
  readonly at: Instant
  readonly appliedBy: 'self' | 'representative' | 'desk' | 'app'
  readonly account: AccountId | null
  readonly org: OrgId | null
}

/** @throws Refused health-card.has-card when another one was issued at the same moment. */
export const saveCard = async (tx: Tx, card: NewCard): Promise<void> => {
  try {
    await tx.run(sql`insert into health_card.card (person_id, id, number_index, state, issued_at, applied_by, by_account, by_org)
      values (${card.person}, ${card.id}, ${card.numberIndex}, 'active', ${card.at}, ${card.appliedBy}, ${card.account}, ${card.org})`)
  } catch (error) {
    if (constraintOf(error) === 'card_one_active') throw new Refused('health-card.has-card')
    throw error
  }
}

/** A locked card counts no more, and none of its codes. It ended when its lock was got: a code that was used meanwhile was used before. */
export const saveEnd = async (tx: Tx, card: Card, state: CardState, because: string, at: Instant): Promise<void> => {
  await tx.run(sql`update health_card.card set state = ${state}, ended_at = greatest(${at}, platform.jieli_now()), ended_because = ${because}
    where person_id = ${card.person} and id = ${card.id} and state = 'active'`)
  await tx.run(sql`update health_card.code set ended_at = ${at}
    where person_id = ${card.person} and card_id = ${card.id} and used_at is null and ended_at is null`)
}

/** A dynamic code with its card, both locked, and the moment after the lock was got: nobody who waited is judged by an earlier one. */
export type HeldCode = {
  readonly id: string
  readonly person: PersonId
  readonly card: Card
  readonly expiresAt: Instant
  readonly usedAt: Instant | null
  readonly endedAt: Instant | null
  readonly now: Instant
}

export const lockByCode = async (tx: Tx, codeIndex: Buffer): Promise<HeldCode | null> => {
  const found = await tx.row<{ person: PersonId | null }>(sql`select health_card.holder_of_code(${codeIndex})::text as person`)
  if (!found?.person) return null
  await namePersons(tx, [found.person])
  const code = await tx.row<
    Omit<HeldCode, 'card' | 'now'> & { cardId: CardId }
  >(sql`select id, person_id::text as person, card_id as "cardId",
      expires_at as "expiresAt", used_at as "usedAt", ended_at as "endedAt"
    from health_card.code where person_id = ${found.person} and code_index = ${codeIndex} for update`)
  const card =
    code &&
    (await tx.row<Card>(sql`select ${cardColumns} where c.person_id = ${code.person} and c.id = ${code.cardId} for update`))
  const clock = await tx.row<{ now: Instant }>(sql`select platform.jieli_now() as now`)
  return code && card && clock ? { ...code, card, now: clock.now } : null
}

export const saveUsedCode = (tx: Tx, code: Pick<HeldCode, 'id' | 'person' | 'now'>): Promise<number> =>
  tx.run(
    sql`update health_card.code set used_at = ${code.now} where person_id = ${code.person} and id = ${code.id} and used_at is null`,
  )

export type NewCode = {
  readonly id: string
  readonly person: PersonId
  readonly card: CardId
  readonly codeIndex: Buffer
  readonly madeAt: Instant
  readonly expiresAt: Instant
  readonly account: AccountId | null
  readonly app: string | null
}

/** A new code takes the place of what the same screen showed before. */
export const saveCode = async (tx: Tx, code: NewCode): Promise<void> => {
  await tx.run(sql`update health_card.code set ended_at = ${code.madeAt} where person_id = ${code.person} and used_at is null and ended_at is null
    and made_by_account is not distinct from ${code.account} and made_by_app is not distinct from ${code.app}`)
  await tx.run(sql`insert into health_card.code (person_id, id, card_id, code_index, made_at, expires_at, made_by_account, made_by_app)
    values (${code.person}, ${code.id}, ${code.card}, ${code.codeIndex}, ${code.madeAt}, ${code.expiresAt}, ${code.account}, ${code.app})`)
}

export type Use = {
  readonly id: string
  readonly person: PersonId
  readonly card: CardId | null
  readonly shown: 'static' | 'dynamic' | 'bound'
  readonly kind: BoundKind | null
  readonly scene: Scene
  readonly department: string | null
  readonly at: Instant
  readonly org: OrgId | null
  readonly account: AccountId | null
  readonly byName: string
  readonly app: string | null
}

export const saveUse = (tx: Tx, use: Use): Promise<number> =>
  tx.run(sql`insert into health_card.use (person_id, id, card_id, shown, kind, scene, department, used_at, org_id, by_account, by_name, app_id)
    values (${use.person}, ${use.id}, ${use.card}, ${use.shown}, ${use.kind}, ${use.scene}, ${use.department}, ${use.at}, ${use.org},
      ${use.account}, ${use.byName}, ${use.app})`)

/** The latest uses of some persons’ cards, or those before one of them. */
export const usesOf = (db: Queryable, persons: readonly PersonId[], before: string | null, most: number): Promise<Use[]> =>
  db.rows<Use>(sql`select u.id, u.person_id::text as person, u.card_id as card, u.shown, u.kind, u.scene, u.department, u.used_at as at, u.org_id::text as org,
      u.by_account as account, u.by_name as "byName", u.app_id as app
    from health_card.use u where u.person_id = any(${[...persons]}::bigint[])
      and (${before}::uuid is null or (u.used_at, u.id) < (select b.used_at, b.id from health_card.use b where b.person_id = u.person_id and b.id = ${before}))
    order by u.used_at desc, u.id desc limit ${most}`)

/** Persons for whom somebody acts today, as guardian or proxy. */
export const representedBy = (db: Queryable, by: PersonId): Promise<{ person: PersonId; kind: 'guardian' | 'proxy' }[]> =>
  db.rows(sql`select person_id::text as person, kind from record_access.represented(${by})`)
