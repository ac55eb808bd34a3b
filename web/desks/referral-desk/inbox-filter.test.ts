import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedFilter, isNarrowed, noFilter, positionOf, readViews, searchOfPosition, viewsWith } from './inbox-filter.ts'

test('where the reader is stands in the address and is read back; what does not fit is left out', () => {
  const position = { tab: 'overdue', id: 'c1', filter: { text: 'tgy', urgency: 'emergency', direction: 'up' } } as const
  assert.deepEqual(positionOf(new URLSearchParams(searchOfPosition(position))), position)
  assert.deepEqual(searchOfPosition({ tab: 'today', id: null, filter: noFilter }), { tab: 'today' })
  const strange = positionOf(new URLSearchParams('tab=nothing&urgency=very&direction=sideways'))
  assert.deepEqual(strange, { tab: 'to-answer', id: null, filter: noFilter })
})

test('spaces alone narrow nothing', () => {
  assert.equal(isNarrowed({ ...noFilter, text: '  ' }), false)
  assert.deepEqual(askedFilter({ ...noFilter, text: ' 谭 ', urgency: 'ordinary' }), { text: '谭', urgency: 'ordinary' })
})

test('views are kept under their names; a view of the same name takes the place of the first', () => {
  const first = { name: '急诊', tab: 'to-answer', ...noFilter, urgency: 'emergency' } as const
  const second = { ...first, tab: 'overdue' } as const
  const kept = viewsWith(viewsWith([], first), second)
  assert.deepEqual(readViews(JSON.stringify(kept)), [second])
  assert.deepEqual(readViews('[{"name":""},null,3,{"name":"甲","tab":"x"}]'), [{ name: '甲', tab: 'to-answer', ...noFilter }])
  for (const text of [null, '{', '{}']) assert.deepEqual(readViews(text), [])
})
