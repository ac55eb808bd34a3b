import assert from 'node:assert/strict'
import test from 'node:test'
import { actor, PLACES, setStage } from '../../../../tests/harness/stage.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { api } from '../../../apps/api.ts'
import { newId } from '../../../kernel/id.ts'
import { sql, type Database, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import { run } from '../../../platform/forms/run.ts'
import { loadSpecialties } from '../../organisations/index.ts'
import { loadCatalogue } from '../index.ts'

/** A database that counts the statements of its transactions. */
const counting = (database: Database): { database: Database; statements: () => number } => {
  let statements = 0
  const counted = <Q extends Queryable>(inner: Q): Q => {
    const once =
      <A, R>(ask: (asked: A) => R) =>
      (asked: A): R => {
        statements += 1
        return ask(asked)
      }
    return { ...inner, rows: once(inner.rows), row: once(inner.row), run: once(inner.run) }
  }
  return {
    database: { ...database, transaction: (work, mode) => database.transaction((tx: Tx) => work(counted(tx)), mode) },
    statements: () => statements,
  }
}

const statementsOf = async ({ house }: TestHouse, name: 'navigation.matrix' | 'navigation.matrix-cell', input: object) => {
  const { database, statements } = counting(house.database)
  const form = api[name]
  const asked = { actor: actor('health-bureau', null), request: newId(), key: newId() }
  const outcome = await run({ ...house, database }, form, form.input.parse(input), asked)
  assert.ok(outcome.ok)
  return { statements: statements(), answer: JSON.parse(outcome.value.text) }
}

const CLINICS = 40

/** Another forty clinics in the county, each with staff, a word of its own and cases. */
const grow = (database: Database): Promise<number> =>
  database.run(sql`with clinic as (
      insert into organisations.institution (id, code, zh, en, tier, ws218, level, rank, ownership, division, longitude, latitude, beds, population, valid_from, synthetic)
      select 900000 + n, 'X' || n, '演示诊所' || n, null, tier, ws218, level, rank, ownership, division, longitude, latitude, beds, population, valid_from, synthetic
      from organisations.institution, generate_series(1, ${CLINICS}) n where id = ${PLACES.village} returning id),
    word as (
      insert into navigation.capability (org_id, id, about, key, grade, source, valid_from, declared_at)
      select id, gen_random_uuid(), 'specialty', '0200', 'full', '演示', '2024-01-01', platform.jieli_now() from clinic)
    insert into navigation.treated (org_id, source, source_id, condition_key, home, on_day, cases)
      select id, 'report', 'x', 'stroke', '430321', (platform.jieli_now() - interval '30 days')::date, 3 from clinic`)

test('a matrix and a cell of it are read by the same few statements, however many places and cases there are', async (t) => {
  const house = await testHouse(t)
  await setStage(house)
  await loadSpecialties(house.database)
  await house.database.transaction((tx) => loadCatalogue(tx))
  const cell = { division: '430321', condition: 'stroke', column: 'area' }
  const small = await statementsOf(house, 'navigation.matrix', { division: '430321' })
  const smallCell = await statementsOf(house, 'navigation.matrix-cell', cell)
  assert.equal(await grow(house.database), CLINICS)
  const large = await statementsOf(house, 'navigation.matrix', { division: '430321' })
  assert.equal(large.answer.area.institutions, small.answer.area.institutions + CLINICS)
  assert.equal(large.answer.rows.find(({ condition }: { condition: string }) => condition === 'stroke').cases, CLINICS * 3)
  assert.equal(large.statements, small.statements)
  assert.equal((await statementsOf(house, 'navigation.matrix-cell', cell)).statements, smallCell.statements)
  assert.ok(large.statements <= STATEMENTS_MOST, `${large.statements} statements`)
})
/** Opening the act, the area, one for each kind of fact, the catalogue and the names. */
const STATEMENTS_MOST = 16

test('sums of cases are planned for the places at hand, not once for all', async (t) => {
  const house = await testHouse(t)
  await setStage(house)
  const plans = await house.database.rows<{ name: string; settings: string[] | null }>(
    sql`select proname as name, proconfig as settings from pg_proc where pronamespace = 'navigation'::regnamespace and proname in ('treated_by', 'treated_months')`,
  )
  assert.deepEqual(
    plans.filter(({ settings }) => !settings?.includes('plan_cache_mode=force_custom_plan')).map(({ name }) => name),
    [],
  )
  assert.equal(plans.length, 2)
})
