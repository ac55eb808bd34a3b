import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { bookingChecks } from '../../../apps/checks/booking.ts'
import { plusHours } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { databaseNow, sql, type Database, type Sql } from '../../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import { quotaRows } from './store.ts'

const SYSTEM = { account: null, role: 'system', org: null, person: null, name: { zh: '系统' } } as never
const reason = '门诊调整'

type Outcome = { ok: boolean; refusals?: readonly { code: string; detail?: unknown }[] }
const codes = (outcome: Outcome): string[] => (outcome.refusals ?? []).map(({ code }) => code)

const begin = async (t: TestContext): Promise<{ house: TestHouse; stage: Stage }> => {
  const house = await testHouse(t)
  return { house, stage: await setStage(house) }
}

const manager = actor('consortium-manager', 'county', '县医院管理员')

const sharesOf = async (house: TestHouse, pool: string): Promise<number[]> => {
  const row = await house.database.row<{ shares: number[] }>(
    sql`select array[capacity, reserved, emergency, used_reserved, used_open] as shares from booking.pool where id = ${pool}`,
  )
  return row?.shares ?? []
}

const conserved = async (house: TestHouse): Promise<void> => {
  const check = bookingChecks.find(({ name }) => name === 'pool-is-what-was-published')
  assert.ok(check)
  assert.deepEqual(await house.database.rows({ text: check.sql, values: [] } as never), [])
}

test('Quotas move as events: up at any time, down only to what the law asks of the day, and nothing is lost', async (t) => {
  const { house, stage } = await begin(t)
  const unit = await stage.slot(stage.desk, { capacity: 10, daysAhead: 4 })
  assert.deepEqual(await sharesOf(house, unit.pool), [10, 2, 0, 0, 0])
  const move = (from: string, to: string, units: number) =>
    house.ask('booking.move-quota', manager, { ...unit, from, to, units, reason })
  assert.ok((await move('open', 'reserved', 3)).ok)
  assert.deepEqual(await sharesOf(house, unit.pool), [10, 5, 0, 0, 0])
  const below: Outcome = await move('reserved', 'open', 4)
  assert.deepEqual(codes(below), ['booking.quota-below-law'])
  const detail = below.refusals?.[0]?.detail as { least: number; left: number; clause: string }
  assert.deepEqual([detail.least, detail.left], [2, 1])
  assert.match(detail.clause, /县域医疗卫生共同体.*20%以上/, 'the clause is named')
  assert.ok((await move('reserved', 'open', 3)).ok)
  assert.ok((await move('open', 'emergency', 1)).ok)
  assert.deepEqual(await sharesOf(house, unit.pool), [10, 2, 1, 0, 0])
  await stage.slot(stage.desk, { capacity: 10, daysAhead: 4, time: '10:00' })
  await conserved(house)
  const events = await house.database.rows<{ reason: string; by: string }>(sql`select reason, actor_name->>'zh' as by
    from platform.trace_event where type = 'booking.quota-moved' and case_id = ${unit.pool}`)
  assert.deepEqual(
    events,
    Array.from({ length: 3 }, () => ({ reason, by: '县医院管理员' })),
  )
})

test('Who may move quotas: the place itself; another institution is told that there is no such slot', async (t) => {
  const { house, stage } = await begin(t)
  const unit = await stage.slot(stage.desk, { capacity: 10 })
  const input = { ...unit, from: 'open', to: 'reserved', units: 1, reason }
  assert.deepEqual(codes(await house.ask('booking.move-quota', stage.tcmDesk, input)), ['platform.not-found'])
  assert.deepEqual(codes(await house.ask('booking.change-capacity', stage.tcmDesk, { ...unit, capacity: 12, reason })), [
    'platform.not-found',
  ])
})

test('A capacity changes only by an event with actor and reason, never below what is sold', async (t) => {
  const { house, stage } = await begin(t)
  const unit = await stage.slot(stage.desk, { capacity: 10, daysAhead: 4 })
  for (const [at, zh] of ['甲一', '乙二', '丙三'].entries())
    await house.done('booking.hold', actor('resident', null, '居民', await stage.person(zh, `197${at}-01-01`)), unit)
  const change = (capacity: number) => house.ask('booking.change-capacity', stage.desk, { ...unit, capacity, reason })
  assert.ok((await change(20)).ok)
  assert.deepEqual(await sharesOf(house, unit.pool), [20, 4, 0, 0, 3], 'a fifth of what was added is reserved too')
  assert.deepEqual(codes(await change(2)), ['booking.capacity-below-sold'])
  assert.deepEqual(codes(await change(3)), ['booking.quota-below-law'], 'three sold openly leave no unit for the reserve')
  assert.ok((await change(4)).ok)
  assert.deepEqual(await sharesOf(house, unit.pool), [4, 1, 0, 0, 3])
  await conserved(house)
  await house.database.run(sql`update booking.pool set capacity = capacity + 1 where id = ${unit.pool}`)
  await assert.rejects(conserved(house), 'a capacity that no event tells of is found')
})

test('Two managers at once: whatever they move, the day keeps its reserve and the pool its capacity', async (t) => {
  const { house, stage } = await begin(t)
  const units = await Promise.all(
    ['09:00', '10:00', '14:00'].map((time) => stage.slot(stage.desk, { capacity: 10, daysAhead: 4, time })),
  )
  for (const unit of units)
    await house.done('booking.move-quota', manager, { ...unit, from: 'open', to: 'reserved', units: 3, reason })
  const moves = Array.from({ length: 30 }, (_, at) => ({
    ...(units[at % 3] as (typeof units)[number]),
    from: 'reserved',
    to: 'open',
    units: 1,
    reason,
  }))
  const outcomes = await Promise.all(moves.map((input) => house.ask('booking.move-quota', manager, input)))
  assert.equal(outcomes.filter(({ ok }) => ok).length, 9, 'fifteen reserved of thirty, six of which the law asks for')
  const [day] = (await house.done('booking.quota-board', manager, { days: 14 })).quotas
  assert.deepEqual([day.capacity, day.reserved, day.least, day.isLaw], [30, 6, 6, true])
  await conserved(house)
})

test('The board tells what was released, lent and used of each share, and by which clause', async (t) => {
  const { house, stage } = await begin(t)
  const unit = await stage.slot(stage.desk, { capacity: 10, daysAhead: 6 })
  await house.done('booking.move-quota', manager, { ...unit, from: 'open', to: 'reserved', units: 2, reason })
  await house.done('booking.allot-vouchers', stage.desk, { ...unit, holder: PLACES.village, units: 1 })
  await house.done('booking.hold', actor('resident', null, '居民', await stage.person('丁四', '1966-01-01')), unit)
  const board = async () => (await house.done('booking.quota-board', stage.desk, { days: 14 })).quotas[0]
  const before = await board()
  assert.deepEqual(
    [before.capacity, before.reserved, before.lent, before.open, before.usedOpen, before.released, before.least],
    [10, 4, 1, 6, 1, 0, 2],
  )
  const { slots } = await house.done('booking.quota-slots', stage.desk, {
    day: before.day,
    specialty: '0304',
    unitKind: 'visit',
    kind: 'expert',
  })
  assert.deepEqual([slots[0].pool, slots[0].isReleased], [unit.pool, false])
  await house.until(new Date(new Date(slots[0].startsAt).getTime() - 23 * 3_600_000).toISOString())
  await house.done('booking.release-due', SYSTEM, {})
  const after = await board()
  assert.deepEqual([after.capacity, after.reserved, after.released], [10, 4, 4], 'the board still shows what the reserve was')
  const late = await house.ask('booking.move-quota', manager, { ...unit, from: 'open', to: 'reserved', units: 1, reason })
  assert.deepEqual(codes(late), ['booking.reserve-already-open'])
  await conserved(house)
  const other = actor('consortium-manager', 'countyTcm', '中医院管理员')
  assert.deepEqual(codes(await house.ask('booking.quota-board', other, { org: PLACES.county })), ['platform.not-found'])
  assert.ok(
    (await house.ask('booking.quota-board', manager, { org: PLACES.countyTcm })).ok,
    'the lead of a consortium sees its members',
  )
})

/** What PostgreSQL read for a statement, in blocks, and how it came to the pools. */
const costOf = async (database: Database, asked: Sql): Promise<{ blocks: number; scans: string[] }> => {
  const explained = await database.rows<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
    sql`explain (analyze, buffers, format json) ${asked}`,
  )
  const top = explained[0]?.['QUERY PLAN'][0]?.Plan as PlanNode
  const scansOf = (node: PlanNode): string[] => [
    ...(node['Relation Name'] ? [`${node['Node Type']} of ${node['Relation Name']}`] : []),
    ...(node.Plans ?? []).flatMap(scansOf),
  ]
  return { blocks: top['Shared Hit Blocks'] + top['Shared Read Blocks'], scans: scansOf(top) }
}
type PlanNode = {
  'Node Type': string
  'Relation Name'?: string
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  Plans?: PlanNode[]
}

test('The board of a week over ten thousand slots reads each of them once and nothing else, by the index of its institution', async (t) => {
  const { house, stage } = await begin(t)
  await house.database
    .run(sql`insert into booking.pool (org_id, id, specialty, kind, starts_at, ends_at, capacity, reserved, release_at)
    select org, gen_random_uuid(), '03' || lpad((n % 20)::text, 2, '0'), case when n % 2 = 0 then 'expert' else 'ordinary' end,
      at, at + interval '30 minutes', 10, 2, at - interval '1 day'
    from unnest(array[${PLACES.county}, ${PLACES.city}, 1, 2]::bigint[]) as org, generate_series(0, 9999) as n,
      lateral (select date_trunc('day', platform.jieli_now(), 'Asia/Shanghai') + (n % 7) * interval '1 day' + (n / 7 % 20) * interval '30 minutes') as slot (at)`)
  await house.database.run(sql`analyze booking.pool`)
  const { quotas } = await house.done('booking.quota-board', stage.desk, { days: 8 })
  assert.equal(
    quotas.reduce((sum: number, { slots }: { slots: number }) => sum + slots, 0),
    10_000,
  )
  const now = await databaseNow(house.database)
  const asked: Sql[] = []
  const listening = { ...house.database, rows: async (one: Sql) => (asked.push(one), []) } as unknown as Database
  await quotaRows(listening, { org: PLACES.county as OrgId, from: plusHours(now, -24), until: plusHours(now, 24 * 9), specialty: null, zone: house.house.zone }) // prettier-ignore
  const board = await costOf(house.database, asked[0] as Sql)
  const bare = await costOf(house.database, sql`select sum(p.capacity) from booking.pool p where p.org_id = ${PLACES.county}`)
  t.diagnostic(`board ${board.blocks} blocks, bare sum ${bare.blocks}: ${board.scans.join(', ')}`)
  assert.ok(board.blocks <= bare.blocks * 1.5, `${board.blocks} blocks against ${bare.blocks}`)
  assert.equal(board.scans.length, 1)
  assert.match(board.scans[0] as string, /^(Bitmap Heap|Index|Index Only) Scan of pool/)
})
