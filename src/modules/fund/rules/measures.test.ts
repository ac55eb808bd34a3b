import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import { loadRulebook } from '../../../platform/rulebook.ts'
import { countsOf, formulaOf, measureOf, measuresOn, trendOf, type CountName, type Counts } from './measures.ts'

const rulebook = await loadRulebook()
const measures = measuresOn(rulebook, '2026-01-01' as Day)
const counts: Counts = {
  costFen: 1_100,
  costBeforeFen: 1_000,
  fundFen: 660,
  inPolicyFen: 880,
  visits: 200,
  primaryVisits: 110,
  fundCoveredFen: 660,
  fundPharmacyFen: 0,
  fundInsideFen: 561,
  fundPrimaryFen: 187,
  people: 3,
  budgetFen: 600,
}
const measured = (of: Counts) => Object.fromEntries(measures.map((one) => [one.id, measureOf(one, of)?.is ?? null]))

test('the five checks stand first, then the fund’s own measures', () =>
  assert.deepEqual(Object.entries(measured(counts)), [
    ['cost-growth', 1_000],
    ['reimbursed', 6_000],
    ['primary-visits', 5_500],
    ['fund-inside', 8_500],
    ['fund-primary', 3_333],
    ['reimbursed-in-policy', 7_500],
    ['budget-used', 11_000],
    ['fund-per-head', 220],
  ]))

test('a formula is said out of its counts, in both languages', () =>
  assert.deepEqual(formulaOf(measures[0]!), {
    zh: '(医疗总费用 − 上年同期医疗总费用) ÷ 上年同期医疗总费用',
    en: '(total cost − total cost of the same months last year) ÷ total cost of the same months last year',
  }))

test('a value opens each count that it came of, and names its definition', () => {
  const step = measureOf(measures[0]!, counts)
  assert.deepEqual([step?.of, step?.rule], [{ costFen: 1_100, costBeforeFen: 1_000 }, 'fund.measures.cost-growth'])
})

// Every count that is missing leaves exactly the measures without a value that ask for it.
for (const name of Object.keys(counts) as CountName[])
  test(`without ${name} nothing that asks for it has a value`, () => {
    const found = measured({ ...counts, [name]: undefined })
    for (const one of measures) assert.equal(found[one.id] === null, countsOf(one).includes(name), one.id)
  })

test('nothing is divided by zero; cost may fall', () => {
  assert.equal(measured({ ...counts, visits: 0 })['primary-visits'], null)
  assert.equal(measured({ ...counts, costFen: 950 })['cost-growth'], -500)
})
test('no check is in force before its day', () => assert.deepEqual(measuresOn(rulebook, '2023-12-31' as Day), []))
test('each definition says which way is good, what it rests on, and that its formula is our reading', () =>
  assert.ok(measures.every(({ good, basis, grade }) => good !== undefined && basis !== '' && grade === 'design')))

// good | value | before | trend
for (const [good, is, before, expected] of [
  ['high', 2, 1, 'better'],
  ['high', 1, 2, 'worse'],
  ['low', 1, 2, 'better'],
  ['low', 2, 1, 'worse'],
  ['low', 1, 1, 'same'],
  ['near', 2, 1, null],
  ['high', 2, null, null],
  ['high', null, 1, null],
] as const)
  test(`${is} after ${before} is ${expected ?? 'said nothing of'} where ${good} is good`, () =>
    assert.equal(trendOf({ good }, is, before), expected))

test('medicine of pharmacies is left out of what was spent inside the county, and of nothing else', () => {
  const [without, beside] = [measured(counts), measured({ ...counts, fundCoveredFen: 700, fundPharmacyFen: 40 })]
  assert.equal(beside['fund-inside'], without['fund-inside'])
  assert.equal(beside['budget-used'], 11_667)
})
