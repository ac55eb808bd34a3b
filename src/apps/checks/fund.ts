import type { Check } from './check.ts'

/** The newest revision of each settled bill. */
const NEWEST = 'select distinct on (org_id, bill_id) * from settlement.revision order by org_id, bill_id, no desc'

/** What always holds of the fund's years and of payment by disease. */
export const fundChecks: readonly Check[] = [
  {
    name: 'noted-spend-is-what-the-bill-costs',
    proves: ['F1'],
    over: 'fund.spend',
    zh: '总额预算:记下的每张账单的支出,恰为其最近一次结算中基金的支付额;已冲正或待重算的为零。',
    en: 'Budget: what is noted of a settled bill is what the fund pays by its newest revision, nothing once it is reversed or has to be settled again.',
    sql: `select s.org_id, s.bill_org, s.bill_id, s.fen from fund.spend s join (${NEWEST}) r on r.org_id = s.bill_org and r.bill_id = s.bill_id
      where s.fen <> case when r.kind in ('settled', 'adjusted') then r.fund_fen else 0 end
        and not exists (select from platform.outbox o where o.case_id = s.bill_id and o.type like 'settlement.%' and o.sent_at is null)
      union all
      select s.org_id, s.bill_org, s.bill_id, count(*) from fund.spend s where s.fen > 0 group by 1, 2, 3
        having (select count(*) from fund.spend t where t.bill_org = s.bill_org and t.bill_id = s.bill_id and t.fen > 0) > 1`,
  },
  {
    name: 'closed-year-is-paid-out-whole',
    proves: ['F2'],
    over: 'fund.year_close',
    zh: '总额预算:已结账年度,成员分得之和恰为留用的结余;超支由统筹基金与医共体分担之和恰为超支额;账上支出恰为结账时的支出。',
    en: 'Budget: the members’ parts of a closed year sum to what is kept, who bears an overrun to the overrun, and the books say the spend that it was closed by.',
    sql: `select c.org_id, c.year from fund.year_close c where c.state = 'decided' and (
        c.kept_fen <> (select coalesce(sum((part->>'fen')::bigint), 0) from jsonb_array_elements(c.parts) part)
        or c.kept_fen > greatest(0, c.budget_fen - c.spent_fen)
        or c.pool_bears_fen + c.network_bears_fen <> greatest(0, c.spent_fen - c.budget_fen)
        or c.spent_fen <> (select coalesce(sum(moved), 0) from fund.transfer t, unnest(t.accounts, t.fen) as side (account, moved)
          where t.org_id = c.org_id and t.year = c.year and (account = 'outside' or account like 'inside:%')))`,
  },
  {
    name: 'cleared-year-sums-to-its-fund',
    proves: ['F3'],
    over: 'fund.dip_clearing',
    zh: '病种分值付费:各机构应付之和恰为基金预算,应得之和加留在基金恰为基金预算,动用不超过调节金。',
    en: 'Payment by disease: what hospitals are due sums to the fund, what they are paid and what is left too, and no more than the reserve is drawn.',
    sql: `select c.id, c.year from fund.dip_clearing c join lateral (select sum(p.due_fen) as due, sum(p.paid_fen) as paid from fund.dip_cleared p
        where p.clearing_id = c.id) sums on true
      where sums.due <> c.fund_fen or sums.paid <> c.paid_fen or c.paid_fen + c.left_fen <> c.fund_fen or c.left_fen < -c.reserve_fen`,
  },
  {
    name: 'scored-case-is-of-the-published-catalogue',
    proves: ['F4'],
    over: 'fund.dip_case',
    zh: '病种分值付费:每个入组病例都出自当年公布的目录中的病种组,一份病例只计一次分。',
    en: 'Payment by disease: every scored case is of a group of the catalogue that its year publishes, or of none and says so.',
    sql: `select k.org_id, k.number from fund.dip_case k left join fund.dip_catalogue c on c.id = k.catalogue_id
      left join fund.dip_group g on g.catalogue_id = k.catalogue_id and g.key = k.key
      join fund.discharge d on d.org_id = k.org_id and d.number = k.number
      where c.state is distinct from 'published' or c.year <> k.year or (k.key is not null and g.key is null)
        or extract(year from d.discharged_on) <> k.year or extract(month from d.discharged_on) <> k.month`,
  },
  {
    name: 'heads-close-as-their-entries-say',
    proves: ['F5'],
    over: "fund.head_contract where state in ('closing', 'closed')",
    zh: '按人头付费:结算的费用恰为各笔录入之和,支付恰为定额乘人月除以十二,结余或超支恰由机构与基金分完;冲销恰为原笔的相反数。',
    en: 'By the head: a close spends what its entries sum to, pays the price by months of people, and its surplus or overrun has bearers to the fen; what takes an entry back is its opposite.',
    sql: `select c.org_id, c.id from fund.head_contract c
      cross join lateral (select coalesce(sum(e.spend_fen), 0) as spend from fund.head_entry e where e.org_id = c.org_id and e.contract_id = c.id) entered
      where c.state in ('closing', 'closed') and ((c.result->>'spendFen')::bigint <> entered.spend
        or (c.result->>'paidFen')::bigint <> round(c.price_fen::numeric * (c.result->>'headMonths')::bigint / 12)
        or (c.result->>'paidFen')::bigint - entered.spend <> (c.result->>'keptFen')::bigint + (c.result->>'backFen')::bigint
          - (c.result->>'borneFen')::bigint - (c.result->>'fundBearsFen')::bigint)
      union all
      select e.org_id, e.id from fund.head_entry e join fund.head_entry o on o.org_id = e.org_id and o.id = e.reverses
        where e.contract_id <> o.contract_id or e.month <> o.month or e.joins + o.joins <> 0 or e.leaves + o.leaves <> 0 or e.spend_fen + o.spend_fen <> 0`,
  },
  {
    name: 'wages-by-points-are-paid-out-whole',
    proves: ['F6'],
    over: 'fund.point_year',
    zh: '工分制薪酬:每份提出或批准的工分,各行所得之和恰为工资总额,所得为正的行都有计入的工分。',
    en: 'Work points: the lines of every proposed or agreed year sum to its wages, and nobody is paid without points that count.',
    sql: `select y.org_id, y.id from fund.point_year y where y.wages_fen <> (select coalesce(sum(l.fen), 0) from fund.point_line l
        where l.org_id = y.org_id and l.points_id = y.id)
      union all
      select l.org_id, l.points_id from fund.point_line l where l.fen > 0 and l.base_points + l.work_points = 0`,
  },
  {
    name: 'taken-up-spend-is-what-bills-cost',
    proves: ['F7'],
    over: "fund.transfer where source = 'settled'",
    zh: '总额预算:按月、按机构取入账本的结算支出(含结账后变动记入以后年度的)恰为记下的各账单支出之和;记入以后年度的,所属年度当时已结账,记入的年度尚未结账。',
    en: 'Budget: what the books took up of a month and member, also in later years, is the sum of the noted bills; what a later year took up is of a year that was closed then, in one that was not.',
    sql: `select t.org_id, t.of_year, t.of_month, t.place, t.fen from (select org_id, coalesce(of_year, year) as of_year, coalesce(of_month, month) as of_month,
          coalesce(institution_id, 0) as place, sum(fen[2]) as fen, max(booked_at) as at from fund.transfer where source = 'settled' group by 1, 2, 3, 4) t
        left join (select org_id, year, month, coalesce(institution_id, 0) as place, sum(fen) as fen, max(noted_at) as at from fund.spend group by 1, 2, 3, 4) s
          on s.org_id = t.org_id and s.year = t.of_year and s.month = t.of_month and s.place = t.place
        where t.fen <> coalesce(s.fen, 0) and (s.at is null or s.at < t.at - interval '1 minute')
      union all
      select t.org_id, t.of_year, t.of_month, coalesce(t.institution_id, 0), t.fen[2] from fund.transfer t where t.of_year is not null and (
        not exists (select from fund.year_close c where c.org_id = t.org_id and c.year = t.of_year and c.state = 'decided' and c.decided_at <= t.booked_at)
        or exists (select from fund.year_close c where c.org_id = t.org_id and c.year = t.year and c.state = 'decided' and c.decided_at < t.booked_at))`,
  },
  {
    name: 'heads-flow-into-the-budget-once',
    proves: ['F9'],
    over: 'fund.transfer where head_id is not null',
    zh: '总额预算:账本中按人头协议的每一笔都属于一份已清算的协议,金额恰为留用的结余减去自担的超支,一份协议只记一次。',
    en: 'Budget: each booking of a contract by the head is of a closed one, is what is kept of its surplus less what is borne of its overrun, and stands once.',
    sql: `select t.org_id, t.head_org, t.head_id, t.fen[2] as fen from fund.transfer t
        left join fund.head_contract c on c.org_id = t.head_org and c.id = t.head_id
        where t.head_id is not null and (c.state is distinct from 'closed'
          or t.fen[2] <> (c.result->>'keptFen')::bigint - (c.result->>'borneFen')::bigint)
      union all
      select min(org_id), head_org, head_id, sum(fen[2]) from fund.transfer where head_id is not null group by 2, 3 having count(*) > 1`,
  },
  {
    name: 'audits-flow-into-the-budget-once',
    proves: ['F8'],
    over: 'fund.recovery',
    zh: '总额预算:记下的审核追回恰为疑点现状(追回中为应追额,已追回为到账额,撤销为零);账本中每个疑点抵减之和恰为记下的金额。',
    en: 'Budget: what is noted of an audit is what its hit asks back or got back, nothing once revoked; what the books deducted of a hit sums to it.',
    sql: `select r.org_id, r.hit_org, r.hit_id, r.fen from fund.recovery r join audit_rules.hit h on h.org_id = r.hit_org and h.id = r.hit_id
        where r.fen <> case h.state when 'recovering' then coalesce(h.decided_fen, 0) when 'closed' then coalesce(h.recovered_fen, 0) else 0 end
          and not exists (select from platform.outbox o where o.case_id = h.id and o.type like 'audit-rules.hit-%' and o.sent_at is null)
      union all
      select t.org_id, t.hit_org, t.hit_id, t.fen from (select org_id, hit_org, hit_id, sum(case kind when 'deduct' then fen[2] else -fen[2] end) as fen, max(booked_at) as at
          from fund.transfer where hit_id is not null group by 1, 2, 3) t
        left join fund.counted_recovery r on r.org_id = t.org_id and r.hit_org = t.hit_org and r.hit_id = t.hit_id
        where r.fen is distinct from t.fen and (r.noted_at is null or r.noted_at < t.at - interval '1 minute')`,
  },
]
