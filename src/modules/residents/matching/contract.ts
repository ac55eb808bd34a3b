import { z } from 'zod'
import { isDay } from '../../../kernel/day.ts'
import type { RefusalTable } from '../../../platform/refusals.ts'
import { IDENTIFIER_TYPES, personId, SEXES } from '../contract.ts'

const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const reason = z.string().trim().min(2).max(200)
const identifier = z.strictObject({ type: z.enum(IDENTIFIER_TYPES), number: z.string().trim().min(1).max(40) })
const name = z.strictObject({ zh: z.string().trim().min(1).max(60), en: z.string().trim().max(120).nullish() })
const birthOrder = z.number().int().min(1).max(9)

export const likelyInput = z.strictObject({
  zh: z.string().trim().min(1).max(60),
  en: z.string().trim().max(120).optional(),
  sex: z.enum(SEXES).default('unknown'),
  bornOn: day.optional(),
  /** Kind and number of a paper, both or neither. */
  type: z.enum(IDENTIFIER_TYPES).optional(),
  number: z.string().trim().min(1).max(40).optional(),
  phone: z
    .string()
    .regex(/^1\d{10}$/, '应为 11 位手机号码|A mobile number has 11 digits and begins with 1')
    .optional(),
  village: z
    .string()
    .regex(/^\d{12}$/, '应为 12 位区划代码|A division code has 12 digits')
    .optional(),
  address: z.string().trim().max(200).optional(),
})
export const lookForDoublesInput = z.strictObject({ person: personId })

/** What may become of two persons who may be one. */
export const PAIR_DECISIONS = ['same', 'different', 'unsure'] as const
/** Where a pair stands: to be looked at, to be confirmed by a second person, decided, or left open as unsure. */
export const PAIR_STATES = ['waiting', 'second', 'same', 'different', 'unsure'] as const

export const pairsInput = z.strictObject({
  state: z.enum(['open', 'decided']).default('open'),
  limit: z.number().int().min(1).max(50).default(20),
  /** The `next` of the page before: score and the two ids. */
  after: z
    .string()
    .regex(/^[01](\.\d{1,3})?:\d{1,18}:\d{1,18}$/, '应为上一页答复中的 next|The next of the page before')
    .optional(),
})
export const decidePairInput = z.strictObject({
  person: personId,
  other: personId,
  decision: z.enum(PAIR_DECISIONS),
  reason,
  /** Whose id stays, when they are the same; the first by default. */
  keep: personId.optional(),
})
export const issuePapersInput = z.strictObject({
  person: personId,
  identifier,
  /** A newborn's name, once it is registered. */
  name: name.nullish(),
  reason,
})
export const moveNumberInput = z.strictObject({ person: personId, to: personId, identifier, reason })
export const numbersInput = z.strictObject({ person: personId })
export const registerNewbornInput = z.strictObject({
  mother: personId,
  bornOn: day,
  birthOrder: birthOrder.default(1),
  sex: z.enum(SEXES),
  name: name.nullish(),
})

export const matchingRefusals = {
  'residents.only-name-and-birthday': {
    kind: 'invalid',
    zh: '两份档案只有姓名、性别、出生日期相符,不足以证明是同一人。请核对证件,写明所见证件后再合并。',
    en: 'Only name, sex and birth date agree; that does not show that they are one person. Look at a paper, say which one, and link them then.',
    basis: '接力设计建议:任何两人不得仅凭姓名和出生日期合并',
  },
  'residents.pair-decided': {
    kind: 'conflict',
    zh: '这一对已有人作出判断,您的判断没有保存。请刷新后查看。',
    en: 'Somebody has decided on this pair already; yours was not saved. Refresh and look again.',
    basis: null,
  },
  'residents.pair-second-by-same': {
    kind: 'conflict',
    zh: '这一对得分较低,须由另一位人员确认。您已作过判断,请由他人复核。',
    en: 'This pair has a low score and a second person must confirm. You have said so already; leave it to somebody else.',
    basis: '接力设计建议:低分合并须双人复核',
  },
  'residents.keep-is-neither': {
    kind: 'invalid',
    zh: '要保留的档案不是这一对中的任何一份。请在两份中选择。',
    en: 'The record to be kept is neither of the two. Choose one of them.',
    basis: null,
  },
  'residents.number-held-already': {
    kind: 'conflict',
    zh: '该居民已持有这个证件号,无需变更。',
    en: 'The person holds this number already; there is nothing to change.',
    basis: null,
  },
  'residents.number-not-held': {
    kind: 'conflict',
    zh: '这个证件号不在该居民名下,没有转移。请核对证件号和居民。',
    en: 'This person does not hold the number; nothing was moved. Check the number and the person.',
    basis: null,
  },
  'residents.newborn-known': {
    kind: 'conflict',
    zh: '该母亲同日、同一胎次的新生儿已登记,没有新建。请查找该新生儿,或更正胎次。',
    en: 'A child of this mother, day and birth order is registered; nobody was added. Find the child, or correct the birth order.',
    basis: null,
  },
  'residents.mother-not-possible': {
    kind: 'invalid',
    zh: '按登记的性别、出生日期或死亡日期,所选居民不可能是该新生儿的母亲。请核对。',
    en: 'By sex, birth date or day of death this person cannot be the mother. Check whom you chose.',
    basis: null,
  },
} as const satisfies RefusalTable

/** One thing compared, as screens show it: how the two stand in it and what that adds or takes. */
export type ShownFactor = { factor: string; likeness: string; weight: number }

/** Somebody of the index who may be the person that is about to be registered. A stranger's data are masked beyond what was typed. */
export type ShownLikely = {
  /** Null for a person of another institution, whose record is found only by the whole number. */
  person: string | null
  name: string
  sex: (typeof SEXES)[number]
  bornOn: string | null
  institution: { zh: string; en: string | null } | null
  score: number
  grade: 'certain' | 'probable' | 'possible'
  factors: ShownFactor[]
}

/** A number of a person, masked, with its history. */
export type ShownNumber = {
  id: string
  type: string
  number: string
  institution: { zh: string; en: string | null } | null
  heldFrom: string | null
  endedAt: string | null
  endedBecause: string | null
}
