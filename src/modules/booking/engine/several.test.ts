import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runChecks } from '../../../apps/checks.ts'
import { newId, type OrgId, type PersonId } from '../../../kernel/id.ts'
import { openDatabase, sql, type Database } from '../../../platform/database/pool.ts'
import type { Asked } from '../../../platform/forms/form.ts'
import type { House } from '../../../platform/house.ts'
import { randomFrom } from '../../../../sim/residents/random.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, setStage } from '../../../../tests/harness/stage.ts'
import type { PoolId } from '../booking.ts'
import { createEngine, type Engine, type Wish } from './engine.ts'

type Unit = { org: string; pool: string }
type Asking = { readonly wish: Wish; readonly asked: Asked }

const residents = async (house: TestHouse, many: number): Promise<PersonId[]> =>
  (
    await house.database.rows<{
      id: PersonId
    }>(sql`insert into residents.person (zh, pinyin, initials, sex, synthetic, created_at)
      select '居民' || n, 'jumin', 'jm', 'female', true, now() from generate_series(1, ${many}) as n returning person_id as id`)
  ).map(({ id }) => id)

const asking = (unit: Unit, person: PersonId): Asking => ({
  wish: { form: 'booking.book', org: unit.org as OrgId, pool: unit.pool as PoolId, person, channel: 'direct', body: unit },
  asked: { actor: actor('resident', null, '居民', person), request: newId(), key: newId() },
})

/** Server processes beside the first: each with connections and an engine of its own. */
const another = (t: { after: (work: () => Promise<void>) => void }, { house, appUrl }: TestHouse, remembers: boolean): Engine => {
  const database = openDatabase(appUrl, { size: 2 })
  const own: House = { ...house, database }
  const engine = createEngine(own, { shards: 2, remembers })
  t.after(async () => {
    await engine.close()
    await database.close()
  })
  return engine
}

/** The house with every statement that its engine asks for by itself going through something. */
const askingThrough = ({ house }: TestHouse, through: (ask: Database['alone']) => Database['alone']): House => ({
  ...house,
  database: {
    ...house.database,
    beside: (size) => {
      const other = house.database.beside(size)
      return { ...other, alone: through(other.alone), inLine: () => through(other.inLine()) }
    },
  },
})

const soundly = async (house: TestHouse, booked: number): Promise<void> => {
  const found = await house.database.row(sql`select (select sum(used_open)::int from booking.pool) as used,
    (select count(*)::int from booking.booking where state = 'confirmed') as booked,
    (select count(*)::int from platform.idempotency where answer like '%confirmed%') as answered`)
  assert.deepEqual(found, { used: booked, booked, answered: booked })
  assert.deepEqual(
    (await runChecks(house.database)).filter(({ breaches }) => breaches > 0),
    [],
  )
}

test('Three engines, eight writers, three times more requests than places: all places are sold, none twice, each refusal clear', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const units: Unit[] = []
  for (const time of ['08:00', '08:30', '09:00', '09:30'])
    units.push(await stage.slot(stage.desk, { time, capacity: 25, kind: 'expert' }))
  const places = 4 * 20
  const people = await residents(house, places * 3)
  const engines = [another(t, house, true), another(t, house, true), another(t, house, false)]
  const seed = process.env['JIELI_SEED'] ?? String(performance.timeOrigin)
  t.diagnostic(`seed ${seed}`)
  const random = randomFrom(seed)
  const all = people.map((person, at) => asking(units[at % units.length] as Unit, person))
  // Every third is sent twice, to different engines.
  const twice = all.filter((_, at) => at % 3 === 0)
  const queue = [...all, ...twice]
    .map((one) => ({ one, order: random.next() }))
    .toSorted((one, other) => one.order - other.order)
    .map(({ one }) => one)
  const answers = new Map<string, Set<string>>()
  const codes = new Map<string, number>()
  const writer = async (): Promise<void> => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const outcome = await (random.pick(engines) as Engine).book(next.wish, next.asked)
      const key = next.asked.key as string
      if (outcome.ok) answers.set(key, (answers.get(key) ?? new Set()).add(outcome.value.text))
      else codes.set(outcome.refusals[0]?.code as string, (codes.get(outcome.refusals[0]?.code as string) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: 8 }, writer))
  assert.equal(answers.size, places)
  assert.ok(
    [...answers.values()].every((texts) => texts.size === 1),
    'one key has one answer',
  )
  assert.deepEqual([...codes.keys()], ['booking.only-reserved-left'])
  await soundly(house, places)
})

test('Backends are killed in the middle of batches: what was acknowledged is stored, once', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity: 1_000, kind: 'ordinary' })
  const people = await residents(house, 600)
  const engine = another(t, house, true)
  let isOver = false
  let killed = 0
  const texts = new Map<string, string>()
  /** Kills every connection of the house, and again whenever something more was acknowledged since. */
  const nemesis = async (): Promise<void> => {
    let before = -1
    while (!isOver) {
      const kill = texts.size > before
      if (kill) before = texts.size
      const rows = await house.database.rows(sql`select pg_terminate_backend(pid) from pg_stat_activity
        where ${kill} and usename = 'jieli_app' and datname = current_database()`)
      killed += rows.length
    }
  }
  const killing = nemesis()
  const put = async (person: PersonId): Promise<void> => {
    const { wish, asked } = asking(unit, person)
    for (let tries = 0; tries < 50; tries += 1) {
      const outcome = await engine.book(wish, asked)
      if (outcome.ok) return void texts.set(asked.key as string, outcome.value.text)
      assert.ok(
        ['platform.busy', 'platform.outcome-unknown'].includes(outcome.refusals[0]?.code as string),
        JSON.stringify(outcome.refusals),
      )
    }
  }
  while (people.length > 0) await Promise.all(people.splice(0, 150).map(put))
  isOver = true
  await killing
  t.diagnostic(`${killed} backends killed, ${texts.size} acknowledged`)
  assert.ok(killed > 0)
  const stored = await house.database.rows<{ key: string; answer: string }>(sql`select key, answer from platform.idempotency`)
  const byKey = new Map(stored.map(({ key, answer }) => [key, answer]))
  for (const [key, text] of texts) assert.equal(byKey.get(key), text)
  await soundly(house, texts.size)
})

test('One bad row fails alone; its neighbours are booked', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity: 25 })
  const engine = another(t, house, false)
  const all = (await residents(house, 9)).map((person) => asking(unit, person))
  const bad = all[4] as Asking
  const sent = all.map(({ wish, asked }) =>
    engine.book(wish, asked === bad.asked ? { ...asked, request: 'a zero byte \u0000' } : asked),
  )
  const outcomes = await Promise.allSettled(sent)
  assert.deepEqual(outcomes.map(({ status }) => status).filter((status) => status === 'rejected').length, 1)
  assert.equal(outcomes[4]?.status, 'rejected')
  await soundly(house, 8)
})

test('In a rush on one pool halves take turns on one connection: who came first is booked first, across all of them', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity: 150 })
  const open = 120
  const people = await residents(house, 200)
  let underWay = 0
  let most = 0
  const counting =
    (ask: Database['alone']): Database['alone'] =>
    async (query) => {
      most = Math.max(most, (underWay += 1))
      return ask(query).finally(() => (underWay -= 1)) as never
    }
  const engine = createEngine(askingThrough(house, counting), { shards: 2 })
  t.after(engine.close)
  const outcomes = await Promise.all(
    people.map((person) => {
      const { wish, asked } = asking(unit, person)
      return engine.book(wish, asked)
    }),
  )
  assert.deepEqual(
    outcomes.map(({ ok }) => ok),
    people.map((_, at) => at < open),
  )
  const made = outcomes.flatMap((one) => (one.ok ? [(JSON.parse(one.value.text) as { booking: string }).booking] : []))
  assert.deepEqual(made, made.toSorted(), 'the ids of bookings follow the order of their making')
  assert.equal(most, 2, 'two halves were under way at once')
  await soundly(house, open)
})

test('A full pool is refused from memory until something is given back; a key that was done keeps its answer', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const unit = await stage.slot(stage.desk, { capacity: 2 })
  const [one, two, three] = (await residents(house, 3)) as [PersonId, PersonId, PersonId]
  let batches = 0
  const counting =
    (ask: Database['alone']): Database['alone'] =>
    (query) => {
      batches += Number(query.text.includes('book_many'))
      return ask(query)
    }
  const engine = createEngine(askingThrough(house, counting), { remembers: true })
  t.after(engine.close)
  const first = asking(unit, one)
  const done = await engine.book(first.wish, first.asked)
  assert.ok(done.ok)
  const refused = async (person: PersonId): Promise<string> => {
    const { wish, asked } = asking(unit, person)
    const outcome = await engine.book(wish, asked)
    return outcome.ok ? 'done' : (outcome.refusals[0]?.code as string)
  }
  assert.equal(await refused(two), 'booking.only-reserved-left')
  const asked = batches
  assert.equal(asked, 2)
  assert.equal(await refused(three), 'booking.only-reserved-left')
  assert.equal(batches, asked, 'from memory')
  const again = await engine.book(first.wish, first.asked)
  assert.deepEqual(again, { ok: true, value: { text: done.value.text, replayed: true } })
  assert.equal(batches, asked)
  const other = await engine.book({ ...first.wish, body: { ...unit, person: one } }, first.asked)
  assert.deepEqual(other, { ok: false, refusals: [{ code: 'platform.key-used-otherwise' }] })
  const notes = await house.database.row(
    sql`select count(*)::int as notes from platform.audit where form = 'booking.book' and outcome = 'refused'`,
  )
  assert.deepEqual(notes, { notes: 3 }, 'each refusal is on record')
  const { booking } = JSON.parse(done.value.text) as { booking: string }
  await house.done('booking.cancel', first.asked.actor, { org: unit.org, booking, reason: '临时有事' })
  assert.equal(await refused(three), 'done')
})
