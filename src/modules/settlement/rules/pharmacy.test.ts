import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import { filedStatus } from './filed-status.ts'
import { exampleBook, settledBy } from './testing-book.ts'

// Medicines bought at a pharmacy count as outpatient care of its own rate, under one limit of the year with visits; away from home
// 10 points less with a filing for a referral, 20 without; who is filed as living there is settled as at home.
const BOOK = exampleBook([
  { kind: 'deductible', when: { care: 'outpatient' }, mode: 'top-up-year', amountFen: 20_000 },
  { kind: 'rate', when: { care: 'outpatient' }, bands: [{ overFen: 0, upToFen: null, rateBp: 7_000 }] },
  { kind: 'rate', when: { care: 'outpatient', level: ['pharmacy'] }, bands: [{ overFen: 0, upToFen: null, rateBp: 6_000 }] },
  { kind: 'care-limit', when: { care: 'outpatient' }, amountFen: 200_000, per: 'year', of: 'fund' },
  { kind: 'referral-points', when: { care: 'outpatient', status: ['filed-referral'] }, pointsBp: 1_000 },
  { kind: 'referral-points', when: { care: 'outpatient', status: ['unreferred'] }, pointsBp: 2_000 },
])
const DIVISION = '430100000000'
const filing = (kind: 'long-term' | 'referral') => ({
  kind,
  places: ['4301'],
  from: '2024-01-01' as Day,
  ends: null,
  withdrawn: null,
})
const bill = (more: object) => ({
  care: 'outpatient',
  level: 'pharmacy',
  lines: [{ zh: '降压药', list: 'A', amountFen: 120_000 }],
  ...more,
})

test('a bill of a pharmacy: its own rate, the deductible and the limit of the year shared with visits', () => {
  const rows: readonly (readonly [why: string, more: object, fundFen: number])[] = [
    ['1 200 less 200, 60 %', {}, 60_000],
    ['the deductible was paid at a hospital', { deductiblePaidFen: 20_000 }, 72_000],
    ['the year has 500 left', { deductiblePaidFen: 20_000, before: { careFundFen: 150_000 } }, 50_000],
    ['a visit is paid by its own rate', { level: 'level2' }, 70_000],
    ['a line of class C is own pay', { lines: [{ zh: '保健品', list: 'C', amountFen: 120_000 }] }, 0],
  ]
  for (const [why, more, fundFen] of rows) assert.equal(settledBy(BOOK, bill(more)).fundFen, fundFen, why)
})

test('a filing of care away from home holds for a pharmacy as for a hospital', () => {
  const at = { status: 'unreferred', region: 'in-province', day: '2024-06-01' as Day } as const
  const rows = [
    ['lives there', [filing('long-term')], 'filed-long-term', 60_000],
    ['filed for a referral', [filing('referral')], 'filed-referral', 50_000],
    ['nothing filed', [], 'unreferred', 40_000],
  ] as const
  for (const [why, filings, status, fundFen] of rows) {
    assert.equal(filedStatus(filings, at, DIVISION), status, why)
    assert.equal(settledBy(BOOK, bill({ status, region: 'in-province' })).fundFen, fundFen, why)
  }
})
