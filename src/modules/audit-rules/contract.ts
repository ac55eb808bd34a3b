import { z } from 'zod'
import { isDay } from '../../kernel/day.ts'
import type { Words } from '../../kernel/words.ts'
import type { RefusalTable } from '../../platform/refusals.ts'
import { DESK_BATCH, HIT_STATES } from './audit-rules.ts'
import { AUDIT_RULE_IDS } from './rules/definitions.ts'
import type { HitReasons } from './rules/effects.ts'
import { AUDIT_KINDS } from './rules/facts.ts'

const key = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const name = z.string().trim().min(1).max(80)
const reason = z.string().trim().min(2).max(500)
const fen = z.number().int().min(0).max(10_000_000_000)
const count = z.number().min(0).max(1_000_000)
const days = z.number().int().min(1).max(3_660)
const codes = z.array(name).max(200)

const age = z.number().int().min(0).max(150)

/** What the catalogue says of an item: the closed list of limits that rules look at. */
const knowledge = z.strictObject({
  prices: z.record(name, fen).optional(),
  pricesUntil: z.strictObject({ day, prices: z.record(name, fen) }).optional(),
  perDay: count.optional(),
  perNight: count.optional(),
  within: z.strictObject({ days, most: count }).optional(),
  setting: z.enum(['inpatient', 'outpatient']).optional(),
  includes: codes.optional(),
  includesDays: days.optional(),
  mutex: codes.optional(),
  diagnoses: codes.optional(),
  levels: codes.optional(),
  insurances: codes.optional(),
  medicalTypes: codes.optional(),
  gender: z.enum(['male', 'female']).optional(),
  ageFrom: age.optional(),
  ageUntil: age.optional(),
  daysOldMost: days.optional(),
  supply: z.enum(['acute', 'chronic', 'special']).optional(),
  examination: z.boolean().optional(),
  payable: z.boolean().optional(),
  perEvent: count.optional(),
  parts: codes.optional(),
  unit: name.optional(),
  firstLine: codes.optional(),
  combined: codes.optional(),
  daysMost: days.optional(),
  daysWithin: days.optional(),
  ingredient: name.optional(),
  drugClass: name.optional(),
  contraDiagnoses: codes.optional(),
  contraItems: codes.optional(),
  contraAge: z.array(age).length(2).optional(),
  contraPregnant: z.boolean().optional(),
  repeatDays: days.optional(),
  needsIndication: z.boolean().optional(),
  sessionsMost: count.optional(),
  licences: codes.optional(),
  departments: codes.optional(),
  packages: codes.optional(),
  storeMost: count.optional(),
  treatment: z.boolean().optional(),
  standing: z.boolean().optional(),
})

export const loadItemsInput = z.strictObject({
  from: day,
  basis: z.string().trim().min(2).max(300),
  items: z
    .array(z.strictObject({ code: name, zh: name, en: name.optional(), knowledge }))
    .min(1)
    .max(2_000),
})
export const itemsInput = z.strictObject({ search: name.optional(), day: day.optional() })

const line = z.strictObject({
  id: name,
  item: name,
  day,
  quantity: count,
  priceFen: fen,
  amountFen: fen,
  supplyDays: days.nullable().default(null),
  event: name.optional(),
  unit: name.optional(),
  executed: count.optional(),
  executedItem: name.optional(),
  licence: name.optional(),
  department: name.optional(),
  prescription: name.optional(),
  indicated: z.boolean().optional(),
  evaluated: z.boolean().optional(),
  recognisable: z.boolean().optional(),
  selfPaid: z.boolean().optional(),
  traceCode: name.optional(),
  dailyUse: count.optional(),
  longPrescription: z.boolean().optional(),
})
const stay = z.strictObject({
  id: name,
  institution: key,
  level: name,
  inpatient: z.boolean(),
  insurance: name,
  admittedOn: day,
  dischargedOn: day,
  diagnoses: z.array(name).max(50),
  procedures: z.number().int().min(0).max(100),
  planned: z.boolean().default(false),
  lines: z.array(line).min(1).max(5_000),
  pharmacy: z.boolean().optional(),
  outside: z.boolean().optional(),
  referred: z.boolean().optional(),
  caredOn: z.array(day).max(400).optional(),
  absentOn: z.array(day).max(400).optional(),
  notes: z.array(name).max(400).optional(),
  results: z.array(name).max(400).optional(),
  identityMatches: z.boolean().optional(),
  group: z.strictObject({ weight: count, recomputedWeight: count, pointFen: fen, meanCostFen: fen }).optional(),
  chronicIllness: name.optional(),
  medicalType: name.optional(),
  otherPayer: name.optional(),
  againstPath: z.boolean().optional(),
  boughtOutside: z.boolean().optional(),
  consortium: name.optional(),
  emergency: z.boolean().optional(),
  pregnant: z.boolean().optional(),
  ambulatory: z.boolean().optional(),
})
const person = z.strictObject({
  /** How the bill names the person: never a name or an identity number. */
  ref: name,
  /** The person's id in the region's index, where it is known. */
  person: key.optional(),
  gender: z.enum(['male', 'female']),
  bornOn: day,
  diedOn: day.optional(),
  stays: z.array(stay).min(1).max(200),
  contracts: z
    .array(z.strictObject({ team: name, from: day, until: day.nullable() }))
    .max(50)
    .optional(),
  followUps: z
    .array(z.strictObject({ id: name, on: day, reading: name }))
    .max(500)
    .optional(),
})
export type SubmittedPerson = z.output<typeof person>

export const submitInput = z.strictObject({
  batch: name.refine(
    (text) => !text.startsWith(DESK_BATCH),
    '这样的批次名留给开单时发现的疑点|Such names are kept for what is found at a desk',
  ),
  stage: z.enum(['mid', 'post']).default('post'),
  day: day.optional(),
  persons: z.array(person).min(1).max(500),
})
const goOnReason = z.strictObject({ rule: z.enum(AUDIT_RULE_IDS), reason })
/** Why somebody goes on with a bill although rules were hit, rule by rule; for the forms that open or settle one. */
export const goOnReasons = z.array(goOnReason).max(AUDIT_RULE_IDS.length).default([])
/** What was written, by rule; of a rule that stands twice the last counts. */
export const reasonsByRule = (written: z.output<typeof goOnReasons>): HitReasons =>
  new Map(written.map(({ rule, reason: why }) => [rule, why]))

export const checkOrderInput = z.strictObject({
  person: key,
  /** Left out: as the index of persons has it. */
  insurance: name.optional(),
  diagnoses: z.array(name).max(50),
  lines: z
    .array(
      z.strictObject({
        item: name,
        quantity: count,
        priceFen: fen,
        supplyDays: days.nullable().default(null),
        selfPaid: z.boolean().default(false),
      }),
    )
    .min(1)
    .max(200),
})

const hitKey = { org: key, hit: z.uuid('应为编号|An id') }
export const hitInput = z.strictObject(hitKey)
export const hitReasonInput = z.strictObject({ ...hitKey, reason })
export const decideInput = z.strictObject({ ...hitKey, reason, recoverFen: fen.min(1) })
export const recoverInput = z.strictObject({ ...hitKey, recoveredFen: fen })
export const lapseInput = z.strictObject({ ...hitKey, move: z.enum(['lapse', 'remind', 'near']) })
export const hitsInput = z.strictObject({
  state: z.enum(HIT_STATES).optional(),
  kind: z.enum(AUDIT_KINDS).optional(),
  rule: z.enum(AUDIT_RULE_IDS).optional(),
  org: key.optional(),
  /** A bill or stay that the hit is about. */
  stay: z.string().min(1).max(80).optional(),
  isOverdue: z.boolean().optional(),
  /** The last of the page before. */
  afterOrg: key.optional(),
  afterHit: z.uuid('应为编号|An id').optional(),
})
export const nothingInput = z.strictObject({})

export const auditRulesRefusals = {
  'audit-rules.batch-audited': {
    kind: 'conflict',
    zh: '批次“{batch}”已审核过,疑点见工作列表。要审核新的账单,请换一个批次名。',
    en: 'The batch “{batch}” was audited already; its hits are in the work list. Give new bills a name of their own.',
    basis: null,
  },
  'audit-rules.institution-unknown': {
    kind: 'invalid',
    zh: '账单中的机构 {institution} 不在本区域。请核对机构编号。',
    en: 'The institution {institution} of a bill is not of this region. Check its id.',
    basis: null,
  },
  'audit-rules.lines-twice': {
    kind: 'invalid',
    zh: '同一人的账单中,就诊或明细的编号 {id} 出现两次。每次就诊、每行明细须有自己的编号。',
    en: 'The id {id} stands twice among one person’s stays or lines. Each needs one of its own.',
    basis: null,
  },
  'audit-rules.more-than-found': {
    kind: 'invalid',
    zh: '追回金额不能超过疑点金额。请核对。',
    en: 'No more can be asked back than the hit is about. Check the sum.',
    basis: null,
  },
  'audit-rules.line-stopped': {
    kind: 'conflict',
    zh: '第 {lines} 行违反审核规则“{rule}”({basis}),不能继续。请更正或删去该行;认为规则有误的,请联系医保经办机构。',
    en: 'Line {lines_en} breaks the rule “{rule_en}” ({basis}), so this cannot go on. Correct the line or leave it out; if the rule is wrong, ask the insurer.',
    basis: '医疗保障基金使用监督管理条例',
  },
  'audit-rules.reason-needed': {
    kind: 'conflict',
    zh: '第 {lines} 行可疑,规则“{rule}”({basis})。请更正该行,或写明理由后继续;理由会交医保经办机构。',
    en: 'Line {lines_en} is suspicious by the rule “{rule_en}” ({basis}). Correct it, or go on with a written reason, which the insurer will read.',
    basis: '医疗保障基金使用监督管理条例',
  },
  'audit-rules.same-person': {
    kind: 'forbidden',
    zh: '提出处理的人不能自己复核。请由另一人复核。',
    en: 'Who proposed it cannot confirm it. Somebody else has to.',
    basis: null,
  },
  'audit-rules.item-known': {
    kind: 'conflict',
    zh: '目录中已有项目 {code} 自该日起的规定,不能覆盖。请改用更晚的起始日。',
    en: 'The catalogue already has {code} from this day on, and nothing is written over. Use a later first day.',
    basis: null,
  },
} as const satisfies RefusalTable

/** A hit as somebody looks at it. */
export type ShownHit = {
  readonly org: string
  readonly id: string
  readonly institution: { readonly zh: string; readonly en: string | null }
  readonly number: number
  readonly rule: string
  readonly ruleWords: Words
  readonly kind: string
  readonly state: string
  readonly words: Words
  readonly reply: string | null
  readonly amountFen: number
  readonly decidedFen: number | null
  readonly recoveredFen: number | null
  readonly isFraudCase: boolean
  readonly personRef: string
  readonly note: string | null
  readonly dueAt: string | null
  readonly foundAt: string
  readonly isProposedByMe: boolean
}
