import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { Refused } from '../../platform/forms/form.ts'

/** A browser in which one account works without a network. Its server half stays sealed here. */
export type Device = {
  readonly id: string
  readonly account: AccountId
  /** The institution of its account; null for an account of the region. */
  readonly org: OrgId | null
  readonly login: string
  readonly label: string
  readonly halfKey: Buffer
  readonly halfSealed: Buffer
  readonly registeredAt: Instant
  readonly lastSeenAt: Instant
  readonly revokedAt: Instant | null
  readonly wipedAt: Instant | null
}

const columns = sql`d.id, d.account_id as account, a.org_id as org, a.login, d.label, d.half_key as "halfKey", d.half_sealed as "halfSealed",
  d.registered_at as "registeredAt", d.last_seen_at as "lastSeenAt", d.revoked_at as "revokedAt", d.wiped_at as "wipedAt"
  from security.device d join security.account a on a.id = d.account_id`

export const findDevice = (db: Queryable, id: string): Promise<Device | null> =>
  db.row<Device>(sql`select ${columns} where d.id = ${id}`)

export const lockDevice = (tx: Tx, id: string): Promise<Device | null> =>
  tx.row<Device>(sql`select ${columns} where d.id = ${id} for update of d`)

/** The devices of an account, the latest seen first. */
export const devicesOf = (db: Queryable, account: AccountId | null): Promise<Device[]> =>
  db.rows<Device>(sql`select ${columns} where d.account_id = ${account} order by d.last_seen_at desc, d.id limit 100`)

/** Devices of every account of an institution, the latest seen first; of the whole region where it is null. */
export const devicesOfInstitution = (db: Queryable, org: OrgId | null): Promise<Device[]> =>
  db.rows<Device>(
    sql`select ${columns} where ${org}::bigint is null or a.org_id = ${org} order by d.last_seen_at desc, d.id limit 500`,
  )

export type NewDevice = {
  readonly id: string
  readonly account: AccountId
  readonly label: string
  readonly halfKey: Buffer
  readonly halfSealed: Buffer
}

/** Writes a device. Registered twice at once by one account it is one device; another account's is refused. */
export const saveDevice = async (tx: Tx, fresh: NewDevice): Promise<void> => {
  const added =
    await tx.run(sql`insert into security.device (id, account_id, label, half_key, half_sealed, registered_at, last_seen_at)
    values (${fresh.id}, ${fresh.account}, ${fresh.label}, ${fresh.halfKey}, ${fresh.halfSealed}, now(), now()) on conflict do nothing`)
  // An act sees the devices of its own account: another's can only be noticed by its number being taken.
  const written = added === 1 ? added : await saveSeen(tx, fresh.id, fresh.label, false)
  if (written === 0) throw new Refused('security.device-of-another')
}

/** Notes that the device was heard of; `again` takes a revoked and emptied one into use once more. */
export const saveSeen = (tx: Tx, id: string, label: string, again: boolean): Promise<number> =>
  again
    ? tx.run(sql`update security.device set last_seen_at = now(), label = ${label}, revoked_at = null, revoked_by = null,
        revoke_reason = null, wiped_at = null where id = ${id}`)
    : tx.run(sql`update security.device set last_seen_at = now(), label = ${label} where id = ${id}`)

/** Like sessions, devices go by real time: a moved clock neither loses nor finds one. */
export const saveRevoked = (tx: Tx, id: string, by: AccountId | null, reason: string): Promise<number> =>
  tx.run(sql`update security.device set revoked_at = now(), revoked_by = ${by}, revoke_reason = ${reason} where id = ${id}`)

/** What the device says of itself, without signing in: only a revoked one can have been emptied. */
export const saveWiped = (db: Queryable, id: string): Promise<number> =>
  db.run(sql`update security.device set wiped_at = coalesce(wiped_at, now()) where id = ${id} and revoked_at is not null`)
