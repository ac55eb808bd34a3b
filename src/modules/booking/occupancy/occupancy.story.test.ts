import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import fc from 'fast-check'
import { sql } from '../../../platform/database/pool.ts'
import type { Actor } from '../../../platform/access.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import { seedOfRun } from '../../../../tests/invariants/small-region.ts'

type Entry = { kind: 'slot' | 'bed'; ref: string; free: number; used: number; capacity: number }
type Message = { seq: number; at: string; entries: Entry[] }

const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)
const AT = '2026-12-01T08:00:00+08:00'
const says = (seq: number, ...entries: Entry[]): Message => ({ seq, at: AT, entries })
const slot = (ref: string, free: number, used: number, capacity = free + used): Entry => ({
  kind: 'slot',
  ref,
  free,
  used,
  capacity,
})

const begin = async (t: TestContext) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const feed = (source: string, ...messages: Message[]) => house.done('booking.feed-occupancy', stage.desk, { source, messages })
  const heard = async (source: string, ...messages: Message[]): Promise<string[]> =>
    (await feed(source, ...messages)).messages.map((one: { heard: string }) => one.heard)
  return { house, stage, feed, heard }
}

const healthOf = async (house: TestHouse, desk: Actor, source: string) =>
  (await house.done('booking.feed-health', desk)).feeds.find((one: { source: string }) => one.source === source)

const sell = async (house: TestHouse, stage: Stage, unit: object, people: number): Promise<void> => {
  for (let at = 0; at < people; at += 1) {
    const resident = actor('resident', null, '居民', await stage.person(`居民${at}`, `196${at % 10}-01-01`))
    const { org, booking } = await house.done('booking.hold', resident, unit)
    await house.done('booking.confirm', resident, { org, booking })
  }
}

test('A duplicate, a reorder and a gap are told apart; a gap is work until it is filled or given up', async (t) => {
  const { house, stage, feed, heard } = await begin(t)
  assert.deepEqual(await heard('his', says(1, slot('A', 3, 2))), ['new'])
  assert.deepEqual(await heard('his', says(1, slot('A', 3, 2))), ['duplicate'], 'the same again is answered as such')
  assert.deepEqual(await heard('his', says(1, slot('A', 4, 1))), ['number-reused'], 'the same number with another content is not')
  const jumped = await feed('his', says(6, slot('A', 1, 4)))
  assert.deepEqual([jumped.gaps, jumped.missing, jumped.highest], [[{ from: 2, to: 5 }], 4, 6])
  assert.deepEqual(await heard('his', says(4, slot('A', 2, 3)), says(4, slot('A', 2, 3))), ['filled', 'duplicate'])
  const health = await healthOf(house, stage.desk, 'his')
  assert.deepEqual(health.gaps.map(({ from, to }: { from: number; to: number }) => [from, to]), [[2, 3], [5, 5]]) // prettier-ignore
  assert.deepEqual([health.slots.free, health.slots.used], [1, 4], 'what came late changed nothing that was said after it')
  assert.deepEqual(
    health.conflicts.map(({ what, ref }: { what: string; ref: string }) => [what, ref]),
    [['number-reused', '1']],
  )

  const reason = '接口停机,已人工核对'
  const given = await house.done('booking.give-up-gap', stage.desk, { source: 'his', from: 2, to: 5, reason })
  assert.deepEqual([given.givenUp, given.missing], [3, 0])
  const again = await house.ask('booking.give-up-gap', stage.desk, { source: 'his', from: 2, to: 5, reason })
  assert.deepEqual(codes(again), ['booking.no-such-gap'])
  assert.deepEqual(await heard('his', says(3)), ['filled'], 'one that comes after all is still heard')
  const told = await house.database.rows<{ type: string }>(
    sql`select type from platform.trace_event where case_kind = 'feed' order by seq`,
  )
  assert.deepEqual(told.map(({ type }) => type), ['booking.feed-conflict-found', 'booking.feed-gap-found', 'booking.feed-gap-given-up']) // prettier-ignore
})

test('What a hospital says against what we have sold is work with both numbers, until they agree or somebody has looked', async (t) => {
  const { house, stage, feed } = await begin(t)
  const unit = await stage.slot(stage.desk, { capacity: 5, daysAhead: 4, kind: 'ordinary' })
  await sell(house, stage, unit, 3)
  assert.equal((await feed('his', says(1, slot(unit.pool, 2, 3)))).conflicts, 0, 'both sides agree')
  assert.equal((await feed('his', says(2, slot(unit.pool, 0, 2, 2)))).conflicts, 1, 'two places where three are sold')
  const conflictNow = async () => (await healthOf(house, stage.desk, 'his')).conflicts
  const [row] = await conflictNow()
  assert.deepEqual(
    [row.what, row.units, row.fedCapacity, row.ownSold, row.ownFree, row.pool],
    ['fewer-than-sold', 1, 2, 3, 2, unit.pool],
  )
  const look = { conflict: row.id, reason: '已与科室核对,加号一个' }
  assert.deepEqual(codes(await house.ask('booking.acknowledge-conflict', stage.tcmDesk, look)), ['booking.no-open-conflict'])
  await house.done('booking.acknowledge-conflict', stage.desk, look)
  assert.deepEqual(codes(await house.ask('booking.acknowledge-conflict', stage.desk, look)), ['booking.no-open-conflict'])
  assert.equal(
    (await feed('his', says(3, slot(unit.pool, 0, 2, 2)))).conflicts,
    0,
    'what was looked at stays quiet while it is the same',
  )
  assert.equal((await conflictNow()).length, 1, 'but it is never hidden')
  assert.equal((await feed('his', says(4, slot(unit.pool, 0, 1, 1)))).conflicts, 1, 'and comes back when it grows')
  assert.equal((await feed('his', says(5, slot(unit.pool, 0, 5)))).conflicts, 1)
  assert.equal((await conflictNow())[0].what, 'full-where-free', 'none free there while two are free here')
  assert.equal((await feed('his', says(6, slot(unit.pool, 2, 3)))).conflicts, 0)
  assert.deepEqual(await conflictNow(), [], 'a later message that agrees ends it')
  const kept = await house.database.rows(sql`select 1 from booking.feed_conflict where ended_at is not null`)
  assert.equal(kept.length, 3, 'all three stay on record')
})

test('A hospital’s own number stands for a pool once it is mapped; until then it is counted as unknown', async (t) => {
  const { house, stage, feed } = await begin(t)
  const unit = await stage.slot(stage.desk, { capacity: 5, daysAhead: 4 })
  const foreign = await stage.slot(stage.tcmDesk, { capacity: 5, daysAhead: 4 })
  assert.deepEqual((await feed('his', says(1, slot('心内1诊室', 0, 9)))).unknown, [{ kind: 'slot', ref: '心内1诊室' }])
  const open = await healthOf(house, stage.desk, 'his')
  const asWork = open.refs.map(({ ref, used, plan, pool }: Record<string, unknown>) => [ref, used, plan, pool])
  assert.deepEqual(asWork, [['心内1诊室', 9, null, null]], 'it is named as work')
  const map = (pool: string, source = 'his') =>
    house.ask('booking.map-feed-ref', stage.desk, { source, kind: 'slot', ref: '心内1诊室', pool })
  assert.deepEqual(codes(await map(foreign.pool)), ['booking.feed-ref-target'], 'another institution’s pool is not ours to name')
  assert.deepEqual(codes(await map(unit.pool, 'lis')), ['booking.feed-unknown'])
  assert.ok((await map(unit.pool)).ok)
  const after = await feed('his', says(2, slot('心内1诊室', 0, 9)))
  assert.deepEqual([after.unknown, after.conflicts], [[], 1])
  const mapped = await healthOf(house, stage.desk, 'his')
  assert.deepEqual([mapped.unmapped, mapped.refs.map(({ pool }: { pool: string }) => pool)], [0, [unit.pool]])
  assert.equal((await feed('his', says(3, slot(foreign.pool, 0, 9)))).unknown.length, 1, 'nor does its number mean anything here')
  await house.later(1)
  assert.equal((await healthOf(house, stage.desk, 'his')).isLate, true, 'a feed that fell silent is late')
  assert.deepEqual((await house.done('booking.feed-health', stage.tcmDesk)).feeds, [], 'each institution sees its own')
})

test('In whatever order the same messages come, however often and in whatever batches, the same stands at the end', async (t) => {
  const { house, stage } = await begin(t)
  const unit = await stage.slot(stage.desk, { capacity: 5, daysAhead: 4, kind: 'ordinary' })
  await sell(house, stage, unit, 2)
  // Half of what is said is of the one pool that we sell from: only there can both sides disagree.
  const refs = ['A', 'B', unit.pool, unit.pool]
  const entry = fc.record({
    kind: fc.constantFrom('slot' as const),
    ref: fc.constantFrom(...refs),
    free: fc.nat(4),
    used: fc.nat(4),
    capacity: fc.nat(8),
  })
  const message = (seq: number) => fc.array(entry, { maxLength: 3 }).map((entries): Message => ({ seq, at: AT, entries }))
  const stream = fc
    .uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 5, maxLength: 25 })
    .chain((numbers) =>
      fc
        .tuple(...numbers.toSorted((a, b) => a - b).map(message))
        .chain((messages) =>
          fc.tuple(
            fc.constant(messages),
            fc.shuffledSubarray([...messages, ...messages], { minLength: messages.length * 2, maxLength: messages.length * 2 }),
            fc.integer({ min: 1, max: 7 }),
          ),
        ),
    )
  let runs = 0
  const standsAfter = async (messages: readonly Message[], each: number) => {
    const source = `run-${(runs += 1)}`
    for (let at = 0; at < messages.length; at += each)
      await house.done('booking.feed-occupancy', stage.desk, { source, messages: messages.slice(at, at + each) })
    const [feed] = await house.database.rows<{ id: string }>(sql`select id from booking.feed where source = ${source}`)
    const id = feed?.id
    return {
      states: await house.database.rows(
        sql`select kind, ref, seq, free, used, capacity from booking.feed_state where feed_id = ${id} order by 1, 2`,
      ),
      gaps: await house.database.rows<{ from: string; to: string }>(
        sql`select from_seq as "from", to_seq as "to" from booking.feed_gap where feed_id = ${id} order by 1`,
      ),
      conflicts: await house.database.rows(sql`select kind, ref, what, units, seq, fed_free, own_sold from booking.feed_conflict
        where feed_id = ${id} and ended_at is null order by 1, 2`),
    }
  }
  const seed = seedOfRun() % 2 ** 31
  t.diagnostic(`JIELI_SEED=${seed}`)
  let conflicts = 0
  await fc.assert(
    fc.asyncProperty(stream, async ([inOrder, shuffled, each]) => {
      const [one, other] = [await standsAfter(inOrder, 50), await standsAfter(shuffled, each)]
      assert.deepEqual(other, one)
      const known = new Set(inOrder.map(({ seq }) => seq))
      const missing = Array.from({ length: Math.max(...known) }, (_, at) => at + 1).filter((seq) => !known.has(seq))
      const listed = one.gaps.flatMap(({ from, to }) =>
        Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => Number(from) + at),
      )
      assert.deepEqual(listed, missing, 'the gaps are listed exactly')
      conflicts += one.conflicts.length
    }),
    { seed, numRuns: 30 },
  )
  t.diagnostic(`${conflicts} conflicts stood at the end of a run`)
  assert.ok(conflicts > 0, 'no conflict ever stood: the run proves nothing about them')
})

test('Two batches of one feed at once: each number is heard once', async (t) => {
  const { house, stage } = await begin(t)
  const messages = Array.from({ length: 40 }, (_, at) => says(at + 1, slot('A', at, 0)))
  const batches = [messages.slice(0, 30), messages.slice(10), messages.slice(5, 25), messages.toReversed()]
  const answers = await Promise.all(
    batches.map((batch) => house.done('booking.feed-occupancy', stage.desk, { source: 'his', messages: batch })),
  )
  const counted = answers.flatMap(({ messages: heard }) => heard).filter(({ heard }: { heard: string }) => heard !== 'duplicate')
  assert.deepEqual(
    counted.map(({ seq }: { seq: number }) => seq).toSorted((a: number, b: number) => a - b),
    messages.map(({ seq }) => seq),
  )
  const health = await healthOf(house, stage.desk, 'his')
  assert.deepEqual([health.gaps, health.highest, health.slots.free], [[], 40, 39])
})
