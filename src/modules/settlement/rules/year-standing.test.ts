import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { BillId, YearEntry } from '../settlement.ts'
import { areaClaim } from './area-claim.ts'
import { exampleBook } from './testing-book.ts'
import { yearStanding } from './year-standing.ts'

const BANDS = [{ overFen: 0, upToFen: null, rateBp: 6_000 }]
const book = exampleBook([
  { kind: 'deductible', amountFen: 50_000 },
  { kind: 'rate', bands: BANDS },
  { kind: 'fund-cap', amountFen: 10_000_000 },
  { kind: 'layer', layer: 'serious-illness', deductibleFen: 1_600_000, capFen: 30_000_000, bands: BANDS },
  { kind: 'layer', layer: 'serious-illness', when: { identity: ['low-income'] }, deductibleFen: 800_000, bands: BANDS },
  { kind: 'layer', layer: 'supplementary', per: 'stay', deductibleFen: 100_000, bands: BANDS },
  { kind: 'layer', layer: 'medical-aid', when: { identity: ['low-income'] }, deductibleFen: null, bands: BANDS },
])
const claim = (more: object = {}) => areaClaim.parse({ day: '2024-06-01', level: 'level2', lines: [{ amountFen: 1 }], ...more })
const entry = (seq: number, more: Partial<YearEntry>): YearEntry => ({
  org: '1' as OrgId,
  bill: `b${seq}` as BillId,
  seq,
  care: 'inpatient',
  level: 'level2',
  day: '2024-05-01' as Day,
  stays: 1,
  deductibleFen: 0,
  totalFen: 0,
  inScopeFen: 0,
  basicFen: 0,
  layers: {},
  limitsUsed: {},
  ...more,
})
const YEAR = [
  entry(1, { deductibleFen: 50_000, inScopeFen: 3_000_000, basicFen: 2_400_000, layers: { 'serious-illness': [600_000, 0] } }),
  entry(2, { care: 'outpatient', inScopeFen: 40_000, basicFen: 20_000 }),
  // A stay that was reversed has left.
  entry(3, { deductibleFen: 25_000, inScopeFen: 90_000, basicFen: 60_000 }),
  entry(3, { stays: -1, deductibleFen: -25_000, inScopeFen: -90_000, basicFen: -60_000 }),
]

test('what was paid, what is left below the cap, and how far it is to serious illness', () => {
  const { fundFen, cares, cap, layers, isDisputed } = yearStanding(book, claim(), YEAR)
  assert.equal(fundFen, 2_420_000)
  assert.deepEqual(cares, [
    { care: 'inpatient', count: 1, inScopeFen: 3_000_000, deductibleFen: 50_000, basicFen: 2_400_000 },
    { care: 'outpatient', count: 1, inScopeFen: 40_000, deductibleFen: 0, basicFen: 20_000 },
  ])
  assert.deepEqual([cap?.of, cap?.amountFen, cap?.usedFen, cap?.leftFen], ['fund', 10_000_000, 2_420_000, 7_580_000])
  const rows = layers.map(({ layer, baseFen, lineFen, toLineFen, paidFen, capFen }) => [layer, baseFen, lineFen, toLineFen, paidFen, capFen])
  assert.deepEqual(rows, [['serious-illness', 600_000, 1_600_000, 1_000_000, 0, 30_000_000]])
  assert.equal(isDisputed, false)
}) // prettier-ignore

test('an aided person has a lower line; what no source names is unknown, not nought; a line that was passed is nought away', () => {
  const { layers } = yearStanding(book, claim({ identities: ['low-income'] }), [
    entry(1, { layers: { 'serious-illness': [900_000, 60_000] } }),
  ])
  assert.deepEqual(
    layers.map(({ layer, lineFen, toLineFen, paidFen }) => [layer, lineFen, toLineFen, paidFen]),
    [
      ['serious-illness', 800_000, 0, 60_000],
      ['medical-aid', null, null, 0],
    ],
  )
})

test('a cap of fees in scope, of its own care; a year without care; two amounts that contradict each other are left out and told', () => {
  const ofFees = exampleBook([{ kind: 'fund-cap', of: 'in-scope', amountFen: 4_000_000 }])
  const { cap } = yearStanding(ofFees, claim(), YEAR)
  assert.deepEqual([cap?.of, cap?.usedFen, cap?.leftFen], ['in-scope', 3_000_000, 1_000_000])
  assert.deepEqual(yearStanding(ofFees, claim(), []).cares, [])
  const disputed = exampleBook([{ kind: 'fund-cap', amountFen: 1 }, { kind: 'fund-cap', amountFen: 2, grade: 'disputed' }]) // prettier-ignore
  assert.deepEqual([yearStanding(disputed, claim(), YEAR).cap, yearStanding(disputed, claim(), YEAR).isDisputed], [null, true])
})
