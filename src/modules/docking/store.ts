import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Words } from '../../kernel/words.ts'
import { sql, type Queryable, type Sql, type Tx } from '../../platform/database/pool.ts'
import type { Comparison, Corrections, Difference, Line, Message, MessageId, MessageKind } from './docking.ts'

const messageColumns = sql`m.org_id as org, m.case_id as "caseId", m.seq, m.id, m.kind, m.at, m.occurred_at as "occurredAt", m.data, m.reason, m.corrections,
  m.state, m.tries, m.refused_code as "refusedCode", m.refused_words as "refusedWords"`
const lineColumns = sql`l.org_id as org, l.case_id as "caseId", l.person_id as person, l.receiver_org as receiver, l.last_seq as "lastSeq"`

/** What stood at an event, as the trace has it. */
export type TracedEvent = {
  readonly org: OrgId
  readonly at: Instant
  readonly occurredAt: Instant
  readonly reason: string | null
  readonly data: Message['data']
}

export const findEvent = (db: Queryable, caseId: string, event: string): Promise<TracedEvent | null> =>
  db.row<TracedEvent>(
    sql`select org_id as org, at, occurred_at as "occurredAt", reason, data from platform.trace_event where case_id = ${caseId} and id = ${event}`,
  )

export const lockLine = (tx: Tx, org: OrgId, caseId: string): Promise<Line | null> =>
  tx.row<Line>(sql`select ${lineColumns} from docking.line l where l.org_id = ${org} and l.case_id = ${caseId} for update`)

export type NewMessage = Pick<Message, 'seq' | 'id' | 'kind'>
export type Queued = {
  readonly line: Line
  readonly isNew: boolean
  readonly event: string
  readonly traced: TracedEvent
  readonly messages: readonly NewMessage[]
}

/** Numbers messages on behind the last of their line; the first unsettled one of a line becomes ready. */
export const saveQueued = async (tx: Tx, { line, isNew, event, traced, messages }: Queued): Promise<void> => {
  const { org, caseId } = line
  await tx.run(
    isNew
      ? sql`insert into docking.line values (${org}, ${caseId}, ${line.person}, ${line.receiver}, ${line.lastSeq})`
      : sql`update docking.line set last_seq = ${line.lastSeq}, receiver_org = ${line.receiver} where org_id = ${org} and case_id = ${caseId}`,
  )
  for (const { seq, id, kind } of messages)
    await tx.run(sql`insert into docking.message (org_id, case_id, seq, id, kind, event_id, at, occurred_at, data, reason, state, corrections)
      values (${org}, ${caseId}, ${seq}, ${id}, ${kind}, ${event}, ${traced.at}, ${traced.occurredAt}, ${JSON.stringify(traced.data)}, ${traced.reason}, 'waiting',
        ${inherited(org, caseId, kind)})`)
  await makeHeadReady(tx, org, caseId)
}

// What was corrected for a case holds for what follows, until the case goes to another place.
const inherited = (org: OrgId, caseId: string, kind: MessageKind): Sql => {
  const elsewhere = kind === 'redirect' || kind === 'request'
  return sql`coalesce((select case when ${elsewhere} then p.corrections - 'receiverCode' - 'specialty' else p.corrections end
    from docking.message p where p.org_id = ${org} and p.case_id = ${caseId} order by p.seq desc limit 1), '{}')`
}

// The line is locked by whoever settles or queues, so the head is looked for by one at a time.
const makeHeadReady = (tx: Tx, org: OrgId, caseId: string): Promise<number> =>
  tx.run(sql`update docking.message m set ready_at = now(), leased_until = null where m.org_id = ${org} and m.case_id = ${caseId} and m.state = 'waiting' and m.ready_at is null
    and m.seq = (select min(h.seq) from docking.message h where h.org_id = ${org} and h.case_id = ${caseId} and h.state in ('waiting', 'stuck'))`)

/** Takes messages whose turn it is, each for one sender until its lease ends; the longest waiting first. */
export const claimReady = (db: Queryable, limit: number, leaseMs: number): Promise<Message[]> =>
  db.rows<Message>(sql`
    with ready as (
      select r.org_id, r.case_id, r.seq from docking.message r where r.state = 'waiting' and r.ready_at <= now() and coalesce(r.leased_until, '-infinity') <= now()
      order by r.ready_at limit ${limit} for update skip locked)
    update docking.message m set leased_until = now() + ${leaseMs} * interval '1 millisecond', tries = m.tries + 1
    from ready where m.org_id = ready.org_id and m.case_id = ready.case_id and m.seq = ready.seq returning ${messageColumns}`)

/** The sequence that the platform acknowledged last before this one; 0 at the start of a line. */
export const acknowledgedBefore = async (db: Queryable, { org, caseId, seq }: Message): Promise<number> =>
  (
    await db.row<{ seq: number }>(sql`select coalesce(max(seq), 0)::int as seq from docking.message
      where org_id = ${org} and case_id = ${caseId} and seq < ${seq} and state = 'acknowledged'`)
  )?.seq ?? 0

/** The platform has it: the next of the line becomes ready. Of two receipts for one message the first counts. */
export const saveAcknowledged = async (tx: Tx, { org, caseId, seq }: Message, receipt: string, hash: string): Promise<number> => {
  await lockLine(tx, org, caseId)
  const settled =
    await tx.run(sql`update docking.message set state = 'acknowledged', receipt = ${receipt}, hash = ${hash}, settled_at = platform.jieli_now(), ready_at = null, leased_until = null
    where org_id = ${org} and case_id = ${caseId} and seq = ${seq} and state = 'waiting'`)
  await makeHeadReady(tx, org, caseId)
  return settled
}

/** The platform refused it: the case stands still until a person decides. */
export const saveRefused = async (tx: Tx, { org, caseId, seq }: Message, code: string, words: Words): Promise<number> =>
  tx.run(sql`update docking.message set state = 'stuck', refused_code = ${code}, refused_words = ${JSON.stringify(words)}, ready_at = null, leased_until = null, settled_at = platform.jieli_now()
    where org_id = ${org} and case_id = ${caseId} and seq = ${seq} and state = 'waiting'`)

/** No answer that settles it: tried again after a while. */
export const savePutOff = (db: Queryable, { org, caseId, seq }: Message, waitMs: number): Promise<number> =>
  db.run(sql`update docking.message set ready_at = now() + ${waitMs} * interval '1 millisecond', leased_until = null
    where org_id = ${org} and case_id = ${caseId} and seq = ${seq} and state = 'waiting'`)

/** After a silence: everything that was put off is ready at once. */
export const readyAll = (db: Queryable): Promise<number> =>
  db.run(sql`update docking.message set ready_at = now() where state = 'waiting' and ready_at > now() and leased_until is null`)

/** How much is still to be told: all, and what is not stuck. */
export const countWaiting = async (db: Queryable): Promise<{ waiting: number; stuck: number }> =>
  (await db.row<{ waiting: number; stuck: number }>(sql`select count(*) filter (where state = 'waiting')::int as waiting,
    count(*) filter (where state = 'stuck')::int as stuck from docking.message where state in ('waiting', 'stuck')`)) ?? {
    waiting: 0,
    stuck: 0,
  }

export type StuckMessage = { readonly message: Message; readonly line: Line }

export const lockStuck = async (tx: Tx, org: OrgId, id: string): Promise<StuckMessage | null> => {
  const key = await tx.row<{ caseId: string }>(
    sql`select case_id as "caseId" from docking.message where org_id = ${org} and id = ${id}`,
  )
  const line = key && (await lockLine(tx, org, key.caseId))
  const message =
    line &&
    (await tx.row<Message>(
      sql`select ${messageColumns} from docking.message m where m.org_id = ${org} and m.id = ${id} for update`,
    ))
  return line && message && { message, line }
}

/** Puts a stuck message back to the head of its line; corrections hold for what waits behind it too, as far as the same place is meant. */
export const saveRetry = async (tx: Tx, { org, caseId, seq }: Message, corrections: Corrections): Promise<void> => {
  await tx.run(
    sql`update docking.message set state = 'waiting', settled_at = null, tries = 0 where org_id = ${org} and case_id = ${caseId} and seq = ${seq} and state = 'stuck'`,
  )
  await tx.run(sql`update docking.message m set corrections = m.corrections || ${JSON.stringify(corrections)}::jsonb
    where m.org_id = ${org} and m.case_id = ${caseId} and m.seq >= ${seq} and m.state = 'waiting'
      and not exists (select from docking.message e where e.org_id = m.org_id and e.case_id = m.case_id and e.seq > ${seq} and e.seq <= m.seq and e.kind in ('redirect', 'request'))`)
  await makeHeadReady(tx, org, caseId)
}

/** Leaves a stuck message out for good; the case goes on with the next. */
export const saveGivenUp = async (tx: Tx, { org, caseId, seq }: Message, reason: string): Promise<void> => {
  await tx.run(sql`update docking.message set state = 'given-up', closing_reason = ${reason}, settled_at = platform.jieli_now()
    where org_id = ${org} and case_id = ${caseId} and seq = ${seq} and state = 'stuck'`)
  await makeHeadReady(tx, org, caseId)
}

export type StuckRow = {
  readonly org: OrgId
  readonly id: string
  readonly caseId: string
  readonly kind: MessageKind
  readonly seq: number
  readonly refusedCode: string
  readonly refusedWords: Words
  readonly tries: number
  readonly since: Instant
  readonly behind: number
}

/** Messages that stand still, of cases that one of the institutions sent or receives; of all when none are named. */
export const stuckOf = (db: Queryable, orgs: readonly OrgId[] | null, limit: number): Promise<StuckRow[]> =>
  db.rows<StuckRow>(sql`select m.org_id as org, m.id, m.case_id as "caseId", m.kind, m.seq, m.refused_code as "refusedCode", m.refused_words as "refusedWords", m.tries,
      m.settled_at as since, (select count(*)::int from docking.message b where b.org_id = m.org_id and b.case_id = m.case_id and b.seq > m.seq and b.state = 'waiting') as behind
    from docking.message m join docking.line l on l.org_id = m.org_id and l.case_id = m.case_id
    where m.state = 'stuck' and (${orgs}::bigint[] is null or l.org_id = any(${orgs}::bigint[]) or l.receiver_org = any(${orgs}::bigint[]))
    order by m.settled_at limit ${limit}`)

/** Messages of a day by the region's days, in order, with what settled them. */
export type DayMessage = {
  readonly org: OrgId
  readonly caseId: string
  readonly seq: number
  readonly id: MessageId
  readonly hash: string | null
  readonly state: Message['state']
}

export const messagesOfDay = (db: Queryable, from: Instant, until: Instant): Promise<DayMessage[]> =>
  db.rows<DayMessage>(
    sql`select org_id as org, case_id as "caseId", seq, id, hash, state from docking.message where at >= ${from} and at < ${until} order by case_id, seq`,
  )

export type Compared = {
  readonly comparison: Comparison
  readonly at: Instant
  readonly differences: readonly (Difference & { readonly org: OrgId; readonly id: string })[]
}

/** A compared day; a message that the platform does not have stands still, and so does its case behind it. */
export const saveComparison = async (tx: Tx, { comparison, at, differences }: Compared, words: Words): Promise<void> => {
  const { day, casesHere, casesThere, underWay } = comparison
  await tx.run(sql`insert into docking.comparison values (${day}, ${at}, ${casesHere}, ${casesThere}, ${underWay}, ${comparison.differences})
    on conflict (day) do update set at = excluded.at, cases_here = excluded.cases_here, cases_there = excluded.cases_there,
      under_way = excluded.under_way, differences = excluded.differences`)
  for (const one of differences)
    if (one.kind === 'missing-there') await reopen(tx, one.org, one.caseId, one.seqThere ?? 0, words)
    else
      await tx.run(sql`insert into docking.difference (org_id, id, day, case_id, kind, seq_here, seq_there, found_at)
        values (${one.org}, ${one.id}, ${day}, ${one.caseId}, ${one.kind}, ${one.seqHere}, ${one.seqThere}, ${at}) on conflict do nothing`)
}

const reopen = async (tx: Tx, org: OrgId, caseId: string, seqThere: number, words: Words): Promise<void> => {
  await lockLine(tx, org, caseId)
  await tx.run(sql`update docking.message m set state = case when m.seq = f.seq then 'stuck' else 'waiting' end, receipt = null, hash = null, ready_at = null, leased_until = null,
      refused_code = case when m.seq = f.seq then 'missing-there' else m.refused_code end, refused_words = case when m.seq = f.seq then ${JSON.stringify(words)}::jsonb else m.refused_words end,
      settled_at = platform.jieli_now()
    from (select min(seq) as seq from docking.message where org_id = ${org} and case_id = ${caseId} and seq > ${seqThere} and state = 'acknowledged') f
    where m.org_id = ${org} and m.case_id = ${caseId} and m.seq >= f.seq and m.state in ('acknowledged', 'waiting')`)
}

export type OpenDifference = {
  readonly org: OrgId
  readonly id: string
  readonly day: Day
  readonly caseId: string
  readonly kind: Difference['kind']
  readonly seqThere: number | null
  readonly since: Instant
}

export const differencesOf = (db: Queryable, orgs: readonly OrgId[] | null, limit: number): Promise<OpenDifference[]> =>
  db.rows<OpenDifference>(sql`select d.org_id as org, d.id, d.day, d.case_id as "caseId", d.kind, d.seq_there as "seqThere", d.found_at as since from docking.difference d
    where d.closed_at is null and (${orgs}::bigint[] is null or d.org_id = any(${orgs}::bigint[])) order by d.found_at limit ${limit}`)

export const lockDifference = (tx: Tx, org: OrgId, id: string): Promise<OpenDifference | null> =>
  tx.row<OpenDifference>(sql`select d.org_id as org, d.id, d.day, d.case_id as "caseId", d.kind, d.seq_there as "seqThere", d.found_at as since
    from docking.difference d where d.org_id = ${org} and d.id = ${id} and d.closed_at is null for update`)

export const saveDifferenceClosed = (tx: Tx, org: OrgId, id: string, reason: string, at: Instant): Promise<number> =>
  tx.run(sql`update docking.difference set closed_at = ${at}, closing_reason = ${reason} where org_id = ${org} and id = ${id}`)

export const comparisons = (db: Queryable, limit: number): Promise<(Comparison & { at: Instant })[]> =>
  db.rows(
    sql`select day, at, cases_here as "casesHere", cases_there as "casesThere", under_way as "underWay", differences from docking.comparison order by day desc limit ${limit}`,
  )

/** Whether a day has been compared since it ended; a comparison in the middle of the day does not count. */
export const isCompared = async (db: Queryable, day: Day, end: Instant): Promise<boolean> =>
  (await db.row(sql`select 1 from docking.comparison where day = ${day} and at >= ${end}`)) !== null

export const lineOf = (db: Queryable, org: OrgId, caseId: string): Promise<Line | null> =>
  db.row<Line>(sql`select ${lineColumns} from docking.line l where l.org_id = ${org} and l.case_id = ${caseId}`)
