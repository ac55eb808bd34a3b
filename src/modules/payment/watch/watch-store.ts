import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Name } from '../../../kernel/words.ts'
import { sql, type Queryable } from '../../../platform/database/pool.ts'
import type { Ticket } from '../ledger-store.ts'
import type { ShownComparedDay } from './contract.ts'

/** A month of days at most. */
const DAYS_MOST = 31

/** The newest days on which books were compared, over all institutions. */
export const comparedDaysOfAll = (db: Queryable): Promise<ShownComparedDay[]> =>
  db.rows(sql`select c.day, count(*)::int as places, count(*) filter (where c.agrees)::int as agreeing, sum(c.rows)::int as rows,
      (select count(*)::int from payment.ticket t where t.day = c.day and t.closed_at is null) as "openTickets"
    from (select day, org_id, bool_and(agrees) as agrees, sum(rows) as rows from payment.comparison
      where day in (select distinct day from payment.comparison order by day desc limit ${DAYS_MOST}) group by day, org_id) c
    group by c.day order by c.day desc`)

export type ComparedPlace = {
  readonly org: OrgId
  readonly agrees: boolean
  readonly rows: number
  readonly openTickets: number
  readonly books: readonly { readonly book: string; readonly agrees: boolean; readonly rows: number }[]
  readonly comparedAt: Instant
}

/** The institutions that were compared on a day by their number, by page. */
export const comparedPlaces = (
  db: Queryable,
  day: Day,
  page: { readonly after: string | null; readonly limit: number },
): Promise<ComparedPlace[]> =>
  db.rows<ComparedPlace>(sql`select c.org_id as org, bool_and(agrees) as agrees, sum(rows)::int as rows,
      json_agg(json_build_object('book', book, 'agrees', agrees, 'rows', rows) order by book) as books, max(compared_at) as "comparedAt",
      (select count(*)::int from payment.ticket t where t.org_id = c.org_id and t.day = ${day} and t.closed_at is null) as "openTickets"
    from payment.comparison c where day = ${day} and (${page.after}::bigint is null or c.org_id > ${page.after}::bigint)
    group by c.org_id order by c.org_id limit ${page.limit}`)

export type WatchedTicket = Ticket & { readonly closedBy: Name | null; readonly closedRole: string | null }

/** Tickets of every institution, open or closed, by page: of the open ones the oldest first, of the closed the newest. */
export const listAllTickets = (
  db: Queryable,
  { state, after, limit }: { readonly state: 'open' | 'closed'; readonly after: string | null; readonly limit: number },
): Promise<WatchedTicket[]> => {
  const columns = sql`org_id as org, id, kind, day, book, about, ours_fen::float8 as "oursFen", theirs_fen::float8 as "theirsFen", opened_at as "openedAt",
    closed_at as "closedAt", closed_name as "closedBy", closed_role as "closedRole", outcome`
  return state === 'open'
    ? db.rows<WatchedTicket>(sql`select ${columns} from payment.ticket where closed_at is null
        and (${after}::uuid is null or (opened_at, id) > (select opened_at, id from payment.ticket where id = ${after}::uuid limit 1))
        order by opened_at, id limit ${limit}`)
    : db.rows<WatchedTicket>(sql`select ${columns} from payment.ticket where closed_at is not null
        and (${after}::uuid is null or (closed_at, id) < (select closed_at, id from payment.ticket where id = ${after}::uuid limit 1))
        order by closed_at desc, id desc limit ${limit}`)
}
