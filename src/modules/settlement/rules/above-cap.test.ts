import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleBook, settledBy } from './testing-book.ts'

// Every row: why, the rules beside a rate of 80 % and 90 % of the fees above the cap, the claim; then the fund, the base and the amount of
// the layer above the cap, and the cash.
type Row = readonly [why: string, rows: readonly object[], claim: object, expected: readonly [number, number, number, number]]

const bands = (rateBp: number) => [{ overFen: 0, upToFen: null, rateBp }]
const rate = { kind: 'rate', bands: bands(8_000) }
const deductible = (amountFen: number) => ({ kind: 'deductible', amountFen })
const above = (layer = 'large-amount', rateBp = 9_000, more: object = {}) => ({ kind: 'layer', layer, base: 'above-cap', bands: bands(rateBp), ...more }) // prettier-ignore
const limit = (of: string, amountFen: number, joinsAboveCap?: boolean, more: object = {}) => ({ kind: 'care-limit', per: 'year', of, amountFen, ...(joinsAboveCap === undefined ? {} : { joinsAboveCap }), ...more }) // prettier-ignore
const book = (...rows: object[]): object[] => [rate, above(), ...(rows.some((one) => (one as { kind: string }).kind === 'deductible') ? [] : [deductible(0)]), ...rows] // prettier-ignore
const bill = (amountFen = 100_000, more: object = {}) => ({ lines: [{ amountFen }], ...more })

const ROWS: readonly Row[] = [
  [
    'a limit of fees that says nothing: what is above it stays with the person',
    book(limit('in-scope', 60_000)),
    bill(),
    [48_000, 0, 0, 52_000],
  ],
  ['nor does it when it says no', book(limit('in-scope', 60_000, false)), bill(), [48_000, 0, 0, 52_000]],
  [
    'a limit of fees whose excess goes on: 40 000 at 90 %',
    book(limit('in-scope', 60_000, true)),
    bill(),
    [84_000, 40_000, 36_000, 16_000],
  ],
  ['exactly at the limit nothing goes on', book(limit('in-scope', 100_000, true)), bill(), [80_000, 0, 0, 20_000]],
  ['a fen above it: that fen', book(limit('in-scope', 99_999, true)), bill(), [80_000, 1, 1, 20_000]],
  ['what the year has used of it is gone', book(limit('in-scope', 60_000, true)), bill(100_000, { before: { inScopeFen: 50_000 } }), [89_000, 90_000, 81_000, 11_000]], // prettier-ignore
  [
    'a limit of the fund: 40 000 are paid of 50 000 of fees, the rest goes on',
    book(limit('fund', 40_000, true)),
    bill(),
    [85_000, 50_000, 45_000, 15_000],
  ],
  ['a limit of the fund that says nothing', book(limit('fund', 40_000)), bill(), [40_000, 0, 0, 60_000]],
  [
    'the deductible is no fee above the limit',
    book(limit('fund', 40_000, true), deductible(20_000)),
    bill(),
    [67_000, 30_000, 27_000, 33_000],
  ],
  ['a limit of the fund beside points off: 60 % are reckoned', book(limit('fund', 30_000, true), { kind: 'referral-points', pointsBp: 2_000 }), bill(), [75_000, 50_000, 45_000, 25_000]], // prettier-ignore
  ['the cap beyond the limit counts no fee twice: 60 000 within, then the cap at 30 000 of them', book(limit('in-scope', 60_000, true), { kind: 'fund-cap', amountFen: 24_000 }), bill(), [87_000, 70_000, 63_000, 13_000]], // prettier-ignore
  ['nor beyond a limit of the fund', book(limit('fund', 40_000, true), { kind: 'fund-cap', amountFen: 24_000 }), bill(), [87_000, 70_000, 63_000, 13_000]], // prettier-ignore
  ['a cap of fees below the limit: all above the cap, once', book(limit('in-scope', 60_000, true), { kind: 'fund-cap', of: 'in-scope', amountFen: 50_000 }), bill(), [85_000, 50_000, 45_000, 15_000]], // prettier-ignore
  ['of a category: its limit alone lets go on', book(limit('in-scope', 10_000, true, { when: { category: 'device' } })), { lines: [{ amountFen: 50_000 }, { amountFen: 50_000, category: 'device' }] }, [84_000, 40_000, 36_000, 16_000]], // prettier-ignore
  ['the tighter limit decides: it says nothing', book(limit('in-scope', 60_000, true), { ...limit('in-scope', 20_000), per: 'month' }), bill(), [16_000, 0, 0, 84_000]], // prettier-ignore
  ['what a floor pays of the fees above the limit is no longer above it', book(limit('in-scope', 10_000, true), { kind: 'floor', rateBp: 6_000 }), bill(), [96_000, 40_000, 36_000, 4_000]], // prettier-ignore
]
for (const [why, rows, claim, expected] of ROWS)
  test(why, () => {
    const { fundFen, layers, cashFen } = settledBy(exampleBook(rows), claim)
    const [layer] = layers
    assert.deepEqual([fundFen, layer?.baseFen, layer?.amountFen, cashFen], expected)
  })

test('the step says by which limit fees go on, and how much', () => {
  const { steps } = settledBy(exampleBook(book(limit('in-scope', 60_000, true))), bill())
  const step = steps.find(({ step: name }) => name === 'above-limit')
  assert.deepEqual([step?.amountFen, step?.inputs['limitFen'], step?.basis], [40_000, 60_000, 'EXAMPLE §1'])
})

test('two layers above the cap: the second is reckoned on what the first left of it', () => {
  const { layers } = settledBy(exampleBook([...book(limit('in-scope', 60_000, true)), above('supplementary', 5_000)]), bill())
  assert.deepEqual(layers.map(({ baseFen, amountFen }) => [baseFen, amountFen]), [[40_000, 36_000], [4_000, 2_000]]) // prettier-ignore
})

test('a limit of a layer has nothing that could join', () =>
  assert.throws(
    () => exampleBook(book(limit('fund', 1, true, { layer: 'large-amount' }))),
    /goes with a limit of the basic fund/,
  ))
