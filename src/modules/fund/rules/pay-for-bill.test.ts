import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payForBill } from './pay-for-bill.ts'

const bill = { totalFen: 1_000_000, basicFen: 600_000 }
const step = {
  zh: '病种分值',
  en: 'Score of the group',
  rule: 'fund.dip-catalogue',
  of: {},
  is: 8_000_000,
  unit: 'points',
} as const
const scored = (more: object = {}) => ({ scoreE4: 8_000_000, pointFen: 1_200, steps: [step], levels: [{ level: 2, scoreE4: 8_000_000 }, { level: 3, scoreE4: 10_000_000 }], ...more }) // prettier-ignore

test('what an institution is paid for a bill, by case and by item', () => {
  // score × point = standard; less the 4 000 yuan that the person and others pay = the fund's; what is left above or below the cost.
  const rows: readonly (readonly [score: number, point: number, standard: number, fund: number, institution: number])[] = [
    [8_000_000, 1_200, 960_000, 560_000, -40_000],
    [10_000_000, 1_200, 1_200_000, 800_000, 200_000],
    [3_000_000, 1_000, 300_000, 0, -600_000],
  ]
  for (const [scoreE4, pointFen, standard, fund, institution] of rows) {
    const paid = payForBill(bill, scored({ scoreE4, pointFen }))
    assert.deepEqual([paid.method, paid.standardFen, paid.fundFen, paid.institutionFen], ['dip', standard, fund, institution])
    assert.equal(paid.steps[0], step)
    assert.equal(paid.steps.at(-2)?.is, paid.fundFen)
  }
  const byItem = payForBill(bill, null)
  assert.deepEqual([byItem.method, byItem.fundFen, byItem.institutionFen, byItem.levels], ['item', 600_000, 0, []])
})

test('a disease of one price is paid the same at every level, any other by its level', () => {
  const { levels, isOnePrice } = payForBill(bill, scored())
  assert.deepEqual([levels.map(({ fundFen }) => fundFen), isOnePrice], [[560_000, 800_000], false])
  const one = payForBill(bill, scored({ levels: [1, 2, 3].map((level) => ({ level, scoreE4: 8_000_000 })) }))
  assert.deepEqual([one.levels.map(({ fundFen }) => fundFen), one.isOnePrice], [[560_000, 560_000, 560_000], true])
})
