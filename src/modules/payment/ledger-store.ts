import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Actor } from '../../platform/access.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type { Bill, TicketKind, TransferKind } from './payment.ts'
import type { CashRow } from './rules/books.ts'
import type { Posted } from './rules/postings.ts'

/** Books transfers of a bill, each kind at most once a round; the database takes none that does not sum to zero. */
export const book = async (
  tx: Tx,
  bill: Pick<Bill, 'org' | 'id' | 'round' | 'person' | 'settlementNo' | 'insuredType'>,
  posted: readonly Posted[],
  at: { readonly now: Instant; readonly day: Day },
): Promise<void> => {
  for (const { kind, reverses, postings } of posted)
    await tx.run(sql`insert into payment.transfer (org_id, bill_id, round, kind, person_id, accounts, fen, reverses, settlement_no, insured_type, booked_on, booked_at)
      values (${bill.org}, ${bill.id}, ${bill.round}, ${kind}, ${bill.person}, ${postings.map(([account]) => account)}::text[], ${postings.map(([, fen]) => fen)}::bigint[],
        ${reverses}, ${bill.settlementNo}, ${bill.insuredType}, ${at.day}, ${at.now})`)
}

/** Which transfers of a round are in the books. */
export const bookedKinds = async (db: Queryable, bill: Pick<Bill, 'org' | 'id' | 'round'>): Promise<TransferKind[]> => {
  const rows = await db.rows<{ kind: TransferKind }>(
    sql`select kind from payment.transfer where org_id = ${bill.org} and bill_id = ${bill.id} and round = ${bill.round}`,
  )
  return rows.map(({ kind }) => kind)
}

/** When the parts of a refund went back; null for what has not. */
export type RefundBack = { readonly cashAt: Instant | null; readonly restAt: Instant | null }

/** How far the refund of a bill's round is, by the books. */
export const refundBack = async (db: Queryable, { org, id, round }: Pick<Bill, 'org' | 'id' | 'round'>): Promise<RefundBack> =>
  (await db.row<RefundBack>(sql`select max(booked_at) filter (where kind = 'return') as "cashAt", max(booked_at) filter (where kind = 'reverse') as "restAt"
    from payment.transfer where org_id = ${org} and bill_id = ${id} and round = ${round}`)) ?? { cashAt: null, restAt: null }

export type AccountSum = { readonly account: string; readonly fen: number }

/** What each kind of account of an institution moved on a day; persons stand together. */
export const sumsOfDay = (db: Queryable, org: OrgId, day: Day): Promise<AccountSum[]> =>
  db.rows<AccountSum>(sql`select case when account ~ '^(payer|account|family):' then split_part(account, ':', 1) else account end as account, sum(moved)::float8 as fen
    from payment.transfer, unnest(accounts, fen) as side(account, moved) where org_id = ${org} and booked_on = ${day} group by 1 order by 1`)

export type SettledRow = {
  readonly settlement: string
  readonly isMirror: boolean
  readonly insuredType: string
  readonly total: number
  readonly fund: number
  readonly account: number
}

/** The settlements of a day and the mirrors of those voided on it, as 3201 and 3202 want them. */
export const settledOn = (db: Queryable, org: OrgId, day: Day): Promise<SettledRow[]> =>
  db.rows<SettledRow>(sql`select settlement_no as settlement, false as "isMirror", insured_type as "insuredType", total_fen::float8 as total, fund_fen::float8 as fund,
      account_fen::float8 as account from payment.settlement where org_id = ${org} and settled_on = ${day}
    union all select settlement_no, true, insured_type, -total_fen::float8, -fund_fen::float8, -account_fen::float8
      from payment.settlement where org_id = ${org} and voided_on = ${day} order by 1, 2`)

/** What the platform settled: its number, and the parts that it pays. */
export type KeptSettlement = {
  readonly settlementNo: string
  readonly insuredType: string
  readonly total: number
  readonly fund: number
  readonly account: number
  readonly settledOn: Day
}

/** Keeps a settlement of the platform, and on which day it was voided; kept once. */
export const saveSettlement = (
  db: Queryable,
  bill: Pick<Bill, 'org' | 'id' | 'round' | 'person'>,
  one: KeptSettlement,
  voidedOn: Day | null,
): Promise<number> =>
  db.run(sql`insert into payment.settlement (org_id, settlement_no, bill_id, round, person_id, insured_type, total_fen, fund_fen, account_fen, settled_on, voided_on)
    values (${bill.org}, ${one.settlementNo}, ${bill.id}, ${bill.round}, ${bill.person}, ${one.insuredType}, ${one.total}, ${one.fund}, ${one.account}, ${one.settledOn}, ${voidedOn})
    on conflict (org_id, settlement_no) do update set voided_on = coalesce(payment.settlement.voided_on, excluded.voided_on)`)

/** The newest settlement of a bill's round; null when the platform settled nothing that the house knows of. */
export const keptSettlement = (
  db: Queryable,
  { org, id, round }: Pick<Bill, 'org' | 'id' | 'round'>,
): Promise<KeptSettlement | null> =>
  db.row<KeptSettlement>(sql`select settlement_no as "settlementNo", insured_type as "insuredType", total_fen::float8 as total, fund_fen::float8 as fund,
      account_fen::float8 as account, settled_on as "settledOn" from payment.settlement
    where org_id = ${org} and bill_id = ${id} and round = ${round} order by voided_on is not null, settlement_no limit 1`)

/** Keeps that a settlement was voided. */
export const saveVoided = (tx: Tx, bill: Pick<Bill, 'org'>, settlementNo: string, on: Day): Promise<number> =>
  tx.run(
    sql`update payment.settlement set voided_on = ${on} where org_id = ${bill.org} and settlement_no = ${settlementNo} and voided_on is null`,
  )

/** The cash of a day as the payment apps count it: an order on the day on which it was made, a refund on its own. */
export const cashOn = (db: Queryable, org: OrgId, day: Day): Promise<CashRow[]> =>
  db.rows<CashRow>(sql`select b.id || '-' || t.round || case when t.kind = 'collect' then '' else ' refund' end as about,
      (select -sum(moved) from unnest(t.accounts, t.fen) as side(account, moved) where account like 'payer:%')::float8 as fen
    from payment.transfer t join payment.bill b on b.org_id = t.org_id and b.id = t.bill_id
    where t.org_id = ${org} and t.kind in ('collect', 'return', 'give-back') and t.booked_on = ${day}
      and not exists (select from unnest(t.accounts) as account where account = 'clearing:window')
      and (t.kind <> 'return' or b.cash_app <> 'window') order by 1`)

/** Institutions that booked something on a day. */
export const orgsOn = async (db: Queryable, day: Day): Promise<OrgId[]> =>
  (
    await db.rows<{ org: OrgId }>(sql`select org_id as org from payment.transfer where booked_on = ${day}
      union select org_id from payment.settlement where settled_on = ${day} or voided_on = ${day} order by 1`)
  ).map(({ org }) => org)

/** Days from one to another, both counted, whose books of an institution have rows and were not compared; the oldest first. */
export const uncompared = (db: Queryable, from: Day, to: Day): Promise<{ readonly org: OrgId; readonly day: Day }[]> =>
  db.rows(sql`select org, day from (
      select org_id as org, booked_on as day from payment.transfer where booked_on between ${from} and ${to}
      union select org_id, settled_on from payment.settlement where settled_on between ${from} and ${to}
      union select org_id, voided_on from payment.settlement where voided_on between ${from} and ${to}) booked
    where not exists (select from payment.comparison c where c.org_id = booked.org and c.day = booked.day and c.book = 'cash') order by day, org`)

export type Compared = {
  readonly org: OrgId
  readonly day: Day
  readonly book: string
  readonly agrees: boolean
  readonly rows: number
}

export const saveCompared = (tx: Tx, one: Compared, at: Instant): Promise<number> =>
  tx.run(sql`insert into payment.comparison values (${one.org}, ${one.day}, ${one.book}, ${one.agrees}, ${one.rows}, ${at})
    on conflict (org_id, day, book) do update set agrees = excluded.agrees, rows = excluded.rows, compared_at = excluded.compared_at`)

export type NewTicket = {
  readonly org: OrgId
  readonly id: string
  readonly kind: TicketKind
  readonly day: Day
  readonly book: string
  readonly about: string
  readonly ours: number | null
  readonly theirs: number | null
}

/** Opens a ticket; the same matter of the same day is opened once. */
export const openTicket = (db: Queryable, one: NewTicket, at: Instant): Promise<number> =>
  db.run(sql`insert into payment.ticket (org_id, id, kind, day, book, about, ours_fen, theirs_fen, opened_at)
    values (${one.org}, ${one.id}, ${one.kind}, ${one.day}, ${one.book}, ${one.about}, ${one.ours}, ${one.theirs}, ${at}) on conflict (org_id, day, book, about, kind) do nothing`)

export type Ticket = {
  readonly org: OrgId
  readonly id: string
  readonly kind: TicketKind
  readonly day: Day
  readonly book: string
  readonly about: string
  readonly oursFen: number | null
  readonly theirsFen: number | null
  readonly openedAt: Instant
  readonly closedAt: Instant | null
  readonly outcome: string | null
}
const ticketColumns = sql`org_id as org, id, kind, day, book, about, ours_fen::float8 as "oursFen", theirs_fen::float8 as "theirsFen", opened_at as "openedAt", closed_at as "closedAt", outcome`
const TICKETS_MOST = 500

/** Open tickets first, then those closed, newest first; of one institution or, for who watches all, of every one. */
export const listTickets = (db: Queryable, org: OrgId | null): Promise<Ticket[]> =>
  db.rows<Ticket>(
    sql`select ${ticketColumns} from payment.ticket where (${org}::bigint is null or org_id = ${org}) order by closed_at is not null, opened_at desc limit ${TICKETS_MOST}`,
  )

export const lockTicket = (tx: Tx, org: OrgId, id: string): Promise<Ticket | null> =>
  tx.row<Ticket>(sql`select ${ticketColumns} from payment.ticket where org_id = ${org} and id = ${id} for update`)

export const saveTicketClosed = (
  tx: Tx,
  ticket: Ticket,
  outcome: string,
  by: Pick<Actor, 'account' | 'name' | 'role'>,
  at: Instant,
): Promise<number> =>
  tx.run(
    sql`update payment.ticket set closed_at = ${at}, closed_by = ${by.account}, closed_name = ${JSON.stringify(by.name)}::jsonb, closed_role = ${by.role}, outcome = ${outcome}
      where org_id = ${ticket.org} and id = ${ticket.id}`,
  )

export const listCompared = (
  db: Queryable,
  org: OrgId,
  day: Day,
): Promise<{ book: string; agrees: boolean; rows: number; comparedAt: Instant }[]> =>
  db.rows(
    sql`select book, agrees, rows, compared_at as "comparedAt" from payment.comparison where org_id = ${org} and day = ${day} order by book`,
  )

export type ComparedDay = {
  readonly day: Day
  readonly agrees: boolean
  readonly rows: number
  readonly books: readonly { readonly book: string; readonly agrees: boolean; readonly rows: number }[]
  /** Differences of the day that nobody has closed. */
  readonly openTickets: number
}
/** A month of days at most. */
const DAYS_MOST = 31

/** The newest days whose books were compared, each with its books and what is still open of it. */
export const listComparedDays = (db: Queryable, org: OrgId): Promise<ComparedDay[]> =>
  db.rows<ComparedDay>(sql`select day, bool_and(agrees) as agrees, sum(rows)::int as rows,
      json_agg(json_build_object('book', book, 'agrees', agrees, 'rows', rows) order by book) as books,
      (select count(*)::int from payment.ticket t where t.org_id = ${org} and t.day = c.day and t.closed_at is null) as "openTickets"
    from payment.comparison c where org_id = ${org} group by day order by day desc limit ${DAYS_MOST}`)
