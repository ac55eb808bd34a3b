import type { Instant } from '../../kernel/clock.ts'
import type { PersonId } from '../../kernel/id.ts'
import { empty, sql, type Queryable } from '../../platform/database/pool.ts'
import type { Attachment, Message } from './correspondence.ts'
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

/** The files of one message without their content. */
export const filesOf = (
  db: Queryable,
  { org, referral, seq }: Pick<Message, 'org' | 'referral' | 'seq'>,
): Promise<Attachment[]> =>
  db.rows<Attachment>(sql`select ${attachmentColumns} from correspondence.attachment a
    where a.org_id = ${org} and a.referral_id = ${referral} and a.message_seq = ${seq} order by a.id`)
