import type { Check } from './check.ts'
import { ENDS } from './referral-moves.ts'

export const bookingChecks: readonly Check[] = [
  {
    name: 'pool-within-capacity',
    proves: ['B1', 'B5'],
    over: 'booking.pool',
    zh: '号源:已用数不超过容量,也不超过各配额。',
    en: 'Pools: what is used never passes the capacity or a share.',
    sql: `select org_id, id, used_reserved, allotted, used_open, reserved, capacity from booking.pool
      where used_reserved < 0 or allotted < 0 or used_reserved + allotted > reserved or used_emergency not between 0 and emergency
        or used_open not between 0 and capacity - reserved - emergency or reserved + emergency > capacity`,
  },
  {
    name: 'pool-equals-bookings',
    proves: ['B2', 'B3'],
    over: 'booking.pool',
    zh: '号源:已用数等于占用号源的预约数。',
    en: 'Pools: what is used equals the bookings that hold a unit, share by share.',
    sql: `select p.org_id, p.id, p.used_reserved, p.used_emergency, p.used_open, b.reserved, b.emergency, b.open from booking.pool p
      left join (select org_id, pool_id, count(*) filter (where share = 'reserved') as reserved, count(*) filter (where share = 'emergency') as emergency,
        count(*) filter (where share = 'open') as open
        from booking.every_booking where state not in ('cancelled', 'expired', 'moved') group by 1, 2) b on b.org_id = p.org_id and b.pool_id = p.id
      where p.used_reserved <> coalesce(b.reserved, 0) or p.used_emergency <> coalesce(b.emergency, 0) or p.used_open <> coalesce(b.open, 0)`,
  },
  {
    name: 'pool-equals-vouchers',
    proves: ['B2', 'B12'],
    over: 'booking.allotment',
    zh: '号源凭证:号源中划出的数量等于未用凭证数;每批凭证的张数等于划出数。',
    en: 'Vouchers: what a pool has lent equals its open vouchers, and an allotment has as many vouchers as it lent.',
    sql: `select p.org_id, p.id, p.allotted as lent, v.open as vouchers from booking.pool p
      cross join lateral (select count(*) as open from booking.voucher v where v.org_id = p.org_id and v.pool_id = p.id and v.state = 'open') v
      where p.allotted <> v.open
      union all
      select a.org_id, a.id, a.units, count(v.number) from booking.allotment a left join booking.voucher v on v.org_id = a.org_id and v.allotment_id = a.id
      group by a.org_id, a.id having count(v.number) <> a.units`,
  },
  {
    name: 'voucher-used-once',
    proves: ['B1', 'B3'],
    over: 'booking.voucher',
    zh: '号源凭证:每张至多用一次,用出的正是其所在时段的一个号源。',
    en: 'Vouchers: each is used once at most, for one unit of its own slot that no other voucher names.',
    sql: `select v.org_id, v.number, v.state, b.id as booking from booking.voucher v left join booking.booking b on b.org_id = v.org_id and b.id = v.booking_id
      where v.state in ('used', 'used-late') and (b.id is null or b.pool_id <> v.pool_id or b.made_by_org is distinct from v.holder_org
        or exists (select from booking.voucher o where o.org_id = v.org_id and o.booking_id = v.booking_id and o.number <> v.number))`,
  },
  {
    name: 'voucher-returns',
    proves: ['B3'],
    over: 'booking.allotment',
    zh: '号源凭证:有未用凭证的划拨恰有一个到期退回动作;全部用完、退回或收回的没有多余。',
    en: 'Vouchers: an allotment with open vouchers has exactly one deadline that returns them, and each unit goes back once.',
    sql: `select a.org_id, a.id, d.count, v.open from booking.allotment a
      cross join lateral (select count(*) from platform.deadline d where d.org_id = a.org_id and d.case_id = a.id and d.ended_at is null) d
      cross join lateral (select count(*) filter (where v.state = 'open') as open, count(*) filter (where v.state in ('returned', 'withdrawn')) as back
        from booking.voucher v where v.org_id = a.org_id and v.allotment_id = a.id) v
      cross join lateral (select coalesce(sum((e.data->>'units')::int), 0) as told from platform.trace_event e
        where e.org_id = a.org_id and e.case_id = a.id and e.type in ('booking.vouchers-returned', 'booking.vouchers-withdrawn')) t
      where (v.open > 0 and d.count <> 1) or t.told < v.back or t.told > a.units`,
  },
  {
    name: 'booking-has-claim',
    proves: ['B5', 'B6'],
    over: `booking.booking where state not in ('cancelled', 'expired', 'moved')`,
    zh: '预约:占用号源的预约在居民名下恰有一条占时记录,反之亦然。',
    en: 'Bookings: each that holds a unit stands once on the person’s day, and nothing else does.',
    sql: `select coalesce(b.id, c.booking_id) as booking, c.person_id, b.state
      from (select b.*, p.starts_at from booking.booking b join booking.pool p on p.org_id = b.org_id and p.id = b.pool_id
        where b.state not in ('cancelled', 'expired', 'moved')) b
      full join booking.person_claim c on c.person_id = b.person_id and c.booking_id = b.id and c.org_id = b.org_id and c.starts_at = b.starts_at
      where b.id is null or c.booking_id is null`,
  },
  {
    name: 'past-has-ended',
    proves: ['B3'],
    over: 'booking.past_booking',
    zh: '预约归档:只有已结束的预约移入归档,且不再留在在用表中。',
    en: 'Past bookings: only what has ended was moved there, and it stands in one place.',
    sql: `select p.org_id, p.id, p.state from booking.past_booking p where p.state in ('held', 'confirmed', 'checked-in')
        or exists (select from booking.booking b where b.org_id = p.org_id and b.id = p.id)`,
  },
  {
    name: 'hold-has-deadline',
    proves: ['B7'],
    over: `booking.booking where state = 'held' and case_id = id`,
    zh: '预约:居民直接保留的号源都有到期动作。',
    en: 'Bookings: every direct hold has a deadline that ends it.',
    sql: `select b.org_id, b.id from booking.booking b where b.state = 'held' and b.case_id = b.id and not exists (
      select from platform.deadline d where d.org_id = b.org_id and d.case_id = b.id and d.ended_at is null)`,
  },
  {
    name: 'unit-has-live-case',
    proves: ['R9', 'R4'],
    over: `booking.booking where state in ('held', 'confirmed') and case_id <> id`,
    zh: '预约:转诊占用的号源都对应一张进行中的转诊单,且正是该单的号源。',
    en: 'Bookings: a live unit of a referral belongs to an open case that names it.',
    sql: `select b.org_id, b.id, b.state, r.state as case_state from booking.booking b
      left join referral.referral r on r.id = b.case_id and r.booking_org = b.org_id and r.booking_id = b.id
      where b.state in ('held', 'confirmed') and b.case_id <> b.id and (r.id is null or r.state in (${ENDS}))`,
  },
  {
    name: 'unit-returns-once',
    proves: ['B3'],
    over: "booking.booking where case_id = id and state in ('cancelled', 'expired', 'moved')",
    zh: '预约:居民直接约的号,取消、过期或停诊恰有一次事件,号源退回一次。',
    en: 'Bookings: a direct booking that was cancelled, ran out or was stopped did so by exactly one event, and its unit went back once.',
    sql: `select b.org_id, b.id, b.state, e.count from booking.booking b
      cross join lateral (select count(*) from platform.trace_event e where e.org_id = b.org_id and e.case_id = b.id
        and e.type in ('booking.cancelled', 'booking.expired', 'booking.clinic-stopped')) e
      where b.case_id = b.id and e.count <> (b.state in ('cancelled', 'expired', 'moved'))::int`,
  },
  {
    name: 'pool-is-what-was-published',
    proves: ['B4', 'B8'],
    over: "booking.pool p join platform.trace_event e on e.org_id = p.org_id and e.case_id = p.id and e.type = 'booking.pool-published' and e.data ? 'capacity'",
    zh: '号源:容量和急诊份额等于最近一次发布、移动或变更事件所说;到释放时间前预留也相等,之后未用的预留已全部开放。',
    en: 'Pools: capacity and emergency share are what the last event of publishing, moving or changing says; so is the reserve until its release, and after it nothing unused is kept back.',
    sql: `select p.org_id, p.id, p.capacity, p.reserved, e.type, e.data from booking.pool p
      cross join lateral (select e.type, e.data from platform.trace_event e where e.org_id = p.org_id and e.case_id = p.id and e.data ? 'capacity'
        and e.type in ('booking.pool-published', 'booking.quota-moved', 'booking.capacity-changed') order by e.seq desc limit 1) e
      where p.capacity <> (e.data->>'capacity')::int or p.emergency <> coalesce((e.data->>'emergency')::int, p.emergency)
        or p.reserved <> case when p.released_at is null then (e.data->>'reserved')::int else p.used_reserved + p.allotted end`,
  },
  {
    name: 'one-unit-per-person',
    proves: ['B6'],
    over: "booking.booking where state in ('held', 'confirmed')",
    zh: '预约:同一居民在同一时段至多占一个号。',
    en: 'Bookings: one person holds one unit of a slot at most.',
    sql: `select org_id, pool_id, person_id, count(*) from booking.booking where state in ('held', 'confirmed')
      group by 1, 2, 3 having count(*) > 1`,
  },
  {
    name: 'confirmed-in-time',
    proves: ['B7'],
    over: "platform.trace_event where type = 'booking.confirmed'",
    zh: '预约:过了保留时间(按数据库时钟)没有一个号被确认。',
    en: 'Bookings: no hold was confirmed after its time by the database’s clock.',
    sql: `select b.org_id, b.id, b.hold_until, e.at from booking.booking b
      join platform.trace_event e on e.org_id = b.org_id and e.case_id = b.id and e.type = 'booking.confirmed'
      where b.hold_until is not null and e.at > b.hold_until`,
  },
]
