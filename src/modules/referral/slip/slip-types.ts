import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { Words } from '../../../kernel/words.ts'

/** How urgent a referral is, which decides who is served first. */
export const referralTypes = ['ordinary', 'emergency', 'green-channel'] as const
export type ReferralType = (typeof referralTypes)[number]

/** Where the baton goes between levels of care. */
export const directions = ['up', 'down', 'across'] as const
export type Direction = (typeof directions)[number]

/** What is stamped across a slip that must not be acted on as it is. */
export const slipMarks = ['draft', 'cancelled', 'expired', 'void', 'copy'] as const
export type SlipMark = (typeof slipMarks)[number]

export const sexes = ['male', 'female', 'unknown'] as const
export type Sex = (typeof sexes)[number]

/** Age as it is said: years, and below one year months or days. */
export type Age = { value: number; unit: 'year' | 'month' | 'day' }

/** What every printed slip carries around its content. */
export type SlipFrame = {
  slipNumber: string
  referralType: ReferralType
  direction: Direction
  /** `both` adds small English labels; the content is never translated. */
  language: 'zh' | 'both'
  /** True for invented persons: every page then says so. */
  isSynthetic: boolean
  mark: SlipMark | null
  /** At most 213 bytes; null prints no code. */
  qrText: string | null
  printedBy: string
  printedAt: Instant
  /** IANA zone in which moments are printed. */
  zone: string
}

export type SlipPerson = { name: string; sex: Sex | null; age: Age | null }

export type SlipContact = { address: string | null; phone: string | null }

export type SlipSignature = { doctor: string | null; phone: string | null; institution: string | null; signedOn: Day | null }

/**
 * 双向转诊（转出）单 with its 存根.
 * @source 国家基本公共卫生服务规范（第三版） 附件 双向转诊单
 */
export type ReferralSlip = SlipFrame & {
  resident: SlipPerson & SlipContact & { recordNumber: string | null }
  referredOn: Day | null
  toInstitution: string | null
  toDepartment: string | null
  receivingDoctor: string | null
  impression: string | null
  presentHistory: string | null
  pastHistory: string | null
  treatment: string | null
  signature: SlipSignature
}

/**
 * 双向转诊（回转）单 with its 存根.
 * @source 国家基本公共卫生服务规范（第三版） 附件 双向转诊单
 */
export type ReturnSlip = SlipFrame & {
  resident: SlipPerson & SlipContact & { caseNumber: string | null }
  returnedOn: Day | null
  toInstitution: string | null
  receivingDoctor: string | null
  diagnosis: string | null
  inpatientNumber: string | null
  mainResults: string | null
  treatmentAndPlan: string | null
  signature: SlipSignature
}

/** Why a receiver did not take the referral: the code for statistics, the words for people. */
export type ReceiptReason = { code: string; says: Words }

/** What the receiver answered; each answer carries only what belongs to it. */
export type ReceiptAnswer =
  | {
      result: 'accepted'
      department: string | null
      doctor: string | null
      /** 号源或床位, in words: an outpatient number or a bed. */
      place: string | null
      arriveBefore: Instant | null
    }
  | { result: 'rejected'; reason: ReceiptReason }
  | { result: 'redirected'; reason: ReceiptReason; toInstitution: string; toDepartment: string | null }

/** What happened after the answer, in this order. */
export const receiptSteps = ['arrived', 'admitted', 'discharged', 'returned'] as const
export type ReceiptStep = (typeof receiptSteps)[number]

/** 回执: the receiver's answer to the sender, and how far the resident has come since. */
export type Receipt = SlipFrame & {
  resident: SlipPerson
  fromInstitution: string | null
  answeredBy: { institution: string; doctor: string | null; phone: string | null }
  answeredAt: Instant | null
  answer: ReceiptAnswer
  steps: Partial<Record<ReceiptStep, Instant>>
}
