import { z } from 'zod'
import { isDay } from '../../kernel/day.ts'
import type { RefusalTable } from '../../platform/refusals.ts'
import { OBSTACLES, REPEAT_REASONS, type Obstacle, type RepeatReason } from './recognition.ts'

const key = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const ordered = { person: key, item: z.string().trim().min(1).max(60), site: z.string().trim().max(60).nullish() }

export const itemsInput = z.strictObject({ text: z.string().trim().max(60).default('') })
export const checkInput = z.strictObject(ordered)
export const orderInput = z.strictObject({
  ...ordered,
  /** The earlier result that is accepted instead of a new examination. */
  accept: z.string().max(200).nullish(),
  /** Why it is made once more although a result could be recognised. */
  reason: z.enum(REPEAT_REASONS).nullish(),
  note: z.string().trim().max(300).nullish(),
  /** That the patient was told why. */
  patientTold: z.boolean().default(false),
})
export const measuresInput = z.strictObject({ from: day.optional(), until: day.optional(), org: key.optional() })

/** Words of each obstacle: why an earlier result is not recognisable. */
export const OBSTACLE_WORDS: Readonly<Record<Obstacle, { zh: string; en: string }>> = {
  'not-final': { zh: '报告未审核完成', en: 'The report is not final' },
  'other-site': { zh: '部位不同', en: 'Another site of the body' },
  'too-old': { zh: '超过本项目的互认时限', en: 'Older than this item allows' },
  'in-future': { zh: '检查时间在将来,请核对', en: 'Its time lies in the future; check it' },
  'no-mark': {
    zh: '出具机构当日没有本项目有效的 HR 标识(室间质评)',
    en: 'Its maker had no valid HR mark (external quality assessment) for this item on that day',
  },
  'mark-elsewhere': { zh: 'HR 标识的范围不含本机构', en: 'The HR mark does not reach this institution' },
  'lower-level': { zh: '由下级机构出具,且不在同一医联体', en: 'Made by a lower institution outside of the consortium' },
  'performer-unknown': { zh: '记录中没有出具机构', en: 'The record does not say who made it' },
}

/** The six reasons of the rule, in its order. */
export const REASON_WORDS: Readonly<Record<RepeatReason, { zh: string; en: string }>> = {
  'condition-changed': {
    zh: '病情变化,结果与临床表现不符',
    en: 'The condition has changed, or the result does not fit the clinical picture',
  },
  'changes-fast': { zh: '结果在疾病过程中变化快', en: 'The result changes fast in the course of the disease' },
  'great-weight': {
    zh: '项目对诊疗意义重大(手术、输血前等)',
    en: 'The item is of great weight, before an operation or transfusion for instance',
  },
  emergency: { zh: '急诊、急救等紧急情况', en: 'An emergency' },
  judicial: { zh: '涉及司法、伤残、病退等鉴定', en: 'Judicial, disability or retirement assessment' },
  other: { zh: '其他确需复查的情形(须写明)', en: 'Another real need (say which)' },
}

export const recognitionRefusals = {
  'recognition.item-unknown': {
    kind: 'invalid',
    zh: '互认目录中没有这个项目。请从目录中选择。',
    en: 'This item is not in the catalogue of recognition. Choose one from it.',
    basis: null,
  },
  'recognition.not-recognisable': {
    kind: 'conflict',
    zh: '这份结果现在不能互认,可能刚刚过期或被更正。请重新查看可互认的结果。',
    en: 'This result cannot be recognised now; it may just have run out or been corrected. Look at the recognisable ones again.',
    basis: '医疗机构检查检验结果互认管理办法',
  },
  'recognition.decide-first': {
    kind: 'conflict',
    zh: '该患者有可互认的结果。请认可它,或选择一条复查理由。',
    en: 'There is a result of this patient that can be recognised. Accept it, or choose one of the reasons to repeat.',
    basis: '医疗机构检查检验结果互认管理办法',
  },
  'recognition.tell-patient': {
    kind: 'invalid',
    zh: '复查前须向患者说明理由。告知后请勾选“已告知患者”。',
    en: 'The patient must be told why before it is repeated. Tick “patient told” after that.',
    basis: '医疗机构检查检验结果互认管理办法',
  },
  'recognition.say-why': {
    kind: 'invalid',
    zh: '选择“其他”须写明具体情形。',
    en: 'The reason “other” needs words.',
    basis: '医疗机构检查检验结果互认管理办法',
  },
} as const satisfies RefusalTable

/** An earlier result as the doctor who orders sees it. */
export type ShownEarlier = {
  reference: string
  title: string
  at: string | null
  ageDays: number | null
  value: string | null
  site: string | null
  performer: { zh: string; en: string | null } | null
  /** `全国HR`, `湘HR` …; null for one's own and where there is none. */
  mark: string | null
  isInsideConsortium: boolean
  obstacles: { code: (typeof OBSTACLES)[number]; zh: string; en: string }[]
}

/** How recognition goes in an institution over some days. */
export type ShownMeasures = {
  from: string
  until: string
  total: ShownCount
  institutions: (ShownCount & { org: string; zh: string; en: string | null })[]
  months: (ShownCount & { month: string })[]
  reasons: { code: string; zh: string; en: string; count: number }[]
  items: { item: string; zh: string; en: string; accepted: number; repeated: number; savedFen: number }[]
}
export type ShownCount = {
  accepted: number
  repeated: number
  ordered: number
  /** Accepted of all that could have been, in basis points; null where there was nothing to recognise. */
  rate: number | null
  savedFen: number
}
