import type { Check } from './check.ts'
import { ENDS, takenOver } from './referral-moves.ts'

export const waitChecks: readonly Check[] = [
  {
    name: 'open-guard-means-open-case',
    proves: ['R9'],
    over: 'referral.open_guard',
    zh: '转诊:每条“进行中”占位都指向该居民该病种的一张进行中的转诊单。',
    en: 'Referrals: every guard points to an open case of that person and condition.',
    sql: `select g.person_id, g.condition_key, g.referral_id from referral.open_guard g left join referral.referral r on r.org_id = g.case_org and r.id = g.referral_id
      where r.id is null or r.state in (${ENDS}) or r.person_id <> g.person_id or r.condition_key <> g.condition_key`,
  },
  {
    name: 'open-case-has-guard',
    proves: ['R1'],
    over: `referral.referral where state not in (${ENDS})`,
    zh: '转诊:每张进行中的转诊单都有占位;只有进行中的急诊可以取代它。',
    en: 'Referrals: every open case has its guard; only an open emergency may have taken it over.',
    sql: `select r.org_id, r.id, r.state from referral.referral r where r.state not in (${ENDS}) and not (${takenOver})
      and not exists (select from referral.open_guard g
        where g.person_id = r.person_id and g.condition_key = r.condition_key and g.case_org = r.org_id and g.referral_id = r.id)`,
  },
  {
    name: 'one-open-per-condition',
    proves: ['R1'],
    over: `referral.referral where state not in (${ENDS})`,
    zh: '转诊:同一居民同一病种只有一张进行中的转诊单(被进行中的急诊取代的除外)。',
    en: 'Referrals: one open case per person and condition, save those that an open emergency has taken over.',
    sql: `select r.person_id, r.condition_key, count(*) from referral.referral r where r.state not in (${ENDS}) and not (${takenOver})
      group by 1, 2 having count(*) > 1`,
  },
  {
    name: 'open-case-has-until-when',
    proves: ['R6', 'R9'],
    over: 'referral.referral',
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
    proves: ['R6'],
    over: 'referral.task',
    zh: '任务:未完成的跟踪任务都有提醒,或已提醒。',
    en: 'Tasks: every unfinished task has a reminder to come, or has been told.',
    sql: `select t.org_id, t.id from referral.task t where t.done_at is null and t.overdue_told_at is null and not exists (
      select from platform.deadline d where d.org_id = t.org_id and d.case_id = t.id and d.ended_at is null)`,
  },
  {
    name: 'sent-case-has-package',
    proves: ['R4'],
    over: 'referral.referral where package_id is not null',
    zh: '转诊:已提交的转诊单都有随单封存的病历资料包。',
    en: 'Referrals: every case that was sent has its sealed record package.',
    sql: `select r.org_id, r.id, r.state from referral.referral r where exists (select from platform.trace_event e
        where e.org_id = r.org_id and e.case_id = r.id and e.type in ('referral.submitted', 'referral.emergency-started'))
      and not exists (select from health_record.package k where k.person_id = r.person_id and k.id = r.package_id and k.case_id = r.id)`,
  },
  {
    name: 'key-has-answer',
    proves: ['B11', 'U2'],
    over: 'platform.idempotency',
    zh: '幂等:每个已用的键都存有答复。',
    en: 'Idempotency: every key that was used keeps its answer.',
    sql: `select org_id, account_id, key from platform.idempotency where answer is null`,
  },
]
