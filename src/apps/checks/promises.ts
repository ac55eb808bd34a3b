import type { Check } from './check.ts'
import { ENDS, REASONED, steps } from './referral-moves.ts'

/** What the moves of a referral promise beyond being in the table. */
export const promiseChecks: readonly Check[] = [
  {
    name: 'step-says-who-and-why',
    proves: ['R2'],
    over: "platform.trace_event where case_kind = 'referral'",
    zh: '转诊:每一步都有经办人、机构和时间;该写原因的都写了原因。',
    en: 'Referrals: every step says who, of which institution and when, and why where the table asks for it.',
    sql: `select e.org_id, e.case_id, e.seq, e.type, e.actor_role from platform.trace_event e where e.case_kind = 'referral'
      and ((e.actor_role not in ('system', 'resident') and (e.actor_account is null or e.actor_org is null))
        or (e.actor_role = 'resident' and e.actor_account is null) or (e.type in (${REASONED}) and coalesce(e.reason, '') = ''))`,
  },
  {
    name: 'accepted-has-place',
    proves: ['R4'],
    over: "referral.referral where state in ('accepted', 'scheduled')",
    zh: '转诊:普通上转、平转一经接收即有号源或写明的队列;退回都有原因代码和去路。',
    en: 'Referrals: an ordinary one that was accepted has a live unit or a named queue; one that was returned has a coded reason and a way on.',
    sql: `select r.org_id, r.id, r.state from referral.referral r where (r.state = 'accepted' and r.urgency = 'ordinary' and r.direction <> 'down'
          and r.booking_id is null and coalesce(r.queue, '') = '')
        or (r.state = 'scheduled' and not exists (select from booking.booking b where b.org_id = r.booking_org and b.id = r.booking_id and b.state in ('held', 'confirmed', 'checked-in'))
          -- The clinic was stopped a moment ago and the referral has not heard of it yet.
          and not exists (select from platform.outbox o where o.org_id = r.booking_org and o.case_id = r.booking_id
            and o.type = 'booking.clinic-stopped' and o.sent_at is null))
      union all
      select e.org_id, e.case_id, e.type from platform.trace_event e
      where e.type = 'referral.rejected' and (coalesce(e.reason, '') = '' or coalesce(e.data->>'why', '') = '')`,
  },
  {
    name: 'hand-back-is-whole',
    proves: ['R5'],
    over: "platform.trace_event where type = 'referral.handed-back'",
    zh: '回转:带有诊断、结果、治疗、用药和随访方案,资料包已封存,接回机构可以阅读。',
    en: 'Hand backs: they carry diagnosis, findings, treatment, medication and plan, with a sealed package, and the receiver is a party who can read them.',
    sql: `select r.org_id, r.id, r.state from referral.referral r
      where exists (select from platform.trace_event e where e.org_id = r.org_id and e.case_id = r.id and e.type = 'referral.handed-back')
      and (r.returned is null or r.package_id is null or r.care_org is null
        or exists (select from unnest(array['diagnosis', 'findings', 'treatment', 'plan', 'medication']) field where coalesce(r.returned->>field, '') = '')
        or not exists (select from referral.party p where p.org_id = r.care_org and p.referral_id = r.id and p.side = 'care-team'))`,
  },
  {
    name: 'escalated-once-a-level',
    proves: ['R6'],
    over: "platform.trace_event where type = 'referral.escalated'",
    zh: '上报:同一次等待逐级上报,每级恰好一次。',
    en: 'Escalation: one wait is escalated level by level, once each.',
    sql: `select s.org_id, s.case_id, s.seq, s.level, s.level_before from (select s.*, lag(s.level) over by_case as level_before, lag(s.type) over by_case as type_before
        from (${steps}) s where s.type not in ('referral.completed', 'referral.unit-changed') window by_case as (partition by s.org_id, s.case_id order by s.seq)) s
      where s.type = 'referral.escalated' and s.level::int <> 1 + case when s.type_before = s.type then s.level_before::int else 0 end`,
  },
  {
    name: 'end-closes-children',
    proves: ['R9'],
    over: `referral.referral where state in (${ENDS})`,
    zh: '撤销或终止:号源、任务、向接回机构的询问都随之了结。',
    en: 'An end closes every child: the unit, the tasks, the question whether a place is ready.',
    sql: `select r.org_id, r.id, r.state, 'unit' as child from referral.referral r join booking.booking b on b.case_id = r.id and b.state = 'held' where r.state in (${ENDS})
      union all
      select r.org_id, r.id, r.state, q.state from referral.referral r join continuity.readiness q on q.referral_id = r.id and q.state = 'asked' where r.state in (${ENDS})`,
  },
]
