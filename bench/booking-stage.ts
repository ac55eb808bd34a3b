import { deepStrictEqual } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { putSmallRegion, PLACES, VILLAGE } from '../sim/small-region.ts'
import { randomFrom } from '../sim/residents/random.ts'
import type { Ending } from '../src/apps/ending.ts'
import { newId } from '../src/kernel/id.ts'
import { migrate } from '../src/platform/database/migrate.ts'
import { openDatabase } from '../src/platform/database/pool.ts'
import { startEmbedded } from '../src/platform/embedded-postgres/index.ts'
import { BENCH_SQL } from './booking-rows.ts'

export const POOLS = 100_000
export const PERSONS = 100_000
export const ORGS = 20
export const FIRST_ORG = 5_000_001
export const FIRST_PERSON = 2_000_001
const CAPACITY = 200
/** The one pool that everybody wants has room for all of them. */
const ROOM_FOR_ALL = 1_000_000
const HOT_POOLS = POOLS / 100
const HOT_SHARE = 0.8

/** Which pools are asked for: any, mostly one in a hundred, or one. */
export const LOADS = ['uniform', 'skewed', 'one pool'] as const
export type Load = (typeof LOADS)[number]

/** One wish of one resident. */
export type Job = {
  readonly org: string
  readonly pool: string
  readonly person: string
  readonly account: string
  readonly at: number
}

const uuidAt = (kind: string, at: number): string => `${kind}-0000-7000-8000-${String(at).padStart(12, '0')}`
const orgAt = (pool: number): string => String(FIRST_ORG + (pool % ORGS))
export const poolAt = (at: number): { org: string; pool: string } => ({ org: orgAt(at), pool: uuidAt('0b000001', at) })
export const personAt = (at: number): string => String(FIRST_PERSON + at)
export const accountAt = (at: number): string => uuidAt('0b000002', at)
/** The session of a resident; only its hash lies in the database. */
export const tokenAt = (at: number): string => `bench-${at}`

const PICK: Record<Load, (random: ReturnType<typeof randomFrom>) => number> = {
  uniform: (random) => random.whole(1, POOLS),
  skewed: (random) => (random.chance(HOT_SHARE) ? random.whole(1, HOT_POOLS) : random.whole(HOT_POOLS + 1, POOLS)),
  'one pool': () => 0,
}

/** So many wishes, each by another resident, from any resident on or from the one at a place; the same seed gives the same wishes. */
export const jobsOf = (load: Load, count: number, seed: string, first?: number): Job[] => {
  const random = randomFrom(seed)
  const from = first ?? random.whole(0, PERSONS - 1)
  return Array.from({ length: Math.min(count, PERSONS) }, (_, step) => {
    const at = (from + step) % PERSONS
    return { ...poolAt(PICK[load](random)), person: personAt(at), account: accountAt(at), at }
  })
}

/** What the hand-written sides take for a wish. */
export const valuesOf = ({ org, pool, person, account }: Job): string[] => {
  const key = newId()
  return [org, pool, person, account, key, createHash('sha256').update(key).digest('hex'), newId()]
}

export type Stage = {
  readonly ownerUrl: string
  readonly appUrl: string
  readonly dataFolder: string
  /** A connection of one's own, as the owner. */
  readonly connect: () => Promise<pg.Client>
  /** Waits until the house has told everything that was booked to whoever listens. */
  readonly settled: () => Promise<void>
  /** Takes every booking away again, so that each round finds the same tables. */
  readonly reset: () => Promise<void>
  /** That so many bookings are there, each with all of its rows, and that the pools say the same. */
  readonly proveBooked: (count: number, at: string) => Promise<void>
}

const PEOPLE = `
insert into residents.person (person_id, zh, pinyin, initials, sex, born_on, village, insurance, care_org_id, clinic_org_id, source, synthetic, created_at)
  select ${FIRST_PERSON} + at, '演示居民' || at, 'yanshijumin', 'ysjm', 'unknown', date '1950-01-01' + (at % 10000)::integer, '${VILLAGE}', 'resident',
    ${PLACES.township}, ${PLACES.village}, 'bench', true, now() from generate_series(0, ${PERSONS - 1}) at;
insert into residents.person_key (person_id, wrapped) select ${FIRST_PERSON} + at, '\\x00' from generate_series(0, ${PERSONS - 1}) at;
insert into residents.identifier (person_id, id, type, number_sealed, number_index, tail_index)
  select ${FIRST_PERSON} + at, uuidv7(), '01', '\\x00', sha256(convert_to('bench-' || at, 'utf8')), '\\x00' from generate_series(0, ${PERSONS - 1}) at;
insert into security.account (id, login, password_hash, role, person_id, name_zh, created_at)
  select ('0b000002-0000-7000-8000-' || lpad(at::text, 12, '0'))::uuid, 'bench-' || at, '-', 'resident', ${FIRST_PERSON} + at, '演示居民', now()
  from generate_series(0, ${PERSONS - 1}) at;
insert into security.session (token_hash, account_id, created_at, used_at, expires_at)
  select sha256(convert_to('bench-' || at, 'utf8')), ('0b000002-0000-7000-8000-' || lpad(at::text, 12, '0'))::uuid, now(), now(), now() + interval '1 day'
  from generate_series(0, ${PERSONS - 1}) at;`

const SLOTS = `
insert into booking.pool (org_id, id, specialty, kind, starts_at, ends_at, capacity, reserved, release_at)
  select ${FIRST_ORG} + nr % ${ORGS}, ('0b000001-0000-7000-8000-' || lpad(nr::text, 12, '0'))::uuid, '0304', 'expert', t.starts, t.starts + interval '30 minutes',
    case nr when 0 then ${ROOM_FOR_ALL} else ${CAPACITY} end, 0, t.starts - interval '1 day'
  from generate_series(0, ${POOLS}) nr
    cross join lateral (select date_trunc('day', now()) + (3 + nr % 28) * interval '1 day' + (nr % 18) * interval '30 minutes' as starts) t;`

// Whatever one booking leaves, table by table.
const LEFT_BY_ONE = [
  'booking.booking',
  'booking.person_claim',
  'booking.service_claim',
  'booking.person_day',
  'platform.trace_event',
  'platform.outbox',
  'platform.person_event',
  'platform.audit',
  'platform.idempotency',
] as const

// The product's own rounds (what is due, what is past) note themselves as well.
const ONLY: Readonly<Record<string, string>> = { 'platform.audit': ` where form = 'booking.book'` }

const RESET = [
  `truncate ${LEFT_BY_ONE.join(', ')}, platform.deadline, booking.voucher, booking.past_booking cascade`,
  'update booking.pool set used_open = 0, hold_ends_next = null where used_open > 0 or hold_ends_next is not null',
  'vacuum analyze booking.pool',
]

const PROOF = `select (select sum(used_open) from booking.pool)::int as taken, ${LEFT_BY_ONE.map((table) => `(select count(*) from ${table}${ONLY[table] ?? ''})::int as "${table}"`).join(', ')},
  (select count(*) from booking.pool p left join (select org_id, pool_id, count(*) from booking.booking where state = 'confirmed' group by 1, 2) b
    on b.org_id = p.org_id and b.pool_id = p.id where p.used_open <> coalesce(b.count, 0))::int as "pools that differ"`

/** Starts a durable PostgreSQL and puts pools, residents and their sessions into it; a server may be started on it. */
export const openStage = async (ending: Ending): Promise<Stage> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'jieli-bench-'))
  // Root's database runs in another account's name, which has to get through; what is secret in it is closed by itself.
  chmodSync(dataFolder, 0o755)
  ending.onEnd(() => rmSync(dataFolder, { recursive: true, force: true }))
  const { ownerUrl, appUrl, stop } = await startEmbedded({ dataFolder, onNote: ({ en }) => console.error(en) })
  ending.onEnd(stop)
  await migrate(ownerUrl)
  const database = openDatabase(ownerUrl, { size: 1 })
  await putSmallRegion(database)
  await database.close()
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: ownerUrl, application_name: 'bench' })
    // The end of the server ends what is still open; that is no failure of the run.
    client.on('error', () => {})
    await client.connect()
    ending.onEnd(() => client.end().catch(() => {}))
    return client
  }
  const owner = await connect()
  for (const text of [BENCH_SQL, PEOPLE, SLOTS, ...RESET, 'vacuum analyze']) await owner.query(text)
  return {
    ownerUrl,
    appUrl,
    dataFolder,
    connect,
    settled: () => settled(owner),
    reset: () => reset(owner),
    proveBooked: (count, at) => proveBooked(owner, count, at),
  }
}

const LOOK_AGAIN_MS = 50

const settled = async (owner: pg.Client): Promise<void> => {
  for (;;) {
    const { rows } = await owner.query('select exists (select from platform.outbox where sent_at is null) as is_waiting')
    if (!rows[0].is_waiting) return
    await wait(LOOK_AGAIN_MS)
  }
}

const reset = async (owner: pg.Client): Promise<void> => {
  for (const text of RESET) await owner.query(text)
}

const proveBooked = async (owner: pg.Client, count: number, at: string): Promise<void> => {
  const { rows } = await owner.query(PROOF)
  const expected = { taken: count, ...Object.fromEntries(LEFT_BY_ONE.map((table) => [table, count])), 'pools that differ': 0 }
  deepStrictEqual({ ...rows[0] }, expected, `${at}: places taken, bookings acknowledged and their rows are the same number`)
}
