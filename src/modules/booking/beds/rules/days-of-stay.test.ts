import assert from 'node:assert/strict'
import test from 'node:test'
import type { Day } from '../../../../kernel/day.ts'
import { daysOfStay } from './days-of-stay.ts'

const ROWS = [
  // from         until         bed-days                                               why
  ['2026-11-22', '2026-11-23', ['2026-11-22'], 'one night is one bed-day'],
  ['2026-11-22', '2026-11-22', [], 'no night is none'],
  ['2026-11-23', '2026-11-22', [], 'a discharge before the beginning is none'],
  ['2026-11-29', '2026-12-02', ['2026-11-29', '2026-11-30', '2026-12-01'], 'over the end of a month'],
  ['2026-12-31', '2027-01-02', ['2026-12-31', '2027-01-01'], 'over the end of a year'],
  ['2028-02-28', '2028-03-01', ['2028-02-28', '2028-02-29'], 'a leap year has its day'],
  ['2027-02-28', '2027-03-01', ['2027-02-28'], 'another year has not'],
] as const

for (const [from, until, days, why] of ROWS) test(why, () => assert.deepEqual(daysOfStay(from as Day, until as Day), days))
