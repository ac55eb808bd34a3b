import type { OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type { AreaBook } from './rules/area-schema.ts'
import type { BillId, YearEntry } from './settlement.ts'

export type YearOf = {
  readonly persons: readonly PersonId[]
  readonly area: string
  readonly insured: string
  readonly year: number
}

/** Whoever would settle or reverse a bill of the person waits until the transaction that holds this ends. */
export const lockYear = (tx: Tx, person: PersonId): Promise<unknown> =>
  tx.row(sql`select pg_advisory_xact_lock(hashtextextended('settlement.year', ${person}::bigint)) is null as locked`)

/** What the revisions of a person's year added to it, in the order in which its bills were settled. */
export const entriesOfYear = (db: Queryable, { persons, area, insured, year }: YearOf): Promise<YearEntry[]> =>
  db.rows<YearEntry>(sql`select org_id as org, bill_id as bill, seq, care, level, day, stays, deductible_fen::float8 as "deductibleFen",
      in_scope_fen::float8 as "inScopeFen", total_fen::float8 as "totalFen", limits_used as "limitsUsed", basic_fen::float8 as "basicFen", layers
    from settlement.year_entry where person_id = any(${persons}::bigint[]) and year = ${year} and area = ${area} and insured = ${insured}
    order by seq, bill_id, revision`)

/** A stay that stands, as its year knows it; its number where the act may see the bill itself. */
export type StandingStay = Pick<YearEntry, 'org' | 'bill' | 'level' | 'day' | 'deductibleFen'> & {
  readonly billNo: string | null
}

/** The newest stays of a person in an area that stand, at whatever institution: a referral goes on from that of another. */
export const standingStays = (
  db: Queryable,
  { persons, area, insured }: Omit<YearOf, 'year'>,
  most: number,
): Promise<StandingStay[]> =>
  db.rows<StandingStay>(sql`select e.org_id as org, e.bill_id as bill, min(e.level) as level, min(e.day) as day, sum(e.deductible_fen)::float8 as "deductibleFen",
      min(b.bill_no) as "billNo"
    from settlement.year_entry e left join settlement.bill b on b.org_id = e.org_id and b.id = e.bill_id
    where e.person_id = any(${persons}::bigint[]) and e.area = ${area} and e.insured = ${insured} and e.care = 'inpatient'
    group by e.org_id, e.bill_id having sum(e.stays) > 0 order by min(e.day) desc, e.bill_id limit ${most}`)

/** The years that a person has entries of, each area and insured type for itself, the newest first. */
export const yearsOf = (
  db: Queryable,
  persons: readonly PersonId[],
): Promise<{ year: number; area: string; insured: AreaBook['insured'] }[]> =>
  db.rows(
    sql`select distinct year, area, insured from settlement.year_entry where person_id = any(${persons}::bigint[]) order by year desc, area, insured`,
  )

/** The same for many at once, in one order, so that two batches never wait for each other. */
export const lockYears = (tx: Tx, persons: readonly PersonId[]): Promise<unknown> =>
  tx.row(sql`select count(pg_advisory_xact_lock(hashtextextended('settlement.year', person))) from
    (select person from unnest(${persons}::bigint[]) as person order by person) as sorted`)

/** The entries of many persons, of all their years in an area. */
export const entriesOfPersons = (
  db: Queryable,
  { persons, area, insured }: Omit<YearOf, 'year'>,
): Promise<(YearEntry & { readonly person: PersonId })[]> =>
  db.rows(sql`select person_id as person, org_id as org, bill_id as bill, seq, care, level, day, stays, deductible_fen::float8 as "deductibleFen",
      in_scope_fen::float8 as "inScopeFen", total_fen::float8 as "totalFen", limits_used as "limitsUsed", basic_fen::float8 as "basicFen", layers
    from settlement.year_entry where person_id = any(${persons}::bigint[]) and area = ${area} and insured = ${insured} order by seq, bill_id, revision`)

export type NewEntry = YearEntry & {
  readonly person: PersonId
  readonly revision: number
  readonly area: string
  readonly insured: string
  readonly year: number
}

const column = <K extends keyof NewEntry>(entries: readonly NewEntry[], name: K): NewEntry[K][] => entries.map((one) => one[name])

/** Adds entries of revisions to their years. */
export const saveEntries = (tx: Tx, entries: readonly NewEntry[]): Promise<number> =>
  tx.run(sql`insert into settlement.year_entry (person_id, org_id, bill_id, revision, area, insured, year, seq, care, level, day, stays,
      deductible_fen, in_scope_fen, basic_fen, layers, total_fen, limits_used)
    select * from unnest(${column(entries, 'person')}::bigint[], ${column(entries, 'org') as OrgId[]}::bigint[], ${column(entries, 'bill') as BillId[]}::uuid[],
      ${column(entries, 'revision')}::int[], ${column(entries, 'area')}::text[], ${column(entries, 'insured')}::text[], ${column(entries, 'year')}::int[],
      ${column(entries, 'seq')}::int[], ${column(entries, 'care')}::text[], ${column(entries, 'level')}::text[], ${column(entries, 'day')}::date[],
      ${column(entries, 'stays')}::int[], ${column(entries, 'deductibleFen')}::bigint[], ${column(entries, 'inScopeFen')}::bigint[],
      ${column(entries, 'basicFen')}::bigint[], ${entries.map(({ layers }) => JSON.stringify(layers))}::jsonb[],
      ${column(entries, 'totalFen')}::bigint[], ${entries.map(({ limitsUsed }) => limitsUsed && JSON.stringify(limitsUsed))}::jsonb[])`)

/** What some bills of a person added, of whatever year: the earlier stays of a chain may lie in the year before. */
export const entriesOfBills = (db: Queryable, persons: readonly PersonId[], bills: readonly BillId[]): Promise<YearEntry[]> =>
  db.rows<YearEntry>(sql`select org_id as org, bill_id as bill, seq, care, level, day, stays, deductible_fen::float8 as "deductibleFen",
      in_scope_fen::float8 as "inScopeFen", total_fen::float8 as "totalFen", limits_used as "limitsUsed", basic_fen::float8 as "basicFen", layers
    from settlement.year_entry where person_id = any(${persons}::bigint[]) and bill_id = any(${bills}::uuid[]) order by seq, bill_id, revision`)
