import { plusMinutes, type Instant } from '../../kernel/clock.ts'
import { ageOn, instantAt, plusDays, type Day } from '../../kernel/day.ts'
import { newId, type OrgId, type PersonId } from '../../kernel/id.ts'
import { priorityOf } from '../../modules/booking/index.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import { valueOn, type Rulebook } from '../../shapes/rulebook.ts'
import { insertRows } from './insert.ts'

const CARDIOLOGY = '0304'
const VISIT_MINUTES = 8

/** Who waits in the demo's queue: what has become of the number, minutes since it was taken, and what is known of its holder. */
const STANDING = [
  { state: 'served', taken: 70 },
  { state: 'served', taken: 66 },
  { state: 'served', taken: 61 },
  { state: 'passed', taken: 55 },
  { state: 'in', taken: 48 },
  { state: 'waiting', taken: 40 },
  { state: 'waiting', taken: 37 },
  { state: 'waiting', taken: 30, isUnknown: true },
  { state: 'waiting', taken: 22 },
  { state: 'waiting', taken: 6, isUnknown: true, emergency: '胸闷、出冷汗' },
] as const

type Waiting = { readonly id: PersonId; readonly seed: { readonly bornOn: string } }
export type QueueFacts = {
  readonly org: OrgId
  readonly rulebook: Rulebook
  readonly now: Instant
  readonly today: Day
  readonly zone: string
}

/**
 * One queue of today that is under way, so that the calling page and a waiting-room screen have something to show on the first
 * start: some were served, one is inside, one was passed, the others wait. Answers how many numbers it has.
 */
export const insertQueue = async (tx: Tx, people: readonly Waiting[], facts: QueueFacts): Promise<number> => {
  const { org, now, today, zone } = facts
  const queue = newId()
  const calls = STANDING.filter(({ state }) => state !== 'waiting').length
  await tx.run(sql`insert into booking.queue (org_id, id, day, specialty, place_zh, place_en, last_number, calls, opened_at)
    values (${org}, ${queue}, ${today}, ${CARDIOLOGY}, '门诊楼 2 楼 3 诊室', 'Outpatient building, room 3', ${STANDING.length}, ${calls}, ${plusMinutes(now, -70)})`)
  const rows = STANDING.map((one, index) => ticketRow(one, index, people[index] ?? null, { ...facts, queue, calls }))
  await insertRows(tx, 'booking.ticket', rows)
  const input = JSON.stringify({ org, queue })
  await tx.run(sql`insert into platform.deadline (org_id, id, case_kind, case_id, name, command, input, due_at, set_at)
    values (${org}, ${newId()}, 'queue', ${queue}, 'end', 'booking.end-queue', ${input}, ${instantAt(plusDays(today, 1), '00:00', zone)}, ${now})`)
  return rows.length
}

const ticketRow = (
  one: (typeof STANDING)[number],
  index: number,
  waiting: Waiting | null,
  { org, queue, calls, now, today, rulebook }: QueueFacts & { queue: string; calls: number },
): Record<string, unknown> => {
  const person = 'isUnknown' in one ? null : waiting
  const isElderly =
    person !== null && ageOn(person.seed.bornOn as Day, today) >= valueOn(rulebook, 'booking.elderly-from-years', today)
  const emergency = 'emergency' in one ? one.emergency : null
  const calledAt = one.state === 'waiting' ? null : plusMinutes(now, (index - calls) * VISIT_MINUTES)
  return {
    org_id: org,
    id: newId(),
    queue_id: queue,
    number: index + 1,
    person_id: person?.id ?? null,
    rank: priorityOf({ channel: null, isEmergency: emergency !== null, isSigned: person !== null, isElderly }).rank,
    is_elderly: isElderly,
    window_at: plusMinutes(now, -one.taken),
    taken_at: plusMinutes(now, -one.taken),
    state: one.state,
    called_at: calledAt,
    in_at: one.state === 'in' || one.state === 'served' ? calledAt : null,
    ended_at: one.state === 'served' && calledAt ? plusMinutes(calledAt, VISIT_MINUTES - 1) : null,
    calls: one.state === 'waiting' ? 0 : 1,
    passes: one.state === 'passed' ? 1 : 0,
    turn_after: one.state === 'passed' ? calls + 2 : null,
    reason: emergency,
  }
}
