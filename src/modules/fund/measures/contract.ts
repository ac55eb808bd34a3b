import { z } from 'zod'
import type { RefusalTable } from '../../../platform/refusals.ts'
import { COUNTS, type CountName } from '../rules/measures.ts'

const key = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const year = z.number().int().min(2000).max(2200)
const month = z.number().int().min(1).max(12)

/** The counts that can be entered: last year's cost is the cost of last year. */
export const ENTERED_COUNTS = COUNTS.filter(
  (name): name is Exclude<CountName, 'costBeforeFen' | 'fundPharmacyFen'> =>
    name !== 'costBeforeFen' && name !== 'fundPharmacyFen',
)

export const enterCountInput = z.strictObject({
  org: key,
  year,
  month,
  institution: key.nullish(),
  count: z.enum(ENTERED_COUNTS as [(typeof ENTERED_COUNTS)[number], ...(typeof ENTERED_COUNTS)[number][]]),
  /** Fen, visits or people. */
  value: z.number().int().min(0).max(100_000_000_000_000),
  evidence: z.string().trim().min(4, '请写明来源,如报表名称和文号|Say what it rests on: the report and its number').max(300),
})
export const measuresInput = z.strictObject({ org: key.optional(), year: year.optional(), month: month.optional() })

export const measureRefusals = {
  'fund.count-of-no-consortium': {
    kind: 'invalid',
    zh: '该机构当前不牵头任何医共体或城市医疗集团,无从录入。请选择牵头机构。',
    en: 'This institution leads no consortium now, so nothing can be entered for it. Choose the leading one.',
    basis: null,
  },
  'fund.count-of-no-member': {
    kind: 'invalid',
    zh: '所选机构不是该医共体的成员。请改选成员机构,或不选机构录入全医共体的数。',
    en: 'This institution is no member of the consortium. Choose a member, or none to enter a figure of the whole.',
    basis: null,
  },
  'fund.count-of-the-future': {
    kind: 'invalid',
    zh: '所填月份尚未结束,还没有数可录。请改为已结束的月份。',
    en: 'This month has not ended yet, so there is no figure of it. Choose a month that has.',
    basis: null,
  },
  'fund.count-of-consortium-only': {
    kind: 'invalid',
    zh: '参保人数、预算和参保人全部基金支出只有全医共体的数。请不要选择机构。',
    en: 'Covered people, budget and all fund spend exist of the whole consortium only. Choose no institution.',
    basis: null,
  },
} as const satisfies RefusalTable
