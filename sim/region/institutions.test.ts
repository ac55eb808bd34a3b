import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { readDivisions } from './divisions.ts'
import { makeInstitutions } from './institutions.ts'
import { isInside, readOutlines } from './outlines.ts'
import { CENSUS_2020 } from './populations.ts'
import { CENTRE_POPULATION } from './regional-centres.ts'
import type { InstitutionSeed } from './types.ts'

const divisions = readDivisions()
const institutions = makeInstitutions('test')
const byId = new Map(institutions.map((institution) => [institution.id, institution]))
const hashOf = (list: unknown): string => createHash('sha256').update(JSON.stringify(list)).digest('hex')
const height = (one: InstitutionSeed): number =>
  ['village', 'township', 'regional-centre', 'county', 'city', 'province'].indexOf(one.tier)

test('Hunan has 14 prefectures, 122 counties, 2 008 townships and 29 534 villages, sorted, without a statistics zone', () => {
  const { prefectures, counties, townships, villages } = divisions
  assert.deepEqual(
    [prefectures, counties, townships, villages].map((list) => list.length),
    [14, 122, 2_008, 29_534],
  )
  const codes = new Set([...prefectures, ...counties, ...townships].map(({ code }) => code))
  for (const list of [prefectures, counties, townships, villages]) {
    assert.deepEqual(
      list.map(({ code }) => code),
      list.map(({ code }) => code).sort(),
    )
    assert.ok(list.every(({ code, zh }) => /^43\d{10}$/.test(code) && zh.length > 0))
  }
  assert.ok(counties.every(({ code, prefecture }) => !/^43..7/.test(code) && codes.has(prefecture)))
  assert.ok(townships.every(({ county }) => codes.has(county)))
  assert.ok(villages.every(({ township, county }) => codes.has(township) && codes.has(county)))
  assert.ok(
    villages.every(({ zh }) => !/委会|委员会$/.test(zh) || zh.includes('社区居委会二')),
    'places, not committees',
  )
})

test('the township of the newspaper’s village doctor is there: 永顺县高坪乡', () => {
  const township = divisions.townships.find(({ code }) => code === '433127210000')
  assert.deepEqual([township?.zh, township?.county, township?.kind], ['高坪乡', '433127000000', 'rural-township'])
})

test('a statistics zone keeps its code, and its townships belong to the real county', () => {
  const zone = divisions.townships.filter(({ code }) => /^43..7/.test(code))
  assert.equal(zone.length, 31)
  assert.equal(zone.find(({ zh }) => zh === '响水乡')?.county, '430302000000')
})

test('every village has a clinic or station, every township a unit, every county and city its hospitals', () => {
  const unitsIn = Map.groupBy(institutions, ({ division }) => division)
  for (const { code, kind } of divisions.villages)
    assert.deepEqual(
      unitsIn.get(code)?.map(({ ws218 }) => ws218),
      [kind === 'community' ? 'B200' : 'D600'],
      code,
    )
  for (const { code } of divisions.townships)
    assert.match(
      unitsIn
        .get(code)
        ?.map(({ ws218 }) => ws218)
        .join() ?? '',
      /^(B100|C210|C220)$/,
    )
  for (const { code } of divisions.counties) {
    const classes = new Set(unitsIn.get(code)?.map(({ ws218 }) => ws218))
    assert.ok(
      ['A100', 'A210', 'G100'].every((one) => classes.has(one)),
      code,
    )
  }
  for (const { code } of divisions.prefectures) {
    const tertiary = unitsIn.get(code)?.filter(({ ws218, level }) => ws218 === 'A100' && level === 3)
    assert.ok((tertiary?.length ?? 0) >= 2, `${code} can have two city groups`)
  }
  assert.equal(institutions.filter(({ tier }) => tier === 'province').length, 10)
  assert.ok(institutions.length > 32_000 && institutions.length < 34_000, String(institutions.length))
})

test('every name ends with the demo mark in both languages, and the English one is in Latin letters', () => {
  for (const { zh, en } of institutions) {
    assert.ok(zh.endsWith('(演示)') && en.endsWith(' (demo)'), zh)
    assert.match(en, /^[A-Z\d][\p{Script=Latin}\d '-]+ \(demo\)$/u, zh)
  }
})

test('ids are safe whole numbers and, like the 22-character codes of WS 218, unique', () => {
  assert.equal(byId.size, institutions.length)
  assert.ok(institutions.every(({ id }) => Number.isSafeInteger(Number(id)) && String(Number(id)) === id))
  assert.equal(new Set(institutions.map(({ code }) => code)).size, institutions.length)
  for (const { code, division, ws218 } of institutions)
    assert.equal(code.replace(/^D[\dA-Z]{8}/, '').replace(/(11|12|17)(....)[12]$/, '/$2'), `${division.slice(0, 6)}/${ws218}`)
})

test('every institution stands inside the outline of its county', () => {
  const outlines = new Map(readOutlines().counties.features.map((outline) => [outline.properties.code, outline]))
  assert.deepEqual(
    [...outlines.keys()].sort(),
    divisions.counties.map(({ code }) => code),
  )
  assert.equal(readOutlines().prefectures.features.length, 14)
  for (const { county, longitude, latitude, zh } of institutions) {
    if (county === null)
      assert.ok(
        [...outlines.values()].some((outline) => isInside(outline, longitude, latitude)),
        zh,
      )
    else assert.ok(isInside(outlines.get(county) as never, longitude, latitude), zh)
  }
})

test('a unit is managed from a higher tier; only the province has nobody above', () => {
  for (const one of institutions) {
    const parent = one.parent === null ? null : byId.get(one.parent)
    if (parent === null) assert.equal(one.tier, 'province', one.zh)
    else assert.ok(parent && height(parent) > height(one), one.zh)
  }
})

test('residents served add up to the census of each prefecture and of the province', () => {
  const sums = new Map<string, number>()
  for (const { tier, division, population } of institutions)
    if (tier === 'village') sums.set(division.slice(0, 4), (sums.get(division.slice(0, 4)) ?? 0) + population)
  for (const [prefecture, census] of Object.entries(CENSUS_2020)) assert.equal(sums.get(prefecture.slice(0, 4)), census)
  assert.equal(
    [...sums.values()].reduce((all, part) => all + part, 0),
    66_444_864,
  )
  assert.ok(institutions.every(({ population }) => population > 0))
})

test('服务人口15—20万人设置1个区域性医疗卫生中心', () => {
  const centres = institutions.filter(({ tier }) => tier === 'regional-centre')
  const { least, most } = CENTRE_POPULATION
  for (const { population, zh } of centres) assert.ok(population >= least && population <= most, `${zh} ${population}`)
  assert.ok(centres.length > 150, String(centres.length))
})

test('the same seed makes the same region, another seed another', () => {
  assert.equal(hashOf(makeInstitutions('test')), hashOf(institutions))
  assert.notEqual(hashOf(makeInstitutions('other')), hashOf(institutions))
})
