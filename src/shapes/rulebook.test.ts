import assert from 'node:assert/strict'
import test from 'node:test'
import type { Day } from '../kernel/day.ts'
import { amountsOn, lineOn, RuleConflict, RuleGap, valueOn, type DatedValue, type Rulebook } from './rulebook.ts'

const line = (from: string, until: string | null, amounts: Record<string, number>): DatedValue => ({
  from: from as Day,
  until: until as Day | null,
  basis: `of ${from}`,
  grade: 'design',
  amounts,
})
const book = (...values: DatedValue[]): Rulebook => ({
  hash: 'none',
  entries: new Map([['wait.max', { id: 'wait.max', zh: '最长等待', en: 'The longest wait.', unit: 'hours', by: null, values }]]),
})
const on = (rulebook: Rulebook, day: string, by?: string) => valueOn(rulebook, 'wait.max', day as Day, by)

test('a value is in force from its first day until the day on which it has ended', () => {
  const rulebook = book(line('2025-01-01', '2026-01-01', { value: 24 }), line('2026-01-01', null, { value: 12 }))
  const rows: readonly [day: string, hours: number, why: string][] = [
    ['2025-01-01', 24, 'the first day counts'],
    ['2025-12-31', 24, 'the last day'],
    ['2026-01-01', 12, 'the end does not count'],
    ['2099-01-01', 12, 'no end yet'],
  ]
  for (const [day, hours, why] of rows) assert.equal(on(rulebook, day), hours, why)
  assert.deepEqual(lineOn(rulebook, 'wait.max', '2025-06-01' as Day), {
    amount: 24,
    basis: 'of 2025-01-01',
    grade: 'design',
    unit: 'hours',
  })
})

test('no value is a gap, two are a conflict, and neither is ever zero or the first', () => {
  const gaps = book(line('2025-01-01', '2025-06-01', { value: 24 }), line('2025-07-01', null, { value: 0 }))
  for (const day of ['2024-12-31', '2025-06-01', '2025-06-30']) assert.throws(() => on(gaps, day), RuleGap, day)
  assert.equal(on(gaps, '2025-07-01'), 0)
  assert.throws(() => valueOn(gaps, 'wait.min', '2025-01-01' as Day), RuleGap)
  assert.throws(
    () => on(book(line('2025-01-01', null, { value: 1 }), line('2026-01-01', null, { value: 1 })), '2026-01-01'),
    RuleConflict,
  )
})

test('amounts by kind: lines of other kinds leave no gap and make no conflict', () => {
  const rulebook = book(line('2025-01-01', null, { ordinary: 24 }), line('2025-01-01', null, { emergency: 0.5 }))
  assert.deepEqual([on(rulebook, '2025-01-01', 'ordinary'), on(rulebook, '2025-01-01', 'emergency')], [24, 0.5])
  for (const by of ['green-channel', 'toString', '__proto__', undefined])
    assert.throws(() => on(rulebook, '2025-01-01', by), RuleGap, by)
})

test('every amount of a day by its name: lists whose names are data', () => {
  const rulebook = book(
    line('2025-01-01', null, { J18: 1, I10: 1 }),
    line('2025-06-01', '2025-07-01', { E11: 1 }),
    line('2025-08-01', null, { I10: 1 }),
  )
  const names = (day: string) => Object.keys(amountsOn(rulebook, 'wait.max', day as Day)).toSorted()
  assert.deepEqual(names('2025-05-31'), ['I10', 'J18'])
  assert.deepEqual(names('2025-06-01'), ['E11', 'I10', 'J18'])
  assert.deepEqual(names('2025-07-01'), ['I10', 'J18'])
  assert.throws(() => names('2024-12-31'), RuleGap)
  assert.throws(() => names('2025-08-01'), RuleConflict)
})
