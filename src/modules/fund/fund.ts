import type { Day } from '../../kernel/day.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../kernel/id.ts'
import type { BudgetSources, Bundled } from './rules/budget.ts'
import type { Step } from './rules/steps.ts'

export { WORK_KINDS } from './rules/work-points.ts'

/** What a transfer of the fund's books is for. */
export const TRANSFER_KINDS = ['grant', 'prepay', 'inside', 'outside', 'deduct', 'reverse'] as const
export type TransferKind = (typeof TRANSFER_KINDS)[number]

/** A consortium-year's budget as it was set. */
export type SetBudget = {
  readonly org: OrgId
  readonly year: number
  readonly consortium: string
  readonly sources: BudgetSources
  readonly bundled: Bundled
  readonly fundFen: number
  readonly totalFen: number
  readonly steps: readonly Step[]
  readonly rulebookHash: string
  readonly setBy: AccountId | null
  readonly setAt: Instant
}

/** A hit of an audit: its institution and id. */
export type HitKey = { readonly org: OrgId; readonly id: string }

/** A contract by the head: its institution and id. */
export type HeadKey = { readonly org: OrgId; readonly id: string }

/** A month of a year. */
export type YearMonth = { readonly year: number; readonly month: number }

/** One transfer: accounts and what each gets, which sum to zero. Fen. */
export type Transfer = {
  readonly org: OrgId
  readonly id: string
  readonly year: number
  readonly month: number
  readonly kind: TransferKind
  readonly institution: OrgId | null
  readonly accounts: readonly string[]
  readonly fen: readonly number[]
  readonly reverses: string | null
  readonly note: string | null
  /** `settled`: a sum of settled bills; `audit`: a hit of an audit; `heads`: a closed contract by the head; null: somebody entered it. */
  readonly source: 'settled' | 'audit' | 'heads' | null
  /** The hit of an audit that it is of. */
  readonly hit: HitKey | null
  /** The contract by the head that it is of. */
  readonly head: HeadKey | null
  /** The closed year and month of the bills that changed late; null for what is of the transfer's own year. */
  readonly of: YearMonth | null
  readonly by: AccountId | null
  readonly at: Instant
}

export const yearOf = (day: Day): number => Number(day.slice(0, 4))
