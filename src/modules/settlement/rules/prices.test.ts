import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RuleConflict, RuleGap } from '../../../shapes/rulebook.ts'
import { exampleBook, settledBy } from './testing-book.ts'

// Blood drawing costs 3 yuan everywhere in the county; of the general consultation fee of 10 yuan the fund pays 8.
const price = (service: string, amountFen: number, more: object = {}) => ({ kind: 'price', service, amountFen, ...more })
const RULES = [
  { kind: 'deductible', amountFen: 50_000 },
  { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] },
  price('blood-drawing', 300),
  price('dressing', 1_000, { overBy: 'person' }),
  price('consultation', 1_000, { fundFen: 800 }),
]
const BOOK = exampleBook(RULES)

// why, the lines | own pay, above the price, hospital, first share, in scope, deductible, fund, person
type Row = readonly [why: string, lines: readonly object[], expected: readonly number[]]
const ROWS: readonly Row[] = [
  ['at the price nothing is above it', [{ amountFen: 300, service: 'blood-drawing' }], [0, 0, 0, 0, 300, 300, 0, 300]],
  ['below the price too', [{ amountFen: 299, service: 'blood-drawing' }], [0, 0, 0, 0, 299, 299, 0, 299]],
  ['a fen above it is the hospital’s', [{ amountFen: 301, service: 'blood-drawing' }], [0, 0, 1, 0, 300, 300, 0, 300]],
  ['three times', [{ amountFen: 1_200, service: 'blood-drawing', count: 3 }], [0, 0, 300, 0, 900, 900, 0, 900]],
  ['or the person’s where the book says so', [{ amountFen: 1_500, service: 'dressing' }], [0, 500, 0, 0, 1_000, 1_000, 0, 1_500]], // prettier-ignore
  ['a fixed part is the fund’s, outside the deductible', [{ amountFen: 1_000, service: 'consultation' }], [0, 0, 0, 200, 800, 0, 800, 200]], // prettier-ignore
  ['charged above it: the hospital bears the rest', [{ amountFen: 1_200, service: 'consultation' }], [0, 0, 200, 200, 800, 0, 800, 200]], // prettier-ignore
  ['beside other fees, which have their deductible', [{ amountFen: 1_000, service: 'consultation' }, { amountFen: 100_000 }], [0, 0, 0, 200, 100_800, 50_000, 40_800, 60_200]], // prettier-ignore
  ['outside the lists it is own pay, without a fixed part', [{ amountFen: 1_000, service: 'consultation', list: 'C' }], [1_000, 0, 0, 0, 0, 0, 0, 1_000]], // prettier-ignore
]
for (const [why, lines, expected] of ROWS)
  test(why, () => {
    const one = settledBy(BOOK, { lines })
    assert.deepEqual([one.ownPayFen, one.overLimitFen, one.hospitalFen, one.preSelfFen, one.inScopeFen, one.deductibleFen, one.fundFen, one.personalFen], expected) // prettier-ignore
    assert.deepEqual(
      { ...settledBy(BOOK, { lines: lines.toReversed() }), lines: [], steps: [] },
      { ...one, lines: [], steps: [] },
    )
  })

test('a price is of its day, and its step says which it was', () => {
  const dated = exampleBook([...RULES.slice(0, 2), price('blood-drawing', 300, { until: '2024-06-01' }), price('blood-drawing', 500, { from: '2024-06-01' })]) // prettier-ignore
  const step = (day: string) =>
    settledBy(dated, { day, lines: [{ amountFen: 500, service: 'blood-drawing' }] }).steps.find((one) => one.step === 'price')
  assert.deepEqual([step('2024-05-31')?.amountFen, step('2024-06-01')?.amountFen], [200, 0])
  assert.deepEqual([step('2024-06-01')?.inputs['priceFen'], step('2024-06-01')?.basis], [500, 'EXAMPLE §1'])
})

test('a service without a price, with two, or beside a price limit is refused', () => {
  const lines = (more: object) => ({ lines: [{ amountFen: 300, ...more }] })
  assert.throws(() => settledBy(BOOK, lines({ service: 'infusion' })), RuleGap)
  assert.throws(() => settledBy(exampleBook([...RULES, price('blood-drawing', 400)]), lines({ service: 'blood-drawing' })), RuleConflict) // prettier-ignore
  assert.throws(() => settledBy(BOOK, lines({ service: 'blood-drawing', priceFen: 300, priceLimitFen: 200 })), { code: 'settlement.line-parts' }) // prettier-ignore
  assert.throws(() => exampleBook([...RULES, price('injection', 100, { fundFen: 101 })]), /more than the price/)
})
