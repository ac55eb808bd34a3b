import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { BookingId, Channel, Pool, PoolId, Share } from '../booking.ts'
import { poolColumns } from '../store.ts'
import { mayTake, type Limits } from './store.ts'
import type { Place, WaitedKind } from './waiting.ts'

/** A booking that its institution ended by stopping the clinic. */
export type Stopped = {
  readonly org: OrgId
  readonly id: BookingId
  readonly person: PersonId
  readonly caseId: string | null
  readonly madeByOrg: OrgId | null
  readonly share: Share
  readonly channel: Channel | null
  readonly madeAt: Instant
}

// What an institution had cancelled before it stopped the clinic `p` was told then.
const endedByStop = sql`b.state = 'cancelled' and b.ended_by = 'institution' and b.changed_at >= p.stopped_at`

/** Bookings of a stopped pool whose persons have not been told yet, who booked first first. */
export const stoppedBookings = (db: Queryable, org: OrgId, pool: PoolId, limit: number): Promise<Stopped[]> =>
  db.rows<Stopped>(sql`select b.org_id as org, b.id, b.person_id as person, b.case_id as "caseId", b.made_by_org as "madeByOrg", b.share, b.channel,
      b.made_at as "madeAt" from booking.pool p join booking.booking b on b.org_id = p.org_id and b.pool_id = p.id
    where p.org_id = ${org} and p.id = ${pool} and ${endedByStop}
      and not exists (select from booking.notice n where n.person_id = b.person_id and n.subject = b.id and n.kind = 'clinic-stopped')
    order by b.made_at, b.id limit ${limit}`)

export type Asked = {
  readonly lost: Pool
  readonly unitKind: WaitedKind
  readonly orgs: readonly OrgId[]
  readonly now: Instant
  readonly until: Instant
  readonly limit: number
}

/** Pools that may make up for a stopped one: of the same doctor, then the same institution, then the others; the nearest in time first. */
export const remedies = (
  db: Queryable,
  { lost, unitKind, orgs, now, until, limit }: Asked,
): Promise<{ org: OrgId; id: PoolId }[]> =>
  db.rows(sql`select p.org_id as org, p.id from booking.pool p
    where p.org_id = any(${orgs}::bigint[]) and p.specialty = ${lost.specialty} and p.unit_kind = ${unitKind} and p.starts_at > ${now}
      and p.starts_at < ${until} and p.stopped_at is null and p.used_reserved + p.allotted + p.used_emergency + p.used_open < p.capacity
    order by (p.org_id = ${lost.org} and p.doctor_zh is not distinct from ${lost.doctorZh}) desc, (p.org_id = ${lost.org}) desc,
      abs(extract(epoch from p.starts_at - ${lost.startsAt}::timestamptz)), p.id limit ${limit}`)

/** Locks pools in one order, so that no two acts wait for each other. */
export const lockPools = (tx: Tx, keys: readonly { org: OrgId; id: PoolId }[]): Promise<Pool[]> =>
  tx.rows<Pool>(sql`select ${poolColumns} from booking.pool p
    join unnest(${keys.map(({ org }) => org)}::bigint[], ${keys.map(({ id }) => id)}::uuid[]) as wanted (org, id) on p.org_id = wanted.org and p.id = wanted.id
    order by p.org_id, p.id for update of p`)

/** When each of several persons is somewhere already, from a moment on. */
export const claimsOf = (
  db: Queryable,
  persons: readonly PersonId[],
  from: Instant,
): Promise<{ person: PersonId; startsAt: Instant }[]> =>
  db.rows(sql`select person_id as person, starts_at as "startsAt" from booking.person_claim
    where person_id = any(${persons}::bigint[]) and starts_at > ${from}`)

/** Days on which a person may not book a service directly, by the limits of a resident; no day: on none. */
export type Closed = { readonly person: PersonId; readonly day: Day | null }

export const closedDays = (
  db: Queryable,
  persons: readonly PersonId[],
  service: string,
  dayMost: number,
  now: Instant,
): Promise<Closed[]> =>
  db.rows<Closed>(sql`select person_id as person, on_day as day from booking.service_claim where person_id = any(${persons}::bigint[]) and service = ${service}
    union all select person_id, on_day from booking.person_day where person_id = any(${persons}::bigint[]) and live >= ${dayMost}::int
    union all select person_id, null from booking.standing where person_id = any(${persons}::bigint[]) and suspended_until > ${now}`)

/** Stopped pools of the days ahead with somebody who has not been told. */
export const stoppedUntold = (db: Queryable, limit: number): Promise<{ org: OrgId; pool: PoolId }[]> =>
  db.rows(sql`select p.org_id as org, p.id as pool from booking.pool p
    where p.stopped_at is not null and p.ends_at > platform.jieli_now() and p.unit_kind <> 'bed-day' and exists (select from booking.booking b
      where b.org_id = p.org_id and b.pool_id = p.id and ${endedByStop}
        and not exists (select from booking.notice n where n.person_id = b.person_id and n.subject = b.id and n.kind = 'clinic-stopped'))
    order by p.starts_at, p.org_id, p.id limit ${limit}`)

/** Somebody whose clinic was stopped before and who could take a unit of a pool. */
export type FirstInLine = Place & { readonly pool: PoolId; readonly person: PersonId }

/** Who of the front of the list waits already for what is free in some pools: they have lost a unit longer ago. */
export const frontOfLines = (db: Queryable, pools: readonly PoolId[], limits: Limits): Promise<FirstInLine[]> =>
  db.rows<FirstInLine>(sql`select p.id as pool, a.person_id as person, a.waiting_id as id, a.rank, a.asked_at as "askedAt"
    from booking.pool p join booking.waiting_at a on a.org_id = p.org_id and a.specialty = p.specialty and a.unit_kind = p.unit_kind and a.class = 'stopped'
    where p.id = any(${pools}::uuid[]) and ${mayTake(limits)}`)
