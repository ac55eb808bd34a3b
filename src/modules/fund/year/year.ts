import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../../kernel/id.ts'
import type { MemberPart } from '../rules/split.ts'
import type { Step } from '../rules/steps.ts'

/** The indicators of the yearly assessment, as the ten ministries name them. */
export const INDICATORS = ['costGrowth', 'reimbursed', 'primaryVisits', 'fundInside', 'fundPrimary'] as const
export type IndicatorName = (typeof INDICATORS)[number]

/** The measure of the house that says what an indicator came to. */
export const MEASURE_OF: Readonly<Record<IndicatorName, string>> = {
  costGrowth: 'cost-growth',
  reimbursed: 'reimbursed',
  primaryVisits: 'primary-visits',
  fundInside: 'fund-inside',
  fundPrimary: 'fund-primary',
}

/** What a settled bill costs the budget of a consortium-year. */
export type Spend = {
  readonly org: OrgId
  readonly billOrg: OrgId
  readonly bill: string
  readonly year: number
  readonly month: number
  /** Null: outside of the consortium. */
  readonly institution: OrgId | null
  readonly fen: number
}

/** What a hit of an audit brings back to the budget of a consortium-year; `bill`: the settled bill that it is about, null where it is of none or several. */
export type Recovery = Omit<Spend, 'billOrg' | 'bill'> & {
  readonly hitOrg: OrgId
  readonly hit: string
  readonly bill: string | null
}

/** What was spent by settled bills in a month at a member, or outside. */
export type SpendSum = { readonly month: number; readonly institution: OrgId | null; readonly fen: number }

/** A value of an indicator as it was entered or taken from a measure, basis points. */
export type Assessed = {
  readonly org: OrgId
  readonly id: string
  readonly year: number
  readonly indicator: IndicatorName
  readonly value: number
  readonly evidence: string
  /** Where the value is a measure's, how that was worked out; null for what was entered. */
  readonly steps: readonly Step[] | null
  readonly by: AccountId | null
  readonly at: Instant
}

export type YearClose = {
  readonly org: OrgId
  readonly id: string
  readonly year: number
  readonly state: 'proposed' | 'decided' | 'returned'
  readonly budgetFen: number
  readonly spentFen: number
  /** Hundredths of a point of 100. */
  readonly score: number
  /** Of a surplus by the score, basis points. */
  readonly share: number
  readonly keptFen: number
  readonly poolBearsFen: number
  readonly networkBearsFen: number
  readonly steps: readonly Step[]
  readonly parts: readonly MemberPart[]
  readonly rulebookHash: string
  readonly proposedBy: AccountId | null
  readonly proposedAt: Instant
  readonly objection: string | null
  readonly objectedAt: Instant | null
  readonly decidedBy: AccountId | null
  readonly decidedAt: Instant | null
  readonly decidedBecause: string | null
}
