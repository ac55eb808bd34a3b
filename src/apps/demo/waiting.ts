import { plusHours, type Instant } from '../../kernel/clock.ts'
import { plusDays, type Day } from '../../kernel/day.ts'
import { newId, type OrgId, type PersonId } from '../../kernel/id.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import { PRIORITY_CLASSES } from '../../modules/booking/index.ts'
import { consortiumOf } from '../../modules/organisations/index.ts'

/** The days waited for lie beyond what is published, so that the list stands until its slots come. */
const FROM_DAYS = 20
const UNTIL_DAYS = 45
const HOURS_A_DAY = 24

/** Who waits in the demo: the service, the class, since how many days. */
const WAITS = [
  ['0304', 'signed-and-referred', 6],
  ['0304', 'referred', 9],
  ['0304', 'elderly', 4],
  ['0304', 'ordinary', 12],
  ['0303', 'signed-and-referred', 2],
  ['0303', 'ordinary', 3],
] as const
/** How often nobody found a unit in the last days, by service. */
const MISSES = [
  ['0304', 17],
  ['0303', 8],
  ['0307', 3],
] as const

export type WaitingFacts = { readonly org: OrgId; readonly now: Instant; readonly today: Day; readonly askedBy: OrgId }

/** A few people wait at the stage's county hospital, and some found no unit; answers how many wait. */
export const insertWaiting = async (
  tx: Tx,
  people: readonly { id: PersonId }[],
  { org, now, today, askedBy }: WaitingFacts,
): Promise<number> => {
  const lead = (await consortiumOf(tx, org, today))?.lead ?? null
  for (const [at, [specialty, kind, days]] of WAITS.entries()) {
    const person = people[at]?.id
    if (!person) continue
    const id = newId()
    const channel = kind.includes('referred') ? 'referral' : 'direct'
    const rank = 1 + PRIORITY_CLASSES.indexOf(kind)
    const askedAt = plusHours(now, -days * HOURS_A_DAY - at)
    const [from, until] = [plusDays(today, FROM_DAYS), plusDays(today, UNTIL_DAYS)]
    const asker = channel === 'referral' ? askedBy : null
    await tx.run(sql`insert into booking.waiting (person_id, id, specialty, unit_kind, org_ids, home_org, earliest_on, latest_on, channel, class, rank,
        asked_at, asked_by_org, state, changed_at)
      values (${person}, ${id}, ${specialty}, 'visit', ${[org]}::bigint[], ${asker ?? org}, ${from}, ${until}, ${channel}, ${kind}, ${rank},
        ${askedAt}, ${asker}, 'waiting', ${askedAt})`)
    await tx.run(sql`insert into booking.waiting_at (org_id, waiting_id, person_id, lead_org, specialty, unit_kind, earliest_on, latest_on, channel,
        class, rank, asked_at, state)
      values (${org}, ${id}, ${person}, ${lead}, ${specialty}, 'visit', ${from}, ${until}, ${channel}, ${kind}, ${rank}, ${askedAt}, 'waiting')`)
  }
  for (const [specialty, times] of MISSES)
    await tx.run(sql`insert into booking.shortage (org_id, on_day, specialty, unit_kind, channel, wanted_org, asker, at)
      select case when n % 3 = 0 then ${askedBy}::bigint else 0 end, ${today}::date - (n % 9)::int, ${specialty}, 'visit',
        case when n % 3 = 0 then 'referral' else 'direct' end, ${org}, gen_random_uuid(), ${now} from generate_series(1, ${times}::int) as n`)
  return Math.min(people.length, WAITS.length)
}
