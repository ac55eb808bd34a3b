import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areaClaim } from './area-claim.ts'
import { addedBy, mirrorOf, refundsOf, seenBefore, settleAgain, settleYear, voidBill, type YearBill } from './settle-year.ts'
import { exampleBook } from './testing-book.ts'

// A deductible of 300 yuan once a year, 80 % above it, serious illness 60 % above 1000 yuan of the year; the poor have no deductible.
const BOOK = exampleBook([
  { kind: 'deductible', mode: 'per-year', amountFen: 30_000 },
  { kind: 'deductible', when: { identity: ['destitute'] }, mode: 'per-year', amountFen: 0 },
  { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] },
  { kind: 'fund-cap', amountFen: 1_000_000 },
  { kind: 'layer', layer: 'serious-illness', deductibleFen: 100_000, bands: [{ overFen: 0, upToFen: null, rateBp: 6_000 }] },
])
const bill = (id: string, day: string, amountFen: number, more: object = {}): YearBill => ({
  id,
  hospital: 'one',
  claim: areaClaim.parse({ day, level: 'level3', lines: [{ amountFen }], ...more }),
})
const YEAR = [bill('1', '2024-01-10', 20_000), bill('2', '2024-04-10', 500_000), bill('3', '2024-05-10', 500_000)]
const year = settleYear(BOOK, YEAR)

test('bills of a year go on where the ones before them ended', () => {
  // 1: all of it deductible; 2: 100 left, 4900 at 80 %; 3: 5000 at 80 %. Left in scope of the year: 200, 1280, 2280.
  assert.deepEqual(
    year.map(({ settled }) => [settled.deductibleFen, settled.basicFen, settled.layers[0]?.amountFen]),
    [[20_000, 0, 0], [10_000, 392_000, 16_800], [0, 400_000, 60_000]], // prettier-ignore
  )
})

test('the next year begins anew; the month and the quarter are those of the day', () => {
  const seen = (day: string) => seenBefore(year, bill('x', day, 1))
  assert.deepEqual(seen('2025-01-01').before.inScopeFen, 0)
  assert.equal(seen('2025-01-01').fundPaidFen, 0)
  const { inScopeFen, quarterInScopeFen, monthInScopeFen, careFundMonthFen } = seen('2024-05-31').before
  assert.deepEqual([inScopeFen, quarterInScopeFen, monthInScopeFen, careFundMonthFen], [1_020_000, 1_000_000, 500_000, 400_000])
  assert.equal(seen('2024-07-01').before.quarterInScopeFen, 0)
})

test('the latest bill is voided freely; an earlier one is refused, or those after it are reckoned again', () => {
  assert.deepEqual(voidBill(BOOK, year, '3', 'block').adjustments, [])
  assert.throws(() => voidBill(BOOK, year, '2', 'block'), { code: 'settlement.later-bills' })
  assert.throws(() => voidBill(BOOK, year, 'none', 'recalc'), { code: 'settlement.no-such-bill' })
  const { adjustments, year: kept } = voidBill(BOOK, year, '2', 'recalc')
  // Without 2 the third pays the 100 of the deductible that 2 paid: 4900 × 80 %, and the layer 60 % of 1280 − 1000.
  assert.deepEqual(adjustments.map(({ of, fundFen, personalFen }) => [of, fundFen, personalFen]), [['3', 392_000 + 16_800 - 460_000, 460_000 - 392_000 - 16_800]]) // prettier-ignore
  assert.deepEqual(kept.map((one) => one.settled), settleYear(BOOK, [YEAR[0], YEAR[2]].filter((one) => one !== undefined)).map((one) => one.settled)) // prettier-ignore
})

test('a bill of an earlier year is voided freely when this year alone goes on', () => {
  const both = settleYear(BOOK, [bill('a', '2023-12-31', 500_000), bill('b', '2024-01-01', 500_000)])
  assert.deepEqual(voidBill(BOOK, both, 'a', 'block').adjustments, [])
})

test('an identity granted later: settled again by the law of its day, the old one mirrored, the later bills adjusted', () => {
  const [first] = YEAR
  assert.ok(first)
  const again = settleAgain(BOOK, year, { ...first, claim: { ...first.claim, identities: ['destitute'] } })
  assert.equal(again.mirror.of, '1')
  assert.deepEqual(again.adjustments.map(({ of, fundFen }) => [of, fundFen]), [['1', 16_000], ['2', -9_600]]) // prettier-ignore
})

test('the mirror is what the bill added, negated; with it the cumulators stand as before', () => {
  for (const one of year) {
    const { added } = mirrorOf(one)
    const plain = addedBy(one)
    for (const name of ['deductibleFen', 'inScopeFen', 'fundFen'] as const) assert.equal(added[name] + plain[name], 0)
    assert.equal((added.layers['serious-illness']?.paidFen ?? 0) + (plain.layers['serious-illness']?.paidFen ?? 0), 0)
    assert.equal(
      refundsOf(one.settled).reduce((sum, { amountFen }) => sum + amountFen, 0),
      one.settled.totalFen,
    )
  }
})

test('refunds: cash, relatives last to first, the own account, the funds, each what it paid', () => {
  const [one] = settleYear(BOOK, [
    bill('1', '2024-01-10', 100_000, { accountFen: 5_000, relatives: [{ owner: 'spouse', balanceFen: 6_000 }, { owner: 'child', balanceFen: 7_000 }] }), // prettier-ignore
  ])
  assert.ok(one)
  assert.deepEqual(
    refundsOf(one.settled).map(({ to, amountFen }) => [to, amountFen]),
    [['cash', 26_000], ['relative child', 7_000], ['relative spouse', 6_000], ['account', 5_000], ['basic', 56_000]], // prettier-ignore
  )
})
