import type { Check } from './check.ts'

// The day that begins at a pool's start, wherever between UTC-11 and UTC+12 the region lies.
const DAY_OF_POOL = `((p.starts_at at time zone 'UTC') + interval '12 hours')::date`
const GIVEN_BACK = `('cancelled', 'expired', 'moved')`

export const bedsChecks: readonly Check[] = [
  {
    name: 'stay-is-its-bed-days',
    proves: ['B2', 'B5'],
    over: `booking.stay where state <> 'cancelled'`,
    zh: '住院:每天恰占一个床位号源(超期而无床可占的日子如实计数),没有一天在住院之外。',
    en: 'Stays: each day has exactly one bed-day (days over time for which none was left are counted), and no day lies outside.',
    sql: `select s.org_id, s.id, s.state, s.from_on, s.until_on, s.uncovered, b.days, b.outside from booking.stay s
      cross join lateral (select count(distinct p.starts_at) as days, count(*) as bookings,
          count(*) filter (where ${DAY_OF_POOL} < s.from_on or ${DAY_OF_POOL} >= s.until_on) as outside
        from booking.every_booking b join booking.pool p on p.org_id = b.org_id and p.id = b.pool_id
        where b.org_id = s.org_id and b.group_id = s.id and p.unit_kind = 'bed-day' and b.state not in ${GIVEN_BACK}) b
      where s.state <> 'cancelled' and (b.days <> b.bookings or b.outside > 0 or b.days + s.uncovered <> s.until_on - s.from_on)`,
  },
  {
    name: 'bed-day-is-of-a-stay',
    proves: ['B2', 'B3'],
    over: `booking.booking b join booking.pool p on p.org_id = b.org_id and p.id = b.pool_id and p.unit_kind = 'bed-day' where b.state not in ${GIVEN_BACK}`,
    zh: '床位:占用的每一天都属于一次未取消的住院,且是同一人;未到的只记首日。',
    en: 'Bed-days: each that is used belongs to a stay of the same person that is not cancelled; of a missed stay only the first day.',
    sql: `select b.org_id, b.id, b.state, s.state as stay from booking.booking b
      join booking.pool p on p.org_id = b.org_id and p.id = b.pool_id and p.unit_kind = 'bed-day'
      left join booking.stay s on s.org_id = b.org_id and s.id = b.group_id and s.person_id = b.person_id
      where b.state not in ${GIVEN_BACK} and (s.id is null or (s.state = 'cancelled' and b.state <> 'no-show'))`,
  },
  {
    name: 'bed-has-one-stay',
    proves: ['B5'],
    over: 'booking.bed_span',
    zh: '床位:一张床同一天至多一次住院;在院患者躺在自己名下的床上;同一房间同一天只住一种性别。',
    en: 'Beds: one stay a day at most; whoever is in lies in a bed of that stay; a room holds one sex at a time.',
    sql: `select o.org_id, o.bed_id, o.during::text, x.stay_id as other from booking.bed_span o
        join booking.bed_span x on x.org_id = o.org_id and x.bed_id = o.bed_id and x.stay_id <> o.stay_id and x.during && o.during
      union all
      select s.org_id, s.bed_id, s.until_on::text, s.id from booking.stay s where s.state = 'admitted' and not exists (
        select from booking.bed_span o where o.org_id = s.org_id and o.bed_id = s.bed_id and o.stay_id = s.id)
      union all
      select o.org_id, o.bed_id, (o.during * x.during)::text, x.stay_id from booking.bed_span o
        join booking.stay s on s.org_id = o.org_id and s.id = o.stay_id join booking.bed b on b.org_id = o.org_id and b.id = o.bed_id
        join booking.bed n on n.org_id = b.org_id and n.ward_id = b.ward_id and n.room = b.room
        join booking.bed_span x on x.org_id = n.org_id and x.bed_id = n.id and x.during && o.during
        join booking.stay y on y.org_id = x.org_id and y.id = x.stay_id and y.sex <> s.sex`,
  },
  {
    name: 'bed-days-are-open-beds',
    proves: ['B8'],
    over: `booking.pool where unit_kind = 'bed-day' and ends_at > platform.jieli_now()`,
    zh: '床位:今后每天的床位数等于该类在用床数。',
    en: 'Bed-days: on each day to come there are as many as the class has open beds.',
    sql: `select p.org_id, p.id, p.starts_at, p.capacity, b.beds from booking.pool p
      cross join lateral (select count(*) as beds from booking.bed b where b.org_id = p.org_id and b.class_id = p.plan_id and b.closed_at is null) b
      where p.unit_kind = 'bed-day' and p.ends_at > platform.jieli_now() and p.capacity <> b.beds`,
  },
  {
    name: 'group-has-an-end',
    proves: ['B7', 'B3'],
    over: `booking.booking where group_id is not null and state = 'held'`,
    zh: '一次约定:保留中的都有到期动作;同一组不会一部分保留一部分确认。',
    en: 'Decided together: what is held has a deadline that ends it, and no group is half held and half confirmed.',
    sql: `select b.org_id, b.group_id, count(*) from booking.booking b where b.state = 'held' and b.group_id is not null and (
        not exists (select from platform.deadline d where d.org_id = b.org_id and d.case_id = b.group_id and d.ended_at is null)
        or exists (select from booking.booking o where o.org_id = b.org_id and o.group_id = b.group_id and o.state = 'confirmed'))
      group by 1, 2`,
  },
  {
    name: 'stay-has-an-end',
    proves: ['R1'],
    over: `booking.stay where state in ('planned', 'admitted')`,
    zh: '住院:约好未到的和在院的都有到期动作。',
    en: 'Stays: one that is planned and one that is under way have a deadline.',
    sql: `select s.org_id, s.id, s.state from booking.stay s where s.state in ('planned', 'admitted') and not exists (
      select from platform.deadline d where d.org_id = s.org_id and d.case_id = s.id and d.ended_at is null)`,
  },
]
