import assert from 'node:assert/strict'
import test from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { testHouse } from '../../tests/harness/house.ts'
import { raw, sql } from './database/pool.ts'
import { eventsAfter, newestPlace, placeOf, type OutboxPlace } from './relay.ts'

const told = (what: string): string =>
  `insert into platform.outbox (org_id, event_id, type, case_kind, case_id, at) values (1, gen_random_uuid(), '${what}', 'example', gen_random_uuid(), now())`

// Other databases of the same server count too: an event waits for every transaction there that is older than its own.
const onceThere = async <T>(ask: () => Promise<T>, isThere: (found: T) => boolean): Promise<T> => {
  for (;;) {
    const found = await ask()
    if (isThere(found)) return found
    await pause(20)
  }
}
const some = (found: readonly unknown[]): boolean => found.length > 0

test('Of two acts that overlap neither’s event is skipped, whichever began, told and committed first', async (t) => {
  let other: Client | null = null
  t.after(() => other?.end())
  const { house, database, ownerUrl } = await testHouse(t)
  other = new Client({ connectionString: ownerUrl })
  await other.connect()
  const typesAfter = async (place: OutboxPlace) => (await eventsAfter(house, place)).map(({ type }) => type)

  await database.run(sql`${raw(told('before'))}`)
  const start = await onceThere(
    () => newestPlace(house),
    ({ id }) => id !== '0',
  )
  await database.transaction(async (older) => {
    // The older transaction has its age from its first write; the younger takes the lesser number, and is still open afterwards.
    await older.run(sql`select pg_current_xact_id()`)
    await other?.query(`begin; select pg_current_xact_id()`)
    await other?.query(told('younger, lesser number'))
    await older.run(sql`${raw(told('older, greater number'))}`)
    assert.deepEqual(await typesAfter(start), [], 'nothing before it is committed')
  })
  const [first] = await onceThere(() => eventsAfter(house, start), some)
  assert.equal(first?.type, 'older, greater number')
  const between = await newestPlace(house)
  await other.query('commit')
  const resumed = await placeOf(house, first?.place.id ?? '')
  assert.deepEqual(await onceThere(() => typesAfter(resumed), some), ['younger, lesser number'])
  assert.deepEqual(await typesAfter(between), ['younger, lesser number'], 'also for a screen that was opened in between')
  assert.deepEqual(await typesAfter(await newestPlace(house)), [])
  assert.deepEqual(await typesAfter(await placeOf(house, '0')), ['before', 'older, greater number', 'younger, lesser number'])
})

test('With many events behind, the next are found by an index, and a number that is not there counts as the one before it', async (t) => {
  const { house, database } = await testHouse(t)
  await database.run(sql`insert into platform.outbox (org_id, event_id, type, case_kind, case_id, at, xid)
    select 1, gen_random_uuid(), 'example.moved', 'example', gen_random_uuid(), now(), (1 + n / 100)::text::xid8 from generate_series(1, 30000) n`)
  await database.run(sql`analyze platform.outbox`)
  const newest = await newestPlace(house)
  await database.run(sql`${raw(told('after'))}`)
  const after = await onceThere(() => eventsAfter(house, newest), some)
  assert.deepEqual(
    after.map(({ type }) => type),
    ['after'],
  )
  assert.deepEqual(
    (await eventsAfter(house, await placeOf(house, '999999999'))).map(({ type }) => type),
    [],
  )
  const scans = async () => {
    await house.database.run(sql`select pg_stat_force_next_flush()`)
    return (
      await database.row<{ scans: number }>(
        sql`select seq_scan::int as scans from pg_stat_user_tables where relid = 'platform.outbox'::regclass`,
      )
    )?.scans
  }
  const before = await scans()
  await eventsAfter(house, newest)
  await newestPlace(house)
  assert.equal(await scans(), before)
})
