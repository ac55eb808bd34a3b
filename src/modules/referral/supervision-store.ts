import type { Instant } from '../../kernel/clock.ts'
import type { OrgId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'
import type { Direction, Referral, ReferralId, Urgency } from './referral.ts'

/** A late or escalated case as who oversees it sees it: no person, nothing of what is written in it. */
export type Supervised = Pick<Referral, 'state'> & {
  readonly id: ReferralId
  readonly slipNo: string
  readonly sender: OrgId
  readonly receiver: OrgId
  readonly careOrg: OrgId | null
  readonly specialty: string
  readonly direction: Direction
  readonly urgency: Urgency
  readonly stateSince: Instant
  readonly waitUntil: Instant | null
  readonly escalations: number
  readonly openedAt: Instant
}

/** Late and escalated open cases, most escalated first: of the institutions named, or, for offices of the region, of all. */
export const supervisedCases = (db: Queryable, orgs: readonly OrgId[], now: Instant, limit: number): Promise<Supervised[]> =>
  db.rows<Supervised>(sql`select id, slip_no as "slipNo", org_id as sender, receiver_org as receiver, care_org as "careOrg", specialty, direction, urgency, state,
    state_since as "stateSince", wait_until as "waitUntil", escalations, opened_at as "openedAt" from referral.supervised(${orgs}::bigint[], ${now}, ${limit})`)
