import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { AccountId, OrgId } from '../../../kernel/id.ts'
import type { CatalogueTerms, Treatment } from '../rules/dip/catalogue.ts'
import type { ClearingBasis } from '../rules/dip/clearing.ts'
import type { ClearingTerms } from '../rules/dip/points.ts'
import type { PriceLists } from '../rules/dip/pricing.ts'
import type { Pricing, ScoredCase, ScoreTerms } from '../rules/dip/score.ts'
import type { AuxiliaryTerms, SeverityFacts } from '../rules/dip/severity.ts'
import type { Step } from '../rules/steps.ts'

/** A stay that ended, as the hospital's front page and its bill say. Money in fen. */
export type SentDischarge = {
  readonly org: OrgId
  /** The hospital's number of the stay. */
  readonly number: string
  readonly dischargedOn: Day
  readonly diagnosis: string
  readonly zh: string
  readonly procedures: readonly string[]
  readonly treatment: Treatment
  readonly days: number
  readonly costFen: number
  /** What the basic fund booked of the cost. */
  readonly claimedFen: number
  readonly facts: SeverityFacts
  /** The insurer's code of the person, the same at every stay; null where the discharge does not say. */
  readonly personCode: string | null
  readonly sex: 'female' | 'male' | null
  /** Whether a return within 31 days was planned when the person left (31 天内再住院计划). */
  readonly returnPlanned: boolean
}

/** Everything that a catalogue and its cases are reckoned by, as the rulebook said when it was built. */
export type DipTerms = {
  readonly catalogue: CatalogueTerms
  readonly score: ScoreTerms
  readonly auxiliary: AuxiliaryTerms
  /** Diseases that a draft prices equally at every level before somebody says otherwise. */
  readonly lists?: PriceLists
  /** What groups of difficult and critical diseases weigh more, basis points by code of ICD-10. */
  readonly hardCases?: Readonly<Record<string, number>>
}

/** A level of hospitals (级; 9: not graded): its mean cost, fen, and its coefficient, basis points. */
export type LevelCoefficient = {
  readonly level: number
  readonly cases: number
  readonly meanFen: number
  readonly coefficient: number
}
export type PastYearSums = { readonly year: number; readonly cases: number; readonly totalFen: number; readonly scoreE4: number }

export type KeptCatalogue = {
  readonly id: string
  readonly year: number
  readonly state: 'draft' | 'published' | 'dropped'
  readonly terms: DipTerms
  readonly cases: number
  readonly groups: number
  readonly core: number
  readonly cut: number
  readonly meanFen: number
  readonly past: readonly PastYearSums[]
  readonly pointFen: number
  readonly levels: readonly LevelCoefficient[]
  readonly hash: string
  readonly rulebookHash: string
  readonly builtBy: AccountId | null
  readonly builtAt: Instant
  readonly decidedBy: AccountId | null
  readonly decidedAt: Instant | null
  readonly decidedBecause: string | null
}

export type KeptGroup = {
  readonly key: string
  readonly zh: string
  readonly kind: 'core' | 'comprehensive'
  readonly cases: readonly number[]
  readonly casesCut: number
  readonly meanFen: number
  readonly scoreE4: number
  readonly pricing: Pricing
  readonly pricingBecause: string | null
}

/** A discharge of a year with what it scores. */
export type DipCase = {
  readonly org: OrgId
  readonly number: string
  readonly year: number
  readonly month: number
  readonly catalogue: string
  readonly key: string | null
  readonly hospital: number
  readonly kind: ScoredCase['kind'] | 'ungrouped'
  readonly scoreE4: number
  readonly forExperts: boolean
}

/** What a hospital was paid for a month ahead of the clearing. */
export type DipMonth = {
  readonly org: OrgId
  readonly year: number
  readonly month: number
  readonly cases: number
  readonly scoreE4: number
  readonly claimedFen: number
  readonly share: number
  readonly takenOffFen: number
  readonly paidFen: number
  readonly by: AccountId | null
  readonly at: Instant
}

export type KeptClearing = {
  readonly id: string
  readonly year: number
  readonly state: 'proposed' | 'decided' | 'returned'
  readonly fundFen: number
  readonly reserveFen: number
  readonly basis: ClearingBasis
  readonly terms: ClearingTerms
  readonly pointFen: number
  readonly paidFen: number
  readonly leftFen: number
  readonly steps: readonly Step[]
  readonly rulebookHash: string
  readonly proposedBy: AccountId | null
  readonly proposedAt: Instant
  readonly decidedBy: AccountId | null
  readonly decidedAt: Instant | null
  readonly decidedBecause: string | null
}

export type ClearedPart = {
  readonly org: OrgId
  readonly cases: number
  readonly scoreE4: number
  readonly costFen: number
  readonly claimedFen: number
  readonly prepaidFen: number
  readonly assessment: number
  readonly dueFen: number
  readonly paidFen: number
  readonly keptFen: number
  readonly balanceFen: number
  readonly steps: readonly Step[]
}

/** Cases of a hospital in a month, summed. */
export type HospitalMonth = {
  readonly org: OrgId
  readonly month: number
  readonly cases: number
  readonly scoreE4: number
  readonly costFen: number
  readonly claimedFen: number
  readonly low: number
  readonly high: number
  readonly ungrouped: number
  readonly forExperts: number
}
