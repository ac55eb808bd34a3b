import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areaClaim } from './area-claim.ts'
import { seenBefore, settleAgain, settleNext, settleYear, voidBill, type YearBill } from './settle-year.ts'
import { exampleBook } from './testing-book.ts'

// A deductible of 300 yuan once a year, of the first fees in scope, 80 %, at most 5 000 of the fund; serious illness 60 % above 1 000.
const BOOK = exampleBook([
  ...['inpatient', 'outpatient'].flatMap((care) => [
    { kind: 'deductible', when: { care }, mode: 'per-year', amountFen: 30_000 },
    { kind: 'rate', when: { care }, bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] },
    { kind: 'fund-cap', when: { care }, amountFen: 500_000 },
  ]),
  { kind: 'layer', layer: 'serious-illness', deductibleFen: 100_000, bands: [{ overFen: 0, upToFen: null, rateBp: 6_000 }] },
])
const STAYS = exampleBook([
  { kind: 'deductible', amountFen: 40_000 },
  { kind: 'ordinal', sharesBp: [10_000, 5_000, 0], scope: 'same-level' },
  { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] },
])
const bill = (id: string, day: string, more: object = {}, hospital = 'one'): YearBill => ({
  id,
  hospital,
  claim: areaClaim.parse({ day, level: 'level3', lines: [{ amountFen: 100_000 }], ...more }),
})
const OPENING = { deductiblePaidFen: 20_000, fundPaidFen: 400_000, before: { inScopeFen: 20_000, layers: { 'serious-illness': { baseFen: 90_000, paidFen: 0 } } } } // prettier-ignore

// What a bill states beside the first one's opening, and which field it is refused for; null where it settles.
type Row = readonly [why: string, more: object, refusedFor: string | null]
// The first bill adds 10 000 of deductible, 100 000 in scope, 72 000 of the fund (80 % of 90 000) and 28 000 to the layer.
const ROWS: readonly Row[] = [
  ['nothing: worked out', {}, null],
  ['zero is nothing stated', { deductiblePaidFen: 0, fundPaidFen: 0 }, null],
  ['what the year has seen, repeated', { deductiblePaidFen: 30_000, fundPaidFen: 472_000, before: { inScopeFen: 120_000, layers: { 'serious-illness': { baseFen: 118_000, paidFen: 10_800 } } } }, null], // prettier-ignore
  ['a fen more of the deductible', { deductiblePaidFen: 30_001 }, 'deductiblePaidFen'],
  ['the opening alone, as if the first bill had not been', { deductiblePaidFen: 20_000 }, 'deductiblePaidFen'],
  ['another sum of the fund', { fundPaidFen: 1 }, 'fundPaidFen'],
  ['another sum in scope', { before: { inScopeFen: 1 } }, 'before.inScopeFen'],
  [
    'another base of a layer',
    { before: { layers: { 'serious-illness': { baseFen: 5 } } } },
    'before.layers.serious-illness.baseFen',
  ],
  ['a layer that the year has not seen', { before: { layers: { charity: { paidFen: 5 } } } }, 'before.layers.charity.paidFen'],
  ['the second stay', { stay: 2 }, null],
  ['the third stay', { stay: 3 }, 'stay'],
  ['the level of the stay before', { earlierLevels: ['level3'] }, null],
  ['another level', { earlierLevels: ['primary'] }, 'earlierLevels'],
  ['no stay before', { earlierLevels: [] }, 'earlierLevels'],
]
for (const [why, more, refusedFor] of ROWS)
  test(`a later bill of the year states ${why}`, () => {
    const bills = [bill('1', '2024-01-10', OPENING), bill('2', '2024-02-10', more)]
    if (refusedFor !== null)
      return assert.throws(() => settleYear(BOOK, bills), (error: { code: string; zh: string; en: string }) =>
        error.code === 'settlement.year-contradicted' && error.zh.includes(`${refusedFor} 是`) && error.en.includes(`${refusedFor} as`)) // prettier-ignore
    const [, second] = settleYear(BOOK, bills)
    // The deductible is paid; 28 000 are left below the cap of the fund; all of the 72 000 left stand above the layer's deductible.
    assert.deepEqual([second?.settled.deductibleFen, second?.settled.basicFen, second?.settled.layers[0]?.amountFen], [0, 28_000, 43_200]) // prettier-ignore
  })

test('the first bill of a year states what came before it: the year goes on from there', () => {
  const [first] = settleYear(BOOK, [bill('1', '2024-01-10', OPENING)])
  // 10 000 of the deductible are left, 80 % of 90 000; of 118 000 of the year 18 000 stand above 100 000.
  assert.deepEqual([first?.settled.deductibleFen, first?.settled.basicFen, first?.settled.layers[0]?.amountFen], [10_000, 72_000, 10_800]) // prettier-ignore
})

test('each kind of care has an opening of its own; the fund and the layers are the year’s', () => {
  const other = (more: object) => [bill('1', '2024-01-10', OPENING), bill('2', '2024-02-10', { care: 'outpatient', ...more })]
  assert.equal(settleYear(BOOK, other({ before: { inScopeFen: 25_000 } }))[1]?.settled.deductibleFen, 5_000)
  assert.equal(settleYear(BOOK, other({}))[1]?.settled.deductibleFen, 30_000)
  assert.throws(() => settleYear(BOOK, other({ fundPaidFen: 25_000 })), { code: 'settlement.year-contradicted' })
})

test('the next year opens anew', () => {
  const year = settleYear(BOOK, [bill('1', '2024-12-10', OPENING), bill('2', '2025-01-10', { before: { inScopeFen: 29_000 } })])
  assert.deepEqual(year.map(({ settled }) => settled.deductibleFen), [10_000, 1_000]) // prettier-ignore
})

test('which stay the first one was counts for those after it', () => {
  const year = settleYear(STAYS, [bill('1', '2024-01-10', { stay: 2 }), bill('2', '2024-02-10'), bill('3', '2024-03-10', { level: 'primary' })]) // prettier-ignore
  assert.deepEqual(year.map(({ settled }) => settled.deductibleFen), [20_000, 0, 40_000]) // prettier-ignore
})

test('stays at the hospital of the first one count there alone', () => {
  const year = settleYear(BOOK, [bill('1', '2024-01-10', { before: { staysHere: 2 } })])
  assert.deepEqual(['one', 'two'].map((hospital) => seenBefore(year, bill('x', '2024-02-01', {}, hospital)).before.staysHere), [3, 0]) // prettier-ignore
})

test('the opening outlives the bill that stated it: voided, the next one goes on from it, however often', () => {
  const year = settleYear(BOOK, [bill('1', '2024-01-10', OPENING), bill('2', '2024-02-10'), bill('3', '2024-03-10')])
  const once = voidBill(BOOK, year, '1', 'recalc').year
  assert.deepEqual(once.map(({ settled }) => settled.deductibleFen), [10_000, 0]) // prettier-ignore
  const twice = voidBill(BOOK, once, '2', 'recalc').year
  assert.deepEqual(twice.map(({ settled }) => [settled.deductibleFen, settled.basicFen]), [[10_000, 72_000]]) // prettier-ignore
  assert.throws(() => settleNext(BOOK, twice, bill('4', '2024-04-10', { deductiblePaidFen: 1 })), { code: 'settlement.year-contradicted' }) // prettier-ignore
})

test('settled again, the bill states the opening anew, and those after it follow', () => {
  const bills = [bill('1', '2024-01-10', OPENING), bill('2', '2024-02-10')]
  const again = settleAgain(
    BOOK,
    settleYear(BOOK, bills),
    bill('1', '2024-01-10', { ...OPENING, deductiblePaidFen: 0, before: {} }),
  )
  assert.deepEqual(again.year.map(({ settled }) => settled.deductibleFen), [30_000, 0]) // prettier-ignore
  const later = settleAgain(BOOK, settleYear(BOOK, bills), bill('2', '2024-02-10', { lines: [{ amountFen: 5 }] }))
  assert.deepEqual(later.year.map(({ settled }) => settled.deductibleFen), [10_000, 0]) // prettier-ignore
})
