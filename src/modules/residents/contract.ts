import { z } from 'zod'
import { isInstant } from '../../kernel/clock.ts'
import { ageOn, isDay, type Day } from '../../kernel/day.ts'
import type { RefusalTable } from '../../platform/refusals.ts'

export const personId = z.string().regex(/^\d{1,18}$/, '应为居民编号|A person id is digits')
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')

/** Kinds of identity paper, CV02.01.101 (from memory): 01 is the identity card. */
export const IDENTIFIER_TYPES = ['01', '02', '03', '04', '05', '06', '07', '99'] as const
export const SEXES = ['male', 'female', 'unknown', 'other'] as const
export const INSURANCES = ['resident', 'employee', 'none'] as const

const name = z.strictObject({
  zh: z.string().trim().min(1).max(60),
  en: z.string().trim().max(120).nullish(),
})
const phone = z.string().regex(/^1\d{10}$/, '应为 11 位手机号码|A mobile number has 11 digits and begins with 1')

// A body can bear a child between these ages; beyond them the wrong person was chosen. Bounds of a typing fault, not policy.
const MOTHER_YEARS = { least: 10, most: 60 } as const

/** Whether somebody can be the mother of a child born on a day, by sex and age; what is not known speaks against nobody. */
export const mayBearOn = ({ sex, bornOn }: { readonly sex: string; readonly bornOn: string | null }, on: Day): boolean => {
  if (sex === 'male') return false
  if (bornOn === null) return true
  const years = bornOn < on ? ageOn(bornOn as Day, on) : 0
  return years >= MOTHER_YEARS.least && years <= MOTHER_YEARS.most
}

export const registerInput = z.strictObject({
  name,
  sex: z.enum(SEXES),
  bornOn: day.nullish(),
  identifier: z.strictObject({ type: z.enum(IDENTIFIER_TYPES), number: z.string().trim().min(1).max(40) }).nullish(),
  phone: phone.nullish(),
  village: z
    .string()
    .regex(/^\d{12}$/, '应为 12 位区划代码|A division code has 12 digits')
    .nullish(),
  address: z.string().trim().max(200).nullish(),
  insurance: z.enum(INSURANCES).default('none'),
})

export const searchInput = z.strictObject({
  /** Name, pinyin, initials, a whole identity number, its last four characters, or a phone number; empty lists all. */
  text: z.string().trim().max(60).default(''),
  limit: z.number().int().min(1).max(50).default(20),
})
export const getInput = z.strictObject({ person: personId })
export const revealInput = z.strictObject({ person: personId, reason: z.string().trim().min(2).max(200) })
export const deathInput = z.strictObject({ person: personId, diedOn: day })
export const linkInput = z.strictObject({
  person: personId,
  into: personId,
  reason: z.string().trim().min(2).max(200),
  /** The paper that was seen, where nothing but name and birth date agrees. */
  seen: z.enum(IDENTIFIER_TYPES).optional(),
})
export const unlinkInput = z.strictObject({ person: personId, reason: z.string().trim().min(2).max(200) })
export const eraseInput = z.strictObject({ person: personId, reason: z.string().trim().min(2).max(200) })

export const correctInput = z.strictObject({
  person: personId,
  /** The version that the person who corrects has seen. */
  ifVersion: z.number().int().min(1).max(2_147_483_647),
  phone: phone.nullish(),
  address: z.string().trim().max(200).nullish(),
  insurance: z.enum(INSURANCES).optional(),
})
export const ofVillageInput = z.strictObject({
  /** Only what changed since this instant, as an earlier answer gave it. */
  since: z.string().refine(isInstant, '应为带时区的时间|An instant with a zone').optional(),
  /** The last person of the page before. */
  after: personId.optional(),
  limit: z.number().int().min(1).max(500).default(200),
})

export const residentsRefusals = {
  'residents.changed-meanwhile': {
    kind: 'conflict',
    zh: '这一栏在您查看之后已被他人更正,您的更正没有保存。请对照两边的内容,逐栏选定后再提交。',
    en: 'This field was corrected by somebody else after you looked; yours was not saved. Compare both and choose for each field, then send again.',
    basis: null,
  },
  'residents.nothing-to-correct': {
    kind: 'invalid',
    zh: '没有填写要更正的内容。请至少更正一栏。',
    en: 'Nothing to correct was entered. Correct at least one field.',
    basis: null,
  },
  'residents.id-number-form': {
    kind: 'invalid',
    zh: '居民身份证号应为 18 位(末位可为 X)。请核对证件后重填。',
    en: 'An identity number has 18 characters, the last may be X. Check the card and enter it again.',
    basis: 'GB 11643-1999',
  },
  'residents.id-number-check': {
    kind: 'invalid',
    zh: '身份证号校验位不对,可能有一位输错。请核对证件后重填。',
    en: 'The check character of the identity number does not fit: one digit is probably wrong. Check the card and enter it again.',
    basis: 'GB 11643-1999',
  },
  'residents.id-number-birthday': {
    kind: 'invalid',
    zh: '身份证号中的出生日期不存在。请核对证件后重填。',
    en: 'The birth date in the identity number does not exist. Check the card and enter it again.',
    basis: 'GB 11643-1999',
  },
  'residents.id-number-differs': {
    kind: 'invalid',
    zh: '身份证号与所填的{what}不一致。请核对后更正其中一处。',
    en: 'The identity number and the {what_en} entered do not agree. Check both and correct one.',
    basis: 'GB 11643-1999',
  },
  'residents.number-known': {
    kind: 'conflict',
    zh: '这个证件号已登记在一位居民名下,没有新建。请用证件号查找该居民。',
    en: 'This number already belongs to a registered person; nobody was added. Find the person by the number.',
    basis: null,
  },
  'residents.born-in-future': {
    kind: 'invalid',
    zh: '出生日期晚于今天。请更正出生日期。',
    en: 'The birth date is later than today. Correct the birth date.',
    basis: null,
  },
  'residents.too-old': {
    kind: 'invalid',
    zh: '按出生日期年龄超过 130 岁。请核对出生日期。',
    en: 'By the birth date the age is above 130. Check the birth date.',
    basis: null,
  },
  'residents.death-before-birth': {
    kind: 'invalid',
    zh: '死亡日期应在出生日期之后且不晚于今天。请更正。',
    en: 'The day of death must lie between birth and today. Correct it.',
    basis: null,
  },
  'residents.dead-already': {
    kind: 'conflict',
    zh: '该居民已登记死亡。如登记有误,请联系管理员更正。',
    en: 'This person is registered as dead. If that is wrong, ask the administrator to correct it.',
    basis: null,
  },
  'residents.link-to-itself': {
    kind: 'invalid',
    zh: '不能把一个人合并到其本人。请选择另一个档案。',
    en: 'A person cannot be linked to the same person. Choose another record.',
    basis: null,
  },
  'residents.linked-already': {
    kind: 'conflict',
    zh: '该档案已合并到另一档案。请先撤销合并再操作。',
    en: 'This record is linked to another already. Undo that link first.',
    basis: null,
  },
  'residents.not-linked': {
    kind: 'conflict',
    zh: '该档案没有合并过,无需撤销。',
    en: 'This record is not linked; there is nothing to undo.',
    basis: null,
  },
  'residents.erased': {
    kind: 'gone',
    zh: '该居民的身份标识已按本人要求删除,无法恢复。',
    en: 'The identifiers of this person were erased on request and cannot be brought back.',
    basis: '个人信息保护法 第四十七条',
  },
} as const satisfies RefusalTable

/** A person as screens show one: numbers masked. */
export type ShownPerson = {
  id: string
  name: { zh: string; en: string | null }
  sex: (typeof SEXES)[number]
  bornOn: string | null
  diedOn: string | null
  village: string | null
  address: string | null
  insurance: (typeof INSURANCES)[number]
  idNumber: string | null
  phone: string | null
  careOrg: string | null
  clinicOrg: string | null
  synthetic: boolean
  /** Goes up with every change of the basic data; a correction names the one that it was made on. */
  version: number
}
