import { z } from 'zod'
import { setldetail, setlinfo } from './amounts.ts'
import { text } from './scalars.ts'

export const reversal = {
  '2601': {
    words: { zh: '冲正', en: 'Takes a trade back whose answer was lost' },
    effect: 'same-message',
    input: z.object({ data: z.object({ psn_no: text(60), omsgid: text(30), oinfno: text(6) }) }),
    output: z.object({}).loose(),
  },
  '5203': {
    words: { zh: '结算信息查询', en: 'What was settled' },
    effect: 'none',
    input: z.object({ data: z.object({ psn_no: text(60), mdtrt_id: text(60), setl_id: text(60).optional() }) }),
    output: z.object({ setlinfo: setlinfo.nullish(), setldetail: setldetail.default([]) }),
  },
} as const
