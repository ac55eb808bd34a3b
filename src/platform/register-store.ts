import type { Instant } from '../kernel/clock.ts'
import type { Day } from '../kernel/day.ts'
import type { AccountId, OrgId } from '../kernel/id.ts'
import type { Period } from '../kernel/period.ts'
import type { End, Version, VersionState } from '../shapes/register.ts'
import { constraintOf, sql, type Queryable, type Tx } from './database/pool.ts'

const columns = sql`entry_id as entry, version, from_on as "from", until_on as until, state, body, is_correction as "isCorrection", reason,
  recorded_at as "recordedAt", recorded_by as "recordedBy", decided_at as "decidedAt", decided_by as "decidedBy", ended_at as "endedAt", end_reason as "endReason"`

/** Which register, and whose. */
export type Of = { readonly org: OrgId; readonly kind: string }

/** All versions of an entry, the newest first. */
export const versionsOf = <Body>(db: Queryable, { org, kind }: Of, entry: string): Promise<Version<Body>[]> =>
  db.rows<Version<Body>>(sql`select ${columns} from platform.register_entry
    where org_id = ${org} and kind = ${kind} and entry_id = ${entry} order by version desc`)

/** The same, locked until the end of the transaction. */
export const lockVersions = <Body>(tx: Tx, { org, kind }: Of, entry: string): Promise<Version<Body>[]> =>
  tx.rows<Version<Body>>(sql`select ${columns} from platform.register_entry
    where org_id = ${org} and kind = ${kind} and entry_id = ${entry} order by version desc for update`)

export type Owned<Body> = Version<Body> & { readonly org: OrgId }

/** Entries of some owners, or of all, that are in force on a day, and what waits for approval. */
export const entriesOn = <Body>(db: Queryable, orgs: readonly OrgId[] | 'all', kind: string, day: Day): Promise<Owned<Body>[]> =>
  db.rows<Owned<Body>>(sql`select org_id as org, ${columns} from platform.register_entry
    where ${orgs === 'all' ? sql`true` : sql`org_id = any(${orgs}::bigint[])`} and kind = ${kind}
      and (state = 'proposed' or (state = 'in-force' and from_on <= ${day} and (until_on is null or until_on > ${day}))) order by org_id, entry_id, version`)

/** A version to add, or an earlier proposal to put in force. */
export type NewVersion = {
  readonly entry: string
  readonly version: number
  readonly from: Day
  readonly until: Day | null
  readonly state: VersionState
  readonly body: unknown
  readonly isCorrection: boolean
  readonly reason: string | null
}
export type Stamp = { readonly at: Instant; readonly by: AccountId | null }

export const saveEnds = async (
  tx: Tx,
  { org, kind }: Of,
  entry: string,
  ends: readonly End[],
  stamp: Stamp,
  reason: string | null,
): Promise<void> => {
  for (const end of ends) {
    const change = 'until' in end ? sql`until_on = ${end.until}` : sql`state = 'replaced'`
    await tx.run(sql`update platform.register_entry set ${change}, ended_at = ${stamp.at}, ended_by = ${stamp.by}, end_reason = ${reason}
      where org_id = ${org} and kind = ${kind} and entry_id = ${entry} and version = ${end.version}`)
  }
}

export const saveVersion = async (tx: Tx, { org, kind }: Of, fresh: NewVersion, stamp: Stamp): Promise<void> => {
  await tx.run(sql`insert into platform.register_entry (org_id, kind, entry_id, version, from_on, until_on, body, state, is_correction, reason, recorded_at, recorded_by)
    values (${org}, ${kind}, ${fresh.entry}, ${fresh.version}, ${fresh.from}, ${fresh.until}, ${JSON.stringify(fresh.body)}, ${fresh.state},
      ${fresh.isCorrection}, ${fresh.reason}, ${stamp.at}, ${stamp.by})`)
}

/** Writes what the second pair of eyes came to; an approved version may have got an earlier end meanwhile. */
export const saveVerdict = async (
  tx: Tx,
  { org, kind }: Of,
  decided: Pick<NewVersion, 'entry' | 'version' | 'state' | 'until'>,
  stamp: Stamp,
): Promise<void> => {
  await tx.run(sql`update platform.register_entry set state = ${decided.state}, until_on = ${decided.until}, decided_at = ${stamp.at}, decided_by = ${stamp.by}
    where org_id = ${org} and kind = ${kind} and entry_id = ${decided.entry} and version = ${decided.version}`)
}

/** Whether an error says that somebody else was first to write this version or this period. */
export const isLostRace = (error: unknown): boolean =>
  ['register_entry_one_in_force', 'register_entry_pkey'].includes(constraintOf(error) ?? '')

/** Entries of all owners in force on some day of a period, among them those that begin only later in it. A period that ends before it begins has no day. */
export const entriesWithin = async <Body>(db: Queryable, kind: string, { from, until }: Period): Promise<Owned<Body>[]> => {
  if (until !== null && until <= from) return []
  return db.rows<Owned<Body>>(sql`select org_id as org, ${columns} from platform.register_entry
    where kind = ${kind} and state = 'in-force' and daterange(from_on, until_on) && daterange(${from}::date, ${until}::date) order by org_id, entry_id, version`)
}
