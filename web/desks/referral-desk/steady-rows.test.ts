import assert from 'node:assert/strict'
import { test } from 'node:test'
import { steadyRows } from './steady-rows.ts'

const rowsOf = (ids: string, word = '') => [...ids].map((id) => ({ id, word }))
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).join('')

// shown   fresh    held    | then   waiting  why
for (const [shown, fresh, held, then, waiting, why] of [
  ['abc', 'xabc', false, 'xabc', 0, 'nobody points at the list: it follows at once'],
  ['abc', 'xabc', true, 'abc', 1, 'a new row waits'],
  ['abc', 'ac', true, 'abc', 1, 'a row that left stays readable'],
  ['abc', 'acb', true, 'abc', 2, 'two rows would change places'],
  ['abc', 'abc', true, 'abc', 0, 'nothing would move'],
  ['abc', 'xbc', true, 'abc', 2, 'one left and one came'],
  ['', 'ab', true, 'ab', 0, 'an empty list has nothing to keep still'],
] as const) {
  test(`${shown || '(empty)'} → ${fresh}${held ? ' under the pointer' : ''}: ${why}`, () => {
    const steady = steadyRows(rowsOf(shown), rowsOf(fresh), held)
    assert.equal(idsOf(steady.rows), then)
    assert.equal(steady.waiting, waiting)
  })
}

test('a row that stays shows its newest content even while the list is held', () => {
  assert.equal(steadyRows(rowsOf('ab', 'old'), rowsOf('ba', 'new'), true).rows[0]?.word, 'new')
})
