import type { Instant } from '../../kernel/clock.ts'
import type { AccountId } from '../../kernel/id.ts'
import { sql, type Database, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { accountColumns, type Account } from './store.ts'

// Sessions, lockouts and the use of codes run by real time, not by the clock that a demo may move: nobody is signed out by a moved clock.

/** How far a sign-in has come: a session that is not whole can only finish signing in. */
export type Stage = 'whole' | 'factor' | 'enrol'

/** An account together with the session that it was found by. */
export type SignedIn = Account & {
  readonly session: string
  readonly stage: Stage
  readonly provedSecondsAgo: number | null
  readonly usedSecondsAgo: number
}

const sessionColumns = sql`s.id as session, s.stage, extract(epoch from now() - s.proved_at)::int as "provedSecondsAgo",
  extract(epoch from now() - s.used_at)::int as "usedSecondsAgo"`

// Live: not ended, not expired, not left idle, not from before a sign-out everywhere, account not disabled.
const live = sql`s.ended_at is null and s.expires_at > now() and s.created_at >= a.sessions_from and a.disabled_at is null
  and (s.idle_minutes is null or s.used_at > now() - s.idle_minutes * interval '1 minute')`

/** The live sessions of tokens with their accounts, at whatever stage they are, each beside the hash that it was found by. No act is needed. */
export const findBySessions = (
  db: Database,
  tokenHashes: readonly Buffer[],
): Promise<(SignedIn & { readonly tokenHash: Buffer })[]> =>
  db.alone(sql`select s.token_hash as "tokenHash", ${accountColumns}, ${sessionColumns}
    from security.sessions_of(${tokenHashes}::bytea[]) f, lateral (select (f.session).*) s, lateral (select (f.account).*) a where ${live}`)

/** The live session of a token with its account, locked until the transaction ends. */
export const lockBySession = (tx: Tx, tokenHash: Buffer): Promise<SignedIn | null> =>
  tx.row<SignedIn>(sql`select ${accountColumns}, ${sessionColumns} from security.session s join security.account a on a.id = s.account_id
    where s.token_hash = ${tokenHash} and ${live} for update of a`)

/** Notes that sessions were used; at most one write a minute for each. No act is needed. */
export const saveUses = async (db: Database, tokenHashes: readonly Buffer[]): Promise<void> => {
  await db.alone(sql`select security.note_uses(${tokenHashes}::bytea[])`)
}

export type NewSession = {
  readonly tokenHash: Buffer
  readonly account: AccountId
  readonly stage: Stage
  readonly minutes: number
  readonly idleMinutes: number | null
  readonly isProved: boolean
  readonly device: string
}

export const saveSession = (tx: Tx, session: NewSession): Promise<number> =>
  tx.run(sql`insert into security.session (token_hash, account_id, stage, created_at, used_at, expires_at, idle_minutes, proved_at, device)
    values (${session.tokenHash}, ${session.account}, ${session.stage}, now(), now(), now() + ${session.minutes} * interval '1 minute',
      ${session.idleMinutes}, case when ${session.isProved} then now() end, ${session.device})`)

/** Notes that the holder of a session has just proved who they are. */
export const saveProof = (tx: Tx, tokenHash: Buffer): Promise<number> =>
  tx.run(sql`update security.session set proved_at = now() where token_hash = ${tokenHash}`)

export const endSession = (db: Queryable, tokenHash: Buffer): Promise<number> =>
  db.run(sql`update security.session set ended_at = now() where token_hash = ${tokenHash} and ended_at is null`)

/** Ends a session of an account by its id; how many were ended. */
export const endSessionById = (tx: Tx, account: AccountId, id: string): Promise<number> =>
  tx.run(sql`update security.session set ended_at = now() where account_id = ${account} and id = ${id} and ended_at is null`)

/** Ends every session of an account, on every device. */
export const endAllSessions = async (tx: Tx, account: AccountId): Promise<void> => {
  await tx.run(sql`update security.account set sessions_from = now() where id = ${account}`)
  await tx.run(sql`update security.session set ended_at = now() where account_id = ${account} and ended_at is null`)
}

/** Ends every session of an account but one. */
export const endOtherSessions = (tx: Tx, account: AccountId, kept: string): Promise<number> =>
  tx.run(sql`update security.session set ended_at = now() where account_id = ${account} and id <> ${kept} and ended_at is null`)

export type ListedSession = {
  readonly id: string
  readonly createdAt: Instant
  readonly usedAt: Instant
  readonly expiresAt: Instant
  readonly device: string
}

/** The live whole sessions of an account, the last used first. */
export const listSessions = (db: Queryable, account: AccountId): Promise<ListedSession[]> =>
  db.rows(sql`select s.id, s.created_at as "createdAt", s.used_at as "usedAt", s.expires_at as "expiresAt", s.device
    from security.session s join security.account a on a.id = s.account_id
    where s.account_id = ${account} and s.stage = 'whole' and ${live} order by s.used_at desc, s.id`)
