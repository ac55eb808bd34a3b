import type { Day } from '../../kernel/day.ts'
import { isUuid, type OrgId, type PersonId } from '../../kernel/id.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import type { HitId } from './audit-rules.ts'
import { findHit } from './store.ts'

/** What a hit brings back as it stands, fen, the last day of the newest stay that it is about, and the settled bill where it is about one alone. */
export type StandingRecovery = {
  readonly org: OrgId
  readonly person: PersonId | null
  readonly day: Day
  readonly fen: number
  readonly bill: string | null
}

/** What is asked back while it is owed, what came once it is closed, nothing before a decision and once it was revoked; null: no such hit. */
export const standingRecovery = async (db: Queryable, org: OrgId, id: string): Promise<StandingRecovery | null> => {
  const hit = await findHit(db, org, id as HitId)
  if (!hit) return null
  const days = hit.stays.map(({ dischargedOn, admittedOn }) => dischargedOn ?? admittedOn).toSorted()
  const fen = hit.state === 'recovering' ? hit.decidedFen : hit.state === 'closed' ? hit.recoveredFen : 0
  const [only, ...more] = hit.stays
  // A bill of the desk is audited under its own id.
  const bill = only !== undefined && more.length === 0 && isUuid(only.id) ? only.id : null
  return { org: hit.org, person: hit.person, day: days.at(-1) ?? hit.foundOn, fen: fen ?? 0, bill }
}
