import { z } from 'zod'
import type { RefusalTable } from '../../../platform/refusals.ts'

const key = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const PLACES_MOST = 5
const PAGE_MOST = 100

export const fileInput = z.strictObject({
  person: key,
  kind: z.enum(['long-term', 'own-way']),
  /** Cities or counties, by the first digits of their division code. */
  places: z
    .array(z.string().regex(/^\d{4}(\d{2})?$/, '应为区划代码的前 4 或 6 位|The first 4 or 6 digits of a division code'))
    .min(1)
    .max(PLACES_MOST),
  reason: z.string().trim().min(2).max(200),
  /** 承诺制: the person commits to what is said; no papers are asked for. */
  isPledged: z.literal(true, { error: '须由本人承诺所填属实|The person must commit to what is said' }),
})
export const withdrawInput = z.strictObject({ person: key, filing: z.uuid(), reason: z.string().trim().min(2).max(200) })
/** `person`: whose; the insurer without one lists everybody's. */
export const filingsInput = z.strictObject({
  person: key.optional(),
  after: z.uuid().optional(),
  limit: z.int().min(1).max(PAGE_MOST).default(50),
})

export const filingRefusals = {
  'settlement.filing-at-home': {
    kind: 'conflict',
    zh: '该地属于参保地,就医不需要异地备案。请直接就诊;去别处的,请选择就医地。',
    en: 'This place belongs to the home area: nothing has to be filed. Go there as you are, or choose the place away from home.',
    basis: null,
  },
  'settlement.filing-home-unknown': {
    kind: 'conflict',
    zh: '不知道参保地,不能备案。请先在档案中补录居住地,或到参保地医保经办机构办理。',
    en: 'Where the person is insured is not known. Enter the home in the index first, or file at the insurance office.',
    basis: null,
  },
  'settlement.filing-place-unknown': {
    kind: 'invalid',
    zh: '没有区划 {place}。请从列表中选择就医地。',
    en: 'There is no division {place}. Choose the place from the list.',
    basis: null,
  },
  'settlement.filed-already': {
    kind: 'conflict',
    zh: '到该地的同类备案已经有效,不必再办。请查看已有的备案;要改的,先撤销。',
    en: 'The same is filed for this place already. Look at what is filed; to change it, withdraw it first.',
    basis: null,
  },
  'settlement.filing-ended': {
    kind: 'conflict',
    zh: '没有这件备案,或已撤销、已到期。请刷新后查看。',
    en: 'There is no such filing, or it was withdrawn or has ended. Refresh and look at it.',
    basis: null,
  },
} as const satisfies RefusalTable

export type ShownFiling = {
  readonly id: string
  readonly person: string
  readonly kind: 'long-term' | 'referral' | 'own-way'
  readonly state: 'filed' | 'lapsed' | 'withdrawn'
  readonly places: readonly { readonly code: string; readonly zh: string }[]
  readonly from: string
  readonly ends: string | null
  readonly reason: string
  readonly referral: string | null
  readonly filedAt: string
  readonly withdrawnOn: string | null
  readonly withdrawnWhy: string | null
}
