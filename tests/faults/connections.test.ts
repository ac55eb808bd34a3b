import assert from 'node:assert/strict'
import test from 'node:test'
import { runChecks } from '../../src/apps/checks.ts'
import { newId } from '../../src/kernel/id.ts'
import { openDatabase, sql } from '../../src/platform/database/pool.ts'
import { run } from '../../src/platform/forms/run.ts'
import type { AnyForm } from '../../src/platform/forms/form.ts'
import type { House } from '../../src/platform/house.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'
import { makeRegion, STAFF } from '../invariants/small-region.ts'
import { breakingLine } from './breaking-line.ts'
import { anotherProcess, houseWithOwner, killConnections } from './owner.ts'

const TRY_AGAIN = ['platform.busy', 'platform.outcome-unknown']

const registered = async ({ database }: TestHouse): Promise<string[]> =>
  (await database.rows<{ zh: string }>(sql`select zh from residents.person where zh like '演示者%' order by zh`)).map(
    ({ zh }) => zh,
  )

/** Registers somebody as a patient client does: the same key until there is an answer. Answers how often it was asked. */
const registerUntilAnswered = async (house: House, zh: string): Promise<number> => {
  const form = house.forms.get('residents.register') as AnyForm
  const key = newId()
  for (let asked = 1; ; asked += 1) {
    const outcome = await run(
      house,
      form,
      { name: { zh }, sex: 'unknown', insurance: 'none' },
      { actor: STAFF.villageDoctor, request: newId(), key },
    )
    if (outcome.ok) return asked
    assert.ok(TRY_AGAIN.includes(outcome.refusals[0]?.code ?? ''), JSON.stringify(outcome.refusals))
    assert.ok(asked < 500, 'never answered')
  }
}

test('backends are killed while commands run: the process lives, every acknowledged write is there, none twice', async (t) => {
  const { made, owner } = await houseWithOwner(t)
  await makeRegion(made, 1)
  const house = anotherProcess(t, made, 6)
  const writers = 6
  const each = 4
  let working = writers
  const acknowledged: string[] = []
  let repeats = 0
  const write = async (writer: number): Promise<void> => {
    for (let one = 0; one < each; one += 1) {
      const zh = `演示者${writer}-${one}`
      repeats += (await registerUntilAnswered(house, zh)) - 1
      acknowledged.push(zh)
    }
    working -= 1
  }
  const [killed] = await Promise.all([
    killConnections(owner, () => working === 0),
    ...Array.from({ length: writers }, (_, writer) => write(writer)),
  ])
  t.diagnostic(`${killed} backends killed, ${repeats} commands asked again by the client`)
  assert.ok(killed >= 5, 'hardly anything was killed: the run proves nothing')
  assert.deepEqual(await registered(made), acknowledged.toSorted())
  assert.deepEqual(
    (await runChecks(made.database)).filter(({ breaches }) => breaches > 0),
    [],
  )
})

const behindTheLine = async (t: Parameters<typeof testHouse>[0]) => {
  const made = await testHouse(t)
  await makeRegion(made, 1)
  const line = await breakingLine(t, made.ownerUrl)
  const database = openDatabase(line.url, { size: 2 })
  t.after(() => database.close())
  return { made, line, house: { ...made.house, database } }
}

const register = (house: House, key: string) =>
  run(
    house,
    house.forms.get('residents.register') as AnyForm,
    { name: { zh: '演示者' }, sex: 'unknown', insurance: 'none' },
    { actor: STAFF.villageDoctor, request: newId(), key },
  )

test('the line breaks after the commit: the repeat finds the first result, one effect', async (t) => {
  const { made, line, house } = await behindTheLine(t)
  line.breakNext('after', 1)
  const outcome = await register(house, 'key-1')
  assert.deepEqual([outcome.ok, outcome.ok && outcome.value.replayed, line.broken()], [true, true, 1])
  assert.deepEqual(await registered(made), ['演示者'])
})

test('the line breaks before the commit: the repeat does it, one effect', async (t) => {
  const { made, line, house } = await behindTheLine(t)
  line.breakNext('before', 2)
  const outcome = await register(house, 'key-1')
  assert.deepEqual([outcome.ok, outcome.ok && outcome.value.replayed, line.broken()], [true, false, 2])
  assert.deepEqual(await registered(made), ['演示者'])
})

test(
  'the line keeps breaking: the client is told that the outcome is unknown, and the same key finds out',
  { concurrency: 2 },
  async (t) => {
    const both = (['before', 'after'] as const).map((how) =>
      t.test(how, async (t) => {
        const { made, line, house } = await behindTheLine(t)
        line.breakNext(how, how === 'before' ? 100 : 1_000)
        const unknown = await register(house, 'key-1')
        assert.deepEqual([unknown.ok, !unknown.ok && unknown.refusals[0]?.code], [false, 'platform.outcome-unknown'])
        line.breakNext(how, 0)
        const found = await register(house, 'key-1')
        assert.deepEqual([found.ok, found.ok && found.value.replayed], [true, how === 'after'])
        assert.deepEqual(await registered(made), ['演示者'])
      }),
    )
    await Promise.all(both)
  },
)
