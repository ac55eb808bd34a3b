import assert from 'node:assert/strict'
import test from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Institution, MemberRole, ServiceLine } from '../organisations.ts'
import { faultsOfCity, faultsOfGrid } from './may-assign-grid.ts'
import { faultsOfClosing } from './may-close.ts'
import { faultsOfCentre, faultsOfChange, faultsOfInstitution } from './may-enter.ts'
import { faultsOfMembers } from './may-have-members.ts'
import { faultsOfJoining, type OtherMembership } from './may-join.ts'
import { faultsOfLead } from './may-lead.ts'
import { faultsOfPlacement } from './may-place.ts'

const day = (text: string): Day => text as Day
const org = (id: string): OrgId => id as OrgId
const short = (faults: readonly { code: string }[]): string[] => faults.map(({ code }) => code.replace('organisations.', ''))
const COUNTY = '430321000000'
const CITY = '430300000000'
/** A code of WS 218 by class and management class: 1 non-profit, 2 for profit. */
const codeOf = (ws218: string, management: 1 | 2 = 1): string => `D0000000143032110${ws218}${management}`

test('城市医疗集团的牵头医院是三级综合医院;县域医共体的牵头医院是二级以上非营利性综合或中医医院', () => {
  // kind, class, level, management, division, lowest level | what stands against it, and why the row is here
  const rows: [
    Parameters<typeof faultsOfLead>[1]['kind'],
    string,
    1 | 2 | 3 | 9,
    1 | 2,
    string,
    number | null,
    string[],
    string,
  ][] = [
    ['city-group', 'A100', 3, 1, CITY, 3, [], '三级综合性医院'],
    ['city-group', 'A100', 2, 1, CITY, 3, ['lead-level-too-low'], 'just below'],
    ['city-group', 'A100', 9, 1, CITY, 3, ['lead-level-too-low'], 'not graded is not above three'],
    ['city-group', 'A210', 3, 1, CITY, 3, ['lead-not-general'], 'a TCM hospital is no general hospital'],
    ['city-group', 'A210', 2, 1, CITY, 3, ['lead-level-too-low', 'lead-not-general'], 'both are said'],
    ['city-group', 'A100', 3, 2, CITY, 3, [], 'no word of profit in the city plan'],
    ['county-consortium', 'A100', 2, 1, COUNTY, 2, [], '二级以上综合医院'],
    ['county-consortium', 'A210', 2, 1, COUNTY, 2, [], '或中医医院'],
    ['county-consortium', 'A210', 3, 1, COUNTY, 2, [], '二级以上 includes three'],
    ['county-consortium', 'A100', 1, 1, COUNTY, 2, ['lead-level-too-low'], 'just below'],
    ['county-consortium', 'A100', 2, 2, COUNTY, 2, ['lead-for-profit'], '非营利性'],
    ['county-consortium', 'G100', 2, 1, COUNTY, 2, ['lead-not-general-or-tcm'], 'a maternity hospital is neither'],
    ['county-consortium', 'A100', 2, 1, '430322000000', 2, ['lead-outside'], 'the hospital of another county'],
    [
      'county-consortium',
      'G100',
      1,
      2,
      '430322000000',
      2,
      ['lead-level-too-low', 'lead-not-general-or-tcm', 'lead-for-profit', 'lead-outside'],
      'all of it is said, not the first',
    ],
  ]
  for (const [kind, ws218, level, management, division, levelMin, expected, why] of rows) {
    const lead = { code: codeOf(ws218, management), ws218, level, division, services: [] }
    const asked = { kind, division: kind === 'city-group' ? CITY : COUNTY, specialty: null, levelMin }
    assert.deepEqual(short(faultsOfLead(lead, asked)), expected, why)
  }
})

test('专科联盟由优势专科牵头', () => {
  const lead = (services: Parameters<typeof faultsOfLead>[0]['services']) => ({
    code: codeOf('A100'),
    ws218: 'A100',
    level: 3 as const,
    division: CITY,
    services,
  })
  const asked = { kind: 'specialty-alliance' as const, division: CITY, specialty: '0304', levelMin: null }
  assert.deepEqual(short(faultsOfLead(lead([{ specialty: '0304', tag: 'advantage' }]), asked)), [])
  assert.deepEqual(
    short(
      faultsOfLead(
        lead([
          { specialty: '0304', tag: null },
          { specialty: '0303', tag: 'key' },
        ]),
        asked,
      ),
    ),
    ['alliance-lead-without-strength'],
  )
})

test('城市医疗集团的成员至少包括二级综合医院或能提供接续性服务的机构', () => {
  const rows: [string, 1 | 2 | 3 | 9, MemberRole, ServiceLine[], string[], string][] = [
    ['A100', 2, 'member', [], [], '二级综合性医院'],
    ['A100', 2, 'lead', [], ['members-lack-secondary'], 'the lead itself is no member'],
    ['A100', 2, 'partner', [], ['members-lack-secondary'], 'a partner stands outside'],
    ['A100', 1, 'member', [], ['members-lack-secondary'], 'just below'],
    ['A512', 2, 'member', [], ['members-lack-secondary'], 'an eye hospital is not general'],
    ['A710', 9, 'member', [], [], '护理院'],
    ['A527', 9, 'member', [], [], '康复医院'],
    ['B100', 9, 'member', ['rehabilitation'], [], 'any unit that offers rehabilitation'],
    ['B100', 9, 'member', ['treatment', 'prevention'], ['members-lack-secondary'], 'treatment alone does not continue care'],
  ]
  for (const [ws218, level, role, lines, expected, why] of rows) {
    assert.deepEqual(short(faultsOfMembers('city-group', [{ ws218, level, role, lines }], 2)), expected, why)
  }
  assert.deepEqual(faultsOfMembers('county-consortium', [], 2), [], 'the county plan has no such rule')
})

test('一个成员同一时间只属于一个紧密型医联体;协作单位可服务多个;社会办医可以加入', () => {
  const other = (change: Partial<OtherMembership>): OtherMembership => ({
    consortium: '2', institution: org('9'), role: 'member', tightness: 'tight', from: day('2024-01-01'), until: null, kind: 'city-group', name: { zh: '甲集团' }, ...change,
  }) // prettier-ignore
  const fresh = {
    consortium: '1',
    institution: org('9'),
    role: 'member' as const,
    tightness: 'tight' as const,
    from: day('2025-01-01'),
    until: null,
  }
  const rows: [OtherMembership[], Partial<typeof fresh> & { role?: never; as?: 'partner' }, string[], string][] = [
    [[], {}, [], 'the first'],
    [[other({})], {}, ['tight-elsewhere'], 'the second'],
    [[other({ until: day('2025-01-01') })], {}, [], 'the day on which the first ends is free'],
    [[other({ until: day('2025-01-02') })], {}, ['tight-elsewhere'], 'one day of both'],
    [[other({ from: day('2026-01-01') })], {}, ['tight-elsewhere'], 'what begins later clashes too'],
    [[other({ role: 'partner' })], {}, [], 'a partner elsewhere is bound to nobody'],
    [[other({ tightness: 'semi-tight' })], {}, [], 'only tight binds'],
    [[other({ kind: 'specialty-alliance' })], {}, [], 'an alliance does not bind'],
    [[other({}), other({ consortium: '3' })], {}, ['tight-elsewhere', 'tight-elsewhere'], 'each is said'],
    [[other({})], { as: 'partner' }, [], '作为一个或多个紧密型城市医疗集团的协作单位'],
    [[other({ consortium: '1' })], {}, ['member-already'], 'twice in the same'],
    [[other({ institution: org('8') })], {}, [], 'somebody else’s membership'],
  ]
  for (const [others, { as, ...change }, expected, why] of rows) {
    assert.deepEqual(
      short(faultsOfJoining({ ...fresh, ...change, role: as ?? 'member' }, { kind: 'county-consortium' }, others)),
      expected,
      why,
    )
  }
})

test('服务人口15—20万人设置1个区域性医疗卫生中心', () => {
  const rows: ['regional-centre' | 'township', number, string[]][] = [
    ['regional-centre', 149_999, ['regional-centre-population']], ['regional-centre', 150_000, []], ['regional-centre', 200_000, []],
    ['regional-centre', 200_001, ['regional-centre-population']], ['township', 30_000, []],
  ] // prettier-ignore
  for (const [tier, population, expected] of rows)
    assert.deepEqual(
      short(faultsOfCentre({ tier, population }, { least: 150_000, most: 200_000 })),
      expected,
      `${tier} ${population}`,
    )
})

test('each village is in the grid of a consortium of its own area; a pilot city plans at least two grids', () => {
  const village = (code: string, rank: 'village' | 'township' = 'village') => ({ code, found: { rank } })
  const inCounty = { kind: 'county-consortium' as const, division: COUNTY }
  assert.deepEqual(short(faultsOfGrid(inCounty, [village('430321101201')])), [])
  assert.deepEqual(
    short(
      faultsOfGrid(inCounty, [
        village('430321101201'),
        village('430322101201'),
        village('430321101000', 'township'),
        { code: '430321999999', found: null },
      ]),
    ),
    ['village-outside', 'village-outside', 'village-outside'],
  )
  assert.deepEqual(short(faultsOfGrid({ ...inCounty, kind: 'specialty-alliance' }, [village('430321101201')])), [
    'alliance-has-no-grid',
  ])
  const cities: [number, string[]][] = [
    [0, []],
    [1, ['city-has-few-grids']],
    [2, []],
    [3, []],
  ]
  for (const [groups, expected] of cities)
    assert.deepEqual(short(faultsOfCity('湘潭市', groups, 2)), expected, `${groups} groups`)
})

test('县管乡用: employer and workplace differ only within one consortium', () => {
  const facts = { employer: org('1'), workplace: org('2'), employerConsortium: '7', workplaceConsortium: '7', begun: null }
  const rows: [Partial<Parameters<typeof faultsOfPlacement>[0]>, string[]][] = [
    [{}, []],
    [{ workplaceConsortium: '8' }, ['places-in-two-consortia']],
    [{ workplaceConsortium: null, employerConsortium: null }, ['places-in-two-consortia']],
    [{ workplace: org('1'), workplaceConsortium: null, employerConsortium: null }, []],
    [{ begun: day('2025-01-01') }, []],
    [{ begun: day('2025-01-02'), workplaceConsortium: '8' }, ['places-in-two-consortia', 'placement-before-begin']],
  ]
  for (const [change, expected] of rows)
    assert.deepEqual(short(faultsOfPlacement({ ...facts, ...change }, day('2025-01-01'))), expected, JSON.stringify(change))
})

test('an institution ends after it began, once, when it manages nobody and leads nothing', () => {
  const facts = {
    institution: { from: day('2024-01-01'), until: null },
    children: 0,
    memberships: [{ role: 'member' as const, name: { zh: '甲' } }],
  }
  assert.deepEqual(short(faultsOfClosing(facts, day('2024-01-02'))), [])
  const bad = {
    institution: { from: day('2024-01-01'), until: day('2025-01-01') },
    children: 2,
    memberships: [{ role: 'lead' as const, name: { zh: '甲' } }],
  }
  assert.deepEqual(short(faultsOfClosing(bad, day('2024-01-01'))), [
    'closed-already',
    'closes-before-begin',
    'has-children',
    'leads-consortium',
  ])
})

test('the text of an institution fits its WS 218 code and stands below what manages it', () => {
  const entry: Institution = {
    id: org('1'), code: codeOf('C220'), name: { zh: '演示镇卫生院' }, tier: 'township', ws218: 'C220', level: 9, rank: 9, ownership: 'public', division: '430321101000',
    parent: org('2'), longitude: 112, latitude: 27, beds: 1, population: 1, phone: null, from: day('2024-01-01'), until: null, synthetic: true,
  } // prettier-ignore
  const facts = { codeIsTaken: false, divisionIsKnown: true, parent: { ...entry, id: org('2'), tier: 'county' as const } }
  const centre = { least: 150_000, most: 200_000 }
  const rows: [Partial<Institution>, Partial<typeof facts> | { parent: null }, string[]][] = [
    [{}, {}, []],
    [{ parent: null }, { parent: null }, []],
    [{ ws218: 'C210' }, {}, ['code-does-not-fit']],
    [{ division: '430322101000' }, { divisionIsKnown: false }, ['code-does-not-fit', 'division-unknown']],
    [{ tier: 'county' }, {}, ['parent-not-above']],
    [{}, { parent: null }, ['institution-unknown']],
    [{}, { codeIsTaken: true }, ['code-taken']],
  ]
  for (const [change, around, expected] of rows)
    assert.deepEqual(
      short(faultsOfInstitution({ ...entry, ...change }, { ...facts, ...around }, centre)),
      expected,
      JSON.stringify(change),
    )
  const changes: [string | null, string[]][] = [
    [null, []],
    ['2025-01-01', ['change-not-begun']],
    ['2025-01-02', []],
    ['2025-06-01', []],
    ['2025-06-02', ['change-not-begun']],
  ]
  for (const [from, expected] of changes)
    assert.deepEqual(short(faultsOfChange(from as Day | null, day('2025-01-01'), day('2025-06-01'))), expected, `${from}`)
})
