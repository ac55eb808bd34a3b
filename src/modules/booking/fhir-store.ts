import type { Instant } from '../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { empty, sql, type Queryable } from '../../platform/database/pool.ts'
import type { Booking, Pool } from './booking.ts'
import { bookingColumns, poolColumns } from './store.ts'

/** Where a list goes on: behind a moment and the id of what stood there. */
export type TimePage = { readonly limit: number; readonly after: { readonly at: Instant; readonly id: string } | null }

/** Pools of visits and exams in the order of their times; a stopped one among them. */
export const poolsByTime = (
  db: Queryable,
  by: { readonly org: string | null; readonly specialty: string | null; readonly from: Instant; readonly until: Instant | null },
  { limit, after }: TimePage,
): Promise<Pool[]> =>
  db.rows<Pool>(sql`select ${poolColumns} from booking.pool p
    where p.unit_kind in ('visit', 'exam') and p.starts_at >= ${by.from}
      ${by.until === null ? empty : sql`and p.starts_at < ${by.until}`}
      ${by.org === null ? empty : sql`and p.org_id = ${by.org}`}
      ${by.specialty === null ? empty : sql`and p.specialty = ${by.specialty}`}
      ${after === null ? empty : sql`and (p.starts_at, p.id) > (${after.at}::timestamptz, ${after.id}::uuid)`}
    order by p.starts_at, p.id limit ${limit}`)

/** A booking with the pool that it is of, and when it was made and last changed. */
export type BookingOfPool = {
  readonly booking: Booking
  readonly pool: Pool
  readonly madeAt: Instant
  readonly changedAt: Instant
}
type BookingRow = Booking & { readonly madeAt: Instant; readonly changedAt: Instant }

const withPools = async (db: Queryable, rows: readonly BookingRow[]): Promise<BookingOfPool[]> => {
  const pools = await db.rows<Pool>(sql`select ${poolColumns} from booking.pool p
    join unnest(${rows.map(({ org }) => org)}::bigint[], ${rows.map(({ pool }) => pool)}::uuid[]) as wanted (org, id) on p.org_id = wanted.org and p.id = wanted.id`)
  const byId = new Map(pools.map((pool) => [pool.id, pool]))
  return rows.flatMap(({ madeAt, changedAt, ...booking }) => {
    const pool = byId.get(booking.pool)
    return pool ? [{ booking, pool, madeAt, changedAt }] : []
  })
}

/** One booking by its whole key, as far as the act sees it. */
export const bookingWithPool = async (db: Queryable, org: string, id: string): Promise<BookingOfPool | null> => {
  const rows =
    await db.rows<BookingRow>(sql`select ${bookingColumns}, b.made_at as "madeAt", b.changed_at as "changedAt" from booking.booking b
    where b.org_id = ${org} and b.id = ${id}`)
  return (await withPools(db, rows))[0] ?? null
}

/** Bookings of an institution or of persons, in the order in which they were made. */
export const bookingsByTime = async (
  db: Queryable,
  by: { readonly org: OrgId | null; readonly persons: readonly PersonId[] | null },
  { limit, after }: TimePage,
): Promise<BookingOfPool[]> =>
  withPools(
    db,
    await db.rows<BookingRow>(sql`select ${bookingColumns}, b.made_at as "madeAt", b.changed_at as "changedAt" from booking.booking b
      where ${by.org === null ? sql`true` : sql`b.org_id = ${by.org}`} and ${by.persons === null ? sql`true` : sql`b.person_id = any(${by.persons}::bigint[])`}
        ${after === null ? empty : sql`and (b.made_at, b.id) > (${after.at}::timestamptz, ${after.id}::uuid)`}
      order by b.made_at, b.id limit ${limit}`),
  )
