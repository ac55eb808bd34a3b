import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { FrontPage } from './read.ts'

/** A stay that is loaded: the hash of its page, the visit of messages that it is, and when it began by that page. */
export type KnownStay = { readonly hash: string; readonly visit: string | null; readonly admittedAt: Instant }

/** The stays that are loaded, by `recordNo stayNo`. */
export const staysOf = async (db: Queryable, org: OrgId, pages: readonly FrontPage[]): Promise<Map<string, KnownStay>> => {
  const rows = await db.rows<
    KnownStay & { key: string }
  >(sql`select f.record_no || ' ' || f.stay_no as key, encode(f.hash, 'hex') as hash, f.visit, f.admitted_at as "admittedAt"
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
