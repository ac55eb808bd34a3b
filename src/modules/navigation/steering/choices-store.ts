import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'

/** What was chosen from a list of places; no person. */
export type Choice = {
  readonly org: OrgId
  readonly id: string
  readonly chosenAt: Instant
  readonly county: string
  readonly specialty: string
  readonly condition: string | null
  readonly urgency: string
  readonly byRole: string
  /** From 1; null when the institution was not in the list. */
  readonly position: number | null
  readonly offered: readonly OrgId[]
  readonly booking: string | null
}

/** Notes a choice; the same list and institution a second time is the same choice. */
export const saveChoice = async (tx: Tx, choice: Choice): Promise<void> => {
  const { org, id, chosenAt, county, specialty, condition, urgency, byRole, position, offered, booking } = choice
  await tx.run(sql`insert into navigation.choice (org_id, id, chosen_at, county, specialty, condition_key, urgency, by_role, position, offered, booking_id)
    values (${org}, ${id}, ${chosenAt}, ${county}, ${specialty}, ${condition}, ${urgency}, ${byRole}, ${position}, ${offered}::bigint[], ${booking})
    on conflict do nothing`)
}

/** Choices of a span of time, the oldest first. */
export const choicesBetween = (db: Queryable, from: Instant, until: Instant): Promise<Choice[]> =>
  db.rows<Choice>(sql`select org_id as org, id, chosen_at as "chosenAt", county, specialty, condition_key as condition, urgency, by_role as "byRole", position,
    offered::text[] as offered, booking_id as booking from navigation.choice where chosen_at >= ${from} and chosen_at < ${until} order by chosen_at, id`)

/** One request of the past, as planners may see it. */
export type AskedCase = {
  readonly sender: OrgId
  readonly receiver: OrgId
  readonly specialty: string
  readonly condition: string
  readonly direction: 'up' | 'lateral'
  readonly urgency: string
  readonly openedAt: Instant
}

/** Referrals asked for since a moment, the newest first; other roles than planners are answered none. */
export const casesSince = (db: Queryable, since: Instant, most: number): Promise<AskedCase[]> =>
  db.rows<AskedCase>(sql`select org_id as sender, receiver_org as receiver, specialty, condition_key as condition, direction, urgency, opened_at as "openedAt"
    from referral.asked_since(${since}, ${most})`)
