import assert from 'node:assert/strict'
import test from 'node:test'
import { conditionsLike } from './conditions-like.ts'
import { mostUsedFirst } from './most-used.ts'

const condition = (key: string, zh: string, pinyin: string) => ({
  key,
  name: { zh, en: key },
  aliases: [],
  pinyin,
  icd10: ['I10'],
})
const all = [
  condition('a', '高血压', 'gaoxueya gxy'),
  condition('b', '高血脂', 'gaoxuezhi gxz'),
  condition('c', '高热', 'gaore gr'),
]
const keys = (list: readonly { key: string }[]): string => list.map(({ key }) => key).join('')

test('what the region treats most stands first, then the common, then the rest as they came', () => {
  const cases = new Map([['c', 3]])
  const common = new Map([['b', 0]])
  const rows: [ReadonlyMap<string, number>, ReadonlyMap<string, number>, string][] = [
    [new Map(), new Map(), 'abc'],
    [new Map(), common, 'bac'],
    [cases, common, 'cba'],
    [new Map([['a', 9], ['c', 3]]), common, 'acb'],
  ] // prettier-ignore
  for (const [counted, usual, expected] of rows) assert.equal(keys(mostUsedFirst(all, counted, usual)), expected)
})

test('conditions that fit equally keep the order in which they are handed over, and one kept without pinyin is found by name', () => {
  assert.equal(keys(conditionsLike(all, '高', 10)), 'abc')
  assert.equal(keys(conditionsLike(all.toReversed(), '高', 10)), 'cba')
  assert.equal(keys(conditionsLike(all.toReversed(), 'gx', 10)), 'ba')
  const { pinyin: _pinyin, ...bare } = condition('d', '高度近视', '')
  assert.equal(keys(conditionsLike([...all, bare], '高度', 10)), 'd')
  assert.equal(keys(conditionsLike([bare], 'gdjs', 10)), '')
})
