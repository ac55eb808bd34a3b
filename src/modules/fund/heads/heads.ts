import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../../kernel/id.ts'
import type { HeadMonth, HeadResult, HeadTerms } from '../rules/head-contract.ts'

/** How a contract stands: proposed, running once another person agreed, proposed to be closed, closed. */
export type HeadState = 'proposed' | 'running' | 'returned' | 'closing' | 'closed'

/** A contract of an institution for a group of people in a year. */
export type HeadContract = HeadTerms & {
  readonly org: OrgId
  readonly id: string
  readonly year: number
  readonly zh: string
  readonly en: string | null
  readonly basis: string
  readonly state: HeadState
  readonly proposedBy: AccountId | null
  readonly proposedAt: Instant
  readonly decidedAt: Instant | null
  readonly decidedBecause: string | null
  readonly result: HeadResult | null
  readonly closeProposedBy: AccountId | null
  readonly closeDecidedAt: Instant | null
  readonly closeBecause: string | null
}

/** What was entered of a month of a contract, or takes such an entry back. */
export type HeadEntry = HeadMonth & {
  readonly org: OrgId
  readonly id: string
  readonly contract: string
  readonly evidence: string
  readonly reverses: string | null
  readonly by: AccountId | null
  readonly at: Instant
}
