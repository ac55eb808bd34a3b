import type { Check } from './check.ts'

/** Who read what, and whether they might. */
export const accessChecks: readonly Check[] = [
  {
    name: 'read-has-basis',
    proves: ['A1'],
    over: "platform.audit where kind = 'query' and outcome = 'done' and case_id is not null and form like 'referral.%'",
    zh: '调阅:每次调阅转诊单的机构都是(或曾是)该单的一方,且写明依据;填单前的提示除外。',
    en: 'Reads: whoever read a case is or was a party to it, and the basis is written down; what is shown before a form is filled is told apart.',
    sql: `select a.org_id, a.id, a.form, a.case_id from platform.audit a where a.kind = 'query' and a.outcome = 'done'
      and a.form like 'referral.%' and a.form <> 'referral.open-of' and a.case_id is not null and a.role not in ('resident', 'system')
      and exists (select from referral.referral r where r.id = a.case_id)
      and (a.basis = '' or not exists (select from referral.party p where p.referral_id = a.case_id and p.org_id = a.org_id))`,
  },
  {
    name: 'act-is-audited',
    proves: ['A2'],
    over: 'platform.trace_event where actor_account is not null',
    zh: '留痕:每个由人做出的事件在同一时刻都有审计记录。',
    en: 'Audit: every event that a person caused has its audit row of the same moment.',
    // An event that had to wait for another of the same case stands a moment after its act.
    sql: `select e.org_id, e.case_id, e.seq, e.type from platform.trace_event e where e.actor_account is not null
      and not exists (select from platform.audit a where a.account_id = e.actor_account and a.kind = 'command' and a.outcome = 'done'
        and (a.at in (e.at, e.occurred_at) or (a.case_id = e.case_id and a.at between e.at - interval '1 minute' and e.at)))`,
  },
  {
    name: 'former-party-reads-nothing',
    proves: ['A3'],
    over: "platform.trace_event where type = 'referral.redirected'",
    zh: '改转之后:原接收机构不再能调阅该单。',
    en: 'After a redirect: the receiver that gave the case away reads it no more.',
    sql: `select a.org_id, a.id, a.form, a.at from platform.trace_event e
      join platform.audit a on a.case_id = e.case_id and a.kind = 'query' and a.outcome = 'done' and a.org_id = (e.data->>'from')::bigint and a.at > e.at
      where e.type = 'referral.redirected' and a.form <> 'referral.open-of'
        and not exists (select from referral.party p where p.referral_id = e.case_id and p.org_id = a.org_id and (p.ended_at is null or p.ended_at > a.at))`,
  },
  {
    name: 'rows-are-guarded',
    proves: ['A4'],
    over: "platform.shard_map where table_group in ('org', 'person')",
    zh: '行级安全:存放居民或机构数据的每张表都强制执行,应用账号不拥有任何表。',
    en: 'Row security: it is forced on every table that holds persons’ or institutions’ data, and the app’s role owns none.',
    sql: `select m.table_name, c.relrowsecurity, c.relforcerowsecurity from platform.shard_map m join pg_class c on c.oid = m.table_name::regclass
      where m.table_group in ('org', 'person') and (not c.relrowsecurity or not c.relforcerowsecurity or pg_get_userbyid(c.relowner) = 'jieli_app'
        or not exists (select from pg_policy p where p.polrelid = c.oid))`,
  },
]
