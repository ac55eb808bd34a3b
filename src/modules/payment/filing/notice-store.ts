import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import { isAtWork, type Notice, type NoticeState } from './notice.ts'

const columns = sql`person_id as person, filing_id as filing, place, state, org_id as org, receiver_org as receiver, psn_no as "psnNo", number, says,
  filed_at as "filedAt", tries`

type Key = Pick<Notice, 'person' | 'filing' | 'place'>

/** Keeps that a filing is to be sent; a place of it that is kept already stays as it is. */
export const addNotice = (
  tx: Tx,
  one: Omit<Notice, 'state' | 'psnNo' | 'number' | 'says' | 'tries'>,
  at: Instant,
): Promise<number> =>
  tx.run(sql`insert into payment.filing_notice (person_id, filing_id, place, state, org_id, receiver_org, filed_at, changed_at, work_at)
    values (${one.person}, ${one.filing}, ${one.place}, 'to-send', ${one.org}, ${one.receiver}, ${one.filedAt}, ${at}, now()) on conflict do nothing`)

/** The notices of a filing, locked, each place once. */
export const lockNotices = (tx: Tx, person: PersonId, filing: string): Promise<Notice[]> =>
  tx.rows<Notice>(
    sql`select ${columns} from payment.filing_notice where person_id = ${person} and filing_id = ${filing} order by place for update`,
  )

export const findNotice = (db: Queryable, { person, filing, place }: Key): Promise<Notice | null> =>
  db.row<Notice>(
    sql`select ${columns} from payment.filing_notice where person_id = ${person} and filing_id = ${filing} and place = ${place}`,
  )

/** What is known by the platform's number of a person's filings. */
export const numbersOf = async (db: Queryable, person: PersonId): Promise<string[]> =>
  (
    await db.rows<{ number: string }>(
      sql`select number from payment.filing_notice where person_id = ${person} and number is not null`,
    )
  ).map(({ number }) => number)

/** Moves a notice on; what is left out stays. */
export const saveNotice = (
  tx: Tx,
  { person, filing, place }: Key,
  to: {
    readonly state: NoticeState
    readonly psnNo?: string | null
    readonly number?: string | null
    readonly says?: string | null
  },
  at: Instant,
): Promise<number> =>
  tx.run(sql`update payment.filing_notice set state = ${to.state}, psn_no = coalesce(${to.psnNo ?? null}, psn_no), number = coalesce(${to.number ?? null}, number),
      says = ${to.says ?? null}, changed_at = ${at}, work_at = case when ${isAtWork(to.state)} then now() end, tries = 0
    where person_id = ${person} and filing_id = ${filing} and place = ${place}`)

const NOTICES_MOST = 1_000

/** What a person's filings, or some filings of anybody, have come to at the platform. */
export const listNotices = (
  db: Queryable,
  of: { readonly persons: readonly PersonId[] | null; readonly filings: readonly string[] | null },
): Promise<(Notice & { readonly changedAt: Instant })[]> =>
  db.rows(sql`select ${columns}, changed_at as "changedAt" from payment.filing_notice
    where (${of.persons}::bigint[] is null or person_id = any(${of.persons}::bigint[])) and (${of.filings}::uuid[] is null or filing_id = any(${of.filings}::uuid[]))
    order by filed_at desc, filing_id, place limit ${NOTICES_MOST}`)

/**
 * Notices that the house takes up now, each for so long. What a person filed is told in its order: a later filing waits until it is known
 * what became of an earlier one. True time.
 */
export const claimNotices = (db: Queryable, count: number, leaseMs: number): Promise<Notice[]> =>
  db.rows<Notice>(sql`update payment.filing_notice set work_at = now() + ${leaseMs} * interval '1 millisecond', tries = tries + 1
    where (person_id, filing_id, place) in (select n.person_id, n.filing_id, n.place from payment.filing_notice n where n.work_at <= now()
      and not exists (select from payment.filing_notice e where e.person_id = n.person_id and e.work_at is not null and e.filed_at < n.filed_at)
      order by n.work_at limit ${count} for update skip locked)
    returning ${columns}`)

/** Takes a notice up again after a while, if it is still where it was. */
export const putOffNotice = (db: Queryable, { person, filing, place, state }: Notice, waitMs: number): Promise<number> =>
  db.run(sql`update payment.filing_notice set work_at = now() + ${waitMs} * interval '1 millisecond'
    where person_id = ${person} and filing_id = ${filing} and place = ${place} and state = ${state}`)
