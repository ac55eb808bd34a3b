import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable } from '../../../platform/database/pool.ts'
import type { Pool } from '../booking.ts'
import { poolColumns } from '../store.ts'

export type PublicBy = {
  readonly specialty: string | null
  readonly org: OrgId | null
  readonly doctor: string | null
  readonly from: Instant
  readonly until: Instant
  readonly now: Instant
  readonly limit: number
}

/** Slots of visits that a direct booking can draw from, earliest first. Patterns in a doctor's name are taken literally. */
export const findPublicPools = (db: Queryable, by: PublicBy): Promise<Pool[]> =>
  db.rows<Pool>(sql`select ${poolColumns} from booking.pool p
    where p.starts_at >= ${by.from} and p.starts_at < ${by.until} and p.starts_at > ${by.now} and p.unit_kind = 'visit' and p.stopped_at is null
      and (${by.specialty}::text is null or p.specialty = ${by.specialty}) and (${by.org}::bigint is null or p.org_id = ${by.org})
      and (${by.doctor}::text is null or position(lower(${by.doctor}) in lower(coalesce(p.doctor_zh, '') || ' ' || coalesce(p.doctor_en, ''))) > 0)
      and (p.used_open < p.capacity - p.reserved - p.emergency or (p.release_at <= ${by.now} and p.used_reserved + p.allotted < p.reserved))
    order by p.starts_at, p.org_id, p.id limit ${by.limit}`)

/** Services and places with slots in a span of time. */
export const findOffered = (db: Queryable, from: Instant, until: Instant): Promise<{ org: OrgId; specialty: string }[]> =>
  db.rows(sql`select distinct p.org_id as org, p.specialty from booking.pool p
    where p.starts_at > ${from} and p.starts_at < ${until} and p.unit_kind = 'visit' and p.stopped_at is null`)
