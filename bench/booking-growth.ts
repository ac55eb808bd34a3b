import { deepStrictEqual } from 'node:assert/strict'
import type pg from 'pg'
import type { Ending } from '../src/apps/ending.ts'
import type { Bench } from './bench.ts'
import { openSides, type Side } from './booking-in-process.ts'
import { FIRST_ORG, FIRST_PERSON, jobsOf, openStage, ORGS, PERSONS, POOLS, type Stage } from './booking-stage.ts'
import type { Rate } from './rate.ts'
import { rounded, type Report } from './report.ts'

const CALLERS = 64
const ROUNDS = 3
const WARM = 512
const BOOKINGS = { 'one function': 2_496, engine: 4_992 } as const
/** A region of so many bookings a day; the past begins where bookings leave the table of the living. */
const BOOKINGS_A_DAY = 10_000
const DAYS_KEPT = 120
const SECONDS_A_DAY = 86_400
const MOVED = 20_000

/** One day of the past with everything that its bookings left for good; the answers by key are kept for thirty days only. */
const DAY_OF_PAST = `
with made as materialized (
  select uuidv7(- $1::integer * interval '1 day' + nr * interval '${SECONDS_A_DAY / BOOKINGS_A_DAY} seconds' - interval '1 day') as id, uuidv7() as event_id,
    ${FIRST_ORG} + nr % ${ORGS} as org_id, ('0b000001-0000-7000-8000-' || lpad(((nr * 7919 + $1) % ${POOLS} + 1)::text, 12, '0'))::uuid as pool_id,
    ${FIRST_PERSON} + (nr * 104729 + $1 * 31) % ${PERSONS} as person_id, now() - $1::integer * interval '1 day' as at,
    case when nr % 20 = 0 then 'no-show' when nr % 10 = 1 then 'cancelled' else 'attended' end as state
  from generate_series(1, $2::bigint) nr),
b as (insert into booking.past_booking (org_id, id, pool_id, person_id, case_id, share, channel, state, made_at, changed_at)
  select org_id, id, pool_id, person_id, id, 'open', 'direct', state, at, at from made),
t as (insert into platform.trace_event (org_id, case_id, seq, id, case_kind, type, at, occurred_at, actor_role, actor_name, person_id, data, seen_by)
  select org_id, id, 1, event_id, 'booking', 'booking.confirmed', at, at, 'resident', '{"zh":"演示居民"}', person_id, jsonb_build_object('pool', pool_id), array[org_id] from made),
o as (insert into platform.outbox (org_id, event_id, type, case_kind, case_id, person_id, at, seen_by, data, sent_at)
  select org_id, event_id, 'booking.confirmed', 'booking', id, person_id, at, array[org_id], jsonb_build_object('pool', pool_id), at from made),
e as (insert into platform.person_event (person_id, at, event_id, case_kind, case_id, org_id, type) select person_id, at, event_id, 'booking', id, org_id, 'booking.confirmed' from made)
insert into platform.audit (org_id, id, at, role, form, kind, outcome, basis, person_id, request)
  select 0, event_id, at, 'resident', 'booking.book', 'command', 'done', 'booking.book', person_id, id::text from made`

const openDay = `select booking.open_past_day(((now() - ($1 + offset_days) * interval '1 day') at time zone 'UTC')::date) from unnest(array[0, 1, 2]) offset_days`

/** Lets the past grow to so many bookings, day by day backwards. */
const growTo = async (owner: pg.Client, past: number, there: number): Promise<void> => {
  for (let count = there; count < past; count += BOOKINGS_A_DAY) {
    const ago = DAYS_KEPT + count / BOOKINGS_A_DAY
    await owner.query(openDay, [ago])
    await owner.query({ name: 'bench-past', text: DAY_OF_PAST, values: [ago, Math.min(BOOKINGS_A_DAY, past - count)] })
  }
  await owner.query('vacuum analyze')
}

const TABLES = [
  'booking.booking',
  'booking.past_booking',
  'platform.trace_event',
  'platform.person_event',
  'platform.outbox',
  'platform.audit',
] as const
const SIZES = `select ${TABLES.map((table) => `(select coalesce(sum(pg_total_relation_size(relid)), pg_total_relation_size('${table}')) from pg_partition_tree('${table}'))::bigint / 1048576 as "${table}"`).join(', ')},
  (select count(*) from pg_inherits where inhparent = 'booking.past_booking'::regclass)::int as days`
const COUNTS =
  'select (select count(*) from booking.booking)::int as bookings, (select sum(used_open) from booking.pool)::int as taken'

type Growth = { readonly stage: Stage; readonly owner: pg.Client; readonly sides: readonly Side[] }

/** Measures both sides in turn; every booking has a resident of its own, because nothing is taken away in between. */
const measure = async ({ owner, sides }: Growth, from: number): Promise<{ rates: Map<string, Rate[]>; next: number }> => {
  const rates = new Map<string, Rate[]>(sides.map(({ name }) => [name, []]))
  let next = from
  for (let round = -1; round < ROUNDS; round += 1)
    for (const side of sides) {
      const count = round < 0 ? WARM : BOOKINGS[side.name as keyof typeof BOOKINGS]
      const before = (await owner.query(COUNTS)).rows[0]
      const rate = await side.round(jobsOf('uniform', count, `growth ${next}`, next), CALLERS)
      next += count
      const after = (await owner.query(COUNTS)).rows[0]
      deepStrictEqual(
        [rate.failed, after.bookings - before.bookings, after.taken - before.taken],
        [0, count, count],
        `${side.name}: acknowledged, booked, taken`,
      )
      if (round >= 0) rates.get(side.name)?.push(rate)
    }
  return { rates, next }
}

const tellSize = async (owner: pg.Client, past: number, report: Report): Promise<void> => {
  const sizes = Object.entries((await owner.query(SIZES)).rows[0]).map(([name, value]) => `${name} ${value}`)
  report.note({
    zh: `已有 ${past} 条历史预约;占用 MB:${sizes.join(',')}`,
    en: `${past} past bookings; MB on disk: ${sizes.join(', ')}`,
  })
}

/** How fast what has ended leaves the table of the living. */
const measureMove = async ({ owner }: Growth, report: Report): Promise<void> => {
  await owner.query(`update booking.booking set state = 'attended' where id in (select id from booking.booking limit ${MOVED})`)
  await owner.query(`select platform.open_act(null, null, 'system', null), set_config('jieli.role', 'system', false)`)
  const from = performance.now()
  const { rows } = await owner.query(
    `select sum(booking.keep_past(${FIRST_ORG} + at, now() + interval '1 day', ${MOVED}))::int as moved from generate_series(0, ${ORGS - 1}) at`,
  )
  const seconds = (performance.now() - from) / 1_000
  const rate = rounded(rows[0].moved / seconds)
  report.note({
    zh: `移入历史:${rows[0].moved} 条,每秒 ${rate} 条`,
    en: `moved to the past: ${rows[0].moved} bookings, ${rate} a second`,
  })
}

const run = async (report: Report, ending: Ending, options: ReadonlyMap<string, string>): Promise<void> => {
  const pasts = [0, ...(options.get('--past') ?? '1000000').split(',').map(Number)]
  if (!pasts.every((past) => Number.isInteger(past))) throw new Error('--past takes numbers of bookings, separated by commas')
  const stage = await openStage(ending)
  const [one, , , engine] = await openSides(stage, ending)
  const growth = { stage, owner: await stage.connect(), sides: [one, engine] }
  let next = 0
  for (const [at, past] of pasts.entries()) {
    await growTo(growth.owner, past, pasts[at - 1] ?? 0)
    const measured = await measure(growth, next)
    next = measured.next
    const baselines = measured.rates.get('one function') as Rate[]
    for (const [name, rates] of measured.rates) report.rounds(`${name}, ${past} past`, rates, baselines)
    await tellSize(growth.owner, past, report)
  }
  await measureMove(growth, report)
}

/** How the cost of a booking grows with the bookings that were there before. */
export const bench: Bench = {
  name: 'booking-growth',
  says: {
    zh: '已有历史预约越来越多时的预约速率(--past 1000000,10000000),含留痕、审计与居民事件。',
    en: 'Bookings per second while past bookings grow (--past 1000000,10000000), with their trace, audit and persons’ events.',
  },
  baseline: {
    zh: '同样规模下每次预约一个 SQL 函数(pg、8 连接、64 并发)。',
    en: 'one SQL function a booking (pg, 8 connections, 64 callers) at the same size.',
  },
  run,
}
