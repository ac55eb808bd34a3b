import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { randomFrom } from '../../../../../sim/residents/random.ts'
import { clearRegion, type HospitalYear } from './clearing.ts'
import type { ClearingTerms } from './points.ts'

const TERMS: ClearingTerms = { keepFrom: 8_000, shareUntil: 11_500, overrunShare: 6_000 }
const hospital = (points: number, claimed: number, more: Partial<HospitalYear> = {}): HospitalYear => ({
  scoreE4: points * 10_000,
  costFen: claimed * 2,
  claimedFen: claimed,
  prepaidFen: 0,
  clawbackFen: 0,
  assessment: 10_000,
  ...more,
})
const money = (fundFen: number, reserveFen = 0) => ({ fundFen, reserveFen, basis: 'fund' as const })

describe('the year of a region', () => {
  test('the fund over all scores is the point value; each hospital is due its scores', () => {
    const { pointFen, hospitals, leftFen } = clearRegion([hospital(300, 3_000), hospital(700, 7_000)], money(10_000), TERMS)
    assert.equal(pointFen, 10)
    assert.deepEqual(hospitals.map(({ dueFen, paidFen }) => [dueFen, paidFen]), [[3_000, 3_000], [7_000, 7_000]]) // prettier-ignore
    assert.equal(leftFen, 0)
  })
  const table: readonly (readonly [what: string, claimed: number, paid: number, kept: number])[] = [
    ['claimed less than the line of keeping: paid as claimed', 7_999, 7_999, 0],
    ['claimed at the line: paid what is due, the rest is kept', 8_000, 10_000, 2_000],
    ['claimed what is due', 10_000, 10_000, 0],
    ['claimed above: 60 % of what lies above', 11_000, 10_600, 0],
    ['claimed above the end of sharing: nothing of what lies beyond', 20_000, 10_900, 0],
  ]
  for (const [what, claimed, paid, kept] of table)
    test(what, () => {
      const other = hospital(100, 10_000)
      const [one] = clearRegion([hospital(100, claimed), other], money(20_000, 5_000), TERMS).hospitals
      assert.deepEqual([one?.dueFen, one?.paidFen, one?.kept], [10_000, paid, kept])
    })
  test('prepaid and taken back are less; the assessment weighs what is paid', () => {
    const one = hospital(100, 10_000, { assessment: 9_500, prepaidFen: 9_000, clawbackFen: 100 })
    const [cleared] = clearRegion([one], money(10_000), TERMS).hospitals
    assert.deepEqual([cleared?.paidFen, cleared?.balanceFen], [9_500, 400])
  })
  test('without a reserve an overrun is shared only out of what others leave', () => {
    const over = hospital(100, 11_500_000)
    const saving = hospital(100, 7_900_000)
    const { leftFen, overrunShare } = clearRegion([over, saving], money(20_000_000), TERMS)
    assert.deepEqual([leftFen, overrunShare], [1_200_000, 6_000])
    const both = clearRegion([over, over], money(20_000_000, 300_000), TERMS)
    assert.equal(both.overrunShare, 1_000)
    assert.equal(both.leftFen, -300_000)
  })
  test('by total fees: what persons paid is taken off, and the parts sum to the fund', () => {
    const cheap = hospital(100, 6_000, { costFen: 10_000 })
    const dear = hospital(100, 8_000, { costFen: 10_000 })
    const { fundShare, pointFen, hospitals } = clearRegion([cheap, dear], { ...money(14_000), basis: 'total-fees' }, TERMS)
    assert.equal(fundShare, 7_000)
    assert.equal(pointFen, 100)
    assert.deepEqual(hospitals.map(({ dueFen }) => dueFen), [6_000, 8_000]) // prettier-ignore
  })
})

test('whatever the year: parts sum to the fund, paid and left sum to it, and no more than the reserve is drawn', () => {
  const seed = process.env['JIELI_SEED'] ?? String(1 + (Math.trunc(performance.timeOrigin) % 9_999))
  const random = randomFrom(seed)
  const below = (end: number): number => random.whole(0, end - 1)
  for (let round = 0; round < 300; round++) {
    const hospitals = Array.from({ length: 1 + below(9) }, () => {
      const costFen = below(1_000_000_000)
      return hospital(below(100_000), 0, {
        scoreE4: 1 + below(1_000_000_000),
        costFen,
        claimedFen: below(costFen + 1),
        prepaidFen: below(1_000_000),
        assessment: 8_000 + below(2_001),
      })
    })
    const fundFen = 1 + below(2_000_000_000)
    const reserveFen = below(50_000_000)
    const basis = below(2) === 0 ? 'fund' : 'total-fees'
    const of = { fundFen, reserveFen, basis } as const
    const cleared = clearRegion(hospitals, of, TERMS)
    const say = `JIELI_SEED=${seed}, round ${round}`
    assert.equal(sum(cleared.hospitals.map(({ dueFen }) => dueFen)), fundFen, say)
    assert.equal(sum(cleared.hospitals.map(({ paidFen }) => paidFen)) + cleared.leftFen, fundFen, say)
    assert.ok(cleared.leftFen >= -reserveFen, `${say}: ${cleared.leftFen} drawn of ${reserveFen}`)
    assert.deepEqual(
      clearRegion(hospitals.toReversed(), of, TERMS).hospitals.map(({ paidFen }) => paidFen).toReversed().every((paid, at) => Math.abs(paid - (cleared.hospitals[at]?.paidFen ?? 0)) <= 1), // prettier-ignore
      true,
      `${say}: the order moves no more than a fen`,
    )
  }
})

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0)
