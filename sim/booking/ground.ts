import type { OrgId, PersonId } from '../../src/kernel/id.ts'
import { openDatabase, raw, sql, type Database } from '../../src/platform/database/pool.ts'
import { loadRulebook } from '../../src/platform/rulebook.ts'
import { valueOn, type Rulebook } from '../../src/shapes/rulebook.ts'
import { PLACES, putSmallRegion } from '../small-region.ts'
import { PERSONS } from './acts.ts'
import type { Law } from './model.ts'

/** When a simulated run begins: eight in the morning of a Tuesday in the region. */
export const BEGINS_AT = '2026-12-01T00:00:00.000Z'
export const ZONE = 'Asia/Shanghai'
const BEGINS_ON = '2026-12-01'
const DAY_LIMIT = 2
const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** What a simulated run stands on: a migrated database of its own, whose clock stands still until an act moves it. */
export type Ground = {
  readonly owner: Database
  readonly app: Database
  readonly rulebook: Rulebook
  readonly law: Law
  readonly persons: readonly PersonId[]
  readonly orgs: readonly [OrgId, OrgId]
  readonly holders: readonly [OrgId, OrgId]
  readonly close: () => Promise<void>
}

// Rows are named by the order in which they were made: their ids are random, and a trace must not be.
const NUMBERED = ['booking.pool', 'booking.booking', 'booking.allotment', 'booking.voucher']

/** The shipped rulebook with fewer direct bookings a day, as a region may set it: so that residents of a small run reach the limit. */
const withDayLimit = (shipped: Rulebook): Rulebook => {
  const id = 'booking.day-bookings-most'
  const entry = shipped.entries.get(id)
  if (!entry) throw new Error(`the rulebook does not say ${id}`)
  const values = entry.values.map((line) => ({ ...line, amounts: { value: DAY_LIMIT } }))
  return { ...shipped, entries: new Map([...shipped.entries, [id, { ...entry, values }]]) }
}

/** Prepares a migrated, empty database. A crash of the machine is not simulated here, so commits need not reach the disk. */
export const openGround = async ({ ownerUrl, appUrl }: { ownerUrl: string; appUrl: string }): Promise<Ground> => {
  const owner = openDatabase(ownerUrl, { size: 1 })
  const app = openDatabase(appUrl, { size: 3 })
  await putSmallRegion(owner)
  await owner.run(sql`create table platform.simulated_clock (now_at timestamptz not null)`)
  await owner.run(sql`insert into platform.simulated_clock values (${BEGINS_AT})`)
  await owner.run(sql`grant select on platform.simulated_clock to jieli_app`)
  await owner.run(sql`create or replace function platform.jieli_now() returns timestamptz language sql stable as
    'select now_at from platform.simulated_clock'`)
  for (const table of NUMBERED)
    await owner.run(sql`${raw(`alter table ${table} add column sim_nr integer generated always as identity`)}`)
  const persons = await owner.rows<{
    id: PersonId
  }>(sql`insert into residents.person (zh, pinyin, initials, sex, synthetic, created_at)
    select '模拟居民' || n, 'moni', 'mn', 'female', true, now() from generate_series(1, ${PERSONS}::int) as n returning person_id as id`)
  const rulebook = withDayLimit(await loadRulebook())
  const value = (id: string): number => valueOn(rulebook, id, BEGINS_ON as never)
  return {
    owner,
    app,
    rulebook,
    law: {
      holdMs: value('booking.hold-minutes') * MINUTE,
      dayMost: value('booking.day-bookings-most'),
      graceMs: value('booking.no-show-grace-hours') * HOUR,
      voucherValidMs: value('booking.voucher-valid-hours') * HOUR,
      vouchersMost: value('booking.voucher-units-most'),
    },
    persons: persons.map(({ id }) => id),
    orgs: [PLACES.county as OrgId, PLACES.countyTcm as OrgId],
    holders: [PLACES.village as OrgId, PLACES.township as OrgId],
    close: async () => void (await Promise.all([owner.close(), app.close()])),
  }
}
