import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBudget, readField, type FieldName } from './typed-budget.ts'

const TYPED: readonly (readonly [name: FieldName, text: string, value: number | null])[] = [
  ['lastFen', '400000000', 40_000_000_000],
  ['lastFen', '1,234.5', 123_450],
  ['lastFen', '-1', null],
  ['lastFen', '', null],
  ['growth', '5', 500],
  ['growth', '-2.5 %', -250],
  ['growth', '51', null],
  ['heads', '１２００', 1_200],
  ['heads', '1.5', null],
]
for (const [name, text, value] of TYPED) test(`${name} “${text}”`, () => assert.equal(readField(name, text), value))

test('Each way is read as the form takes it; what is not right is named, and bundled money may stay empty', () => {
  assert.deepEqual(readBudget('last-budget', { lastFen: '100', growth: '5' }, ''), {
    bundledFen: 0,
    sources: { method: 'last-budget', lastFen: 10_000, growth: 500 },
  })
  assert.deepEqual(readBudget('past-years', { past1: '3', past2: '2', past3: '1', growth: '0', bundled: '10' }, ''), {
    bundledFen: 1_000,
    sources: { method: 'past-years', pastFen: [300, 200, 100], growth: 0 },
  })
  assert.deepEqual(readBudget('head', { heads: '10', headFen: '7500', risk: '100', growth: '0' }, '居民'), {
    bundledFen: 0,
    sources: { method: 'head', growth: 0, groups: [{ name: '居民', heads: 10, headFen: 750_000, risk: 10_000 }] },
  })
  assert.deepEqual(readBudget('income', { incomeFen: 'x', covered: '1', bundled: '?' }, ''), {
    wrong: ['incomeFen', 'seriousIllnessFen', 'otherFen', 'insured', 'bundled'],
  })
})
