import assert from 'node:assert/strict'
import { test } from 'node:test'
import { caseMix, readDrg, weightsOf } from './drg.ts'
import { paymentFor, type Service, type Way } from './payment-methods.ts'

// A stay of ten days that cost 9 000 yuan, of which others pay 2 000.
const stay: Service = { costFen: 900_000, othersFen: 200_000, days: 10, units: 4, pathway: 'completed' }
const drg = { method: 'drg', weightE4: 10_000, rateFen: 1_000_000, hospital: 9_500, lowBelow: 4_000, highAbove: 30_000 } as const

// way | fund pays | institution keeps (yuan) | why
const WAYS: readonly (readonly [Way, Partial<Service>, number, number, string])[] = [
  [{ method: 'item' }, {}, 7_000, 0, 'item: as it cost'],
  [
    {
      method: 'bed-day',
      dayFen: [
        { from: 1, fen: 80_000 },
        { from: 8, fen: 50_000 },
      ],
    },
    {},
    5_100,
    -1_900,
    'bed-day: seven days at 800, three at 500',
  ],
  [
    {
      method: 'bed-day',
      dayFen: [
        { from: 1, fen: 80_000 },
        { from: 8, fen: 50_000 },
      ],
    },
    { days: 7 },
    3_600,
    -3_400,
    'bed-day: the last day of the first amount',
  ],
  [{ method: 'service-unit', unitFen: 250_000 }, {}, 8_000, 1_000, 'service unit: four at 2 500'],
  [{ method: 'single-disease', priceFen: 1_000_000 }, {}, 8_000, 1_000, 'single disease: the pathway was completed'],
  [
    { method: 'single-disease', priceFen: 1_000_000 },
    { pathway: 'variance' },
    8_000,
    1_000,
    'single disease: a variance keeps the price',
  ],
  [
    { method: 'single-disease', priceFen: 1_000_000 },
    { pathway: 'exited' },
    7_000,
    0,
    'single disease: whoever exits is paid by item',
  ],
  [{ method: 'head' }, {}, 0, -7_000, 'head: paid in advance'],
  [{ method: 'dip', scoreE4: 1_000_0000, pointFen: 950 }, {}, 7_500, 500, 'DIP: 1 000 points at 9.50'],
  [drg, {}, 7_500, 500, 'DRG: weight × rate × coefficient'],
  [drg, { costFen: 379_999 }, 1_799.99, 0, 'DRG: just below the low limit, by item'],
  [drg, { costFen: 380_000 }, 7_500, 5_700, 'DRG: at the low limit'],
  [drg, { costFen: 2_850_300 }, 26_503, 0, 'DRG: above the high limit, by item'],
  [{ method: 'global-budget', share: 10_000 }, {}, 7_000, 0, 'global budget: charged to it'],
  [
    { method: 'dip', scoreE4: 100_0000, pointFen: 950 },
    {},
    0,
    -7_000,
    'others have paid more than the standard: the fund pays nothing, never less',
  ],
]
for (const [way, other, fund, keeps, why] of WAYS)
  test(why, () => {
    const { fundFen, institutionFen, steps } = paymentFor({ ...stay, ...other }, way)
    assert.deepEqual([fundFen, institutionFen], [Math.round(fund * 100), Math.round(keeps * 100)])
    assert.equal(steps.at(-1)?.is, institutionFen)
  })

// code | category, kind, complication | why
for (const [code, expected] of [
  ['GB13', ['G', 'GB1', 'surgical', 'minor']],
  ['GK21', ['G', 'GK2', 'procedure', 'major']],
  ['ES35', ['E', 'ES3', 'medical', 'none']],
  ['AA19', ['A', 'AA1', 'surgical', 'not-parted']],
  ['GB12', null],
  ['gb13', null],
  ['GB1', null],
] as const)
  test(`the DRG code ${code}`, () => {
    const read = readDrg(code)
    assert.deepEqual(read && [read.mdc, read.adrg, read.kind, read.severity], expected)
  })
test('weights are means over the mean of all; a case mix is their mean', () => {
  const weights = weightsOf([
    { code: 'A', cases: 1, costFen: 300 },
    { code: 'B', cases: 3, costFen: 300 },
  ])
  assert.deepEqual([weights.get('A'), weights.get('B')], [20_000, 6_667])
  assert.deepEqual([caseMix([20_000, 6_667, 6_667]), caseMix([])], [11_111, null])
})
