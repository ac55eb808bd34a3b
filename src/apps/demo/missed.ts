import { plusHours, type Instant } from '../../kernel/clock.ts'
import { newId, type OrgId, type PersonId } from '../../kernel/id.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'

const HOURS_A_DAY = 24

/** How many days ago each of a few people did not come, and which visits no longer count. */
const MISSED: readonly { readonly daysAgo: readonly number[]; readonly lifted?: boolean }[] = [
  { daysAgo: [9, 31, 54] },
  { daysAgo: [16] },
  { daysAgo: [22, 70], lifted: true },
]

export type MissedFacts = { readonly org: OrgId; readonly now: Instant; readonly suspendDays: number }

/** Visits missed at the stage's county hospital; the first of the people has missed so many that direct booking rests. */
export const insertMissed = async (
  tx: Tx,
  people: readonly { id: PersonId }[],
  { org, now, suspendDays }: MissedFacts,
): Promise<void> => {
  for (const [at, { daysAgo, lifted }] of MISSED.entries()) {
    const person = people[at]?.id
    if (!person) continue
    for (const days of daysAgo)
      await tx.run(sql`insert into booking.missed (person_id, booking_id, org_id, missed_at, forgiven_at)
        values (${person}, ${newId()}, ${org}, ${plusHours(now, -days * HOURS_A_DAY)}, ${lifted ? plusHours(now, -HOURS_A_DAY) : null})`)
    if (at === 0)
      await tx.run(sql`insert into booking.standing (person_id, suspended_until)
        values (${person}, ${plusHours(now, (suspendDays - Math.min(...daysAgo)) * HOURS_A_DAY)})`)
  }
}
