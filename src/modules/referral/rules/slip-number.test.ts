import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import { slipNumber } from './slip-number.ts'

test('A slip number shows the day and ten characters that nobody can guess or misread', () => {
  const day = '2026-11-22' as Day
  const numbers = new Set(Array.from({ length: 2_000 }, () => slipNumber(day)))
  assert.equal(numbers.size, 2_000)
  for (const number of numbers) assert.match(number, /^ZZ-20261122-[0-9A-HJKMNP-TV-Z]{10}$/)
})
