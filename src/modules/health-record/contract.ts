import { z } from 'zod'
import { instant, isInstant } from '../../kernel/clock.ts'
import { isDay } from '../../kernel/day.ts'
import type { RefusalTable } from '../../platform/refusals.ts'
import type { Basis } from '../record-access/contract.ts'
import type { Summary } from './rules/summarise.ts'
import type { TimelineEntry } from './rules/timeline-entry.ts'

const person = z.string().regex(/^\d{1,18}$/, '应为居民编号|A person id is digits')
const measuredAt = z
  .string()
  .refine(isInstant, '应为带时区的时间,如 2026-11-22T08:30:00+08:00|A time with its zone, such as 2026-11-22T08:30:00+08:00')
  .transform(instant)
  .nullish()

export const summaryInput = z.strictObject({ person })
export const readsInput = z.strictObject({
  person,
  limit: z.number().int().min(1).max(200).default(50),
  /** The last row shown: answers what lies before it. */
  after: z.uuid().nullish(),
})

const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')

/** Kinds of line that a timeline is filtered by. */
export const SHOWN_KINDS = [
  'encounter',
  'problem',
  'result',
  'report',
  'image',
  'medicine',
  'procedure',
  'allergy',
  'vaccine',
  'contract',
  'plan',
  'document',
] as const

export const timelineInput = z.strictObject({
  person,
  kind: z.enum(SHOWN_KINDS).optional(),
  /** First and last day, both included. */
  from: day.optional(),
  until: day.optional(),
  institution: z
    .string()
    .regex(/^\d{1,18}$/, '应为机构编号|An institution id is digits')
    .optional(),
  limit: z.number().int().min(1).max(100).default(50),
  /** The `next` of the page before. */
  after: z
    .string()
    .regex(
      /^(never|-?\d{1,16})~[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      '应为上一页答复中的 next|The next of the page before',
    )
    .optional(),
})
export const myNewsInput = z.strictObject({})
export const seeNewsInput = z.strictObject({})
export const dueCareInput = z.strictObject({ person })
export const seriesInput = z.strictObject({ person, code: z.string().trim().min(1).max(60) })

/** A measurement typed in at the clinic or at home; mmHg, mmol/L, kg. */
export const recordObservationInput = z.discriminatedUnion('measure', [
  z.strictObject({
    person,
    measure: z.literal('blood-pressure'),
    systolic: z.number().int(),
    diastolic: z.number().int(),
    measuredAt,
  }),
  z.strictObject({ person, measure: z.literal('glucose'), glucose: z.number(), isFasting: z.boolean(), measuredAt }),
  z.strictObject({ person, measure: z.literal('weight'), weight: z.number(), measuredAt }),
])
export type Measurement = z.output<typeof recordObservationInput>

export const healthRecordRefusals = {
  'health-record.value-implausible': {
    kind: 'invalid',
    zh: '{measure} {value} {unit} 超出可录入范围({low}–{high} {unit}),多为录入错误,未保存。请核对后重新填写。',
    en: '{measure_en} {value} {unit} lies outside what is taken ({low}–{high} {unit}) and is probably a slip; nothing was saved. Check it and enter it again.',
    basis: null,
  },
  'health-record.pressure-reversed': {
    kind: 'invalid',
    zh: '舒张压应低于收缩压,两者可能填反,未保存。请核对后重新填写。',
    en: 'The diastolic pressure must be below the systolic; the two are probably swapped. Nothing was saved. Check them and enter them again.',
    basis: null,
  },
  'health-record.measured-in-future': {
    kind: 'invalid',
    zh: '测量时间晚于现在,未保存。请更正测量时间。',
    en: 'The time of measuring is later than now; nothing was saved. Correct it.',
    basis: null,
  },
  'health-record.measured-outside-life': {
    kind: 'invalid',
    zh: '测量时间早于出生或晚于死亡登记日期,未保存。请核对居民和时间。',
    en: 'The time of measuring lies before birth or after the recorded death; nothing was saved. Check the person and the time.',
    basis: null,
  },
  'health-record.measured-too-long-ago': {
    kind: 'invalid',
    zh: '测量时间早于 {days} 天前,不能补录,未保存。请核对时间;更早的资料请用导入。',
    en: 'The measurement is more than {days} days old and can no longer be entered; nothing was saved. Check the time; import older data instead.',
    basis: null,
  },
} as const satisfies RefusalTable

/** A person's record as screens show it. */
export type ShownRecord = {
  person: { id: string; name: { zh: string; en: string | null } }
  /** Why it may be read. */
  basis: Basis | null
  /** How many sensitive entries are withheld; never what they are. */
  withheld: number
} & Summary

/** One look at a person's record: who, from where, when, why. */
export type ShownRead = {
  id: string
  at: string
  role: string
  institution: { id: string; zh: string; en: string | null } | null
  org: string
  form: string
  basis: string
  /** The lawful basis that the house found for the look; null for what was looked at before it was kept. */
  lawful: { basis: Basis; zh: string; en: string } | null
  purpose: string | null
  /** Whether it was the account that asks; a resident's look that is not was by a guardian or proxy, or by the person. */
  isYours: boolean
}

/** An encounter by which an institution may see the record: which institution, who recorded it, and when. */
export type ShownEncounterBasis = {
  id: string
  at: string
  org: string
  institution: { zh: string; en: string | null } | null
  /** The institution that recorded it. */
  by: string
}

/** One line of a person's timeline as screens show it. */
export type ShownTimelineEntry = Omit<TimelineEntry, 'organization' | 'values'> & {
  values: TimelineEntry['values'][number][]
  institution: { id: string; zh: string; en: string | null } | null
}
