import { z } from 'zod'
import type { Words } from '../../../kernel/words.ts'
import { URGENCIES, type AgeLimits, type Condition } from '../navigation.ts'

/** Where a condition may be treated at the lowest; a regional centre counts as a township. */
export const LOWEST_TIERS = ['village', 'township', 'county', 'city', 'province'] as const

const ICD_RANGE = /^[A-Z]\d\d(\.\d)?(-[A-Z]\d\d(\.\d)?)?$/
const AGE = /^(\d{1,3})([dmy]?)-(?:(\d{1,3})([dmy]?))?$/

/** One row of the catalogue as it is written in a file. */
export const conditionRow = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, '应为小写英文,以“-”相连|Lower-case English words joined by “-”'),
  zh: z.string().min(1).max(60),
  en: z.string().min(1).max(120),
  aliases: z.array(z.string().min(1).max(60)).default([]),
  icd10: z
    .array(z.string().regex(ICD_RANGE, '应为 ICD-10 类目或范围,如 I10、I10-I15|An ICD-10 category or range: I10, I10-I15'))
    .min(1),
  specialty: z.string().regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits'),
  also: z.array(z.string().regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits')).default([]),
  lowestTier: z.enum(LOWEST_TIERS),
  urgency: z.enum(URGENCIES),
  sex: z.enum(['male', 'female']).optional(),
  age: z.string().regex(AGE, '应为年龄段,如 0-28d、0-14、60-|An age span: 0-28d, 0-14, 60-').optional(),
  source: z.string().min(1).max(200),
})

/** A row as written: what is left out has its default. */
export type ConditionRow = z.infer<typeof conditionRow>

// A year has leap days; the borders of a child's age are meant as birthdays.
const DAYS: Readonly<Record<string, number>> = { d: 1, m: 365.25 / 12, y: 365.25 }
const daysOf = (count: string, unit: string | undefined): number => Math.round(Number(count) * (DAYS[unit || 'y'] ?? 1))

/** `0-28d`, `0-14`, `60-` in days: from this age on, and younger than that. Null where the row sets no limit. */
export const ageLimits = (age: string | undefined): AgeLimits | null => {
  const [, from, fromUnit, until, untilUnit] = AGE.exec(age ?? '') ?? []
  if (from === undefined) return null
  return { fromDays: daysOf(from, fromUnit), untilDays: until === undefined ? null : daysOf(until, untilUnit) }
}

/** A condition as the rest of the house knows it. `pinyin` is found when it is stored. */
export const conditionOf = (row: ConditionRow): Omit<Condition, 'pinyin'> & { readonly name: Words } => {
  const { zh, en, age, sex, ...rest } = row
  return { ...rest, name: { zh, en }, sex: sex ?? null, age: ageLimits(age) }
}
