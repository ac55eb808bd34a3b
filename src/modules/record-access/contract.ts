import { z } from 'zod'
import { isDay } from '../../kernel/day.ts'
import type { RefusalTable } from '../../platform/refusals.ts'
import {
  CONSENT_KINDS,
  CONSENT_PURPOSES,
  EMERGENCY_REASONS,
  SENSITIVE_CATEGORIES,
  type ConsentKind,
  type ConsentPurpose,
  type EmergencyReason,
} from './record-access.ts'

const person = z.string().regex(/^\d{1,18}$/, '应为居民编号|A person id is digits')
const institution = z.string().regex(/^\d{1,18}$/, '应为机构编号|An institution id is digits')
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const words = (least: number, most = 500) => z.string().trim().min(least).max(most)
const SCAN_BASE64_MOST = 2_800_000
const KINDS = Object.keys(CONSENT_KINDS) as [ConsentKind, ...ConsentKind[]]
const DAYS_MOST = 36_500

export const ofPersonInput = z.strictObject({ person })

const consent = {
  person,
  purpose: z.enum(CONSENT_PURPOSES),
  /** The institution that may read; absent only for treatment: then whichever treats the person. */
  to: institution.nullish(),
  /** Absent: the whole record. */
  kinds: z.array(z.enum(KINDS)).min(1).max(KINDS.length).nullish(),
  days: z.number().int().min(1).max(DAYS_MOST),
}
export const giveConsentInput = z.strictObject(consent)
export const paperConsentInput = z.strictObject({
  ...consent,
  scan: z.strictObject({
    mediaType: z.enum(
      ['image/jpeg', 'image/png', 'application/pdf'],
      '只接受 JPEG、PNG 图片和 PDF 文件|Only JPEG and PNG pictures and PDF files are taken',
    ),
    base64: z
      .string()
      .min(8)
      .max(SCAN_BASE64_MOST)
      .regex(/^[A-Za-z0-9+/]+={0,2}$/, '应为 base64 编码|Base64 is expected'),
  }),
})
export const withdrawConsentInput = z.strictObject({ person, consent: z.uuid() })

export const openEmergencyInput = z.strictObject({ person, reason: z.enum(EMERGENCY_REASONS), note: words(0).default('') })
export const emergenciesInput = z.strictObject({ state: z.enum(['open', 'reviewed']).default('open') })
export const emergencyInput = z.strictObject({ person, emergency: z.uuid() })
export const reviewEmergencyInput = z.strictObject({
  person,
  emergency: z.uuid(),
  verdict: z.enum(['justified', 'not-justified']),
  note: words(0).default(''),
})

export const openSensitiveInput = z.strictObject({
  person,
  category: z.enum([...SENSITIVE_CATEGORIES, 'all']).default('all'),
  reason: words(4, 200),
})

export const representativeInput = z.strictObject({
  person,
  /** Who acts for the person. */
  by: person,
  kind: z.enum(['guardian', 'proxy']),
  /** The document that was seen and its number. */
  document: words(2, 200),
  from: day.nullish(),
  until: day.nullish(),
})
export const endRepresentativeInput = z.strictObject({ person, representative: z.uuid(), reason: words(2, 200) })

export const askWhyInput = z.strictObject({ person, org: institution, look: z.uuid(), asks: words(0).default('') })
export const answerWhyInput = z.strictObject({ person, question: z.uuid(), answer: words(4, 1_000) })
export const questionsInput = z.strictObject({ state: z.enum(['open', 'answered']).default('open') })

const EXPORT_MOST = 10_000_000
export const askExportInput = z.strictObject({
  persons: z.number().int().min(1).max(EXPORT_MOST),
  purpose: words(2, 100),
  reason: words(4),
})
export const decideExportInput = z.strictObject({
  org: z.string().regex(/^\d{1,18}$/),
  export: z.uuid(),
  decision: z.enum(['approved', 'refused']),
})
export const noInput = z.strictObject({})

export const recordAccessRefusals = {
  'record-access.consent-needs-institution': {
    kind: 'invalid',
    zh: '除诊疗外,授权须写明给哪家机构。请选择机构后再提交。',
    en: 'Except for treatment a consent names the institution that may read. Choose one and give it again.',
    basis: '个人信息保护法 第二十三条',
  },
  'record-access.institution-unknown': {
    kind: 'invalid',
    zh: '找不到这家机构,未记录授权。请重新选择。',
    en: 'That institution is not known; nothing was recorded. Choose another.',
    basis: null,
  },
  'record-access.consent-too-long': {
    kind: 'invalid',
    zh: '授权最长 {years} 年。请缩短期限后再提交。',
    en: 'A consent lasts {years} year(s) at most. Shorten it and give it again.',
    basis: null,
  },
  'record-access.consent-given-already': {
    kind: 'conflict',
    zh: '同一用途对同一机构已有生效的授权。如需改变范围,请先撤回原授权。',
    en: 'A consent for this purpose to this institution is in force already. To change what it covers, withdraw that one first.',
    basis: null,
  },
  'record-access.guardian-consents': {
    kind: 'forbidden',
    zh: '未满 {years} 周岁,须由监护人授权。请监护人登录后办理,或到村卫生室办理。',
    en: 'Below {years} the guardian consents. Let the guardian sign in, or go to the village clinic.',
    basis: '个人信息保护法 第三十一条',
  },
  'record-access.consent-over': {
    kind: 'conflict',
    zh: '该授权已撤回或已到期,无须再撤回。',
    en: 'This consent was withdrawn or has ended; there is nothing to withdraw.',
    basis: null,
  },
  'record-access.scan-unreadable': {
    kind: 'invalid',
    zh: '扫描件不是可识别的图片或 PDF,未记录授权。请重新扫描后上传。',
    en: 'The scan is no picture or PDF that can be recognised; nothing was recorded. Scan it again and send it.',
    basis: null,
  },
  'record-access.person-erased': {
    kind: 'gone',
    zh: '该居民的身份信息已依法删除,不能再为其办理。',
    en: 'The person’s identity was erased by law; nothing more can be done in their name.',
    basis: '个人信息保护法 第四十七条',
  },
  'record-access.reason-wanted': {
    kind: 'invalid',
    zh: '选择“其他”或认定“不当”时,须写明情况。请补充后提交。',
    en: 'For “other”, and for “not justified”, words are needed. Add them and try again.',
    basis: null,
  },
  'record-access.own-review': {
    kind: 'forbidden',
    zh: '不能复核自己的紧急调阅。请由另一位负责人复核。',
    en: 'Nobody reviews their own emergency access. Another officer must do it.',
    basis: null,
  },
  'record-access.reviewed-already': {
    kind: 'conflict',
    zh: '这次紧急调阅已复核,结论不再更改。',
    en: 'This emergency access has been reviewed; the verdict stands.',
    basis: null,
  },
  'record-access.guardian-of-adult': {
    kind: 'invalid',
    zh: '被监护人已满 {years} 周岁,不能登记监护。成年人请由本人委托代理。',
    en: 'The person is {years} or older and has no guardian by age. An adult names a proxy.',
    basis: '民法典 第十七条 (凭记忆)',
  },
  'record-access.representative-too-young': {
    kind: 'invalid',
    zh: '代理人或监护人须满 {years} 周岁。请核对人员。',
    en: 'Who acts for another must be {years} or older. Check the person.',
    basis: '民法典 第十八条 (凭记忆)',
  },
  'record-access.birth-date-wanted': {
    kind: 'invalid',
    zh: '双方的出生日期须已登记才能判断年龄。请先补登出生日期。',
    en: 'Ages cannot be judged while a birth date is missing. Enter it first.',
    basis: null,
  },
  'record-access.represents-self': {
    kind: 'invalid',
    zh: '本人不能登记为自己的代理人。请选择另一位居民。',
    en: 'Nobody is their own representative. Choose another person.',
    basis: null,
  },
  'record-access.representation-over': {
    kind: 'conflict',
    zh: '该代理关系已结束。',
    en: 'This representation has ended already.',
    basis: null,
  },
  'record-access.asked-already': {
    kind: 'conflict',
    zh: '您已就这次查看提出询问,请等待答复。',
    en: 'You have asked about this look already; the answer is on its way.',
    basis: null,
  },
  'record-access.answered-already': {
    kind: 'conflict',
    zh: '该询问已答复。',
    en: 'This question has been answered already.',
    basis: null,
  },
  'record-access.own-export': {
    kind: 'forbidden',
    zh: '不能批准自己申请的导出。请由另一位负责人决定。',
    en: 'Nobody decides on their own export. Another officer must do it.',
    basis: null,
  },
  'record-access.export-decided': {
    kind: 'conflict',
    zh: '该导出申请已有结论或已过期。',
    en: 'This export was decided already, or its time has run out.',
    basis: null,
  },
  'record-access.second-person-wanted': {
    kind: 'forbidden',
    zh: '一次导出超过 {most} 人须由第二人批准。请先提交导出申请,批准后再导出。',
    en: 'An export of more than {most} persons needs a second person. Ask for it first; it runs once it is approved.',
    basis: null,
  },
} as const satisfies RefusalTable

export type { Basis } from './record-access.ts'

type Both = { readonly zh: string; readonly en: string }

/** A consent as the person sees it. */
export type ShownConsent = {
  id: string
  purpose: ConsentPurpose
  to: { id: string; zh: string; en: string | null } | null
  /** What the person was shown when giving it. */
  shown: Both
  givenBy: 'self' | 'representative' | 'paper'
  givenAt: string
  until: string
  withdrawnAt: string | null
  inForce: boolean
}

/** An emergency access as the person, or the reviewer, sees it. */
export type ShownEmergency = {
  id: string
  person: { id: string; zh: string }
  by: string
  institution: { id: string; zh: string; en: string | null }
  reason: EmergencyReason
  note: string
  openedAt: string
  until: string
  reviewBy: string
  overdue: boolean
  verdict: 'justified' | 'not-justified' | null
  reviewNote: string | null
  reviewedAt: string | null
}

/** A question of a person about a look. */
export type ShownQuestion = {
  id: string
  person: { id: string; zh: string }
  look: string
  lookedAt: string | null
  institution: { id: string; zh: string; en: string | null } | null
  form: string | null
  basis: string | null
  /** The ground on which the look was let through, in plain words. */
  lawful: Both | null
  asks: string
  askedAt: string
  answerBy: string
  answer: string | null
  answeredAt: string | null
}

/** Somebody who acts for another. */
export type ShownRepresentative = {
  id: string
  by: { id: string; zh: string }
  kind: 'guardian' | 'proxy'
  document: string
  from: string
  until: string | null
  endedAt: string | null
}
/** A wish to export many persons. */
export type ShownExport = {
  org: string
  id: string
  by: string
  persons: number
  purpose: string
  reason: string
  askedAt: string
  until: string
  decided: 'approved' | 'refused' | null
  used: boolean
  own: boolean
}
