import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areaClaim } from './area-claim.ts'
import { settleYear, voidBill, type YearBill } from './settle-year.ts'
import { exampleBook, settledBy } from './testing-book.ts'

const base = (care: string) => [
  { kind: 'deductible', when: { care }, amountFen: 0 },
  { kind: 'rate', when: { care }, bands: [{ overFen: 0, upToFen: null, rateBp: 5_000 }] },
]
const limit = (when: object, amountFen: number, more: object = {}) => ({ kind: 'care-limit', when, of: 'fund', per: 'year', amountFen, ...more }) // prettier-ignore

// 两病: hypertension 400 yuan a year, diabetes 500, half of every drug. @source 南昌 洪府发〔2022〕38号 (转引, grade B)
const two = (category: string) => ({ care: 'two-diseases', category })
const nanchang = [...base('two-diseases'), limit(two('hypertension'), 40_000), limit(two('diabetes'), 50_000)]
// 慢特病: each disease has a limit of its own in the month, of fees in scope. @source 安阳门诊慢性病 (grade C)
const chronic = (disease: string[]) => ({ care: 'chronic', disease })
const months = { of: 'in-scope', per: 'month' }
const anyang = [...base('chronic'), limit(chronic(['epilepsy']), 30_000, months), limit(chronic(['hepatitis', 'cirrhosis']), 60_000, months)] // prettier-ignore

let number = 0
const bill = (day: string, care: string, lines: object[], more: object = {}): YearBill => {
  number += 1
  return { id: `${number}`, hospital: 'h', claim: areaClaim.parse({ day, level: 'primary', care, lines, ...more }) }
}
const paidBy = (rows: readonly object[], bills: readonly YearBill[]): number[] =>
  settleYear(exampleBook(rows), bills).map(({ settled }) => settled.basicFen)
const drugs = (category: string, amountFen: number) => [{ amountFen, category }]
const of = (disease: string) => ({ diseases: [disease] })

test('what the fund paid for one disease does not use up the limit of another', () => {
  const bills = [
    bill('2024-01-10', 'two-diseases', drugs('hypertension', 100_000)),
    bill('2024-02-10', 'two-diseases', drugs('diabetes', 60_000)),
    bill('2024-03-10', 'two-diseases', drugs('diabetes', 60_000)),
    bill('2024-04-10', 'two-diseases', drugs('hypertension', 100)),
  ]
  assert.deepEqual(paidBy(nanchang, bills), [40_000, 30_000, 20_000, 0])
})

test('on one bill each has its own', () => {
  const both = [...drugs('hypertension', 100_000), ...drugs('diabetes', 90_000)]
  assert.deepEqual(paidBy(nanchang, [bill('2024-01-10', 'two-diseases', both), bill('2024-02-10', 'two-diseases', both)]), [85_000, 5_000]) // prettier-ignore
})

test('diseases that a bill names have limits of their own, of a row that lists several too', () => {
  const line = [{ amountFen: 50_000 }]
  const bills = [
    bill('2024-01-03', 'chronic', line, of('epilepsy')),
    bill('2024-01-04', 'chronic', line, of('hepatitis')),
    bill('2024-01-05', 'chronic', line, of('cirrhosis')),
    bill('2024-01-06', 'chronic', line, of('hepatitis')),
    bill('2024-02-01', 'chronic', line, of('epilepsy')),
  ]
  assert.deepEqual(paidBy(anyang, bills), [15_000, 25_000, 25_000, 5_000, 15_000])
})

test('a reversal gives back what it used of its own limit alone', () => {
  const book = exampleBook(nanchang)
  const bills = [
    bill('2024-01-10', 'two-diseases', drugs('hypertension', 100_000)),
    bill('2024-02-10', 'two-diseases', drugs('diabetes', 60_000)),
    bill('2024-03-10', 'two-diseases', drugs('hypertension', 20_000)),
  ]
  const year = settleYear(book, bills)
  assert.deepEqual(year.map(({ settled }) => settled.basicFen), [40_000, 30_000, 0]) // prettier-ignore
  const { year: left, mirror } = voidBill(book, year, bills[0]?.id ?? '', 'recalc')
  assert.deepEqual(mirror.added.limitsUsed, { 'fund:hypertension': -40_000 })
  assert.deepEqual(left.map(({ settled }) => settled.basicFen), [30_000, 10_000]) // prettier-ignore
})

test('a bill states what its limits have seen, by what they are of and their name', () => {
  const before = { careFundFen: 90_000, limitsUsed: { 'fund:diabetes': { yearFen: 45_000 } } }
  const claim = { care: 'two-diseases', level: 'primary', lines: drugs('diabetes', 60_000) }
  assert.equal(settledBy(exampleBook(nanchang), { ...claim, before }).basicFen, 5_000)
  assert.equal(settledBy(exampleBook(nanchang), { ...claim, before: { careFundFen: 45_000 } }).basicFen, 5_000, 'without it all of the care counts') // prettier-ignore
  assert.equal(settledBy(exampleBook(nanchang), { ...claim, before: { limitsUsed: {} } }).basicFen, 30_000)
})

test('a limit of both together holds beside those of each', () => {
  const joint = [...nanchang, limit({ care: 'two-diseases' }, 70_000, { together: true })]
  const both = [...drugs('hypertension', 100_000), ...drugs('diabetes', 120_000)]
  assert.deepEqual(paidBy(joint, [bill('2024-01-10', 'two-diseases', both)]), [70_000])
  const apart = [bill('2024-01-10', 'two-diseases', drugs('hypertension', 100_000)), bill('2024-02-10', 'two-diseases', drugs('diabetes', 120_000))] // prettier-ignore
  assert.deepEqual(paidBy(joint, apart), [40_000, 30_000])
})

test('without `together` the limit of a category takes the place of the general one', () => {
  const rows = [...nanchang, limit({ care: 'two-diseases' }, 10_000)]
  const lines = [...drugs('hypertension', 100_000), { amountFen: 100_000 }]
  assert.deepEqual(paidBy(rows, [bill('2024-01-10', 'two-diseases', lines)]), [50_000])
})

test('and what was used of that leaves the general one as it was', () => {
  const rows = [...base('outpatient'), limit({ care: 'outpatient' }, 40_000), limit({ care: 'outpatient', category: 'dialysis' }, 5_000_000)] // prettier-ignore
  const bills = [
    bill('2024-01-10', 'outpatient', drugs('dialysis', 1_000_000)),
    bill('2024-02-10', 'outpatient', [{ amountFen: 60_000 }]),
    bill('2024-03-10', 'outpatient', [{ amountFen: 60_000 }]),
    bill('2024-04-10', 'outpatient', drugs('dialysis', 1_000_000)),
  ]
  assert.deepEqual(paidBy(rows, bills), [500_000, 30_000, 10_000, 500_000])
})

test('and so do two limits of fees', () => {
  const rows = [...base('chronic'), limit({ care: 'chronic' }, 70_000, { ...months, together: true }), limit({ care: 'chronic', category: 'herbs' }, 40_000, months)] // prettier-ignore
  const lines = [{ amountFen: 50_000, category: 'herbs' }, { amountFen: 60_000 }]
  // Fees without a category come first: 600 of 700; the herbs have 100 left of it, though 400 of their own.
  assert.deepEqual(paidBy(rows, [bill('2024-01-10', 'chronic', lines)]), [35_000])
})

test('what the parts of a bill are paid together is shared among their limits to the fen', () => {
  const rows = [...base('two-diseases'), limit(two('hypertension'), 1_000_000), limit(two('diabetes'), 1_000_000), limit({ care: 'two-diseases' }, 33_333, { together: true })] // prettier-ignore
  const lines = [...drugs('hypertension', 40_001), ...drugs('diabetes', 40_001)]
  const { basicFen, limitsUsed } = settledBy(exampleBook(rows), { care: 'two-diseases', lines })
  assert.deepEqual([basicFen, limitsUsed['fund:diabetes'], limitsUsed['fund:hypertension']], [33_333, 20_001, 13_332])
})
