import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import type { AccountId, OrgId, PersonId } from '../../kernel/id.ts'
import type { Actor } from '../../platform/access.ts'
import { sql } from '../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { indexConditions } from './index.ts'

const VILLAGE = '430399101201'
const CLINIC = '1'
const TOWNSHIP = '2'
const COUNTY = '3'
const TCM = '4'
const CITY = '5'
const PROVINCE = '6'
const account = '00000000-0000-4000-8000-000000000001' as AccountId
const doctor: Actor = { account, role: 'village-doctor', org: CLINIC as OrgId, person: null, name: { zh: '演示村医' } }
const resident: Actor = { account, role: 'resident', org: null, person: '77' as PersonId, name: { zh: '演示居民' } }

/** An invented province of six institutions, one of each tier and a second county hospital outside the consortium. */
const region = async (t: TestContext): Promise<TestHouse> => {
  const house = await testHouse(t)
  const { database } = house
  await database.run(sql`insert into organisations.division values ('430000000000', '湖南省', 'province', null), ('430300000000', '演示市', 'prefecture', '430000000000'),
    ('430399000000', '演示县', 'county', '430300000000'), ('430399101000', '演示镇', 'township', '430399000000'), (${VILLAGE}, '东村', 'village', '430399101000'),
    ('430100000000', '省会市', 'prefecture', '430000000000')`)
  await database.run(
    sql`insert into organisations.specialty values ('0200', '全科医疗科', 'General practice', 'seen'), ('0304', '心血管内科', 'Cardiology', 'seen')`,
  )
  await database.run(sql`insert into organisations.institution (id, code, zh, tier, ws218, level, rank, ownership, division, parent_id, longitude, latitude, beds, population, valid_from, synthetic)
    select id, 'D' || id, zh || '(演示)', tier, 'A100', 2, 2, 'public', division, parent, longitude, latitude, 10, 1000, '2024-01-01', true from (values
      (6, '省人民医院', 'province', '430100000000', null, 112.95, 28.20), (5, '市中心医院', 'city', '430300000000', 6, 112.94, 27.83),
      (3, '县人民医院', 'county', '430399000000', 5, 112.80, 27.70), (4, '县中医医院', 'county', '430399000000', 5, 112.81, 27.70),
      (2, '镇卫生院', 'township', '430399101000', 3, 112.70, 27.65), (1, '东村卫生室', 'village', ${VILLAGE}, 2, 112.69, 27.64)
    ) as made (id, zh, tier, division, parent, longitude, latitude)`)
  await database.run(
    sql`insert into organisations.service select id, '0304', 'treatment', case id when 5 then 'key' end, '心血管内科', null, '2024-01-01', null from unnest(array[3, 4, 5, 6]) id`,
  )
  await database.run(
    sql`insert into organisations.service select id, '0200', 'treatment', null, '全科', null, '2024-01-01', null from unnest(array[1, 2]) id`,
  )
  await database.run(
    sql`insert into organisations.consortium values (7, 'county-consortium', '演示医共体', 'Demo consortium', '430399000000', 3, null, '2024-01-01')`,
  )
  await database.run(
    sql`insert into organisations.membership select 7, id, case id when 3 then 'lead' else 'member' end, 'tight', '2024-01-01' from unnest(array[1, 2, 3]) id`,
  )
  await database.run(sql`insert into organisations.grid values (${VILLAGE}, 7)`)
  await database.run(sql`insert into navigation.condition (key, zh, en, aliases, icd10, specialty, lowest_tier, urgency, source) values
    ('coronary-heart-disease', '冠心病', 'Coronary heart disease', '{心绞痛}', '{I20-I25}', '0304', 'county', 'soon', 'editorial'),
    ('myocardial-infarction', '心肌梗死', 'Myocardial infarction', '{}', '{I21-I22}', '0304', 'county', 'emergency', 'editorial')`)
  await indexConditions(database)
  return house
}

/** One half hour in a number of days: so many units, so many of them reserved for primary care. */
const pool = ({ database }: TestHouse, org: string, days: number, capacity: number, reserved: number) =>
  database.run(sql`insert into booking.pool (org_id, id, specialty, kind, starts_at, ends_at, capacity, reserved, release_at)
    select ${org}, gen_random_uuid(), '0304', 'expert', at, at + interval '30 minutes', ${capacity}, ${reserved}, at from (select platform.jieli_now() + ${`${days} days`}::interval as at)`)

type Shown = { institution: { id: string }; reasons: { code: string }[]; free: number; reservedFree: number; position: number }
const ids = (places: readonly Shown[]): string[] => places.map((one) => one.institution.id)

test('the county’s own hospital comes first, then the city’s key specialty; below it is said why not', async (t) => {
  const house = await region(t)
  for (const [org, days] of [
    [COUNTY, 2],
    [TCM, 1],
    [CITY, 1],
    [PROVINCE, 1],
  ] as const)
    await pool(house, org, days, 5, 2)
  const answer = await house.done('navigation.rank', doctor, { condition: 'coronary-heart-disease', village: VILLAGE })
  assert.deepEqual(ids(answer.places), [COUNTY, TCM, CITY, PROVINCE])
  assert.deepEqual([answer.ring, answer.channel, answer.from.consortium.id], ['province', 'referral', '7'])
  assert.deepEqual(
    answer.places[0].reasons.map((one: { code: string }) => one.code),
    ['level', 'own-lead', 'distance', 'first-free', 'reserved-left'],
  )
  assert.deepEqual([answer.places[0].free, answer.places[0].reservedFree, answer.places[2].tag], [5, 2, 'key'])
  assert.deepEqual(answer.nearMisses.map((one: { institution: { id: string }; reason: { zh: string } }) => [one.institution.id, one.reason.zh]), [
    [CLINIC, '村级不在本病种诊治范围(最低县级)'], [TOWNSHIP, '乡镇级不在本病种诊治范围(最低县级)'],
  ]) // prettier-ignore
})

test('reserved units count for a referral and not for a resident who comes directly', async (t) => {
  const house = await region(t)
  await pool(house, COUNTY, 1, 2, 2)
  await pool(house, CITY, 1, 2, 0)
  const asked = { condition: 'coronary-heart-disease', village: VILLAGE, limit: 4 }
  const byDoctor = await house.done('navigation.rank', doctor, asked)
  const byResident = await house.done('navigation.rank', resident, asked)
  const freeAt = (answer: { places: Shown[] }, id: string) => answer.places.find((one) => one.institution.id === id)?.free
  assert.deepEqual([freeAt(byDoctor, COUNTY), freeAt(byResident, COUNTY), freeAt(byResident, CITY)], [2, 0, 2])
  assert.equal(ids(byResident.places)[0], CITY, 'the city has a unit, the county has none for a resident')
  assert.ok(byResident.places.every((one: Shown) => !one.reasons.some(({ code }) => code === 'reserved-left')))
})

test('it is said how far the places of an answer lie', async (t) => {
  const house = await region(t)
  await pool(house, COUNTY, 1, 5, 0)
  await pool(house, CITY, 1, 5, 0)
  const ringFor = async (limit: number): Promise<string> =>
    (await house.done('navigation.rank', doctor, { specialty: '0304', limit })).ring
  assert.deepEqual([await ringFor(1), await ringFor(2), await ringFor(4)], ['county', 'prefecture', 'province'])
})

test('in an emergency the nearest that can treat it comes first, booked out or not, and 120 is said', async (t) => {
  const house = await region(t)
  const answer = await house.done('navigation.rank', resident, {
    condition: 'myocardial-infarction',
    longitude: 112.81,
    latitude: 27.7,
    limit: 2,
  })
  assert.deepEqual([answer.notes[0].code, answer.ring, ids(answer.places).toSorted()], ['emergency', 'county', [COUNTY, TCM]])
})

test('what is not known is said: the condition, the specialty, from where', async (t) => {
  const { ask } = await region(t)
  const rows: [Actor, Record<string, unknown>, string][] = [
    [doctor, { condition: 'nothing' }, 'navigation.condition-unknown'],
    [doctor, { specialty: '9999' }, 'navigation.specialty-unknown'],
    [doctor, { specialty: '0304', village: '430399101299' }, 'navigation.village-unknown'],
    [resident, { specialty: '0304' }, 'navigation.from-where'],
  ]
  for (const [actor, input, code] of rows) {
    const outcome = await ask('navigation.rank', actor, input)
    assert.deepEqual(outcome.ok ? [] : outcome.refusals.map((one) => one.code), [code])
  }
})

test('conditions are found by initials, with their pinyin for a device without a network; unasked, those that the region treats most stand first', async (t) => {
  const { done, database } = await region(t)
  const { conditions } = await done('navigation.conditions', resident, { text: 'xjgs' })
  assert.deepEqual(
    conditions.map((one: { key: string; pinyin: string }) => [one.key, one.pinyin.split(' ').includes('xjgs')]),
    [['myocardial-infarction', true]],
  )
  const listed = async (): Promise<string[]> =>
    (await done('navigation.conditions', resident, {})).conditions.map(({ key }: { key: string }) => key)
  assert.deepEqual(await listed(), ['coronary-heart-disease', 'myocardial-infarction'])
  await database.run(sql`insert into navigation.treated (org_id, source, source_id, condition_key, on_day, cases)
    values (${COUNTY}, 'report', 'r1', 'myocardial-infarction', (platform.jieli_now() - interval '9 days')::date, 3),
      (${COUNTY}, 'report', 'r2', 'coronary-heart-disease', (platform.jieli_now() - interval '2 years')::date, 30)`)
  assert.deepEqual(await listed(), ['myocardial-infarction', 'coronary-heart-disease'], 'what was long ago no longer counts')
})
