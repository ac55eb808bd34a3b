import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plusMinutes, type Instant } from '../../../kernel/clock.ts'
import { dayOf, type Day } from '../../../kernel/day.ts'
import { newId, type OrgId, type PersonId } from '../../../kernel/id.ts'
import { databaseNow, sql } from '../../../platform/database/pool.ts'
import { randomFrom } from '../../../../sim/residents/random.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor } from '../../../../tests/harness/stage.ts'
import { CHANNELS, SHARES, type Channel, type Pool, type PoolId, type Share } from '../booking.ts'
import { drawUnit } from '../rules/draw-unit.ts'
import { bookMany, type Asking } from './store.ts'

const ZONE = 'Asia/Shanghai'
const CASES = 300
const HOLD_MINUTES = 10
const ORG = '700001' as OrgId

type Held = {
  readonly id: string
  readonly person: PersonId
  readonly share: Share
  readonly isDirect: boolean
  readonly until: Instant
  isOver: boolean
}
type World = {
  readonly pools: Map<string, Pool & { isReleased: boolean; held: Held[] }>
  readonly people: PersonId[]
  readonly dayMost: number
  /** person and moment; person, day and service; person and day */
  readonly claims: Set<string>
  readonly services: Set<string>
  readonly days: Map<string, number>
  readonly keys: Map<string, string>
  expired: number
  opened: number
}
type Random = ReturnType<typeof randomFrom>
type Writable<T> = { -readonly [K in keyof T]: T[K] }

const keyOfDay = (person: PersonId, pool: Pool): string => `${person} ${dayOf(pool.startsAt, ZONE)}`
const USED = { reserved: 'usedReserved', emergency: 'usedEmergency', open: 'usedOpen' } as const

/** A world of its own: pools in every state that the table allows, some with holds that have ended or will. */
const anyWorld = (random: Random, now: Instant, people: PersonId[]): World => {
  const world: World = {
    pools: new Map(),
    people,
    dayMost: random.whole(1, 2),
    claims: new Set(),
    services: new Set(),
    days: new Map(),
    keys: new Map(),
    expired: 0,
    opened: 0,
  }
  for (let at = random.whole(1, 5); at > 0; at -= 1) {
    const startsAt = plusMinutes(now, random.pick([-60, 180, 180, 240, 300, 2_000]))
    const releaseAt = plusMinutes(now, random.pick([-120, 5, 100]))
    const capacity = random.whole(1, 8)
    const reserved = random.whole(0, capacity)
    const emergency = random.whole(0, capacity - reserved)
    const allotted = random.whole(0, reserved)
    const isReleased = releaseAt <= now && random.chance(0.5)
    const pool = {
      org: ORG,
      id: newId<PoolId>(),
      unitKind: random.chance(0.1) ? 'bed-day' : 'visit',
      specialty: random.pick(['0304', '0305', '0306']),
      serviceZh: null,
      capacity,
      emergency,
      allotted,
      reserved,
      usedReserved: random.whole(0, random.whole(0, reserved - allotted)),
      usedEmergency: random.whole(0, emergency),
      usedOpen: random.whole(0, random.whole(0, capacity - reserved - emergency)),
      startsAt,
      releaseAt,
      isReleased,
      held: [] as Held[],
      stoppedAt: random.chance(0.08) ? now : null,
    } as unknown as Writable<Pool> & { isReleased: boolean; held: Held[] }
    if (isReleased) pool.reserved = pool.usedReserved + allotted
    for (const share of SHARES)
      for (let used = pool[USED[share]]; used > 0; used -= 1) if (random.chance(0.6)) addHeld(world, pool, share, random, now)
    world.pools.set(pool.id, pool)
  }
  return world
}

const addHeld = (
  world: World,
  pool: World['pools'] extends Map<string, infer P> ? P : never,
  share: Share,
  random: Random,
  now: Instant,
): void => {
  const person = random.pick(world.people)
  const isDirect = random.chance(0.5)
  const [moment, service, day] = [
    `${person} ${pool.startsAt}`,
    `${keyOfDay(person, pool)} ${pool.specialty}`,
    keyOfDay(person, pool),
  ]
  if (world.claims.has(moment) || (isDirect && (world.services.has(service) || (world.days.get(day) ?? 0) >= world.dayMost)))
    return
  world.claims.add(moment)
  if (isDirect) {
    world.services.add(service)
    world.days.set(day, (world.days.get(day) ?? 0) + 1)
  }
  pool.held.push({ id: newId(), person, share, isDirect, until: plusMinutes(now, random.pick([-1, 3, 60])), isOver: false })
}

/** What is due by a moment: what the batch does before it decides. */
const settle = (world: World, pools: ReadonlySet<string>, now: Instant): void => {
  for (const pool of [...world.pools.values()].filter(({ id }) => pools.has(id)) as (Writable<Pool> & {
    isReleased: boolean
    held: Held[]
  })[]) {
    for (const held of pool.held.filter(({ until, isOver }) => !isOver && until <= now)) {
      held.isOver = true
      world.expired += 1
      pool[USED[held.share]] -= 1
      if (held.share === 'reserved' && pool.isReleased) pool.reserved -= 1
      world.claims.delete(`${held.person} ${pool.startsAt}`)
      if (!held.isDirect) continue
      world.services.delete(`${keyOfDay(held.person, pool)} ${pool.specialty}`)
      world.days.set(keyOfDay(held.person, pool), (world.days.get(keyOfDay(held.person, pool)) ?? 0) - 1)
    }
    if (pool.isReleased || pool.releaseAt > now) continue
    if (pool.reserved > pool.usedReserved + pool.allotted) world.opened += 1
    pool.reserved = pool.usedReserved + pool.allotted
    pool.isReleased = true
  }
}

/** One wish on the model: the plain order of the rules, by hand. */
const decide = (world: World, { wish, key, hash }: Asking, now: Instant): string => {
  const earlier = world.keys.get(key)
  if (earlier) return earlier === hash ? 'replayed' : 'platform.key-used-otherwise'
  const pool = world.pools.get(wish.pool) as (Writable<Pool> & { held: Held[] }) | undefined
  if (!world.people.includes(wish.person)) return 'platform.not-found'
  if (!pool) return 'booking.no-unit-left'
  if (pool.unitKind === 'bed-day') return 'booking.bed-needs-stay'
  const drawn = drawUnit(pool, wish.channel, now)
  if (!drawn.ok) return drawn.refusals[0]?.code as string
  const isDirect = wish.channel === 'direct'
  const [moment, service, day] = [
    `${wish.person} ${pool.startsAt}`,
    `${keyOfDay(wish.person, pool)} ${pool.specialty}`,
    keyOfDay(wish.person, pool),
  ]
  if (world.claims.has(moment)) return 'booking.person-booked-then'
  if (isDirect && world.services.has(service)) return 'booking.service-booked-that-day'
  if (isDirect && (world.days.get(day) ?? 0) >= world.dayMost) return 'booking.day-full'
  world.claims.add(moment)
  if (isDirect) {
    world.services.add(service)
    world.days.set(day, (world.days.get(day) ?? 0) + 1)
  }
  pool[USED[drawn.value]] += 1
  if (wish.form === 'booking.hold')
    pool.held.push({
      id: key,
      person: wish.person,
      share: drawn.value,
      isDirect,
      until: plusMinutes(now, HOLD_MINUTES),
      isOver: false,
    })
  world.keys.set(key, hash)
  return 'done'
}

const anyWishes = (random: Random, world: World): Asking[] => {
  const keys = [...world.keys.keys(), newId()]
  return Array.from({ length: random.whole(1, 16) }, () => {
    const pool = random.chance(0.03) ? newId() : random.pick([...world.pools.keys()])
    const person = random.chance(0.03) ? ('999999999999' as PersonId) : random.pick(world.people)
    const channel: Channel = random.chance(0.6) ? 'direct' : random.pick(CHANNELS)
    const key = random.chance(0.15) ? random.pick(keys) : newId()
    keys.push(key)
    const form = random.pick(['booking.hold', 'booking.book'] as const)
    return {
      wish: { form, org: ORG, pool: pool as PoolId, person, channel, body: {} },
      actor: { ...actor('resident', null), account: '00000000-0000-4000-8000-000000000001' as never },
      request: newId(),
      key,
      hash: random.pick(['one', 'other', 'one', 'one']),
    }
  })
}

const putWorld = async ({ database }: TestHouse, world: World, now: Instant): Promise<void> => {
  const pools = [...world.pools.values()]
  await database.run(sql`insert into booking.pool (org_id, id, unit_kind, specialty, kind, starts_at, ends_at, capacity, reserved, used_reserved, emergency, used_emergency,
      used_open, allotted, release_at, released_at, stopped_at, stop_reason, hold_ends_next)
    select ${ORG}, id, unit, specialty, 'expert', starts, starts + interval '30 minutes', capacity, reserved, ur, emergency, ue, uo, allotted, release,
      case when released then release end, stopped, case when stopped is not null then '演示' end, ends
    from jsonb_to_recordset(${JSON.stringify(
      pools.map((p) => ({
        id: p.id,
        unit: p.unitKind,
        specialty: p.specialty,
        starts: p.startsAt,
        capacity: p.capacity,
        reserved: p.reserved,
        ur: p.usedReserved,
        emergency: p.emergency,
        ue: p.usedEmergency,
        uo: p.usedOpen,
        allotted: p.allotted,
        release: p.releaseAt,
        released: p.isReleased,
        stopped: p.stoppedAt,
        ends: p.held.map(({ until }) => until).toSorted()[0] ?? null,
      })),
    )}::jsonb) as p (id uuid, unit text, specialty text, starts timestamptz, capacity int, reserved int, ur int, emergency int, ue int, uo int, allotted int,
      release timestamptz, released boolean, stopped timestamptz, ends timestamptz)`)
  const held = pools.flatMap((pool) =>
    pool.held.map((one) => ({
      ...one,
      pool: pool.id,
      starts: pool.startsAt,
      day: dayOf(pool.startsAt, ZONE),
      service: pool.specialty,
    })),
  )
  await database.run(sql`with held as (select * from jsonb_to_recordset(${JSON.stringify(held)}::jsonb)
        as h (id uuid, pool uuid, person bigint, share text, "isDirect" boolean, until timestamptz, starts timestamptz, day date, service text)),
      claims as (insert into booking.person_claim select person, starts, ${ORG}, id from held),
      services as (insert into booking.service_claim select person, day, service, ${ORG}, id from held where "isDirect"),
      days as (insert into booking.person_day select person, day, count(*) from held where "isDirect" group by 1, 2)
    insert into booking.booking (org_id, id, pool_id, person_id, case_id, share, channel, state, hold_until, made_at, changed_at)
      select ${ORG}, id, pool, person, id, share, case when "isDirect" then 'direct' else 'referral' end, 'held', until, ${now}, ${now} from held`)
}

const foundWorld = async ({ database }: TestHouse, world: World) => {
  const ids = [...world.pools.keys()]
  const pools = await database.rows<{
    id: string
  }>(sql`select id, reserved, used_reserved as ur, used_emergency as ue, used_open as uo, released_at is not null as released
    from booking.pool where id = any(${ids}::uuid[]) order by id`)
  const counts = await database.row(sql`select
    (select count(*)::int from booking.person_claim where person_id = any(${world.people}::bigint[])) as claims,
    (select count(*)::int from booking.service_claim where person_id = any(${world.people}::bigint[])) as services,
    (select coalesce(sum(live), 0)::int from booking.person_day where person_id = any(${world.people}::bigint[])) as days,
    (select count(*)::int from booking.booking where pool_id = any(${ids}::uuid[]) and state = 'expired') as expired,
    (select count(*)::int from platform.trace_event where type = 'booking.expired' and person_id = any(${world.people}::bigint[])) as told,
    (select count(*)::int from platform.trace_event where type = 'booking.reserve-released' and case_id = any(${ids}::uuid[])) as opened`)
  return { pools, counts }
}

const wantedWorld = (world: World) => ({
  pools: [...world.pools.values()]
    .map((p) => ({
      id: p.id as string,
      reserved: p.reserved,
      ur: p.usedReserved,
      ue: p.usedEmergency,
      uo: p.usedOpen,
      released: p.isReleased,
    }))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1)),
  counts: {
    claims: world.claims.size,
    services: world.services.size,
    days: [...world.days.values()].reduce((sum, one) => sum + one, 0),
    expired: world.expired,
    told: world.expired,
    opened: world.opened,
  },
})

test('Whatever the pools and the wishes: the batch decides as the rule does, one wish after the other, and leaves the same counts', async (t) => {
  const house = await testHouse(t)
  const seed = process.env['JIELI_SEED'] ?? String(performance.timeOrigin)
  t.diagnostic(`seed ${seed}: JIELI_SEED=${seed} repeats it`)
  const met = new Map<string, number>()
  for (let at = 0; at < CASES; at += 1) {
    const random = randomFrom(`${seed} ${at}`)
    const now = await databaseNow(house.database)
    const people = await house.database.rows<{
      id: PersonId
    }>(sql`insert into residents.person (zh, pinyin, initials, sex, synthetic, created_at)
      select '居民', 'jumin', 'jm', 'female', true, now() from generate_series(1, ${random.whole(1, 8)}) returning person_id as id`)
    const world = anyWorld(
      random,
      now,
      people.map(({ id }) => id),
    )
    await putWorld(house, world, now)
    for (let batches = random.whole(1, 3); batches > 0; batches -= 1) {
      const wishes = anyWishes(random, world)
      const moment = await databaseNow(house.database)
      settle(world, new Set(wishes.map(({ wish }) => wish.pool)), moment)
      const wanted = wishes.map((wish) => decide(world, wish, moment))
      const limits = {
        today: dayOf(moment, ZONE) as Day,
        zone: ZONE,
        holdMinutes: HOLD_MINUTES,
        dayMost: world.dayMost,
        isRealNameNeeded: false,
      }
      const told = await bookMany(house.house.database.alone, wishes, limits)
      const found = told.map(({ outcome, said }) => (outcome === 'refused' ? said : outcome))
      assert.deepEqual(found, wanted, `case ${at} of seed ${seed}`)
      for (const one of found) met.set(one, (met.get(one) ?? 0) + 1)
      await house.database.run(sql`update platform.clock set offset_ms = offset_ms + ${random.pick([0, 0, 4, 11]) * 60_000}`)
    }
    assert.deepEqual(await foundWorld(house, world), wantedWorld(world), `case ${at} of seed ${seed}`)
  }
  t.diagnostic([...met].map(([code, times]) => `${code} ${times}`).join(', '))
  const all = [
    'done',
    'replayed',
    'platform.key-used-otherwise',
    'platform.not-found',
    'booking.no-unit-left',
    'booking.only-reserved-left',
    'booking.slot-has-begun',
    'booking.clinic-stopped',
    'booking.person-booked-then',
    'booking.service-booked-that-day',
    'booking.day-full',
  ]
  assert.deepEqual(
    all.filter((code) => !met.has(code)),
    [],
    'each answer has come up',
  )
})
