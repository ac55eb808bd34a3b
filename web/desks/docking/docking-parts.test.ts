import assert from 'node:assert/strict'
import test from 'node:test'
import { correctionsIn } from './corrections.ts'
import { isDocked } from './is-docked.ts'

test('the menu leads to the province only where it is told something, or something is stuck', () => {
  for (const [books, stuck, isShown, why] of [
    [undefined, 0, false, 'not known yet'],
    [{ days: [], waiting: 0 }, 0, false, 'docking is off and never was on'],
    [{ days: [], waiting: 1 }, 0, true, 'the first message is under way'],
    [{ days: ['2026-11-21'], waiting: 0 }, 0, true, 'books are compared, so docking is on'],
    [{ days: [], waiting: 0 }, 1, true, 'switched off, and something stuck from before'],
    [undefined, 1, true, 'something is stuck, whatever the books say'],
  ] as const)
    assert.equal(isDocked(books, stuck), isShown, why)
})

test('only what is filled in is corrected, and what cannot be a code is told', () => {
  assert.deepEqual(correctionsIn({}), { given: {}, wrong: [] })
  assert.deepEqual(correctionsIn({ specialty: ' 030401 ', conditionCode: '  ' }), { given: { specialty: '030401' }, wrong: [] })
  assert.deepEqual(correctionsIn({ conditionCode: 'i10', senderCode: '12345678' }).wrong, ['conditionCode', 'senderCode'])
  assert.deepEqual(correctionsIn({ conditionCode: 'I10', senderCode: '123456789' }).wrong, [], 'the shortest that fit')
})
