import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areaClaim } from './area-claim.ts'
import { settleYear, type YearBill } from './settle-year.ts'
import { exampleBook, settledBy } from './testing-book.ts'

// Deductibles of 200, 600 and 1200 yuan at 基层, 二级 and 三级; every stay of 5000 yuan in scope.
const LEVELS = [['primary', 20_000], ['level2', 60_000], ['level3', 120_000]] as const // prettier-ignore
const deductibles = LEVELS.map(([level, amountFen]) => ({ kind: 'deductible', when: { level: [level] }, amountFen }))
const rate = { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] }
const STAY_FEN = 500_000
const chain = (rule: object) => [...deductibles, rate, { kind: 'chain', gapDays: null, needsSlip: true, countsAsOne: true, up: 'difference', down: 'zero', ...rule }] // prettier-ignore
const difference = chain({})
const changsha = chain({ up: 'waive-lower', down: 'halve-upper', bonusBp: 300, bonusUpToFen: 1_000_000 })
const taizhou = chain({ up: 'max', down: 'max', gapDays: 15, needsSlip: false })
const threeDays = chain({ up: 'max', down: 'max', gapDays: 3, needsSlip: false, needsSameDisease: true })
const longgang = chain({ up: 'normal', down: 'normal', needsSlip: false, countsAsOne: false })
const half = { kind: 'ordinal', sharesBp: [10_000, 5_000], scope: 'any-level' }
const yearCap = { kind: 'deductible-year-cap', amountFen: 100_000 }

const from = (level: string, deductibleFen: number) => [{ level, deductibleFen }]
const moved = (move: string, stays: object[], more: object = {}) => ({ move, slip: true, stays, ...more })

// why | rules | level, stay of the year, what the year paid | episode | deductible, fund
type Row = readonly [string, readonly object[], object, object | undefined, readonly [number, number]]
const ROWS: readonly Row[] = [
  [
    'V1 up: only the difference to the higher level',
    difference,
    { level: 'level3' },
    moved('up', from('primary', 20_000)),
    [100_000, 320_000],
  ],
  [
    'V1 up: the lower stay cost less than its standard, the shortfall is paid',
    difference,
    { level: 'level3' },
    moved('up', from('primary', 5_000)),
    [115_000, 308_000],
  ],
  [
    'V1 up twice: all of the chain counts',
    difference,
    { level: 'level3' },
    moved('up', [...from('primary', 20_000), ...from('level2', 40_000)]),
    [60_000, 352_000],
  ],
  ['V1 down: none', difference, { level: 'primary' }, moved('down', from('level3', 120_000)), [0, 400_000]],
  [
    'V1 lateral: same level, nothing more',
    difference,
    { level: 'level2' },
    moved('lateral', from('level2', 60_000)),
    [0, 400_000],
  ],
  [
    'V1 without a slip: a stay of its own',
    difference,
    { level: 'level3' },
    { move: 'up', slip: false, stays: from('primary', 20_000) },
    [120_000, 304_000],
  ],
  [
    'V1: the chain is one stay for the n-th stay',
    [...difference, half],
    { level: 'level3', stay: 2 },
    moved('up', from('primary', 20_000)),
    [100_000, 320_000],
  ],
  [
    'V1: a third stay that goes on from the second is the second',
    [...difference, half],
    { level: 'level3', stay: 3 },
    moved('up', from('primary', 10_000)),
    [50_000, 360_000],
  ],
  [
    'V1: the cap of the year still holds',
    [...difference, yearCap],
    { level: 'level3', deductiblePaidFen: 20_000 },
    moved('up', from('primary', 20_000)),
    [80_000, 336_000],
  ],
  [
    'V2 the primary stay that was referred up pays none',
    changsha,
    { level: 'primary' },
    { leaves: 'up', slip: true },
    [0, 400_000],
  ],
  [
    'V2 up: the whole deductible, 3 points more on what is above it',
    changsha,
    { level: 'level3' },
    moved('up', from('primary', 0)),
    [120_000, 315_400],
  ],
  [
    'V2 the upper stay that was referred down pays half',
    changsha,
    { level: 'level3' },
    { leaves: 'down', slip: true },
    [60_000, 352_000],
  ],
  [
    'V2 down: 3 points more in the primary place',
    changsha,
    { level: 'primary' },
    moved('down', from('level3', 60_000)),
    [20_000, 398_400],
  ],
  ['V2 without a slip: neither', changsha, { level: 'level3' }, { move: 'up', slip: false }, [120_000, 304_000]],
  [
    'V3 on day 3 with the same disease: once, at the highest level',
    threeDays,
    { level: 'level3' },
    { move: 'up', gapDays: 3, sameDisease: true, stays: from('level2', 60_000) },
    [60_000, 352_000],
  ],
  [
    'V3 on day 3 with another disease: a stay of its own',
    threeDays,
    { level: 'level3' },
    { move: 'up', gapDays: 3, sameDisease: false, stays: from('level2', 60_000) },
    [120_000, 304_000],
  ],
  [
    'V3 on day 3, the disease not stated: a stay of its own',
    threeDays,
    { level: 'level3' },
    { move: 'up', gapDays: 3, stays: from('level2', 60_000) },
    [120_000, 304_000],
  ],
  [
    'V3 on day 4: a stay of its own',
    threeDays,
    { level: 'level3' },
    { move: 'up', gapDays: 4, sameDisease: true, stays: from('level2', 60_000) },
    [120_000, 304_000],
  ],
  [
    'V3 back at a lower level: the highest is paid already',
    threeDays,
    { level: 'primary' },
    { move: 'down', gapDays: 1, sameDisease: true, stays: from('level3', 120_000) },
    [0, 400_000],
  ],
  [
    'V4 on day 15: the same stay, up to the higher standard',
    taizhou,
    { level: 'level3' },
    { move: 'up', gapDays: 15, stays: from('primary', 20_000) },
    [100_000, 320_000],
  ],
  [
    'V4 on day 16: a stay of its own',
    taizhou,
    { level: 'level3' },
    { move: 'up', gapDays: 16, stays: from('primary', 20_000) },
    [120_000, 304_000],
  ],
  [
    'V4 back at a lower level: the higher standard is paid already',
    taizhou,
    { level: 'primary' },
    { move: 'down', gapDays: 3, stays: from('level3', 120_000) },
    [0, 400_000],
  ],
  [
    'V4 back at a lower level: the higher standard was not reached',
    taizhou,
    { level: 'primary' },
    { move: 'down', gapDays: 3, stays: from('level3', 90_000) },
    [30_000, 376_000],
  ],
  [
    'V5 each hospital for itself',
    longgang,
    { level: 'level3' },
    { move: 'up', stays: from('primary', 20_000) },
    [120_000, 304_000],
  ],
  ['V5 down too', longgang, { level: 'primary' }, { move: 'down', stays: from('level3', 120_000) }, [20_000, 384_000]],
  [
    'V6 signed with a family doctor: a lower standard',
    [...deductibles, rate, { kind: 'deductible', when: { level: ['level3'], identity: ['signed'] }, amountFen: 50_000 }],
    { level: 'level3', identities: ['signed'] },
    undefined,
    [50_000, 360_000],
  ],
]
for (const [why, rules, claim, episode, [deductibleFen, fundFen]] of ROWS)
  test(why, () => {
    const found = settledBy(exampleBook(rules), { lines: [{ amountFen: STAY_FEN }], ...claim, ...(episode === undefined ? {} : { episode }) }) // prettier-ignore
    assert.deepEqual([found.deductibleFen, found.fundFen], [deductibleFen, fundFen])
  })

test('in a year the deductibles of a chain are those that were settled', () => {
  const bill = (id: string, level: string, amountFen: number, more: object = {}, goesOnFrom: string[] = []): YearBill => ({
    id,
    hospital: level,
    goesOnFrom,
    claim: areaClaim.parse({ day: '2024-03-01', level, lines: [{ amountFen }], ...more }),
  })
  const year = settleYear(exampleBook(difference), [
    bill('1', 'primary', 15_000),
    bill('2', 'level3', STAY_FEN, { episode: { move: 'up', slip: true } }, ['1']),
    bill('3', 'primary', STAY_FEN, { episode: { move: 'down', slip: true } }, ['1', '2']),
  ])
  assert.deepEqual(year.map(({ settled }) => settled.deductibleFen), [15_000, 105_000, 0]) // prettier-ignore
})
