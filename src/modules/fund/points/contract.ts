import { z } from 'zod'
import type { RefusalTable } from '../../../platform/refusals.ts'

const org = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const year = z.number().int().min(2000).max(2200)
const POINTS_MOST = 100_000_000
const base = z.number().int().min(0).max(POINTS_MOST).optional()
const work = z.number().int().min(-POINTS_MOST).max(POINTS_MOST).optional()

/** Hundredths of a point. What is earned by fees, drugs or tests has no field. */
const points = z.strictObject({
  post: base,
  title: base,
  seniority: base,
  outpatient: base,
  discharge: base,
  drg: base,
  shift: base,
  quality: work,
  satisfaction: work,
  outreach: work,
  dispute: work,
})

export const proposePointsInput = z.strictObject({
  org,
  year,
  wagesFen: z.number().int().min(1).max(100_000_000_000_000),
  basis: z.string().trim().min(4, '请写明依据,至少 4 个字|Say what it rests on, 4 letters at least').max(300),
  workers: z
    .array(
      z.strictObject({
        /** A staff number or a post, never a name. */
        label: z.string().trim().min(1).max(40),
        pool: z.enum(['doctors', 'nursing', 'pharmacy', 'administration']),
        points,
      }),
    )
    .min(1)
    .max(1_000),
})
export const decidePointsInput = z.strictObject({
  org,
  points: z.uuid(),
  decision: z.enum(['agree', 'return']),
  why: z.string().trim().min(1, '请写明理由|Say why').max(300),
})
export const pointYearsInput = z.strictObject({ year: year.optional() })
export const pointYearInput = z.strictObject({ org, points: z.uuid() })

const SANMING = '三明工分制:年薪 = 工分 × 工分值,工资总额恰好分完'
export const pointsRefusals = {
  'fund.points-of-nobody': {
    kind: 'invalid',
    zh: '没有这家在册机构。请核对机构。',
    en: 'There is no such institution in force. Check it.',
    basis: null,
  },
  'fund.points-year-not-over': {
    kind: 'conflict',
    zh: '该年度尚未结束,工分未定。请在年末之后提出。',
    en: 'The year is not over, so its points are not settled. Propose it after its end.',
    basis: SANMING,
  },
  'fund.points-twice': {
    kind: 'invalid',
    zh: '同一工号或岗位出现两次。请合并为一行。',
    en: 'A staff number or post stands there twice. Make one line of it.',
    basis: null,
  },
  'fund.points-none': {
    kind: 'invalid',
    zh: '没有人的工分大于零,工资总额无人可分。请核对工分。',
    en: 'Nobody has points above zero, so that nobody could be paid. Check the points.',
    basis: SANMING,
  },
  'fund.points-already': {
    kind: 'conflict',
    zh: '该机构本年度的工分已提出或已批准。请先处理那一份。',
    en: 'The points of this institution and year are proposed or agreed already. See to those first.',
    basis: null,
  },
  'fund.points-second-person': {
    kind: 'forbidden',
    zh: '提出的人不能自己同意。请由另一位经办人员决定。',
    en: 'Who proposed it does not agree to it. Another person decides.',
    basis: SANMING,
  },
  'fund.points-decided': {
    kind: 'conflict',
    zh: '这份工分已批准或已退回。请刷新后再看。',
    en: 'These points were agreed or returned already. Look again.',
    basis: null,
  },
} as const satisfies RefusalTable
