import type { Check } from './check.ts'

/** Why records were read, and what follows from an emergency. */
export const recordAccessChecks: readonly Check[] = [
  {
    name: 'read-is-lawful',
    proves: ['A1'],
    over: "platform.audit where form = 'health-record.summary' and outcome = 'done' and role <> 'system'",
    zh: '调阅依据:每次查看健康档案都写明法律依据;以授权、紧急为依据的,当时确有生效的授权或紧急调阅。',
    en: 'Lawful basis: every look at a record names one; a consent or an emergency access that is named was in force at that moment.',
    // Rows of before the basis was kept have none; they are older than the first that has one.
    sql: `select a.org_id, a.id, a.at, a.lawful_basis from platform.audit a
      where a.form = 'health-record.summary' and a.outcome = 'done' and a.role <> 'system'
        and a.at >= (select min(at) from platform.audit where lawful_basis is not null)
        and (a.lawful_basis is null
          or (a.lawful_basis = 'consent' and not exists (select from record_access.consent c where 'consent ' || c.id = a.lawful_ref
            and c.from_at <= a.at and c.until_at > a.at and (c.withdrawn_at is null or c.withdrawn_at >= a.at)))
          or (a.lawful_basis = 'emergency' and not exists (select from record_access.emergency e where 'emergency ' || e.id = a.lawful_ref
            and e.account_id = a.account_id and e.opened_at <= a.at and e.until_at >= a.at)))`,
  },
  {
    name: 'emergency-is-reviewed',
    proves: ['A5', 'A6'],
    over: 'record_access.emergency',
    zh: '紧急调阅:有原因、不超过 24 小时、告知本人,由他人复核;逾期未复核的已上报。',
    en: 'Emergency access: a reason, 24 hours at most, told to the person, reviewed by somebody else; what is overdue was told.',
    sql: `select e.person_id, e.id from record_access.emergency e
      where e.reason = '' or e.until_at > e.opened_at + interval '24 hours' or e.reviewed_by = e.account_id
        or not exists (select from platform.trace_event t where t.case_id = e.id and t.type = 'record-access.emergency-opened' and t.person_id = e.person_id)
        or (e.verdict is null and e.escalated_at is null and e.review_by_on + 2 < (platform.jieli_now() at time zone 'UTC')::date)`,
  },
  {
    name: 'consent-is-separate',
    proves: ['A12'],
    over: 'record_access.consent',
    zh: '授权:一份一种用途,留有当时向居民展示的内容。',
    en: 'Consent: one purpose each, with the words that the person was shown.',
    sql: `select c.person_id, c.id from record_access.consent c where coalesce(c.shown->>'zh', '') = '' or coalesce(c.shown->>'en', '') = ''`,
  },
  {
    name: 'audit-is-numbered',
    proves: ['A7'],
    over: 'platform.audit_leaf',
    zh: '审计编号:从 1 起连续,每号有其记录,树根与条数相符。',
    en: 'Audit: numbered from 1 without a gap, each number has its row, and the newest head counts them all.',
    sql: `select l.n from (select n, org_id, audit_id, lag(n, 1, 0::bigint) over (order by n) as before from platform.audit_leaf) l
        where l.n <> l.before + 1 or not exists (select from platform.audit a where a.org_id = l.org_id and a.id = l.audit_id)
      union all select h.size from platform.audit_head h where h.size > (select coalesce(max(n), 0) from platform.audit_leaf)`,
  },
  {
    name: 'export-had-two',
    proves: ['A11'],
    over: 'record_access.export_wish',
    zh: '批量导出:用过的都由第二人批准。',
    en: 'Exports of many: each that was carried out had been approved by a second person.',
    sql: `select w.org_id, w.id from record_access.export_wish w where w.used_at is not null and (w.decided is distinct from 'approved' or w.decided_by = w.asked_by)`,
  },
]
