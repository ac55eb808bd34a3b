import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runChecks } from '../../../apps/checks.ts'
import { dayOf, plusDays } from '../../../kernel/day.ts'
import { databaseNow, openDatabase, sql } from '../../../platform/database/pool.ts'
import type { Actor } from '../../../platform/access.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage } from '../../../../tests/harness/stage.ts'
import { sweepWaiting } from '../index.ts'

const residents = async (house: TestHouse, count: number): Promise<Actor[]> => {
  const rows = await house.database.rows<{
    id: string
  }>(sql`insert into residents.person (zh, pinyin, initials, sex, synthetic, created_at)
    select '居民' || n, 'jumin', 'jm', 'female', true, now() from generate_series(1, ${count}::int) as n returning person_id as id`)
  return rows.map(({ id }) => actor('resident', null, '居民', id as never))
}

const wishOn = async (house: TestHouse, orgs: readonly string[]) => {
  const today = dayOf(await databaseNow(house.database), house.house.zone)
  return { specialty: '0304', orgs, from: today, until: plusDays(today, 30) }
}

/** What must hold at every moment between acts. Each finds rows that break it. */
const INVARIANTS: readonly [name: string, query: ReturnType<typeof sql>][] = [
  ['nobody has two live offers', sql`select person_id from booking.offer where outcome is null group by 1 having count(*) > 1`],
  [
    'an offered entry names its open offer, and an open offer its entry',
    sql`select w.id, o.id from (select * from booking.waiting where state = 'offered') w
      full join (select * from booking.offer where outcome is null) o on o.org_id = w.unit_org and o.id = w.unit_booking and o.waiting_id = w.id
      where w.id is null or o.id is null`,
  ],
  [
    'an open offer holds a unit',
    sql`select o.id, b.state from booking.offer o left join booking.booking b on b.org_id = o.org_id and b.id = o.id
      where o.outcome is null and (b.state is distinct from 'held' or b.hold_until <> o.until)`,
  ],
  [
    'who is placed has a unit and waits no longer',
    sql`select w.id from booking.waiting w where (w.state = 'placed') <> (w.state not in ('offered', 'waiting', 'withdrawn', 'ended'))
      or (w.state = 'placed' and w.unit_booking is null)`,
  ],
  [
    'each live entry is shown once at each of its places, and no other is',
    sql`select coalesce(w.id, a.waiting_id) as id from (select w.*, place from booking.waiting w cross join unnest(w.org_ids) place where w.state in ('waiting', 'offered')) w
      full join booking.waiting_at a on a.waiting_id = w.id and a.org_id = w.place
      where w.id is null or a.waiting_id is null or (a.state, a.rank, a.asked_at) is distinct from (w.state, w.rank, w.asked_at)`,
  ],
  [
    'nobody was passed over without a reason, and nobody was offered the same slot twice in order',
    sql`select waiting_id from booking.offer where passed_over > 0 and override_reason is null
      union all select waiting_id from booking.offer where passed_over = 0 group by org_id, pool_id, waiting_id having count(*) > 1`,
  ],
]

const mustHold = async (house: TestHouse, when: string): Promise<void> => {
  for (const [name, query] of INVARIANTS) assert.deepEqual(await house.database.rows(query), [], `${when}: ${name}`)
}

test('Many units freed at once, two processes that sweep, answers meanwhile: nobody is offered two, and no unit twice', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const second = openDatabase(house.appUrl, { size: 4 })
  t.after(() => second.close())
  const other = { ...house.house, database: second }
  const people = await residents(house, 12)
  const orgs = [PLACES.county, PLACES.countyTcm]
  for (const one of people) await house.done('booking.join-waiting', one, await wishOn(house, orgs))
  for (const [at, desk] of [stage.desk, stage.tcmDesk, stage.desk].entries())
    await stage.slot(desk, { capacity: 4, daysAhead: 4 + at, time: '09:00' })
  const answers = async (): Promise<void> => {
    for (const one of people.slice(0, 6)) {
      const { offer } = (await house.done('booking.my-waiting', one)).entries[0]
      if (offer) await house.ask('booking.decline-offer', one, { org: offer.org, booking: offer.booking })
    }
  }
  for (let round = 0; round < 2; round += 1) {
    await Promise.all([sweepWaiting(house.house), sweepWaiting(other), sweepWaiting(house.house), answers()])
    await mustHold(house, `round ${round}`)
  }
  await house.settle()
  while ((await sweepWaiting(other)) > 0);
  await mustHold(house, 'at the end')
  const count = await house.database.row<{ offers: number; left: number }>(sql`select
    (select count(*)::int from booking.offer where outcome is null) as offers,
    (select sum(capacity - reserved - emergency - used_open)::int from booking.pool) as left`)
  assert.ok((count?.offers ?? 0) > 4, `${count?.offers} offers`)
  const broken = (await runChecks(house.database)).filter(({ breaches }) => breaches > 0)
  assert.deepEqual(
    broken.map(({ name, examples }) => [name, examples]),
    [],
  )

  // Had somebody waited for an hour when others were offered these units, the check would tell.
  const [late] = (await residents(house, 1)) as [Actor]
  const { waiting } = await house.done('booking.join-waiting', late, await wishOn(house, orgs))
  await house.database.run(
    sql`update booking.waiting_at set asked_at = asked_at - interval '1 hour' where waiting_id = ${waiting}`,
  )
  await house.database
    .run(sql`update booking.waiting set asked_at = asked_at - interval '1 hour', changed_at = changed_at - interval '1 hour'
    where id = ${waiting}`)
  const told = (await runChecks(house.database)).filter(({ breaches }) => breaches > 0).map(({ name }) => name)
  assert.deepEqual(told, ['offer-keeps-order'])
})

const randomFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Standing = { org: string; pool: string; first: string | null }

/** For each pool who stands first among those who could take a unit: told by plain SQL, apart from the code that decides it. */
const standings = (house: TestHouse): Promise<Standing[]> =>
  house.database.rows<Standing>(sql`select p.org_id as org, p.id as pool, f.id as first from booking.pool p
    left join lateral (select w.id from booking.waiting w where w.state = 'waiting' and p.org_id = any(w.org_ids) and p.specialty = w.specialty
      and (p.starts_at at time zone 'Asia/Shanghai')::date between w.earliest_on and w.latest_on
      and not exists (select from booking.offer o where o.pool_id = p.id and o.waiting_id = w.id)
      and not exists (select from booking.person_claim c where c.person_id = w.person_id and c.starts_at = p.starts_at)
      and not exists (select from booking.service_claim c where w.channel = 'direct' and c.person_id = w.person_id
        and c.on_day = (p.starts_at at time zone 'Asia/Shanghai')::date)
      and (p.used_open < p.capacity - p.reserved - p.emergency
        or ((w.channel = 'referral' or p.release_at <= platform.jieli_now()) and p.used_reserved < p.reserved))
      order by w.rank, w.asked_at, w.id limit 1) f on true
    where p.starts_at > platform.jieli_now() + interval '2 hours' and p.stopped_at is null order by p.starts_at, p.id`)

const theHouse = { account: null, role: 'system', org: null, person: null, name: { zh: '系统' } } as const
const STEPS_LEAST = 40
// Few seeds offer seldom; they go on until enough was offered for the run to prove something.
const STEPS_MOST = 400
const ORDERED_LEAST = 4
const OFFERS_MOST = 6

test('Random joining, leaving, answering and freeing: whoever is offered a unit stood first for it, and every invariant holds', async (t) => {
  const seed = Number(process.env['JIELI_SEED'] ?? Math.floor(performance.now() * 1_000) % 1_000_000)
  t.diagnostic(`seed ${seed}`)
  const random = randomFrom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const house = await testHouse(t)
  const stage = await setStage(house)
  const people = await residents(house, 10)
  const desks = [stage.desk, stage.tcmDesk] as const
  const orgs = [[PLACES.county], [PLACES.countyTcm], [PLACES.county, PLACES.countyTcm]]
  const entry = async (one: Actor) => (await house.done('booking.my-waiting', one)).entries[0]
  let ordered = 0
  const acts: readonly (() => Promise<unknown>)[] = [
    async () => house.ask('booking.join-waiting', pick(people), await wishOn(house, pick(orgs))),
    async () =>
      house.ask('booking.join-waiting', pick(desks), {
        ...(await wishOn(house, [PLACES.county, PLACES.countyTcm])),
        person: pick(people).person,
      }),
    () =>
      stage.slot(pick(desks), {
        capacity: 1 + Math.floor(random() * 4),
        daysAhead: 3 + Math.floor(random() * 9),
        time: `${9 + Math.floor(random() * 8)}:00`.padStart(5, '0'),
      }),
    async () => {
      const one = pick(people)
      const offer = (await entry(one))?.offer
      const name = pick(['booking.accept-offer', 'booking.decline-offer', 'booking.decline-offer'] as const)
      if (offer) await house.done(name, one, { org: offer.org, booking: offer.booking })
    },
    async () => {
      const one = pick(people)
      const found = await entry(one)
      if (found && random() < 0.3) await house.ask('booking.leave-waiting', one, { waiting: found.waiting })
    },
    async () => {
      const one = pick(people)
      const { bookings } = await house.done('booking.mine', one)
      const [first] = bookings.filter(({ state }: { state: string }) => state === 'confirmed')
      if (first) await house.ask('booking.cancel', one, { org: first.org, booking: first.id, reason: '随机取消' })
    },
    () => house.later(1 + Math.floor(random() * 8)),
  ]
  for (let step = 0; step < STEPS_LEAST || (ordered < ORDERED_LEAST && step < STEPS_MOST); step += 1) {
    await pick(acts)()
    await mustHold(house, `seed ${seed}, step ${step}`)
    // One pool at a time, so that the plain SQL can say beforehand who stands first.
    for (let offers = 0; offers < OFFERS_MOST; offers += 1) {
      const all = await standings(house)
      const open = all.filter(({ first }) => first !== null)
      const { org, pool, first } = pick(open.length > 0 ? open : all) ?? {}
      if (!pool) break
      const outcome = await house.ask('booking.offer-freed', theHouse, { org, pool })
      const where = `seed ${seed}, step ${step}`
      if (!first) {
        assert.ok(!outcome.ok, `${where}: nobody could take it`)
        break
      }
      const offer = await house.database.row(
        sql`select 1 from booking.offer where pool_id = ${pool} and waiting_id = ${first} and outcome is null`,
      )
      assert.ok(offer, `${where}: who stood first was not offered it`)
      ordered += 1
    }
    await mustHold(house, `seed ${seed}, step ${step}, offered`)
  }
  t.diagnostic(`${ordered} times the first in line was offered a unit`)
  assert.ok(ordered >= ORDERED_LEAST)
})
