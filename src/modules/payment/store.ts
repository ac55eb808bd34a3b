import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { AccountId, OrgId, PersonId } from '../../kernel/id.ts'
import { join, sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type { Bill, BillId, BillState, Line, LineKind } from './payment.ts'

const billColumns = sql`org_id as org, id, person_id as person, visit_kind as "visitKind", state, round, channel, total_fen::float8 as "totalFen", split, psn_no as "psnNo",
  insured_type as "insuredType", visit_no as "visitNo", order_no as "orderNo", order_token as "orderToken", settlement_no as "settlementNo", settled_on as "settledOn",
  cash_app as "cashApp", cash_on as "cashOn", pay_link as "payLink", reason, opened_at as "openedAt", changed_at as "changedAt", tries`
const lineColumns = sql`no, kind, code, zh, class, price_fen::float8 as "priceFen", count, amount_fen::float8 as "amountFen", released_at as "releasedAt", fulfilled_at as "fulfilledAt"`

export type Found = { readonly bill: Bill; readonly lines: readonly Line[] }

const withLines = async (tx: Queryable, bill: Bill | null): Promise<Found | null> =>
  bill && {
    bill,
    lines: await tx.rows<Line>(
      sql`select ${lineColumns} from payment.line where org_id = ${bill.org} and bill_id = ${bill.id} order by no`,
    ),
  }

/** A bill with its lines, locked: whoever else would move it waits. Null when there is none. */
export const lockBill = async (tx: Tx, org: OrgId, id: BillId): Promise<Found | null> =>
  withLines(tx, await tx.row<Bill>(sql`select ${billColumns} from payment.bill where org_id = ${org} and id = ${id} for update`))

/** The same to look at. */
export const findBill = async (tx: Queryable, org: OrgId, id: BillId): Promise<Found | null> =>
  withLines(tx, await tx.row<Bill>(sql`select ${billColumns} from payment.bill where org_id = ${org} and id = ${id}`))

const BILLS_MOST = 200

/** Bills of a person, or of an institution, newest first; with a day only those opened or changed since its beginning. */
export const listBills = async (
  tx: Queryable,
  of: { person?: PersonId; org?: OrgId; since?: Instant | null },
): Promise<Found[]> => {
  const whose = of.person ? sql`person_id = ${of.person}` : sql`org_id = ${of.org}`
  const since = of.since ? sql` and changed_at >= ${of.since}` : sql``
  const bills = await tx.rows<Bill>(
    sql`select ${billColumns} from payment.bill where ${whose}${since} order by changed_at desc limit ${BILLS_MOST}`,
  )
  if (bills.length === 0) return []
  const lines = await tx.rows<Line & { bill: BillId }>(sql`select bill_id as bill, ${lineColumns} from payment.line
    where (org_id, bill_id) in (${join(bills.map(({ org, id }) => sql`(${org}::bigint, ${id}::uuid)`))}) order by no`)
  return bills.map((bill) => ({ bill, lines: lines.filter((line) => line.bill === bill.id) }))
}

export type NewBill = {
  readonly org: OrgId
  readonly id: BillId
  readonly person: PersonId
  readonly visitKind: Bill['visitKind']
  readonly totalFen: number
  readonly lines: readonly Omit<Line, 'releasedAt' | 'fulfilledAt'>[]
  readonly by: AccountId | null
  readonly at: Instant
}

export const saveNewBill = async (tx: Tx, bill: NewBill): Promise<void> => {
  await tx.run(sql`insert into payment.bill (org_id, id, person_id, visit_kind, state, total_fen, opened_by, opened_at, changed_at)
    values (${bill.org}, ${bill.id}, ${bill.person}, ${bill.visitKind}, 'open', ${bill.totalFen}, ${bill.by}, ${bill.at}, ${bill.at})`)
  for (const line of bill.lines)
    await tx.run(sql`insert into payment.line (org_id, bill_id, no, person_id, kind, code, zh, class, price_fen, count, amount_fen)
      values (${bill.org}, ${bill.id}, ${line.no}, ${bill.person}, ${line.kind}, ${line.code}, ${line.zh}, ${line.class}, ${line.priceFen}, ${line.count}, ${line.amountFen})`)
}

/** What a move changes of a bill besides its state; what is left out stays. */
export type Moved = Partial<
  Pick<
    Bill,
    | 'round'
    | 'channel'
    | 'split'
    | 'psnNo'
    | 'insuredType'
    | 'visitNo'
    | 'orderNo'
    | 'orderToken'
    | 'settlementNo'
    | 'settledOn'
    | 'cashApp'
    | 'cashOn'
    | 'payLink'
    | 'reason'
  >
>

/** Moves a bill on; `isWork` says whether the house takes it up at once. */
export const saveMove = async (
  tx: Tx,
  bill: Bill,
  state: BillState,
  moved: Moved,
  isWork: boolean,
  at: Instant,
): Promise<void> => {
  const next = { ...bill, ...moved }
  await tx.run(sql`update payment.bill set state = ${state}, round = ${next.round}, channel = ${next.channel}, split = ${next.split && JSON.stringify(next.split)},
      psn_no = ${next.psnNo}, insured_type = ${next.insuredType}, visit_no = ${next.visitNo}, order_no = ${next.orderNo}, order_token = ${next.orderToken},
      settlement_no = ${next.settlementNo}, settled_on = ${next.settledOn}, cash_app = ${next.cashApp}, cash_on = ${next.cashOn}, pay_link = ${next.payLink},
      reason = ${next.reason}, changed_at = ${at}, work_at = case when ${isWork} then now() end, tries = 0
    where org_id = ${bill.org} and id = ${bill.id}`)
}

/** Lets the lines of a bill be carried out, or no longer. */
export const releaseLines = (tx: Tx, bill: Bill, at: Instant | null): Promise<number> =>
  tx.run(
    sql`update payment.line set released_at = ${at} where org_id = ${bill.org} and bill_id = ${bill.id} and fulfilled_at is null`,
  )

export const saveFulfilled = (tx: Tx, bill: Bill, line: number, by: AccountId | null, at: Instant): Promise<number> =>
  tx.run(sql`update payment.line set fulfilled_at = ${at}, fulfilled_by = ${by} where org_id = ${bill.org} and bill_id = ${bill.id} and no = ${line}
    and released_at is not null and fulfilled_at is null`)

/** Keeps where the person taps to pay; an empty round of work otherwise leaves nothing. */
export const savePayLink = (db: Queryable, bill: Pick<Bill, 'org' | 'id' | 'round'>, link: string): Promise<number> =>
  db.run(
    sql`update payment.bill set pay_link = ${link} where org_id = ${bill.org} and id = ${bill.id} and round = ${bill.round} and state = 'collecting'`,
  )

export type Released = {
  readonly bill: BillId
  readonly person: PersonId
  readonly line: number
  readonly kind: LineKind
  readonly code: string
  readonly zh: string
  readonly count: number
  readonly releasedAt: Instant
}

const RELEASED_MOST = 500

/** What an institution may carry out now: paid, not yet done. */
export const listReleased = (tx: Queryable, org: OrgId, kind: LineKind | null): Promise<Released[]> =>
  tx.rows<Released>(sql`select bill_id as bill, person_id as person, no as line, kind, code, zh, count, released_at as "releasedAt" from payment.line
    where org_id = ${org} and released_at is not null and fulfilled_at is null and (${kind}::text is null or kind = ${kind}) order by released_at limit ${RELEASED_MOST}`)

export type UsualLine = Pick<Line, 'kind' | 'code' | 'zh' | 'class' | 'priceFen'>

const USUAL_MOST = 30

/** What an institution charges most often since a moment, each with its newest price. */
export const listUsualLines = (tx: Queryable, org: OrgId, since: Instant): Promise<UsualLine[]> =>
  tx.rows<UsualLine>(sql`select l.kind, l.code, (array_agg(l.zh order by b.opened_at desc))[1] as zh, (array_agg(l.class order by b.opened_at desc))[1] as class,
      (array_agg(l.price_fen order by b.opened_at desc))[1]::float8 as "priceFen"
    from payment.bill b join payment.line l on l.org_id = b.org_id and l.bill_id = b.id
    where b.org_id = ${org} and b.opened_at >= ${since} group by l.kind, l.code order by count(*) desc, l.kind, l.code limit ${USUAL_MOST}`)

/** Bills that the house takes up now, each for so long: whoever is killed lets go of them by itself. True time. */
export const claimWork = (db: Queryable, count: number, leaseMs: number): Promise<Bill[]> =>
  db.rows<Bill>(sql`update payment.bill set work_at = now() + ${leaseMs} * interval '1 millisecond', tries = tries + 1
    where (org_id, id) in (select org_id, id from payment.bill where work_at <= now() order by work_at limit ${count} for update skip locked)
    returning ${billColumns}`)

/** Takes a bill up again after a while, if it is still where it was. */
export const putOff = (db: Queryable, bill: Bill, waitMs: number): Promise<number> =>
  db.run(sql`update payment.bill set work_at = now() + ${waitMs} * interval '1 millisecond'
    where org_id = ${bill.org} and id = ${bill.id} and state = ${bill.state} and round = ${bill.round} and work_at is not null`)

/** Takes a bill up at once that waits for its next look. */
export const hurry = (db: Queryable, org: OrgId, id: BillId): Promise<number> =>
  db.run(sql`update payment.bill set work_at = now() where org_id = ${org} and id = ${id} and work_at is not null`)

/** How many bills the house is at work on, and how many of them for long. */
export const countWork = async (db: Queryable): Promise<{ working: number }> =>
  (await db.row<{ working: number }>(sql`select count(*)::int as working from payment.bill where work_at is not null`)) ?? {
    working: 0,
  }

export type DayOf = { readonly org: OrgId; readonly day: Day }
