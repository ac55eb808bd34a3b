import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { areaFile, type AreaBook } from './rules/area-schema.ts'
import { packClaim, packSettled, unpackClaim, unpackSettled } from './rules/packed.ts'
import type { SettledClaim } from './rules/settle-claim.ts'
import type { Posting } from './rules/shares.ts'
import type { BillId, KeptBill, Revision, RevisionKind } from './settlement.ts'
import { saveEntries, type NewEntry } from './year-store.ts'

/** A revision that is to be kept, with its transfer and what it adds to the year; `bill` whole when it is the first. */
export type NewRevision = {
  readonly bill: KeptBill
  readonly isFirst: boolean
  readonly revision: Revision
  readonly postings: readonly Posting[]
  readonly entry: NewEntry | null
}

/** Keeps the rows that bills are settled by, once each. */
export const saveBook = (tx: Tx, hash: string, book: AreaBook, at: Instant): Promise<number> =>
  tx.run(sql`insert into settlement.book (hash, area, insured, body, kept_at) values (${hash}, ${book.area}, ${book.insured}, ${JSON.stringify(book)}, ${at})
    on conflict (hash) do nothing`)

/** A book as it was kept; the same object for the same hash, so that it is read and compiled once. */
const books = new Map<string, AreaBook>()
export const keptBook = async (db: Queryable, hash: string): Promise<AreaBook | null> => {
  const known = books.get(hash)
  if (known !== undefined) return known
  const row = await db.row<{ body: string }>(sql`select body from settlement.book where hash = ${hash}`)
  if (row === null) return null
  const book = areaFile.parse(JSON.parse(row.body))
  books.set(hash, book)
  return book
}

// An array in an array is sent as PostgreSQL's own text of it: a two-dimensional one would have to be of one length.
const textArray = (texts: readonly string[]): string =>
  `{${texts.map((text) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`

const saveBills = (tx: Tx, bills: readonly KeptBill[]): Promise<number> =>
  tx.run(sql`insert into settlement.bill (org_id, id, person_id, bill_no, round, area, insured, care, level, day, seq, claim, goes_on_from, settled_by, settled_at)
    select org_id, id, person_id, bill_no, round, area, insured, care, level, day, seq, claim, goes_on_from::uuid[], settled_by, settled_at
    from unnest(${bills.map(({ org }) => org)}::bigint[], ${bills.map(({ id }) => id)}::uuid[], ${bills.map(({ person }) => person)}::bigint[],
      ${bills.map(({ billNo }) => billNo)}::text[], ${bills.map(({ round }) => round)}::int[], ${bills.map(({ area }) => area)}::text[],
      ${bills.map(({ insured }) => insured)}::text[], ${bills.map(({ care }) => care)}::text[], ${bills.map(({ level }) => level)}::text[],
      ${bills.map(({ day }) => day)}::date[], ${bills.map(({ seq }) => seq)}::int[], ${bills.map(({ claim }) => packClaim(claim))}::json[],
      ${bills.map(({ goesOnFrom }) => textArray(goesOnFrom))}::text[], ${bills.map(({ by }) => by)}::uuid[], ${bills.map(({ at }) => at)}::timestamptz[])
      as b (org_id, id, person_id, bill_no, round, area, insured, care, level, day, seq, claim, goes_on_from, settled_by, settled_at)`)

const sum = (fen: readonly number[]): number => fen.reduce((whole, one) => whole + one, 0)
const fundFen = ({ funds }: Pick<Revision, 'funds'>): number => sum(Object.values(funds))
const relativesFen = ({ relatives }: Pick<Revision, 'relatives'>): number => sum(relatives.map(({ amountFen }) => amountFen))

const saveOutcomes = (tx: Tx, made: readonly NewRevision[]): Promise<number> => {
  const of = <T>(value: (one: Revision) => T): T[] => made.map(({ revision }) => value(revision))
  return tx.run(sql`insert into settlement.revision (org_id, bill_id, no, person_id, kind, book_hash, before, result, total_fen, hospital_fen, funds, fund_fen, account_fen,
      relatives_fen, cash_fen, mirrors, reason, because_org, because_bill, made_by, booked_on, made_at)
    select * from unnest(${made.map(({ bill }) => bill.org)}::bigint[], ${made.map(({ bill }) => bill.id)}::uuid[], ${of(({ no }) => no)}::int[],
      ${made.map(({ bill }) => bill.person)}::bigint[], ${of(({ kind }) => kind)}::text[], ${of(({ bookHash }) => bookHash)}::text[],
      ${of(({ before }) => JSON.stringify(before))}::json[], ${of(({ result }) => result && packSettled(result))}::json[],
      ${of(({ totalFen }) => totalFen)}::bigint[], ${of(({ hospitalFen }) => hospitalFen)}::bigint[], ${of(({ funds }) => JSON.stringify(funds))}::jsonb[],
      ${of(fundFen)}::bigint[], ${of(({ accountFen }) => accountFen)}::bigint[], ${of(relativesFen)}::bigint[], ${of(({ cashFen }) => cashFen)}::bigint[],
      ${of(({ mirrors }) => mirrors)}::int[], ${of(({ reason }) => reason)}::text[], ${of(({ because }) => because?.org ?? null)}::bigint[],
      ${of(({ because }) => because?.bill ?? null)}::uuid[], ${of(({ by }) => by)}::uuid[], ${of(({ on }) => on)}::date[], ${of(({ at }) => at)}::timestamptz[])`)
}

const saveTransfers = (tx: Tx, made: readonly NewRevision[]): Promise<number> =>
  tx.run(sql`insert into settlement.transfer (org_id, bill_id, revision, person_id, accounts, fen, booked_on)
    select org_id, bill_id, revision, person_id, accounts::text[], fen::bigint[], booked_on
    from unnest(${made.map(({ bill }) => bill.org)}::bigint[], ${made.map(({ bill }) => bill.id)}::uuid[], ${made.map(({ revision }) => revision.no)}::int[],
      ${made.map(({ bill }) => bill.person)}::bigint[], ${made.map(({ postings }) => textArray(postings.map(([account]) => account)))}::text[],
      ${made.map(({ postings }) => `{${postings.map(([, fen]) => fen).join(',')}}`)}::text[], ${made.map(({ revision }) => revision.on)}::date[])
      as t (org_id, bill_id, revision, person_id, accounts, fen, booked_on)`)

/** Keeps revisions with all that belongs to them: one bill of a form, or the many of a day's run. */
export const saveRevisions = async (tx: Tx, made: readonly NewRevision[]): Promise<void> => {
  const first = made.filter(({ isFirst }) => isFirst).map(({ bill }) => bill)
  const moved = made.filter(({ postings }) => postings.length > 0)
  const entries = made.flatMap(({ entry }) => (entry === null ? [] : [entry]))
  // They travel together and are carried out in their order.
  await Promise.all([
    first.length > 0 && saveBills(tx, first),
    made.length > 0 && saveOutcomes(tx, made),
    moved.length > 0 && saveTransfers(tx, moved),
    entries.length > 0 && saveEntries(tx, entries),
  ])
}

const billColumns = sql`b.org_id as org, b.id, b.person_id as person, b.bill_no as "billNo", b.round, b.area, b.insured, b.care, b.level, b.day, b.seq, b.claim,
  b.goes_on_from as "goesOnFrom", b.settled_by as by, b.settled_at as at`
const revisionColumns = sql`r.no, r.kind, r.book_hash as "bookHash", r.before, r.result, r.total_fen::float8 as "totalFen", r.hospital_fen::float8 as "hospitalFen", r.funds,
  r.account_fen::float8 as "accountFen", r.cash_fen::float8 as "cashFen", r.mirrors, r.reason, r.because_org as "becauseOrg", r.because_bill as "becauseBill",
  r.made_by as by, r.booked_on as on, r.made_at as at`

type RevisionRow = Omit<Revision, 'result' | 'because' | 'relatives'> & {
  readonly result: Parameters<typeof unpackSettled>[0] | null
  readonly becauseOrg: OrgId | null
  readonly becauseBill: BillId | null
}

const revisionOf = ({ result, becauseOrg, becauseBill, ...row }: RevisionRow): Revision => ({
  ...row,
  result: result && unpackSettled(result),
  relatives: (result?.relatives ?? []).filter(({ amountFen }) => amountFen > 0),
  because: becauseOrg === null || becauseBill === null ? null : { org: becauseOrg, bill: becauseBill },
})
const billOf = (row: KeptBill): KeptBill => ({ ...row, claim: unpackClaim(row.claim) })

export type FoundBill = { readonly bill: KeptBill; readonly revisions: readonly [Revision, ...Revision[]] }

/** A settled bill with all its revisions, the newest first; null when the act sees none. */
export const findSettled = async (db: Queryable, org: OrgId, id: BillId): Promise<FoundBill | null> => {
  const [bill, rows] = await Promise.all([
    db.row<KeptBill>(sql`select ${billColumns} from settlement.bill b where b.org_id = ${org} and b.id = ${id}`),
    db.rows<RevisionRow>(sql`select ${revisionColumns} from settlement.revision r where r.org_id = ${org} and r.bill_id = ${id} order by r.no desc`),
  ]) // prettier-ignore
  const [newest, ...older] = rows.map(revisionOf)
  return bill && newest !== undefined ? { bill: billOf(bill), revisions: [newest, ...older] } : null
}

/** What a bill costs the fund as it stands, and whose it is; null when there is none. Nothing once it is reversed or has to be settled again. */
export const standingBill = (
  db: Queryable,
  org: OrgId,
  id: string,
): Promise<{ readonly org: OrgId; readonly person: PersonId; readonly day: Day; readonly fundFen: number } | null> =>
  db.row(sql`select b.org_id as org, b.person_id as person, b.day, (case when r.kind in ('settled', 'adjusted') then r.fund_fen else 0 end)::float8 as "fundFen"
    from settlement.bill b join settlement.revision r on r.org_id = b.org_id and r.bill_id = b.id
    where b.org_id = ${org} and b.id = ${id} order by r.no desc limit 1`)

/** A bill that stands, as its institution is paid for it; null once it is reversed or has to be settled again, and where the act sees none. */
export const payableBill = (
  db: Queryable,
  org: OrgId,
  id: string,
): Promise<
  (Pick<KeptBill, 'id' | 'person' | 'billNo' | 'care' | 'day'> & { readonly totalFen: number; readonly basicFen: number }) | null
> =>
  db.row(sql`select * from (select b.id, b.person_id as person, b.bill_no as "billNo", b.care, b.day, r.kind, r.total_fen::float8 as "totalFen",
      coalesce((r.funds->>'basic')::float8, 0) as "basicFen"
    from settlement.bill b join settlement.revision r on r.org_id = b.org_id and r.bill_id = b.id
    where b.org_id = ${org} and b.id = ${id} order by r.no desc limit 1) as newest where kind in ('settled', 'adjusted')`)

/** How often a number of an institution was settled, and how the last one stands. */
export const standingOfNumber = async (
  db: Queryable,
  org: OrgId,
  billNo: string,
): Promise<{ readonly round: number; readonly kind: RevisionKind } | null> =>
  db.row(sql`select b.round, r.kind from settlement.bill b join settlement.revision r on r.org_id = b.org_id and r.bill_id = b.id
    where b.org_id = ${org} and b.bill_no = ${billNo} order by b.round desc, r.no desc limit 1`)

/** The bills of a person's year that were settled after another, each with its newest revision, in their order. */
export const settledAfter = async (
  db: Queryable,
  of: { readonly persons: readonly PersonId[]; readonly area: string; readonly insured: string; readonly year: number; readonly seq: number },
): Promise<{ readonly bill: KeptBill; readonly newest: Revision }[]> => {
  const keys = await db.rows<{ org: OrgId; id: BillId }>(sql`select org_id as org, id from settlement.bill b
    where b.person_id = any(${of.persons}::bigint[]) and b.area = ${of.area} and b.insured = ${of.insured} and extract(year from b.day) = ${of.year} and b.seq > ${of.seq} order by b.seq`) // prettier-ignore
  const found = await Promise.all(keys.map(({ org, id }) => findSettled(db, org, id)))
  return found.flatMap((one) => (one === null ? [] : [{ bill: one.bill, newest: one.revisions[0] }]))
} // prettier-ignore

/** A bill in a word: where, when, under which number. */
export type BriefBill = Pick<KeptBill, 'org' | 'id' | 'billNo' | 'day' | 'level'>

/** Some bills in a word, in the order of their days; those that the act sees. */
export const briefBills = (db: Queryable, bills: readonly BillId[]): Promise<BriefBill[]> =>
  db.rows<BriefBill>(
    sql`select org_id as org, id, bill_no as "billNo", day, level from settlement.bill where id = any(${bills}::uuid[]) order by day, seq`,
  )

export type Dependent = Pick<KeptBill, 'org' | 'id' | 'person' | 'area' | 'insured' | 'seq' | 'goesOnFrom'> & {
  readonly year: number
}

/** The bills of a person, of whatever year, that go on from one of some stays. */
export const dependentsOf = (db: Queryable, persons: readonly PersonId[], bills: readonly BillId[]): Promise<Dependent[]> =>
  db.rows<Dependent>(sql`select org_id as org, id, person_id as person, area, insured, seq, goes_on_from as "goesOnFrom", extract(year from day)::int as year
    from settlement.bill where person_id = any(${persons}::bigint[]) and goes_on_from && ${bills}::uuid[] order by day, seq`)

export type ListedBill = Omit<KeptBill, 'claim' | 'goesOnFrom' | 'seq'> & {
  readonly kind: RevisionKind
  readonly totalFen: number
  readonly hospitalFen: number
  readonly funds: Readonly<Record<string, number>>
  readonly accountFen: number
  readonly relatives: readonly { readonly owner: string; readonly amountFen: number }[]
  readonly cashFen: number
  readonly reason: string | null
  /** The outcome with its steps, where it was asked for. */
  readonly result: SettledClaim | null
}

/** Which bills are listed: null or nothing of a kind lists all of it. */
export type ListedOf = {
  readonly persons: readonly PersonId[] | null
  readonly org: OrgId | null
  readonly since: Instant | null
  readonly until: Instant | null
  readonly area?: string | undefined
  readonly care?: string | undefined
  readonly state?: RevisionKind | undefined
  readonly withSteps?: boolean
}

/** Where a page of a list ended: the newest that the next one leaves out. */
export type Place = { readonly at: Instant; readonly id: string }

/** Settled bills, the newest first, each as its newest revision has it: a person's, or those of a day at one institution or at all. */
export const listSettled = async (
  db: Queryable,
  of: ListedOf,
  page: { readonly after: Place | null; readonly limit: number },
): Promise<ListedBill[]> =>
  (await db.rows<Omit<ListedBill, 'result'> & Pick<RevisionRow, 'result'>>(sql`select b.org_id as org, b.id, b.person_id as person, b.bill_no as "billNo", b.round, b.area, b.insured, b.care, b.level, b.day, b.settled_by as by,
      b.settled_at as at, r.kind, r.total_fen::float8 as "totalFen", r.hospital_fen::float8 as "hospitalFen", r.funds, r.account_fen::float8 as "accountFen",
      coalesce(r.result->'relatives', '[]') as relatives, r.cash_fen::float8 as "cashFen", r.reason, case when ${of.withSteps ?? false} then r.result end as result
    from settlement.bill b cross join lateral (select * from settlement.revision r where r.org_id = b.org_id and r.bill_id = b.id order by r.no desc limit 1) r
    where (${of.persons}::bigint[] is null or b.person_id = any(${of.persons}::bigint[])) and (${of.org}::bigint is null or b.org_id = ${of.org})
      and (${of.since}::timestamptz is null or b.settled_at >= ${of.since}) and (${of.until}::timestamptz is null or b.settled_at < ${of.until})
      and (${page.after?.id ?? null}::uuid is null or (b.settled_at, b.id) < (${page.after?.at ?? null}::timestamptz, ${page.after?.id ?? null}::uuid))
      and (${of.area ?? null}::text is null or b.area = ${of.area ?? null}) and (${of.care ?? null}::text is null or b.care = ${of.care ?? null})
      and (${of.state ?? null}::text is null or r.kind = ${of.state ?? null})
    order by b.settled_at desc, b.id desc limit ${page.limit}`)).map((row) => ({ ...row, result: row.result && unpackSettled(row.result) })) // prettier-ignore

export type DaySum = { readonly org: OrgId; readonly account: string; readonly fen: number }
const SUMS_MOST = 5_000

/** What each fund, each institution and persons together moved from a day through another; of one institution or of all. */
export const sumsOfDays = (db: Queryable, org: OrgId | null, from: Day, through: Day): Promise<DaySum[]> =>
  db.rows<DaySum>(sql`select org_id as org, case when account ~ '^(person|account|relative):' then split_part(account, ':', 1) else account end as account, sum(moved)::float8 as fen
    from settlement.transfer, unnest(accounts, fen) as side (account, moved) where booked_on between ${from} and ${through} and (${org}::bigint is null or org_id = ${org})
    group by 1, 2 order by 1, 2 limit ${SUMS_MOST}`)

/** How many revisions of each kind an institution booked from a day through another. */
export const kindsOfDays = (
  db: Queryable,
  org: OrgId | null,
  from: Day,
  through: Day,
): Promise<{ kind: RevisionKind; count: number }[]> =>
  db.rows(
    sql`select kind, count(*)::int as count from settlement.revision where booked_on between ${from} and ${through} and (${org}::bigint is null or org_id = ${org}) group by 1 order by 1`,
  )

export type KeptTransfer = {
  readonly revision: number
  readonly accounts: readonly string[]
  readonly fen: readonly number[]
  readonly on: Day
}

/** The transfers of a bill in their order. */
export const transfersOf = (db: Queryable, org: OrgId, id: BillId): Promise<KeptTransfer[]> =>
  db.rows(
    sql`select revision, accounts, fen::float8[] as fen, booked_on as on from settlement.transfer where org_id = ${org} and bill_id = ${id} order by revision`,
  )
