import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BookValue } from '../../../../src/modules/settlement/what-if.ts'
import { changesOf, readAs, readValue, typedOf } from './typed-value.ts'

for (const [text, value] of [
  ['65', 6_500],
  ['65.5', 6_550],
  ['65.05 %', 6_505],
  ['６５', 6_500],
  [' 1200.00 ', 120_000],
  ['0', 0],
  ['', null],
  ['-1', null],
  ['1.005', null],
  ['1,200', null],
  ['12e3', null],
] as const)
  test(`“${text}” is ${value ?? 'no value'}`, () => assert.equal(readValue(text), value))

const value = (at: string, of: number) => ({ at, value: of }) as BookValue

test('Only what differs from the book is a change, and what is no number is named', () => {
  const values = [value('rows.0.amountFen', 120_000), value('rows.1.bands.0.rateBp', 6_500), value('rows.2.amountFen', 5)]
  assert.deepEqual(changesOf(values, { 'rows.0.amountFen': '1200', 'rows.1.bands.0.rateBp': '70', 'rows.2.amountFen': 'x' }), {
    changes: { 'rows.1.bands.0.rateBp': 7_000 },
    unread: ['rows.2.amountFen'],
  })
  for (const one of values) assert.equal(readValue(typedOf(one)), one.value)
})

test('A switch is chosen, not typed in hundredths', () => {
  const one = { at: 'rows.0.joinsAboveCap', value: 0, unit: 'switch' } as BookValue
  assert.deepEqual([typedOf(one), readAs(one, '1')], ['0', 1])
  assert.deepEqual(changesOf([one], { [one.at]: '1' }).changes, { [one.at]: 1 })
})
