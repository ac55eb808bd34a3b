import type { Instant } from '../../kernel/clock.ts'
import type { Brand, OrgId, PersonId } from '../../kernel/id.ts'
import type { Name, Words } from '../../kernel/words.ts'

export type GreenCaseId = Brand<string, 'GreenCaseId'>

/** 胸痛、卒中、创伤、危重孕产妇、危重新生儿: the five emergency centres that every county builds. */
export const CHANNELS = ['chest-pain', 'stroke', 'trauma', 'maternal', 'newborn'] as const
export type Channel = (typeof CHANNELS)[number]

/** What a centre is able to do for a channel; a treatment that a patient may need. */
export const CAPABILITIES = [
  'lysis',
  'thrombectomy',
  'ppci',
  'damage-control',
  'critical-obstetrics',
  'critical-newborn',
] as const
export type Capability = (typeof CAPABILITIES)[number]

/** 防治中心 and 综合/高级中心. */
export const CENTRE_LEVELS = ['primary', 'advanced'] as const
export type CentreLevel = (typeof CENTRE_LEVELS)[number]

/** Moments of a rescue, in the order in which they usually come. */
export const NODES = [
  'onset',
  'call-120',
  'first-contact',
  'team-out',
  'ecg-first',
  'ecg-read',
  'stabilised',
  'door-in',
  'triage',
  'team-in-place',
  'fast-scan',
  'ct-start',
  'ct-report',
  'lab',
  'blood',
  'decision',
  'needle',
  'puncture',
  'reperfusion',
  'operation',
  'operation-end',
  'delivery',
  'door-out',
  'handover',
] as const
export type GreenNode = (typeof NODES)[number]

/** Who writes a moment down: where the patient came from, or where the patient is treated. The ambulance belongs to either. */
export type GreenSide = 'sender' | 'receiver'

/** 已知、最后正常时间、不明. */
export const ONSET_KINDS = ['known', 'last-seen-well', 'unknown'] as const
export type Onset = { readonly kind: 'known' | 'last-seen-well'; readonly at: Instant } | { readonly kind: 'unknown' }

/** How a target is judged: a limit for each case, a monthly mean, or a share of cases to reach. */
export const MEASURES = ['limit', 'mean', 'reach'] as const
export type Measure = (typeof MEASURES)[number]

/** One interval that is timed: minutes come from the rulebook, `green-channel.<channel>-minutes` by `key`. */
export type Target = {
  readonly key: string
  readonly words: Words
  readonly from: GreenNode
  readonly to: GreenNode
  readonly measures: readonly Measure[]
  /** When its clock runs: always, only for the treatment that the patient is sent for, or only before a transfer onward. */
  readonly runs: 'always' | 'onward' | Capability
}

/** What few figures say how a patient is. mmHg, beats a minute, %, mmol/L, points. */
export type Vitals = {
  readonly systolic?: number | null | undefined
  readonly diastolic?: number | null | undefined
  readonly heartRate?: number | null | undefined
  readonly oxygen?: number | null | undefined
  readonly glucose?: number | null | undefined
  readonly coma?: number | null | undefined
}

/** An ECG made on the way: where its picture lies, and what was measured or seen. */
export type Ecg = {
  readonly reference?: string | null | undefined
  readonly rate?: number | null | undefined
  readonly stElevation?: boolean | null | undefined
  readonly finding?: string | null | undefined
}

/** 再灌注成功、改用其他治疗、排除、转往上级、死亡; the last two are the house's own. */
export const OUTCOMES = ['reperfused', 'treated-otherwise', 'not-confirmed', 'transferred-on', 'died'] as const
export const HOUSE_OUTCOMES = ['referral-ended', 'never-ended'] as const
export type Outcome = (typeof OUTCOMES)[number] | (typeof HOUSE_OUTCOMES)[number]

/** Why a centre was or was not chosen. */
export type Verdict = 'chosen' | 'no-capability' | 'closed' | 'window-would-pass' | 'farther' | 'no-specialty' | 'own-place'

/** A centre as it stood when the place was chosen, and why it was taken or not. */
export type ConsideredCentre = {
  readonly institution: OrgId
  readonly name: Name
  readonly level: CentreLevel
  readonly km: number
  readonly travelMinutes: number
  readonly verdict: Verdict
  readonly why: Words
}

/** How the place was chosen; kept with the case so that it can be explained later. */
export type CentreChoice = {
  readonly treatment: Capability | null
  readonly travelMinutes: number
  readonly isOwnWish: boolean
  readonly why: Words
  readonly considered: readonly ConsideredCentre[]
}

/** One patient in a green channel, from one institution to one centre; a transfer onward is a second one, linked. */
export type GreenCase = {
  readonly org: OrgId
  readonly id: GreenCaseId
  readonly version: number
  readonly channel: Channel
  readonly person: PersonId
  readonly referral: string
  readonly receiver: OrgId
  readonly careOrg: OrgId | null
  readonly supervisors: readonly OrgId[]
  readonly state: 'open' | 'ended'
  readonly outcome: Outcome | null
  readonly endReason: string | null
  readonly onset: Onset
  readonly vitals: Vitals
  readonly ecg: Ecg | null
  readonly choice: CentreChoice
  /** Of which targets the desks have been told that they are near or past. */
  readonly told: Readonly<Record<string, 'soon' | 'late'>>
  /** The case that this one continues, and the one that continues it. */
  readonly earlier: GreenCaseId | null
  readonly onward: GreenCaseId | null
  /** When it really began, and when the house heard of it. */
  readonly startedAt: Instant
  readonly recordedAt: Instant
  readonly isLateEntry: boolean
  readonly endedAt: Instant | null
}

/** A moment written down: a correction keeps the earlier one. */
export type Stamp = {
  readonly node: GreenNode
  readonly seq: number
  readonly at: Instant
  readonly recordedAt: Instant
  readonly by: Name
  readonly org: OrgId | null
  /** Why it was corrected; null for the first one. */
  readonly reason: string | null
}

/** The times that count now, by node. */
export type NodeTimes = Readonly<Partial<Record<GreenNode, Instant>>>
