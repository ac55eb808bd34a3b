import type { Day } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import type { Detail } from '../../../kernel/result.ts'
import type { Actor } from '../../../platform/access.ts'
import { sql, type Database } from '../../../platform/database/pool.ts'
import type { Channel, PoolId } from '../booking.ts'

/** What somebody wants of a pool, before anybody knows whether it is there. */
export type Wish = {
  /** The form that it came by: a hold, or a booking that is confirmed at once. */
  readonly form: 'booking.hold' | 'booking.book'
  readonly org: OrgId
  readonly pool: PoolId
  readonly person: PersonId
  readonly channel: Channel
  /** The input as the form has checked it; the idempotency key stands for it. */
  readonly body: unknown
}

/** A wish on its way, with who asks and by which key. */
export type Asking = {
  readonly wish: Wish
  readonly actor: Actor
  readonly request: string
  readonly key: string
  /** Of form and body: the same key with another hash is another matter. */
  readonly hash: string
}

/** What a wish came to. */
export type Told = {
  readonly outcome: 'done' | 'replayed' | 'refused'
  /** The JSON text of the answer, or the code of the refusal. */
  readonly said: string
  /** For how many milliseconds the pool is certainly full if nothing is given back; null when it is not known to be full. */
  readonly fullMs: number | null
  /** What the refusal's sentence shows. */
  readonly detail: Detail | null
}

/** Policy values of one day. */
export type Limits = {
  readonly today: Day
  readonly zone: string
  readonly holdMinutes: number
  readonly dayMost: number
  readonly isRealNameNeeded: boolean
}

/** Of keys, ids and numbers, which hold nothing that an array's text would have to escape: quicker than the driver's own. */
const plainList = (values: readonly (string | number | null)[]): string => `{${values.map((value) => value ?? 'null').join(',')}}`

/** For each item the number of the nearest earlier one with the same key, counted from 1; 0 when there is none. */
const twinsBy = (items: readonly Asking[], keyOf: (item: Asking) => string): number[] => {
  const last = new Map<string, number>()
  return items.map((item, at) => {
    const key = keyOf(item)
    const twin = last.get(key) ?? 0
    last.set(key, at + 1)
    return twin
  })
}

/** One key of one account, as the table of keys knows it. */
export const keyOf = ({ actor, key }: Asking): string => `${actor.org ?? ''} ${actor.account ?? ''} ${key}`

/** The columns that both functions ask of who acts. */
const whoActs = (batch: readonly Asking[]) => ({
  accounts: plainList(batch.map(({ actor }) => actor.account)),
  orgs: plainList(batch.map(({ actor }) => actor.org)),
  roles: plainList(batch.map(({ actor }) => actor.role)),
  requests: batch.map(({ request }) => request),
  keys: batch.map(({ key }) => key),
  hashes: plainList(batch.map(({ hash }) => hash)),
  forms: plainList(batch.map(({ wish }) => wish.form)),
})

/** Books, holds or refuses a whole batch in its order: one statement, one transaction, one flush. */
export const bookMany = (ask: Database['alone'], batch: readonly Asking[], limits: Limits): Promise<Told[]> => {
  const pools = new Map<string, number>()
  const wanted = batch.map(({ wish: { org, pool } }) => {
    const key = `${org},${pool}`
    const known = pools.get(key) ?? pools.size + 1
    pools.set(key, known)
    return known
  })
  const split = [...pools.keys()].map((key) => key.split(','))
  const who = whoActs(batch)
  return ask<Told>(sql`select outcome, said, full_ms as "fullMs", detail from booking.book_many(
    ${plainList(split.map(([org]) => org as string))}::bigint[], ${plainList(split.map(([, pool]) => pool as string))}::uuid[],
    ${plainList(wanted)}::integer[], ${plainList(twinsBy(batch, ({ wish }) => wish.person))}::integer[],
    ${plainList(twinsBy(batch, keyOf))}::integer[], ${who.forms}::text[], ${plainList(batch.map(({ wish }) => wish.channel))}::text[],
    ${plainList(batch.map(({ wish }) => wish.person))}::bigint[], ${who.accounts}::uuid[], ${who.orgs}::bigint[], ${who.roles}::text[],
    ${batch.map(({ actor }) => JSON.stringify(actor.name))}::text[], ${who.requests}::text[], ${who.keys}::text[], ${who.hashes}::text[],
    ${limits.zone}, ${limits.today}::date, ${limits.holdMinutes}::integer, ${limits.dayMost}::integer, ${limits.isRealNameNeeded}) order by nr`)
}

/** Notes refusals that are known without asking a pool, and finds what was done earlier with the same keys. */
export const refuseMany = (
  ask: Database['alone'],
  batch: readonly Asking[],
  codes: readonly string[],
): Promise<Pick<Told, 'outcome' | 'said'>[]> => {
  const who = whoActs(batch)
  return ask(sql`select outcome, said from booking.refuse_many(${who.forms}::text[], ${plainList(codes)}::text[],
    ${who.accounts}::uuid[], ${who.orgs}::bigint[], ${who.roles}::text[], ${who.requests}::text[], ${who.keys}::text[], ${who.hashes}::text[]) order by nr`)
}
