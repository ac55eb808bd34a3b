import { z } from 'zod'
import { yuan } from './yuan.ts'
import { text } from './scalars.ts'

export const person = {
  '1101': {
    words: { zh: '人员基本信息获取', en: 'Who is insured' },
    effect: 'none',
    input: z.object({
      data: z.object({
        /** 01 electronic certificate, 02 identity card, 03 social security card. */
        mdtrt_cert_type: z.enum(['01', '02', '03']),
        mdtrt_cert_no: text(200).min(1),
        psn_cert_type: text(6).optional(),
        certno: text(60).optional(),
        psn_name: text(60),
      }),
    }),
    output: z.object({
      baseinfo: z.object({
        psn_no: text(60),
        certno: text(60).nullish(),
        psn_name: text(60),
        gend: text(3).nullish(),
        brdy: text(12).nullish(),
        age: z.number().nullish(),
      }),
      insuinfo: z
        .array(
          z.object({
            insutype: text(6),
            psn_type: text(6),
            psn_insu_stas: text(6),
            balc: yuan.default(0),
            insuplc_admdvs: text(6),
            cvlserv_flag: text(3).nullish(),
            emp_name: text(200).nullish(),
          }),
        )
        .max(20),
      idetinfo: z.array(z.object({ psn_idet_type: text(10), psn_type_lv: text(10).nullish() })).default([]),
    }),
  },
  '2001': {
    words: { zh: '人员待遇享受检查', en: 'Whether benefits are open' },
    effect: 'none',
    input: z.object({
      data: z.object({
        psn_no: text(60),
        insutype: text(6),
        fixmedins_code: text(12),
        med_type: text(12),
        begntime: text(30),
        endtime: text(30).optional(),
        dise_codg: text(30).optional(),
      }),
    }),
    output: z.object({
      trtinfo: z.array(
        z.object({
          psn_no: text(60),
          trt_enjymnt_flag: text(3),
          fund_pay_type: text(10).nullish(),
          trt_chk_rslt: text(600).nullish(),
        }),
      ),
    }),
  },
} as const
