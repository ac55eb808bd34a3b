import type { Check } from './check.ts'
import { ENDS, HOLDERS, MOVE_ROWS, steps } from './referral-moves.ts'

export const caseChecks: readonly Check[] = [
  {
    name: 'referral-follows-table',
    proves: ['R1'],
    over: `platform.trace_event where case_kind = 'referral'`,
    zh: '转诊:每一步都在流转表中,从起始状态开始。',
    en: 'Referrals: every step is in the table of moves, from the start on.',
    sql: `select s.org_id, s.case_id, s.seq, s.before, s.type, s.state from (${steps}) s
      where not exists (select from (values ${MOVE_ROWS}) as m (type, before, state) where m.type = s.type and m.before = s.before and m.state = s.state)`,
  },
  {
    name: 'referral-state-is-fold',
    proves: ['R7'],
    over: 'referral.referral',
    zh: '转诊:当前状态等于留痕事件的累积结果。',
    en: 'Referrals: the state is what the trace adds up to.',
    sql: `select r.org_id, r.id, r.state, s.state as by_trace from referral.referral r
      left join (${steps}) s on s.org_id = r.org_id and s.case_id = r.id and s.is_last where s.state is distinct from r.state`,
  },
  {
    name: 'trace-has-no-gap',
    proves: ['R2', 'U4'],
    over: 'platform.trace_event',
    zh: '留痕:同一事项的序号从 1 起连续,时间不倒退。',
    en: 'Trace: numbers of a case run from 1 without a gap, and times never go back.',
    sql: `select org_id, case_id, seq, at from (select org_id, case_id, seq, at, lag(seq, 1, 0) over by_case as seq_before, lag(at) over by_case as at_before
        from platform.trace_event window by_case as (partition by org_id, case_id order by seq)) e
      where seq <> seq_before + 1 or at < at_before`,
  },
  {
    name: 'event-told-once',
    proves: ['U3'],
    over: 'platform.trace_event',
    zh: '留痕:每个事件恰有一条外发记录;有居民的事件恰有一条居民事件。',
    en: 'Trace: every event stands once in the outbox, and once with the person where there is one.',
    // One pass over each table and one grouping: no statistics of the tables can turn it into a look-up for each event.
    sql: `select org_id, id, events, told, of_person from (
        select org_id, id, person_id, count(*) filter (where place = 'trace') as events, count(*) filter (where place = 'outbox') as told,
          count(*) filter (where place = 'person') as of_person from (
            select org_id, id, person_id, 'trace' as place from platform.trace_event
            union all select org_id, event_id, person_id, 'outbox' from platform.outbox
            union all select org_id, event_id, person_id, 'person' from platform.person_event) place
          group by org_id, id, person_id) event
      where events <> 1 or told <> 1 or of_person <> (person_id is not null)::int`,
  },
  {
    name: 'one-baton-holder',
    proves: ['R3'],
    over: 'referral.referral',
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
    proves: ['R8'],
    over: 'referral.party',
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
