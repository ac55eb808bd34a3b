import assert from 'node:assert/strict'
import { test } from 'node:test'
import { caseByMethods, GAPS, METHODS, sideBySide, type MethodTerms, type PaidCase } from './side-by-side.ts'

const terms: MethodTerms = {
  bedDays: [{ from: 1, fen: 80_000 }, { from: 8, fen: 60_000 }],
  unitFen: 480_000,
  diseasePrices: { K35: 780_000 },
  drg: { weightsE4: { GD25: 9_000 }, rateFen: 1_000_000, hospital: 10_000, lowBelow: 4_000, highAbove: 30_000 },
} // prettier-ignore
// Ten days for appendicitis: 9 000 yuan, of which the fund booked 6 000.
const stay: PaidCase = { number: '1', diagnosis: 'K35.900', costFen: 900_000, claimedFen: 600_000, days: 10, pathway: 'completed', dip: { scoreE4: 9_000_000, pointFen: 900 }, drg: 'GD25' } // prettier-ignore

// case, terms | method | fund pays, institution keeps (yuan), or the gap | why
const CASES: readonly (readonly [Partial<PaidCase>, Partial<MethodTerms>, string, readonly [number, number] | string, string])[] =
  [
    [{}, {}, 'item', [6_000, 0], 'item: as it cost'],
    [{}, {}, 'bed-day', [4_400, -1_600], 'bed day: seven days at 800, three at 600, less 3 000 of others'],
    [{}, {}, 'service-unit', [1_800, -4_200], 'service unit: a stay is one unit'],
    [{}, { unitFen: null }, 'service-unit', 'no-unit-price', 'service unit: no amount for the hospital’s level'],
    [{}, {}, 'single-disease', [4_800, -1_200], 'single disease: its price once the pathway is completed'],
    [{ pathway: 'variance' }, {}, 'single-disease', [4_800, -1_200], 'single disease: a variance keeps the price'],
    [{ pathway: 'exited' }, {}, 'single-disease', [6_000, 0], 'single disease: whoever exits is paid by item'],
    [{ pathway: 'none' }, {}, 'single-disease', 'not-on-pathway', 'single disease: nobody said that the case was on its pathway'],
    [{ diagnosis: 'Z00.000' }, {}, 'single-disease', 'no-disease-price', 'single disease: the disease has no price'],
    [{}, {}, 'head', 'nobody-known', 'head: a discharge names no person'],
    [{}, {}, 'dip', [5_100, -900], 'DIP: 900 points at 9 yuan'],
    [{ dip: null }, {}, 'dip', 'not-grouped', 'DIP: not grouped yet'],
    [{}, {}, 'drg', [6_000, 0], 'DRG: weight 0.9 at 10 000'],
    [{ drg: null }, {}, 'drg', 'no-drg-code', 'DRG: no code was entered'],
    [{ drg: 'XX19' }, {}, 'drg', 'no-drg-weight', 'DRG: the group has no weight'],
    [{}, { drg: null }, 'drg', 'no-drg-weight', 'DRG: the region has no weights'],
    [{}, {}, 'global-budget', [6_000, 0], 'global budget: charged whole'],
  ]
for (const [one, more, method, expected, why] of CASES)
  test(why, () => {
    const found = caseByMethods({ ...stay, ...one }, { ...terms, ...more }).find((each) => each.method === method)
    assert.ok(found)
    if (typeof expected === 'string') assert.deepEqual(found, { method, gap: expected })
    else {
      assert.ok('payment' in found)
      assert.deepEqual([found.payment.fundFen, found.payment.institutionFen], expected.map((yuan) => yuan * 100))
    }
  }) // prettier-ignore

test('a sum takes the cases that can be reckoned, beside their own cost, and counts the others by why', () => {
  const sums = sideBySide([stay, { ...stay, dip: null }, { ...stay, dip: null, costFen: 1_000_000 }], terms)
  const dip = sums.find(({ method }) => method === 'dip')
  assert.deepEqual([dip?.cases, dip?.costFen, dip?.fundFen, dip?.gaps], [1, 900_000, 510_000, [{ gap: 'not-grouped', cases: 2 }]])
  const item = sums.find(({ method }) => method === 'item')
  assert.deepEqual([item?.cases, item?.costFen, item?.institutionFen, item?.gaps], [3, 2_800_000, 0, []])
})
test('without a case every way sums to nothing', () =>
  assert.ok(sideBySide([], terms).every(({ cases, fundFen, gaps }) => cases === 0 && fundFen === 0 && gaps.length === 0)))

const seed = Math.trunc(Math.random() * 1e9)
test(`sums are the sums of their cases, the order of cases changes nothing, and the fund never pays below zero (seed ${seed})`, () => {
  let state = seed
  const below = (most: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % most
  }
  const cases = Array.from({ length: 300 }, (_none, at): PaidCase => {
    const costFen = below(3_000_000)
    const pathway = (['completed', 'variance', 'exited', 'none'] as const)[below(4)] ?? 'none'
    return { ...stay, number: String(at), costFen, claimedFen: below(costFen + 1), days: below(60), pathway, dip: below(3) ? stay.dip : null, drg: below(2) ? 'GD25' : null }
  })
  const sums = sideBySide(cases, terms)
  assert.deepEqual(sideBySide(cases.toReversed(), terms), sums)
  for (const [at, method] of METHODS.entries()) {
    const sum = sums[at]
    const each = cases.map((one) => caseByMethods(one, terms)[at])
    assert.equal(sum?.method, method)
    assert.equal(sum.cases + sum.gaps.reduce((all, gap) => all + gap.cases, 0), cases.length)
    assert.ok(sum.gaps.every(({ gap }) => GAPS.includes(gap)))
    assert.equal(sum.fundFen, each.reduce((all, one) => all + (one && 'payment' in one ? one.payment.fundFen : 0), 0))
    assert.ok(each.every((one) => !one || 'gap' in one || one.payment.fundFen >= 0))
  }
}) // prettier-ignore
