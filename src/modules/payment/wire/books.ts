import { z } from 'zod'
import { yuan } from './yuan.ts'
import { text } from './scalars.ts'

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)

const span = { insutype: text(6), clr_type: text(6), setl_optins: text(20), stmt_begndate: day, stmt_enddate: day }

// 3202 hands in a file on the real platform; its rows travel inside the message here.
export const books = {
  '3201': {
    words: { zh: '医药机构费用结算对总账', en: 'Compares the sums of a day' },
    effect: 'none',
    input: z.object({
      data: z.object({
        ...span,
        medfee_sumamt: yuan,
        fund_pay_sumamt: yuan,
        acct_pay: yuan,
        fixmedins_setl_cnt: z.number().int().min(0),
      }),
    }),
    /** `stmt_rslt` 0: both books agree. */
    output: z.object({ stmtinfo: z.object({ stmt_rslt: text(3), stmt_rslt_dscr: text(600).nullish() }) }),
  },
  '3202': {
    words: { zh: '医药机构费用结算对明细账', en: 'Compares the lines of a day' },
    effect: 'none',
    input: z.object({
      data: z.object(span),
      rows: z
        .array(
          z.object({
            setl_id: text(60),
            medfee_sumamt: yuan,
            fund_pay_sumamt: yuan,
            acct_pay: yuan,
            /** 1: the mirror of a settlement that was voided. */
            refd_setl_flag: z.enum(['0', '1']),
          }),
        )
        .max(20_000),
    }),
    output: z.object({
      differences: z.array(
        z.object({
          setl_id: text(60),
          refd_setl_flag: z.enum(['0', '1']),
          /** 1 only ours, 2 only theirs, 3 other amounts. */
          stmt_rslt: z.enum(['1', '2', '3']),
          medfee_sumamt: yuan.nullish(),
          fund_pay_sumamt: yuan.nullish(),
          acct_pay: yuan.nullish(),
        }),
      ),
    }),
  },
} as const
