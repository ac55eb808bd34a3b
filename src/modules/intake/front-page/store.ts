import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { FrontPage } from './read.ts'

/** A stay that is loaded: the hash of its page, the visit of messages that it is, and when it began by that page; whether the page came before the messages. */
export type KnownStay = {
  readonly hash: string
  readonly visit: string | null
  readonly admittedAt: Instant
  readonly cameFirst: boolean
}

/** The stays that are loaded, by `recordNo stayNo`. */
export const staysOf = async (db: Queryable, org: OrgId, pages: readonly FrontPage[]): Promise<Map<string, KnownStay>> => {
  const rows = await db.rows<
    KnownStay & { key: string }
  >(sql`select f.record_no || ' ' || f.stay_no as key, encode(f.hash, 'hex') as hash, f.visit, f.admitted_at as "admittedAt", f.came_first as "cameFirst"
    from unnest(${pages.map(({ recordNo }) => recordNo)}::text[], ${pages.map(({ stayNo }) => stayNo)}::int[]) as g(record_no, stay_no)
    join intake.front_page f on f.org_id = ${org} and f.record_no = g.record_no and f.stay_no = g.stay_no`)
  return new Map(rows.map(({ key, ...stay }) => [key, stay]))
}

export type NewStay = {
  readonly page: FrontPage
  readonly person: PersonId
  readonly hash: Buffer
  readonly visit: string | null
}

export const savePage = (tx: Tx, org: OrgId, { page, person, hash, visit }: NewStay, at: Instant): Promise<number> =>
  tx.run(sql`insert into intake.front_page (org_id, record_no, stay_no, person_id, hash, visit, admitted_at, discharged_at, home_division, home_postcode, payment, way_in, way_out,
      main_code, main_name, total_fen, own_fen, fees, loaded_at)
    values (${org}, ${page.recordNo}, ${page.stayNo}, ${person}, ${hash}, ${visit}, ${page.admittedAt}, ${page.dischargedAt}, ${page.division}, ${page.postcode}, ${page.payment},
      ${page.wayIn}, ${page.wayOut}, ${page.main.code}, ${page.main.name}, ${page.totalFen}, ${page.ownFen}, ${JSON.stringify(page.fees)}::jsonb, ${at})
    on conflict (org_id, record_no, stay_no) do update set person_id = excluded.person_id, hash = excluded.hash, visit = excluded.visit, admitted_at = excluded.admitted_at,
      discharged_at = excluded.discharged_at, home_division = excluded.home_division, home_postcode = excluded.home_postcode, payment = excluded.payment,
      way_in = excluded.way_in, way_out = excluded.way_out, main_code = excluded.main_code, main_name = excluded.main_name, total_fen = excluded.total_fen,
      own_fen = excluded.own_fen, fees = excluded.fees, loaded_at = excluded.loaded_at`)

/** A page by its numbers, and when its stay began. */
export type LonePage = { readonly recordNo: string; readonly stayNo: number; readonly admittedAt: Instant }
const lone = sql`record_no as "recordNo", stay_no as "stayNo", admitted_at as "admittedAt"`

/** Pages of a person that began within a span and that no message has named the visit of; locked, so that two visits do not take one. */
export const lockLonePages = (
  tx: Tx,
  org: OrgId,
  person: PersonId,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Promise<LonePage[]> =>
  tx.rows(sql`select ${lone} from intake.front_page where org_id = ${org} and person_id = ${person} and visit is null
    and admitted_at >= ${from} and admitted_at < ${until} order by record_no, stay_no for update`)

/** The page of a person's visit, and whether it came before the messages. */
export const pageOfVisit = (
  db: Queryable,
  org: OrgId,
  visit: string,
  person: PersonId,
): Promise<(LonePage & { readonly cameFirst: boolean }) | null> =>
  db.row(
    sql`select ${lone}, came_first as "cameFirst" from intake.front_page where org_id = ${org} and visit = ${visit} and person_id = ${person} limit 1`,
  )

/** Whether another message of a visit is in the record already. */
export const hasMessageOfVisit = async (db: Queryable, org: OrgId, visit: string, except: string): Promise<boolean> =>
  (await db.row(
    sql`select 1 from intake.message where org_id = ${org} and visit = ${visit} and state = 'taken' and id <> ${except} limit 1`,
  )) !== null

/** The visit of messages that a page is, which came before them. */
export const saveVisitOfPage = (
  tx: Tx,
  {
    org,
    recordNo,
    stayNo,
    visit,
  }: { readonly org: OrgId; readonly recordNo: string; readonly stayNo: number; readonly visit: string },
): Promise<number> =>
  tx.run(
    sql`update intake.front_page set visit = ${visit}, came_first = true where org_id = ${org} and record_no = ${recordNo} and stay_no = ${stayNo}`,
  )
