import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { parseStrictJson, textFault, UnreadableJson } from './strict-json.ts'

test('what JSON.parse would change in silence is refused', () => {
  const rows: readonly [text: string, why: RegExp][] = [
    ['{"a":1,"a":2}', /twice/],
    ['{"a":1,"\\u0061":2}', /twice/],
    ['[{"b":{"a":1,"a":2}}]', /twice/],
    ['{"__proto__":1}', /__proto__/],
    ['9007199254740992', /2\^53/],
    ['-9007199254740992', /2\^53/],
    ['1e16', /2\^53/],
    ['1e309', /too large/],
    ['1e-400', /too small/],
    ['0.1234567890123456', /digits/],
    ['"\\u0000"', /NUL/],
    ['"\\ud800"', /surrogate/],
    ['{"\\udfff":1}', /surrogate/],
    [`${'['.repeat(65)}${']'.repeat(65)}`, /deeper/],
  ]
  for (const [text, why] of rows)
    assert.throws(
      () => parseStrictJson(text),
      (error) => error instanceof UnreadableJson && why.test(error.message),
      text,
    )
})

test('edges that lose nothing are taken', () => {
  const rows: readonly [text: string, value: unknown][] = [
    ['9007199254740991', 2 ** 53 - 1],
    ['-9007199254740991', 1 - 2 ** 53],
    ['0.123456789012345', 0.123456789012345],
    ['0', 0],
    ['0.000', 0],
    ['1e3', 1_000],
    ['"\\ud83d\\ude00"', '😀'],
    ['{"a":{"a":1},"b":[{"a":1},{"a":2}]}', { a: { a: 1 }, b: [{ a: 1 }, { a: 2 }] }],
    ['{"a":"a","b":"a"}', { a: 'a', b: 'a' }],
    [`${'['.repeat(64)}${']'.repeat(64)}`, JSON.parse(`${'['.repeat(64)}${']'.repeat(64)}`)],
  ]
  for (const [text, value] of rows) assert.deepEqual(parseStrictJson(text), value, text)
})

test('what is not JSON is refused, and never anything but UnreadableJson is thrown', () => {
  for (const text of [
    '',
    ' ',
    '{',
    '{"a"}',
    "{'a':1}",
    '01',
    '+1',
    '.5',
    '1.',
    'NaN',
    '0x10',
    '\ufeff{}',
    '{}{}',
    '"\n"',
    '"\\x"',
    '[1,]',
    '{"a":1,}',
    'undefined',
    '"a',
  ])
    assert.throws(() => parseStrictJson(text), UnreadableJson, JSON.stringify(text))
  const seed = process.pid
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[{}[\]:,"\\ud0-9eE+. -]*$/)), (text) => {
      try {
        parseStrictJson(text)
      } catch (error) {
        assert.ok(error instanceof UnreadableJson, String(error))
      }
    }),
    { seed, numRuns: 2_000 },
  )
})

test('whatever is taken is what JSON.parse reads, and is written back the same', () => {
  const kept = (value: unknown): boolean => !JSON.stringify(value).includes('__proto__')
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5, noUnicodeString: false }).filter(kept), (value) => {
      const text = JSON.stringify(value)
      try {
        assert.deepEqual(parseStrictJson(text), JSON.parse(text))
      } catch (error) {
        assert.match((error as Error).message, /digits|2\^53|NUL|surrogate/)
      }
    }),
    { seed: process.pid, numRuns: 2_000 },
  )
})

test('a megabyte is read in linear time, sound or not', () => {
  const megabyte = 'a'.repeat(1_000_000)
  assert.equal(parseStrictJson(`"${megabyte}"`), megabyte)
  for (const text of [
    `"${megabyte}`,
    `"${'\\\\'.repeat(500_000)}`,
    '['.repeat(1_000_000),
    '1'.repeat(1_000_000),
    `${' '.repeat(1_000_000)}x`,
  ])
    assert.throws(() => parseStrictJson(text), UnreadableJson)
})

test('a sound text has no NUL and no half of a pair', () => {
  assert.deepEqual(
    ['演示', '', '😀', 'a\0', '\ud83d', '\ude00\ud83d'].map((text) => textFault(text) === null),
    [true, true, true, false, false, false],
  )
})
