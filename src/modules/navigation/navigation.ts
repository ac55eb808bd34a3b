import type { Words } from '../../kernel/words.ts'
import type { Tier } from '../organisations/index.ts'

export { conditionsLike } from './rules/conditions-like.ts'

export const URGENCIES = ['routine', 'soon', 'urgent', 'emergency'] as const
export type Urgency = (typeof URGENCIES)[number]

/** Ages in days: from this one on, and younger than that; null where it is open. */
export type AgeLimits = { readonly fromDays: number; readonly untilDays: number | null }

/** A group of diseases (病种) of the 疾病分级诊疗目录: which specialty treats it, and from which tier up. */
export type Condition = {
  readonly key: string
  readonly name: Words
  readonly aliases: readonly string[]
  /** Name and aliases in pinyin and in initials, parted by spaces. */
  readonly pinyin: string
  /** ICD-10 categories and ranges, `E11` or `I10-I15`. */
  readonly icd10: readonly string[]
  /** Four digits of 诊疗科目: where it is mainly treated. */
  readonly specialty: string
  /** Other specialties that treat it too, four digits each. */
  readonly also: readonly string[]
  readonly lowestTier: Exclude<Tier, 'regional-centre'>
  readonly urgency: Urgency
  /** Whom alone it can befall; null for everybody. */
  readonly sex: 'male' | 'female' | null
  readonly age: AgeLimits | null
  /** The document that says so, or `editorial`: our own choice, which claims no clinical authority. */
  readonly source: string
}

export const TIER_WORDS: Readonly<Record<Tier, Words>> = {
  village: { zh: '村级', en: 'Village tier' },
  township: { zh: '乡镇级', en: 'Township tier' },
  'regional-centre': { zh: '区域性医疗卫生中心', en: 'Regional centre' },
  county: { zh: '县级', en: 'County tier' },
  city: { zh: '市级', en: 'City tier' },
  province: { zh: '省级', en: 'Province tier' },
}
