import { z } from 'zod'
import { setldetail, setlinfo } from './amounts.ts'
import { yuan } from './yuan.ts'
import { text } from './scalars.ts'

/** A line of fees as 2204, 2301 and 6201 carry it. */
export const feedetail = z.object({
  feedetl_sn: text(40).min(1),
  mdtrt_id: text(60).optional(),
  psn_no: text(60).optional(),
  chrg_bchno: text(40).optional(),
  fee_ocur_time: text(30),
  med_list_codg: text(60),
  medins_list_codg: text(60),
  medins_list_name: text(200).optional(),
  /** 01 甲类, 02 乙类, 03 丙类: the platform's own directory decides; ours is what the sandbox goes by. */
  chrgitm_lv: z.enum(['01', '02', '03']),
  det_item_fee_sumamt: yuan,
  cnt: z.number().positive(),
  pric: yuan,
  hosp_appr_flag: text(3).optional(),
})

/** How the platform splits a line. */
export const feeresult = z.object({
  feedetl_sn: text(40),
  det_item_fee_sumamt: yuan,
  cnt: z.number(),
  pric: yuan,
  pric_uplmt_amt: yuan.nullish(),
  selfpay_prop: z.number().nullish(),
  fulamt_ownpay_amt: yuan,
  overlmt_amt: yuan,
  preselfpay_amt: yuan,
  inscp_scp_amt: yuan,
  chrgitm_lv: text(3),
  memo: text(600).nullish(),
})

/** One diagnosis of a visit or stay. */
export const diseinfo = z.object({
  diag_type: text(6),
  diag_srt_no: z.number().int(),
  diag_code: text(30),
  diag_name: text(200),
  diag_time: text(30),
})

/** Which visit or stay, and whose. */
export const ofVisit = z.object({ psn_no: text(60), mdtrt_id: text(60) })

/** What is asked for a preview or a settlement. */
export const settleAsked = z.object({
  psn_no: text(60),
  mdtrt_cert_type: text(3),
  mdtrt_cert_no: text(200),
  med_type: text(12),
  medfee_sumamt: yuan,
  psn_setlway: text(3),
  mdtrt_id: text(60),
  chrg_bchno: text(40).optional(),
  /** 1: the personal account may pay; 0: it may not. */
  acct_used_flag: z.enum(['0', '1']),
  insutype: text(6),
  invono: text(60).optional(),
  mid_setl_flag: text(3).optional(),
})

const settled = z.object({ setlinfo, setldetail })

/** The same for a visit and a stay: lines are handed in, then priced, settled and voided. */
export const handIn = {
  effect: 'same-message',
  input: z.object({ feedetail: z.array(feedetail).min(1).max(500) }),
  output: z.object({ result: z.array(feeresult) }),
} as const
export const preview = { effect: 'none', input: z.object({ data: settleAsked }), output: settled } as const
export const settle = { effect: 'reversible', input: z.object({ data: settleAsked }), output: settled } as const
export const voiding = {
  effect: 'reversible',
  input: z.object({ data: ofVisit.extend({ setl_id: text(60) }) }),
  output: settled,
} as const
