import assert from 'node:assert/strict'
import { test } from 'node:test'
import { budgetOf, bySlices, monthlyPrepay, yearEnd, type Bracket, type BudgetSources } from './budget.ts'
import { forecastYear } from './forecast.ts'

const YUAN = 100
const MILLION = 1_000_000 * YUAN

// sources | budget in yuan | why
const BUDGETS: readonly (readonly [BudgetSources, number, string])[] = [
  [
    {
      method: 'income',
      incomeFen: 100 * MILLION,
      seriousIllnessFen: 8 * MILLION,
      otherFen: 2 * MILLION,
      riskShare: 500,
      covered: 60_000,
      insured: 100_000,
    },
    51_000_000,
    'income less 5 % reserve, serious illness and special items, for 60 % of the insured',
  ],
  [
    {
      method: 'income',
      incomeFen: 100 * MILLION,
      seriousIllnessFen: 0,
      otherFen: 0,
      riskShare: 0,
      covered: 100_000,
      insured: 100_000,
    },
    100_000_000,
    'nothing kept back, everybody covered',
  ],
  [
    { method: 'past-years', pastFen: [90 * MILLION, 100 * MILLION, 110 * MILLION], growth: 500 },
    105_000_000,
    'the mean of three years and 5 %',
  ],
  [{ method: 'last-budget', lastFen: 105 * MILLION, growth: -200 }, 102_900_000, 'last year’s budget shrinks by 2 %'],
  [
    {
      method: 'head',
      growth: 0,
      groups: [
        { name: '职工', heads: 1_000, headFen: 3_000 * YUAN, risk: 10_000 },
        { name: '居民', heads: 2_000, headFen: 1_000 * YUAN, risk: 11_000 },
      ],
    },
    5_200_000,
    'heads × amount × risk',
  ],
]
for (const [sources, yuan, why] of BUDGETS)
  test(`budget: ${why}`, () => {
    const { fundFen, totalFen, steps } = budgetOf(sources)
    assert.deepEqual([fundFen, totalFen, steps.at(-1)?.is], [yuan * YUAN, yuan * YUAN, yuan * YUAN])
  })
test('fiscal and public-health money is bundled with the fund, each source named', () => {
  const { fundFen, totalFen, steps } = budgetOf(
    { method: 'last-budget', lastFen: 10 * MILLION, growth: 0 },
    { fiscal: 2 * MILLION, publicHealth: 1 * MILLION },
  )
  assert.deepEqual(
    [fundFen, totalFen, steps.at(-1)?.of],
    [10 * MILLION, 13 * MILLION, { fundFen: 10 * MILLION, fiscal: 2 * MILLION, publicHealth: 1 * MILLION }],
  )
})
test('twelve prepayments sum to the share of the budget', () => {
  const months = monthlyPrepay(100_000_01, 9_500)
  assert.deepEqual(
    [months.length, months.reduce((sum, one) => sum + one, 0), Math.max(...months) - Math.min(...months)],
    [12, 9_500_001, 1],
  )
})

const ALL: readonly Bracket[] = [{ until: null, share: 10_000 }]
const HALF: readonly Bracket[] = [{ until: null, share: 5_000 }]
const NOTHING: readonly Bracket[] = []
// 太仓 type: over at most 20 % half, above none. Five brackets: the pool pays 50 … 10 %, above 10 % nothing.
const TWENTY: readonly Bracket[] = [{ until: 2_000, share: 5_000 }]
const FIVE: readonly Bracket[] = [
  { until: 200, share: 5_000 },
  { until: 400, share: 4_000 },
  { until: 600, share: 3_000 },
  { until: 800, share: 2_000 },
  { until: 1_000, share: 1_000 },
]

// spend of a budget of 100 million yuan | brackets | kept | pool bears | network bears (yuan) | why
const ENDS: readonly (readonly [number, readonly Bracket[], readonly Bracket[], number, number, number, string])[] = [
  [90_000_000, HALF, NOTHING, 5_000_000, 0, 0, '阜宁: half of the surplus is kept'],
  [90_000_000, ALL, NOTHING, 10_000_000, 0, 0, '三明: all of it is kept'],
  [100_000_000, ALL, TWENTY, 0, 0, 0, 'exactly on budget'],
  [110_000_000, ALL, NOTHING, 0, 0, 10_000_000, '滨州: an overrun is not paid'],
  [120_000_000, ALL, TWENTY, 0, 10_000_000, 10_000_000, 'half of an overrun of 20 %'],
  [130_000_000, ALL, TWENTY, 0, 10_000_000, 20_000_000, 'above 20 % the consortium bears all'],
  [102_000_000, ALL, FIVE, 0, 1_000_000, 1_000_000, 'the first of five brackets'],
  [103_000_000, ALL, FIVE, 0, 1_400_000, 1_600_000, 'inside the second'],
  [115_000_000, ALL, FIVE, 0, 3_000_000, 12_000_000, 'past the last'],
]
for (const [yuan, surplus, overrun, kept, pool, network, why] of ENDS)
  test(`year’s end: ${why}`, () => {
    const end = yearEnd(
      {
        budgetFen: 100 * MILLION,
        insideFen: yuan * YUAN - MILLION,
        outsideFen: 2 * MILLION,
        deductedFen: MILLION,
        assessment: 10_000,
      },
      { surplus, overrun },
    )
    assert.deepEqual([end.keptFen, end.poolBearsFen, end.networkBearsFen], [kept * YUAN, pool * YUAN, network * YUAN])
    assert.equal(end.balanceFen, 100 * MILLION - yuan * YUAN)
  })
test('a surplus is kept by the assessment', () =>
  assert.equal(
    yearEnd(
      { budgetFen: 1_000, insideFen: 500, outsideFen: 0, deductedFen: 0, assessment: 6_000 },
      { surplus: ALL, overrun: NOTHING },
    ).keptFen,
    300,
  ))
test('slices are rounded once', () =>
  assert.equal(
    bySlices(3, 10, [
      { until: 1_000, share: 5_000 },
      { until: null, share: 5_000 },
    ]),
    2,
  ))

test('a year like the past ends where the past ends', () => {
  const year = [5, 7, 8, 8, 8, 9, 8, 8, 9, 9, 10, 11].map((one) => one * MILLION)
  const { yearFen, band, method } = forecastYear(year.slice(0, 4), [year, year, year])
  assert.deepEqual(
    [yearFen, band, method],
    [100 * MILLION, { lowFen: 100 * MILLION, highFen: 100 * MILLION }, 'shape-of-past-years'],
  )
})
test('without a past the months count evenly and there is no band', () => {
  const { yearFen, band, method } = forecastYear([10, 10, 10], [])
  assert.deepEqual([yearFen, band, method], [120, null, 'even-months'])
})
test('two past years give a forecast and no band', () =>
  assert.equal(forecastYear([10], [Array(12).fill(1), Array(12).fill(2)]).band, null))
test('a finished year is what it was', () => {
  const { yearFen, band } = forecastYear(Array(12).fill(3), [Array(12).fill(1)])
  assert.deepEqual([yearFen, band], [36, { lowFen: 36, highFen: 36 }])
})

const seed = Number(process.env.SEED ?? 20_262)
test(`backtest: the band holds about nine of ten synthetic years (seed ${seed})`, () => {
  let state = seed
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
  const season = [9, 6, 8, 8, 8, 8, 8, 8, 8, 8, 9, 12]
  const made = (level: number) => season.map((one) => Math.round(one * level * Math.exp(0.06 * normal())))
  let held = 0
  let error = 0
  const rounds = 600
  for (let at = 0; at < rounds; at++) {
    const past = Array.from({ length: 5 }, (_, year) => made(1_000_000 * 1.05 ** year))
    const year = made(1_000_000 * 1.05 ** 5)
    const whole = year.reduce((sum, one) => sum + one, 0)
    const { yearFen, band } = forecastYear(year.slice(0, 1 + (at % 11)), past)
    assert.ok(band)
    if (band.lowFen <= whole && whole <= band.highFen) held++
    error += Math.abs(yearFen - whole) / whole
  }
  assert.ok(held / rounds > 0.86 && held / rounds < 0.94, `the band held ${held} of ${rounds}`)
  assert.ok(error / rounds < 0.03, `the mean error is ${error / rounds}`)
})
