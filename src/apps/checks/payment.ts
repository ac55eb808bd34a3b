import type { Check } from './check.ts'

/** What each bill has moved on each account, whatever it took for it. */
const HELD = `select t.org_id, t.bill_id, t.round, account, sum(moved) as fen from payment.transfer t, unnest(t.accounts, t.fen) as side (account, moved)
  group by 1, 2, 3, 4`

/** What always holds of bills that are paid at the doctor's desk, and of their books. */
export const paymentChecks: readonly Check[] = [
  {
    name: 'payment-transfers-sum-to-zero',
    proves: ['P1'],
    over: 'payment.transfer',
    zh: '诊间支付:每一笔账借贷相抵。',
    en: 'Payment: every transfer sums to zero.',
    sql: `select org_id, bill_id, round, kind from payment.transfer t
      where (select sum(moved) from unnest(t.fen) moved) <> 0 or cardinality(t.fen) <> cardinality(t.accounts)`,
  },
  {
    name: 'payment-split-is-the-bill',
    proves: ['P2'],
    over: 'payment.bill where split is not null',
    zh: '诊间支付:各方支付之和恰为账单合计,账单合计恰为各项目之和。',
    en: 'Payment: who pays what sums to the bill, and the bill is the sum of its lines.',
    sql: `select b.org_id, b.id from payment.bill b
      where b.total_fen <> coalesce((select sum(amount_fen) from payment.line l where (l.org_id, l.bill_id) = (b.org_id, b.id)), 0)
        or (b.split is not null and b.total_fen <> (b.split ->> 'account')::bigint + (b.split ->> 'familyPool')::bigint + (b.split ->> 'hospital')::bigint
          + (b.split ->> 'cash')::bigint + coalesce((select sum(value::bigint) from jsonb_each_text(b.split -> 'funds')), 0))`,
  },
  {
    name: 'payment-settled-is-received',
    proves: ['P3'],
    over: "payment.bill where state = 'settled'",
    zh: '诊间支付:已结算的账单,机构所得恰为合计减去本院承担,没有现金停在待清算里。',
    en: 'Payment: of a settled bill the institution has the total less what it bears itself, and no cash is left in clearing.',
    sql: `select b.org_id, b.id from payment.bill b where b.state = 'settled' and (
      coalesce((select fen from (${HELD}) h where (h.org_id, h.bill_id, h.round) = (b.org_id, b.id, b.round) and account = 'institution:' || b.org_id), 0)
        <> b.total_fen - (b.split ->> 'hospital')::bigint
      or exists (select from (${HELD}) h where (h.org_id, h.bill_id, h.round) = (b.org_id, b.id, b.round) and account like 'clearing:%' and fen <> 0))`,
  },
  {
    name: 'payment-ended-leaves-nothing',
    proves: ['P4'],
    over: "payment.bill where state in ('reversed', 'cancelled')",
    zh: '诊间支付:已退费或撤销的账单,每个账户都回到原处。',
    en: 'Payment: a bill that was refunded or withdrawn has left every account where it was.',
    sql: `select h.org_id, h.bill_id, h.account, h.fen from (${HELD}) h join payment.bill b on (b.org_id, b.id) = (h.org_id, h.bill_id)
      where b.state in ('reversed', 'cancelled') and h.fen <> 0`,
  },
  {
    name: 'payment-released-is-paid',
    proves: ['P5'],
    over: 'payment.line where released_at is not null',
    zh: '诊间支付:可以执行或发药的项目,都属于已结算的账单;做过的项目不会在退费的账单上。',
    en: 'Payment: what may be carried out or dispensed stands on a settled bill, and nothing that was done stands on a refunded one.',
    sql: `select l.org_id, l.bill_id, l.no from payment.line l join payment.bill b on (b.org_id, b.id) = (l.org_id, l.bill_id)
      where l.released_at is not null and b.state <> 'settled'`,
  },
  {
    name: 'payment-difference-has-ticket',
    proves: ['P6'],
    over: 'payment.comparison where not agrees',
    zh: '诊间支付:对账不符的每一天、每一本账,都有差异单。',
    en: 'Payment: every book of a day that does not agree has a ticket.',
    sql: `select c.org_id, c.day, c.book from payment.comparison c
      where not c.agrees and not exists (select from payment.ticket t where (t.org_id, t.day, t.book) = (c.org_id, c.day, c.book))`,
  },
  {
    name: 'payment-filing-number-is-answered',
    proves: ['P7'],
    over: 'payment.filing_notice where number is not null',
    zh: '异地备案:平台备案号都来自平台对 2501 的答复,同一号只属于一件备案的一个就医地。',
    en: 'Filings: every number of the platform came with its answer to 2501, and belongs to one place of one filing.',
    sql: `select n.person_id, n.filing_id, n.place from payment.filing_notice n where n.number is not null and (
      not exists (select from payment.trade t where t.org_id = n.org_id and t.infno = '2501' and t.step = 'filing ' || n.filing_id || ' ' || n.place || ' file'
        and t.state = 'answered' and t.answer -> 'result' ->> 'trt_dcla_detl_sn' = n.number)
      or exists (select from payment.filing_notice o where o.number = n.number and (o.person_id, o.filing_id, o.place) <> (n.person_id, n.filing_id, n.place)))`,
  },
]
