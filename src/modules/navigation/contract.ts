import { z } from 'zod'
import type { RefusalTable } from '../../platform/refusals.ts'
import { findingRefusals } from './finding/contract.ts'
import { URGENCIES, type Condition } from './navigation.ts'

export const conditionsInput = z.strictObject({
  /** Name, alias, pinyin, initials or the beginning of an ICD-10 code; empty lists all. */
  text: z.string().trim().max(40).default(''),
  limit: z.number().int().min(1).max(2_000).default(10),
})

export const icdSearchInput = z.strictObject({
  /** Name or part of it, alias, pinyin, initials, a code or its beginning; several words are all asked for. */
  text: z.string().trim().min(1).max(60),
  limit: z.number().int().min(1).max(50).default(20),
})

export const rankInput = z
  .strictObject({
    condition: z.string().trim().min(1).max(80).optional(),
    specialty: z
      .string()
      .regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits')
      .optional(),
    village: z
      .string()
      .regex(/^\d{12}$/, '应为 12 位区划代码|A division code has 12 digits')
      .optional(),
    longitude: z.number().min(-180).max(180).optional(),
    latitude: z.number().min(-90).max(90).optional(),
    urgency: z.enum(URGENCIES).optional(),
    limit: z.number().int().min(1).max(50).default(10),
  })
  .refine((input) => (input.condition === undefined) !== (input.specialty === undefined), {
    message: '请填写病种或诊疗科目之一|Give either a condition or a specialty',
    path: ['condition'],
  })
  .refine((input) => (input.longitude === undefined) === (input.latitude === undefined), {
    message: '经度和纬度应同时填写|Give longitude and latitude together',
    path: ['longitude'],
  })

/** Why navigation cannot answer. */
export const navigationRefusals = {
  ...findingRefusals,
  'navigation.condition-unknown': {
    kind: 'invalid',
    zh: '病种目录中没有“{condition}”。请从列表中选择,或改按诊疗科目查找。',
    en: 'The catalogue has no condition “{condition}”. Choose one from the list, or search by specialty.',
    basis: '疾病分级诊疗目录',
  },
  'navigation.specialty-unknown': {
    kind: 'invalid',
    zh: '没有诊疗科目 {specialty}。请从诊疗科目名录中选择。',
    en: 'There is no specialty {specialty}. Choose one from the catalogue.',
    basis: '医疗机构诊疗科目名录',
  },
  'navigation.village-unknown': {
    kind: 'invalid',
    zh: '没有村或社区 {village},或其周边尚无登记机构。请重新选择居住地。',
    en: 'There is no village or community {village}, or no institution is entered near it. Choose the place of living again.',
    basis: null,
  },
  'navigation.from-where': {
    kind: 'invalid',
    zh: '不知道从哪里出发。请选择居住的村或社区,或允许定位。',
    en: 'It is not known from where. Choose the village or community of living, or share the location.',
    basis: null,
  },
} as const satisfies RefusalTable

/** A sentence with its values, in both languages. */
export type Reason = { readonly code: string; readonly zh: string; readonly en: string }
export type ShownCondition = Omit<Condition, 'pinyin'> & {
  /** The diagnosis of the region's ICD-10 table by which it was found, where its own names do not say it. */
  readonly via?: { readonly code: string; readonly zh: string }
}
