import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ageWords, dayWords, spanOf } from './times.ts'
import { caseEn as en } from './case-en.ts'
import { caseZh as zh } from './case-zh.ts'

// born         today         reads      why
for (const [born, today, reads, why] of [
  ['1950-11-22', '2026-11-22', '76 岁', 'the birthday itself counts'],
  ['1950-11-23', '2026-11-22', '75 岁', 'the day before it does not'],
  ['2024-11-22', '2026-11-22', '2 岁', 'years from two years on'],
  ['2024-11-23', '2026-11-22', '23 个月', 'below that, months'],
  ['2026-11-20', '2026-11-22', '2 天', 'newborns in days'],
] as const) {
  test(`born ${born}, on ${today}: ${reads}, ${why}`, () => assert.equal(ageWords(born, today, zh), reads))
}

test('nobody’s age is guessed without a birth date', () => assert.equal(ageWords(null, '2026-11-22', zh), null))

test('days and spans read in Beijing time', () => {
  assert.equal(dayWords('2026-11-22', zh), '11-22 周日')
  assert.equal(dayWords('2026-11-24', en), '11-24 Tue')
  assert.equal(spanOf('2026-11-24T01:00:00Z', '2026-11-24T01:30:00Z'), '2026-11-24 09:00–09:30')
})
