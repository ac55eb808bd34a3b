import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, Brand, OrgId, PersonId } from '../../kernel/id.ts'
import type { Name, Words } from '../../kernel/words.ts'
import type { BookingId } from '../booking/index.ts'

export type ReferralId = Brand<string, 'ReferralId'>

/** 上转, 下转, 横向. */
export const DIRECTIONS = ['up', 'down', 'lateral'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** 普通, 急诊, 绿色通道. */
export const URGENCIES = ['ordinary', 'emergency', 'green-channel'] as const
export type Urgency = (typeof URGENCIES)[number]

export const REFERRAL_STATES = [
  'draft',
  'submitted',
  'asked',
  'accepted',
  'scheduled',
  'arrived',
  'in-treatment',
  'discharged',
  'handed-back',
  'received',
  'followed-up',
  'closed',
  'rejected',
  'expired',
  'no-show',
  'cancelled',
  'ended-elsewhere',
  'not-agreed',
] as const
export type ReferralState = (typeof REFERRAL_STATES)[number]

/** Why a receiver returns a request; the six coded reasons, each with a way on. */
export const REJECT_REASONS = ['no-capacity', 'beyond-capability', 'wrong-specialty', 'not-indicated', 'information-missing', 'patient-unfit-for-transport'] as const
export type RejectReason = (typeof REJECT_REASONS)[number]

/** 补充什么: what a receiver may find missing before it can decide. */
export const MISSING_PARTS = ['past-history', 'present-illness', 'medication', 'laboratory', 'imaging', 'ecg', 'vital-signs', 'contact', 'other'] as const
export type MissingPart = (typeof MISSING_PARTS)[number]

/** The doctor's letter: the fields of the standard form 双向转诊(转出)单. */
export type Letter = {
  /** 初步印象 */
  readonly impression: string
  /** 主要现病史(转出原因) */
  readonly reason: string
  /** 主要既往史 */
  readonly pastHistory: string
  /** 治疗经过 */
  readonly treatment: string
  readonly attention?: string | null | undefined
}

/** The hand back: the fields of the standard form 双向转诊(回转)单. */
export type ReturnLetter = {
  /** 诊断结果 */
  readonly diagnosis: string
  /** 住院病案号 */
  readonly inpatientNumber?: string | null | undefined
  /** 主要检查结果 */
  readonly findings: string
  /** 治疗经过 */
  readonly treatment: string
  /** 下一步治疗方案及康复建议 */
  readonly plan: string
  readonly medication: string
  readonly doctor: Name
}

/** 知情同意: who agreed, as whom, and which risks were told. An emergency may be completed afterwards. */
export type Consent = { readonly by: 'patient' | 'family'; readonly relation?: string | null | undefined; readonly told?: readonly string[] | undefined; readonly at: Instant }

/** Why a person or the family does not agree to a referral, as it is counted. */
export const DISAGREE_REASONS = ['cost', 'distance', 'no-companion', 'prefers-here', 'prefers-another', 'feels-better', 'other'] as const
export type DisagreeReason = (typeof DISAGREE_REASONS)[number]

/** 不同意转诊: who did not agree, as whom, why, and which risks were told. Nothing was sent. */
export type ConsentRefusal = Consent & { readonly why: DisagreeReason; readonly note: string }

export type FollowUp = { readonly on: Instant; readonly way: 'clinic' | 'home' | 'phone'; readonly outcome: 'good' | 'fair' | 'poor'; readonly note: string }

/** One patient handed on. `org` is the sender's institution: the case lives with it. */
export type Referral = {
  readonly org: OrgId
  readonly id: ReferralId
  readonly slipNo: string
  readonly version: number
  readonly direction: Direction
  readonly urgency: Urgency
  readonly state: ReferralState
  readonly stateSince: Instant
  readonly waitUntil: Instant | null
  readonly escalations: number
  readonly person: PersonId
  readonly senderAccount: AccountId | null
  readonly senderName: Name
  readonly receiver: OrgId
  readonly specialty: string
  /** The institution of the person's family doctor, who takes the hand-back. */
  readonly careOrg: OrgId | null
  /** Institutions one level up that an escalation has told. */
  readonly supervisors: readonly OrgId[]
  readonly condition: string
  readonly conditionWords: Words
  readonly letter: Letter
  readonly consent: Consent | null
  readonly consentRefusal: ConsentRefusal | null
  readonly bookingOrg: OrgId | null
  readonly bookingId: BookingId | null
  readonly appointmentAt: Instant | null
  readonly appointmentEndsAt: Instant | null
  /** When the clinic of its unit was stopped, until there is another unit. */
  readonly timeLostAt: Instant | null
  /** The named queue that an accepted person waits in when there is no unit yet. */
  readonly queue: string | null
  readonly packageId: string | null
  readonly returned: ReturnLetter | null
  readonly followUp: FollowUp | null
  /** When an emergency’s papers were completed afterwards (补单); null while they are owed. */
  readonly completedAt: Instant | null
  readonly endedWhy: string | null
  readonly openedAt: Instant
  readonly rulebookHash: string
}

/** 到诊、出院、随访, 再次告知 with somebody who did not agree, and 电话告知 that a promised unit is gone. */
export const TASK_KINDS = ['arrival', 'discharge', 'follow-up', 'consent', 'call'] as const
export type TaskKind = (typeof TASK_KINDS)[number]
export type Task = {
  readonly org: OrgId
  readonly id: string
  readonly kind: TaskKind
  readonly referral: ReferralId
  readonly caseOrg: OrgId
  readonly person: PersonId
  readonly openedAt: Instant
  readonly dueAt: Instant
  readonly doneAt: Instant | null
}
