import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { Pool, PoolId } from '../booking.ts'
import { poolColumns } from '../store.ts'
import type { Bed, BedClass, BedClassId, BedId, BedSpan, GroupId, StaySex, Ward, WardId } from './beds.ts'

const wardColumns = sql`w.org_id as org, w.id, w.zh, w.en, w.specialty`
const classColumns = sql`c.org_id as org, c.id, c.ward_id as ward, c.sex, c.isolation`
const bedColumns = sql`b.org_id as org, b.id, b.ward_id as ward, b.class_id as "classId", c.sex, c.isolation, b.room, b.label, b.closed_at as "closedAt",
  b.close_reason as "closeReason", b.cleaning_since as "cleaningSince"`
const bedFrom = sql`booking.bed b join booking.bed_class c on c.org_id = b.org_id and c.id = b.class_id`

export const findWard = (db: Queryable, org: OrgId, id: WardId): Promise<Ward | null> =>
  db.row<Ward>(sql`select ${wardColumns} from booking.ward w where w.org_id = ${org} and w.id = ${id}`)

/** Beds of one ward are changed one act after the other. */
export const lockWard = (tx: Tx, org: OrgId, id: WardId): Promise<Ward | null> =>
  tx.row<Ward>(sql`select ${wardColumns} from booking.ward w where w.org_id = ${org} and w.id = ${id} for update`)

export const wardsOf = (db: Queryable, org: OrgId | null, specialty: string | null): Promise<Ward[]> =>
  db.rows<Ward>(sql`select ${wardColumns} from booking.ward w
    where (${org}::bigint is null or w.org_id = ${org}) and (${specialty}::text is null or w.specialty = ${specialty}) order by w.org_id, w.specialty, w.zh limit 200`)

export const classesOf = (db: Queryable, org: OrgId, wards: readonly WardId[]): Promise<BedClass[]> =>
  db.rows<BedClass>(
    sql`select ${classColumns} from booking.bed_class c where c.org_id = ${org} and c.ward_id = any(${wards}::uuid[]) order by c.ward_id, c.isolation, c.sex`,
  )

export const bedsOf = (db: Queryable, org: OrgId, ward: WardId): Promise<Bed[]> =>
  db.rows<Bed>(
    sql`select ${bedColumns} from ${bedFrom} where b.org_id = ${org} and b.ward_id = ${ward} order by b.room, length(b.label), b.label`,
  )

export const findBed = (db: Queryable, org: OrgId, id: BedId): Promise<Bed | null> =>
  db.row<Bed>(sql`select ${bedColumns} from ${bedFrom} where b.org_id = ${org} and b.id = ${id}`)

/** A bed is given to one stay after the other: whoever names it waits here. */
export const lockBed = (tx: Tx, org: OrgId, id: BedId): Promise<Bed | null> =>
  tx.row<Bed>(sql`select ${bedColumns} from ${bedFrom} where b.org_id = ${org} and b.id = ${id} for update of b`)

/** Spans of named beds that touch the days, by room or bed. */
export const spansOfBeds = (db: Queryable, org: OrgId, beds: readonly BedId[], from: Day, until: Day): Promise<BedSpan[]> =>
  db.rows<BedSpan>(sql`select o.bed_id as bed, o.stay_id as stay, lower(o.during) as from, upper(o.during) as until from booking.bed_span o
    where o.org_id = ${org} and o.bed_id = any(${beds}::uuid[]) and o.during && daterange(${from}, ${until}) order by lower(o.during)`)

export const saveWard = (tx: Tx, { org, id, zh, en, specialty }: Ward): Promise<number> =>
  tx.run(sql`insert into booking.ward (org_id, id, zh, en, specialty) values (${org}, ${id}, ${zh}, ${en}, ${specialty})`)

export const saveClass = (tx: Tx, { org, id, ward, sex, isolation }: BedClass): Promise<number> =>
  tx.run(
    sql`insert into booking.bed_class (org_id, id, ward_id, sex, isolation) values (${org}, ${id}, ${ward}, ${sex}, ${isolation})`,
  )

export const saveBed = (tx: Tx, { org, id, ward, classId, room, label }: Bed): Promise<number> =>
  tx.run(
    sql`insert into booking.bed (org_id, id, ward_id, class_id, room, label) values (${org}, ${id}, ${ward}, ${classId}, ${room}, ${label})`,
  )

export const saveBedClosed = (tx: Tx, { org, id }: Bed, at: Instant | null, reason: string | null): Promise<number> =>
  tx.run(
    sql`update booking.bed set closed_at = ${at}, close_reason = ${reason}, cleaning_since = null where org_id = ${org} and id = ${id}`,
  )

export const saveCleaning = (tx: Tx, org: OrgId, bed: BedId, since: Instant | null): Promise<number> =>
  tx.run(sql`update booking.bed set cleaning_since = ${since} where org_id = ${org} and id = ${bed}`)

/** Pools of bed-days of some classes whose day is not over, locked in the order of their ids as every decision over several is. */
export const lockBedDays = (tx: Tx, org: OrgId, classes: readonly BedClassId[], now: Instant): Promise<Pool[]> =>
  tx.rows<Pool>(sql`select ${poolColumns} from booking.pool p
    where p.org_id = ${org} and p.plan_id = any(${classes}::uuid[]) and p.unit_kind = 'bed-day' and p.ends_at > ${now} order by p.org_id, p.id for update`)

/** Pools of bed-days of some classes in a period, by day. */
export const bedDays = (
  db: Queryable,
  org: OrgId,
  classes: readonly BedClassId[],
  from: Instant,
  until: Instant,
): Promise<Pool[]> =>
  db.rows<Pool>(sql`select ${poolColumns} from booking.pool p where p.org_id = ${org} and p.plan_id = any(${classes}::uuid[]) and p.unit_kind = 'bed-day'
    and p.starts_at >= ${from} and p.starts_at < ${until} order by p.starts_at, p.id`)

export type ToLock = {
  readonly org: OrgId
  readonly units: readonly PoolId[]
  readonly classes: readonly BedClassId[]
  readonly from: Instant
  readonly until: Instant
}

/** All pools of one decision, locked in the order of their ids. */
export const lockPools = (tx: Tx, { org, units, classes, from, until }: ToLock): Promise<Pool[]> =>
  tx.rows<Pool>(sql`select ${poolColumns} from booking.pool p where p.org_id = ${org} and (p.id = any(${units}::uuid[])
      or (p.plan_id = any(${classes}::uuid[]) and p.unit_kind = 'bed-day' and p.starts_at >= ${from} and p.starts_at < ${until}))
    order by p.org_id, p.id for update`)

/** The next pools of the same service as one that is not to be had, earliest first. */
export const poolsLike = (db: Queryable, pool: Pool, from: Instant, limit: number): Promise<Pool[]> =>
  db.rows<Pool>(sql`select ${poolColumns} from booking.pool p where p.org_id = ${pool.org} and p.specialty = ${pool.specialty} and p.unit_kind = ${pool.unitKind}
      and p.service_zh is not distinct from ${pool.serviceZh} and p.starts_at > ${from} and p.stopped_at is null and p.used_reserved + p.used_emergency + p.used_open < p.capacity
    order by abs(extract(epoch from p.starts_at - ${pool.startsAt}::timestamptz)), p.id limit ${limit}`)

export type RoomUse = {
  readonly class: BedClassId
  readonly day: Day
  readonly room: string
  readonly beds: number
  readonly men: number
  readonly women: number
}

/** Open beds of some classes by day and room, and who lies in them by name. */
export const roomUse = (db: Queryable, org: OrgId, classes: readonly BedClassId[], from: Day, until: Day): Promise<RoomUse[]> =>
  db.rows<RoomUse>(
    sql`select class, day, room, beds, men, women from booking.room_use(${org}, ${classes}::uuid[], ${from}, ${until})`,
  )

export type ClassUse = { readonly class: BedClassId; readonly pool: PoolId; readonly men: number; readonly women: number }

/** How many men and women have drawn each pool of bed-days. */
export const classUse = (
  db: Queryable,
  org: OrgId,
  classes: readonly BedClassId[],
  from: Instant,
  until: Instant,
): Promise<ClassUse[]> =>
  db.rows<ClassUse>(sql`select class, pool, men, women from booking.class_use(${org}, ${classes}::uuid[], ${from}, ${until})`)

export type RoomMate = BedSpan & { readonly sex: StaySex }

/** Who has a named bed of a room in some days. */
export const roomMates = (db: Queryable, { org, ward, room }: Bed, from: Day, until: Day): Promise<RoomMate[]> =>
  db.rows<RoomMate>(sql`select o.bed_id as bed, o.stay_id as stay, lower(o.during) as from, upper(o.during) as until, s.sex
    from booking.bed b join booking.bed_span o on o.org_id = b.org_id and o.bed_id = b.id join booking.stay s on s.org_id = o.org_id and s.id = o.stay_id
    where b.org_id = ${org} and b.ward_id = ${ward} and b.room = ${room} and o.during && daterange(${from}, ${until}) order by lower(o.during)`)

/** Takes a named bed for days; the constraint refuses days that another stay has. */
export const saveSpan = (tx: Tx, org: OrgId, bed: BedId, stay: GroupId, from: Day, until: Day): Promise<number> =>
  tx.run(
    sql`insert into booking.bed_span (org_id, bed_id, during, stay_id) values (${org}, ${bed}, daterange(${from}, ${until}), ${stay})`,
  )

/** Ends what a stay has of named beds on a day: later days are given back. */
export const endSpans = async (tx: Tx, org: OrgId, stay: GroupId, on: Day): Promise<void> => {
  await tx.run(sql`delete from booking.bed_span where org_id = ${org} and stay_id = ${stay} and lower(during) >= ${on}::date`)
  await tx.run(sql`update booking.bed_span set during = daterange(lower(during), ${on}::date)
    where org_id = ${org} and stay_id = ${stay} and upper(during) > ${on}::date`)
}

/**
 * The days of the bed that a stay has last, up to another day. Days between that it could not have, for the room was somebody else's,
 * stay out: what follows them is a span of its own.
 */
export const prolongSpan = async (
  tx: Tx,
  org: OrgId,
  bed: BedId,
  stay: GroupId,
  days: { from: Day; until: Day },
): Promise<void> => {
  const prolonged = await tx.run(sql`update booking.bed_span set during = daterange(lower(during), ${days.until}::date)
    where org_id = ${org} and stay_id = ${stay} and bed_id = ${bed} and upper(during) >= ${days.from}::date and upper(during) = (
      select max(upper(o.during)) from booking.bed_span o where o.org_id = ${org} and o.stay_id = ${stay} and o.bed_id = ${bed})`)
  if (prolonged === 0) await saveSpan(tx, org, bed, stay, days.from, days.until)
}
