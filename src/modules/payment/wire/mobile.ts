import { z } from 'zod'
import { setldetail, setlinfo } from './amounts.ts'
import { diseinfo, feedetail } from './fees.ts'
import { yuan } from './yuan.ts'
import { text } from './scalars.ts'

/** Where a mobile order stands at the platform; the codes are known from memory only. */
export const ORDER_STATES = { priced: '1', settled: '6', refunded: '7', withdrawn: '9' } as const
const ordStas = z.enum(['1', '6', '7', '9'])

const ofOrder = { payOrdId: text(60), payToken: text(80), orgCodg: z.string().length(12) }
const result = { ordStas, setlinfo: setlinfo.nullish(), setldetail: setldetail.default([]) }

export const mobile = {
  '6201': {
    words: { zh: '移动支付费用明细上传', en: 'Hands in a mobile order' },
    effect: 'same-message',
    input: z.object({
      orgCodg: z.string().length(12),
      psnNo: text(60),
      insutype: text(6),
      /** The number of the order here: the same number is the same order, however often it comes. */
      medOrgOrd: text(40).min(1),
      begntime: text(30),
      idNo: text(60),
      userName: text(60),
      idType: text(3),
      ecToken: text(200).optional(),
      iptOtpNo: text(60),
      deptName: text(100).optional(),
      medType: text(12),
      medfeeSumamt: yuan,
      acctUsedFlag: z.enum(['0', '1']),
      chrgBchno: text(40),
      payAuthNo: text(80).optional(),
      diseinfoList: z.array(diseinfo).max(100).default([]),
      feedetailList: z.array(feedetail).min(1).max(500),
    }),
    output: z.object({ payOrdId: text(60), payToken: text(80), ...result }),
  },
  '6202': {
    words: { zh: '移动支付下单确认', en: 'Settles a mobile order' },
    effect: 'same-message',
    input: z.object({ ...ofOrder, payAuthNo: text(80).optional() }),
    output: z.object(result),
  },
  '6203': {
    words: { zh: '移动支付医保退费', en: 'Gives fund and account back' },
    effect: 'same-message',
    input: z.object({
      ...ofOrder,
      /** The number of the refund here: the same number is the same refund. */
      appRefdSn: text(60).min(1),
      appRefdTime: text(30),
      totlRefdAmt: yuan,
      psnAcctRefdAmt: yuan,
      fundRefdAmt: yuan,
      cashRefdAmt: yuan,
      refdType: z.literal('ALL'),
    }),
    output: z.object({ refdStas: z.enum(['SUCC', 'FAIL']), ...result }),
  },
  '6301': {
    words: { zh: '移动支付订单结果查询', en: 'Where a mobile order stands' },
    effect: 'none',
    input: z.object(ofOrder),
    output: z.object(result),
  },
  '6401': {
    words: { zh: '移动支付费用明细撤销', en: 'Withdraws a mobile order' },
    effect: 'same-message',
    input: z.object(ofOrder),
    output: z.object({ ordStas }),
  },
} as const
