import assert from 'node:assert/strict'
import test from 'node:test'
import { actor, PLACES, setStage } from '../../../../tests/harness/stage.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { countTreated } from '../../../apps/server/count-treated.ts'
import { sql } from '../../../platform/database/pool.ts'
import { loadCatalogue } from '../index.ts'
import { loadSpecialties } from '../../organisations/index.ts'

const bureau = actor('health-bureau', null)
const COUNTY = '430321'

type Cell = { state: string; evidence: string; whys: string[]; missing: string[] }

/** The small region with the whole catalogue of conditions. */
const setUp = async (t: Parameters<typeof testHouse>[0]) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  await loadSpecialties(house.database)
  await house.database.transaction((tx) => loadCatalogue(tx))
  return { house, stage }
}

/** The cell of a condition in a column of the county's matrix, as the whole matrix tells it. */
const cellIn = async (house: TestHouse, condition: string, column: string): Promise<Cell> => {
  const matrix = await house.done('navigation.matrix', bureau, { division: COUNTY })
  const row = matrix.rows.find((one: { condition: string }) => one.condition === condition)
  const at = matrix.columns.findIndex(({ key }: { key: string }) => key === column)
  return matrix.kinds[column === 'area' ? row.area : row.cells[at]]
}

test('a county hospital declares, is judged by it, changes its word and takes it back; the history stays', async (t) => {
  const { house, stage } = await setUp(t)
  const say = (key: string, grade: string, about = 'device', more = {}) =>
    house.ask('navigation.declare-capability', stage.desk, {
      institution: PLACES.county,
      about,
      key,
      grade,
      source: '执业许可',
      ...more,
    })
  const derived = await cellIn(house, 'stroke', PLACES.county)
  assert.deepEqual(
    [derived.state, derived.evidence, derived.whys],
    ['thin', 'derived', ['only-derived']],
    'only specialty and tier are known',
  )
  assert.ok((await say('0303', 'full', 'specialty')).ok)
  assert.equal((await cellIn(house, 'stroke', PLACES.county)).state, 'covered')
  const none = await say('ct', 'none')
  assert.ok(none.ok)
  const without = await cellIn(house, 'stroke', PLACES.county)
  assert.deepEqual([without.state, without.missing], ['empty', ['ct']])

  // The cell says so in words, and who could help: the hospital above it.
  const opened = await house.done('navigation.matrix-cell', bureau, {
    division: COUNTY,
    condition: 'stroke',
    column: PLACES.county,
  })
  assert.deepEqual(
    opened.missing.map(({ zh }: { zh: string }) => zh),
    ['CT'],
  )
  assert.equal(opened.detail.needs.find(({ key }: { key: string }) => key === 'ct').stand, 'missing')
  assert.deepEqual(
    opened.helpers.map(({ org, way }: { org: string; way: string }) => `${org} ${way}`),
    [`${PLACES.city} parent`],
  )
  assert.ok(opened.clauses.every(({ basis }: { basis: string }) => basis.length > 0))

  assert.deepEqual((await say('ct', 'none')).ok, false, 'the same word twice is refused')
  assert.ok((await say('ct', 'full')).ok)
  assert.equal((await cellIn(house, 'stroke', PLACES.county)).state, 'covered')
  const { inForce, versions } = await house.done('navigation.capabilities', stage.desk, { institution: PLACES.county })
  assert.deepEqual(
    inForce.filter(({ about }: { about: string }) => about === 'device').map(({ grade }: { grade: string }) => grade),
    ['full'],
  )
  assert.deepEqual(
    versions.filter(({ key }: { key: string }) => key === 'ct').map(({ grade }: { grade: string }) => grade),
    ['full', 'none'],
  )
  const specialty = inForce.find(({ about }: { about: string }) => about === 'specialty')
  await house.done('navigation.withdraw-capability', stage.desk, {
    institution: PLACES.county,
    capability: specialty.id,
    why: '科室停诊',
  })
  assert.equal((await cellIn(house, 'stroke', PLACES.county)).evidence, 'derived')
  const again = await house.ask('navigation.withdraw-capability', stage.desk, {
    institution: PLACES.county,
    capability: specialty.id,
    why: '再撤一次',
  })
  assert.equal(again.ok ? null : again.refusals[0]?.code, 'navigation.capability-ended')

  const foreign = await house.ask('navigation.declare-capability', stage.desk, {
    institution: PLACES.city,
    about: 'device',
    key: 'ct',
    grade: 'none',
    source: '别家',
  })
  assert.equal(foreign.ok ? null : foreign.refusals[0]?.code, 'platform.not-found', 'nobody speaks for another hospital')
  const unknown = await say('no-such-thing', 'full')
  assert.equal(unknown.ok ? null : unknown.refusals[0]?.code, 'navigation.capability-key-unknown')
})

test('before it declares, a hospital is told what a condition takes and what hangs on a device', async (t) => {
  const { house, stage } = await setUp(t)
  const needs = (about: string, key: string) =>
    house.done('navigation.capability-needs', stage.desk, { institution: PLACES.county, about, key })
  const of = async (key: string): Promise<string> =>
    (await needs('condition', key)).takes.needs.map((one: { key: string; stand: string }) => `${one.key} ${one.stand}`).join(', ')
  assert.equal(await of('stroke-hyperacute'), 'ct presumed, thrombolysis presumed, thrombolytic presumed')
  await house.done('navigation.declare-capability', stage.desk, {
    institution: PLACES.county,
    about: 'device',
    key: 'ct',
    grade: 'none',
    source: '设备清单',
  })
  assert.equal(await of('stroke-hyperacute'), 'ct missing, thrombolysis presumed, thrombolytic presumed')
  const { takes } = await needs('condition', 'stroke-hyperacute')
  assert.equal(takes.doctorRank.zh, '副主任医师及以上')
  assert.equal(takes.isAbove, false)
  const ct = await needs('device', 'ct')
  assert.equal(ct.takes, null)
  assert.ok(ct.neededFor.total > ct.neededFor.conditions.length)
  const whole = await needs('specialty', '0303')
  assert.deepEqual(
    whole.takes.needs.map(({ key }: { key: string }) => key),
    ['ct'],
  )
  const foreign = await house.ask('navigation.capability-needs', stage.tcmDesk, {
    institution: PLACES.county,
    about: 'device',
    key: 'ct',
  })
  assert.equal(foreign.ok ? null : foreign.refusals[0]?.code, 'platform.not-found')
  const { specialties, things, versions } = await house.done('navigation.capabilities', stage.desk, {
    institution: PLACES.county,
  })
  assert.equal(specialties[0].isOffered, true)
  assert.equal(things.length, 105)
  assert.equal(versions[0].name.zh, 'CT')
})

test('what the tier owes: a village clinic is not asked for strokes, and one place is enough for the area', async (t) => {
  const { house } = await setUp(t)
  assert.equal((await cellIn(house, 'stroke', 'village')).state, 'beyond')
  assert.equal((await cellIn(house, 'stroke', PLACES.township)).state, 'beyond')
  assert.equal((await cellIn(house, 'stroke', 'area')).state, 'thin')
  const levels = await house.done('navigation.matrix', bureau, { division: COUNTY, columns: 'levels' })
  assert.deepEqual(
    levels.columns.map(({ key, places }: { key: string; places: number }) => `${key} ${places}`),
    ['county 2', 'township 1', 'village 2'],
  )
  for (const [input, code] of [
    [{ division: '9999' }, 'navigation.area-unknown'],
    [{ consortium: '77' }, 'navigation.area-unknown'],
  ] as const) {
    const asked = await house.ask('navigation.matrix', bureau, input)
    assert.equal(asked.ok ? null : asked.refusals[0]?.code, code)
  }
})

test('cases of referrals are counted once, without the person, and show what leaks', async (t) => {
  const { house, stage } = await setUp(t)
  const key = 'stroke'
  const [condition] = await house.database.rows<{ zh: string }>(sql`select zh from navigation.condition where key = ${key}`)
  assert.ok(condition)
  const people = []
  for (const at of [1, 2, 3, 4, 5]) people.push(await stage.person(`演示外转${at}`, `196${at}-05-04`))
  for (const person of people) {
    const { referral } = await house.done('referral.send', stage.villageDoctor, {
      person, receiver: PLACES.city, specialty: '0303', condition: { key, zh: condition.zh }, consent: { by: 'patient' },
      letter: { impression: '卒中', reason: '县内不能治', pastHistory: '', treatment: '' },
    }) // prettier-ignore
    await house.done('referral.accept', stage.cityDesk, { referral, queue: '神经内科候诊' })
    await house.database.run(
      sql`update referral.referral set state = 'in-treatment', state_since = platform.jieli_now() where id = ${referral}`,
    )
  }
  assert.notEqual((await cellIn(house, key, 'area')).state, 'leaking')
  await countTreated(house.house, 'referral')
  await countTreated(house.house, 'referral')
  assert.deepEqual(
    await house.database.rows(
      sql`select org_id::text as org, home, sum(cases)::int as cases from navigation.treated group by 1, 2`,
    ),
    [{ org: PLACES.city, home: COUNTY, cases: 5 }],
  )
  const area = await cellIn(house, key, 'area')
  assert.deepEqual([area.state, area.whys[0]], ['leaking', 'leaks'])
  const opened = await house.done('navigation.matrix-cell', bureau, { division: COUNTY, condition: key, column: 'area' })
  const { wentTo, ...flow } = opened.flow
  assert.deepEqual(flow, { cases: 5, outside: 5, outsideShare: 10_000 })
  assert.deepEqual(
    wentTo.map(({ org, cases }: { org: string; cases: number }) => [org, cases]),
    [[PLACES.city, 5]],
  )
  assert.equal(opened.months.length, 1)
  assert.equal(opened.months[0].elsewhere, 5)
  const stranger = await house.ask('navigation.matrix', stage.desk, { division: COUNTY })
  assert.equal(stranger.ok, false, 'the matrix is for those who plan')
})
