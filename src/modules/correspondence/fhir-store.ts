import type { Instant } from '../../kernel/clock.ts'
import type { PersonId } from '../../kernel/id.ts'
import { empty, sql, type Queryable } from '../../platform/database/pool.ts'
import type { Attachment, Message, MessageId } from './correspondence.ts'
import { attachmentColumns, messageColumns } from './store.ts'

/** One message by the institution of its case and its own id, as far as the act sees it. */
export const messageById = (db: Queryable, org: string, id: string): Promise<Message | null> =>
  db.row<Message>(sql`select ${messageColumns} from correspondence.message m where m.org_id = ${org} and m.id = ${id}`)

/** What a list of messages is narrowed to; null for no narrowing. */
export type Narrowed = { readonly persons: readonly PersonId[] | null; readonly referral: string | null }

/** Messages that the act sees, in the order in which they were written. */
export const messagesByTime = (
  db: Queryable,
  { persons, referral }: Narrowed,
  page: { readonly limit: number; readonly after: { readonly at: Instant; readonly id: string } | null },
): Promise<Message[]> =>
  db.rows<Message>(sql`select ${messageColumns} from correspondence.message m
    where ${persons === null ? sql`true` : sql`m.person_id = any(${persons}::bigint[])`}
      and ${referral === null ? sql`true` : sql`m.referral_id = ${referral}::uuid`}
      ${page.after === null ? empty : sql`and (m.at, m.id) > (${page.after.at}::timestamptz, ${page.after.id}::uuid)`}
    order by m.at, m.id limit ${page.limit}`)

/** The files of some messages without their content, by message. */
export const filesOf = async (db: Queryable, messages: readonly Message[]): Promise<Map<MessageId, Attachment[]>> => {
  if (messages.length === 0) return new Map()
  const rows = await db.rows<Attachment & { nr: number }>(sql`select w.nr::integer, ${attachmentColumns}
    from unnest(${messages.map(({ org }) => org)}::bigint[], ${messages.map(({ referral }) => referral)}::uuid[], ${messages.map(({ seq }) => seq)}::integer[])
      with ordinality as w (org_id, referral_id, seq, nr)
    join correspondence.attachment a on a.org_id = w.org_id and a.referral_id = w.referral_id and a.message_seq = w.seq order by w.nr, a.id`)
  return new Map(messages.map(({ id }, at) => [id, rows.filter(({ nr }) => nr === at + 1)]))
}
