import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RuleConflict, RuleGap } from '../../../shapes/rulebook.ts'
import { REFERRAL_STATUSES } from './area-schema.ts'
import { exampleBook, settledBy } from './testing-book.ts'

// A stay of 10 000 yuan in scope at level 3, a deductible of 1 000 and 80 % above it; what the way to the hospital changes. Fen.
const BILL_FEN = 1_000_000
const home = [
  { kind: 'deductible', amountFen: 100_000 },
  { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] },
]
const points = (status: readonly string[], pointsBp: number, more: object = {}) => ({ kind: 'referral-points', when: { status, ...more }, pointsBp }) // prettier-ignore
const first = (status: readonly string[], rateBp: number, more: object = {}) => ({ kind: 'referral-first-pay', when: { status, ...more }, rateBp }) // prettier-ignore
const away = (status: string, region = 'out-of-province', more: object = {}) => ({ status, region, ...more })

// @source 2022、2024 年国家异地就医办法(转载)
const NATIONAL = [...home, points(['filed-referral', 'emergency'], 1_000), points(['unreferred'], 2_000)]
// @source 湖南异地就医待遇(转载)
const HUNAN = [...home, points(['filed-referral', 'emergency'], 500), points(['unreferred'], 1_000)]
// @source 溧阳市医保中心答复 2024-11-20
const LIYANG = [...home, points(['filed-referral'], 500), points(['unreferred'], 2_000)]
// @source 淮安(二手)
const HUAIAN = [...home, points(['unreferred'], 1_500, { region: 'in-town' }), points(['unreferred'], 2_000, { region: 'in-province' }), points(['unreferred'], 2_000, { region: 'out-of-province' })] // prettier-ignore
// @source 四川某市居民(二手)
const SICHUAN = [...home, points(['unreferred'], 1_000), points(['unreferred'], 0, { ageFrom: 65 }), points(['unreferred'], 0, { identity: ['pregnant'] })] // prettier-ignore
// @source 江西省本级 2025-11(二手)
const JIANGXI = [
  ...home,
  first(['filed-long-term', 'filed-referral', 'emergency', 'unreferred'], 0, { region: 'in-province' }),
  first(['filed-long-term'], 0, { region: 'out-of-province' }),
  first(['filed-referral', 'emergency'], 1_000, { region: 'out-of-province' }),
  first(['unreferred'], 2_000, { region: 'out-of-province' }),
]
// @source 山东某市(转载)
const SHANDONG = [...home, first(['filed-referral'], 1_000), first(['unreferred'], 4_000)]
// @source 大同 2024-04 医保百问:表格按情形直接写比例
const rateOf = (status: readonly string[], region: string, rateBp: number) => ({ kind: 'rate', when: { status, region }, bands: [{ overFen: 0, upToFen: null, rateBp }] }) // prettier-ignore
const DATONG = [
  ...home,
  rateOf(['filed-referral'], 'out-of-province', 7_000),
  rateOf(['emergency'], 'out-of-province', 8_000),
  rateOf(['unreferred'], 'in-province', 6_500),
  rateOf(['unreferred'], 'out-of-province', 6_000),
]

// why | book | how the person came | first share, deductible, basic fund
type Row = readonly [string, readonly object[], object, readonly [preSelfFen: number, deductibleFen: number, basicFen: number]]
const ROWS: readonly Row[] = [
  ['national: at home 80 % of the 9 000 above the deductible', NATIONAL, {}, [0, 100_000, 720_000]],
  ['national: who lives there has what home pays', NATIONAL, away('filed-long-term'), [0, 100_000, 720_000]],
  ['national: a filed referral costs 10 points', NATIONAL, away('filed-referral'), [0, 100_000, 630_000]],
  ['national: so does an emergency', NATIONAL, away('emergency'), [0, 100_000, 630_000]],
  ['national: to go without one costs 20', NATIONAL, away('unreferred', 'in-province'), [0, 100_000, 540_000]],
  ['a referral up within the consortium costs nothing', NATIONAL, { status: 'referred-up' }, [0, 100_000, 720_000]],
  ['nor one down', NATIONAL, { status: 'referred-down' }, [0, 100_000, 720_000]],
  ['nor care within the network', NATIONAL, { status: 'in-net' }, [0, 100_000, 720_000]],
  ['Hunan: filed, 5 points', HUNAN, away('filed-referral'), [0, 100_000, 675_000]],
  ['Hunan: claimed later without a filing, 10', HUNAN, away('unreferred'), [0, 100_000, 630_000]],
  ['Liyang: an emergency as at home', LIYANG, away('emergency'), [0, 100_000, 720_000]],
  ['Liyang: referred, 5 points', LIYANG, away('filed-referral'), [0, 100_000, 675_000]],
  ['Liyang: not referred, 20', LIYANG, away('unreferred'), [0, 100_000, 540_000]],
  ['Huai’an: another county of the city, 15 points', HUAIAN, away('unreferred', 'in-town'), [0, 100_000, 585_000]],
  ['Huai’an: outside the city, 20', HUAIAN, away('unreferred', 'in-province'), [0, 100_000, 540_000]],
  ['Sichuan: past the basic level, 10 points', SICHUAN, { status: 'unreferred', age: 64 }, [0, 100_000, 630_000]],
  ['Sichuan: not from 65 on', SICHUAN, { status: 'unreferred', age: 65 }, [0, 100_000, 720_000]],
  ['Sichuan: not when pregnant', SICHUAN, { status: 'unreferred', age: 30, identities: ['pregnant'] }, [0, 100_000, 720_000]],
  ['Jiangxi: 10 % first, then as at home', JIANGXI, away('filed-referral'), [100_000, 100_000, 640_000]],
  ['Jiangxi: 20 % first without a filing', JIANGXI, away('unreferred'), [200_000, 100_000, 560_000]],
  ['Jiangxi: nothing first for who lives there', JIANGXI, away('filed-long-term'), [0, 100_000, 720_000]],
  ['Jiangxi: nothing first within the province, filed or not', JIANGXI, away('unreferred', 'in-province'), [0, 100_000, 720_000]],
  ['Shandong: 10 % first when filed', SHANDONG, away('filed-referral'), [100_000, 100_000, 640_000]],
  ['Shandong: 40 % first when not', SHANDONG, away('unreferred'), [400_000, 100_000, 400_000]],
  ['Datong: referred outside the province 70 %', DATONG, away('filed-referral'), [0, 100_000, 630_000]],
  ['Datong: an emergency there 80 %', DATONG, away('emergency'), [0, 100_000, 720_000]],
  ['Datong: of one’s own accord in the province 65 %', DATONG, away('unreferred', 'in-province'), [0, 100_000, 585_000]],
  ['Datong: outside it 60 %', DATONG, away('unreferred'), [0, 100_000, 540_000]],
] // prettier-ignore

for (const [why, book, facts, expected] of ROWS)
  test(why, () => {
    const { preSelfFen, deductibleFen, basicFen } = settledBy(exampleBook(book), { lines: [{ amountFen: BILL_FEN }], ...facts })
    assert.deepEqual([preSelfFen, deductibleFen, basicFen], expected)
  })

test('a first share is of what is in scope, rounded once on the bill, and joins the first shares of its lines', () => {
  const lines = [{ amountFen: 1_005, list: 'B', selfShareBp: 1_000 }, { amountFen: 5 }, { amountFen: 1_000, list: 'C' }]
  const { preSelfFen, inScopeFen, ownPayFen } = settledBy(exampleBook(JIANGXI), { lines, ...away('filed-referral') })
  // 1 005 leaves 904 after its own 101; with 5 more 909 are in scope, a tenth of which is 90.9.
  assert.deepEqual([ownPayFen, preSelfFen, inScopeFen], [1_000, 101 + 91, 818])
})

test('points are taken off every band and leave none below nothing', () => {
  const bands = [{ overFen: 0, upToFen: 500_000, rateBp: 1_500 }, { overFen: 500_000, upToFen: null, rateBp: 9_000 }] // prettier-ignore
  const book = exampleBook([{ kind: 'deductible', amountFen: 0 }, { kind: 'rate', bands }, points(['unreferred'], 2_000)])
  const { basicFen } = settledBy(book, { lines: [{ amountFen: BILL_FEN }], ...away('unreferred') })
  assert.equal(basicFen, 350_000)
})

test('who took both ways off one bill would take twice: the two never mix', () => {
  const both = exampleBook([...NATIONAL, first(['unreferred'], 1_000)])
  assert.throws(() => settledBy(both, { lines: [{ amountFen: BILL_FEN }], ...away('unreferred') }), RuleConflict)
  assert.equal(settledBy(both, { lines: [{ amountFen: BILL_FEN }], ...away('filed-referral') }).basicFen, 630_000)
})

test('a book that says nothing of care away takes nothing off who lives there or is an emergency, and refuses the others', () => {
  for (const status of REFERRAL_STATUSES) {
    const settle = () => settledBy(exampleBook(home), { lines: [{ amountFen: BILL_FEN }], ...away(status) })
    if (status === 'unreferred' || status === 'filed-referral') assert.throws(settle, RuleGap)
    else assert.equal(settle().basicFen, 720_000)
  }
})
