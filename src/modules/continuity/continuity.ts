import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { Name, Words } from '../../kernel/words.ts'
import type { ReferralId } from '../referral/index.ts'

/** Whether a criterion is fulfilled; `unknown` says that neither record nor doctor has told. */
export const CRITERION_STATES = ['met', 'not-met', 'unknown'] as const
export type CriterionState = (typeof CRITERION_STATES)[number]

/** What a doctor of the ward states about a criterion. */
export type Attestation = {
  readonly criterion: string
  readonly state: 'met' | 'not-met'
  readonly note: string
  readonly at: Instant
  readonly by: Name
}

export const ITEM_KINDS = ['drug', 'device', 'staff', 'service'] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

/** Who brings what is missing; `nobody` means that the place cannot take the person. */
export const SUPPLIERS = ['hospital', 'county-pharmacy', 'bought', 'nobody'] as const
export type Supplier = (typeof SUPPLIERS)[number]

/** One thing that a person needs after the return, and what is known of it. */
export type ReadinessItem = {
  readonly id: string
  readonly kind: ItemKind
  readonly code: string
  readonly words: Words
  /** The register that answers it, or null where the receiver has to. */
  readonly knownFrom: Words | null
  readonly answer: 'there' | 'missing' | null
  readonly supply: { readonly by: Supplier; readonly on: Day | null } | null
}

/** Can you take this person? One question of a hospital to the place that would. */
export type Readiness = {
  readonly org: OrgId
  readonly id: string
  readonly version: number
  readonly person: PersonId
  readonly caseOrg: OrgId | null
  readonly referral: ReferralId | null
  readonly receiver: OrgId
  readonly disease: string
  readonly state: 'asked' | 'answered' | 'ended'
  readonly items: readonly ReadinessItem[]
  readonly note: string | null
  readonly askedAt: Instant
  readonly askedBy: Name
  readonly dueAt: Instant | null
  readonly escalations: number
  readonly answeredAt: Instant | null
  readonly answeredBy: Name | null
  readonly rulebookHash: string
}

export const STEP_KINDS = [
  'exercise',
  'drug-check',
  'wound',
  'swallowing',
  'measurement',
  'guidance',
  'visit',
  'assessment',
] as const
export type StepKind = (typeof STEP_KINDS)[number]

/** One dated step of a plan: in the words of the hospital, and in plain words for the resident. */
export type PlanStep = {
  readonly id: string
  readonly kind: StepKind
  readonly words: Words
  readonly plain: Words
  readonly dueOn: Day
  /** A resident can do it at home and say so. */
  readonly atHome: boolean
}

/** A plan of rehabilitation made by the hospital, carried out by primary care. */
export type RehabPlan = {
  readonly person: PersonId
  readonly id: string
  readonly version: number
  readonly author: OrgId
  readonly care: OrgId
  readonly caseOrg: OrgId
  readonly referral: ReferralId
  readonly disease: string
  readonly steps: readonly PlanStep[]
  readonly openedAt: Instant
  readonly changedAt: Instant
  readonly endedAt: Instant | null
}

/** What was done, not done, reported or told about a step; only ever added. */
export type Tick = {
  readonly id: string
  readonly plan: string
  readonly step: string
  readonly side: 'primary-care' | 'self' | 'house'
  readonly state: 'done' | 'not-done' | 'overdue'
  readonly why: string | null
  readonly value: string | null
  readonly occurredAt: Instant
  readonly recordedAt: Instant
  readonly by: Name
}
