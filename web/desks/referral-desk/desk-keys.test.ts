import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstKeys, keysWith, readKeys } from './desk-keys.ts'

test('a key is changed to a letter or digit, in either case', () => {
  assert.deepEqual(keysWith(firstKeys, 'accept', 'Y'), { keys: { ...firstKeys, accept: 'y' } })
  assert.deepEqual(keysWith(firstKeys, 'accept', '1'), { keys: { ...firstKeys, accept: '1' } })
  assert.deepEqual(keysWith(firstKeys, 'accept', 'a'), { keys: firstKeys }, 'its own key is no conflict')
})

test('a key that another act has, or that the page needs, is refused', () => {
  assert.deepEqual(keysWith(firstKeys, 'accept', 'r'), { fault: { kind: 'taken', by: 'reject' } })
  for (const typed of ['/', '?', ' ', 'Enter', 'ArrowDown', '', '接'])
    assert.deepEqual(keysWith(firstKeys, 'accept', typed), { fault: { kind: 'not-a-key' } }, typed)
})

test('kept keys are read back; what cannot be right falls back to the first ones', () => {
  const own = { ...firstKeys, accept: 'y' }
  assert.deepEqual(readKeys(JSON.stringify(own)), own)
  assert.deepEqual(readKeys(JSON.stringify({ accept: 'y' })), own, 'an act that was not kept has its first key')
  for (const text of [null, '{', 'null', '[]', JSON.stringify({ ...firstKeys, accept: 'r' })])
    assert.deepEqual(readKeys(text), firstKeys, String(text))
})
