import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSpecialties } from '../../organisations/specialties.ts'
import { coversIcd } from '../rules/conditions-like.ts'
import { treatingSpecialties } from '../rules/treating-specialties.ts'
import { commonConditions } from './common-conditions.ts'
import { ageLimits } from './condition-row.ts'
import { readCatalogue } from './read-catalogue.ts'

const { rows, ambiguous, edition, hash } = readCatalogue()
const specialties = new Set(readSpecialties().map(({ code }) => code))
const rowOf = (key: string) => {
  const found = rows.find((row) => row.key === key)
  assert.ok(found, key)
  return found
}
const twice = (words: readonly string[]): string[] => words.filter((word, at) => words.indexOf(word) !== at)

test('keys and names are unique, every row has words of laymen and a source, and the edition is pinned', () => {
  for (const field of ['key', 'zh', 'en'] as const) assert.deepEqual(twice(rows.map((row) => row[field])), [], field)
  for (const { key, zh, aliases, source } of rows) {
    assert.ok(aliases.length >= 2, `${key} has ${aliases.length} aliases`)
    assert.deepEqual(twice([zh, ...aliases]), [], key)
    assert.ok(
      aliases.every((alias) => /\p{Script=Han}|^[A-Z][A-Z0-9]{1,5}$/u.test(alias)),
      key,
    )
    assert.ok(source === 'editorial' || /\p{Script=Han}/u.test(source), key)
  }
  assert.match(edition, /^\d{4}-\d\d-\d\d$/)
  assert.match(hash, /^[0-9a-f]{64}$/)
})

test('the common conditions stand in the catalogue, each once', () => {
  const common = [...commonConditions().keys()]
  for (const key of common) rowOf(key)
  assert.ok(common.length >= 150)
  assert.equal(new Set(commonConditions().values()).size, commonConditions().size)
})

test('ICD-10: first before last, within one chapter letter or the next, and no category of another revision', () => {
  // Categories of the American clinical modification, which the Chinese and WHO editions do not have.
  const foreign = ['G89', 'I16', 'R97', 'G90.5']
  for (const { key, icd10 } of rows)
    for (const range of icd10) {
      const [first = '', last] = range.split('-')
      if (last !== undefined) {
        assert.ok(first < last, `${key} ${range}`)
        assert.ok((last.codePointAt(0) ?? 0) - (first.codePointAt(0) ?? 0) <= 1, `${key} ${range}`)
      }
      assert.ok(!foreign.some((code) => first.startsWith(code)), `${key} ${range}`)
    }
})

test('every specialty exists, the others differ from the main one', () => {
  for (const { key, specialty, also } of rows) {
    for (const code of [specialty, ...also]) assert.ok(specialties.has(code), `${key} ${code}`)
    assert.deepEqual(twice([specialty, ...also]), [], key)
  }
})

test('五级不出: what a tier may treat it also has the hands for', () => {
  const AT_VILLAGE = ['0100', '0200', '5000']
  const AT_TOWNSHIP = [...AT_VILLAGE, '0300', '0400', '0500', '0600', '0700', '0900', '1200', '2000', '2100']
  for (const row of rows) {
    const { key, lowestTier, urgency, specialty } = row
    if (urgency === 'emergency')
      assert.ok(!['village', 'township'].includes(lowestTier), `${key}: an emergency is never the village’s alone`)
    const able = lowestTier === 'village' ? AT_VILLAGE : lowestTier === 'township' ? AT_TOWNSHIP : null
    if (able)
      assert.ok(
        treatingSpecialties(row).some((code) => able.includes(code)),
        `${key} at ${lowestTier}`,
      )
    if (specialty === '1900') assert.ok(urgency !== 'emergency', key)
    if (lowestTier === 'province') assert.ok(urgency !== 'emergency', `${key}: an emergency cannot wait for the province`)
    if (lowestTier === 'village') assert.ok(urgency === 'routine' || urgency === 'soon', key)
  }
})

test('no word belongs to conditions of two specialties unless it is listed as ambiguous, and nothing is listed in vain', () => {
  const owners = new Map<string, Set<string>>()
  for (const { zh, aliases, specialty } of rows)
    for (const word of [zh, ...aliases]) owners.set(word, (owners.get(word) ?? new Set()).add(specialty))
  const shared = [...owners].filter(([, of]) => of.size > 1).map(([word]) => word)
  assert.deepEqual(
    shared.filter((word) => !ambiguous.includes(word)),
    [],
  )
  assert.deepEqual(
    ambiguous.filter((word) => !shared.includes(word)),
    [],
  )
})

test('limits of age and sex', () => {
  assert.deepEqual(ageLimits('0-28d'), { fromDays: 0, untilDays: 28 })
  assert.deepEqual(ageLimits('65-'), { fromDays: 23_741, untilDays: null })
  assert.deepEqual(ageLimits('0-3m'), { fromDays: 0, untilDays: 91 })
  assert.equal(ageLimits(undefined), null)
  for (const { key, age, sex, specialty } of rows) {
    const limits = ageLimits(age)
    if (limits?.untilDays) assert.ok(limits.untilDays > limits.fromDays, key)
    if (/^050[12]$/.test(specialty)) assert.equal(sex, 'female', key)
    if (specialty === '0701') assert.equal(age, '0-28d', key)
    if (specialty.startsWith('07') || specialty === '0900') assert.notEqual(sex, 'male', key)
  }
  assert.equal(rowOf('testicular-torsion').sex, 'male')
})

test('every specialty that sees patients has its usual conditions', () => {
  const FLOORS: Readonly<Record<string, number>> = {
    '01': 5, '02': 15, '0301': 14, '0302': 14, '0303': 18, '0304': 18, '0305': 10, '0306': 8, '0307': 12, '0308': 5, '0401': 22, '0402': 6, '0403': 18,
    '0404': 14, '0405': 5, '0406': 5, '0407': 2, '0501': 18, '0502': 14, '0505': 2, '06': 3, '0700': 22, '0701': 6, '08': 3, '09': 5, '1000': 14,
    '1100': 14, '1200': 10, '1300': 22, '1500': 12, '1600': 25, '1700': 3, '1900': 8, '2000': 18, '2100': 6, '2700': 3, '2800': 2, '5000': 10,
  } // prettier-ignore
  for (const [code, least] of Object.entries(FLOORS)) {
    const count = rows.filter(({ specialty }) => specialty.startsWith(code)).length
    assert.ok(count >= least, `${code} has ${count} of ${least}`)
  }
  assert.ok(rows.length >= 400, `${rows.length} rows`)
})

test('the diseases of the rules are there: chronic care, green channels, maternal colours, notifiable diseases', () => {
  const CODES =
    'I10 I11 I15 E11 J44 I20 I21 I25 I60 I61 I63 I69 G45 O14 O24 O72 P21 P36 F20 F25 F22 F31' +
    ' F71 G40 I26 I71 S06 T07 N18 N20 J18 J20 M51 A20 A00 U07.1 U04 B20 B15 B16 A80 J09 B05 A98.5' +
    ' A82 A83.0 A90 B04 A22 A03 A06 A15 A01 A39 A37 A36 A33 A38 A23 A54 A50 A27 B65 B50 A92.0 A93.8' +
    ' J10 B26 B06 B30.3 A30 A75 B55.0 B67 B74 B08.4 A02 A04 A08'
  const missing = CODES.split(' ').filter((code) => !rows.some(({ icd10 }) => icd10.some((range) => coversIcd(range, code))))
  assert.deepEqual(missing, [])
})
