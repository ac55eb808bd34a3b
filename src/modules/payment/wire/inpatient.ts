import { z } from 'zod'
import { diseinfo, handIn, ofVisit, preview, settle, voiding } from './fees.ts'
import { nothing, text } from './scalars.ts'

const admission = z.object({
  psn_no: text(60),
  insutype: text(6),
  begntime: text(30),
  mdtrt_cert_type: text(3),
  mdtrt_cert_no: text(200),
  med_type: text(12),
  ipt_no: text(60).min(1),
  adm_dept_name: text(100).optional(),
  adm_bed: text(30).optional(),
  dise_codg: text(30).optional(),
  /** The institution and stay that came before: what continues a deductible along a referral. */
  relt_medins_codg: text(12).optional(),
  relt_serial: text(60).optional(),
})

export const inpatient = {
  '2301': {
    words: { zh: '住院费用明细上传', en: 'Hands in the lines of a stay' },
    ...handIn,
  },
  '2302': {
    words: { zh: '住院费用明细撤销', en: 'Withdraws lines of a stay that are not settled' },
    effect: 'same-message',
    input: z.object({
      data: z
        .array(ofVisit.extend({ feedetl_sn: text(40) }))
        .min(1)
        .max(500),
    }),
    output: nothing,
  },
  '2303': {
    words: { zh: '住院预结算', en: 'What a stay would come to' },
    ...preview,
  },
  '2304': {
    words: { zh: '住院结算', en: 'Settles a stay' },
    ...settle,
  },
  '2305': {
    words: { zh: '住院结算撤销', en: 'Voids the settlement of a stay' },
    ...voiding,
  },
  '2401': {
    words: { zh: '入院办理', en: 'Admits' },
    effect: 'reversible',
    input: z.object({ mdtrtinfo: admission, diseinfo: z.array(diseinfo).max(100).default([]) }),
    output: z.object({ result: z.object({ mdtrt_id: text(60) }) }),
  },
  '2402': {
    words: { zh: '出院办理', en: 'Discharges' },
    effect: 'same-message',
    input: z.object({
      dscginfo: ofVisit.extend({ insutype: text(6), endtime: text(30), dscg_way: text(6), dise_codg: text(30).optional() }),
      diseinfo: z.array(diseinfo).max(100).default([]),
    }),
    output: nothing,
  },
  '2403': {
    words: { zh: '住院信息变更', en: 'Corrects an admission' },
    effect: 'same-message',
    input: z.object({ adminfo: admission.partial().extend({ psn_no: text(60), mdtrt_id: text(60) }) }),
    output: nothing,
  },
  '2404': {
    words: { zh: '入院撤销', en: 'Withdraws an admission' },
    effect: 'same-message',
    input: z.object({ data: ofVisit }),
    output: nothing,
  },
  '2405': {
    words: { zh: '出院撤销', en: 'Withdraws a discharge' },
    effect: 'same-message',
    input: z.object({ data: ofVisit }),
    output: nothing,
  },
} as const
