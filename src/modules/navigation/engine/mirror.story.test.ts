import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { plusHours } from '../../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { databaseNow, sql } from '../../../platform/database/pool.ts'
import { PLACES } from '../../../../sim/small-region.ts'
import { randomFrom } from '../../../../sim/residents/random.ts'
import { PATIENCE_MS } from '../../../../tests/harness/patience.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, setStage } from '../../../../tests/harness/stage.ts'
import { CAPACITY_CHANNEL, startNotices, summariseFree } from '../../booking/index.ts'
import { ENGINE_CHANNELS, openEngine, type Engine } from './index.ts'
import { startMirror, type Mirror } from './mirror.ts'

const SPECIALTIES = ['0304', '0303']
const ORGS = Object.values(PLACES) as OrgId[]
const HORIZON_DAYS = 7
/** The step of the random ones that changes pools without a word. */
const UNTOLD = 4

/** An engine of the small region's places with a mirror of the house's database. */
const openMirror = async (t: TestContext, house: TestHouse): Promise<{ engine: Engine; mirror: Mirror }> => {
  const engine = openEngine({
    sites: ORGS.map((id) => ({
      id,
      tier: 'county',
      longitude: 112,
      latitude: 28,
      division: '430100000000',
      hasDoubtfulPoint: false,
    })),
    alliances: [],
    needs: SPECIALTIES.map((specialty) => ({ key: specialty, specialty })),
    able: () => ({ sites: Uint32Array.from(ORGS.keys()), strengths: new Uint8Array(ORGS.length) }),
  })
  const mirror = startMirror({ database: house.house.database, capacity: engine.capacity, horizonDays: HORIZON_DAYS })
  t.after(mirror.close)
  await mirror.ready
  return { engine, mirror }
}

/** That memory says what the database says, for every place, specialty and channel. */
const proveSame = async (
  house: TestHouse,
  { engine, mirror }: { engine: Engine; mirror: Mirror },
  when: string,
): Promise<number> => {
  let units = 0
  await mirror.refresh()
  const now = await databaseNow(house.database)
  for (const specialty of SPECIALTIES)
    for (const channel of ENGINE_CHANNELS) {
      const until = plusHours(now, HORIZON_DAYS * 24)
      const rows = await summariseFree(house.database, { specialty, orgs: null, from: now, until, channel, now })
      for (const org of ORGS) {
        const row = rows.find((one) => one.org === org)
        const free = row ? { units: row.free, reserved: row.reservedFree, firstAt: row.firstAt } : null
        assert.deepEqual(engine.capacity.get(channel, org, specialty), free, `${when}: ${channel} ${specialty} ${org}`)
        assert.equal(mirror.firstPool(channel, org, specialty), row?.firstPool ?? null, when)
        units += row?.free ?? 0
      }
    }
  return units
}

const holdAll = (ms: number): Promise<never> =>
  new Promise((_, reject) => setTimeout(() => reject(new Error(`nothing was seen within ${ms} ms`)), ms).unref())

test('a unit booked in one process is gone in another within a second, also when no message arrives', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity: 5, daysAhead: 2 })
  const child = fork(join(import.meta.dirname, '../../../../tests/harness/mirror-process.ts'), [house.appUrl, unit.org, '0304'])
  t.after(() => child.kill())
  const next = async (): Promise<{ units: number; ageMs: number }> =>
    (await Promise.race([once(child, 'message'), holdAll(20_000)]))[0]
  assert.equal((await next()).units, 5)
  const notices = startNotices(house.house.database, house.house.log)
  t.after(notices.close)
  for (const [at, told] of [notices.told, () => {}].entries()) {
    const person = await stage.person(`居民${at}`, '1980-01-01')
    const seen = next()
    await house.done('booking.hold', actor('resident', null, '居民', person), unit)
    const bookedAt = performance.now()
    told()
    const { units, ageMs } = await seen
    const tookMs = performance.now() - bookedAt
    t.diagnostic(`seen after ${tookMs.toFixed(1)} ms, the mirror ${ageMs.toFixed(1)} ms old`)
    assert.equal(units, 4 - at)
    assert.ok(tookMs <= 1_000 && ageMs <= 1_000)
  }
})

test('whatever happens to units, told or not, memory says what the database says', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const own = await openMirror(t, house)
  const random = randomFrom('mirror')
  const units: { org: string; pool: string }[] = []
  const held: { org: string; booking: string; who: ReturnType<typeof actor> }[] = []
  const persons: PersonId[] = []
  for (let at = 0; at < 6; at += 1) persons.push(await stage.person(`居民${at}`, '1980-01-01'))
  const steps: readonly (() => Promise<unknown>)[] = [
    async () => {
      const desk = random.pick([stage.desk, stage.tcmDesk, stage.cityDesk])
      const specialty = random.pick(SPECIALTIES)
      units.push(
        await stage.slot(desk, {
          specialty,
          capacity: random.whole(1, 6),
          daysAhead: random.whole(1, 12),
          time: `${random.whole(10, 16)}:00`,
        }),
      )
    },
    async () => {
      const who = actor('resident', null, '居民', random.pick(persons))
      const outcome = units.length > 0 ? await house.ask('booking.hold', who, random.pick(units)) : null
      if (outcome?.ok) held.push({ org: outcome.value.org, booking: outcome.value.booking, who })
    },
    async () => {
      const one = held.pop()
      if (one) await house.ask('booking.cancel', one.who, { org: one.org, booking: one.booking, reason: '临时有事' })
    },
    () => house.later(random.pick([0.4, 3, 20])),
    () => house.database.run(sql`update booking.pool set capacity = capacity + 1 where starts_at > platform.jieli_now()`),
  ]
  let seen = 0
  for (let step = 0; step < 60; step += 1) {
    const which = random.pick([0, 0, 1, 1, 1, 2, 3, 4])
    await steps[which]?.()
    const prove = () => proveSame(house, own, `step ${step}, ${which}`)
    seen += await (which === UNTOLD ? untilSame(prove) : prove())
  }
  const { untold, reloads } = own.mirror.counts()
  t.diagnostic(`${untold} pools were changed without being told, ${reloads} times read anew`)
  // On a slow machine the capacity is too old to be looked through and is read anew instead.
  assert.ok(seen > 100 && untold + reloads > 0)
})

/** What nobody told is found when all pools are looked through: once a second, on a busy machine seldomer. */
const untilSame = async (prove: () => Promise<number>): Promise<number> => {
  const from = performance.now()
  for (;;)
    try {
      return await prove()
    } catch (error) {
      if (performance.now() - from > PATIENCE_MS) throw error
    }
}

test('a missed message, and a lost connection, read everything anew', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const own = await openMirror(t, house)
  await stage.slot(stage.desk, { capacity: 3 })
  const until = async (is: () => boolean): Promise<void> => {
    const from = performance.now()
    while (!is()) {
      assert.ok(performance.now() - from < 10_000, JSON.stringify(own.mirror.counts()))
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const say = (text: string) => house.database.run(sql`select pg_notify(${CAPACITY_CHANNEL}, ${text})`)
  const listeners = () =>
    house.database.row<{ count: number }>(sql`select count(*)::int as count from pg_stat_activity
      where application_name = 'jieli-listen' and datname = current_database()`)
  await until(() => own.mirror.counts().reloads >= 2)
  const before = own.mirror.counts().reloads
  await say('somebody 1')
  await say('somebody 2')
  await say('nonsense')
  await own.mirror.refresh()
  assert.deepEqual([own.mirror.counts().gaps, own.mirror.counts().reloads], [0, before])
  await say('somebody 4')
  await until(() => own.mirror.counts().gaps === 1 && own.mirror.counts().reloads === before + 1)
  await house.database.run(sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'jieli-listen' and datname = current_database()`)
  await until(() => own.mirror.counts().reloads === before + 2)
  assert.equal((await listeners())?.count, 1)
  await stage.slot(stage.desk, { capacity: 2, daysAhead: 3 })
  assert.ok((await proveSame(house, own, 'after the lost connection')) > 0)
  assert.ok(own.mirror.ageMs() <= 1_000)
})
