import type { Instant } from '../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'

/** A referral whose person the receiver has treated: where, for what, from whom, and whether the person was handed back. */
export type TreatedReferral = {
  readonly id: string
  readonly receiver: OrgId
  readonly sender: OrgId
  readonly person: PersonId
  readonly condition: string
  readonly since: Instant
  /** The same moment to the microsecond. */
  readonly mark: string
  readonly isHandedBack: boolean
}

/** Referrals up and across that came to a new state after a moment and stand in treatment or after it, the earliest first. */
export const treatedReferrals = (
  db: Queryable,
  after: { at: string; id: string } | null,
  limit: number,
): Promise<TreatedReferral[]> =>
  db.rows<TreatedReferral>(sql`select id, receiver_org as receiver, org_id as sender, person_id as person, condition_key as condition,
      state_since as since, state_since::text as mark, returned is not null as "isHandedBack" from referral.referral
    where direction <> 'down' and (${after === null} or (state_since, id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      and state in ('in-treatment', 'discharged', 'handed-back', 'received', 'followed-up', 'closed')
    order by state_since, id limit ${limit}`)
