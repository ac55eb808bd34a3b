import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { newId } from '../src/kernel/id.ts'
import { testHouse } from '../tests/harness/house.ts'
import { actor, setStage } from '../tests/harness/stage.ts'
import { BENCH_SQL, bookInFive, bookInFour, CALL_ONE, CALL_ROWS } from './booking-rows.ts'

/** What belongs to one booking only, and the name that an actor happens to have. */
const OWN =
  /^(id|booking_id|case_id|event_id|person_id|account_id|actor_account|key|request|request_hash|answer|xid|pos|name|actor_name)$/
const MOMENTS = /^(at|occurred_at|made_at|changed_at|created_at|sent_at)$/

const TABLES = [
  ['booking.booking', 'person_id = $1'],
  ['booking.person_claim', 'person_id = $1'],
  ['booking.service_claim', 'person_id = $1'],
  ['booking.person_day', 'person_id = $1'],
  ['platform.trace_event', `person_id = $1 and case_kind = 'booking'`],
  ['platform.outbox', `person_id = $1 and case_kind = 'booking'`],
  ['platform.person_event', `person_id = $1 and case_kind = 'booking'`],
  ['platform.audit', `person_id = $1 and form = 'booking.book'`],
  ['platform.idempotency', `account_id = $1::text::uuid`],
] as const

const accountOf = (person: string): string => `00000000-0000-7000-8000-${person.padStart(12, '0')}`

/** The rows of a person's booking, table by table, without what only this one can have. */
const leftOf = async (client: pg.Client, person: string): Promise<Record<string, unknown>> => {
  const left: Record<string, unknown> = {}
  for (const [table, where] of TABLES) {
    const value = table === 'platform.idempotency' ? accountOf(person) : person
    const { rows } = await client.query(`select to_jsonb(t) as row from ${table} t where ${where}`, [value])
    left[table] = rows.map(({ row }: { row: Record<string, unknown> }) =>
      Object.fromEntries(
        Object.entries(row)
          .filter(([name]) => !OWN.test(name))
          .map(([name, value]) => [name, MOMENTS.test(name) && value !== null ? 'a moment' : value]),
      ),
    )
  }
  return left
}

test('every hand-written side leaves, for one booking, the rows that the house leaves', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const { org, pool } = await stage.slot(stage.desk, { capacity: 20, daysAhead: 4 })
  const people = await Promise.all(['甲一', '乙二', '丙三', '丁四', '戊五'].map((zh, at) => stage.person(zh, `197${at}-01-01`)))
  const client = new pg.Client({ connectionString: house.ownerUrl })
  await client.connect()
  try {
    await client.query(BENCH_SQL)
    const [byHouse, ...byHand] = people.map(String) as [string, ...string[]]
    await house.done(
      'booking.book',
      { ...actor('resident', null, '居民', byHouse as never), account: accountOf(byHouse) as never },
      { org, pool },
    )
    const values = (person: string): string[] => [org, pool, person, accountOf(person), newId(), 'hash', newId()]
    const [one, four, five, alone] = byHand as [string, string, string, string]
    await client.query({ ...CALL_ONE, values: values(one) })
    await bookInFour(client, values(four))
    await bookInFive(client, values(five))
    await client.query({ ...CALL_ROWS, values: values(alone).map((value) => [value]) })
    const expected = await leftOf(client, byHouse)
    for (const table of Object.values(expected))
      assert.equal((table as unknown[]).length, 1, 'the house has left one row in each table')
    for (const [name, person] of Object.entries({ one, four, five, alone }))
      assert.deepEqual(await leftOf(client, person), expected, name)
    const { rows } = await client.query('select used_open from booking.pool where id = $1', [pool])
    assert.equal(rows[0].used_open, 5)
  } finally {
    await client.end()
  }
})
