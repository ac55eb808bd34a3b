import { z } from 'zod'
import type { SplitBasis } from '../payment.ts'
import { fenOf, yuan } from './yuan.ts'

const none = yuan.default(0)

/** The amounts of a settlement under the platform's names (insurance facts, A1; grade G2). Yuan. */
export const setlinfo = z.object({
  setl_id: z.string().max(60).nullish(),
  mdtrt_id: z.string().max(60).nullish(),
  psn_no: z.string().max(60),
  insutype: z.string().max(6),
  med_type: z.string().max(12),
  setl_time: z.string().max(30).nullish(),
  medfee_sumamt: yuan,
  fulamt_ownpay_amt: none,
  overlmt_selfpay: none,
  preselfpay_amt: none,
  inscp_scp_amt: none,
  act_pay_dedc: none,
  hifp_pay: none,
  cvlserv_pay: none,
  hifes_pay: none,
  hifmi_pay: none,
  hifob_pay: none,
  maf_pay: none,
  oth_pay: none,
  fund_pay_sumamt: yuan,
  hosp_part_amt: none,
  psn_part_amt: yuan,
  acct_pay: none,
  acct_mulaid_pay: none,
  psn_cash_pay: yuan,
  balc: none,
  clr_optins: z.string().max(20).nullish(),
  clr_way: z.string().max(6).nullish(),
  clr_type: z.string().max(6).nullish(),
})
export type Setlinfo = z.infer<typeof setlinfo>

/** One fund's part: 310100 职工统筹, 390100 居民统筹, 610100 医疗救助 … */
export const setldetail = z.array(
  z.object({
    fund_pay_type: z.string().max(10),
    fund_pay_type_name: z.string().max(60).nullish(),
    fund_payamt: yuan,
    setl_proc_info: z.string().max(200).nullish(),
  }),
)

/** Who pays what of a bill. Whole fen, each 0 or more. */
export type Split = {
  readonly total: number
  /** By the platform's code of each fund that pays. */
  readonly funds: Readonly<Record<string, number>>
  readonly account: number
  readonly familyPool: number
  readonly hospital: number
  readonly cash: number
  readonly basis?: SplitBasis | undefined
}

const sum = (fen: Iterable<number>): number => [...fen].reduce((whole, one) => whole + one, 0)

/** The split that a settlement says. Funds of nothing are left out. */
export const splitOf = (info: Setlinfo, detail: z.infer<typeof setldetail>): Split => {
  const funds: Record<string, number> = {}
  for (const { fund_pay_type: code, fund_payamt } of detail)
    if (fenOf(fund_payamt) !== 0) funds[code] = (funds[code] ?? 0) + fenOf(fund_payamt)
  return {
    total: fenOf(info.medfee_sumamt),
    funds,
    account: fenOf(info.acct_pay),
    familyPool: fenOf(info.acct_mulaid_pay),
    hospital: fenOf(info.hosp_part_amt),
    cash: fenOf(info.psn_cash_pay),
    basis: {
      own: fenOf(info.fulamt_ownpay_amt),
      overLimit: fenOf(info.overlmt_selfpay),
      first: fenOf(info.preselfpay_amt),
      inScope: fenOf(info.inscp_scp_amt),
    },
  }
}

/** What all funds pay together. Fen. */
export const fundOf = ({ funds }: Split): number => sum(Object.values(funds))

const LAYERS = ['hifp_pay', 'cvlserv_pay', 'hifes_pay', 'hifmi_pay', 'hifob_pay', 'maf_pay', 'oth_pay'] as const

/**
 * What is wrong with a settlement that the platform answered, by the invariants of A1: an empty list when it may be believed.
 * `total` is what the bill comes to here, in fen.
 */
export const faultsOfSettlement = (info: Setlinfo, detail: z.infer<typeof setldetail>, total: number): string[] => {
  const fen = (name: keyof Setlinfo): number => fenOf(Number(info[name]))
  const split = splitOf(info, detail)
  const layers = sum(LAYERS.map(fen))
  const checks: readonly [boolean, string][] = [
    [split.total === total, 'medfee_sumamt is not the bill'],
    [
      fen('inscp_scp_amt') === fen('medfee_sumamt') - fen('fulamt_ownpay_amt') - fen('overlmt_selfpay') - fen('preselfpay_amt'),
      'inscp_scp_amt does not fit',
    ],
    [fen('fund_pay_sumamt') + fen('psn_part_amt') + fen('hosp_part_amt') === fen('medfee_sumamt'), 'the parts are not the whole'],
    [fen('psn_part_amt') === split.account + split.familyPool + split.cash, 'psn_part_amt does not fit'],
    [fen('fund_pay_sumamt') === layers && layers === fundOf(split), 'fund_pay_sumamt is not the sum of its layers'],
    [
      [...LAYERS.map(fen), split.account, split.familyPool, split.cash, split.hospital].every((part) => part >= 0),
      'a part is negative',
    ],
    [info.insutype !== RESIDENTS || split.account === 0, 'residents’ insurance has no personal account'],
  ]
  return checks.filter(([isRight]) => !isRight).map(([, says]) => says)
}

/** 居民医保: an insured person without a personal account. Employees are 310. */
export const RESIDENTS = '390'
