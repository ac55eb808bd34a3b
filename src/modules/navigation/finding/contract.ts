import { z } from 'zod'
import { isDay } from '../../../kernel/day.ts'
import type { RefusalTable } from '../../../platform/refusals.ts'
import { URGENCIES } from '../navigation.ts'
import { MOBILITIES, PREFERENCES } from '../rules/person-weights.ts'
import { EMERGENCY_CHANNELS } from '../rules/time-critical.ts'

const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const id = z.string().regex(/^\d{1,18}$/, '应为编号|An id is digits')

export const findInput = z
  .strictObject({
    condition: z.string().trim().min(1).max(80).optional(),
    specialty: z
      .string()
      .regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits')
      .optional(),
    /** The green channel of a danger sign; an emergency condition knows its own. */
    emergency: z.enum(EMERGENCY_CHANNELS).optional(),
    /** For whom; a resident finds for himself. Without a person nothing is known of continuity. */
    person: id.optional(),
    village: z
      .string()
      .regex(/^\d{12}$/, '应为 12 位区划代码|A division code has 12 digits')
      .optional(),
    longitude: z.number().min(-180).max(180).optional(),
    latitude: z.number().min(-90).max(90).optional(),
    urgency: z.enum(URGENCIES).optional(),
    /** The first day that suits; today when it is left out. */
    day: day.optional(),
    prefer: z.enum(PREFERENCES).default('fit'),
    mobility: z.enum(MOBILITIES).default('easy'),
    limit: z.number().int().min(1).max(50).default(10),
  })
  .refine((input) => input.condition === undefined || input.specialty === undefined, {
    message: '病种和诊疗科目只填一项|Give a condition or a specialty, not both',
    path: ['condition'],
  })
  .refine((input) => (input.condition ?? input.specialty ?? input.emergency) !== undefined, {
    message: '请填写病种、诊疗科目或急救通道|Give a condition, a specialty or an emergency channel',
    path: ['condition'],
  })
  .refine((input) => (input.longitude === undefined) === (input.latitude === undefined), {
    message: '经度和纬度应同时填写|Give longitude and latitude together',
    path: ['longitude'],
  })

export const chooseInput = z.strictObject({
  /** The `list` of the answer that the choice was made from. */
  list: z.string().min(1).max(4000),
  institution: id,
  booking: z.uuid().optional(),
})

const weight = z.number().min(-1000).max(1000).optional()

/** Other weights, each by the name of its factor; what is left out stays as it is today. */
export const whatIfInput = z.strictObject({
  'tier-step': weight,
  'other-consortium': weight,
  'own-lead': weight,
  'no-free-unit': weight,
  'wait-day': z.number().min(0).max(1000).optional(),
  kilometre: z.number().min(0).max(1000).optional(),
  'key-tag': weight,
  'advantage-tag': weight,
  'feature-tag': weight,
  /** Which weights are meant: those of routine and soon, or those of urgent cases. */
  of: z.enum(['routine', 'urgent']).default('routine'),
  days: z.number().int().min(1).max(366).default(28),
})

export const steeringInput = z.strictObject({
  /** The first day of the week; the last seven days when it is left out. */
  from: day.optional(),
})

/** Why a finding, a choice or a report cannot be. */
export const findingRefusals = {
  'navigation.day-past': {
    kind: 'invalid',
    zh: '就诊日期已经过去。请选择今天或以后的日期。',
    en: 'That day has passed. Choose today or a later day.',
    basis: null,
  },
  'navigation.list-unknown': {
    kind: 'invalid',
    zh: '这份就诊推荐不是本系统给出的,或已被改动。请重新查找后再选择。',
    en: 'This list of places was not made by this house, or was changed. Search again and choose from the new list.',
    basis: null,
  },
  'navigation.institution-unknown': {
    kind: 'invalid',
    zh: '没有所选的机构。请从推荐列表中选择。',
    en: 'There is no such institution. Choose one from the list.',
    basis: null,
  },
} as const satisfies RefusalTable
