import { z } from 'zod'
import { isDay } from '../../../kernel/day.ts'
import type { RefusalTable } from '../../../platform/refusals.ts'

/** Facts of cases that are taken at once. */
export const FACTS_MOST = 500

const org = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const number = z.string().trim().min(1).max(40)
const day = z.string().refine(isDay, '应为日期,例如 2025-03-01|A day, such as 2025-03-01')

const fact = z
  .strictObject({
    number,
    pathway: z.enum(['completed', 'variance', 'exited']).nullish(),
    enteredOn: day.nullish(),
    leftOn: day.nullish(),
    because: z.string().trim().min(2).max(200).nullish(),
    drg: z
      .string()
      .regex(/^[A-Z]{2}[1-9A-Z][13579]$/, '应为 CHS-DRG 组码,例如 GD25|A code of CHS-DRG such as GD25')
      .nullish(),
  })
  .refine(({ pathway, drg }) => Boolean(pathway) || Boolean(drg), '请填临床路径或 DRG 组码|Give a pathway or a DRG')
  .refine(
    ({ pathway, enteredOn }) => Boolean(pathway) === Boolean(enteredOn),
    '有路径就要有入径日期|A pathway has a day of entry',
  )
  .refine(
    ({ pathway, because }) => !pathway || pathway === 'completed' || Boolean(because),
    '变异和退出要写明原因|Say why there was a variance or an exit',
  )
  .refine(
    ({ enteredOn, leftOn }) => !enteredOn || !leftOn || leftOn >= enteredOn,
    '出径不能早于入径|The pathway ends after it began',
  )

export const sendCaseFactsInput = z.strictObject({ org, facts: z.array(fact).min(1).max(FACTS_MOST) })
export const methodsInput = z.strictObject({
  org: org.optional(),
  year: z.number().int().min(2000).max(2200).optional(),
  month: z.number().int().min(1).max(12).optional(),
})
export const methodsCaseInput = z.strictObject({ org, number })

export const methodsRefusals = {
  'fund.fact-of-no-case': {
    kind: 'invalid',
    zh: '没有住院号为 {number} 的出院病例,或已撤回。请先报送病例,或核对住院号。',
    en: 'There is no discharge with number {number}, or it was taken back. Send the discharge first, or check the number.',
    basis: null,
  },
  'fund.fact-twice': {
    kind: 'invalid',
    zh: '住院号 {number} 在这一批里出现两次。请只留一行。',
    en: 'Number {number} stands twice in this batch. Leave one row.',
    basis: null,
  },
  'fund.fact-after-discharge': {
    kind: 'invalid',
    zh: '住院号 {number} 的入径或出径日期晚于出院。请核对日期。',
    en: 'The pathway of number {number} begins or ends after the discharge. Check the days.',
    basis: null,
  },
} as const satisfies RefusalTable
