import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { SHIPPED_RULEBOOK } from '../../../platform/rulebook.ts'
import { areaFile, type AreaBook } from '../rules/area-schema.ts'
import { areaClaim, settleClaim } from '../rules/settle-claim.ts'

type Claim = Readonly<Record<string, unknown>>
type Expected = Readonly<Record<string, number>>

const bookOf = (area: string): AreaBook =>
  areaFile.parse(parse(readFileSync(join(SHIPPED_RULEBOOK, 'areas', `${area}.yaml`), 'utf8')))

/** A shipped book with a rate of outpatient care that its source leaves out. */
const withRate = (area: string, rateBp: number): AreaBook => {
  const dated = { from: '2015-01-01', source: 'C', grade: 'design', basis: 'EXAMPLE', when: { care: 'outpatient' } }
  const rows = [
    { kind: 'deductible', amountFen: 0, ...dated },
    { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp }], ...dated },
  ]
  const book = bookOf(area)
  return areaFile.parse(JSON.parse(JSON.stringify({ ...book, rows: [...rows, ...book.rows] })))
}

const settled = (area: string, claim: Claim) => settleClaim(bookOf(area), areaClaim.parse({ day: '2026-01-02', ...claim }))

const bill = (amountFen: number, more: object = {}) => [{ amountFen, ...more }]

/** A shipped book with a level's deductible and rate of stays, which its sources leave out: to see what a referral row takes off. */
const withStays = (area: string, level: string, rateBp: number): AreaBook => {
  const book = bookOf(area)
  const dated = { from: '2015-01-01', source: 'C', grade: 'design', basis: 'EXAMPLE' }
  const rows = [
    { kind: 'deductible', when: { level: [level] }, amountFen: 0, ...dated },
    { kind: 'rate', when: { level: [level] }, bands: [{ overFen: 0, upToFen: null, rateBp }], ...dated },
  ]
  return areaFile.parse(JSON.parse(JSON.stringify({ ...book, rows: [...rows, ...book.rows] })))
}

// What the sources say of these areas, one row a sentence. Amounts in fen.
const SENTENCES: readonly (readonly [says: string, area: string, claim: Claim, expected: Expected])[] = [
  ['Nanchang: from 70 on the fourth stay has no deductible', 'nanchang/residents', { level: 'level2', age: 70, stay: 4, lines: bill(100_000) }, { deductibleFen: 0, basicFen: 80_000 }],
  ['the third still has', 'nanchang/residents', { level: 'level2', age: 70, stay: 3, lines: bill(100_000) }, { deductibleFen: 40_000, basicFen: 48_000 }],
  ['and so has the fourth at 69', 'nanchang/residents', { level: 'level2', age: 69, stay: 4, lines: bill(100_000) }, { deductibleFen: 40_000 }],
  ['a child of six is exempt too', 'nanchang/residents', { level: 'level2', age: 6, stay: 4, lines: bill(100_000) }, { deductibleFen: 0 }],
  ['a child of seven is not', 'nanchang/residents', { level: 'level2', age: 7, stay: 4, lines: bill(100_000) }, { deductibleFen: 40_000 }],
  ['Jiangxi: childbirth has no deductible and 100 % up to level 2', 'nanchang/residents', { level: 'level2', diseases: ['childbirth'], lines: bill(400_000) }, { deductibleFen: 0, basicFen: 400_000 }],
  ['and 90 % at level 3', 'nanchang/workers', { level: 'level3', diseases: ['childbirth'], lines: bill(600_000) }, { deductibleFen: 0, basicFen: 540_000 }],
  ['before 2024 it had a deductible', 'nanchang/residents', { day: '2023-12-31', level: 'level3', diseases: ['childbirth'], lines: bill(600_000) }, { deductibleFen: 60_000, basicFen: 324_000 }],
  ['Nanchang: mental illness has no deductible', 'nanchang/workers', { level: 'level3', diseases: ['mental-illness'], lines: bill(100_000) }, { deductibleFen: 0, basicFen: 85_000 }],
  ['chemotherapy has one a year', 'nanchang/workers', { level: 'level3', diseases: ['cancer-chemotherapy'], stay: 1, lines: bill(100_000) }, { deductibleFen: 80_000 }],
  ['and none for the second stay', 'nanchang/workers', { level: 'level3', diseases: ['cancer-chemotherapy'], stay: 2, lines: bill(100_000) }, { deductibleFen: 0 }],
  ['Nanchang residents: outpatient care at the basic level 60 %, no deductible', 'nanchang/residents', { care: 'outpatient', level: 'primary', lines: bill(10_000) }, { basicFen: 6_000 }],
  ['65 % when signed with a family doctor', 'nanchang/residents', { care: 'outpatient', level: 'primary', identities: ['signed'], lines: bill(10_000) }, { basicFen: 6_500 }],
  ['Jiangxi: of a general consultation of 10 yuan the fund pays 8', 'nanchang/residents', { care: 'outpatient', level: 'primary', lines: bill(1_000, { service: 'consultation', count: 1 }) }, { basicFen: 800, personalFen: 200 }],
  ['of one in a village of 6 yuan it pays 5', 'nanchang/residents', { care: 'outpatient', level: 'primary', lines: bill(600, { service: 'village-consultation', count: 1 }) }, { basicFen: 500, personalFen: 100 }],
  ['what is charged above the price the place bears', 'nanchang/residents', { care: 'outpatient', level: 'primary', lines: bill(1_500, { service: 'consultation', count: 1 }) }, { basicFen: 800, personalFen: 200, hospitalFen: 500 }],
  ['Fujian: 7.5 of 9 yuan', 'sanming/residents', { care: 'outpatient', level: 'primary', lines: bill(900, { service: 'consultation', count: 1 }) }, { basicFen: 750, personalFen: 150 }],
  ['Shandong: the person bears at most 2 of 10 yuan', 'shandong-city/residents', { care: 'outpatient', level: 'primary', lines: bill(1_000, { service: 'consultation', count: 1 }) }, { personalFen: 200 }],
  ['Nanchang: both diseases without a deductible', 'nanchang/residents', { care: 'two-diseases', level: 'level2', lines: bill(20_000, { category: 'hypertension' }) }, { basicFen: 10_000 }],
  ['Changsha residents: no deductible at the basic level', 'changsha/residents', { care: 'outpatient', level: 'primary', lines: bill(10_000) }, { basicFen: 7_000 }],
  ['Jiangxi: nothing is taken off within the province', 'nanchang/workers', { level: 'level3', status: 'unreferred', region: 'in-province', lines: bill(180_000) }, { preSelfFen: 0, basicFen: 85_000 }],
  ['10 % first in an emergency outside it', 'nanchang/residents', { level: 'level3', status: 'emergency', region: 'out-of-province', lines: bill(1_000_000) }, { preSelfFen: 100_000, basicFen: 504_000 }],
  ['20 % first without a filing', 'nanchang/residents', { level: 'level3', status: 'unreferred', region: 'out-of-province', lines: bill(1_000_000) }, { preSelfFen: 200_000, basicFen: 444_000 }],
  ['Shanxi: the first 60 yuan of the year, then 60 % of drugs of class A', 'datong/residents', { care: 'two-diseases', level: 'primary', lines: bill(12_384, { category: 'list-a' }) }, { deductibleFen: 6_000, basicFen: 3_830 }],
  ['and 50 % of class B, up to 260 yuan for hypertension', 'datong/residents', { care: 'two-diseases', level: 'primary', diseases: ['hypertension'], lines: bill(100_000, { category: 'list-b' }) }, { basicFen: 26_000 }],
  ['Dalian: 30 yuan first in a quarter, then 50 %', 'dalian/residents', { care: 'outpatient', level: 'primary', person: 'adult', lines: bill(10_000) }, { deductibleFen: 3_000, basicFen: 3_500 }],
  ['what the quarter has seen counts', 'dalian/residents', { care: 'outpatient', level: 'primary', person: 'adult', before: { quarterInScopeFen: 2_000 }, lines: bill(10_000) }, { deductibleFen: 1_000, basicFen: 4_500 }],
  ['50 yuan in a quarter for an adult', 'dalian/residents', { care: 'outpatient', level: 'primary', person: 'adult', lines: bill(30_000) }, { basicFen: 5_000 }],
  ['100 yuan for a student', 'dalian/residents', { care: 'outpatient', level: 'primary', person: 'student', lines: bill(30_000) }, { basicFen: 10_000 }],
  ['Jiangsu: drugs paid on their own have no deductible; workers 70 %', 'jiangsu/workers', { care: 'single-drug', level: 'level3', lines: bill(100_000) }, { deductibleFen: 0, basicFen: 70_000 }],
  ['residents 60 %', 'jiangsu/residents', { care: 'single-drug', level: 'level3', lines: bill(100_000) }, { deductibleFen: 0, basicFen: 60_000 }],
  ['Anyang: within a month what the limit has left counts', 'anyang/residents', { day: '2022-04-20', care: 'chronic', level: 'level3', diseases: ['epilepsy'], before: { inScopeFen: 20_000, monthInScopeFen: 20_000, careFundFen: 14_000, careFundMonthFen: 14_000 }, lines: bill(50_000) }, { basicFen: 7_000 }],
  ['Anyang: a retired employee has 80 %', 'anyang/workers', { care: 'chronic', level: 'level3', person: 'retired', diseases: ['epilepsy'], lines: bill(50_000) }, { basicFen: 24_000 }],
  ['Xi’an: the second stay at level 3 has 550 yuan first; bands run from the first yuan', 'xian/workers', { level: 'level3', person: 'working', stay: 2, lines: bill(2_000_000) }, { deductibleFen: 55_000, basicFen: 1_741_600 }],
  ['Xi’an: none from the fourth on', 'xian/workers', { level: 'level1', person: 'retired', stay: 5, lines: bill(100_000) }, { deductibleFen: 0, basicFen: 95_000 }],
  ['Bayannur: outside the province a filed referral has 80 % above 1 200', 'bayannur/workers', { level: 'level3', status: 'filed-referral', region: 'out-of-province', lines: bill(1_120_000) }, { deductibleFen: 120_000, basicFen: 800_000 }],
  ['without it 70 %', 'bayannur/workers', { level: 'level3', status: 'unreferred', region: 'out-of-province', lines: bill(1_120_000) }, { basicFen: 700_000 }],
  ['a second stay has half the deductible', 'bayannur/workers', { level: 'level3', status: 'emergency', region: 'out-of-province', stay: 2, lines: bill(1_060_000) }, { deductibleFen: 60_000, basicFen: 800_000 }],
  ['Nanchang: the cap of serious illness, insured for 4 years', 'nanchang/residents', { level: 'level3', yearsInsured: 4, before: { layers: { 'serious-illness': { baseFen: 90_000_000, paidFen: 29_900_000 } } }, lines: bill(2_000_000) }, { fundFen: 1_264_000 }],
  ['Nanchang: 3 000 more in the fifth year', 'nanchang/residents', { level: 'level3', yearsInsured: 5, before: { layers: { 'serious-illness': { baseFen: 90_000_000, paidFen: 29_900_000 } } }, lines: bill(2_000_000) }, { fundFen: 1_564_000 }],
  ['Dazhou: outpatient care 60 % up to 400 yuan a year', 'dazhou/residents', { care: 'outpatient', level: 'primary', before: { careFundFen: 39_000 }, lines: bill(10_000) }, { basicFen: 1_000 }],
  ['Nantong: a birth below its limit is paid whole', 'nantong/residents', { level: 'level2', diseases: ['vaginal-delivery'], lines: bill(150_000) }, { basicFen: 150_000, personalFen: 0 }],
] // prettier-ignore

for (const [says, area, claim, expected] of SENTENCES)
  test(`${says} (${area})`, () => {
    const found = settled(area, claim) as unknown as Record<string, number>
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, found[name]])), expected)
  })

// area, referral status, age, identities | what of 80 % is left, in basis points, or what is paid first of 10 000 yuan
const OFF: readonly (readonly [says: string, area: string, day: string, facts: Claim, rateBp: number, preSelfFen: number])[] = [
  ['national guidance: an emergency costs 10 points', 'national-guide/residents', '2026-01-02', { status: 'emergency' }, 7_000, 0],
  ['so does a filed referral', 'national-guide/workers', '2026-01-02', { status: 'filed-referral' }, 7_000, 0],
  ['to go without one costs 20', 'national-guide/residents', '2026-01-02', { status: 'unreferred' }, 6_000, 0],
  ['to live there costs nothing', 'national-guide/residents', '2026-01-02', { status: 'filed-long-term' }, 8_000, 0],
  ['Sichuan: past the basic level 10 points', 'sichuan-city/residents', '2026-01-02', { status: 'unreferred', age: 40 }, 7_000, 0],
  ['not at 65', 'sichuan-city/residents', '2026-01-02', { status: 'unreferred', age: 65 }, 8_000, 0],
  ['at 64', 'sichuan-city/residents', '2026-01-02', { status: 'unreferred', age: 64 }, 7_000, 0],
  ['not at 6', 'sichuan-city/residents', '2026-01-02', { status: 'unreferred', age: 6 }, 8_000, 0],
  ['not when severely disabled', 'sichuan-city/residents', '2026-01-02', { status: 'unreferred', age: 40, identities: ['severe-disability'] }, 8_000, 0],
  ['nor when that and old', 'sichuan-city/residents', '2026-01-02', { status: 'unreferred', age: 80, identities: ['severe-disability'] }, 8_000, 0],
  ['Yueyang before 2022: 15 points', 'yueyang/residents', '2021-12-31', { status: 'unreferred' }, 6_500, 0],
  ['Shandong: 10 % first when filed', 'shandong-city/residents', '2026-01-02', { status: 'filed-referral' }, 8_000, 100_000],
  ['40 % first when not', 'shandong-city/residents', '2026-01-02', { status: 'unreferred' }, 8_000, 400_000],
] // prettier-ignore

for (const [says, area, day, facts, rateBp, preSelfFen] of OFF)
  test(`${says} (${area})`, () => {
    const claim = areaClaim.parse({ day, level: 'level3', lines: bill(1_000_000), ...facts })
    const found = settleClaim(withStays(area, 'level3', 8_000), claim)
    assert.equal(found.preSelfFen, preSelfFen)
    assert.equal(found.basicFen, ((1_000_000 - preSelfFen) * rateBp) / 10_000)
  })

// What the person pays first of 10 000 yuan at level 3, by a book whose rates its source leaves out.
const ownDeductible = (area: string, claim: Claim): number => {
  const book = withStays(area, 'level3', 8_000)
  return settleClaim({ ...book, rows: book.rows.slice(1) }, areaClaim.parse({ day: '2026-01-02', level: 'level3', lines: bill(1_000_000), ...claim })).deductibleFen // prettier-ignore
}
const from = (level: string, deductibleFen: number) => ({ stays: [{ level, deductibleFen }] })
const FIRST: readonly (readonly [says: string, claim: Claim, deductibleFen: number])[] = [
  ['the first stay', {}, 80_000],
  ['the third 100 less each time', { stay: 3 }, 60_000],
  ['never below 160', { stay: 12 }, 16_000],
  ['at 89', { age: 89 }, 80_000],
  ['none from 90 on', { age: 90 }, 0],
  ['none with a mental illness', { diseases: ['mental-illness'] }, 0],
  ['nor at 90 with one', { age: 90, diseases: ['mental-illness'] }, 0],
  ['chemotherapy pays it once', { diseases: ['cancer-chemotherapy'] }, 80_000],
  ['and no more in the year', { diseases: ['cancer-chemotherapy'], stay: 2, deductiblePaidFen: 80_000 }, 0],
  ['a transfer upwards pays the difference', { episode: { move: 'up', ...from('level2', 40_000) } }, 40_000],
  ['one to a like hospital nothing', { episode: { move: 'lateral', ...from('level3', 80_000) } }, 0],
  ['nor one downwards', { episode: { move: 'down', ...from('level3', 80_000) } }, 0],
]
for (const [says, claim, fen] of FIRST)
  test(`${says} (exempt-city)`, () => assert.equal(ownDeductible('exempt-city/workers', claim), fen))

test('Xiaoshan: further stays top up to the highest level, at most 1 500 yuan in a year (xiaoshan)', () => {
  const book = bookOf('xiaoshan/residents')
  const dated = { from: '2015-01-01', source: 'C', grade: 'design', basis: 'EXAMPLE', when: { level: ['level3'] } }
  const rows = [
    { kind: 'deductible', mode: 'top-up-year', amountFen: 180_000, ...dated },
    { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }], ...dated },
  ]
  const whole = areaFile.parse(JSON.parse(JSON.stringify({ ...book, rows: [...rows, ...book.rows] })))
  const of = (deductiblePaidFen: number) => settleClaim(whole, areaClaim.parse({ day: '2026-01-02', level: 'level3', deductiblePaidFen, lines: bill(1_000_000) })).deductibleFen // prettier-ignore
  assert.deepEqual([0, 80_000, 149_999, 150_000].map(of), [150_000, 70_000, 1, 0])
})

// Dazhou: five points more for five years insured without a break, ten at most.
const YEARS: readonly (readonly [level: string, facts: Claim, rateBp: number])[] = [
  ['level3', {}, 6_000],
  ['level3', { identities: ['insured-five-years'] }, 6_500],
  ['level3', { identities: ['insured-ten-years'] }, 7_000],
  ['level2', { identities: ['insured-ten-years'] }, 8_000],
  ['level1', { identities: ['insured-ten-years'] }, 9_000],
  ['level3', { yearsInsured: 4 }, 6_000],
  ['level3', { yearsInsured: 5 }, 6_500],
  ['level3', { yearsInsured: 9 }, 6_500],
  ['level3', { yearsInsured: 10 }, 7_000],
  ['level2', { yearsInsured: 5 }, 7_500],
  ['level2', { yearsInsured: 12 }, 8_000],
  ['level1', { yearsInsured: 5 }, 8_500],
  ['level1', { yearsInsured: 30 }, 9_000],
]
for (const [level, facts, rateBp] of YEARS)
  test(`Dazhou pays ${rateBp} basis points at ${level} to ${JSON.stringify(facts)} (dazhou)`, () => {
    const book = withStays('dazhou/residents', level, 1)
    const whole = { ...book, rows: book.rows.filter((_row, at) => at !== 1) }
    assert.equal(
      settleClaim(whole, areaClaim.parse({ day: '2026-01-02', level, ...facts, lines: bill(1_000_000) })).basicFen,
      rateBp * 100,
    )
  })

test('Anhui: outside the province the deductible is 20 % of the bill, from 2 000 to 10 000 yuan (anhui-city)', () => {
  const book = withStays('anhui-city/residents', 'level3', 7_000)
  const of = (amountFen: number) => settleClaim({ ...book, rows: book.rows.slice(1) }, areaClaim.parse({ day: '2026-01-02', level: 'level3', status: 'unreferred', region: 'out-of-province', lines: bill(amountFen) })) // prettier-ignore
  assert.deepEqual(
    [500_000, 3_000_000, 9_000_000].map((fen) => of(fen).deductibleFen),
    [200_000, 600_000, 1_000_000],
  )
  assert.equal(of(3_000_000).basicFen, 1_200_000)
})

test('within three days of a transfer for the same disease one deductible of the highest level is paid (three-days-city)', () => {
  const episode = { move: 'up', slip: true, sameDisease: true, gapDays: 3, stays: [{ level: 'level1', deductibleFen: 50_000 }] }
  const book = withStays('three-days-city/workers', 'level3', 8_000)
  const after = (more: object) => settleClaim({ ...book, rows: book.rows.slice(1) }, areaClaim.parse({ day: '2026-01-02', level: 'level3', stay: 2, episode: { ...episode, ...more }, lines: bill(1_000_000) })).deductibleFen // prettier-ignore
  assert.equal(after({}), 20_000)
  assert.equal(after({ gapDays: 4 }), 60_000)
  assert.equal(after({ sameDisease: false }), 60_000)
})

// insured | charged, paid by the fund in the year | what the fund pays of 100 %
const VISITS = [
  ['workers', 20_000, 0, 14_000],
  ['workers', 13_999, 0, 13_999],
  ['workers', 20_000, 90_000, 10_000],
  ['residents', 20_000, 0, 7_000],
  ['residents', 20_000, 80_000, 0],
] as const
for (const [insured, amountFen, careFundFen, paid] of VISITS)
  test(`Huizhou: of ${amountFen} fen ${paid} are paid at one visit of ${insured} when the year has seen ${careFundFen}`, () => {
    const claim = areaClaim.parse({ day: '2026-01-02', care: 'outpatient', level: 'level1', before: { careFundFen }, lines: bill(amountFen) }) // prettier-ignore
    assert.equal(settleClaim(withRate(`huizhou/${insured}`, 10_000), claim).basicFen, paid)
  })
