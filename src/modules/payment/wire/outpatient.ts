import { z } from 'zod'
import { diseinfo, handIn, ofVisit, preview, settle, voiding } from './fees.ts'
import { nothing, text } from './scalars.ts'

export const outpatient = {
  '2201': {
    words: { zh: '门诊挂号', en: 'Registers an outpatient visit' },
    effect: 'same-message',
    input: z.object({
      data: z.object({
        psn_no: text(60),
        insutype: text(6),
        begntime: text(30),
        mdtrt_cert_type: text(3),
        mdtrt_cert_no: text(200),
        ipt_otp_no: text(60).min(1),
        atddr_no: text(60).optional(),
        dr_name: text(60).optional(),
        dept_code: text(30).optional(),
        dept_name: text(100).optional(),
        caty: text(30).optional(),
      }),
    }),
    output: z.object({ data: z.object({ mdtrt_id: text(60), psn_no: text(60), ipt_otp_no: text(60) }) }),
  },
  '2202': {
    words: { zh: '门诊挂号撤销', en: 'Withdraws an outpatient visit' },
    effect: 'same-message',
    input: z.object({ data: ofVisit.extend({ ipt_otp_no: text(60) }) }),
    output: nothing,
  },
  '2203': {
    words: { zh: '门诊就诊信息上传', en: 'Says what a visit was for' },
    effect: 'same-message',
    input: z.object({
      mdtrtinfo: ofVisit.extend({
        med_type: text(12),
        begntime: text(30),
        dise_codg: text(30).optional(),
        dise_name: text(200).optional(),
      }),
      diseinfo: z.array(diseinfo).max(100).default([]),
    }),
    output: nothing,
  },
  '2204': {
    words: { zh: '门诊费用明细上传', en: 'Hands in the lines of a visit' },
    ...handIn,
  },
  '2205': {
    words: { zh: '门诊费用明细撤销', en: 'Withdraws lines that are not settled' },
    effect: 'same-message',
    input: z.object({ data: ofVisit.extend({ chrg_bchno: text(40) }) }),
    output: nothing,
  },
  '2206': {
    words: { zh: '门诊预结算', en: 'What a visit would come to' },
    ...preview,
  },
  '2207': {
    words: { zh: '门诊结算', en: 'Settles a visit' },
    ...settle,
  },
  '2208': {
    words: { zh: '门诊结算撤销', en: 'Voids the settlement of a visit' },
    ...voiding,
  },
} as const
