import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import type { AccountId, OrgId } from '../../kernel/id.ts'
import type { Actor } from '../../platform/access.ts'
import { sql } from '../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { clinicOfVillage, consortiumOf, indexNames, placesWith, supervisorsOf } from './index.ts'
import type { Day } from '../../kernel/day.ts'

const VILLAGE = '430399101201'
const OTHER_VILLAGE = '430399101202'
const account = (last: number): AccountId => `00000000-0000-4000-8000-00000000000${last}` as AccountId
const administrator: Actor = { account: account(1), role: 'administrator', org: null, person: null, name: { zh: '演示管理员' } }
const bureau: Actor = { account: account(2), role: 'health-bureau', org: null, person: null, name: { zh: '演示卫健局' } }
const manager = (org: string, last = 3): Actor => ({
  account: account(last),
  role: 'consortium-manager',
  org: org as OrgId,
  person: null,
  name: { zh: '演示经理' },
})

/** An invented county: divisions and specialties stand, institutions come by the forms. */
const county = async (t: TestContext): Promise<TestHouse> => {
  const house = await testHouse(t)
  await house.database.run(sql`insert into organisations.division values ('430000000000', '湖南省', 'province', null),
    ('430300000000', '演示市', 'prefecture', '430000000000'), ('430399000000', '演示县', 'county', '430300000000'),
    ('430399101000', '演示镇', 'township', '430399000000'), (${VILLAGE}, '东村', 'village', '430399101000'), (${OTHER_VILLAGE}, '西村', 'village', '430399101000')`)
  await house.database.run(
    sql`insert into organisations.specialty values ('0200', '全科医疗科', 'General practice', 'seen'), ('0304', '心血管内科', 'Cardiology', 'seen')`,
  )
  return house
}

type Entry = {
  zh: string
  tier: string
  ws218: string
  division: string
  parent?: string
  level?: number
  population?: number
  serial: string
}
const entry = ({ zh, tier, ws218, division, parent, level = 9, population = 1_000, serial }: Entry) => ({
  name: { zh: `${zh}(演示)`, en: null }, code: `D${serial.padStart(8, '0')}${division.slice(0, 6)}10${ws218}1`, tier, ws218, level, rank: level === 9 ? 9 : 2,
  ownership: 'public', division, parent: parent ?? null, longitude: 112.9, latitude: 27.8, beds: 10, population, phone: null, from: '2024-01-01', synthetic: true,
}) // prettier-ignore

/** Lead, township unit and clinic of the county, each managed by the one above. */
const institutions = async ({ done }: TestHouse) => {
  const add = async (one: Entry): Promise<string> =>
    (await done('organisations.add-institution', administrator, entry(one))).institution
  const lead = await add({ zh: '演示县人民医院', tier: 'county', ws218: 'A100', division: '430399000000', level: 2, serial: '1' })
  const township = await add({
    zh: '演示镇卫生院',
    tier: 'township',
    ws218: 'C220',
    division: '430399101000',
    parent: lead,
    serial: '2',
  })
  const clinic = await add({ zh: '东村卫生室', tier: 'village', ws218: 'D600', division: VILLAGE, parent: township, serial: '3' })
  const tcm = await add({ zh: '演示县中医医院', tier: 'county', ws218: 'A210', division: '430399000000', level: 2, serial: '4' })
  return { lead, township, clinic, tcm }
}

const form = (lead: string, members: readonly string[], name = '演示县医共体') => ({
  kind: 'county-consortium', name: { zh: name }, division: '430399000000', lead, from: '2024-02-01',
  members: members.map((institution) => ({ institution, role: 'member', tightness: 'tight' })),
}) // prettier-ignore

const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)

test('an institution is entered, found by name, pinyin and code, and everything wrong with one is said at once', async (t) => {
  const house = await county(t)
  const { lead, township } = await institutions(house)
  for (const text of ['演示县人民', 'ysxrmyy', 'yanshixianrenmin', 'D00000001']) {
    const { institutions: found } = await house.done('organisations.search', bureau, { text })
    assert.deepEqual(
      found.map((one: { id: string }) => one.id),
      [lead],
      text,
    )
  }
  const wrong = entry({
    zh: '假中心',
    tier: 'regional-centre',
    ws218: 'A100',
    division: '430399101000',
    parent: township,
    population: 149_999,
    serial: '1',
  })
  const refused = await house.ask('organisations.add-institution', administrator, {
    ...wrong,
    code: 'D00000001430399' + '10A1001',
    ws218: 'C210',
    division: '430399101000',
  })
  assert.deepEqual(codes(refused), [
    'organisations.code-taken',
    'organisations.code-does-not-fit',
    'organisations.parent-not-above',
    'organisations.regional-centre-population',
  ])
})

test('a changed grade is in force from its day, and the earlier one can still be read', async (t) => {
  const house = await county(t)
  const { lead } = await institutions(house)
  await house.done('organisations.correct-institution', manager(lead), {
    institution: lead,
    from: '2025-03-01',
    set: { level: 3 },
  })
  const before = await house.done('organisations.institution', bureau, { institution: lead, day: '2025-02-28' })
  const after = await house.done('organisations.institution', bureau, { institution: lead, day: '2025-03-01' })
  assert.deepEqual([before.institution.level, after.institution.level], [2, 3])
  assert.equal((await house.done('organisations.institution', bureau, { institution: lead, day: '2023-12-31' })).inForce, false)
  assert.deepEqual(
    codes(
      await house.ask('organisations.correct-institution', administrator, {
        institution: lead,
        from: '2025-03-01',
        set: { level: 2 },
      }),
    ),
    ['organisations.change-not-begun'],
  )
})

test('a consortium binds its members: supervisors, grid, staff across places, and one tight consortium at a time', async (t) => {
  const house = await county(t)
  const { lead, township, clinic, tcm } = await institutions(house)
  const { consortium } = await house.done('organisations.form-consortium', bureau, form(lead, [township, clinic]))
  const own = await consortiumOf(house.database, clinic as OrgId, '2024-02-01' as Day)
  assert.deepEqual([own?.id, own?.role, own?.tightness], [consortium, 'member', 'tight'])
  assert.equal(await consortiumOf(house.database, clinic as OrgId, '2024-01-31' as Day), null)
  assert.deepEqual(await supervisorsOf(house.database, clinic as OrgId), [township, lead])
  assert.deepEqual(await supervisorsOf(house.database, lead as OrgId), [])

  const second = await house.ask('organisations.form-consortium', bureau, form(tcm, [township], '第二医共体'))
  assert.deepEqual(codes(second), ['organisations.tight-elsewhere'])
  const partner = { ...form(tcm, [], '第二医共体'), members: [{ institution: township, role: 'partner', tightness: 'loose' }] }
  await house.done('organisations.form-consortium', bureau, partner)

  await house.done('organisations.assign-grid', manager(lead), { consortium, villages: [VILLAGE, OTHER_VILLAGE] })
  const grid = await house.done('organisations.grid', bureau, { village: VILLAGE })
  assert.deepEqual([grid.consortium.id, grid.clinic.id, grid.townshipUnit.id, grid.lead.id], [consortium, clinic, township, lead])
  assert.equal(await clinicOfVillage(house.database, OTHER_VILLAGE), null)
  assert.deepEqual(codes(await house.ask('organisations.assign-grid', manager(tcm), { consortium, villages: [VILLAGE] })), [
    'platform.not-found',
  ])

  const person = { name: { zh: '演示医生' }, role: 'physician', specialty: '0304', synthetic: true }
  const nowhere = { person: { ...person, specialty: '4397' }, employer: lead, workplace: township, from: '2024-06-01' }
  assert.deepEqual(codes(await house.ask('organisations.place-staff', manager(lead), nowhere)), [
    'organisations.specialty-unknown',
  ])
  const placed = await house.done('organisations.place-staff', manager(lead), {
    person,
    employer: lead,
    workplace: township,
    from: '2024-06-01',
  })
  assert.deepEqual(
    codes(
      await house.ask('organisations.place-staff', manager(lead), {
        staff: placed.staff,
        employer: lead,
        workplace: tcm,
        from: '2024-07-01',
      }),
    ),
    ['organisations.places-in-two-consortia'],
  )
  const { staff } = await house.done('organisations.staff', { ...manager(township), role: 'family-doctor' }, {})
  assert.deepEqual(
    staff.map((one: { id: string; other: { id: string } }) => [one.id, one.other.id]),
    [[placed.staff, lead]],
  )
  assert.deepEqual(
    codes(await house.ask('organisations.staff', { ...manager(tcm), role: 'family-doctor' }, { institution: township })),
    ['platform.not-found'],
  )
})

test('two managers cannot take the same hospital into two tight consortia at once', async (t) => {
  const house = await county(t)
  const { lead, township, tcm } = await institutions(house)
  const outcomes = await Promise.all(
    [form(lead, [township], '甲'), form(tcm, [township], '乙')].map((input) =>
      house.ask('organisations.form-consortium', bureau, input),
    ),
  )
  assert.deepEqual(outcomes.map((one) => one.ok).toSorted(), [false, true])
  assert.deepEqual(outcomes.flatMap(codes), ['organisations.tight-elsewhere'])
})

test('the check lists what was loaded against the rules', async (t) => {
  const house = await county(t)
  const { lead, township } = await institutions(house)
  await house.database.run(
    sql`insert into organisations.consortium values (7, 'city-group', '演示集团', null, '430399000000', ${lead}, null, '2024-01-01')`,
  )
  await house.database.run(
    sql`insert into organisations.membership values (7, ${lead}, 'lead', 'tight', '2024-01-01'), (7, ${township}, 'member', 'tight', '2024-01-01')`,
  )
  const { inOrder, findings } = await house.done('organisations.check', bureau, { division: '430300000000' })
  assert.equal(inOrder, false)
  assert.deepEqual(findings.map((one: { code: string }) => one.code).toSorted(), [
    'organisations.city-has-few-grids', 'organisations.consortium-without-grid', 'organisations.lead-level-too-low', 'organisations.members-lack-secondary',
    'organisations.village-without-grid', 'organisations.village-without-grid',
  ]) // prettier-ignore
  assert.ok(
    findings.every((one: { zh: string; en: string }) => !one.zh.includes('{') && !one.en.includes('{')),
    'every sentence is filled in',
  )
})

test('services are found by specialty and area, and closing an institution ends them', async (t) => {
  const house = await county(t)
  const { lead, clinic } = await institutions(house)
  const service = {
    institution: lead,
    specialty: '0304',
    line: 'treatment',
    tag: 'key',
    name: { zh: '心血管内科' },
    from: '2024-01-01',
  }
  await house.done('organisations.set-service', manager(lead), service)
  await house.done('organisations.set-service', manager(lead), { ...service, line: 'prevention', tag: null })
  const asked = { specialty: '0304', divisions: ['430300000000'], day: '2026-01-01' as Day }
  assert.deepEqual(
    (await placesWith(house.database, asked)).map((one) => [one.id, one.tag]),
    [[lead, 'key']],
  )
  assert.deepEqual(await placesWith(house.database, { ...asked, divisions: ['430100000000'] }), [])
  assert.deepEqual(codes(await house.ask('organisations.close-institution', bureau, { institution: lead, on: '2026-01-01' })), [
    'organisations.has-children',
  ])
  await house.done('organisations.set-service', manager(clinic), {
    ...service,
    institution: clinic,
    specialty: '0200',
    tag: null,
  })
  await house.done('organisations.close-institution', bureau, { institution: clinic, on: '2026-01-01' })
  assert.deepEqual(await placesWith(house.database, { specialty: '0200', day: '2026-01-01' as Day }), [])
  assert.equal((await placesWith(house.database, { specialty: '0200', day: '2025-12-31' as Day })).length, 1)
})

test('institutions loaded in bulk become findable by pinyin', async (t) => {
  const house = await county(t)
  const { clinic } = await institutions(house)
  await house.database.run(sql`update organisations.institution set pinyin = '', initials = ''`)
  assert.equal(await indexNames(house.database), 4)
  const { institutions: found } = await house.done('organisations.search', bureau, {
    text: 'dcwss',
    tier: 'village',
    division: '430399',
  })
  assert.deepEqual(
    found.map((one: { id: string }) => one.id),
    [clinic],
  )
})
