import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { randomFrom } from '../../../../../sim/residents/random.ts'
import { catalogueOf, encode, TREATMENTS, type CatalogueTerms, type Discharge } from './catalogue.ts'
import { fencesOf, sumsInside, sumsOf, type Discharges } from './sums.ts'

const GROUPS = 3
const YEARS = 2
// group | year | cost
const ROWS = [
  [0, 0, 100],
  [0, 0, 200],
  [0, 1, 700],
  [2, 1, 5],
] as const
const columns = (rows: readonly (readonly [number, number, number])[]): Discharges => ({
  group: Uint32Array.from(rows.map(([group]) => group)),
  year: Uint8Array.from(rows.map(([, year]) => year)),
  costFen: Int32Array.from(rows.map(([, , cost]) => cost)),
})

describe('sums of discharges by group and year', () => {
  test('cases and cost stand at group × years + year; a group without a case is nothing', () => {
    const { cases, costFen } = sumsOf(columns(ROWS), GROUPS, YEARS)
    assert.deepEqual([...cases], [2, 1, 0, 0, 0, 1])
    assert.deepEqual([...costFen], [300, 700, 0, 0, 0, 5])
  })
  test('no discharge: nothing', () => assert.deepEqual([...sumsOf(columns([]), GROUPS, YEARS).cases], [0, 0, 0, 0, 0, 0]))
  test('sums lie beyond what an array of 32 bits holds', () =>
    assert.deepEqual(
      [...sumsOf(columns(Array.from({ length: 3 }, () => [0, 0, 2_147_483_647] as const)), 1, 1).costFen],
      [6_442_450_941],
    ))
  test('columns of several lengths, a year or a group too many are mistakes, not discharges that vanish', () => {
    const one = columns(ROWS)
    assert.throws(() => sumsOf({ ...one, year: new Uint8Array(1) }, GROUPS, YEARS), /one length/)
    assert.throws(() => sumsOf(columns([[0, 2, 1]]), GROUPS, YEARS), /one of the years/)
    assert.throws(() => sumsOf(columns([[3, 0, 1]]), GROUPS, YEARS), /one of the groups/)
  })
})

describe('trimming: what lies between the fences counts, both fences with it', () => {
  const trim = { lowest: 1_000, highest: 9_000, casesMin: 10 }
  const costs = (count: number) => columns(Array.from({ length: count }, (_, at) => [0, 0, (at + 1) * 10] as const))
  // cases | fences | cases inside | why
  const table: readonly (readonly [number, readonly [number, number] | null, number, string])[] = [
    [9, null, 9, 'a group below the least number is not trimmed'],
    [10, [10, 90], 9, 'from it on: the 1st and the 9th of ten'],
    [11, [20, 100], 9, 'the nearest rank is rounded up: 1.1 is the 2nd, 9.9 the 10th'],
    [20, [20, 180], 17, 'the 2nd and the 18th of twenty'],
  ]
  for (const [count, fences, inside, why] of table)
    test(why, () => {
      const rows = costs(count)
      const { least, most } = fencesOf(rows, new Uint32Array(1), 1, trim)
      if (fences) assert.deepEqual([least[0], most[0]], fences)
      const sums = sumsInside(rows, new Uint32Array(1), { least, most }, 1)
      assert.equal(sums.cases[0], inside)
    })
  test('costs that are all alike are all counted', () => {
    const rows = columns(Array.from({ length: 50 }, () => [0, 0, 77] as const))
    const fences = fencesOf(rows, new Uint32Array(1), 1, trim)
    assert.deepEqual([...sumsInside(rows, new Uint32Array(1), fences, 1).cases], [50])
  })
  test('groups that were merged are trimmed as one', () => {
    const rows = columns(Array.from({ length: 20 }, (_, at) => [at % 2, 0, (at + 1) * 10] as const))
    const { least, most } = fencesOf(rows, Uint32Array.from([0, 0]), 1, trim)
    assert.deepEqual([least[0], most[0]], [20, 180])
  })
  test('no discharge and a group without one have open fences', () => {
    const { least, most } = fencesOf(columns([]), new Uint32Array(1), 1, { ...trim, casesMin: 0 })
    assert.deepEqual([least[0], most[0]], [-2_147_483_648, 2_147_483_647])
  })
})

const TERMS: CatalogueTerms = {
  yearWeights: [1, 2, 7],
  casesMin: 15,
  trim: { lowest: 250, highest: 9_750, casesMin: 40 },
  base: 1_000,
}
const seed = process.env['JIELI_SEED'] ?? String(1 + (Math.trunc(performance.timeOrigin) % 9_999))

test(`discharges in another order give the same catalogue, group by group (JIELI_SEED=${seed})`, () => {
  const random = randomFrom(seed)
  for (let round = 0; round < 20; round++) {
    const rows = Array.from({ length: random.whole(1, 1_500) }, (): Discharge => ({
      diagnosis: `J1${random.whole(0, 3)}.${random.whole(0, 2)}00`,
      procedures: random.whole(0, 1) === 0 ? [] : [`33.2${random.whole(0, 3)}`],
      // Front pages that disagree on how the same procedures treat.
      treatment: TREATMENTS[random.whole(0, TREATMENTS.length - 1)] as Discharge['treatment'],
      year: random.whole(0, 2),
      costFen: random.whole(0, 3_000_000),
    }))
    const shuffled = rows.map((one) => ({ one, by: random.whole(0, 1_000_000) })).toSorted((a, b) => a.by - b.by)
    const built = (of: readonly Discharge[]) => {
      const { groups, meanFen, cut } = catalogueOf(encode(of), TERMS)
      return { groups: groups.toSorted((a, b) => (a.key < b.key ? -1 : 1)), meanFen, cut }
    }
    const [one, other] = [built(rows), built(shuffled.map((each) => each.one))]
    assert.deepEqual(other, one, `JIELI_SEED=${seed}, round ${round}`)
    const cases = one.groups.reduce((sum, group) => sum + group.cases.reduce((all, of) => all + of, 0), 0)
    assert.equal(cases, rows.length, `JIELI_SEED=${seed}, round ${round}: every discharge stands in one group`)
  }
})
test('where nothing cost anything every group scores nothing', () =>
  assert.deepEqual(
    catalogueOf(
      encode(
        Array.from({ length: 20 }, () => ({
          diagnosis: 'J18.900',
          procedures: [],
          treatment: 'conservative' as const,
          year: 2,
          costFen: 0,
        })),
      ),
      TERMS,
    ).groups.map(({ scoreE4 }) => scoreE4),
    [0],
  ))
