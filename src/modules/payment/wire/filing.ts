import { z } from 'zod'
import { text } from './scalars.ts'

// Field names of 2501, 2502 and of what 5304 is asked are G2 (insurance facts, F); what 5304 answers is from memory (grade C). Who lives
// elsewhere or goes alone has no receiving institution and no diagnosis: those fields are optional here, whatever a real platform wants.

export const filing = {
  '2501': {
    words: { zh: '转院备案', en: 'Files a transfer to elsewhere' },
    effect: 'same-message',
    input: z.object({
      refmedin: z.object({
        psn_no: text(60),
        insutype: text(6),
        diag_code: text(30).optional(),
        diag_name: text(200).optional(),
        reflin_medins_no: text(12).optional(),
        reflin_medins_name: text(200).optional(),
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
  '5304': {
    words: { zh: '转院信息查询', en: 'What is filed of a person' },
    effect: 'none',
    input: z.object({ data: z.object({ psn_no: text(60), begntime: text(30), endtime: text(30) }) }),
    output: z.object({
      refmedin: z
        .array(
          z.object({
            trt_dcla_detl_sn: text(60),
            mdtrtarea_admdvs: text(6),
            refl_type: text(6),
            begndate: text(12),
            vali_flag: z.enum(['0', '1']),
          }),
        )
        .max(1_000)
        .default([]),
    }),
  },
} as const
