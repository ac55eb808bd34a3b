import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPilot, makeConsortia } from './consortia.ts'
import { readDivisions } from './divisions.ts'
import { makeInstitutions } from './institutions.ts'
import { makeServices } from './services.ts'
import type { ConsortiumSeed, InstitutionSeed } from './types.ts'

const { villages, counties } = readDivisions()
const institutions = makeInstitutions('test')
const byId = new Map(institutions.map((one) => [one.id, one]))
const consortia = makeConsortia(institutions)
const ofKind = (kind: ConsortiumSeed['kind']): ConsortiumSeed[] => consortia.filter((one) => one.kind === kind)
const get = (id: string): InstitutionSeed => {
  const found = byId.get(id)
  assert.ok(found, id)
  return found
}

test('every village and community of Hunan belongs to exactly one grid', () => {
  const gridded = consortia.flatMap((one) => one.villages)
  assert.equal(gridded.length, villages.length)
  assert.deepEqual(new Set(gridded), new Set(villages.map(({ code }) => code)))
})

test('试点: 湘潭市、张家界市、长沙市天心区和开福区; tight there, semi-tight elsewhere', () => {
  const pilots = consortia.filter((one) => one.isPilot)
  assert.deepEqual(
    pilots.map(({ zh, kind }) => `${zh} ${kind}`).sort(),
    [
      '天心城市医疗集团(演示) city-group', '岳塘城市医疗集团(演示) city-group', '开福城市医疗集团(演示) city-group',
      '慈利县紧密型医共体(演示) county-consortium', '桑植县紧密型医共体(演示) county-consortium', '武陵源城市医疗集团(演示) city-group',
      '永定城市医疗集团(演示) city-group', '湘乡市紧密型医共体(演示) county-consortium', '湘潭县紧密型医共体(演示) county-consortium',
      '雨湖城市医疗集团(演示) city-group', '韶山市紧密型医共体(演示) county-consortium',
    ].sort(),
  ) // prettier-ignore
  assert.ok(pilots.every(({ tightness }) => tightness === 'tight'))
  assert.ok(ofKind('county-consortium').every((one) => one.isPilot === (one.tightness === 'tight')))
  assert.equal(ofKind('county-consortium').length, counties.length - ofKind('city-group').length)
  assert.equal(isPilot('430102000000'), false)
})

test('每个试点城市规划网格数量原则上不少于2个: one group a grid, led by a tertiary general hospital of the city', () => {
  const groups = Map.groupBy(ofKind('city-group'), ({ division }) => division)
  assert.deepEqual(
    [...groups.values()].map((list) => list.length),
    [2, 2, 2],
  )
  for (const group of ofKind('city-group')) {
    const { level, ws218, tier } = get(group.lead)
    assert.deepEqual([level, ws218, tier], [3, 'A100', 'city'], group.zh)
    assert.ok(
      group.villages.every((village) => village.startsWith(group.division.slice(0, 4))),
      group.zh,
    )
  }
})

test('a city group has a secondary general hospital or a unit of continuing care among its members', () => {
  for (const group of ofKind('city-group')) {
    const members = group.members.map(({ institution }) => get(institution))
    const continuing = members.filter(({ ws218 }) => ws218 === 'A527')
    assert.ok(continuing.length > 0 || members.some(({ ws218, level }) => ws218 === 'A100' && level === 2), group.zh)
  }
})

test('a county consortium is led by a non-profit hospital, secondary or above, general or TCM, of the county', () => {
  for (const one of ofKind('county-consortium')) {
    const lead = get(one.lead)
    assert.ok(lead.level === 2 || lead.level === 3, one.zh)
    assert.ok(['A100', 'A210'].includes(lead.ws218) && lead.code.endsWith('1') && lead.division === one.division, one.zh)
  }
})

test('an institution is bound tightly or half tightly by one consortium at most, and is in one no more than once', () => {
  const bound = new Map<string, string>()
  for (const one of consortia) {
    const all = [one.lead, ...one.members.map(({ institution }) => institution), ...one.partners]
    assert.equal(new Set(all).size, all.length, one.zh)
    for (const id of all) get(id)
    if (one.kind === 'specialty-alliance') continue
    for (const id of [one.lead, ...one.members.map(({ institution }) => institution)]) {
      assert.equal(bound.get(id), undefined, `${id} in ${one.zh}`)
      bound.set(id, one.id)
    }
  }
  for (const { id, county } of institutions) if (county !== null) assert.ok(bound.has(id), id)
})

test('协作单位 are province hospitals; private hospitals may join, loosely', () => {
  for (const one of consortia) for (const partner of one.partners) assert.equal(get(partner).tier, 'province')
  const joined = consortia.flatMap((one) => (one.kind === 'specialty-alliance' ? [] : one.members))
  const loose = joined.filter(({ tightness }) => tightness === 'loose')
  assert.ok(loose.length > 0)
  assert.ok(loose.every(({ institution }) => get(institution).ownership === 'private'))
})

test('遴选50个左右优势专科,牵头建立专科联盟: each lead is strong in the specialty, and others join', () => {
  const alliances = ofKind('specialty-alliance')
  assert.equal(alliances.length, 50)
  for (const { lead, specialty, members, zh } of alliances) {
    assert.ok(
      makeServices(get(lead)).some((service) => service.specialty === specialty && service.tag !== null),
      zh,
    )
    assert.ok(members.length > 0, zh)
  }
  assert.equal(new Set(alliances.map(({ lead, specialty }) => `${lead} ${specialty}`)).size, 50)
})

test('ids and names are unique, names are marked, and the same region makes the same consortia', () => {
  assert.equal(new Set(consortia.map(({ id }) => id)).size, consortia.length)
  assert.equal(new Set(consortia.map(({ zh }) => zh)).size, consortia.length)
  assert.ok(consortia.every(({ zh, en }) => zh.endsWith('(演示)') && en.endsWith(' (demo)')))
  assert.deepEqual(makeConsortia(institutions), consortia)
})
