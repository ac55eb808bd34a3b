import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogueOf, encode, keyOf, weightedMean, type CatalogueTerms, type Discharge } from './catalogue.ts'
import { fencesOf, sumsOf } from './sums.ts'

const TERMS: CatalogueTerms = {
  yearWeights: [1, 2, 7],
  casesMin: 15,
  trim: { lowest: 250, highest: 9750, casesMin: 40 },
  base: 1000,
}
const stays = (count: number, of: Partial<Discharge>): Discharge[] =>
  Array.from({ length: count }, () => ({
    diagnosis: 'K35.900',
    procedures: ['47.01'],
    treatment: 'surgical',
    year: 2,
    costFen: 100_000,
    ...of,
  }))
const built = (rows: readonly Discharge[]) => catalogueOf(encode(rows), TERMS)

// cases | kind | why
const THRESHOLD: readonly (readonly [number, string, string, string])[] = [
  [14, 'comprehensive', 'K35:surgical', 'one below the critical value: merged by category and treatment'],
  [15, 'core', 'K35.9:47.01', 'the critical value itself: a group of its own'],
  [16, 'core', 'K35.9:47.01', 'above it'],
]
for (const [cases, kind, key, why] of THRESHOLD)
  test(why, () =>
    assert.deepEqual(
      built(stays(cases, {})).groups.map((one) => [one.kind, one.key]),
      [[kind, key]],
    ),
  )

test('rare groups of one category and treatment become one; another treatment stays apart', () => {
  const rows = [
    ...stays(5, {}),
    ...stays(6, { procedures: ['47.09'] }),
    ...stays(7, { procedures: [], treatment: 'conservative' }),
  ]
  assert.deepEqual(
    built(rows).groups.map(({ key, cases }) => [key, cases]),
    [
      ['K35:surgical', [0, 0, 11]],
      ['K35:conservative', [0, 0, 7]],
    ],
  )
})
test('the order of procedures and a repeated one make no other group', () => {
  assert.equal(
    keyOf({ diagnosis: 'K35.9', procedures: ['54.2', '47.01', '54.2'] }),
    keyOf({ diagnosis: 'K35.900x', procedures: ['47.01', '54.2'] }),
  )
})

// means of the three years | the mean by 1:2:7 | why
const YEARS: readonly (readonly [readonly (number | null)[], number, string])[] = [
  [[100_000, 100_000, 100_000], 100_000, 'equal years: their mean'],
  [[100_000, 200_000, 300_000], 260_000, '0.1 × 1 000 + 0.2 × 2 000 + 0.7 × 3 000 yuan'],
  [[null, 200_000, 300_000], (2 * 200_000 + 7 * 300_000) / 9, 'a year without a case says nothing'],
  [[100_000, null, null], 100_000, 'only the oldest year'],
]
for (const [means, expected, why] of YEARS)
  test(why, () => {
    const rows = means.flatMap((costFen, year) => (costFen === null ? [] : stays(20, { year, costFen })))
    const { discharges } = encode(rows)
    assert.equal(weightedMean(sumsOf(discharges, 1, 3), 0, TERMS.yearWeights), expected)
  })

test('a score is the mean over the mean of all, times 1 000', () => {
  const { groups, meanFen } = built([
    ...stays(20, { costFen: 50_000 }),
    ...stays(20, { procedures: ['47.09'], costFen: 150_000 }),
  ])
  assert.equal(meanFen, 100_000)
  assert.deepEqual(
    groups.map(({ scoreE4 }) => scoreE4),
    [500 * 10_000, 1500 * 10_000],
  )
})

test('costs outside the 2.5 and 97.5 percentiles do not count; a small group is not trimmed', () => {
  const ordinary = Array.from({ length: 100 }, (_, at) => stays(1, { costFen: (at + 1) * 1_000 })[0] as Discharge)
  const { groups, cut } = built(ordinary)
  // Nearest rank of 100: the 3rd and the 98th; 2 cut below and 2 above.
  assert.deepEqual([groups[0]?.casesCut, groups[0]?.meanFen, cut], [4, 50_500, 400])
  assert.equal(built(ordinary.slice(0, 39)).groups[0]?.casesCut, 0)
})

const seed = Number(process.env.SEED ?? 20_261)
test(`fences are those of a sorted list (seed ${seed})`, () => {
  let state = seed
  const random = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below
  for (let round = 0; round < 200; round++) {
    const count = 40 + random(300)
    const costFen = Int32Array.from({ length: count }, () => random(round % 2 ? 7 : 1_000_000))
    const group = new Uint32Array(count)
    const { least, most } = fencesOf({ group, costFen }, new Uint32Array(1), 1, TERMS.trim)
    const sorted = costFen.toSorted()
    assert.equal(least[0], sorted[Math.ceil((count * 250) / 10_000) - 1])
    assert.equal(most[0], sorted[Math.ceil((count * 9750) / 10_000) - 1])
  }
})
