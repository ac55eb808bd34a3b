import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type { AppKind } from './health-card.ts'

/** A program that may use the card's interface. */
export type App = {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly kind: AppKind
  readonly org: OrgId | null
  readonly registeredAt: Instant
  readonly endedAt: Instant | null
}

const appColumns = sql`a.id, a.name_zh as zh, a.name_en as en, a.kind, a.org_id::text as org, a.registered_at as "registeredAt", a.ended_at as "endedAt"
  from health_card.app a`

export const findApp = (db: Queryable, id: string): Promise<App | null> =>
  db.row<App>(sql`select ${appColumns} where a.id = ${id}`)
export const lockApp = (tx: Tx, id: string): Promise<App | null> =>
  tx.row<App>(sql`select ${appColumns} where a.id = ${id} for update`)
export const apps = (db: Queryable): Promise<App[]> =>
  db.rows<App>(sql`select ${appColumns} order by a.ended_at desc nulls first, a.name_zh`)
export const paymentApps = (db: Queryable): Promise<App[]> =>
  db.rows<App>(sql`select ${appColumns} where a.kind = 'payment' and a.ended_at is null order by a.name_zh`)

export type SealedKeys = { readonly wrapped: Buffer; readonly fieldKey: Buffer; readonly signKey: Buffer }

export const saveApp = async (
  tx: Tx,
  app: Omit<App, 'endedAt'> & { readonly account: AccountId | null },
  keys: SealedKeys,
): Promise<void> => {
  await tx.run(sql`insert into health_card.app (id, name_zh, name_en, kind, org_id, registered_at, registered_by)
    values (${app.id}, ${app.zh}, ${app.en}, ${app.kind}, ${app.org}, ${app.registeredAt}, ${app.account})`)
  await tx.run(sql`insert into health_card.app_key (app_id, wrapped, field_key_sealed, sign_key_sealed)
    values (${app.id}, ${keys.wrapped}, ${keys.fieldKey}, ${keys.signKey})`)
}

export const saveAppEnd = (tx: Tx, id: string, at: Instant): Promise<number> =>
  tx.run(sql`update health_card.app set ended_at = ${at} where id = ${id} and ended_at is null`)

/** The keys of an app that has not been ended; seen by the house alone. */
export const keysOfApp = (db: Queryable, id: string): Promise<SealedKeys | null> =>
  db.row<SealedKeys>(sql`select k.wrapped, k.field_key_sealed as "fieldKey", k.sign_key_sealed as "signKey" from health_card.app_key k
    join health_card.app a on a.id = k.app_id where k.app_id = ${id} and a.ended_at is null`)

/** Takes a nonce of an app; false when it was taken before. Those that no clock window reaches any more are forgotten. */
export const takeNonce = async (tx: Tx, app: string, nonce: string, at: Instant, forgetBefore: Instant): Promise<boolean> => {
  await tx.run(sql`delete from health_card.nonce where app_id = ${app} and at < ${forgetBefore}`)
  return (await tx.run(sql`insert into health_card.nonce values (${app}, ${nonce}, ${at}) on conflict do nothing`)) === 1
}

/** Which apps a person lets show the card now. */
export const allowancesOf = (
  db: Queryable,
  persons: readonly PersonId[],
): Promise<{ person: PersonId; app: string; allowedAt: Instant }[]> =>
  db.rows(sql`select person_id::text as person, app_id as app, allowed_at as "allowedAt" from health_card.allowance
    where person_id = any(${[...persons]}::bigint[]) and ended_at is null`)

export const saveAllowance = (
  tx: Tx,
  person: PersonId,
  app: string,
  by: 'self' | 'representative' | 'application',
  at: Instant,
): Promise<number> =>
  tx.run(
    sql`insert into health_card.allowance (person_id, app_id, allowed_at, allowed_by) values (${person}, ${app}, ${at}, ${by}) on conflict do nothing`,
  )

export const saveWithdrawal = (tx: Tx, person: PersonId, app: string, at: Instant): Promise<number> =>
  tx.run(
    sql`update health_card.allowance set ended_at = ${at} where person_id = ${person} and app_id = ${app} and ended_at is null`,
  )
