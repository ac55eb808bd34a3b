import type { Check } from './check.ts'

export const dockingChecks: readonly Check[] = [
  {
    name: 'docking-line-in-order',
    proves: ['U4', 'U5'],
    over: 'docking.message',
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
