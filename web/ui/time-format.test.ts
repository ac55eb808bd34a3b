import assert from 'node:assert/strict'
import { test } from 'node:test'
import { en } from '../words/en.ts'
import { zh } from '../words/zh.ts'
import { countdownWords, formatDay, formatInstant, nearnessOf, relativeWords, spanWords } from './time-format.ts'

test('instants are read in Beijing time with 24 hours, also across the day and the year', () => {
  assert.equal(formatInstant('2026-11-22T00:00:00Z'), '2026-11-22 08:00')
  assert.equal(formatInstant('2026-12-31T16:00:00Z'), '2027-01-01 00:00')
  assert.equal(formatDay('2026-11-21T15:59:59Z'), '2026-11-21')
})

for (const [spanMs, chinese, english] of [
  [0, '0 秒', '0 s'],
  [59_999, '59 秒', '59 s'],
  [60_000, '1 分钟', '1 min'],
  [3_599_999, '59 分钟', '59 min'],
  [3_600_000, '1 小时', '1 h'],
  [7_500_000, '2 小时 5 分', '2 h 5 min'],
  [86_399_999, '23 小时 59 分', '23 h 59 min'],
  [86_400_000, '1 天', '1 d'],
  [100_800_000, '1 天 4 小时', '1 d 4 h'],
] as const) {
  test(`a span of ${spanMs} ms reads ${chinese}`, () => {
    assert.equal(spanWords(spanMs, zh.time), chinese)
    assert.equal(spanWords(spanMs, en.time), english)
  })
}

test('a deadline is in time at its very instant and over one ms later; soon begins below the limit', () => {
  const deadline = 10_000_000
  assert.equal(nearnessOf(deadline, deadline + 1, 30), 'over')
  assert.equal(nearnessOf(deadline, deadline, 30), 'soon')
  assert.equal(nearnessOf(deadline, deadline - 30 * 60_000 + 1, 30), 'soon')
  assert.equal(nearnessOf(deadline, deadline - 30 * 60_000, 30), 'calm')
})

test('the words of a countdown change with its nearness', () => {
  const at = (now: number) => countdownWords(7_200_000, now, 30, zh.time)
  assert.equal(at(0), '还剩 2 小时')
  assert.equal(at(7_200_000 - 600_000), '即将超时，还剩 10 分钟')
  assert.equal(at(7_200_000 + 300_000), '已超时 5 分钟')
})

test('relative time is given within a day only', () => {
  const at = '2026-11-22T00:00:00Z'
  const ms = Date.parse(at)
  assert.equal(relativeWords(at, ms + 3000, zh.time), '刚刚')
  assert.equal(relativeWords(at, ms + 120_000, zh.time), '2 分钟前')
  assert.equal(relativeWords(at, ms - 120_000, en.time), 'in 2 min')
  assert.equal(relativeWords(at, ms + 86_400_000, zh.time), null)
})
