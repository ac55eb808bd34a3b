import { z } from 'zod'
import { text } from './scalars.ts'

export const filing = {
  '2501': {
    words: { zh: '转院备案', en: 'Files a transfer to elsewhere' },
    effect: 'same-message',
    input: z.object({
      refmedin: z.object({
        psn_no: text(60),
        insutype: text(6),
        diag_code: text(30),
        diag_name: text(200),
        reflin_medins_no: text(12),
        reflin_medins_name: text(200),
        mdtrtarea_admdvs: text(6),
        refl_type: text(6),
        refl_date: text(12),
        refl_rea: text(200).optional(),
        begndate: text(12),
        enddate: text(12).optional(),
      }),
    }),
    output: z.object({ result: z.object({ trt_dcla_detl_sn: text(60) }) }),
  },
  '2502': {
    words: { zh: '转院备案撤销', en: 'Withdraws a filed transfer' },
    effect: 'same-message',
    input: z.object({ data: z.object({ trt_dcla_detl_sn: text(60), psn_no: text(60), memo: text(200).optional() }) }),
    output: z.object({}).loose(),
  },
} as const
