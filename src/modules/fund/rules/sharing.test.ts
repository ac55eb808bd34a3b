import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assessmentScore, earnedOf, releasedOf, shareByScore, type Effect } from './assessment.ts'
import { splitByWeight } from './parts.ts'
import { primaryShare, splitAmong, type Member } from './split.ts'
import { headSalary, wagesByPoints, WORK_KINDS, type Worker } from './work-points.ts'

const EFFECTS: readonly Effect[] = [
  { from: 6_000, share: 6_000, rise: 'step' },
  { from: 8_000, share: 8_000, rise: 'line' },
  { from: 9_000, share: 10_000, rise: 'step' },
]
// score of 100 | share | why
for (const [score, share, why] of [
  [59.99, 0, 'just below 60: nothing'],
  [60, 6_000, 'from 60'],
  [79.99, 6_000, 'just below 80'],
  [80, 8_000, 'from 80'],
  [85, 9_000, 'half way'],
  [89.99, 9_998, 'just below 90'],
  [90, 10_000, 'from 90: everything'],
  [100, 10_000, 'full marks'],
] as const)
  test(`a score of ${score} gives ${share}: ${why}`, () => assert.equal(shareByScore(Math.round(score * 100), EFFECTS), share))

for (const [value, none, full, earned] of [
  [5_000, 4_000, 6_000, 5_000],
  [4_000, 4_000, 6_000, 0],
  [7_000, 4_000, 6_000, 10_000],
  [500, 1_000, 0, 5_000],
  [1_200, 1_000, 0, 0],
] as const)
  test(`an indicator of ${value} between ${none} and ${full} earns ${earned}`, () =>
    assert.equal(earnedOf(value, { none, full }), earned))

test('a score weighs its indicators; one without a value earns nothing and is named', () => {
  const indicators = [
    { name: 'fund-inside', weight: 60, none: 0, full: 10_000 },
    { name: 'primary-visits', weight: 40, none: 0, full: 10_000 },
  ]
  const { score, missing } = assessmentScore(indicators, { 'fund-inside': 5_000 })
  assert.deepEqual([score, missing], [3_000, ['primary-visits']])
})
test('what was withheld is released by the score', () => assert.equal(releasedOf(1_000_000, 8_550), 855_000))
for (const [score, expected] of [
  [7_000, 100],
  [8_500, 115],
  [6_000, 90],
  [10_000, 130],
] as const)
  test(`a head’s salary at ${score}: ${expected} % of the base`, () => assert.equal(headSalary(10_000, score, 0), expected * 100))

const member = (org: string, tier: Member['tier'], workload: number, quality: number, heads: number): Member => ({
  org,
  tier,
  workload,
  quality,
  heads,
})
test('a surplus is split by workload, quality and heads', () => {
  const members = [
    member('county', 'upper', 60, 50, 0),
    member('town', 'primary', 30, 25, 80),
    member('village', 'primary', 10, 25, 20),
  ]
  const parts = splitAmong(100_000, members, { workload: 50, quality: 30, heads: 20 })
  assert.deepEqual(
    parts.map(({ fen }) => fen),
    [45_000, 38_500, 16_500],
  )
  assert.equal(primaryShare(parts, members), 5_500)
})
test('a weight that nobody answers to goes to the others', () => {
  const parts = splitAmong(100, [member('a', 'upper', 1, 0, 0), member('b', 'primary', 1, 0, 0)], {
    workload: 50,
    quality: 30,
    heads: 20,
  })
  assert.deepEqual(
    parts.map(({ fen }) => fen),
    [50, 50],
  )
})
test('县:乡:村 = 6:3:1', () => assert.deepEqual(splitByWeight(1_001, [6, 3, 1]), [601, 300, 100]))
test('equal remainders go to who stands first', () => assert.deepEqual(splitByWeight(2, [1, 1, 1]), [1, 1, 0]))

const SHARES = { doctors: 5_000, nursing: 3_600, pharmacy: 400, administration: 1_000 }
const worker = (id: string, pool: Worker['pool'], post: number, discharge: number): Worker => ({
  id,
  pool,
  points: { post, discharge },
})
test('三明 5-4-1: doctors 50 %, nursing 36 %, pharmacy 4 %, administration 10 %', () => {
  const paid = wagesByPoints(
    1_000_000,
    [
      worker('d', 'doctors', 0, 10),
      worker('n', 'nursing', 0, 10),
      worker('p', 'pharmacy', 0, 10),
      worker('a', 'administration', 0, 10),
    ],
    { shares: SHARES, baseMost: 3_000 },
  )
  assert.deepEqual(
    paid.map(({ fen }) => fen),
    [500_000, 360_000, 40_000, 100_000],
  )
})
test('base points count for at most 30 % of all', () => {
  const paid = wagesByPoints(100, [worker('old', 'doctors', 90, 35), worker('new', 'doctors', 0, 35)], {
    shares: SHARES,
    baseMost: 3_000,
  })
  assert.deepEqual(
    paid.map(({ basePoints, workPoints }) => [basePoints, workPoints]),
    [
      [30, 35],
      [0, 35],
    ],
  )
})
test('penalties take points off, never below zero', () => {
  const paid = wagesByPoints(
    100,
    [{ id: 'a', pool: 'doctors', points: { discharge: 10, dispute: -50 } }, worker('b', 'doctors', 0, 10)],
    { shares: SHARES, baseMost: 3_000 },
  )
  assert.deepEqual(
    paid.map(({ fen }) => fen),
    [0, 100],
  )
})
test('no points are given for fees, drugs or tests', () =>
  assert.ok(!WORK_KINDS.some((kind) => /fee|drug|test|revenue/.test(kind))))

const seed = Number(process.env.SEED ?? 20_263)
test(`the pool is paid out exactly, and more points never bring less (seed ${seed})`, () => {
  let state = seed
  const random = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below
  const pools = ['doctors', 'nursing', 'pharmacy', 'administration'] as const
  for (let round = 0; round < 300; round++) {
    const wages = random(2_000_000_000)
    const workers = Array.from({ length: 1 + random(60) }, (_, at) =>
      worker(`w${at}`, pools[random(4)] as Worker['pool'], random(50), 1 + random(500)),
    )
    const paid = wagesByPoints(wages, workers, { shares: SHARES, baseMost: 3_000 })
    assert.equal(
      paid.reduce((sum, { fen }) => sum + fen, 0),
      wages,
    )
    for (const one of paid)
      for (const other of paid) if (one.pool === other.pool && one.points > other.points) assert.ok(one.fen >= other.fen)
    const members = workers.map(({ id, points }, at) =>
      member(id, at % 2 ? 'primary' : 'upper', points.discharge ?? 0, random(100), random(1_000)),
    )
    const parts = splitAmong(wages, members, { workload: random(100), quality: random(100), heads: 1 + random(100) })
    if (members.some(({ heads }) => heads > 0))
      assert.equal(
        parts.reduce((sum, { fen }) => sum + fen, 0),
        wages,
      )
    for (const { fen, byWorkloadFen, byQualityFen, byHeadsFen } of parts)
      assert.equal(fen, byWorkloadFen + byQualityFen + byHeadsFen)
  }
})
