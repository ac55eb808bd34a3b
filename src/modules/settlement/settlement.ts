import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { AccountId, Brand, OrgId, PersonId } from '../../kernel/id.ts'
import type { AreaClaim } from './rules/area-claim.ts'
import type { CareKind } from './rules/area-schema.ts'
import type { SettledClaim } from './rules/settle-claim.ts'

export { INPUT_WORDS, inputText } from './rules/step-words.ts'

/** A settled bill. */
export type BillId = Brand<string, 'SettledBillId'>

/** How a bill stands: settled, come out otherwise after a reversal before it, to be settled again by hand, or reversed. */
export const REVISION_KINDS = ['settled', 'adjusted', 'to-settle-again', 'reversed'] as const
export type RevisionKind = (typeof REVISION_KINDS)[number]

/** What the year has seen before a bill: the cumulators that a claim carries. */
export type YearSeen = Required<Pick<AreaClaim, 'deductiblePaidFen' | 'fundPaidFen' | 'earlierLevels' | 'before'>>

/** A bill as its institution states it: without what the year has seen, and without amounts that nobody may state. */
export type StatedClaim = Omit<AreaClaim, keyof YearSeen | 'stay' | 'given'>

/** The earlier stays of a chain of referrals, with the deductibles that they stand at. */
export type Chain = NonNullable<AreaClaim['episode']>['stays']

/** What a bill was settled on besides what was stated. */
export type SettledOn = YearSeen & { readonly chain: Chain }

/** What a revision of a bill adds to the person's year. Fen, below zero where it takes back. */
export type YearEntry = {
  readonly org: OrgId
  readonly bill: BillId
  readonly seq: number
  readonly care: CareKind
  readonly level: AreaClaim['level']
  readonly day: Day
  readonly stays: number
  readonly deductibleFen: number
  readonly totalFen: number
  readonly inScopeFen: number
  readonly basicFen: number
  /** Of each layer what it was reckoned on and what it paid. */
  readonly layers: Readonly<Record<string, readonly [baseFen: number, paidFen: number]>>
  /** What it used of each limit of a category or a disease; null where nobody kept it. */
  readonly limitsUsed: Readonly<Record<string, number>> | null
}

export type KeptBill = {
  readonly org: OrgId
  readonly id: BillId
  readonly person: PersonId
  readonly billNo: string
  readonly round: number
  readonly area: string
  readonly insured: 'residents' | 'workers'
  readonly care: CareKind
  readonly level: AreaClaim['level']
  readonly day: Day
  readonly seq: number
  readonly claim: StatedClaim
  readonly goesOnFrom: readonly BillId[]
  readonly by: AccountId | null
  readonly at: Instant
}

/** Who pays what of a bill. Whole fen; the parts are the whole. */
export type Shares = {
  readonly totalFen: number
  readonly hospitalFen: number
  readonly funds: Readonly<Record<string, number>>
  readonly accountFen: number
  readonly relatives: readonly { readonly owner: string; readonly amountFen: number }[]
  readonly cashFen: number
}

export type Revision = Shares & {
  readonly no: number
  readonly kind: RevisionKind
  readonly bookHash: string
  readonly before: SettledOn
  readonly result: SettledClaim | null
  readonly mirrors: number | null
  readonly reason: string | null
  readonly because: { readonly org: OrgId; readonly bill: BillId } | null
  readonly by: AccountId | null
  readonly on: Day
  readonly at: Instant
}
