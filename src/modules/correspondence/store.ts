import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type { ReferralId } from '../referral/index.ts'
import type { Attachment, AttachmentId, MediaType, Message, MessageId, ReadMark } from './correspondence.ts'

/** The case that a thread belongs to. */
export type ThreadKey = { readonly org: OrgId; readonly id: ReferralId }

/** What is read of a message. */
export const messageColumns = sql`m.org_id as org, m.referral_id as referral, m.seq, m.id, m.person_id as person, m.at, m.author_account as author,
  m.author_org as "authorOrg", m.author_role as "authorRole", m.author_side as "authorSide", m.author_name as "authorName",
  m.text_sealed as "textSealed", m.withdrawn_at as "withdrawnAt"`

/** All messages of a thread in the order of writing. */
export const messagesOf = (db: Queryable, { org, id }: ThreadKey): Promise<Message[]> =>
  db.rows<Message>(
    sql`select ${messageColumns} from correspondence.message m where m.org_id = ${org} and m.referral_id = ${id} order by m.seq`,
  )

export const findMessage = (db: Queryable, { org, id }: ThreadKey, message: MessageId): Promise<Message | null> =>
  db.row<Message>(
    sql`select ${messageColumns} from correspondence.message m where m.org_id = ${org} and m.referral_id = ${id} and m.id = ${message}`,
  )

/** The number of the next message; the case is locked meanwhile. */
export const nextSeq = async (tx: Tx, { org, id }: ThreadKey): Promise<number> =>
  (
    await tx.row<{ seq: number }>(
      sql`select coalesce(max(seq), 0) + 1 as seq from correspondence.message where org_id = ${org} and referral_id = ${id}`,
    )
  )?.seq ?? 1

/** What is read of a file, its content left out. */
export const attachmentColumns = sql`a.id, a.message_seq as seq, a.media_type as "mediaType", a.bytes, a.width, a.height, a.name_sealed as "nameSealed"`

/** The files of a thread without their content. */
export const attachmentsOf = (db: Queryable, { org, id }: ThreadKey): Promise<Attachment[]> =>
  db.rows<Attachment>(
    sql`select ${attachmentColumns} from correspondence.attachment a where a.org_id = ${org} and a.referral_id = ${id} order by a.message_seq, a.id`,
  )

/** One file with its content, still sealed. */
export type AttachmentBody = Attachment & { readonly bodySealed: Buffer }

export const findAttachment = (db: Queryable, { org, id }: ThreadKey, attachment: AttachmentId): Promise<AttachmentBody | null> =>
  db.row<AttachmentBody>(sql`select ${attachmentColumns}, a.body_sealed as "bodySealed" from correspondence.attachment a
    where a.org_id = ${org} and a.referral_id = ${id} and a.id = ${attachment}`)

/** All read marks of a thread. */
export const readMarksOf = (db: Queryable, { org, id }: ThreadKey): Promise<ReadMark[]> =>
  db.rows<ReadMark>(sql`select account_id as account, seq, reader_org as "readerOrg", reader_name as "readerName", at from correspondence.read_mark
    where org_id = ${org} and referral_id = ${id} order by seq`)

/** Up to which message an account has read; 0 when nothing. */
export const readSeq = async (db: Queryable, { org, id }: ThreadKey, account: AccountId): Promise<number> =>
  (
    await db.row<{ seq: number }>(sql`select coalesce(max(seq), 0) as seq from correspondence.read_mark
    where org_id = ${org} and referral_id = ${id} and account_id = ${account}`)
  )?.seq ?? 0

export type NewAttachment = {
  readonly id: AttachmentId
  readonly mediaType: MediaType
  readonly bytes: number
  readonly width: number | null
  readonly height: number | null
  readonly nameSealed: Buffer
  readonly bodySealed: Buffer
}

/** A message to be written, its files, and the institutions in whose lists the thread stands. */
export type Written = {
  readonly message: Message
  readonly attachments: readonly NewAttachment[]
  readonly parties: readonly OrgId[]
}

export const saveWritten = async (tx: Tx, { message: m, attachments, parties }: Written): Promise<void> => {
  await tx.run(sql`insert into correspondence.message (org_id, referral_id, seq, id, person_id, at, author_account, author_org, author_role, author_side,
      author_name, text_sealed)
    values (${m.org}, ${m.referral}, ${m.seq}, ${m.id}, ${m.person}, ${m.at}, ${m.author}, ${m.authorOrg}, ${m.authorRole}, ${m.authorSide},
      ${JSON.stringify(m.authorName)}, ${m.textSealed})`)
  for (const a of attachments)
    await tx.run(sql`insert into correspondence.attachment (org_id, referral_id, message_seq, id, media_type, bytes, width, height, name_sealed, body_sealed)
      values (${m.org}, ${m.referral}, ${m.seq}, ${a.id}, ${a.mediaType}, ${a.bytes}, ${a.width}, ${a.height}, ${a.nameSealed}, ${a.bodySealed})`)
  await tx.run(sql`insert into correspondence.thread (org_id, referral_id, case_org, newest_at)
    select org, ${m.referral}, ${m.org}, ${m.at} from unnest(${parties}::bigint[]) as party (org)
    on conflict (org_id, referral_id) do update set newest_at = greatest(thread.newest_at, excluded.newest_at)`)
}

export type Withdrawn = { readonly message: Message; readonly at: Instant }

/** Takes back what a message said: its text and files go, its place stays. */
export const saveWithdrawn = async (tx: Tx, { message: m, at }: Withdrawn): Promise<void> => {
  await tx.run(
    sql`delete from correspondence.attachment where org_id = ${m.org} and referral_id = ${m.referral} and message_seq = ${m.seq}`,
  )
  await tx.run(
    sql`update correspondence.message set withdrawn_at = ${at}, text_sealed = null where org_id = ${m.org} and referral_id = ${m.referral} and seq = ${m.seq}`,
  )
}

export type NewMark = { readonly thread: ThreadKey; readonly mark: ReadMark }

export const saveReadMark = async (tx: Tx, { thread, mark }: NewMark): Promise<void> => {
  await tx.run(sql`insert into correspondence.read_mark (org_id, referral_id, account_id, seq, reader_org, reader_name, at)
    values (${thread.org}, ${thread.id}, ${mark.account}, ${mark.seq}, ${mark.readerOrg}, ${JSON.stringify(mark.readerName)}, ${mark.at}) on conflict do nothing`)
}

/** How many messages of other institutions an account has not read, by case, newest case first. */
export type Unread = { readonly org: OrgId; readonly id: ReferralId; readonly unread: number; readonly newestAt: Instant }

export const unreadOf = (db: Queryable, org: OrgId, account: AccountId, limit: number): Promise<Unread[]> =>
  db.rows<Unread>(sql`
    with mine as (select referral_id, case_org, newest_at from correspondence.thread where org_id = ${org} order by newest_at desc limit ${limit})
    select t.case_org as org, t.referral_id as id, count(*)::int as unread, max(m.at) as "newestAt"
    from mine t join correspondence.message m on m.org_id = t.case_org and m.referral_id = t.referral_id
    where m.author_org <> ${org} and m.withdrawn_at is null and m.seq > coalesce((select max(k.seq) from correspondence.read_mark k
      where k.org_id = m.org_id and k.referral_id = m.referral_id and k.account_id = ${account}), 0)
    group by t.case_org, t.referral_id order by max(m.at) desc`)
