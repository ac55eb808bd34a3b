import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areaClaim } from './area-claim.ts'
import { settleYear } from './settle-year.ts'
import { exampleBook, settledBy } from './testing-book.ts'

// 80 % of chronic outpatient care without a deductible; 1 000 yuan in a month of all fees, as a book says which of them come first. Fen.
const care = { care: 'chronic' }
const rules = [
  { kind: 'deductible', when: care, amountFen: 0 },
  { kind: 'rate', when: care, bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] },
]
const limit = (takes: string, more: object = {}) => ({ kind: 'care-limit', when: care, of: 'all', per: 'month', amountFen: 100_000, takes, ...more }) // prettier-ignore
const book = (takes: string, ...more: object[]) => [...rules, limit(takes), ...more]

const drugs = (amountFen: number, more: object = {}) => ({ amountFen, list: 'A', ...more })
const own = (amountFen: number) => ({ amountFen, list: 'C' })
// 600 out of scope stand before 900 in scope: together 1 500, of which 1 000 stand within the limit.
const MIXED = { lines: [own(60_000), drugs(90_000)] }

// why | rules | bill | what the fund pays, what the person
type Row = readonly [string, readonly object[], object, readonly [fundFen: number, personalFen: number]]
const ROWS: readonly Row[] = [
  ['below the limit nothing is cut', book('shared'), { lines: [own(40_000), drugs(50_000)] }, [40_000, 50_000]],
  ['at the limit neither', book('in-line-order'), { lines: [own(40_000), drugs(60_000)] }, [48_000, 52_000]],
  ['in scope first: all 900 stand within it', book('in-scope-first'), MIXED, [72_000, 78_000]],
  ['in the order of the lines: 600 of one’s own leave 400', book('in-line-order'), MIXED, [32_000, 118_000]],
  ['the drugs first: 900 of them', book('in-line-order'), { lines: MIXED.lines.toReversed() }, [72_000, 78_000]],
  ['every fen alike: two thirds of 900', book('shared'), MIXED, [48_000, 102_000]],
  ['alike, in whatever order', book('shared'), { lines: MIXED.lines.toReversed() }, [48_000, 102_000]],
  ['of a line at the limit the share of it that fits', book('in-line-order'), { lines: [drugs(200_000, { list: 'B', selfShareBp: 1_000 })] }, [72_000, 128_000]],
  ['what the month has seen of all fees counts', book('in-scope-first'), { ...MIXED, before: { monthTotalFen: 70_000 } }, [24_000, 126_000]],
  ['not what it has seen in scope', book('in-scope-first'), { ...MIXED, before: { monthInScopeFen: 70_000 } }, [72_000, 78_000]],
  ['a month that has seen more leaves nothing', book('shared'), { ...MIXED, before: { monthTotalFen: 100_001 } }, [0, 150_000]],
  ['a limit of the year beside it leaves less', book('shared', limit('shared', { per: 'year', amountFen: 200_000 })), { ...MIXED, before: { totalFen: 150_000 } }, [24_000, 126_000]],
  ['a limit of the fund beside it holds too', book('in-scope-first', { kind: 'care-limit', when: care, of: 'fund', per: 'month', amountFen: 50_000 }), MIXED, [50_000, 100_000]],
  ['and one of fees in scope', book('in-scope-first', { kind: 'care-limit', when: care, of: 'in-scope', per: 'month', amountFen: 80_000 }), MIXED, [64_000, 86_000]],
  ['a category that has none is not cut', book('shared', limit('shared', { amountFen: 500_000, when: { ...care, category: 'dialysis' } })), { lines: [...MIXED.lines, drugs(100_000, { category: 'dialysis' })] }, [128_000, 122_000]],
  ['categories under one limit share it alike', book('shared', { ...rules[1], when: { ...care, category: 'herbs' }, bands: [{ overFen: 0, upToFen: null, rateBp: 5_000 }] }), { lines: [own(60_000), drugs(30_000), drugs(60_000, { category: 'herbs' })] }, [36_000, 114_000]],
  ['a first share away from home is taken of what stands within it', book('in-line-order', { kind: 'referral-first-pay', when: { ...care, status: ['unreferred'] }, rateBp: 1_000 }), { ...MIXED, status: 'unreferred' }, [28_800, 121_200]],
  ['fees above it may join those above the cap', [...rules, limit('in-scope-first', { joinsAboveCap: true }), { kind: 'layer', layer: 'large-amount', when: care, base: 'above-cap', bands: [{ overFen: 0, upToFen: null, rateBp: 5_000 }] }], { lines: [drugs(150_000)] }, [105_000, 45_000]],
] // prettier-ignore

for (const [why, rows, claim, expected] of ROWS)
  test(why, () => {
    const { fundFen, personalFen } = settledBy(exampleBook(rows), { care: 'chronic', ...claim })
    assert.deepEqual([fundFen, personalFen], expected)
  })

test('a book says the order itself: without it a limit of all fees is no row, and no other limit has one', () => {
  const refused = (row: object, words: RegExp) => assert.throws(() => exampleBook([...rules, row]), words)
  refused({ ...limit('shared'), takes: undefined }, /says which of them it takes/)
  refused({ ...limit('shared'), of: 'fund' }, /says which of them it takes/)
})

test('the step says the limit, the fees before it and the order', () => {
  const { steps } = settledBy(exampleBook(book('shared')), { care: 'chronic', ...MIXED })
  const step = steps.find((one) => one.step === 'care-limit')
  assert.deepEqual([step?.amountFen, step?.inputs], [60_000, { inScopeFen: 90_000, limitFen: 100_000, takes: 'shared' }])
})

test('in a year every fee of the month counts, those out of scope too, and a new month begins anew', () => {
  const bill = (id: string, day: string) => ({ id, hospital: 'h', claim: areaClaim.parse({ day, level: 'level3', care: 'chronic', lines: [own(30_000), drugs(50_000)] }) }) // prettier-ignore
  const year = settleYear(exampleBook(book('in-scope-first')), [bill('1', '2024-03-01'), bill('2', '2024-03-20'), bill('3', '2024-04-01')]) // prettier-ignore
  assert.deepEqual(
    year.map(({ settled }) => settled.basicFen),
    [40_000, 16_000, 40_000],
  )
})

// 医疗救助 1 万 a year in outpatient care, 9 万 in stays and chronic care together. @source 宿迁市医疗救助 2024-05 (grade A)
const aided = (kinds: readonly string[]) =>
  kinds.flatMap((one) => [
    { kind: 'deductible', when: { care: one }, amountFen: 0 },
    { kind: 'rate', when: { care: one }, bands: [{ overFen: 0, upToFen: null, rateBp: 0 }] },
    { kind: 'layer', layer: 'medical-aid', when: { care: one }, bands: [{ overFen: 0, upToFen: null, rateBp: 10_000 }], capFen: 10_000_000 }, // prettier-ignore
  ])
const joint = (one: string) => ({ kind: 'care-limit', layer: 'medical-aid', when: { care: one }, of: 'fund', per: 'year', amountFen: 9_000_000, cares: ['inpatient', 'chronic'] }) // prettier-ignore
const suqian = [
  ...aided(['inpatient', 'chronic', 'outpatient']),
  joint('inpatient'),
  joint('chronic'),
  { kind: 'care-limit', layer: 'medical-aid', when: { care: 'outpatient' }, of: 'fund', per: 'year', amountFen: 1_000_000 },
]
const paidBefore = (layersOfCare: object) => {
  const paidFen = Object.values(layersOfCare).reduce((sum, fen) => sum + fen, 0)
  const each = Object.fromEntries(Object.entries(layersOfCare).map(([one, fen]) => [one, { 'medical-aid': fen }]))
  return { layers: { 'medical-aid': { baseFen: paidFen, paidFen } }, layersOfCare: each }
}
const AID: readonly (readonly [string, string, object, number])[] = [
  ['what aid paid in stays does not use up the limit of outpatient care', 'outpatient', { inpatient: 5_000_000 }, 1_000_000],
  ['what it paid in outpatient care does', 'outpatient', { outpatient: 700_000 }, 300_000],
  ['stays and chronic care share one limit', 'inpatient', { chronic: 4_000_000, inpatient: 3_000_000 }, 2_000_000],
  ['chronic care has what stays left of it', 'chronic', { inpatient: 8_500_000 }, 500_000],
  ['outpatient care does not use it up', 'chronic', { outpatient: 900_000 }, 2_000_000],
  ['the cap of the year holds over all', 'inpatient', { outpatient: 1_000_000, inpatient: 8_000_000 }, 1_000_000],
]
for (const [why, one, before, paid] of AID)
  test(why, () => {
    const found = settledBy(exampleBook(suqian), { care: one, before: paidBefore(before), lines: [{ amountFen: 2_000_000 }] })
    assert.equal(found.layers[0]?.amountFen, paid)
  })

test('a bill that does not say in which care a layer paid has all of it count against the limit', () => {
  const before = { layers: { 'medical-aid': { baseFen: 700_000, paidFen: 700_000 } } }
  const found = settledBy(exampleBook(suqian), { care: 'outpatient', before, lines: [{ amountFen: 2_000_000 }] })
  assert.equal(found.layers[0]?.amountFen, 300_000)
})

test('in a year what a layer paid is known by care', () => {
  const bill = (id: string, kind: string, amountFen: number) => ({ id, hospital: 'h', claim: areaClaim.parse({ day: '2024-06-01', level: 'level3', care: kind, lines: [{ amountFen }] }) }) // prettier-ignore
  const year = settleYear(exampleBook(suqian), [bill('1', 'inpatient', 5_000_000), bill('2', 'outpatient', 1_500_000), bill('3', 'chronic', 6_000_000), bill('4', 'outpatient', 100_000)]) // prettier-ignore
  assert.deepEqual(
    year.map(({ settled }) => settled.layers[0]?.amountFen),
    [5_000_000, 1_000_000, 4_000_000, 0],
  )
})

test('a limit of a layer is of what it pays, in a stay or a year', () => {
  const row = { kind: 'care-limit', layer: 'medical-aid', amountFen: 1, of: 'fund', per: 'year' }
  assert.throws(() => exampleBook([{ ...row, of: 'in-scope' }]), /of what it pays/)
  assert.throws(() => exampleBook([{ ...row, per: 'month' }]), /of what it pays/)
  assert.throws(() => exampleBook([{ ...row, layer: undefined, cares: ['chronic'] }]), /cares goes with/)
})
