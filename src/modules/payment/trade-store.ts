import type { Instant } from '../../kernel/clock.ts'
import type { OrgId } from '../../kernel/id.ts'
import { sql, type Database, type Queryable } from '../../platform/database/pool.ts'

export type TradeState = 'asked' | 'unknown' | 'answered' | 'refused' | 'reversed'

/** A message as the journal keeps it. */
export type Entry = {
  readonly org: OrgId
  readonly step: string
  readonly attempt: number
  readonly msgid: string
  readonly infno: string
  readonly state: TradeState
  readonly answer: Readonly<Record<string, unknown>> | null
  readonly says: string | null
  readonly sent: number
  readonly askedAt: Instant
}

const columns = sql`org_id as org, step, attempt, msgid, infno, state, answer, says, sent, asked_at as "askedAt"`

/** The newest attempt of a step; null before the first. */
export const newestEntry = (db: Queryable, org: OrgId, step: string): Promise<Entry | null> =>
  db.row<Entry>(sql`select ${columns} from payment.trade where org_id = ${org} and step = ${step} order by attempt desc limit 1`)

/** The moment, and the next of the counts that keep numbers of one second apart. */
export const nextNumber = async (db: Queryable): Promise<{ at: Instant; count: number }> =>
  (await db.row<{ at: Instant; count: number }>(
    sql`select platform.jieli_now() as at, nextval('payment.message_count')::float8 as count`,
  )) as {
    at: Instant
    count: number
  }

/** Keeps that a message is about to be sent; of two that would begin the same attempt the second finds the first's. */
export const beginEntry = async (
  database: Database,
  asked: { org: OrgId; step: string; attempt: number; infno: string; hash: Buffer },
  numbered: (at: Instant, count: number) => string,
): Promise<Entry> =>
  database.transaction(async (tx) => {
    const { at, count } = await nextNumber(tx)
    await tx.run(sql`insert into payment.trade (org_id, step, attempt, msgid, infno, state, asked_hash, asked_at)
      values (${asked.org}, ${asked.step}, ${asked.attempt}, ${numbered(at, count)}, ${asked.infno}, 'asked', ${asked.hash}, ${at}) on conflict (org_id, step, attempt) do nothing`)
    return (await newestEntry(tx, asked.org, asked.step)) as Entry
  })

export const noteSent = (db: Queryable, { org, step, attempt }: Entry): Promise<number> =>
  db.run(sql`update payment.trade set sent = sent + 1 where org_id = ${org} and step = ${step} and attempt = ${attempt}`)

export const noteUnknown = (db: Queryable, { org, step, attempt }: Entry): Promise<number> =>
  db.run(
    sql`update payment.trade set state = 'unknown' where org_id = ${org} and step = ${step} and attempt = ${attempt} and ended_at is null`,
  )

/** How a message ended; the first end stays. */
export const noteEnd = (
  db: Queryable,
  { org, step, attempt }: Entry,
  end: { state: 'answered' | 'refused' | 'reversed'; answer?: object; learnt?: 'reply' | 'query'; says?: string },
): Promise<number> =>
  db.run(sql`update payment.trade set state = ${end.state}, answer = ${end.answer ? JSON.stringify(end.answer) : null}::jsonb, learnt = ${end.learnt ?? null},
      says = ${end.says ?? null}, ended_at = platform.jieli_now()
    where org_id = ${org} and step = ${step} and attempt = ${attempt} and ended_at is null`)
