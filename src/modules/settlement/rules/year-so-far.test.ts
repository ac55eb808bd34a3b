import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { BillId, YearEntry } from '../settlement.ts'
import { areaClaim } from './area-claim.ts'
import type { CareKind } from './area-schema.ts'
import { addedBy, seenBefore, settleYear, type SettledBill } from './settle-year.ts'
import { exampleBook } from './testing-book.ts'
import { yearOf, yearSoFar } from './year-so-far.ts'

const entry = (more: Partial<YearEntry>): YearEntry => ({
  org: '1' as OrgId,
  bill: 'a' as BillId,
  seq: 1,
  care: 'inpatient',
  level: 'level2',
  day: '2024-05-10' as Day,
  stays: 1,
  deductibleFen: 50_000,
  totalFen: 400_000,
  inScopeFen: 300_000,
  basicFen: 200_000,
  layers: { 'serious-illness': [100_000, 10_000] },
  limitsUsed: {},
  ...more,
})
const asked = (more: { care?: CareKind; day?: string; hospital?: string | null } = {}) => ({
  care: more.care ?? ('inpatient' as const),
  day: (more.day ?? '2024-05-31') as Day,
  hospital: (more.hospital === undefined ? '1' : more.hospital) as OrgId | null,
})

test('a year that has seen nothing is zero', () => {
  const { earlierLevels, before, ...sums } = yearSoFar([], asked())
  assert.deepEqual(sums, { deductiblePaidFen: 0, fundPaidFen: 0 })
  assert.deepEqual([earlierLevels, before.inScopeFen, before.staysHere, before.layers], [[], 0, 0, {}])
})

test('the fund and the layers count for all care, everything else for the bill’s own kind', () => {
  const entries = [entry({}), entry({ bill: 'b' as BillId, seq: 2, care: 'outpatient', level: 'primary', deductibleFen: 7, inScopeFen: 70, basicFen: 60 })] // prettier-ignore
  const seen = yearSoFar(entries, asked())
  assert.deepEqual([seen.deductiblePaidFen, seen.fundPaidFen, seen.before.inScopeFen, seen.before.careFundFen], [50_000, 200_060, 300_000, 200_000]) // prettier-ignore
  assert.deepEqual(seen.before.layers, { 'serious-illness': { baseFen: 200_000, paidFen: 20_000 } })
  assert.deepEqual(yearSoFar(entries, asked({ care: 'outpatient' })).earlierLevels, ['primary'])
})

test('the month and the quarter are those of the bill’s day; stays here are those of its hospital', () => {
  const entries = [entry({}), entry({ bill: 'b' as BillId, seq: 2, day: '2024-04-30' as Day, org: '2' as OrgId })]
  const { before } = yearSoFar(entries, asked())
  assert.deepEqual([before.monthInScopeFen, before.careFundMonthFen, before.quarterInScopeFen, before.staysHere], [300_000, 200_000, 600_000, 1]) // prettier-ignore
  assert.equal(yearSoFar(entries, asked({ day: '2024-07-01' })).before.quarterInScopeFen, 0)
  assert.equal(yearSoFar(entries, asked({ hospital: null })).before.staysHere, 0)
})

test('a bill and its mirror leave the year as it was; an adjustment counts no stay', () => {
  const mirror = entry({ stays: -1, deductibleFen: -50_000, inScopeFen: -300_000, basicFen: -200_000, layers: { 'serious-illness': [-100_000, -10_000] } }) // prettier-ignore
  const { deductiblePaidFen, fundPaidFen, earlierLevels, before } = yearSoFar([entry({}), mirror], asked())
  assert.deepEqual([deductiblePaidFen, fundPaidFen, earlierLevels, before.inScopeFen, before.staysHere], [0, 0, [], 0, 0])
  assert.deepEqual(before.layers, { 'serious-illness': { baseFen: 0, paidFen: 0 } })
  assert.deepEqual(yearSoFar([entry({}), entry({ stays: 0 })], asked()).earlierLevels, ['level2'])
})

test('the year is that of the day of discharge', () => assert.equal(yearOf('2024-12-31' as Day), 2024))

const entryOf = (one: SettledBill, index: number): YearEntry => {
  const { care, deductibleFen, totalFen, inScopeFen, fundFen, layers, limitsUsed } = addedBy(one)
  return {
    org: one.bill.hospital as OrgId,
    bill: one.bill.id as BillId,
    seq: index + 1,
    care,
    level: one.claim.level,
    day: one.claim.day,
    stays: 1,
    deductibleFen,
    totalFen,
    inScopeFen,
    basicFen: fundFen,
    limitsUsed,
    layers: Object.fromEntries(Object.entries(layers).map(([name, layer]) => [name, [layer?.baseFen ?? 0, layer?.paidFen ?? 0]])),
  }
}

test('what is kept of a year says of the next bill what the bills themselves say', () => {
  const book = exampleBook([
    ...['inpatient', 'outpatient'].flatMap((care) => [
      { kind: 'deductible', when: { care }, mode: 'per-year', amountFen: 30_000 },
      { kind: 'rate', when: { care }, bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] },
    ]),
    { kind: 'layer', layer: 'serious-illness', deductibleFen: 100_000, bands: [{ overFen: 0, upToFen: null, rateBp: 6_000 }] },
    { kind: 'layer', when: { care: 'outpatient' }, layer: 'serious-illness', deductibleFen: 100_000, bands: [{ overFen: 0, upToFen: null, rateBp: 6_000 }] }, // prettier-ignore
  ])
  const days = ['2024-01-10', '2024-03-31', '2024-04-01', '2024-05-10', '2024-05-12']
  const bills = days.map((day, index) => ({
    id: `${index}`,
    hospital: `${index % 2}`,
    claim: areaClaim.parse({ day, level: index % 2 ? 'level2' : 'level3', care: index % 3 ? 'inpatient' : 'outpatient', lines: [{ amountFen: 210_007 * (index + 1) }] }), // prettier-ignore
  }))
  const settled = settleYear(book, bills)
  const entries = settled.map(entryOf)
  for (const care of ['inpatient', 'outpatient'] as const)
    for (const day of [...days, '2024-12-31'])
      for (const hospital of ['0', '1']) {
        const next = { id: 'next', hospital, claim: areaClaim.parse({ day, care, level: 'level3', lines: [{ amountFen: 1 }] }) }
        assert.deepEqual(yearSoFar(entries, { care, day: day as Day, hospital: hospital as OrgId }), seenBefore(settled, next))
      }
})
