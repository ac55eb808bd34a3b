import type { Check } from './check.ts'

/** The newest revision of each settled bill. */
const NEWEST = 'select distinct on (org_id, bill_id) * from settlement.revision order by org_id, bill_id, no desc'

/** What the transfers of a bill come to, kind of account by kind. */
const MOVED = `select t.org_id, t.bill_id, sum(moved) filter (where account like 'fund:%') as fund, sum(moved) filter (where account like 'account:%') as account,
    sum(moved) filter (where account like 'relative:%') as relatives, sum(moved) filter (where account like 'person:%') as person,
    sum(moved) filter (where account like 'institution:%') as institution
  from settlement.transfer t, unnest(t.accounts, t.fen) as side (account, moved) group by 1, 2`

/** What always holds of settled bills and their books. */
export const settlementChecks: readonly Check[] = [
  {
    name: 'settlement-transfers-sum-to-zero',
    proves: ['S1'],
    over: 'settlement.transfer',
    zh: '医保结算:每一笔账借贷相抵,每个机构的账合计为零。',
    en: 'Settlement: every transfer sums to zero.',
    sql: `select t.org_id, t.bill_id, t.revision, (select sum(moved) from unnest(t.fen) moved) as sum from settlement.transfer t
      where (select sum(moved) from unnest(t.fen) moved) <> 0 or cardinality(t.fen) <> cardinality(t.accounts)`,
  },
  {
    name: 'settled-bill-is-posted-as-settled',
    proves: ['S2'],
    over: 'settlement.bill',
    zh: '医保结算:每张账单的账目合计,恰为其最近一次结算结果中基金、账户、亲属、个人各自的支付额。',
    en: 'Settlement: what the transfers of a bill come to is what its newest revision says that funds, accounts, relatives and the person pay.',
    sql: `select r.org_id, r.bill_id, r.no from (${NEWEST}) r left join (${MOVED}) m on m.org_id = r.org_id and m.bill_id = r.bill_id
      where (coalesce(m.fund, 0), coalesce(m.account, 0), coalesce(m.relatives, 0), coalesce(m.person, 0), coalesce(m.institution, 0))
        is distinct from (-r.fund_fen, -r.account_fen, -r.relatives_fen, -r.cash_fen, r.total_fen - r.hospital_fen)
      union all
      select r.org_id, r.bill_id, r.no from (${NEWEST}) r join settlement.bill b on b.org_id = r.org_id and b.id = r.bill_id
      left join lateral (select jsonb_object_agg(fund, paid) as funds from (select split_part(account, '/', 3) as fund, -sum(moved) as paid
        from settlement.transfer t, unnest(t.accounts, t.fen) as side (account, moved)
        where t.org_id = r.org_id and t.bill_id = r.bill_id and account like 'fund:%' group by 1 having sum(moved) <> 0) paid) m on true
      where coalesce(m.funds, '{}') <> (select coalesce(jsonb_object_agg(key, value) filter (where value <> '0'), '{}') from jsonb_each(r.funds))
      union all
      select b.org_id, b.id, 0 from settlement.bill b where not exists (select from settlement.revision r where r.org_id = b.org_id and r.bill_id = b.id)`,
  },
  {
    name: 'reversed-bill-moves-nothing',
    proves: ['S3'],
    over: "settlement.revision where kind = 'reversed'",
    zh: '医保结算:已冲正的账单,每个账户净额为零,此后再无账目;一个账单号至多一张未冲正。',
    en: 'Settlement: a reversed bill leaves every account as it was, nothing follows its mirror, and a number has one bill that stands at most.',
    sql: `select t.org_id, t.bill_id, account, sum(moved) as left_over from settlement.transfer t, unnest(t.accounts, t.fen) as side (account, moved)
      where exists (select from settlement.revision r where r.org_id = t.org_id and r.bill_id = t.bill_id and r.kind = 'reversed') group by 1, 2, 3 having sum(moved) <> 0
      union all
      select r.org_id, r.bill_id, 'revision ' || later.no, later.no from settlement.revision r join settlement.revision later
        on later.org_id = r.org_id and later.bill_id = r.bill_id and later.no > r.no where r.kind = 'reversed'
      union all
      select b.org_id, (array_agg(b.id))[1], b.bill_no, count(*) from settlement.bill b
        where not exists (select from settlement.revision r where r.org_id = b.org_id and r.bill_id = b.id and r.kind = 'reversed') group by b.org_id, b.bill_no having count(*) > 1`,
  },
  {
    name: 'year-is-the-sum-of-its-bills',
    proves: ['S4'],
    over: 'settlement.year_entry',
    zh: '医保结算:本年累计(起付线、总额、范围内、基金、各层)恰为未冲正账单最近结果之和,一张账单计一次。',
    en: 'Settlement: the cumulators of a year are the sum of the newest results of its standing bills, each counted once.',
    sql: `select coalesce(e.org_id, r.org_id) as org_id, coalesce(e.bill_id, r.bill_id) as bill_id, e.stays
      from (select org_id, bill_id, sum(stays) as stays, sum(deductible_fen) as deductible, sum(in_scope_fen) as in_scope, sum(basic_fen) as basic, sum(total_fen) as total
        from settlement.year_entry group by 1, 2) e
      full join (${NEWEST}) r on r.org_id = e.org_id and r.bill_id = e.bill_id
      where (coalesce(e.stays, 0), coalesce(e.deductible, 0), coalesce(e.in_scope, 0), coalesce(e.basic, 0), coalesce(e.total, 0)) is distinct from
        (case when r.kind = 'reversed' then 0 else 1 end, coalesce((r.result->>'deductibleFen')::bigint, 0), coalesce((r.result->>'inScopeFen')::bigint, 0),
          coalesce((r.result->>'basicFen')::bigint, 0), coalesce((r.result->>'totalFen')::bigint, 0))
      union all
      select coalesce(e.org_id, r.org_id), coalesce(e.bill_id, r.bill_id), null
      from (select org_id, bill_id, key as layer, sum((value->>0)::bigint) as base, sum((value->>1)::bigint) as paid from settlement.year_entry, jsonb_each(layers)
        group by 1, 2, 3 having sum((value->>0)::bigint) <> 0 or sum((value->>1)::bigint) <> 0) e
      full join (select n.org_id, n.bill_id, l->>'layer' as layer, (l->>'baseFen')::bigint as base, (l->>'amountFen')::bigint as paid
        from (${NEWEST}) n, jsonb_array_elements((n.result->'layers')::jsonb) l where (l->>'baseFen')::bigint <> 0 or (l->>'amountFen')::bigint <> 0) r
        on r.org_id = e.org_id and r.bill_id = e.bill_id and r.layer = e.layer
      where (e.base, e.paid) is distinct from (r.base, r.paid)
      union all
      select coalesce(e.org_id, r.org_id), coalesce(e.bill_id, r.bill_id), null
      from (select org_id, bill_id, key as name, sum(value::bigint) as used from settlement.year_entry, jsonb_each_text(limits_used) group by 1, 2, 3 having sum(value::bigint) <> 0) e
      full join (select n.org_id, n.bill_id, key as name, value::bigint as used from (${NEWEST}) n, jsonb_each_text((n.result->'limitsUsed')::jsonb) where value::bigint <> 0) r
        on r.org_id = e.org_id and r.bill_id = e.bill_id and r.name = e.name
      where e.used is distinct from r.used`,
  },
  {
    name: 'kept-book-is-its-hash',
    proves: ['S5'],
    over: 'settlement.book',
    zh: '医保结算:留存的规则逐字节与其哈希相符;每个结算结果都是按所记的规则得出的。',
    en: 'Settlement: kept rules are byte for byte what was hashed, and every result says the rules that it names.',
    sql: `select hash, area, insured from settlement.book where hash <> encode(sha256(convert_to(body, 'UTF8')), 'hex')
      union all
      select r.book_hash, b.area, b.insured from settlement.revision r join settlement.bill b on b.org_id = r.org_id and b.id = r.bill_id
      where r.result is not null and r.book_hash <> r.result->>'rulebookHash'`,
  },
]
