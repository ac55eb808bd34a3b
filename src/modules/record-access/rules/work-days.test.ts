import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import { afterWorkDays } from './work-days.ts'

const AFTER: readonly (readonly [string, number, string, string])[] = [
  ['2026-11-16', 3, '2026-11-19', 'within a week'],
  ['2026-11-20', 3, '2026-11-25', 'Friday: the weekend does not count'],
  ['2026-09-30', 3, '2026-10-10', 'National Day does not count; the tenth, a Saturday, makes up for it'],
  ['2026-11-22', 0, '2026-11-22', 'none'],
]
for (const [from, count, until, says] of AFTER)
  test(`${count} working days after ${from}: ${says}`, () => assert.equal(afterWorkDays(from as Day, count), until))
