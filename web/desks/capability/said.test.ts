import assert from 'node:assert/strict'
import test from 'node:test'
import { ended, filtered, standing, type Told, type Version } from './said.ts'

const said = (key: string, from: string, until: string | null, about: Version['about'] = 'device') =>
  ({ key, from, until, about, name: { zh: `名${key}`, en: key.toUpperCase() } }) as unknown as Version
const told = {
  day: '2026-11-22',
  versions: [
    said('now', '2026-01-01', null),
    said('later', '2026-12-01', null),
    said('ending', '2026-01-01', '2026-11-23'),
    said('today', '2026-01-01', '2026-11-22'),
    said('before', '2025-01-01', '2026-01-01'),
    said('never', '2026-12-01', '2026-12-01'),
    said('0303', '2026-01-01', null, 'specialty'),
  ],
} as unknown as Told
const keys = (list: readonly Version[]) => list.map(({ key }) => key)

test('what stands or is to come is listed by kind; what ended, today included, is history', () => {
  assert.deepEqual(keys(standing(told)), ['0303', 'ending', 'later', 'now'])
  assert.deepEqual(keys(ended(told)), ['never', 'today', 'before'])
})

test('declarations are found by kind and by name in both languages', () => {
  const list = standing(told)
  assert.deepEqual(keys(filtered(list, 'specialty', '')), ['0303'])
  assert.deepEqual(keys(filtered(list, '', '名now')), ['now'])
  assert.deepEqual(keys(filtered(list, 'device', 'LATER')), ['later'])
})
