import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable } from '../../../platform/database/pool.ts'
import type { FedKind, Feed } from './occupancy.ts'
import { REF_IS_UUID } from './store.ts'

/** A hospital's own number of a clinic or ward, its last word, and what it was said to mean. */
export type NamedRef = {
  readonly kind: FedKind
  readonly ref: string
  readonly at: Instant
  readonly free: number
  readonly used: number
  readonly capacity: number
  readonly plan: string | null
  readonly pool: string | null
  readonly startsAt: Instant | null
}

/** References of a feed that are a hospital's own names: those that mean nothing yet first. A pool's own id needs nobody. */
export const namedRefs = (db: Queryable, { org, id }: Pick<Feed, 'org' | 'id'>, limit: number): Promise<NamedRef[]> =>
  db.rows<NamedRef>(sql`select s.kind, s.ref, s.at, s.free, s.used, s.capacity, r.plan_id as plan, r.pool_id as pool, m.starts_at as "startsAt"
    from booking.feed_state s
    left join booking.feed_ref r on r.org_id = s.org_id and r.feed_id = s.feed_id and r.kind = s.kind and r.ref = s.ref
    left join booking.pool m on m.org_id = r.org_id and m.id = r.pool_id
    where s.org_id = ${org} and s.feed_id = ${id} and (r.feed_id is not null or not exists (select from booking.pool p
      where p.org_id = s.org_id and p.id = case when s.ref ~ ${REF_IS_UUID} then s.ref::uuid end))
    order by r.feed_id is not null, s.kind, s.ref limit ${limit}`)

/** What a reference may be said to mean: a plan of clinics, or a class of beds of a ward. */
export type RefTarget = {
  readonly plan: string
  readonly kind: FedKind
  readonly specialty: string
  readonly doctorZh: string | null
  readonly doctorEn: string | null
  readonly serviceZh: string | null
  readonly serviceEn: string | null
  readonly wardZh: string | null
  readonly wardEn: string | null
  readonly sex: 'male' | 'female' | 'any' | null
  readonly isolation: boolean | null
}

/** Plans and classes of beds of an institution that have something published from now on. */
export const refTargets = (db: Queryable, org: OrgId, now: Instant, limit: number): Promise<RefTarget[]> =>
  db.rows<RefTarget>(sql`select t.plan, case when t.unit_kind = 'bed-day' then 'bed' else 'slot' end as kind, t.specialty, t.doctor_zh as "doctorZh",
      t.doctor_en as "doctorEn", t.service_zh as "serviceZh", t.service_en as "serviceEn", w.zh as "wardZh", w.en as "wardEn", c.sex, c.isolation
    from (select distinct on (p.plan_id) p.plan_id as plan, p.unit_kind, p.specialty, p.doctor_zh, p.doctor_en, p.service_zh, p.service_en
      from booking.pool p where p.org_id = ${org} and p.plan_id is not null and p.ends_at > ${now} order by p.plan_id, p.starts_at) t
    left join booking.bed_class c on c.org_id = ${org} and c.id = t.plan
    left join booking.ward w on w.org_id = c.org_id and w.id = c.ward_id
    order by kind, t.specialty, w.zh, c.sex, t.doctor_zh, t.plan limit ${limit}`)
