import { z } from 'zod'
import { INDICATORS } from './year.ts'

const org = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const year = z.number().int().min(2000).max(2200)
const why = z.string().trim().min(2, '请写明理由,至少两个字|Say why, two characters at least').max(300)
const amount = z.number().int().min(0).max(1_000_000_000)

export const noteSpendInput = z.strictObject({ org, bill: z.uuid() })
export const noteRecoveryInput = z.strictObject({ org, hit: z.uuid() })
export const takeUpInput = z.strictObject({ org, year })
export const enterIndicatorInput = z.strictObject({
  org,
  year,
  indicator: z.enum(INDICATORS),
  /** Basis points; a growth may lie below zero. */
  value: z.number().int().min(-10_000).max(20_000),
  evidence: z.string().trim().min(2, '请写明依据和出处|Say where the value is from').max(300),
})
export const adoptMeasureInput = z.strictObject({ org, year, indicator: z.enum(INDICATORS) })
export const proposeCloseInput = z.strictObject({
  org,
  year,
  /** What each member did: shares are each against the others'. */
  members: z
    .array(z.strictObject({ org, workload: amount, quality: amount, heads: amount }))
    .min(1)
    .max(500),
})
export const objectInput = z.strictObject({ org, close: z.uuid(), why })
export const decideCloseInput = z.strictObject({ org, close: z.uuid(), decision: z.enum(['approve', 'return']), why })
export const yearEndInput = z.strictObject({ org: org.optional(), year: year.optional() })
