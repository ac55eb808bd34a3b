import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { Refused } from '../../platform/forms/form.ts'

export type FactorReset = {
  readonly id: string
  readonly account: AccountId
  /** The institution of its account; null for an account of the region. */
  readonly org: OrgId | null
  readonly login: string
  readonly reason: string
  readonly askedBy: AccountId
  readonly askedAt: Instant
}

const columns = sql`r.id, r.account_id as account, a.org_id as org, a.login, r.reason, r.asked_by as "askedBy", r.asked_at as "askedAt"`

/** A reset that nobody has decided yet. */
export const lockReset = (tx: Tx, id: string): Promise<FactorReset | null> =>
  tx.row<FactorReset>(sql`select ${columns} from security.factor_reset r join security.account a on a.id = r.account_id
    where r.id = ${id} and r.decided_at is null for update of r`)

/** Resets that wait for a second administrator, the oldest first: of an institution’s accounts, of all where it is null. */
export const listResets = (db: Queryable, org: OrgId | null): Promise<FactorReset[]> =>
  db.rows(sql`select ${columns} from security.factor_reset r join security.account a on a.id = r.account_id
    where r.decided_at is null and (${org}::bigint is null or a.org_id = ${org}) order by r.asked_at, r.id limit 200`)

/** Writes a reset that was asked for; one that is open already refuses the act. */
export const saveAskedReset = async (tx: Tx, reset: Omit<FactorReset, 'login' | 'org'>): Promise<void> => {
  const written = await tx.run(sql`insert into security.factor_reset (id, account_id, reason, asked_by, asked_at)
    values (${reset.id}, ${reset.account}, ${reset.reason}, ${reset.askedBy}, ${reset.askedAt}) on conflict do nothing`)
  if (written === 0) throw new Refused('security.reset-already-asked')
}

export const saveDecidedReset = (tx: Tx, id: string, by: AccountId | null, at: Instant, isAgreed: boolean): Promise<number> =>
  tx.run(sql`update security.factor_reset set decided_by = ${by}, decided_at = ${at}, agreed = ${isAgreed} where id = ${id}`)
