import type { Words } from '../kernel/words.ts'
import { raw, sql, type Queryable } from '../platform/database/pool.ts'
import { eventOf, lifecycle, MOVES } from '../modules/referral/lifecycle.ts'

/** A statement that must hold at every committed instant; its SQL answers what breaks it, and nothing when it holds. */
export type Check = Words & { readonly name: string; readonly sql: string }
export type CheckOutcome = Words & {
  readonly name: string
  readonly breaches: number
  readonly examples: readonly Readonly<Record<string, unknown>>[]
}

const quoted = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join(', ')
const ENDS = quoted(Object.entries(lifecycle.states).flatMap(([state, { end }]) => (end ? [state] : [])))

// The table of moves as rows, one for each state that a move may start from.
const MOVE_ROWS = MOVES.flatMap((move) => {
  const { from, to } = lifecycle.moves[move]
  return from.map((state) => `('${eventOf[move]}', '${state}', '${to === 'same' ? state : to}')`)
}).join(', ')
const HOLDERS = Object.entries(lifecycle.states)
  .map(([state, { holder }]) => `('${state}', '${holder}')`)
  .join(', ')

const steps = `select e.org_id, e.case_id, e.seq, e.type, e.at, e.data->>'state' as state,
    coalesce(lag(e.data->>'state') over by_case, 'start') as before, lead(e.seq) over by_case is null as is_last
  from platform.trace_event e where e.case_kind = 'referral' and e.type in (${quoted(Object.values(eventOf))})
  window by_case as (partition by e.org_id, e.case_id order by e.seq)`

// A rescue waits for no paper: it takes the guard of an earlier case over, and gives it back when it ends.
const takenOver = `exists (select from referral.referral e where e.person_id = r.person_id and e.condition_key = r.condition_key
  and e.urgency <> 'ordinary' and e.state not in (${ENDS}) and e.id <> r.id)`

const bookingChecks: readonly Check[] = [
  {
    name: 'pool-within-capacity',
    zh: '号源:已用数不超过容量,也不超过各配额。',
    en: 'Pools: what is used never passes the capacity or a share.',
    sql: `select org_id, id, used_reserved, allotted, used_open, reserved, capacity from booking.pool
      where used_reserved < 0 or allotted < 0 or used_reserved + allotted > reserved or used_open not between 0 and capacity - reserved or used_reserved + used_open > capacity`,
  },
  {
    name: 'pool-equals-bookings',
    zh: '号源:已用数等于占用号源的预约数。',
    en: 'Pools: what is used equals the bookings that hold a unit, share by share.',
    sql: `select p.org_id, p.id, p.used_reserved, p.used_open, b.reserved, b.open from booking.pool p
      cross join lateral (select count(*) filter (where share = 'reserved') as reserved, count(*) filter (where share = 'open') as open
        from booking.booking b where b.org_id = p.org_id and b.pool_id = p.id and b.state not in ('cancelled', 'expired')) b
      where p.used_reserved <> b.reserved or p.used_open <> b.open`,
  },
  {
    name: 'pool-equals-vouchers',
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
    zh: '号源凭证:每张至多用一次,用出的正是其所在时段的一个号源。',
    en: 'Vouchers: each is used once at most, for one unit of its own slot that no other voucher names.',
    sql: `select v.org_id, v.number, v.state, b.id as booking from booking.voucher v left join booking.booking b on b.org_id = v.org_id and b.id = v.booking_id
      where v.state in ('used', 'used-late') and (b.id is null or b.pool_id <> v.pool_id or b.made_by_org is distinct from v.holder_org
        or exists (select from booking.voucher o where o.org_id = v.org_id and o.booking_id = v.booking_id and o.number <> v.number))`,
  },
  {
    name: 'voucher-returns',
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
    zh: '预约:占用号源的预约在居民名下恰有一条占时记录,反之亦然。',
    en: 'Bookings: each that holds a unit stands once on the person’s day, and nothing else does.',
    sql: `select coalesce(b.id, c.booking_id) as booking, c.person_id, b.state
      from (select b.*, p.starts_at from booking.booking b join booking.pool p on p.org_id = b.org_id and p.id = b.pool_id
        where b.state not in ('cancelled', 'expired')) b
      full join booking.person_claim c on c.person_id = b.person_id and c.booking_id = b.id and c.org_id = b.org_id and c.starts_at = b.starts_at
      where b.id is null or c.booking_id is null`,
  },
  {
    name: 'hold-has-deadline',
    zh: '预约:居民直接保留的号源都有到期动作。',
    en: 'Bookings: every direct hold has a deadline that ends it.',
    sql: `select b.org_id, b.id from booking.booking b where b.state = 'held' and b.case_id = b.id and not exists (
      select from platform.deadline d where d.org_id = b.org_id and d.case_id = b.id and d.ended_at is null)`,
  },
  {
    name: 'unit-has-live-case',
    zh: '预约:转诊占用的号源都对应一张进行中的转诊单,且正是该单的号源。',
    en: 'Bookings: a live unit of a referral belongs to an open case that names it.',
    sql: `select b.org_id, b.id, b.state, r.state as case_state from booking.booking b
      left join referral.referral r on r.id = b.case_id and r.booking_org = b.org_id and r.booking_id = b.id
      where b.state in ('held', 'confirmed') and b.case_id <> b.id and (r.id is null or r.state in (${ENDS}))`,
  },
]

// An escalation that fires late begins its wait late too; the promise is made for the wait as it begins.
const talkChecks: readonly Check[] = [
  {
    name: 'held-unit-outlasts-wait',
    zh: '预约:转诊在等待答复或补充期间,保留的号源至少保留到该时限或就诊开始。',
    en: 'Bookings: while a case waits for an answer or for what was asked for, its unit stays held until then, or until it starts.',
    sql: `select b.org_id, b.id, b.hold_until, r.wait_until from booking.booking b
      join booking.pool p on p.org_id = b.org_id and p.id = b.pool_id
      join referral.referral r on r.id = b.case_id and r.booking_org = b.org_id and r.booking_id = b.id
      where b.state = 'held' and r.state in ('submitted', 'asked') and r.escalations = 0 and b.hold_until < least(r.wait_until, p.starts_at)`,
  },
  {
    name: 'thread-numbers-whole',
    zh: '留言:同一转诊单的留言序号从 1 起连续;撤回的留言没有附件。',
    en: 'Messages: numbers of a case run from 1 without a gap, and a withdrawn message has no files.',
    sql: `select m.org_id, m.referral_id, max(m.seq) as newest, count(*) as messages from correspondence.message m
      group by m.org_id, m.referral_id having max(m.seq) <> count(*)
      union all
      select m.org_id, m.referral_id, m.seq, count(*) from correspondence.message m join correspondence.attachment a
        on a.org_id = m.org_id and a.referral_id = m.referral_id and a.message_seq = m.seq
      where m.withdrawn_at is not null group by m.org_id, m.referral_id, m.seq`,
  },
]

const caseChecks: readonly Check[] = [
  {
    name: 'referral-follows-table',
    zh: '转诊:每一步都在流转表中,从起始状态开始。',
    en: 'Referrals: every step is in the table of moves, from the start on.',
    sql: `select s.org_id, s.case_id, s.seq, s.before, s.type, s.state from (${steps}) s
      where not exists (select from (values ${MOVE_ROWS}) as m (type, before, state) where m.type = s.type and m.before = s.before and m.state = s.state)`,
  },
  {
    name: 'referral-state-is-fold',
    zh: '转诊:当前状态等于留痕事件的累积结果。',
    en: 'Referrals: the state is what the trace adds up to.',
    sql: `select r.org_id, r.id, r.state, s.state as by_trace from referral.referral r
      left join (${steps}) s on s.org_id = r.org_id and s.case_id = r.id and s.is_last where s.state is distinct from r.state`,
  },
  {
    name: 'trace-has-no-gap',
    zh: '留痕:同一事项的序号从 1 起连续,时间不倒退。',
    en: 'Trace: numbers of a case run from 1 without a gap, and times never go back.',
    sql: `select org_id, case_id, seq, at from (select org_id, case_id, seq, at, lag(seq, 1, 0) over by_case as seq_before, lag(at) over by_case as at_before
        from platform.trace_event window by_case as (partition by org_id, case_id order by seq)) e
      where seq <> seq_before + 1 or at < at_before`,
  },
  {
    name: 'event-told-once',
    zh: '留痕:每个事件恰有一条外发记录;有居民的事件恰有一条居民事件。',
    en: 'Trace: every event stands once in the outbox, and once with the person where there is one.',
    sql: `select e.org_id, e.id from platform.trace_event e where
      (select count(*) from platform.outbox o where o.org_id = e.org_id and o.event_id = e.id) <> 1
      or (select count(*) from platform.person_event p where p.person_id = e.person_id and p.at = e.at and p.event_id = e.id) <> (e.person_id is not null)::int`,
  },
  {
    name: 'one-baton-holder',
    zh: '转诊:进行中的转诊单恰有一方持棒,已结束的没有。',
    en: 'Referrals: exactly one party holds the baton of an open case, and nobody that of an ended one.',
    sql: `select r.org_id, r.id, r.state, count(p.side) as holders from referral.referral r
      left join referral.party p on p.referral_id = r.id and p.holder and p.ended_at is null
      join (values ${HOLDERS}) as h (state, side) on h.state = r.state
      group by r.org_id, r.id, r.state, h.side
      having count(p.side) <> (r.state not in (${ENDS}))::int or (count(p.side) = 1 and min(p.side) <> h.side)`,
  },
  {
    name: 'party-agrees-with-case',
    zh: '转诊:各方工作列表中的行与转诊单一致。',
    en: 'Referrals: what stands in the parties’ worklists agrees with the case.',
    sql: `select r.org_id, r.id, p.org_id as party, p.side from referral.referral r
      cross join lateral (select r.org_id, 'sender' as side union all select r.receiver_org, 'receiver' where r.state not in ('draft', 'not-agreed')
        union all select r.care_org, 'care-team' where r.state <> 'draft' and r.care_org is not null
        union all select unnest(r.supervisors), 'supervisor' where r.state not in ('draft', 'not-agreed')) wanted (org_id, side)
      left join referral.party p on p.org_id = wanted.org_id and p.referral_id = r.id and p.side = wanted.side
      where p.org_id is null or (p.case_org, p.person_id, p.state, p.urgency, p.direction, p.state_since)
          is distinct from (r.org_id, r.person_id, r.state, r.urgency, r.direction, r.state_since)
        or p.wait_until is distinct from r.wait_until or p.appointment_at is distinct from r.appointment_at
        or (p.ended_at is null) <> (r.state not in (${ENDS}))
      union all
      select p.case_org, p.referral_id, p.org_id, p.side from referral.party p join referral.referral r on r.org_id = p.case_org and r.id = p.referral_id
      where p.ended_at is null and not case p.side when 'sender' then p.org_id = r.org_id when 'receiver' then p.org_id = r.receiver_org
        when 'care-team' then p.org_id is not distinct from r.care_org else p.org_id = any (r.supervisors) end`,
  },
]

const waitChecks: readonly Check[] = [
  {
    name: 'open-guard-means-open-case',
    zh: '转诊:每条“进行中”占位都指向该居民该病种的一张进行中的转诊单。',
    en: 'Referrals: every guard points to an open case of that person and condition.',
    sql: `select g.person_id, g.condition_key, g.referral_id from referral.open_guard g left join referral.referral r on r.org_id = g.case_org and r.id = g.referral_id
      where r.id is null or r.state in (${ENDS}) or r.person_id <> g.person_id or r.condition_key <> g.condition_key`,
  },
  {
    name: 'open-case-has-guard',
    zh: '转诊:每张进行中的转诊单都有占位;只有进行中的急诊可以取代它。',
    en: 'Referrals: every open case has its guard; only an open emergency may have taken it over.',
    sql: `select r.org_id, r.id, r.state from referral.referral r where r.state not in (${ENDS}) and not (${takenOver})
      and not exists (select from referral.open_guard g
        where g.person_id = r.person_id and g.condition_key = r.condition_key and g.case_org = r.org_id and g.referral_id = r.id)`,
  },
  {
    name: 'one-open-per-condition',
    zh: '转诊:同一居民同一病种只有一张进行中的转诊单(被进行中的急诊取代的除外)。',
    en: 'Referrals: one open case per person and condition, save those that an open emergency has taken over.',
    sql: `select r.person_id, r.condition_key, count(*) from referral.referral r where r.state not in (${ENDS}) and not (${takenOver})
      group by 1, 2 having count(*) > 1`,
  },
  {
    name: 'open-case-has-until-when',
    zh: '转诊:进行中的转诊单都有“最迟到何时”,或已逐级上报完毕。',
    en: 'Referrals: every open case has an “until when” that will fire, or has been escalated through all levels.',
    sql: `select r.org_id, r.id, r.state, r.wait_until, d.due_at, d.count from referral.referral r
      cross join lateral (select min(due_at) as due_at, count(*) as count from platform.deadline d
        where d.org_id = r.org_id and d.case_id = r.id and d.case_kind = 'referral' and d.ended_at is null) d
      where case when r.state in (${ENDS}) then d.count > 0 or r.wait_until is not null
        when r.wait_until is null then d.count > 0 or r.escalations = 0 else d.count <> 1 or d.due_at <> r.wait_until end`,
  },
  {
    name: 'open-task-has-until-when',
    zh: '任务:未完成的跟踪任务都有提醒,或已提醒。',
    en: 'Tasks: every unfinished task has a reminder to come, or has been told.',
    sql: `select t.org_id, t.id from referral.task t where t.done_at is null and t.overdue_told_at is null and not exists (
      select from platform.deadline d where d.org_id = t.org_id and d.case_id = t.id and d.ended_at is null)`,
  },
  {
    name: 'sent-case-has-package',
    zh: '转诊:已提交的转诊单都有随单封存的病历资料包。',
    en: 'Referrals: every case that was sent has its sealed record package.',
    sql: `select r.org_id, r.id, r.state from referral.referral r where exists (select from platform.trace_event e
        where e.org_id = r.org_id and e.case_id = r.id and e.type in ('referral.submitted', 'referral.emergency-started'))
      and not exists (select from health_record.package k where k.person_id = r.person_id and k.id = r.package_id and k.case_id = r.id)`,
  },
  {
    name: 'key-has-answer',
    zh: '幂等:每个已用的键都存有答复。',
    en: 'Idempotency: every key that was used keeps its answer.',
    sql: `select org_id, account_id, key from platform.idempotency where answer is null`,
  },
]

const dockingChecks: readonly Check[] = [
  {
    name: 'docking-line-in-order',
    zh: '省平台对接:每张转诊单只有排在最前的消息可发,已回执的之前没有未了的,序号连续。',
    en: 'Docking: of each case only the first unsettled message may be sent, none is acknowledged before an earlier one is settled, and numbers have no gap.',
    sql: `select m.org_id, m.case_id, m.seq, m.state from docking.message m
      cross join lateral (select exists (select from docking.message e where e.org_id = m.org_id and e.case_id = m.case_id and e.seq < m.seq
        and e.state in ('waiting', 'stuck')) as is_behind) b
      where (m.state = 'waiting' and (m.ready_at is null) <> b.is_behind) or (m.state = 'acknowledged' and b.is_behind)
      union all
      select l.org_id, l.case_id, l.last_seq, 'line' from docking.line l
      where l.last_seq <> (select count(*) from docking.message m where m.org_id = l.org_id and m.case_id = l.case_id)`,
  },
]

/** Every check of the house, for tests and for operators: `sql` lists what breaks the sentence. */
export const checks: readonly Check[] = [...bookingChecks, ...talkChecks, ...caseChecks, ...waitChecks, ...dockingChecks]

const EXAMPLES_MOST = 5

/** Runs all checks on one snapshot; only reads. A check that holds has no breaches. */
export const runChecks = async (db: Queryable): Promise<CheckOutcome[]> => {
  const outcomes: CheckOutcome[] = []
  for (const { name, zh, en, sql: text } of checks) {
    const examples = await db.rows<{ total: number }>(
      sql`select breach.*, (count(*) over ())::int as total from (${raw(text)}) breach limit ${EXAMPLES_MOST}`,
    )
    outcomes.push({ name, zh, en, breaches: examples[0]?.total ?? 0, examples })
  }
  return outcomes
}
