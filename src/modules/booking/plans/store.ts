import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import { Refused } from '../../../platform/forms/form.ts'
import type { Calendar, CalendarId, ExceptionId, Plan, PlanException, PlanId, Session } from './plans.ts'

const calendarColumns = sql`c.org_id as org, c.id, c.kind, c.name_zh as "nameZh", c.name_en as "nameEn", c.specialty, c.staff_id as staff,
  c.shared_with::text[] as "sharedWith"`

export const findCalendar = (db: Queryable, org: OrgId, id: CalendarId): Promise<Calendar | null> =>
  db.row<Calendar>(sql`select ${calendarColumns} from booking.calendar c where c.org_id = ${org} and c.id = ${id}`)

/** Calendars by their keys. */
export const findCalendars = (db: Queryable, keys: readonly { org: OrgId; id: CalendarId }[]): Promise<Calendar[]> =>
  db.rows<Calendar>(sql`select ${calendarColumns} from booking.calendar c
    join unnest(${keys.map(({ org }) => org)}::bigint[], ${keys.map(({ id }) => id)}::uuid[]) as wanted (org, id) on c.org_id = wanted.org and c.id = wanted.id`)

/** Calendars that an institution may plan with: its own, and those that others share with it. */
export const calendarsFor = (db: Queryable, org: OrgId): Promise<Calendar[]> =>
  db.rows<Calendar>(sql`select ${calendarColumns} from booking.calendar c
    where c.org_id = ${org} or ${org} = any (c.shared_with) order by c.kind, c.name_zh, c.id`)

export const saveCalendar = async (tx: Tx, calendar: Calendar): Promise<void> => {
  const { org, id, kind, nameZh, nameEn, specialty, staff, sharedWith } = calendar
  const twin = await tx.row(
    sql`select from booking.calendar where org_id = ${org} and staff_id = ${staff} and id <> ${id} and ${staff}::bigint is not null`,
  )
  if (twin) throw new Refused('booking.calendar-of-staff-exists')
  await tx.run(sql`insert into booking.calendar (org_id, id, kind, name_zh, name_en, specialty, staff_id, shared_with)
    values (${org}, ${id}, ${kind}, ${nameZh}, ${nameEn}, ${specialty}, ${staff}, ${sharedWith}::bigint[])
    on conflict (org_id, id) do update set kind = excluded.kind, name_zh = excluded.name_zh, name_en = excluded.name_en,
      specialty = excluded.specialty, staff_id = excluded.staff_id, shared_with = excluded.shared_with`)
}

const planColumns = sql`p.org_id as org, p.id, p.unit_kind as "unitKind", p.kind, p.specialty, p.service_zh as "serviceZh", p.service_en as "serviceEn",
  p.calendar_org as "calendarOrg", p.calendar_id as calendar, p.minutes, p.place_zh as "placeZh", p.place_en as "placeEn", p.valid_from as "validFrom",
  p.valid_until as "validUntil", p.days_ahead as "daysAhead", p.make_up_weekday as "makeUpWeekday", p.works_on_holidays as "worksOnHolidays", p.version,
  p.published_through as "publishedThrough", coalesce((select jsonb_agg(jsonb_build_object('weekday', s.weekday, 'from', lower(s.during), 'to', upper(s.during),
    'capacity', s.capacity) order by s.weekday, s.during) from booking.plan_session s where s.org_id = p.org_id and s.plan_id = p.id), '[]') as sessions`

/** Plans of an institution that have not ended before a day. */
export const plansOf = (db: Queryable, org: OrgId, day: Day): Promise<Plan[]> =>
  db.rows<Plan>(sql`select ${planColumns} from booking.plan p where p.org_id = ${org} and (p.valid_until is null or p.valid_until > ${day})
    order by p.specialty, p.kind, p.id`)

/** The same, locked one after the other in their order. */
export const lockPlansOf = (tx: Tx, org: OrgId, day: Day): Promise<Plan[]> =>
  tx.rows<Plan>(sql`select ${planColumns} from booking.plan p where p.org_id = ${org} and (p.valid_until is null or p.valid_until > ${day})
    order by p.id for update`)

export const findPlan = (db: Queryable, org: OrgId, id: PlanId): Promise<Plan | null> =>
  db.row<Plan>(sql`select ${planColumns} from booking.plan p where p.org_id = ${org} and p.id = ${id}`)

export const lockPlan = (tx: Tx, org: OrgId, id: PlanId): Promise<Plan | null> =>
  tx.row<Plan>(sql`select ${planColumns} from booking.plan p where p.org_id = ${org} and p.id = ${id} for update`)

/** Plans whose next days wait to be published, a few at a time: not yet looked after today. */
export const lockDuePlans = (tx: Tx, today: Day, limit: number): Promise<Plan[]> =>
  tx.rows<Plan>(sql`select ${planColumns} from booking.plan p where (p.looked_after_on is null or p.looked_after_on < ${today})
    and (p.valid_until is null or p.valid_until > ${today}) order by p.org_id, p.id limit ${limit} for update skip locked`)

export const savePlan = async (tx: Tx, plan: Plan, lookedAfterOn: Day): Promise<void> => {
  await tx.run(sql`insert into booking.plan (org_id, id, unit_kind, kind, specialty, service_zh, service_en, calendar_org, calendar_id, minutes, place_zh, place_en,
      valid_from, valid_until, days_ahead, make_up_weekday, works_on_holidays, version, published_through, looked_after_on)
    values (${plan.org}, ${plan.id}, ${plan.unitKind}, ${plan.kind}, ${plan.specialty}, ${plan.serviceZh}, ${plan.serviceEn}, ${plan.calendarOrg},
      ${plan.calendar}, ${plan.minutes}, ${plan.placeZh}, ${plan.placeEn}, ${plan.validFrom}, ${plan.validUntil}, ${plan.daysAhead},
      ${plan.makeUpWeekday}, ${plan.worksOnHolidays}, ${plan.version}, ${plan.publishedThrough}, ${lookedAfterOn})
    on conflict (org_id, id) do update set unit_kind = excluded.unit_kind, kind = excluded.kind, specialty = excluded.specialty,
      service_zh = excluded.service_zh, service_en = excluded.service_en, calendar_org = excluded.calendar_org, calendar_id = excluded.calendar_id,
      minutes = excluded.minutes, place_zh = excluded.place_zh, place_en = excluded.place_en, valid_from = excluded.valid_from,
      valid_until = excluded.valid_until, days_ahead = excluded.days_ahead, make_up_weekday = excluded.make_up_weekday,
      works_on_holidays = excluded.works_on_holidays, version = excluded.version, published_through = excluded.published_through,
      looked_after_on = excluded.looked_after_on`)
  await tx.run(sql`delete from booking.plan_session where org_id = ${plan.org} and plan_id = ${plan.id}`)
  await saveSessions(tx, plan, plan.sessions)
}

const saveSessions = (tx: Tx, { org, id }: Plan, sessions: readonly Session[]): Promise<number> =>
  tx.run(sql`insert into booking.plan_session (org_id, plan_id, weekday, during, capacity)
    select ${org}, ${id}, s.weekday, int4range(s.from, s.to), s.capacity
    from json_to_recordset(${JSON.stringify(sessions)}) as s (weekday int, "from" int, "to" int, capacity int)`)

/** Marks that a plan's days are published up to and with a day. */
export const savePublished = (tx: Tx, { org, id }: Plan, through: Day, today: Day): Promise<number> =>
  tx.run(
    sql`update booking.plan set published_through = ${through}, looked_after_on = ${today} where org_id = ${org} and id = ${id}`,
  )

const exceptionColumns = sql`e.org_id as org, e.id, e.plan_id as plan, e.day, e.kind, lower(e.during) as "from", upper(e.during) as "to", e.capacity,
  e.as_weekday as "asWeekday", e.calendar_org as "calendarOrg", e.calendar_id as calendar, e.reason`

/** Exceptions of an institution from a day on, those of its plans and its own. */
export const exceptionsOf = (db: Queryable, org: OrgId, from: Day): Promise<PlanException[]> =>
  db.rows<PlanException>(
    sql`select ${exceptionColumns} from booking.plan_exception e where e.org_id = ${org} and e.day >= ${from} order by e.day, e.kind, e.id`,
  )

export const findException = (db: Queryable, org: OrgId, id: ExceptionId): Promise<PlanException | null> =>
  db.row<PlanException>(sql`select ${exceptionColumns} from booking.plan_exception e where e.org_id = ${org} and e.id = ${id}`)

export const saveException = async (tx: Tx, one: PlanException): Promise<void> => {
  const during = one.from === null ? sql`null` : sql`int4range(${one.from}::int, ${one.to}::int)`
  const saved =
    await tx.run(sql`insert into booking.plan_exception (org_id, id, plan_id, day, kind, during, capacity, as_weekday, calendar_org, calendar_id, reason)
    values (${one.org}, ${one.id}, ${one.plan}, ${one.day}, ${one.kind}, ${during}, ${one.capacity}, ${one.asWeekday}, ${one.calendarOrg}, ${one.calendar}, ${one.reason})
    on conflict do nothing`)
  if (saved === 0) throw new Refused('booking.exception-exists')
}

export const removeException = (tx: Tx, { org, id }: PlanException): Promise<number> =>
  tx.run(sql`delete from booking.plan_exception where org_id = ${org} and id = ${id}`)
