import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ageCoefficient,
  auxiliaryOf,
  coefficientFor,
  hospitalCoefficient,
  scoreOf,
  type Pricing,
  type ScoreTerms,
  type Severity,
} from './score.ts'
import { budgetPointFen, clearYear, dueByScore, monthPrepaid, settlementPointFen } from './points.ts'

const TERMS: ScoreTerms = { lowBelow: 5_000, highAbove: 20_000, expertAbove: 50_000, expertDaysAbove: 60 }
// A group of 1 000 points at 10 yuan a point: a standard of 10 000 yuan.
const stay = { groupScoreE4: 1_000_0000, days: 8, severity: {}, hospital: 10_000, pricing: 'level' as Pricing, pointFen: 1_000 }

// cost in yuan | kind | points | why
const OUTLIERS: readonly (readonly [number, string, number, string])[] = [
  [10_000, 'usual', 1_000, 'at the standard'],
  [4_999, 'low', 499.9, 'just below half: as it cost'],
  [5_000, 'usual', 1_000, 'half of it is still usual'],
  [5_001, 'usual', 1_000, 'just above half'],
  [20_000, 'usual', 1_000, 'twice is still usual'],
  [20_001, 'high', 1_000.1, 'just above twice: what lies above is added'],
  [30_000, 'high', 2_000, 'three times: r − 2 + 1'],
]
for (const [yuan, kind, points, why] of OUTLIERS)
  test(`cost over standard: ${why}`, () => {
    const scored = scoreOf({ ...stay, costFen: yuan * 100 }, TERMS)
    assert.deepEqual([scored.kind, scored.scoreE4], [kind, Math.round(points * 10_000)])
    assert.equal(scored.steps.at(-1)?.is, scored.scoreE4)
  })

// severity | coefficient | why
const SEVERITY: readonly (readonly [Severity, number, string])[] = [
  [{}, 10_000, 'none applies'],
  [{ comorbidity: 12_000 }, 12_000, 'one applies'],
  [{ comorbidity: 12_000, age: 11_000, intensiveCare: 13_000 }, 13_000, 'the highest, not the product'],
  [{ age: 9_000 }, 10_000, 'never below one'],
]
for (const [severity, expected, why] of SEVERITY)
  test(`auxiliary directories: ${why}`, () => assert.equal(auxiliaryOf(severity), expected))

const AGES = {
  newborn: 12_500,
  byYears: [
    [0, 12_000],
    [1, 11_500],
    [7, 11_000],
    [18, 10_000],
    [65, 10_500],
    [70, 11_000],
    [80, 12_000],
  ] as const,
}
for (const [years, days, expected] of [
  [0, 28, 12_500],
  [0, 29, 12_000],
  [1, 400, 11_500],
  [6, 0, 11_500],
  [7, 0, 11_000],
  [17, 0, 11_000],
  [18, 0, 10_000],
  [64, 0, 10_000],
  [65, 0, 10_500],
  [69, 0, 10_500],
  [70, 0, 11_000],
  [80, 0, 12_000],
] as const)
  test(`age ${years} years (${days} days)`, () => assert.equal(ageCoefficient({ years, days }, AGES), expected))

test('basic-level and TCM-advantage diseases are priced equally at every level; all others by the hospital', () => {
  for (const hospital of [8_000, 10_000, 12_500]) {
    assert.equal(coefficientFor('basic-level', hospital), 10_000)
    assert.equal(coefficientFor('tcm-advantage', hospital), 10_000)
    assert.equal(coefficientFor('level', hospital), hospital)
    assert.equal(scoreOf({ ...stay, costFen: 1_000_000, hospital, pricing: 'basic-level' }, TERMS).scoreE4, 1_000_0000)
  }
  assert.equal(scoreOf({ ...stay, costFen: 1_000_000, hospital: 8_000 }, TERMS).scoreE4, 800_0000)
})
test('difficult and critical cases weigh more, and the step shows it', () => {
  const { scoreE4, steps } = scoreOf({ ...stay, costFen: 1_100_000, uplift: 11_000 }, TERMS)
  assert.equal(scoreE4, 1_100_0000)
  assert.ok(steps.some(({ rule, is }) => rule === 'fund.dip-uplift' && is === 11_000))
})
for (const [costFen, days, expected] of [
  [5_000_000, 60, false],
  [5_000_100, 60, true],
  [1_000_000, 61, true],
] as const)
  test(`experts decide (${costFen} fen, ${days} days): ${expected}`, () =>
    assert.equal(scoreOf({ ...stay, costFen, days }, TERMS).forExperts, expected))

test('a hospital coefficient: level mean over region mean, and the weighted bonus', () => {
  assert.equal(hospitalCoefficient(900_000, 1_000_000, []), 9_000)
  assert.equal(
    hospitalCoefficient(900_000, 1_000_000, [
      { value: 1_000, weight: 2_500 },
      { value: 400, weight: 2_500 },
    ]),
    9_350,
  )
})
test('the point value that a year begins with: years by 1:2:7', () => {
  const years = [
    [8_000_000_00, 1],
    [9_000_000_00, 2],
    [10_000_000_00, 7],
  ] as const
  // (8 + 18 + 70) million yuan over 10 × 100 000 points: 96 yuan.
  assert.equal(budgetPointFen(years.map(([totalFen, weight]) => ({ totalFen, weight, scoreE4: 100_000_0000 }))), 9_600)
})
test('1 billion yuan of total fees over 10 million points is 100 yuan a point', () => {
  assert.equal(settlementPointFen(700_000_000_00, 7_000, 10_000_000_0000), 100_00)
})
test('the year is paid out by scores to the last fen', () => assert.deepEqual(dueByScore(100, [1, 1, 1]), [34, 33, 33]))

for (const [claimed, share, off, paid] of [
  [1_000_000, 9_500, 0, 950_000],
  [1_000_000, 9_500, 50_000, 900_000],
  [1_000, 9_500, 5_000, 0],
] as const)
  test(`a month of ${claimed} fen at ${share}: ${paid}`, () => assert.equal(monthPrepaid(claimed, share, off), paid))

const CLEARING = { keepFrom: 8_000, shareUntil: 11_500, overrunShare: 6_000 }
// claimed of 100 yuan due | paid | kept | why
const CLEARED: readonly (readonly [number, number, number, string])[] = [
  [7_999, 7_999, 0, 'just below the line of keeping: as claimed'],
  [8_000, 10_000, 2_000, 'from the line on: the due, and the surplus is kept'],
  [10_000, 10_000, 0, 'exactly the due'],
  [10_100, 10_060, 0, 'above: 60 % of it'],
  [11_500, 10_900, 0, 'at the limit'],
  [20_000, 10_900, 0, 'above the limit nothing more'],
]
for (const [claimedFen, paid, kept, why] of CLEARED)
  test(`clearing: ${why}`, () => {
    const cleared = clearYear({ dueFen: 10_000, claimedFen, assessment: 10_000, prepaidFen: 9_000, clawbackFen: 100 }, CLEARING)
    assert.deepEqual([cleared.paidFen, cleared.kept, cleared.balanceFen], [paid, kept, paid - 9_100])
  })
test('the assessment lowers what is paid', () =>
  assert.equal(
    clearYear({ dueFen: 10_000, claimedFen: 10_000, assessment: 9_500, prepaidFen: 0, clawbackFen: 0 }, CLEARING).paidFen,
    9_500,
  ))
