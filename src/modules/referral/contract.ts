import { z } from 'zod'
import { isInstant } from '../../kernel/clock.ts'
import { isDay } from '../../kernel/day.ts'
import type { RefusalTable } from '../../platform/refusals.ts'
import { DISAGREE_REASONS, DIRECTIONS, MISSING_PARTS, REJECT_REASONS, URGENCIES, type Direction, type DisagreeReason, type FollowUp, type Letter, type ReferralState, type ReturnLetter, type Urgency } from './referral.ts'

const key = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const instant = z.string().refine(isInstant, '应为带时区的时间|An instant with a zone')
const text = (most: number) => z.string().trim().max(most)
const filled = (most: number) => z.string().trim().min(1).max(most)

export const letterInput = z.strictObject({
  impression: text(500).default(''),
  reason: text(2000).default(''),
  pastHistory: text(2000).default(''),
  treatment: text(2000).default(''),
  attention: text(500).nullish(),
})
const letterChange = z.strictObject({
  impression: filled(500).optional(),
  reason: filled(2000).optional(),
  pastHistory: text(2000).optional(),
  treatment: text(2000).optional(),
  attention: text(500).nullish(),
})
/** Who answered for the person, and which risks were told; the sentences are kept as they were said. */
const consentSaid = { by: z.enum(['patient', 'family']), relation: text(20).nullish(), told: z.array(filled(200)).max(12).optional() }
export const consentInput = z.strictObject(consentSaid)
/** As booking numbers its vouchers; checked there. */
const voucherNumber = z.string().regex(/^\d{1,18}-[A-Za-z0-9_-]{22}$/, '应为凭证号|A voucher number')
const unit = z.strictObject({ org: key, pool: z.uuid() })
const condition = z.strictObject({
  key: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,59}$/, '应为病种或 ICD-10 代码|A condition key or ICD-10 code'),
  zh: filled(100),
  en: text(200).default(''),
})

const request = {
  person: key,
  receiver: key,
  specialty: z.string().regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits'),
  condition,
  letter: letterInput,
  consent: consentInput.nullish(),
}

export const draftInput = z.strictObject({ ...request, referral: z.uuid().nullish() })
export const sendInput = z.strictObject({
  ...request,
  urgency: z.enum(['ordinary', 'green-channel']).default('ordinary'),
  /** A free unit of the receiver that is held until it answers. */
  unit: unit.nullish(),
  /** Instead of a unit: the voucher that was promised, perhaps while cut off. */
  voucher: voucherNumber.nullish(),
  /** When the doctor saw the person, if the form was filled without a network. */
  occurredAt: instant.nullish(),
})
export const sendEmergencyInput = z.strictObject({ ...request, urgency: z.enum(['emergency', 'green-channel']).default('emergency'), occurredAt: instant.nullish() })
export const disagreeInput = z.strictObject({
  person: key,
  receiver: key,
  specialty: request.specialty,
  condition,
  letter: letterInput.prefault({}),
  ...consentSaid,
  why: z.enum(DISAGREE_REASONS),
  note: text(500).default(''),
  occurredAt: instant.nullish(),
})
export const submitInput = z.strictObject({ referral: z.uuid(), receiver: key.nullish(), specialty: request.specialty.nullish(), unit: unit.nullish(), consent: consentInput.nullish() })
export const referralInput = z.strictObject({ referral: z.uuid() })
/** 承诺制: who files commits to what the referral says. */
export const fileOffSiteInput = z.strictObject({ referral: z.uuid(), isPledged: z.literal(true, { error: '须承诺所填属实|Who files must commit to what is said' }) })
export const withReason = z.strictObject({ referral: z.uuid(), reason: filled(500) })
export const acceptInput = z.strictObject({
  referral: z.uuid(),
  /** Another unit than the one held, or one where none is held. */
  unit: unit.nullish(),
  /** The queue that the person waits in, where no unit can be given yet. */
  queue: text(100).nullish(),
  note: text(500).nullish(),
})
export const scheduleInput = z.strictObject({ referral: z.uuid(), unit })
export const rejectInput = z.strictObject({ referral: z.uuid(), why: z.enum(REJECT_REASONS), wayOn: filled(500) })
export const redirectInput = z.strictObject({ referral: z.uuid(), receiver: key, specialty: request.specialty.nullish(), unit: unit.nullish(), reason: filled(500) })
export const askMoreInput = z.strictObject({
  referral: z.uuid(),
  /** What is missing, in codes. */
  what: z.array(z.enum(MISSING_PARTS)).min(1).max(MISSING_PARTS.length),
  /** What exactly, in words for the sender. */
  reason: filled(500),
})
export const supplementInput = z.strictObject({
  referral: z.uuid(),
  /** Only the parts of the letter that change; the rest stays as it was sent. */
  letter: letterChange.optional(),
  note: text(500).nullish(),
})
export const arriveInput = z.strictObject({ referral: z.uuid(), occurredAt: instant.nullish() })
export const completeInput = z.strictObject({ referral: z.uuid(), letter: letterInput, consent: consentInput })
export const handBackInput = z.strictObject({
  referral: z.uuid(),
  /** The primary-care institution that takes the person back; the family doctor's when it is left out. */
  to: key.nullish(),
  diagnosis: filled(1000),
  inpatientNumber: text(40).nullish(),
  findings: filled(2000),
  treatment: filled(2000),
  plan: filled(2000),
  medication: filled(2000),
})
export const followUpInput = z.strictObject({ referral: z.uuid(), way: z.enum(['clinic', 'home', 'phone']), outcome: z.enum(['good', 'fair', 'poor']), note: filled(1000), occurredAt: instant.nullish() })
export const finishTaskInput = z.strictObject({ task: z.uuid(), note: filled(500) })
export const taskInput = z.strictObject({ task: z.uuid() })
export const personInput = z.strictObject({ person: key })
/** All pages of criteria, or only those of one disease: its key or an ICD-10 code. */
export const criteriaInput = z.strictObject({ person: key, condition: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,59}$/, '应为病种或 ICD-10 代码|A condition key or ICD-10 code').nullish() })
/** A unit of booking, as booking's own events name it. */
export const stoppedInput = z.strictObject({ org: key, booking: z.uuid() })
/** A unit that somebody got from the waiting list; for which case, or which booking of a stopped clinic it makes up for. */
export const takeUnitInput = z.strictObject({ org: key, booking: z.uuid(), referral: z.uuid().nullish(), stopped: stoppedInput.nullish() })
export const elsewhereInput = z.strictObject({ person: key, reason: filled(200) })
const worklistFilter = {
  side: z.enum(['sender', 'receiver', 'care-team', 'supervisor']).default('receiver'),
  state: z.enum(['open', 'to-answer', 'asked', 'to-schedule', 'today', 'inside', 'to-return', 'overdue', 'mine-to-act', 'ended']).default('open'),
  /** A name, its pinyin or initials, the last four of the identity number, a slip number or a condition. */
  text: text(60).optional(),
  urgency: z.enum(URGENCIES).optional(),
  direction: z.enum(DIRECTIONS).optional(),
}
export const worklistExportInput = z.strictObject({ ...worklistFilter, language: z.enum(['zh', 'en']).default('zh') })
export const lookInput = z.strictObject({ referral: z.uuid(), leaves: z.boolean().default(false), takesOver: z.boolean().default(false) })
export const looksInput = z.strictObject({})
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
export const refusalCountsInput = z
  .strictObject({ from: day, until: day })
  .refine(({ from, until }) => from < until, '结束日期应晚于开始日期|The end must be later than the start')
export const worklistInput = z.strictObject({
  ...worklistFilter,
  limit: z.number().int().min(1).max(200).default(50),
  after: z.string().max(120).optional(),
})
export const tasksInput = z.strictObject({ which: z.enum(['open', 'overdue', 'done']).default('open'), limit: z.number().int().min(1).max(200).default(100) })
export const slipInput = z.strictObject({ referral: z.uuid(), kind: z.enum(['referral', 'return', 'receipt', 'consent']).default('referral') })
export const mineInput = z.strictObject({})

/** What a template asks of the record: a measurement's last value, drugs, problems, allergies. */
export const TEMPLATE_NEEDS = ['pressure', 'glucose', 'hba1c', 'pulse', 'oxygen', 'temperature', 'drugs', 'problems', 'allergies'] as const
export type TemplateNeed = (typeof TEMPLATE_NEEDS)[number]

const both = z.strictObject({ zh: filled(200), en: filled(300) })
/** A template of a disease: how the letter begins, which risks are told, what goes along. `{pressure}` and its like are filled from the record. */
export const letterTemplateBody = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, '应为小写字母、数字和连字符|Small letters, digits and hyphens'),
  name: both,
  /** Ranges of ICD-10 codes, `I10-I15`; none means every condition. */
  icd10: z.array(z.string().regex(/^[A-Z]\d\d(-[A-Z]\d\d)?$/, '应为 ICD-10 类目或范围,如 I10-I15|An ICD-10 category or range, I10-I15')).max(20),
  reason: filled(1000),
  needs: z.array(z.enum(TEMPLATE_NEEDS)).default([]),
  risks: z.array(both).max(8).default([]),
  attach: z.array(both).max(8).default([]),
  bring: z.array(both).max(8).default([]),
})
export type LetterTemplate = z.output<typeof letterTemplateBody>
export const letterTemplatesInput = z.strictObject({})

export const referralRefusals = {
  'referral.filing-not-open': {
    kind: 'conflict',
    zh: '转诊单尚未发出或已结束,不能据此办理异地就医备案。请先提交转诊,或新开转诊单。',
    en: 'This referral was not sent yet or is over, so nothing can be filed from it. Send it first, or begin another.',
    basis: null,
  },
  'referral.open-already': {
    kind: 'conflict',
    zh: '该居民同一病种已有一张进行中的转诊单({slip},{state})。请先查看并在原单上办理。',
    en: 'This person has an open referral for the same condition already ({slip}, {state_en}). Look at it and act on that one.',
    basis: '转诊管理办法:同一病种同时只有一张有效转诊单 (设计值)',
  },
  'referral.has-unit-already': {
    kind: 'conflict',
    zh: '这张转诊单已有有效的号,或号在转出机构,不随候补改动。请在转诊单上改约。',
    en: 'This referral has a live unit, or the new one is at the sender’s own place: it stays as it is. Change the time on the referral.',
    basis: null,
  },
  'referral.to-itself': {
    kind: 'invalid',
    zh: '不能转给本机构。请选择另一家机构。',
    en: 'A referral cannot go to one’s own institution. Choose another.',
    basis: null,
  },
  'referral.receiver-unknown': {
    kind: 'invalid',
    zh: '接收机构不存在或已停业。请重新选择。',
    en: 'The receiving institution does not exist or is closed. Choose another.',
    basis: null,
  },
  'referral.receiver-without-specialty': {
    kind: 'conflict',
    zh: '接收机构没有开设所选科目。请改选科目或机构。',
    en: 'The receiving institution does not offer this specialty. Choose another specialty or place.',
    basis: '医疗机构诊疗科目名录',
  },
  'referral.person-unknown': {
    kind: 'invalid',
    zh: '没有这位居民。请先查找或登记居民。',
    en: 'There is no such person. Find or register the person first.',
    basis: null,
  },
  'referral.draft-of-another': {
    kind: 'conflict',
    zh: '这份草稿是为另一位居民起草的,不能换人。请为这位居民新建转诊单。',
    en: 'This draft is about another person and stays so. Begin a new referral for this person.',
    basis: null,
  },
  'referral.person-dead': {
    kind: 'conflict',
    zh: '该居民已登记死亡,不能转诊。如登记有误请先更正。',
    en: 'This person is registered as dead and cannot be referred. If that is wrong, have it corrected first.',
    basis: null,
  },
  'referral.letter-incomplete': {
    kind: 'invalid',
    zh: '转诊单还缺“{what}”。请补充后提交。',
    en: 'The letter lacks “{what_en}”. Fill it in and submit.',
    basis: '国家基本公共卫生服务规范(第三版) 双向转诊单',
  },
  'referral.consent-missing': {
    kind: 'conflict',
    zh: '还没有患者或家属的知情同意。请告知并取得同意后提交;急诊可先救治后补。',
    en: 'The person or family has not agreed yet. Inform them and record the consent; an emergency may be completed afterwards.',
    basis: '个人信息保护法 第二十九条;双向转诊知情同意书',
  },
  'referral.unit-of-another': {
    kind: 'invalid',
    zh: '所选号源不属于接收机构的这个科目。请重新选号。',
    en: 'The chosen unit is not of the receiving institution and specialty. Choose another unit.',
    basis: null,
  },
  'referral.no-place': {
    kind: 'conflict',
    zh: '接收须绑定一个号源,或写明患者进入的候诊队列。请选号或填写队列名称。',
    en: 'Accepting needs a unit, or the name of the queue that the person waits in. Choose a unit or name the queue.',
    basis: '转诊接收即有位置:号源或明确的队列 (设计值)',
  },
  'referral.package-missing': {
    kind: 'conflict',
    zh: '病历资料包还没有随单送达,不能接收。请转出方重新提交。',
    en: 'The record package has not come with the request, so it cannot be accepted. Ask the sender to submit again.',
    basis: 'S0 患者转诊病历信息共享调阅',
  },
  'referral.not-down': {
    kind: 'conflict',
    zh: '只有下转或已回转的患者由基层接回。请按当前状态办理。',
    en: 'Only a person referred down or handed back is received by primary care. Act on the current state.',
    basis: null,
  },
  'referral.no-primary-care': {
    kind: 'invalid',
    zh: '该居民没有签约的基层机构。请填写接回机构。',
    en: 'This person has no family doctor’s institution. Name the one that takes the person back.',
    basis: 'S4 做好接续服务',
  },
  'referral.return-not-primary': {
    kind: 'invalid',
    zh: '回转应转到乡镇、社区或村级机构。请另选。',
    en: 'A hand-back goes to a township, community or village institution. Choose another.',
    basis: '县域方案:下转基层接续',
  },
  'referral.not-emergency': {
    kind: 'conflict',
    zh: '只有急诊或绿色通道转诊需要补单。',
    en: 'Only an emergency or green-channel referral is completed afterwards.',
    basis: null,
  },
  'referral.completed-already': {
    kind: 'conflict',
    zh: '这张转诊单已补齐。无需重复补单。',
    en: 'The papers of this referral are complete; nothing more is owed.',
    basis: null,
  },
  'referral.occurred-in-future': {
    kind: 'invalid',
    zh: '发生时间晚于现在。请核对时间。',
    en: 'The time of the event is later than now. Check the time.',
    basis: null,
  },
  'referral.escalated-enough': {
    kind: 'conflict',
    zh: '本次等待已逐级上报完毕。',
    en: 'This wait has been escalated through all levels.',
    basis: null,
  },
  'referral.asked-enough': {
    kind: 'conflict',
    zh: '这张转诊单已索要补充 {times} 次。请按现有资料接收、改转,或写明原因和去路退回。',
    en: 'More was asked for {times} time(s) already. Accept or redirect it with what is there, or return it with a reason and a way on.',
    basis: '不得反复索要资料拖延答复 (设计值)',
  },
  'referral.task-done': {
    kind: 'conflict',
    zh: '这项任务已完成。',
    en: 'This task is done already.',
    basis: null,
  },
} as const satisfies RefusalTable

/** Who of one's own institution works on a case now, until when without a renewal. */
export type ShownLook = { referral: string; by: { zh: string; en: string | null }; isMine: boolean; until: string }

export type ReferralCode = keyof typeof referralRefusals

/** An institution as it stands beside a referral. */
export type ShownPlace = { id: string; name: { zh: string; en: string | null }; tier: string; phone: string | null }

/** One row of a worklist: enough to decide what to look at first. */
export type ShownRow = {
  id: string
  slipNo: string
  direction: Direction
  urgency: Urgency
  state: ReferralState
  stateSince: string
  waitUntil: string | null
  escalations: number
  holds: boolean
  person: { id: string; name: { zh: string; en: string | null }; sex: string; bornOn: string | null; synthetic: boolean }
  condition: { zh: string; en: string }
  specialty: string
  sender: ShownPlace
  receiver: ShownPlace
  appointmentAt: string | null
  /** When the clinic of its unit was stopped; null where that is made up for. */
  timeLostAt: string | null
  openedAt: string
}

/** One step of the trace, as the parties see it. */
export type ShownStep = { seq: number; type: string; at: string; occurredAt: string; role: string; actor: { zh: string; en: string | null } | null; institution: { zh: string; en: string | null } | null; reason: string | null; /** The coded reason of a return, or what was asked for, several joined by commas. */ why: string | null }

/** A referral with everything that its parties may see. */
export type ShownReferral = Omit<ShownRow, 'person'> & {
  /** The condition in the catalogue, or its ICD-10 code. */
  conditionKey: string
  version: number
  person: ShownRow['person'] & { phone: string | null; idNumber: string | null; address: string | null; insurance: string }
  care: ShownPlace | null
  senderDoctor: { zh: string; en: string | null }
  letter: Letter
  consent: { by: string; relation: string | null; told: readonly string[]; at: string } | null
  consentRefusal: { by: string; relation: string | null; why: DisagreeReason; note: string; at: string } | null
  appointment: { startsAt: string; endsAt: string; place: { zh: string; en: string | null } | null; doctor: { zh: string; en: string | null } | null } | null
  queue: string | null
  returned: ReturnLetter | null
  followUp: FollowUp | null
  owesPapers: boolean
  endedWhy: string | null
  moves: string[]
  trace: ShownStep[]
}
