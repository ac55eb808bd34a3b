import type { Instant } from '../kernel/clock.ts'
import type { OrgId, PersonId } from '../kernel/id.ts'
import { asSystem } from './database/as-system.ts'
import { isPassing, sql, type Tx } from './database/pool.ts'
import { runAsSystem } from './deadlines.ts'
import type { DeliveredEvent, Reaction } from './forms/form.ts'
import type { House } from './house.ts'

/** An event on its way to live screens, with who may see it. */
export type LiveEvent = DeliveredEvent & { readonly place: OutboxPlace; readonly seenBy: readonly OrgId[] }

/** Where an event stands in the outbox: the age of the transaction that told it, and its number, by which a screen resumes. */
export type OutboxPlace = { readonly xid: string; readonly id: string }

type Row = {
  id: string
  xid: string
  event_id: string
  org_id: OrgId
  type: string
  case_kind: string
  case_id: string
  person_id: PersonId | null
  at: Instant
  seen_by: OrgId[]
  data: DeliveredEvent['data']
}

const BATCH = 500
/** A reaction that fails by a bug this often is set aside in the inbox as failed, so that it blocks nobody. */
const TRIES = 5

const columns = sql`id, xid, event_id, org_id, type, case_kind, case_id, person_id, at, seen_by, data`
const delivered = (row: Row): LiveEvent => ({
  place: { xid: row.xid, id: row.id },
  id: row.event_id,
  type: row.type,
  caseKind: row.case_kind,
  org: row.org_id,
  caseId: row.case_id,
  person: row.person_id,
  at: row.at,
  seenBy: row.seen_by,
  data: row.data,
})

const failures = new Map<string, number>()

/**
 * Gives every committed event to the reactions that wait for it, once each, in order; answers how many were relayed.
 * The inbox row and the reaction's effect commit together.
 */
export const relayOutbox = async (house: House): Promise<number> => {
  let relayed = 0
  for (;;) {
    const rows = await asSystem(house.database).rows<Row>(sql`select ${columns} from platform.outbox where sent_at is null order by id limit ${BATCH}`)
    const done: string[] = []
    // What waits to be tried again holds up its own case, so that a case's events are taken in order, and no other.
    const waiting = new Set<string>()
    for (const row of rows) {
      if (waiting.has(row.case_id)) continue
      if (await react(house, delivered(row))) done.push(row.id)
      else waiting.add(row.case_id)
    }
    if (done.length > 0) await asSystem(house.database).run(sql`update platform.outbox set sent_at = platform.jieli_now() where id = any(${done}::bigint[])`)
    relayed += done.length
    if (rows.length < BATCH || done.length === 0) return relayed
  }
}

const react = async (house: House, event: DeliveredEvent): Promise<boolean> => {
  let all = true
  for (const reaction of house.reactions) if (reaction.on === event.type) all = (await take(house, reaction, event)) && all
  return all
}

const take = async (house: House, reaction: Reaction, event: DeliveredEvent): Promise<boolean> => {
  const claim = async (tx: Tx, outcome: string): Promise<boolean> =>
    (await tx.run(sql`insert into platform.inbox (consumer, event_id, outcome, at)
      values (${reaction.consumer}, ${event.id}, ${outcome}, platform.jieli_now()) on conflict do nothing`)) === 1
  const attempt = `${reaction.consumer} ${event.id}`
  try {
    const refusal = await runAsSystem(house, reaction.command, reaction.input(event), (tx) => claim(tx, 'done'))
    if (refusal && refusal !== 'platform.taken-already') await asSystem(house.database).transaction((tx) => claim(tx, refusal))
    failures.delete(attempt)
    return true
  } catch (error) {
    if (isPassing(error)) {
      house.log('warn', 'reaction.put-off', { consumer: reaction.consumer, event: event.id, error: (error as Error).message })
      return false
    }
    const tries = (failures.get(attempt) ?? 0) + 1
    failures.set(attempt, tries)
    house.log('error', 'reaction.failed', { consumer: reaction.consumer, event: event.id, tries, error: (error as Error).message })
    if (tries < TRIES) return false
    failures.delete(attempt)
    await asSystem(house.database).transaction((tx) => claim(tx, 'failed'))
    return true
  }
}

/**
 * Events after a place in the outbox, in an order that never skips one that commits late: only rows older than every open
 * transaction are handed out, by the age of their transaction. The numbers alone would not do: of two that commit together the
 * older transaction may hold the greater number.
 */
export const eventsAfter = async (house: House, { xid, id }: OutboxPlace, limit = BATCH): Promise<LiveEvent[]> => {
  // The age by itself lets the index be used, whatever the policy of the table is thought to let through.
  const rows = await asSystem(house.database).rows<Row>(sql`select ${columns} from platform.outbox
    where xid >= ${xid}::xid8 and (xid, id) > (${xid}::xid8, ${id}::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, id limit ${limit}`)
  return rows.map(delivered)
}

const START: OutboxPlace = { xid: '0', id: '0' }

/** The newest place: where a screen that has just loaded begins. */
export const newestPlace = async (house: House): Promise<OutboxPlace> =>
  (await asSystem(house.database).row<OutboxPlace>(sql`select xid, id from platform.outbox
    where xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid desc, id desc limit 1`)) ?? START

/** The place of an event by its number, where a screen resumes; a number that is not there stands for the one before it. */
export const placeOf = async (house: House, id: string): Promise<OutboxPlace> => {
  const found = await asSystem(house.database).row<{ xid: string }>(sql`select xid from platform.outbox where id <= ${id}::bigint order by id desc limit 1`)
  return found ? { xid: found.xid, id } : START
}
