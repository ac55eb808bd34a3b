import { z } from 'zod'
import type { Words } from '../../../kernel/words.ts'
import type { ShownStep } from '../contract.ts'

const key = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')

const PLACES_MOST = 12

export const expectedInput = z
  .strictObject({
    person: key,
    condition: z.string().trim().min(1).max(80).optional(),
    specialty: z
      .string()
      .regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits')
      .optional(),
    /** The places that somebody is shown. */
    places: z.array(key).min(1).max(PLACES_MOST),
    /** Also every step of what the low and the high end come to. */
    withSteps: z.boolean().default(false),
  })
  .refine(({ condition, specialty }) => (condition ?? specialty) !== undefined, {
    message: '请填写病种或诊疗科目|Give a condition or a specialty',
    path: ['condition'],
  })

/** Why the cost of a place cannot be estimated: said as it is, never guessed. */
export const WHY_UNKNOWN = {
  'not-insured': {
    zh: '档案中没有居民或职工医保,费用按自费收取,无法预估医保支付。有医保的,请先补录参保类型。',
    en: 'The index says that this person is not insured: nothing of the bill can be expected of a fund. If there is an insurance, enter its type first.',
  },
  'area-unknown': {
    zh: '不知道参保地,或该地的医保规则尚未录入,暂不能预估。请向参保地医保经办机构咨询。',
    en: 'Where the person is insured is not known, or the rules of that area are not entered yet. Ask the insurance office there.',
  },
  'level-unknown': {
    zh: '该机构的等级尚未核定,暂不能预估。请向该机构咨询。',
    en: 'The level of this institution is not graded, so nothing can be estimated. Ask the institution.',
  },
  'bill-unknown': {
    zh: '没有该病种(科目)在这一级机构的费用数据,暂不能预估。请向该机构咨询。',
    en: 'There are no figures of what this costs at a place of this level. Ask the institution.',
  },
  'rule-missing': {
    zh: '这里的规则尚未录入,暂不能预估。请向参保地医保经办机构咨询。',
    en: 'The rules for this case are not entered yet. Ask the insurance office.',
  },
  'rule-disputed': {
    zh: '各来源对这里的规则说法不一,暂不能预估。请向参保地医保经办机构咨询。',
    en: 'The sources contradict each other about this case. Ask the insurance office.',
  },
} as const satisfies Readonly<Record<string, Words>>
export type WhyUnknown = keyof typeof WHY_UNKNOWN

/** What an estimate takes for granted, told beside it. */
export const ASSUMPTIONS = {
  stay: { zh: '按需要住院一次预估;只看门诊的,另算。', en: 'For one stay in hospital; a visit without a stay is another matter.' },
  invented: {
    zh: '预计总费用为演示虚构数据,不是真实收费。',
    en: 'The expected bill is invented for the demo; nobody charges by it.',
  },
  home: { zh: '参保地按居住地推定。', en: 'The area of insurance is taken to be that of the home.' },
  identities: {
    zh: '有低保、特困等身份的,实际自付会更少。',
    en: 'Who has an identity of aid, such as low income, pays less.',
  },
  retired: { zh: '在职、退休的待遇都算了,取范围。', en: 'Reckoned both as working and as retired; the range covers both.' },
  disputed: {
    zh: '各来源对某项待遇说法不一,每种说法都算了,取范围。',
    en: 'The sources disagree about a value; each was reckoned, and the range covers all of them.',
  },
} as const satisfies Readonly<Record<string, Words>>
export type Assumption = keyof typeof ASSUMPTIONS

export type Range = { readonly lowFen: number; readonly highFen: number }
/** What one way of coming costs: with a referral, or without. */
export type ShownWay =
  | {
      readonly isKnown: true
      readonly person: Range
      readonly fund: Range
      readonly steps: { readonly low: readonly ShownStep[]; readonly high: readonly ShownStep[] } | null
    }
  | ({ readonly isKnown: false; readonly why: WhyUnknown } & Words)
