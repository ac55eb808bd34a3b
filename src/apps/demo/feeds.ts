import { plusHours, plusMinutes, type Instant } from '../../kernel/clock.ts'
import { newId, type OrgId } from '../../kernel/id.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'

const SOURCE = 'his'
const HEARD = 42
/** The two messages that never came, in the middle of the stream. */
const LOST = { from: 36, to: 37 }
const PLACES_SPOKEN_OF = 6
const WARD = '3B'

type Slot = { readonly pool: string; readonly capacity: number }

/**
 * What the lead hospital's own system says of its slots and of one ward: it agrees about most, has no place left where we
 * still sell, and two of its messages are missing. So that the worklist of the feed is not empty on the first start.
 */
export const insertFeed = async (tx: Tx, { now, lead }: { now: Instant; lead: OrgId }): Promise<void> => {
  const feed = newId()
  await tx.run(sql`insert into booking.feed (org_id, id, source, highest_seq, opened_at, heard_at)
    values (${lead}, ${feed}, ${SOURCE}, ${HEARD}, ${plusHours(now, -1)}, ${plusMinutes(now, -1)})`)
  await tx.run(sql`insert into booking.feed_gap (org_id, feed_id, from_seq, to_seq, found_at)
    values (${lead}, ${feed}, ${LOST.from}, ${LOST.to}, ${plusMinutes(now, -LOST.to)})`)
  const slots = await tx.rows<Slot>(sql`select id as pool, capacity from booking.pool
    where org_id = ${lead} and unit_kind = 'visit' and starts_at > ${plusHours(now, 24)} order by starts_at, specialty, id limit ${PLACES_SPOKEN_OF}`)
  for (const [at, slot] of slots.entries()) await tell(tx, { lead, feed, slot, isFull: at === 0, seq: HEARD - at, now })
  await tx.run(sql`insert into booking.feed_state (org_id, feed_id, kind, ref, seq, at, free, used, capacity)
    values (${lead}, ${feed}, 'bed', ${WARD}, ${HEARD}, ${now}, 4, 36, 40)`)
}

type Told = { lead: OrgId; feed: string; slot: Slot; isFull: boolean; seq: number; now: Instant }

const tell = async (tx: Tx, { lead, feed, slot, isFull, seq, now }: Told): Promise<void> => {
  const { pool, capacity } = slot
  const free = isFull ? 0 : capacity
  await tx.run(sql`insert into booking.feed_state (org_id, feed_id, kind, ref, seq, at, free, used, capacity)
    values (${lead}, ${feed}, 'slot', ${pool}, ${seq}, ${now}, ${free}, ${capacity - free}, ${capacity})`)
  if (!isFull) return
  await tx.run(sql`insert into booking.feed_conflict (org_id, id, feed_id, kind, ref, what, units, seq, pool_id, fed_free, fed_used, fed_capacity,
      own_free, own_sold, own_capacity, found_at)
    select ${lead}, ${newId()}, ${feed}, 'slot', ${pool}, 'full-where-free', p.capacity - p.allotted, ${seq}, p.id, 0, ${capacity}, ${capacity},
      p.capacity - p.allotted, p.allotted, p.capacity, ${plusMinutes(now, -1)} from booking.pool p where p.org_id = ${lead} and p.id = ${pool}`)
}
