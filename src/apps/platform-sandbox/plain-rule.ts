import type { TradeInput } from '../../modules/payment/index.ts'
import { fenOf, yuanOf } from '../../modules/payment/index.ts'

// The sandbox's own plain rule for who pays what. It is nobody's policy: no deductible, no cap, one share for each kind of care. It stands in
// for the insurer's adjudication so that the parts of a bill are whole, differ by insured type, and always come out the same.

type Line = TradeInput<'2204'>['feedetail'][number]

/** Basis points that the basic fund pays of what is in scope, by insured type and kind of care (`med_type`). */
const PLAIN_SHARES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '310': { '11': 6_000, '14': 8_000, '21': 8_500, '51': 7_000 },
  '390': { '11': 5_000, '14': 6_500, '21': 7_000, '51': 5_500 },
}
const SHARE_ELSE = 5_000
/** 乙类: what the person pays first. Basis points. */
const FIRST_SELF_PAID = 1_000
const WHOLE = 10_000
const FUND_OF: Readonly<Record<string, readonly [string, string]>> = {
  '310': ['310100', '职工基本医疗保险统筹基金'],
  '390': ['390100', '城乡居民基本医疗保险基金'],
}
const EMPLOYEES = '310'

const part = (fen: number, share: number): number => Math.round((fen * share) / WHOLE)

/** 甲类 is in scope whole, 乙类 after the first part, 丙类 not at all. */
export const splitLine = (line: Line) => {
  const amount = fenOf(line.det_item_fee_sumamt)
  const own = line.chrgitm_lv === '03' ? amount : 0
  const first = line.chrgitm_lv === '02' ? part(amount, FIRST_SELF_PAID) : 0
  return {
    feedetl_sn: line.feedetl_sn,
    det_item_fee_sumamt: line.det_item_fee_sumamt,
    cnt: line.cnt,
    pric: line.pric,
    fulamt_ownpay_amt: yuanOf(own),
    overlmt_amt: 0,
    preselfpay_amt: yuanOf(first),
    inscp_scp_amt: yuanOf(amount - own - first),
    chrgitm_lv: line.chrgitm_lv,
  }
}

/** The settlement of some lines, in the platform's names; `balance` is what the personal account holds, in fen. */
export const adjudicate = (
  lines: readonly Line[],
  about: { psn_no: string; insutype: string; med_type: string; mayUseAccount: boolean; balance: number },
) => {
  const split = lines.map(splitLine)
  const sum = (name: 'fulamt_ownpay_amt' | 'preselfpay_amt' | 'inscp_scp_amt' | 'det_item_fee_sumamt'): number =>
    split.reduce((whole, line) => whole + fenOf(line[name]), 0)
  const [total, inScope] = [sum('det_item_fee_sumamt'), sum('inscp_scp_amt')]
  const fund = part(inScope, PLAIN_SHARES[about.insutype]?.[about.med_type] ?? SHARE_ELSE)
  const own = total - fund
  const account = about.insutype === EMPLOYEES && about.mayUseAccount ? Math.min(own, about.balance) : 0
  const [code, name] = FUND_OF[about.insutype] ?? ['999997', '其他']
  return {
    setlinfo: {
      psn_no: about.psn_no,
      insutype: about.insutype,
      med_type: about.med_type,
      medfee_sumamt: yuanOf(total),
      fulamt_ownpay_amt: yuanOf(sum('fulamt_ownpay_amt')),
      preselfpay_amt: yuanOf(sum('preselfpay_amt')),
      inscp_scp_amt: yuanOf(inScope),
      hifp_pay: yuanOf(fund),
      fund_pay_sumamt: yuanOf(fund),
      psn_part_amt: yuanOf(own),
      acct_pay: yuanOf(account),
      psn_cash_pay: yuanOf(own - account),
      balc: yuanOf(about.balance - account),
    },
    setldetail: fund > 0 ? [{ fund_pay_type: code, fund_pay_type_name: name, fund_payamt: yuanOf(fund) }] : [],
  }
}
export type Settled = ReturnType<typeof adjudicate>
