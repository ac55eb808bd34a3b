import type { Check } from './check.ts'

/** What the transfers of a hit come to, account by account. */
const MOVED = `select t.org_id, t.hit_id, sum(moved) filter (where account like 'owed:%') as owed, sum(moved) filter (where account = 'fund:recovery') as fund,
    sum(moved) filter (where account like 'institution:%') as institution
  from audit_rules.transfer t, unnest(t.accounts, t.fen) as side (account, moved) group by 1, 2`

/** What always holds of sums that audits ask back. */
export const auditRulesChecks: readonly Check[] = [
  {
    name: 'recovery-is-booked-as-decided',
    proves: ['R1'],
    over: 'audit_rules.hit',
    zh: '智能审核:决定追回的,账上恰欠所定金额;结案的不再欠,基金恰得到账金额;未决定的、撤销的账上为零。',
    en: 'Audit: a decided recovery is owed as decided, a closed one is owed no more and the fund has what came, and any other leaves nothing in the books.',
    sql: `select h.org_id, h.id, h.state from audit_rules.hit h left join (${MOVED}) m on m.org_id = h.org_id and m.hit_id = h.id
      where (coalesce(m.owed, 0), coalesce(m.fund, 0), coalesce(m.institution, 0)) is distinct from
        (case when h.state = 'recovering' then -h.decided_fen else 0 end,
         case h.state when 'recovering' then h.decided_fen when 'closed' then h.recovered_fen else 0 end,
         case when h.state = 'closed' then -h.recovered_fen else 0 end)
      union all
      select t.org_id, t.hit_id, t.kind from audit_rules.transfer t
        where exists (select from unnest(t.accounts) account where account not in ('owed:' || t.org_id, 'institution:' || t.org_id, 'fund:recovery'))
      union all
      select h.org_id, h.id, 'twice' from audit_rules.hit h where h.state = 'dropped'
        and exists (select from audit_rules.transfer t where t.org_id = h.org_id and t.hit_id = h.id and t.kind in ('paid', 'waived'))`,
  },
  {
    name: 'past-line-is-of-a-live-bill',
    proves: ['R10'],
    over: 'audit_rules.past_line',
    zh: '智能审核:开单时参照的之前明细,与账单的明细一致;退费或撤销的账单不在其内。',
    en: 'Audit: what a desk is told was billed before stands so in its bill, and the bill was neither refunded nor withdrawn.',
    sql: `select p.person_id, p.bill_id, p.no from audit_rules.past_line p join payment.bill b on b.org_id = p.org_id and b.id = p.bill_id
      left join payment.line l on l.org_id = p.org_id and l.bill_id = p.bill_id and l.no = p.no
      where b.state in ('reversed', 'cancelled') or (l.code, l.count, l.amount_fen, l.person_id) is distinct from (p.item, p.quantity, p.amount_fen, p.person_id)`,
  },
]
