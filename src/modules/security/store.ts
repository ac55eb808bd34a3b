import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, OrgId, PersonId } from '../../kernel/id.ts'
import type { Role } from '../../platform/access.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { Refused } from '../../platform/forms/form.ts'

export type Account = {
  readonly id: AccountId
  readonly login: string
  readonly passwordHash: string
  readonly role: Role
  readonly org: OrgId | null
  readonly person: PersonId | null
  readonly zh: string
  readonly en: string | null
  readonly disabledAt: Instant | null
  readonly failures: number
  readonly lockedUntil: Instant | null
}

export const accountColumns = sql`a.id, a.login, a.password_hash as "passwordHash", a.role, a.org_id as org, a.person_id as person, a.name_zh as zh, a.name_en as en,
  a.disabled_at as "disabledAt", a.failures, a.locked_until as "lockedUntil"`

export const findAccount = (db: Queryable, login: string): Promise<Account | null> =>
  db.row<Account>(sql`select ${accountColumns} from security.account a where login = ${login}`)

/** Accounts by their ids, each with the moment from which its sessions count, null when all of them do. */
export const findAccounts = (db: Queryable, ids: readonly AccountId[]): Promise<(Account & { readonly sessionsFrom: Instant | null })[]> =>
  db.rows(sql`select ${accountColumns}, nullif(a.sessions_from, '-infinity') as "sessionsFrom" from security.account a where a.id = any (${ids}::uuid[])`)

export const lockAccount = (tx: Tx, login: string): Promise<Account | null> =>
  tx.row<Account>(sql`select ${accountColumns} from security.account a where login = ${login} for update`)

export const saveFailure = (tx: Tx, account: AccountId, failures: number, lockMinutes: number | null): Promise<number> =>
  tx.run(sql`update security.account set failures = ${failures},
    locked_until = case when ${lockMinutes}::int is null then locked_until else now() + ${lockMinutes}::int * interval '1 minute' end where id = ${account}`)

export const saveSuccess = (tx: Tx, account: AccountId): Promise<number> =>
  tx.run(sql`update security.account set failures = 0, locked_until = null where id = ${account}`)

export type NewAccount = {
  readonly id: AccountId
  readonly login: string
  readonly passwordHash: string
  readonly role: Role
  readonly org: OrgId | null
  readonly person: PersonId | null
  readonly zh: string
  readonly en: string | null
  readonly at: Instant
}

/** Writes an account; a login that was taken in the meantime refuses the whole act. */
export const saveAccount = async (tx: Tx, account: NewAccount): Promise<void> => {
  const written =
    await tx.run(sql`insert into security.account (id, login, password_hash, role, org_id, person_id, name_zh, name_en, created_at)
    values (${account.id}, ${account.login}, ${account.passwordHash}, ${account.role}, ${account.org}, ${account.person}, ${account.zh}, ${account.en}, ${account.at})
    on conflict (login) do nothing`)
  if (written === 0) throw new Refused('security.login-taken')
}

export const saveDisabled = (tx: Tx, account: AccountId, at: Instant): Promise<number> =>
  tx.run(sql`update security.account set disabled_at = ${at} where id = ${account}`)

export const savePassword = (tx: Tx, account: AccountId, hash: string): Promise<number> =>
  tx.run(sql`update security.account set password_hash = ${hash} where id = ${account}`)

/** The login of an account. */
export const findLogin = async (db: Queryable, account: AccountId | null): Promise<string | null> =>
  (await db.row<{ login: string }>(sql`select login from security.account where id = ${account}`))?.login ?? null
