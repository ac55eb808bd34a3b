import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { Channel, UnitKind } from '../booking.ts'

/** Somebody looked and found no unit. */
export type Shortage = {
  /** The institution that looked; null when a resident did. */
  readonly org: OrgId | null
  readonly onDay: Day
  readonly specialty: string
  readonly unitKind: UnitKind
  readonly channel: Channel
  readonly wantedOrg: OrgId | null
  /** The account, or the entry of the waiting list that came of it. */
  readonly asker: string
}

/** Counts once for each who looked, service, place and day. */
export const saveShortage = (tx: Tx, one: Shortage, at: Instant): Promise<number> =>
  tx.run(sql`insert into booking.shortage (org_id, on_day, specialty, unit_kind, channel, wanted_org, asker, at)
    values (coalesce(${one.org}::bigint, 0), ${one.onDay}, ${one.specialty}, ${one.unitKind}, ${one.channel}, coalesce(${one.wantedOrg}::bigint, 0),
      ${one.asker}, ${at}) on conflict do nothing`)

/** How often nobody found a unit of a service: by an institution's own people, and for a unit of that institution. */
export type ShortageCount = {
  readonly specialty: string
  readonly unitKind: UnitKind
  readonly times: number
  readonly ofReferrals: number
}

/** Counts of a service since a day, as far as the act may see them: where it was looked for, or anywhere. */
export const countShortage = (db: Queryable, orgs: readonly OrgId[], since: Day): Promise<ShortageCount[]> =>
  db.rows<ShortageCount>(sql`select specialty, unit_kind as "unitKind", count(*)::int as times,
      count(*) filter (where channel = 'referral')::int as "ofReferrals" from booking.shortage
    where on_day >= ${since} and (wanted_org = any(${orgs}::bigint[]) or org_id = any(${orgs}::bigint[]) or wanted_org = 0)
    group by 1, 2 order by 3 desc, 1, 2`)
