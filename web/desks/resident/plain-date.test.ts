import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainClock, plainDay, plainTime } from './plain-date.ts'

const now = Date.parse('2026-11-24T10:00:00+08:00')

for (const [instant, zh, en, why] of [
  ['2026-11-24T23:59:00+08:00', '今天 11月24日星期二', 'Today, Tue 24 Nov', 'the last minute of today'],
  ['2026-11-25T00:00:00+08:00', '明天 11月25日星期三', 'Tomorrow, Wed 25 Nov', 'midnight belongs to tomorrow'],
  ['2026-11-24T16:30:00Z', '明天 11月25日星期三', 'Tomorrow, Wed 25 Nov', 'the day is that of Beijing'],
  ['2026-11-26T09:00:00+08:00', '后天 11月26日星期四', 'Thu 26 Nov', 'English has no word for it'],
  ['2026-11-27T09:00:00+08:00', '11月27日星期五', 'Fri 27 Nov', 'further days have no name'],
  ['2026-11-23T09:00:00+08:00', '11月23日星期一', 'Mon 23 Nov', 'past days have no name'],
  ['2027-01-04T09:00:00+08:00', '2027年1月4日星期一', 'Mon 4 Jan 2027', 'another year is named'],
] as const) {
  test(`${instant} is said as ${zh}: ${why}`, () => {
    assert.equal(plainDay(instant, now, 'zh'), zh)
    assert.equal(plainDay(instant, now, 'en'), en)
  })
}

test('the time of day has 24 hours and is that of Beijing', () => {
  assert.equal(plainClock('2026-11-24T06:05:00Z'), '14:05')
  assert.equal(plainTime('2026-11-25T01:00:00Z', now, 'zh'), '明天 11月25日星期三 09:00')
})
