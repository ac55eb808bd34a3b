import type { Instant } from '../../kernel/clock.ts'
import { newId, type AccountId, type OrgId } from '../../kernel/id.ts'
import type { Actor } from '../../platform/access.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'

export type Factor = {
  readonly id: string
  readonly keyWrapped: Buffer
  readonly secretSealed: Buffer
  readonly lastStep: number
}

const factorColumns = sql`id, key_wrapped as "keyWrapped", secret_sealed as "secretSealed", last_step::float8 as "lastStep"`

/** The second factor in force of an account. */
export const findFactor = (db: Queryable, account: AccountId): Promise<Factor | null> =>
  db.row<Factor>(
    sql`select ${factorColumns} from security.factor where account_id = ${account} and confirmed_at is not null and ended_at is null`,
  )

/** A factor that was begun and not yet confirmed by a code. */
export const findBegunFactor = (db: Queryable, account: AccountId): Promise<Factor | null> =>
  db.row<Factor>(
    sql`select ${factorColumns} from security.factor where account_id = ${account} and confirmed_at is null and ended_at is null`,
  )

/** Puts a new unconfirmed secret in the place of an earlier unconfirmed one. */
export const saveBegunFactor = async (tx: Tx, account: AccountId, keyWrapped: Buffer, secretSealed: Buffer): Promise<void> => {
  await tx.run(sql`delete from security.factor where account_id = ${account} and confirmed_at is null`)
  await tx.run(sql`insert into security.factor (id, account_id, key_wrapped, secret_sealed, created_at)
    values (${newId()}, ${account}, ${keyWrapped}, ${secretSealed}, now())`)
}

/** The begun factor takes force in the place of an earlier one; only the new recovery codes count. */
export const saveConfirmedFactor = async (
  tx: Tx,
  account: AccountId,
  factor: string,
  step: number,
  codeHashes: readonly Buffer[],
): Promise<void> => {
  await endFactor(tx, account)
  await tx.run(sql`update security.factor set confirmed_at = now(), last_step = ${step} where id = ${factor}`)
  for (const hash of codeHashes)
    await tx.run(sql`insert into security.recovery_code (account_id, code_hash) values (${account}, ${hash})`)
}

/** Ends the factor in force and its recovery codes. */
export const endFactor = async (tx: Tx, account: AccountId): Promise<void> => {
  await tx.run(
    sql`update security.factor set ended_at = now() where account_id = ${account} and confirmed_at is not null and ended_at is null`,
  )
  await tx.run(sql`delete from security.recovery_code where account_id = ${account}`)
}

export const saveUsedStep = (tx: Tx, factor: string, step: number): Promise<number> =>
  tx.run(sql`update security.factor set last_step = ${step} where id = ${factor} and last_step < ${step}`)

/** Uses a recovery code up; 0 when there is none, or it was used before. */
export const useRecoveryCode = (tx: Tx, account: AccountId, hash: Buffer): Promise<number> =>
  tx.run(
    sql`update security.recovery_code set used_at = now() where account_id = ${account} and code_hash = ${hash} and used_at is null`,
  )

export const countRecoveryCodes = async (db: Queryable, account: AccountId): Promise<number> =>
  (
    await db.row<{ left: number }>(
      sql`select count(*)::int as left from security.recovery_code where account_id = ${account} and used_at is null`,
    )
  )?.left ?? 0

export const isRequiredBy = async (db: Queryable, org: OrgId | null): Promise<boolean> =>
  org !== null && (await db.row(sql`select 1 as found from security.factor_institution where org_id = ${org}`)) !== null

export const saveRequirement = (tx: Tx, org: OrgId, isRequired: boolean, by: AccountId | null, at: Instant): Promise<number> =>
  isRequired
    ? tx.run(
        sql`insert into security.factor_institution (org_id, required_by, required_at) values (${org}, ${by}, ${at}) on conflict do nothing`,
      )
    : tx.run(sql`delete from security.factor_institution where org_id = ${org}`)

export const NOTICES = ['factor-enrolled', 'factor-reset', 'password-changed', 'recovery-code-used'] as const
export type NoticeKind = (typeof NOTICES)[number]

export const saveNotice = (tx: Tx, account: AccountId, kind: NoticeKind): Promise<number> =>
  tx.run(sql`insert into security.notice (account_id, id, kind, at) values (${account}, ${newId()}, ${kind}, now())`)

/** What an account was told about itself, the newest first; twenty at most. */
export const listNotices = (db: Queryable, account: AccountId): Promise<{ kind: NoticeKind; at: Instant }[]> =>
  db.rows(sql`select kind, at from security.notice where account_id = ${account} order by at desc, id desc limit 20`)

/** A step of signing in, in the audit of the account's institution. */
export const saveSignInAudit = (tx: Tx, actor: Actor, form: string, code: string | null, request: string): Promise<number> => {
  const row = {
    id: newId(),
    form,
    kind: 'command',
    outcome: code ? 'refused' : 'done',
    code,
    basis: form,
    person: null,
    case: null,
    request,
  }
  return tx.run(
    sql`select platform.record_act(${actor.org ?? '0'}, platform.jieli_now(), ${JSON.stringify(actor)}, '[]', '[]', ${JSON.stringify([row])}, null)`,
  )
}
