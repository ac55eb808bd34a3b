import { createHash } from 'node:crypto'
import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, OrgId, PersonId } from '../../kernel/id.ts'
import type { Cipher } from '../../platform/cipher.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { REGION } from '../../platform/register.ts'
import type { IntakeChannel, LinesReport, Received, ReceivedId, ReceivedKind, ReceivedState } from './intake.ts'

const columns = sql`m.org_id as org, m.id, m.kind, m.channel, m.facility, m.control_id as "controlId", m.message_type as "messageType", m.sent_at as "sentAt",
  m.visit, m.state, m.fault, m.place, m.person_id as person, m.resources, m.report, m.tries, m.bytes, m.received_at as "receivedAt", m.settled_at as "settledAt",
  m.solved_because as "solvedBecause", m.wrapped_key as "wrappedKey", m.body_sealed as "bodySealed"`

/** A message that has just come. */
export type Incoming = {
  readonly org: OrgId
  readonly id: ReceivedId
  readonly kind: ReceivedKind
  readonly channel: IntakeChannel
  readonly facility: string
  readonly controlId: string
  readonly messageType: string
  readonly sentAt: Instant | null
  readonly visit: string | null
  readonly fault: string | null
  /** Base64 of the bytes as they came. */
  readonly base64: string
  readonly at: Instant
}

const hashOfBytes = (base64: string): Buffer => createHash('sha256').update(Buffer.from(base64, 'base64')).digest()

/** Keeps a message, sealed by a key of its own. The same message once more changes nothing. */
export const keepMessage = async (tx: Tx, fresh: Incoming, cipher: Cipher): Promise<void> => {
  const key = cipher.newPersonKey()
  const state: ReceivedState = fresh.fault ? 'stuck' : 'kept'
  await tx.run(sql`insert into intake.message (org_id, id, kind, channel, facility, control_id, message_type, sent_at, visit, hash, bytes, wrapped_key, body_sealed,
      state, fault, received_at)
    values (${fresh.org}, ${fresh.id}, ${fresh.kind}, ${fresh.channel}, ${fresh.facility}, ${fresh.controlId}, ${fresh.messageType}, ${fresh.sentAt}, ${fresh.visit},
      ${hashOfBytes(fresh.base64)}, ${Buffer.byteLength(fresh.base64, 'base64')}, ${key}, ${cipher.encrypt(key, fresh.base64)}, ${state}, ${fresh.fault}, ${fresh.at})
    on conflict (org_id, facility, control_id, hash) do nothing`)
}

/** The message that these bytes already are, if they came before. */
export const findSame = (
  db: Queryable,
  { org, facility, controlId, base64 }: Pick<Incoming, 'org' | 'facility' | 'controlId' | 'base64'>,
): Promise<Received | null> =>
  db.row<Received>(sql`select ${columns} from intake.message m where m.org_id = ${org} and m.facility = ${facility} and m.control_id = ${controlId}
    and m.hash = ${hashOfBytes(base64)}`)

export const findReceived = (db: Queryable, org: OrgId, id: string): Promise<Received | null> =>
  db.row<Received>(sql`select ${columns} from intake.message m where m.org_id = ${org} and m.id = ${id}`)

export const lockReceived = (tx: Tx, org: OrgId, id: string): Promise<Received | null> =>
  tx.row<Received>(sql`select ${columns} from intake.message m where m.org_id = ${org} and m.id = ${id} for update`)

/** The bytes of a message as they came, base64. */
export const openBody = ({ wrappedKey, bodySealed }: Received, cipher: Cipher): string => cipher.decrypt(wrappedKey, bodySealed)

/** Whether the record already holds later word of the same visit, by a message or its front page: this one must not write over it. */
export const hasLaterOfVisit = async (db: Queryable, { org, visit, sentAt, id }: Received): Promise<boolean> => {
  if (visit === null) return false
  const page = await db.row(sql`select 1 from intake.front_page where org_id = ${org} and visit = ${visit} limit 1`)
  if (page !== null) return true
  if (sentAt === null) return false
  const found =
    await db.row(sql`select 1 from intake.message where org_id = ${org} and visit = ${visit} and state = 'taken' and sent_at > ${sentAt}
    and message_type like 'ADT%' and id <> ${id} limit 1`)
  return found !== null
}

/** What became of a message that was looked at. */
export type Settled = {
  readonly org: OrgId
  readonly id: ReceivedId
  readonly state: 'taken' | 'stuck'
  readonly fault: string | null
  readonly place: string | null
  readonly person: PersonId | null
  readonly resources: number
  readonly report: LinesReport | null
  readonly at: Instant
}

export const saveSettled = (tx: Tx, one: Settled): Promise<number> =>
  tx.run(sql`update intake.message set state = ${one.state}, fault = ${one.fault}, place = ${one.place}, person_id = ${one.person}, resources = ${one.resources},
      report = ${one.report && JSON.stringify(one.report)}::jsonb,
      tries = tries + 1, settled_at = case when ${one.state} = 'taken' then ${one.at}::timestamptz end
    where org_id = ${one.org} and id = ${one.id}`)

/** Gives a message that nobody knew the sender of to its institution; the key changes, so it is a new row. */
export const moveTo = async (tx: Tx, { org, id }: Received, to: OrgId): Promise<void> => {
  await tx.run(sql`insert into intake.message (org_id, id, kind, channel, facility, control_id, message_type, sent_at, visit, hash, bytes, wrapped_key, body_sealed, state, fault,
      place, tries, received_at)
    select ${to}, id, kind, channel, facility, control_id, message_type, sent_at, visit, hash, bytes, wrapped_key, body_sealed, state, fault, place, tries, received_at
    from intake.message where org_id = ${org} and id = ${id} on conflict do nothing`)
  await tx.run(sql`delete from intake.message where org_id = ${org} and id = ${id}`)
}

/** A stuck message is to be looked at once more. */
export const saveAgain = (tx: Tx, { org, id }: Received): Promise<number> =>
  tx.run(
    sql`update intake.message set state = 'kept', fault = null, place = null where org_id = ${org} and id = ${id} and state = 'stuck'`,
  )

export const saveSolved = (tx: Tx, { org, id }: Received, by: AccountId | null, because: string, at: Instant): Promise<number> =>
  tx.run(
    sql`update intake.message set state = 'solved', solved_by = ${by}, solved_because = ${because}, settled_at = ${at} where org_id = ${org} and id = ${id}`,
  )

export type ListAsked = {
  readonly org: OrgId | null
  readonly state: ReceivedState | null
  readonly after: string | null
  readonly limit: number
}

/** Received messages, newest first; ids are in the order of time. */
export const listReceived = (db: Queryable, { org, state, after, limit }: ListAsked): Promise<Received[]> =>
  db.rows<Received>(sql`select ${columns} from intake.message m where (${org}::bigint is null or m.org_id = ${org}::bigint)
      and (${state}::text is null or m.state = ${state}::text) and (${after}::uuid is null or m.id < ${after}::uuid)
    order by m.id desc limit ${limit}`)

/** How many messages are in each state. */
export const countsOf = (db: Queryable, org: OrgId | null): Promise<{ state: ReceivedState; count: number }[]> =>
  db.rows(
    sql`select state, count(*)::int as count from intake.message where (${org}::bigint is null or org_id = ${org}::bigint) group by state`,
  )

/** Which institution a facility of MSH-4 is, by the register of sources on a day; null when none is registered, or more than one. */
export const institutionOfFacility = async (db: Queryable, facility: string, day: string): Promise<OrgId | null> => {
  const rows = await db.rows<{
    institution: OrgId
  }>(sql`select distinct body->>'institution' as institution from platform.register_entry
    where org_id = ${REGION} and kind = 'intake.source' and state = 'in-force' and entry_id = ${facility}
      and from_on <= ${day}::date and (until_on is null or until_on > ${day}::date)`)
  return rows.length === 1 ? (rows[0] as { institution: OrgId }).institution : null
}
