import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '../../../../../sim/residents/random.ts'
import {
  ageCoefficient,
  auxiliaryOf,
  coefficientFor,
  hospitalCoefficient,
  PRICINGS,
  scoreOf,
  type Pricing,
  type ScoreTerms,
  type Severity,
} from './score.ts'

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
  assert.ok(steps.some(({ rule, is }) => rule === 'fund.dip-hard-cases' && is === 11_000))
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

// cost in yuan | severity | points | why: a standard of 10 000 yuan × 1.5 = 15 000 yuan where the severity is 1.5
const SEVERE: readonly (readonly [number, number, number, string])[] = [
  [7_499, 15_000, 749.9, 'far below the standard of a severe case: what it cost, not less'],
  [7_500, 15_000, 1_500, 'half of it'],
  [30_000, 15_000, 1_500, 'twice the standard of a severe case is usual'],
  [30_001, 15_000, 1_500.1, 'a yuan above twice adds a yuan'],
  [45_000, 15_000, 3_000, 'three times: its own score and what lies above twice'],
  [20_001, 10_000, 1_000.1, 'the same case without severity is far above already'],
]
for (const [yuan, severity, points, why] of SEVERE)
  test(`severity and outliers: ${why}`, () => {
    const { scoreE4 } = scoreOf({ ...stay, costFen: yuan * 100, severity: { severity } }, TERMS)
    assert.equal(scoreE4, Math.round(points * 10_000))
  })

test('a group that is worth almost nothing scores what the case cost beyond it, never below zero', () => {
  const { kind, scoreE4 } = scoreOf({ ...stay, groupScoreE4: 3, costFen: 500 }, TERMS)
  assert.equal(kind, 'high')
  // 5 yuan at 10 yuan a point, and the group's own 0.0003.
  assert.equal(scoreE4, 5_003)
})
test('a point that is worth nothing prices nothing', () =>
  assert.throws(() => scoreOf({ ...stay, costFen: 1, pointFen: 0 }, TERMS), /worth something/))

const seed = process.env['JIELI_SEED'] ?? String(1 + (Math.trunc(performance.timeOrigin) % 9_999))
test(`whatever the case: its score is not below zero, a far low one is paid what it cost, a far high one less (seed ${seed})`, () => {
  const random = randomFrom(seed)
  for (let round = 0; round < 2_000; round++) {
    const one = {
      groupScoreE4: random.whole(0, 50_000_000),
      costFen: random.whole(0, 2_147_483_647),
      days: random.whole(0, 100),
      severity: { age: random.whole(10_000, 13_000), comorbidity: random.whole(10_000, 17_000) },
      hospital: random.whole(5_000, 13_000),
      pricing: PRICINGS[random.whole(0, 2)] as Pricing,
      pointFen: random.whole(1, 20_000),
    }
    const { kind, scoreE4, steps } = scoreOf(one, TERMS)
    const say = `JIELI_SEED=${seed}, round ${round}, ${JSON.stringify(one)}`
    assert.ok(Number.isSafeInteger(scoreE4) && scoreE4 >= 0, say)
    assert.equal(steps.at(-1)?.is, scoreE4, say)
    const paidFen = (scoreE4 * one.pointFen) / 10_000
    // A ten-thousandth of a point is the roundness of a score.
    const round4 = one.pointFen / 10_000
    if (kind === 'low') assert.ok(Math.abs(paidFen - one.costFen) <= round4, say)
    if (kind === 'high') assert.ok(paidFen <= one.costFen + 2 * round4 + 1, say)
  }
})
