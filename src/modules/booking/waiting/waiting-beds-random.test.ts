import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runChecks } from '../../../apps/checks.ts'
import { dayOf, plusDays } from '../../../kernel/day.ts'
import { databaseNow, openDatabase, sql } from '../../../platform/database/pool.ts'
import type { Actor } from '../../../platform/access.ts'
import { wardWith } from '../../../../tests/harness/beds.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import { seeded, seedOfRun } from '../../../../tests/invariants/small-region.ts'
import { sweepWaiting } from '../index.ts'

const seed = seedOfRun()
const STEPS_LEAST = 40
const STEPS_MOST = 300
const OFFERED_LEAST = 8
const ORGS = [[PLACES.county], [PLACES.countyTcm], [PLACES.county, PLACES.countyTcm]] as const

/** What must hold at every moment between acts. Each finds rows that break it. */
const INVARIANTS: readonly [name: string, query: ReturnType<typeof sql>][] = [
  [
    'nobody has two live offers of a bed',
    sql`select person_id from booking.offer where outcome is null group by 1 having count(*) > 1`,
  ],
  [
    'an offered entry names its open offer, and an open offer its entry',
    sql`select w.id, o.id from (select * from booking.waiting where state = 'offered') w
      full join (select * from booking.offer where outcome is null) o on o.org_id = w.unit_org and o.id = w.unit_booking and o.waiting_id = w.id
      where w.id is null or o.id is null`,
  ],
  [
    'an open offer holds all of its days, of one planned stay',
    sql`select o.id, count(b.id) from booking.offer o left join booking.stay s on s.org_id = o.org_id and s.id = o.group_id and s.state = 'planned'
        and s.from_on = o.from_on and s.until_on = o.until_on
      left join booking.booking b on b.org_id = o.org_id and b.group_id = s.id and b.state = 'held' and b.hold_until = o.until
      where o.outcome is null group by o.org_id, o.id, o.from_on, o.until_on having count(b.id) <> o.until_on - o.from_on`,
  ],
  [
    'the bed-days of an offer are as many as the nights that were asked for, in a bed of the right kind',
    sql`select o.id from booking.offer o join booking.waiting w on w.person_id = o.person_id and w.id = o.waiting_id
      join booking.stay s on s.org_id = o.org_id and s.id = o.group_id join booking.bed_class c on c.org_id = s.org_id and c.id = s.class_id
      where o.until_on - o.from_on <> w.nights or c.isolation <> w.isolation or c.sex not in (w.sex, 'any') or not o.org_id = any(w.org_ids)
        or o.from_on not between w.earliest_on and w.latest_on`,
  ],
  [
    'who is placed has a stay',
    sql`select w.id from booking.waiting w where w.state = 'placed' and not exists (select from booking.booking b
      join booking.stay s on s.org_id = b.org_id and s.id = b.group_id where b.org_id = w.unit_org and b.id = w.unit_booking and s.person_id = w.person_id)`,
  ],
  [
    'a pool of bed-days holds what is booked of it',
    sql`select p.id from booking.pool p left join booking.booking b on b.org_id = p.org_id and b.pool_id = p.id and b.state not in ('cancelled', 'expired', 'moved')
      where p.unit_kind = 'bed-day' group by p.org_id, p.id having count(b.id) <> p.used_open + p.used_reserved + p.used_emergency`,
  ],
  [
    'no first day at a ward is offered to anybody twice',
    sql`select waiting_id from booking.offer where outcome is distinct from 'withdrawn' group by org_id, waiting_id, ward_id, from_on having count(*) > 1`,
  ],
]

/** Told by plain SQL, apart from the rule: nobody stands before an open offer who could have taken its days in the same kind of bed. */
const PASSED_OVER = sql`select o.id, a.waiting_id from booking.offer o join booking.stay s on s.org_id = o.org_id and s.id = o.group_id
  join booking.waiting_at a on a.org_id = o.org_id and a.state = 'waiting' and a.unit_kind = 'bed-day' and a.sex = s.sex and a.isolation = s.isolation
    and a.channel = s.channel and a.nights <= o.until_on - o.from_on and o.from_on between a.earliest_on and a.latest_on
    and (a.rank, a.asked_at, a.waiting_id) < (o.rank, o.asked_at, o.waiting_id)
  where o.outcome is null and o.made_at >= (select max(changed_at) from booking.waiting where id = a.waiting_id)
    and not exists (select from booking.offer x where x.waiting_id = a.waiting_id)
    and not exists (select from booking.person_claim c where c.person_id = a.person_id)`

const mustHold = async (house: TestHouse, when: string): Promise<void> => {
  for (const [name, query] of INVARIANTS) assert.deepEqual(await house.database.rows(query), [], `${when}: ${name}`)
  assert.deepEqual(await house.database.rows(PASSED_OVER), [], `${when}: somebody was passed over`)
}
const nothingBroken = async (house: TestHouse, when: string): Promise<void> => {
  const broken = (await runChecks(house.database)).filter(({ breaches }) => breaches > 0)
  assert.deepEqual(
    broken.map(({ name, examples }) => [name, examples]),
    [],
    when,
  )
}

const peopleOf = async (house: TestHouse, count: number): Promise<Actor[]> => {
  const rows = await house.database.rows<{
    id: string
  }>(sql`insert into residents.person (zh, pinyin, initials, sex, synthetic, created_at)
    select '居民' || n, 'jumin', 'jm', case when n % 3 = 0 then 'female' else 'male' end, true, now() from generate_series(1, ${count}::int) as n returning person_id as id`)
  return rows.map(({ id }) => actor('resident', null, '居民', id as never))
}

const wardsOf = async (house: TestHouse, stage: Stage) =>
  Promise.all(
    [stage.desk, stage.tcmDesk].map((desk) =>
      wardWith(house, desk, [
        { room: '1', label: '1', sex: 'male' },
        { room: '2', label: '1', sex: 'any' },
        { room: '2', label: '2', sex: 'any' },
        { room: '3', label: '1', sex: 'any', isolation: true },
      ]),
    ),
  )

test(`Random joining, answering, cancelling and discharging of beds: the order holds and every offer is a whole stay (JIELI_SEED=${seed})`, async (t) => {
  const random = seeded(seed).below
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T
  const house = await testHouse(t)
  const stage = await setStage(house)
  await wardsOf(house, stage)
  const second = openDatabase(house.appUrl, { size: 4 })
  t.after(() => second.close())
  const other = { ...house.house, database: second }
  const people = await peopleOf(house, 12)
  const deskOf = (org: string) => (org === PLACES.county ? stage.desk : stage.tcmDesk)
  const today = async () => dayOf(await databaseNow(house.database), house.house.zone)
  const acts: readonly (() => Promise<unknown>)[] = [
    async () => {
      const orgs = pick(ORGS)
      const from = plusDays(await today(), random(3))
      const wish = {
        person: pick(people).person,
        specialty: '0304',
        unitKind: 'bed-day',
        orgs,
        from,
        until: plusDays(from, random(6)),
      }
      const own = {
        nights: 1 + random(6),
        isolation: random(5) === 0,
        channel: orgs.length === 1 && random(3) === 0 ? 'direct' : 'referral',
      }
      return house.ask('booking.join-waiting', deskOf(orgs[0]), { ...wish, ...own })
    },
    async () => {
      const [open] = await house.database.rows<{ org: string; booking: string; person: string }>(
        sql`select org_id as org, id as booking, person_id as person from booking.offer where outcome is null order by random() limit 1`,
      )
      const who = people.find(({ person }) => person === open?.person)
      const name = pick(['booking.accept-offer', 'booking.decline-offer', 'booking.decline-offer'] as const)
      if (open && who) await house.ask(name, who, { org: open.org, booking: open.booking })
    },
    async () => {
      const who = pick(people)
      const [entry] = (await house.done('booking.my-waiting', who)).entries
      if (entry && random(3) === 0) await house.ask('booking.leave-waiting', who, { waiting: entry.waiting })
    },
    async () => {
      const [stay] = await house.database.rows<{ org: string; id: string }>(
        sql`select org_id as org, id from booking.stay where state = 'planned' order by random() limit 1`,
      )
      if (stay) await house.ask('booking.cancel-group', deskOf(stay.org), { org: stay.org, group: stay.id, reason: '随机取消' })
    },
    async () => house.later(1 + random(20)),
  ]
  const offered = async () => (await house.database.row<{ n: number }>(sql`select count(*)::int as n from booking.offer`))?.n ?? 0
  let step = 0
  while (step < STEPS_LEAST || ((await offered()) < OFFERED_LEAST && step < STEPS_MOST)) {
    // Joining twice as often as all else, so that the beds are short.
    await (random(3) === 0 ? (acts[0] as () => Promise<unknown>)() : pick(acts)())
    await Promise.all(random(4) === 0 ? [sweepWaiting(house.house), sweepWaiting(other)] : [sweepWaiting(house.house)])
    await mustHold(house, `seed ${seed}, step ${step}`)
    step += 1
  }
  await house.settle()
  while ((await sweepWaiting(house.house)) > 0);
  await mustHold(house, `seed ${seed}, at the end`)
  await nothingBroken(house, `seed ${seed}`)
  t.diagnostic(`${await offered()} stays were offered in ${step} steps`)
  assert.ok((await offered()) >= OFFERED_LEAST)
})

test('An offer of a bed that passes over somebody who could have taken it is told by the check', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  await wardsOf(house, stage)
  const people = await peopleOf(house, 7)
  const today = dayOf(await databaseNow(house.database), house.house.zone)
  const wish = {
    specialty: '0304',
    unitKind: 'bed-day',
    orgs: [PLACES.county],
    from: today,
    until: plusDays(today, 2),
    nights: 20,
  }
  const joined: string[] = []
  for (const { person } of people)
    joined.push((await house.done('booking.join-waiting', stage.desk, { ...wish, person })).waiting)
  await house.settle()
  while ((await sweepWaiting(house.house)) > 0);
  await nothingBroken(house, 'in order')
  const late = await house.database.row<{ id: string }>(
    sql`select id from booking.waiting where state = 'waiting' and sex = 'male' order by asked_at desc limit 1`,
  )
  assert.ok(late && joined.includes(late.id), 'somebody found no bed')
  await house.database.run(
    sql`update booking.waiting_at set asked_at = asked_at - interval '1 hour' where waiting_id = ${late.id}`,
  )
  await house.database.run(
    sql`update booking.waiting set asked_at = asked_at - interval '1 hour', changed_at = changed_at - interval '1 hour' where id = ${late.id}`,
  )
  const told = (await runChecks(house.database)).filter(({ breaches }) => breaches > 0).map(({ name }) => name)
  assert.deepEqual(told, ['offer-keeps-order'])
})
