import { z } from 'zod'
import { isDay } from '../../../kernel/day.ts'
import type { Words } from '../../../kernel/words.ts'
import type { RefusalTable } from '../../../platform/refusals.ts'
import { CAPABILITY_GRADES, CAPABILITY_KINDS, type CellState, type CellWhy, type DoctorRank, type Evidence } from './matrix.ts'

const id = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const division = z
  .string()
  .regex(
    /^\d{4}(\d{2}(0{6})?)?$/,
    '应为市州或县区的区划代码(4、6 或 12 位)|The code of a prefecture or county: 4, 6 or 12 digits',
  )

export const declareInput = z.strictObject({
  institution: id,
  about: z.enum(CAPABILITY_KINDS),
  key: z.string().trim().min(1).max(80),
  grade: z.enum(CAPABILITY_GRADES),
  /** On what paper it rests. */
  source: z.string().trim().min(2, '请写明依据|Say on what it rests').max(200),
  note: z.string().trim().max(300).nullish(),
  from: day.optional(),
})
export const withdrawInput = z.strictObject({
  institution: id,
  capability: z.uuid(),
  on: day.optional(),
  why: z.string().trim().min(2, '请填写理由|Give a reason').max(300),
})
export const capabilitiesInput = z.strictObject({ institution: id, day: day.optional() })

export const needsInput = z.strictObject({
  institution: id,
  about: z.enum(CAPABILITY_KINDS),
  key: z.string().trim().min(1).max(80),
})

/** An area: a division, or the members of a consortium. */
const area = { division: division.optional(), consortium: id.optional(), day: day.optional() }
const oneArea = { message: '请选择一个区划或一个医联体|Choose a division or a consortium', path: ['division'] }
const isOneArea = (input: { division?: string | undefined; consortium?: string | undefined }): boolean =>
  (input.division === undefined) !== (input.consortium === undefined)

export const matrixInput = z
  .strictObject({
    ...area,
    columns: z.enum(['places', 'levels']).default('places'),
    specialty: z
      .string()
      .regex(/^\d{4}$/)
      .optional(),
  })
  .refine(isOneArea, oneArea)
export const cellInput = z
  .strictObject({
    ...area,
    condition: z.string().trim().min(1).max(80),
    /** A column of the matrix: an institution, a tier, or the whole area. */
    column: z.string().regex(/^(\d{1,18}|area|village|township|county|city|province)$/, '应为矩阵的一列|A column of the matrix'),
  })
  .refine(isOneArea, oneArea)

export const matrixRefusals = {
  'navigation.area-unknown': {
    kind: 'invalid',
    zh: '没有这个区划或医联体,或其中没有在册机构。请重新选择区域。',
    en: 'There is no such division or consortium, or no institution is entered in it. Choose the area again.',
    basis: null,
  },
  'navigation.area-too-large': {
    kind: 'invalid',
    zh: '一张矩阵最多 {most} 家机构,这个区域有 {places} 家。请选择县区、市州或一个医联体。',
    en: 'A matrix has {most} places at most, and this area has {places}. Choose a county, a prefecture or one consortium.',
    basis: null,
  },
  'navigation.capability-key-unknown': {
    kind: 'invalid',
    zh: '目录中没有“{key}”。请从病种、诊疗科目或设备、技术、药品目录中选择。',
    en: 'No catalogue has “{key}”. Choose from the conditions, the specialties, or the devices, procedures and drugs.',
    basis: '疾病分级诊疗目录',
  },
  'navigation.capability-ended': {
    kind: 'conflict',
    zh: '这条申报已于 {day} 终止,无需撤回。请刷新后查看。',
    en: 'This declaration ended on {day}; there is nothing to withdraw. Refresh to see what stands.',
    basis: null,
  },
  'navigation.capability-same': {
    kind: 'conflict',
    zh: '本机构已有相同的申报,自 {day} 起有效。',
    en: 'The institution has declared the same already, in force from {day}.',
    basis: null,
  },
} as const satisfies RefusalTable

export const STATE_WORDS: Readonly<Record<CellState, Words>> = {
  covered: { zh: '已覆盖', en: 'Covered' },
  thin: { zh: '薄弱', en: 'Thin' },
  empty: { zh: '空白', en: 'Empty' },
  leaking: { zh: '外流', en: 'Leaking' },
  beyond: { zh: '非其职责', en: 'Not its duty' },
}
export const EVIDENCE_WORDS: Readonly<Record<Evidence, Words>> = {
  declared: { zh: '已申报', en: 'Declared' },
  shown: { zh: '有病例证明', en: 'Shown by cases' },
  derived: { zh: '按科目和层级推定', en: 'Derived from specialty and tier' },
  nothing: { zh: '无依据', en: 'Nothing known' },
}
export const WHY_WORDS: Readonly<Record<CellWhy, Words>> = {
  'declared-none': { zh: '机构申报不开展', en: 'The place says that it does not treat this' },
  'no-specialty': { zh: '没有相应诊疗科目', en: 'It has none of the specialties that treat this' },
  'lacks-things': { zh: '缺少必需的设备、技术或药品', en: 'A device, procedure or drug that is needed is missing' },
  'no-doctor': { zh: '没有相应专业的医师', en: 'No doctor of the specialty works there' },
  leaks: { zh: '到区域外诊治的病例占比达到规定', en: 'The share of cases treated outside the area reaches the limit' },
  limited: { zh: '机构申报仅能部分开展', en: 'The place says that it treats this in part only' },
  'one-doctor': { zh: '相应专业只有一名医师', en: 'It hangs on one doctor' },
  'rank-low': { zh: '没有达到所需职称的医师', en: 'No doctor has the rank that is asked for' },
  'no-unit': { zh: '规定天数内没有空余号源', en: 'No free unit within the days of the rulebook' },
  'only-derived': { zh: '未申报也无病例,仅按科目和层级推定', en: 'Neither declared nor shown by cases, only derived' },
  'few-places': { zh: '本级能诊治的机构不足', en: 'Too few places of this level treat it' },
}
export const RANK_WORDS: Readonly<Record<DoctorRank, Words>> = {
  any: { zh: '执业(助理)医师或乡村医生', en: 'any licensed doctor' },
  attending: { zh: '主治医师及以上', en: 'attending physician or above' },
  'associate-chief': { zh: '副主任医师及以上', en: 'associate chief physician or above' },
  chief: { zh: '主任医师', en: 'chief physician' },
}
