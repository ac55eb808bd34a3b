import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CONDITIONS, capability } from './conditions.ts'
import { makeInstitutions } from './institutions.ts'
import { makeServices } from './services.ts'
import { SPECIALTIES } from './specialties.ts'
import { SERVICE_LINES, type InstitutionSeed } from './types.ts'

const institutions = makeInstitutions('test')
const first = (tier: InstitutionSeed['tier'], ws218: string): InstitutionSeed => {
  const found = institutions.find((one) => one.tier === tier && one.ws218 === ws218)
  assert.ok(found, `${tier} ${ws218}`)
  return found
}
const condition = (key: string) => {
  const found = CONDITIONS.find((one) => one.key === key)
  assert.ok(found, key)
  return found
}

test('诊疗科目: every code has four digits, is there once, and a second level stands under its first', () => {
  const codes = new Set(SPECIALTIES.map(({ code }) => code))
  assert.equal(codes.size, SPECIALTIES.length)
  assert.equal(SPECIALTIES.filter(({ code }) => code.endsWith('00')).length, 34)
  for (const { code, zh, en } of SPECIALTIES) {
    assert.ok(/^\d{4}$/.test(code) && zh.length > 0 && en.length > 0 && !en.includes('*'), code)
    assert.ok(codes.has(`${code.slice(0, 2)}00`), code)
  }
  assert.equal(SPECIALTIES.find(({ code }) => code === '0304')?.grade, 'seen')
})

test('each institution offers something, each specialty of the table, no line of one twice', () => {
  const codes = new Set(SPECIALTIES.map(({ code }) => code))
  for (const institution of institutions) {
    const services = makeServices(institution)
    assert.ok(services.length > 0, institution.zh)
    assert.equal(new Set(services.map(({ specialty, line }) => specialty + line)).size, services.length, institution.zh)
    assert.ok(services.every(({ specialty, line, zh, en }) => codes.has(specialty) && SERVICE_LINES.includes(line) && zh && en))
  }
})

test('services are drawn from the institution alone: the same again, whatever else is made', () => {
  const county = first('county', 'A100')
  assert.deepEqual(makeServices(county), makeServices({ ...county, zh: 'x', population: 1 }))
})

test('every one of the seven lines is offered in a county consortium, and a county hospital has 重点, 优势 and 特色', () => {
  const county = institutions.filter((one) => one.county === '430321000000')
  const lines = new Set(county.flatMap(makeServices).map(({ line }) => line))
  assert.deepEqual([...lines].sort(), [...SERVICE_LINES].sort())
  const tags = makeServices(first('county', 'A100')).map(({ tag }) => tag)
  assert.deepEqual([...new Set(tags.filter((tag) => tag !== null))].sort(), ['advantage', 'feature', 'key'])
})

test('a regional centre has at least ten departments', () => {
  const centres = institutions.filter(({ tier }) => tier === 'regional-centre')
  for (const centre of centres) {
    const departments = new Set(
      makeServices(centre)
        .filter(({ line }) => line === 'treatment')
        .map(({ specialty }) => specialty),
    )
    assert.ok(departments.size >= 10, centre.zh)
  }
})

test('the catalogue of conditions, each keyed once, with ICD-10, a known specialty and a source', () => {
  assert.ok(CONDITIONS.length >= 400)
  assert.equal(new Set(CONDITIONS.map(({ key }) => key)).size, CONDITIONS.length)
  for (const { key, icd10, specialty, lowestTier, urgency, source } of CONDITIONS) {
    assert.ok(icd10.length > 0 && icd10.every((range) => /^[A-Z]\d\d(\.\d)?(-[A-Z]\d\d(\.\d)?)?$/.test(range)), key)
    assert.ok(
      SPECIALTIES.some(({ code }) => code === specialty),
      key,
    )
    assert.ok(['village', 'township', 'county', 'city', 'province'].includes(lowestTier), key)
    assert.ok(['routine', 'soon', 'urgent', 'emergency'].includes(urgency), key)
    assert.ok(source.length > 0, key)
  }
})

test('five levels: what each tier may treat', () => {
  const rows: [tier: InstitutionSeed['tier'], ws218: string, key: string, expected: string, why: string][] = [
    ['village', 'D600', 'hypertension', 'capable', '慢性病日常管理可不出村'],
    ['village', 'D600', 'bronchitis', 'tier-too-low', '一般常见病种 begin at the township'],
    ['township', 'C220', 'bronchitis', 'capable', '一般常见病种可不出乡'],
    ['township', 'C220', 'vaccination', 'capable', 'prevention cares too'],
    ['regional-centre', 'C210', 'pneumonia', 'tier-too-low', 'a centre is no county hospital'],
    ['county', 'A100', 'pneumonia', 'capable', '复杂常见病种可不出县'],
    ['county', 'G100', 'pneumonia', 'specialty-not-offered', 'a maternity hospital has no 呼吸内科'],
    ['county', 'A100', 'acute-myocardial-infarction', 'capable', '急诊医学科 is there'],
    ['county', 'A100', 'lung-cancer', 'tier-too-low', 'just below'],
    ['city', 'A100', 'lung-cancer', 'capable', '多数病种可不出市'],
    ['city', 'A100', 'child-leukaemia', 'tier-too-low', 'just below'],
    ['province', 'A519', 'child-leukaemia', 'capable', '所有病种可不出省'],
  ]
  for (const [tier, ws218, key, expected, why] of rows)
    assert.equal(capability(first(tier, ws218), condition(key)), expected, why)
})

test('an emergency needs 急诊医学科: the specialty alone is not enough', () => {
  const hospital = first('county', 'A100')
  const withoutEmergency = makeServices(hospital).filter(({ specialty }) => specialty !== '2000')
  assert.equal(capability(hospital, condition('stroke'), withoutEmergency), 'no-emergency-department')
  assert.equal(capability(hospital, condition('epilepsy'), withoutEmergency), 'capable')
})

test('所有病种可不出省: each condition is treated somewhere at its lowest tier', () => {
  const services = new Map(institutions.map((one) => [one.id, makeServices(one)]))
  for (const one of CONDITIONS) {
    const there = institutions.filter(({ tier }) => tier === one.lowestTier)
    assert.ok(
      there.some((place) => capability(place, one, services.get(place.id)) === 'capable'),
      one.key,
    )
  }
})
