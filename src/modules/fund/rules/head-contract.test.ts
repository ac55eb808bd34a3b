import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areMonthsPossible, countMonths, headResult, lastEntered, type HeadMonth, type HeadTerms } from './head-contract.ts'

const YUAN = 100
const MONTHS = 12
const tianjin: HeadTerms = { priceFen: 7_500 * YUAN, surplusKept: 10_000, overrunBorne: 10_000 }
const half: HeadTerms = { ...tianjin, surplusKept: 5_000, overrunBorne: 4_000 }
/** So many people all year, so many yuan each in the year. */
const steady = (people: number, yuan: number): HeadMonth[] =>
  Array.from({ length: MONTHS }, (_none, at) => ({
    month: at + 1,
    joins: at === 0 ? people : 0,
    leaves: 0,
    spendFen: at === 0 ? people * yuan * YUAN : 0,
  }))

// terms | people and yuan a head | kept, back to the fund, borne, fund bears (yuan) | why
const YEARS: readonly (readonly [HeadTerms, number, number, readonly [number, number, number, number], string])[] = [
  [
    tianjin,
    1_000,
    6_000,
    [1_500_000, 0, 0, 0],
    'Tianjin: 1 000 people with diabetes at 6 000 of 7 500 yuan leave 1.5 million, all kept',
  ],
  [tianjin, 1_000, 7_500, [0, 0, 0, 0], 'spent as paid: nothing is left, nothing is short'],
  [tianjin, 1_000, 8_000, [0, 0, 500_000, 0], 'the former 8 000 yuan a head would be an overrun that the institution bears'],
  [half, 1_000, 6_000, [750_000, 750_000, 0, 0], 'half of a surplus kept, half given back'],
  [half, 1_000, 8_000, [0, 0, 200_000, 300_000], 'two fifths of an overrun borne by the institution, the rest by the fund'],
]
for (const [terms, people, yuan, expected, why] of YEARS)
  test(why, () => {
    const { keptFen, backFen, borneFen, fundBearsFen, steps } = headResult(terms, steady(people, yuan), MONTHS)
    assert.deepEqual(
      [keptFen, backFen, borneFen, fundBearsFen],
      expected.map((one) => one * YUAN),
    )
    assert.equal(steps.at(-1)?.is, yuan > 7_500 ? fundBearsFen : backFen)
  })

test('who joins counts from that month, who leaves to the end of it', () => {
  const months = countMonths([
    { month: 1, joins: 10, leaves: 1, spendFen: 0 },
    { month: 3, joins: 2, leaves: 5, spendFen: 0 },
  ])
  assert.deepEqual(
    months.slice(0, 5).map(({ heads }) => heads),
    [10, 9, 11, 6, 6],
  )
})
test('a person who came in July is half a year of the price', () => {
  const entry = { month: 7, joins: 1, leaves: 0, spendFen: 0 }
  assert.equal(headResult(tianjin, [entry], MONTHS).paidFen, 3_750 * YUAN)
  assert.equal(headResult(tianjin, [entry], 6).paidFen, 0)
})

// entries | possible | why
const MONTHS_GIVEN: readonly (readonly [readonly HeadMonth[], boolean, string])[] = [
  [[{ month: 2, joins: 3, leaves: 3, spendFen: 0 }], true, 'all who joined may leave with the month'],
  [[{ month: 2, joins: 3, leaves: 4, spendFen: 0 }], false, 'nobody leaves who was not there'],
  [[{ month: 3, joins: 3, leaves: 0, spendFen: 0 }, { month: 2, joins: 0, leaves: 1, spendFen: 0 }], false, 'nor before they came'],
  [[{ month: 1, joins: 3, leaves: 0, spendFen: 5 }, { month: 1, joins: -3, leaves: 0, spendFen: -5 }], true, 'what was entered may be taken back whole'],
  [[{ month: 1, joins: 0, leaves: 0, spendFen: -5 }], false, 'no spend is below zero'],
] // prettier-ignore
for (const [entries, possible, why] of MONTHS_GIVEN) test(why, () => assert.equal(areMonthsPossible(entries), possible))
test('the last month of which anything was entered', () => {
  assert.equal(lastEntered([]), 0)
  assert.equal(lastEntered(steady(1, 1).slice(0, 4)), 4)
})

const seed = Math.trunc(Math.random() * 1e9)
test(`every fen of what is left or short has one bearer (seed ${seed})`, () => {
  let state = seed
  const below = (most: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % most
  }
  for (let round = 0; round < 2_000; round++) {
    const terms = { priceFen: below(2_000_000), surplusKept: below(10_001), overrunBorne: below(10_001) }
    const entries = Array.from({ length: 1 + below(20) }, () => ({ month: 1 + below(12), joins: below(500), leaves: 0, spendFen: below(90_000_000) }))
    const one = headResult(terms, entries, MONTHS)
    assert.equal(one.paidFen - one.spendFen, one.keptFen + one.backFen - one.borneFen - one.fundBearsFen)
    assert.ok([one.keptFen, one.backFen, one.borneFen, one.fundBearsFen].every((fen) => fen >= 0))
    assert.ok((one.keptFen + one.backFen) * (one.borneFen + one.fundBearsFen) === 0)
  }
}) // prettier-ignore
