import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { AccountId, Brand, OrgId, PersonId } from '../../kernel/id.ts'
import type { AuditKind, AuditStay } from './rules/facts.ts'
import type { AuditRuleId } from './rules/definitions.ts'

/** A hit of a rule that somebody looks after until it is recovered or dropped. */
export type HitId = Brand<string, 'HitId'>

/** How a batch begins of hits that were found while somebody ordered or settled: `desk:<institution>:<day>`. */
export const DESK_BATCH = 'desk:'

export const HIT_STATES = ['found', 'told', 'review', 'investigating', 'proposed', 'recovering', 'closed', 'dropped'] as const
export type HitState = (typeof HIT_STATES)[number]

/** What the institution said of a hit that it was told: it disagrees, it agrees, or it let the time pass. */
export const HIT_REPLIES = ['appealed', 'accepted', 'silent'] as const
export type HitReply = (typeof HIT_REPLIES)[number]

/** What somebody must see to judge a hit: its stays, with no more lines than those that it is about. */
export type ShownStay = Pick<
  AuditStay,
  'id' | 'institution' | 'inpatient' | 'admittedOn' | 'dischargedOn' | 'diagnoses' | 'lines'
> & { readonly linesInAll: number; readonly totalFen: number }

/** A hit as it is kept. Amounts in fen. */
export type KeptHit = {
  readonly org: OrgId
  readonly id: HitId
  readonly batch: string
  readonly rule: AuditRuleId
  readonly kind: AuditKind
  readonly clause: { readonly basis: string; readonly grade: string; readonly rulebookHash: string }
  readonly person: PersonId | null
  /** How the bill names the person. */
  readonly personRef: string
  readonly amountFen: number
  readonly evidence: Readonly<Record<string, string | number>>
  readonly stays: readonly ShownStay[]
  readonly state: HitState
  readonly reply: HitReply | null
  /** What is asked back; null before it is decided. */
  readonly decidedFen: number | null
  readonly recoveredFen: number | null
  readonly isFraudCase: boolean
  readonly note: string | null
  readonly decidedBy: AccountId | null
  readonly dueAt: Instant | null
  readonly foundOn: Day
  readonly foundAt: Instant
  readonly changedAt: Instant
}
