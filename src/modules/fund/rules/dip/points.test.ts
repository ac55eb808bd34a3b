import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { randomFrom } from '../../../../../sim/residents/random.ts'
import {
  budgetPointFen,
  clearYear,
  dueByScore,
  monthPrepaid,
  settlementPointFen,
  type ClearingTerms,
  type PastYear,
} from './points.ts'

const POINTS = 10_000
const year = (yuan: number, points: number, weight: number): PastYear => ({
  totalFen: yuan * 100,
  scoreE4: points * POINTS,
  weight,
})

describe('budget point value: weighted cost of three years over their weighted scores', () => {
  // years | fen a point | why
  const table: readonly (readonly [readonly PastYear[], number, string])[] = [
    [
      [year(8_000_000, 100_000, 1), year(9_000_000, 100_000, 2), year(10_000_000, 100_000, 7)],
      9_600,
      '(8 + 18 + 70) million yuan over 10 × 100 000 points: 96 yuan',
    ],
    [
      [year(8_000_000, 80_000, 1), year(9_000_000, 90_000, 2), year(10_000_000, 100_000, 7)],
      10_000,
      'cost and scores that grow alike leave the value as it is',
    ],
    [[year(0, 0, 1), year(0, 0, 2), year(10_000_000, 100_000, 7)], 10_000, 'years without a case say nothing'],
    [[{ totalFen: 5, scoreE4: 10 * POINTS, weight: 1 }], 1, 'half a fen is rounded up'],
    [[{ totalFen: 4, scoreE4: 10 * POINTS, weight: 1 }], 0, 'less than half a fen is rounded down'],
    [[year(0, 10, 1)], 0, 'years that cost nothing: a point is worth nothing, not less'],
    [[year(10_000_000, 100_000, 7), year(8_000_000, 100_000, 1), year(9_000_000, 100_000, 2)], 9_600, 'in whatever order'],
  ]
  for (const [years, fen, why] of table) test(why, () => assert.equal(budgetPointFen(years), fen))
  test('sums of a province stay exact beyond 2^53', () => {
    // 9 × 10^15 fen and 9 × 10^15 ten-thousandths, weight 7: both products lie beyond what a number holds exactly.
    assert.equal(budgetPointFen([{ totalFen: 9_000_000_000_000_001, scoreE4: 9_000_000_000_000_001, weight: 7 }]), POINTS)
  })
  test('without a score there is no value', () => {
    assert.throws(() => budgetPointFen([]), /there were cases/)
    assert.throws(() => budgetPointFen([year(1, 0, 7)]), /there were cases/)
  })
  test('a year below zero is a mistake of ours', () => assert.throws(() => budgetPointFen([year(-1, 10, 7)]), /below zero/))
})

describe('settlement point value: the fund as whole fees over the scores of the year', () => {
  // fund in yuan | the fund's part, basis points | points | fen | why
  const table: readonly (readonly [number, number, number, number, string])[] = [
    [700_000_000, 7_000, 10_000_000, 10_000, '1 billion yuan of fees over 10 million points: 100 yuan'],
    [700_000_000, 10_000, 10_000_000, 7_000, 'the fund alone over the points, where persons pay beside it'],
    [700_000_000, 7_000, 20_000_000, 5_000, 'twice the points: half the value'],
    [0, 7_000, 10, 0, 'no money: worth nothing'],
    [0.05, 10_000, 10, 1, 'half a fen is rounded up'],
    [0.04, 10_000, 10, 0, 'less than half a fen is rounded down'],
  ]
  for (const [yuan, share, points, fen, why] of table)
    test(why, () => assert.equal(settlementPointFen(Math.round(yuan * 100), share, points * POINTS), fen))
  test('without scores, without a part, or with a fund below zero there is none', () => {
    assert.throws(() => settlementPointFen(100, 7_000, 0))
    assert.throws(() => settlementPointFen(100, 0, 10))
    assert.throws(() => settlementPointFen(-1, 7_000, 10), /below zero/)
  })
})

describe('month prepay: a share of what was claimed, less what was taken off', () => {
  // claimed | share | taken off | paid | why
  const table: readonly (readonly [number, number, number, number, string])[] = [
    [1_000_000, 9_500, 0, 950_000, '95 %, the rest is the deposit'],
    [1_000_000, 9_500, 50_000, 900_000, 'less what was taken off'],
    [1_000_000, 9_500, 950_000, 0, 'all of it taken off'],
    [1_000_000, 9_500, 950_001, 0, 'a fen more: nothing is paid, nothing asked back in the month'],
    [0, 9_500, 0, 0, 'a month without a claim'],
    [1, 5_000, 0, 1, 'half a fen is rounded up'],
    [1, 4_999, 0, 0, 'less than half a fen is rounded down'],
    [1_000_000, 10_000, 0, 1_000_000, 'no deposit'],
  ]
  for (const [claimed, share, off, paid, why] of table) test(why, () => assert.equal(monthPrepaid(claimed, share, off), paid))
})

test('the year is shared out by scores to the last fen: the largest remainder, then who stands first', () => {
  assert.deepEqual(dueByScore(100, [1, 1, 1]), [34, 33, 33])
  assert.deepEqual(dueByScore(100, [10, 5, 1]), [63, 31, 6])
  assert.deepEqual(dueByScore(100, [0, 1]), [0, 100])
  assert.deepEqual(dueByScore(0, [1, 2]), [0, 0])
  assert.throws(() => dueByScore(1, [0, 0]), /somebody has a weight/)
})

const TERMS: ClearingTerms = { keepFrom: 8_000, shareUntil: 11_500, overrunShare: 6_000 }
const hospital = { dueFen: 10_000, claimedFen: 10_000, assessment: 10_000, prepaidFen: 0, clawbackFen: 0 }

describe('year clearing: kept below what is due, shared above it', () => {
  // claimed of 100 yuan due | paid | kept | why
  const table: readonly (readonly [number, number, number, string])[] = [
    [0, 0, 0, 'nothing claimed: nothing paid'],
    [7_999, 7_999, 0, 'just below the line of keeping: as claimed'],
    [8_000, 10_000, 2_000, 'from the line on: the due, and the surplus is kept'],
    [9_999, 10_000, 1, 'a fen below the due is kept'],
    [10_000, 10_000, 0, 'exactly the due'],
    [10_001, 10_001, 0, '60 % of a fen is rounded to one'],
    [10_100, 10_060, 0, 'above: 60 % of it'],
    [11_500, 10_900, 0, 'at the limit of sharing'],
    [11_501, 10_900, 0, 'a fen above the limit brings nothing'],
    [20_000, 10_900, 0, 'nor does twice'],
  ]
  for (const [claimedFen, paid, kept, why] of table)
    test(why, () => {
      const cleared = clearYear({ ...hospital, claimedFen, prepaidFen: 9_000, clawbackFen: 100 }, TERMS)
      assert.deepEqual([cleared.paidFen, cleared.kept, cleared.balanceFen], [paid, kept, paid - 9_100])
      assert.equal(cleared.steps.at(-1)?.is, cleared.balanceFen)
    })
  test('the line is not rounded: 8 002 of 10 003 due is below 80 %, though 80 % of it rounds to 8 002', () => {
    assert.equal(clearYear({ ...hospital, dueFen: 10_003, claimedFen: 8_002 }, TERMS).paidFen, 8_002)
    assert.equal(clearYear({ ...hospital, dueFen: 10_003, claimedFen: 8_003 }, TERMS).paidFen, 10_003)
  })
  test('the assessment lowers what is paid, after keeping and sharing', () =>
    assert.equal(clearYear({ ...hospital, claimedFen: 10_100, assessment: 9_500 }, TERMS).paidFen, 9_557))
  test('more prepaid than earned is given back', () =>
    assert.equal(clearYear({ ...hospital, claimedFen: 5_000, prepaidFen: 6_000 }, TERMS).balanceFen, -1_000))
  test('whom no score is worth anything gets nothing, whatever was claimed', () =>
    assert.equal(clearYear({ ...hospital, dueFen: 0, claimedFen: 5_000 }, TERMS).paidFen, 0))
})

const seed = process.env['JIELI_SEED'] ?? String(1 + (Math.trunc(performance.timeOrigin) % 9_999))
const MONTHS = 12
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)

describe(`whatever the year (JIELI_SEED=${seed})`, () => {
  const ROUNDS = 400
  const years = () => {
    const random = randomFrom(seed)
    return Array.from({ length: ROUNDS }, (_, round) => {
      const scores = Array.from({ length: random.whole(1, 40) }, () => random.whole(0, 3_000_000_000))
      scores[random.whole(0, scores.length - 1)] = random.whole(1, 3_000_000_000)
      const months = scores.map(() => Array.from({ length: MONTHS }, () => random.whole(0, 5_000_000_000)))
      return { round, random, scores, months, budgetFen: random.whole(0, 90_000_000_000) }
    })
  }

  test('the parts by scores sum to the budget; a point is not worth less than nothing; a fen apart from the exact share at most', () => {
    for (const { round, random, scores, budgetFen } of years()) {
      const share = random.whole(1, 10_000)
      const parts = dueByScore(budgetFen, scores)
      const say = `JIELI_SEED=${seed}, round ${round}`
      assert.equal(sum(parts), budgetFen, say)
      assert.ok(settlementPointFen(budgetFen, share, sum(scores)) >= 0, say)
      const pointFen = budgetPointFen([{ totalFen: budgetFen, scoreE4: sum(scores), weight: random.whole(1, 9) }])
      assert.ok(pointFen >= 0, say)
      for (const [at, part] of parts.entries()) {
        const exact = (BigInt(budgetFen) * BigInt(scores[at] as number)) / BigInt(sum(scores))
        assert.ok(part >= Number(exact) && part <= Number(exact) + 1, say)
      }
    }
  })

  test('who claimed what is due or less and keeps the rest: the year pays out exactly the budget', () => {
    const keepAll = { ...TERMS, keepFrom: 0 }
    for (const { round, random, scores, budgetFen } of years()) {
      const paid = dueByScore(budgetFen, scores).map((dueFen) => {
        const { paidFen } = clearYear({ ...hospital, dueFen, claimedFen: random.whole(0, dueFen) }, keepAll)
        return paidFen
      })
      assert.equal(sum(paid), budgetFen, `JIELI_SEED=${seed}, round ${round}`)
    }
  })

  test('months, taken back and balance are the year, whatever was prepaid; keeping and claiming more never pay less', () => {
    for (const { round, random, scores, months, budgetFen } of years()) {
      const dues = dueByScore(budgetFen, scores)
      const assessment = random.whole(0, 10_000)
      const clawbackFen = random.whole(0, 1_000_000)
      for (const [at, dueFen] of dues.entries()) {
        const say = `JIELI_SEED=${seed}, round ${round}, hospital ${at}`
        const claims = months[at] as number[]
        const prepaid = claims.map((claimed) => monthPrepaid(claimed, random.whole(0, 10_000), random.whole(0, 1_000_000)))
        assert.ok(prepaid.every((fen, month) => fen >= 0 && fen <= (claims[month] as number)), say) // prettier-ignore
        const one = { ...hospital, dueFen, claimedFen: sum(claims), assessment, prepaidFen: sum(prepaid), clawbackFen }
        const cleared = clearYear(one, TERMS)
        assert.equal(sum(prepaid) + clawbackFen + cleared.balanceFen, cleared.paidFen, say)
        assert.ok(cleared.paidFen >= 0 && cleared.kept >= 0, say)
        const more = clearYear({ ...one, claimedFen: one.claimedFen + random.whole(0, 1_000_000_000) }, TERMS)
        assert.ok(more.paidFen >= cleared.paidFen, `${say}: a higher claim`)
      }
    }
  })

  test('cases in another order give the same scores of hospitals, and so the same year', () => {
    const random = randomFrom(seed)
    for (let round = 0; round < 50; round++) {
      const hospitals = random.whole(1, 12)
      const cases = Array.from({ length: 500 }, () => ({
        at: random.whole(0, hospitals - 1),
        score: random.whole(1, 50_000_000),
      }))
      const shuffled = cases.map((one) => ({ one, by: random.whole(0, 1_000_000) })).toSorted((a, b) => a.by - b.by)
      const scoresOf = (rows: typeof cases): number[] => {
        const scores = Array<number>(hospitals).fill(0)
        for (const { at, score } of rows) scores[at] = (scores[at] ?? 0) + score
        return scores
      }
      const year = (rows: typeof cases) =>
        dueByScore(987_654_321, scoresOf(rows)).map((dueFen) => clearYear({ ...hospital, dueFen }, TERMS).paidFen)
      assert.deepEqual(year(shuffled.map(({ one }) => one)), year(cases), `JIELI_SEED=${seed}, round ${round}`)
    }
  })
})
