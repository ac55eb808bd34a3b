import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../../kernel/id.ts'
import type { Pool, PointTerms, WorkKind, WorkerPay } from '../rules/work-points.ts'

/** The wages of an institution's year by work points, as they were proposed and decided. */
export type PointYear = {
  readonly org: OrgId
  readonly id: string
  readonly year: number
  readonly wagesFen: number
  readonly basis: string
  readonly terms: PointTerms
  readonly rulebookHash: string
  readonly state: 'proposed' | 'decided' | 'returned'
  readonly proposedBy: AccountId | null
  readonly proposedAt: Instant
  readonly decidedAt: Instant | null
  readonly decidedBecause: string | null
}

/** What somebody's points come to: hundredths of a point, fen. */
export type PointLine = Pick<WorkerPay, 'basePoints' | 'workPoints' | 'fen'> & {
  readonly label: string
  readonly pool: Pool
  readonly points: Readonly<Partial<Record<WorkKind, number>>>
}
