import type { PersonId } from '../../../kernel/id.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import type { House } from '../../../platform/house.ts'
import { sql, type Database, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { OutboxPlace } from '../../../platform/relay.ts'
import type { FhirCaller } from '../server/caller.ts'

/** How a subscriber is told. */
export type Channel = {
  readonly endpoint: string
  readonly payload: 'json' | 'xml' | null
  readonly headers: Readonly<Record<string, string>>
}

/** A subscription as the house works with it. */
export type Subscription = {
  readonly org: string
  readonly fhirId: string
  readonly account: string
  readonly caller: FhirCaller
  readonly type: string
  readonly criteria: string
  readonly channel: Channel
}

/** What one subscriber is still to be told. */
export type Notification = Subscription & {
  readonly event: string
  readonly resource: string
  readonly person: PersonId | null
  readonly tries: number
}

/** Keeps a subscription, new or changed; what it waits for goes at once. */
export const saveSubscription = async (tx: Tx, one: Subscription): Promise<void> => {
  await tx.run(sql`insert into health_record.subscription (org_id, fhir_id, account_id, caller, type, criteria, channel, state)
    values (${one.org}, ${one.fhirId}, ${one.account}, ${JSON.stringify(one.caller)}, ${one.type}, ${one.criteria}, ${JSON.stringify(one.channel)}, 'active')
    on conflict (org_id, fhir_id) do update set account_id = excluded.account_id, caller = excluded.caller, type = excluded.type, criteria = excluded.criteria,
      channel = excluded.channel, state = 'active'`)
  await tx.run(
    sql`update health_record.notification set due_at = now(), tries = 0 where org_id = ${one.org} and fhir_id = ${one.fhirId}`,
  )
}

/** The ids of the subscriptions that an institution has. */
export const subscriptionsOf = async (house: House, org: string): Promise<string[]> =>
  (
    await asSystem(house.database).rows<{ id: string }>(
      sql`select fhir_id as id from health_record.subscription where org_id = ${org} order by fhir_id`,
    )
  ).map(({ id }) => id)

/** Ends a subscription and forgets what it was still to be told. */
export const dropSubscription = (tx: Tx, org: string, fhirId: string): Promise<number> =>
  tx.run(sql`delete from health_record.subscription where org_id = ${org} and fhir_id = ${fhirId}`)

/** Stops telling until somebody turns the subscription on again; what waits is kept. */
export const saveFailed = (tx: Tx, org: string, fhirId: string): Promise<number> =>
  tx.run(sql`update health_record.subscription set state = 'error' where org_id = ${org} and fhir_id = ${fhirId}`)

/** Up to where the outbox was looked through, locked; null while another process does it. */
export const lockMark = async (tx: Tx, start: OutboxPlace): Promise<OutboxPlace | null> => {
  await tx.run(
    sql`insert into health_record.subscription_mark values ('outbox', ${start.xid}, ${start.id}) on conflict do nothing`,
  )
  return tx.row<OutboxPlace>(
    sql`select xid, id from health_record.subscription_mark where name = 'outbox' for update skip locked`,
  )
}

export const saveMark = (tx: Tx, { xid, id }: OutboxPlace): Promise<number> =>
  tx.run(sql`update health_record.subscription_mark set xid = ${xid}, id = ${id} where name = 'outbox'`)

/** What was written in an event. */
export type Told = { readonly event: string; readonly type: string; readonly id: string; readonly person: string | null }

/** Queues what was written for everybody who subscribed to its type. */
export const queue = (tx: Tx, told: readonly Told[]): Promise<number> =>
  tx.run(sql`insert into health_record.notification (org_id, fhir_id, event_id, resource_id, person_id, due_at)
    select s.org_id, s.fhir_id, w.event_id, w.id, w.person_id, now()
    from unnest(${told.map(({ event }) => event)}::uuid[], ${told.map(({ type }) => type)}::text[], ${told.map(({ id }) => id)}::text[],
      ${told.map(({ person }) => person)}::bigint[]) as w (event_id, type, id, person_id)
    join health_record.subscription s on s.type = w.type and s.state <> 'off'
    on conflict do nothing`)

/** Takes what is due, each for one sender until its lease ends. */
export const claimDue = (db: Queryable, limit: number, leaseMs: number): Promise<Notification[]> =>
  db.rows<Notification>(sql`with due as (
      select n.org_id, n.fhir_id, n.event_id, n.resource_id from health_record.notification n
      join health_record.subscription s on s.org_id = n.org_id and s.fhir_id = n.fhir_id and s.state = 'active'
      where n.due_at <= now() and coalesce(n.leased_until, '-infinity') <= now() order by n.due_at limit ${limit} for update of n skip locked)
    update health_record.notification n set leased_until = now() + ${leaseMs} * interval '1 millisecond', tries = n.tries + 1
    from due d join health_record.subscription s on s.org_id = d.org_id and s.fhir_id = d.fhir_id
    where n.org_id = d.org_id and n.fhir_id = d.fhir_id and n.event_id = d.event_id and n.resource_id = d.resource_id
    returning n.org_id as org, n.fhir_id as "fhirId", s.account_id as account, s.caller, s.type, s.criteria, s.channel, n.event_id as event,
      n.resource_id as resource, n.person_id as person, n.tries`)

export const deleteNotification = (db: Queryable | Database, { org, fhirId, event, resource }: Notification): Promise<number> =>
  db.run(
    sql`delete from health_record.notification where org_id = ${org} and fhir_id = ${fhirId} and event_id = ${event} and resource_id = ${resource}`,
  )

/** Puts one off after an attempt that came to nothing. */
export const putOff = (db: Queryable, { org, fhirId, event, resource }: Notification, waitMs: number): Promise<number> =>
  db.run(sql`update health_record.notification set due_at = now() + ${waitMs} * interval '1 millisecond', leased_until = null
    where org_id = ${org} and fhir_id = ${fhirId} and event_id = ${event} and resource_id = ${resource}`)
