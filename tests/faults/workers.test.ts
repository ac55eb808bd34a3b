import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { z } from 'zod'
import { runChecks } from '../../src/apps/checks.ts'
import { newId } from '../../src/kernel/id.ts'
import { ok } from '../../src/kernel/result.ts'
import { SYSTEM } from '../../src/platform/access.ts'
import { sql, type Tx } from '../../src/platform/database/pool.ts'
import { fireDueDeadlines } from '../../src/platform/deadlines.ts'
import { command, type AnyForm, type Reaction } from '../../src/platform/forms/form.ts'
import type { House } from '../../src/platform/house.ts'
import { relayOutbox } from '../../src/platform/relay.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'
import { makeRegion, PLACES, STAFF } from '../invariants/small-region.ts'
import { anotherProcess, houseWithOwner, killConnections } from './owner.ts'

const drafts = async (made: TestHouse, count: number): Promise<void> => {
  const persons = await makeRegion(made, count)
  for (const person of persons)
    await made.done('referral.draft', STAFF.villageDoctor, {
      person,
      receiver: PLACES.countyHospital,
      specialty: '0300',
      condition: { key: 'I10', zh: '高血压' },
      letter: {},
    })
}

const lapsed = async ({ database }: TestHouse): Promise<number[]> =>
  (
    await database.rows<{ times: number }>(sql`select count(e.id)::int as times from referral.referral r
      left join platform.trace_event e on e.case_id = r.id and e.type = 'referral.lapsed' group by r.id`)
  ).map(({ times }) => times)

const moveClock = (made: TestHouse, hours: number) =>
  made.database.run(sql`update platform.clock set offset_ms = offset_ms + ${hours * 3_600_000}`)

test('two workers at once fire every deadline exactly once', async (t) => {
  const made = await testHouse(t)
  await drafts(made, 15)
  await moveClock(made, 200)
  const outcomes = await Promise.all([
    fireDueDeadlines(made.house),
    fireDueDeadlines(anotherProcess(t, made)),
    fireDueDeadlines(anotherProcess(t, made)),
  ])
  assert.equal(
    outcomes.reduce((sum, { fired }) => sum + fired, 0),
    15,
  )
  assert.deepEqual(
    await lapsed(made),
    Array.from({ length: 15 }, () => 1),
  )
  assert.deepEqual(await fireDueDeadlines(made.house), { fired: 0, lapsed: 0 })
  assert.deepEqual(
    (await runChecks(made.database)).filter(({ breaches }) => breaches > 0),
    [],
  )
})

test('a deadline that came due while nobody ran fires after the restart, and not before its time', async (t) => {
  const made = await testHouse(t)
  await drafts(made, 3)
  await moveClock(made, 167)
  assert.deepEqual(await fireDueDeadlines(made.house), { fired: 0, lapsed: 0 })
  await moveClock(made, 2)
  const restarted = anotherProcess(t, made)
  assert.deepEqual(await fireDueDeadlines(restarted), { fired: 3, lapsed: 0 })
  assert.deepEqual(await lapsed(made), [1, 1, 1])
})

test('a worker that is killed while it fires leaves what it had not committed to the other', async (t) => {
  const { made, owner } = await houseWithOwner(t)
  await drafts(made, 12)
  await moveClock(made, 200)
  const dying = anotherProcess(t, made)
  let isOver = false
  const killing = killConnections(owner, () => isOver)
  for (let round = 0; round < 4; round += 1) await fireDueDeadlines(dying).catch(() => {})
  isOver = true
  assert.ok((await killing) > 0, 'nothing was killed: the run proves nothing')
  await fireDueDeadlines(made.house)
  assert.deepEqual(
    await lapsed(made),
    Array.from({ length: 12 }, () => 1),
  )
})

const noteInput = z.strictObject({ case: z.uuid(), step: z.number() })

/** A house whose one reaction notes what it takes, in the order in which it takes it; `fails` says which attempts break. */
const noting = async (t: TestContext, fails: (step: number) => boolean = () => false) => {
  const { made, owner } = await houseWithOwner(t)
  await owner.query('create table platform.note (seq bigint generated always as identity, case_id uuid, step int)')
  await owner.query('grant select, insert on platform.note to jieli_app')
  const note = command({
    name: 'test.note',
    by: ['system@anyone'],
    basis: 'test',
    does: { zh: '记', en: 'Notes.' },
    input: noteInput,
    read: async (_tx, input) => input,
    decide: (facts) => ok({ change: facts, answer: null }),
    write: async (tx, change) => {
      await tx.run(sql`insert into platform.note (case_id, step) values (${change.case}, ${change.step})`)
      if (fails(change.step)) throw new Error('a bug in the reaction')
    },
  })
  const reaction: Reaction = {
    consumer: 'test.note',
    on: 'test.happened',
    command: 'test.note',
    input: ({ caseId, data }) => ({ case: caseId, step: Number(data['step']) }),
  }
  const forms = new Map<string, AnyForm>([...made.house.forms, ['test.note', note]])
  const withReaction = (house: House): House => ({ ...house, forms, reactions: [reaction], log: () => {} })
  const notes = () =>
    made.database.rows<{ case: string; step: number }>(sql`select case_id as case, step from platform.note order by seq`)
  return { made, owner, withReaction, notes }
}

/** Events of several cases in one order, as acts record them. */
const happen = async ({ database }: TestHouse, cases: readonly string[], steps: number): Promise<void> => {
  for (let step = 1; step <= steps; step += 1) {
    const events = cases.map((id) => ({
      id: newId(),
      type: 'test.happened',
      kind: 'test',
      org: '1',
      case: id,
      person: null,
      seenBy: [],
      data: { step },
    }))
    await database.run(
      sql`select platform.record_act(0, platform.jieli_now(), ${JSON.stringify(SYSTEM)}, ${JSON.stringify(events)}, '[]', '[]', null)`,
    )
  }
}

const stepsOf = (notes: readonly { case: string; step: number }[], of: string): number[] =>
  notes.filter((one) => one.case === of).map(({ step }) => step)
const unsent = async ({ database }: TestHouse): Promise<number> =>
  (await database.row<{ count: number }>(sql`select count(*)::int as count from platform.outbox where sent_at is null`))?.count ??
  -1

test('two relays at once: every reaction exactly once, and the events of a case in their order', async (t) => {
  const { made, withReaction, notes } = await noting(t)
  const cases = Array.from({ length: 6 }, () => newId())
  await happen(made, cases, 15)
  await Promise.all([
    relayOutbox(withReaction(made.house)),
    relayOutbox(withReaction(anotherProcess(t, made))),
    relayOutbox(withReaction(anotherProcess(t, made))),
  ])
  const taken = await notes()
  assert.equal(taken.length, 6 * 15)
  for (const one of cases)
    assert.deepEqual(
      stepsOf(taken, one),
      Array.from({ length: 15 }, (_, at) => at + 1),
    )
  assert.equal(await unsent(made), 0)
})

test('a reaction that fails for a while holds up its own case only, and leaves nothing of the failed attempts', async (t) => {
  let failures = 3
  const { made, withReaction, notes } = await noting(t, (step) => step === 2 && failures-- > 0)
  const [stuck, free] = [newId(), newId()] as [string, string]
  await happen(made, [stuck], 4)
  await happen(made, [free], 1)
  const house = withReaction(made.house)
  await relayOutbox(house)
  assert.deepEqual([stepsOf(await notes(), stuck), stepsOf(await notes(), free)], [[1], [1]])
  while ((await unsent(made)) > 0) await relayOutbox(house)
  assert.deepEqual(stepsOf(await notes(), stuck), [1, 2, 3, 4])
})

test('an event that breaks its reaction every time is set aside as failed, and what comes after it is taken', async (t) => {
  const { made, withReaction, notes } = await noting(t, (step) => step === 2)
  const poisoned = newId()
  await happen(made, [poisoned], 3)
  const house = withReaction(made.house)
  for (let round = 0; round < 6; round += 1) await relayOutbox(house)
  assert.deepEqual(stepsOf(await notes(), poisoned), [1, 3])
  const outcomes = await made.database.rows<{ outcome: string; count: number }>(
    sql`select outcome, count(*)::int as count from platform.inbox group by 1 order by 1`,
  )
  assert.deepEqual(outcomes, [
    { outcome: 'done', count: 2 },
    { outcome: 'failed', count: 1 },
  ])
  assert.equal(await unsent(made), 0)
})

test('a database that goes away while a reaction runs uses up none of its tries', async (t) => {
  const { made, owner, withReaction, notes } = await noting(t)
  const one = newId()
  await happen(made, [one], 1)
  const process = anotherProcess(t, made)
  const house = withReaction(process)
  const killed = withReaction({
    ...process,
    database: {
      ...process.database,
      transaction: (work, mode) =>
        process.database.transaction((tx) => {
          // The relay's own look into the outbox goes well; the reaction's transaction is killed as it claims its event.
          const run: Tx['run'] = async (query) => {
            if (query.text.includes('platform.inbox')) {
              const found = await tx.row<{ pid: number }>(sql`select pg_backend_pid() as pid`)
              await owner.query('select pg_terminate_backend($1, 5000)', [found?.pid])
            }
            return tx.run(query)
          }
          return work({ ...tx, run })
        }, mode),
    },
  })
  for (let round = 0; round < 7; round += 1) await relayOutbox(killed)
  assert.deepEqual(await notes(), [])
  await relayOutbox(house)
  assert.deepEqual(stepsOf(await notes(), one), [1])
})
