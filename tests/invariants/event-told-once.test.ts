import assert from 'node:assert/strict'
import test from 'node:test'
import { checks } from '../../src/apps/checks.ts'
import { asSystem } from '../../src/platform/database/as-system.ts'
import { openDatabase, raw, sql, type Database } from '../../src/platform/database/pool.ts'
import { testHouse } from '../harness/house.ts'

const EVENTS_OF_A_CASE = 10
const CASES = 2_000
/** A pass over the three tables takes a fifth of a second; one look-up for each event would take minutes. */
const SECONDS_MOST = 5

/** Cases of the given numbers, each with its events; every other case is nobody's. */
const fill = async (database: Database, from: number, to: number): Promise<void> => {
  await database.run(sql`insert into platform.trace_event (org_id, case_id, seq, id, case_kind, type, at, occurred_at, actor_role, actor_name, person_id)
    select 101 + c % 50, md5('case ' || c)::uuid, s, md5(c || ' ' || s)::uuid, 'example', 'example.moved', now(), now(), 'system', '{}',
      case when c % 2 = 0 then 1000000 + c end
    from generate_series(${from}::int, ${to}::int) c, generate_series(1, ${EVENTS_OF_A_CASE}::int) s`)
  await database.run(sql`insert into platform.outbox (org_id, event_id, type, case_kind, case_id, person_id, at)
    select e.org_id, e.id, e.type, e.case_kind, e.case_id, e.person_id, e.at from platform.trace_event e
    where e.id not in (select event_id from platform.outbox)`)
  await database.run(sql`insert into platform.person_event (person_id, at, event_id, case_kind, case_id, org_id, type)
    select person_id, at, id, case_kind, case_id, org_id, type from platform.trace_event where person_id is not null on conflict do nothing`)
}

const EVENT = `md5('2 1')::uuid`
// what is done to the event of somebody | events that break the sentence | why
const BREACHES = [
  [`delete from platform.outbox where event_id = ${EVENT}`, 1, 'told to nobody'],
  [
    `insert into platform.outbox (org_id, event_id, type, case_kind, case_id, person_id, at)
      select org_id, event_id, type, case_kind, case_id, person_id, at from platform.outbox where event_id = ${EVENT}`,
    1,
    'told twice',
  ],
  [`delete from platform.person_event where event_id = ${EVENT}`, 1, 'missing with the person'],
  [`delete from platform.trace_event where id = ${EVENT}`, 1, 'told, and nothing of the kind happened'],
  [
    `update platform.person_event set person_id = 1 where event_id = ${EVENT}`,
    2,
    'stands with another person: missing here, one too many there',
  ],
] as const

test('20 000 events: each told once is seen in seconds, by a server’s role, whatever the statistics of the tables say', async (t) => {
  const { database, appUrl } = await testHouse(t)
  for (const table of ['trace_event', 'outbox', 'person_event'])
    await database.run(sql`alter table ${raw(`platform.${table}`)} set (autovacuum_enabled = off)`)
  await fill(database, 1, 2)
  // The tables were last looked at when they were almost empty, as after a day on which much happened.
  await database.run(sql`analyze platform.trace_event, platform.outbox, platform.person_event`)
  await fill(database, 3, CASES)
  const app = openDatabase(appUrl, { size: 1, statementTimeoutMs: SECONDS_MOST * 1_000 })
  t.after(() => app.close())
  const text = checks.find(({ name }) => name === 'event-told-once')?.sql ?? ''
  const began = performance.now()
  assert.deepEqual(await asSystem(app).rows(sql`${raw(text)}`), [])
  t.diagnostic(`${CASES * EVENTS_OF_A_CASE} events in ${((performance.now() - began) / 1_000).toFixed(2)} s`)

  for (const [breach, broken, why] of BREACHES)
    await t.test(`found: ${why}`, async () => {
      const undone = new Error('undone')
      await assert.rejects(
        database.transaction(async (tx) => {
          await tx.run(sql`${raw(breach)}`)
          assert.equal((await tx.rows(sql`${raw(text)}`)).length, broken)
          throw undone
        }),
        undone,
      )
    })
})
