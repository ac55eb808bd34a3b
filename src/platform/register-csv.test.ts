import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { cellsOf, csvOf } from './register-csv.ts'

test('cells with commas, quotes, line ends and rare characters come back as they were', () => {
  const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('䶮,"㼆"', 'a\r\nb', '""', ' ', "'"))
  const row = fc.tuple(fc.constant('key'), cell, cell)
  fc.assert(fc.property(fc.array(row, { minLength: 1 }), (rows) => assert.deepEqual(cellsOf(csvOf(rows)), rows)))
})

test('a file without the mark, with plain line ends and without a last one is read the same', () => {
  assert.deepEqual(cellsOf('a,b\n1,\n\n"x ""y""",2'), [
    ['a', 'b'],
    ['1', ''],
    ['x "y"', '2'],
  ])
})
