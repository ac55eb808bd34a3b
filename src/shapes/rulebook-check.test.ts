import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../kernel/day.ts'
import { findingsOf, gradesOf, periodFindings, type CheckedLine, type FindingKind } from './rulebook-check.ts'

const line = (from: string, until: string | null, more: Partial<CheckedLine> = {}): CheckedLine => ({
  file: 'EXAMPLE.yaml',
  key: 'EXAMPLE.deductible · tertiary',
  from: from as Day,
  until: until as Day | null,
  grade: 'sourced',
  basis: 'EXAMPLE-2024-12 §3',
  checkedOn: '2026-01-01' as Day,
  ...more,
})

// what is planted                                   lines                                                                    what is found
const PERIODS: readonly (readonly [string, readonly CheckedLine[], readonly string[]])[] = [
  ['a line that never ends', [line('2024-01-01', null)], []],
  ['the next begins on the day the last has ended', [line('2024-01-01', '2025-01-01'), line('2025-01-01', null)], []],
  ['the next begins a day late', [line('2024-01-01', '2025-01-01'), line('2025-01-02', null)], ['gap fault']],
  ['the next begins a day early', [line('2024-01-01', '2025-01-02'), line('2025-01-01', null)], ['overlap fault']],
  ['neither ends', [line('2024-01-01', null), line('2025-01-01', null)], ['overlap fault']],
  ['order in the file does not matter', [line('2025-01-01', null), line('2024-01-01', '2025-01-01')], []],
  ['three at once are three pairs', [line('2024-01-01', null), line('2024-02-01', null), line('2024-03-01', null)], ['overlap fault', 'overlap fault', 'overlap fault']],
  ['a short one within a long one hides no gap', [line('2024-01-01', '2025-01-01'), line('2024-02-01', '2024-03-01'), line('2025-01-01', null)], ['overlap fault']],
  ['both disputed', [line('2023-01-01', null, { grade: 'disputed' }), line('2023-01-01', null, { grade: 'disputed' })], ['disputed note']],
  ['only one of them disputed', [line('2023-01-01', null, { grade: 'disputed' }), line('2023-01-01', null)], ['overlap fault']],
] // prettier-ignore

test('what is disputed is told once, each value with its sources; apart in time it is told for each time', () => {
  const said = (value: string, basis: string, from: string, until: string | null) => line(from, until, { grade: 'disputed', basis, said: { zh: `${value} 元`, en: `${value} yuan` } }) // prettier-ignore
  const [first, second, ...none] = periodFindings([
    said('400', '(i)', '2020-01-01', '2022-01-01'),
    said('200', '(ii)', '2020-06-01', '2022-01-01'),
    said('400', '(iii)', '2021-01-01', '2022-01-01'),
    said('9', '(iv)', '2022-01-01', null),
    said('8', '(v)', '2023-01-01', null),
  ])
  assert.deepEqual(none, [])
  assert.equal(first?.zh, '来源互相矛盾,2 个值都在(自 2020-01-01 起),结算时拒绝:400 元「(i)」、「(iii)」;200 元「(ii)」。')
  assert.equal(first?.en, 'Its sources contradict each other, 2 values stand (from 2020-01-01 on) and settling refuses: 400 yuan “(i)”, “(iii)”; 200 yuan “(ii)”.')
  assert.match(second?.en ?? '', /from 2022-01-01 on\) and settling refuses: 9 yuan “\(iv\)”; 8 yuan/)
}) // prettier-ignore

for (const [planted, lines, found] of PERIODS)
  test(`periods: ${planted}`, () => {
    assert.deepEqual(
      periodFindings(lines).map(({ kind, weight }) => `${kind} ${weight}`),
      found,
    )
  })

const TODAY = '2026-11-23' as Day
const OLDEST = '2024-11-23' as Day
const kindsOf = (lines: readonly CheckedLine[]): FindingKind[] => findingsOf(lines, TODAY, OLDEST).map(({ kind }) => kind)

test('a value that ended and is followed by none is told from the day of its end', () => {
  assert.deepEqual(kindsOf([line('2020-01-01', '2026-11-23')]), ['ended'])
  assert.deepEqual(kindsOf([line('2020-01-01', '2026-11-24')]), [])
})

test('a value whose source was last read before the oldest day allowed is stale', () => {
  assert.deepEqual(kindsOf([line('2020-01-01', null, { checkedOn: '2024-11-22' as Day })]), ['stale'])
  assert.deepEqual(kindsOf([line('2020-01-01', null, { checkedOn: OLDEST })]), [])
})

test('a blank basis is a fault, a value from memory is told', () => {
  const blank = findingsOf([line('2020-01-01', null, { basis: ' ' })], TODAY, OLDEST)
  assert.deepEqual(
    blank.map(({ kind, weight }) => [kind, weight]),
    [['unsourced', 'fault']],
  )
  const remembered = findingsOf([line('2020-01-01', null, { grade: 'memory' })], TODAY, OLDEST)
  assert.deepEqual(
    remembered.map(({ kind, weight }) => [kind, weight]),
    [['unsourced', 'note']],
  )
})

test('lines of other keys do not disturb each other, and grades are counted', () => {
  const lines = [line('2024-01-01', null), line('2025-01-01', null, { key: 'EXAMPLE.deductible · primary', grade: 'design' })]
  assert.deepEqual(kindsOf(lines), [])
  assert.deepEqual(gradesOf(lines), { sourced: 1, design: 1 })
})
