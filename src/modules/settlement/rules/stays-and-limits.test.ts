import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleBook, settledBy } from './testing-book.ts'

// Every row: why, the rules, the claim, and the deductible, the fund, the account and the cash that come of it.
type Row = readonly [why: string, rows: readonly object[], claim: object, expected: readonly [number, number, number, number]]

const rate = { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] }
const deductible = (mode: string, amountFen = 50_000) => ({ kind: 'deductible', mode, amountFen })
const stays = (amountsFen: number[], scope = 'any-level') => [
  deductible('per-stay'),
  rate,
  { kind: 'ordinal', amountsFen, scope },
]
const bill = (more: object = {}) => ({ lines: [{ amountFen: 100_000 }], ...more })
const accountFirst = (mode: string) => [deductible(mode), rate, { kind: 'account-first' }]
const limit = (per: string, of: string, amountFen: number) => ({ kind: 'care-limit', per, of, amountFen })
const limited = (...limits: object[]) => [deductible('per-stay', 0), rate, ...limits]

const ROWS: readonly Row[] = [
  ['the first stay has an amount of its own', stays([50_000, 30_000, 20_000]), bill(), [50_000, 40_000, 0, 60_000]],
  ['so has the second', stays([50_000, 30_000, 20_000]), bill({ stay: 2 }), [30_000, 56_000, 0, 44_000]],
  ['the last holds for all further', stays([50_000, 30_000, 20_000]), bill({ stay: 7 }), [20_000, 64_000, 0, 36_000]],
  ['the first stay alone pays: none from the second on', stays([50_000, 0]), bill({ stay: 2 }), [0, 80_000, 0, 20_000]],
  ['stays at this hospital alone are counted: none here yet', stays([50_000, 10_000], 'same-hospital'), bill({ earlierLevels: ['level3', 'level3'] }), [50_000, 40_000, 0, 60_000]], // prettier-ignore
  ['stays at this hospital alone are counted: one here', stays([50_000, 10_000], 'same-hospital'), bill({ before: { staysHere: 1 } }), [10_000, 72_000, 0, 28_000]], // prettier-ignore
  ['the account pays first, then the deductible begins', accountFirst('per-year'), bill({ accountFen: 30_000 }), [50_000, 16_000, 30_000, 54_000]], // prettier-ignore
  ['the account covers all: neither deductible nor fund', accountFirst('per-year'), bill({ accountFen: 200_000 }), [0, 0, 100_000, 0]], // prettier-ignore
  ['an empty account: as without the rule', accountFirst('per-year'), bill(), [50_000, 40_000, 0, 60_000]],
  ['of the deductible of the year what was paid counts, not fees that the account paid', accountFirst('per-year'), bill({ accountFen: 30_000, deductiblePaidFen: 40_000, before: { inScopeFen: 90_000 } }), [10_000, 48_000, 30_000, 22_000]], // prettier-ignore
  ['two limits of the fund: the month leaves less', limited(limit('year', 'fund', 90_000), limit('month', 'fund', 30_000)), bill(), [0, 30_000, 0, 70_000]], // prettier-ignore
  ['two limits of the fund: the year leaves less', limited(limit('year', 'fund', 90_000), limit('month', 'fund', 30_000)), bill({ before: { careFundFen: 70_000 } }), [0, 20_000, 0, 80_000]], // prettier-ignore
  ['a limit of one visit: what the year has used does not matter', limited(limit('stay', 'fund', 30_000)), bill({ before: { careFundFen: 500_000 } }), [0, 30_000, 0, 70_000]], // prettier-ignore
  ['a limit of the fees of one visit', limited(limit('stay', 'in-scope', 6_000)), bill(), [0, 4_800, 0, 95_200]], // prettier-ignore
  ['a quarter of the fund: what it has paid in the quarter counts', limited(limit('quarter', 'fund', 90_000)), bill({ before: { careFundQuarterFen: 60_000 } }), [0, 30_000, 0, 70_000]], // prettier-ignore
  ['a quarter of fees in scope', limited(limit('quarter', 'in-scope', 90_000)), bill({ before: { quarterInScopeFen: 60_000 } }), [0, 24_000, 0, 76_000]], // prettier-ignore
  ['a visit, a month, a quarter and a year: the visit leaves least', limited(limit('year', 'fund', 90_000), limit('quarter', 'fund', 60_000), limit('month', 'fund', 40_000), limit('stay', 'fund', 20_000)), bill(), [0, 20_000, 0, 80_000]], // prettier-ignore
  ['of the four the quarter leaves least', limited(limit('year', 'fund', 90_000), limit('quarter', 'fund', 60_000), limit('month', 'fund', 40_000), limit('stay', 'fund', 20_000)), bill({ before: { careFundQuarterFen: 55_000 } }), [0, 5_000, 0, 95_000]], // prettier-ignore
  ['a month of fees and a year of the fund: both hold', limited(limit('year', 'fund', 30_000), limit('month', 'in-scope', 50_000)), bill(), [0, 30_000, 0, 70_000]], // prettier-ignore
  ['a month of fees below the year of the fund', limited(limit('year', 'fund', 60_000), limit('month', 'in-scope', 50_000)), bill(), [0, 40_000, 0, 60_000]], // prettier-ignore
]
for (const [why, rows, claim, expected] of ROWS)
  test(why, () => {
    const found = settledBy(exampleBook(rows), claim)
    assert.deepEqual([found.deductibleFen, found.fundFen, found.accountFen, found.cashFen], expected)
  })

test('what the account paid first is left to no layer, and its step says so', () => {
  const layer = { kind: 'layer', layer: 'medical-aid', bands: [{ overFen: 0, upToFen: null, rateBp: 10_000 }] }
  const { layers, accountFen, cashFen, steps } = settledBy(exampleBook([...accountFirst('per-stay'), layer]), bill({ accountFen: 30_000 })) // prettier-ignore
  assert.deepEqual([layers[0]?.baseFen, accountFen, cashFen], [54_000, 30_000, 0])
  assert.deepEqual(
    steps.filter(({ step }) => step === 'account-first').map(({ amountFen }) => amountFen),
    [30_000],
  )
})

test('the account pays first beside a deductible of a month or a quarter: what was paid of it counts, not the fees', () => {
  const seen = { monthInScopeFen: 90_000, quarterInScopeFen: 95_000, monthDeductibleFen: 35_000, quarterDeductibleFen: 40_000 }
  const paid = (mode: string, before: object = seen, accountFen = 30_000) => {
    const { deductibleFen, fundFen, cashFen } = settledBy(exampleBook(accountFirst(mode)), bill({ accountFen, before }))
    return [deductibleFen, fundFen, cashFen]
  }
  assert.deepEqual(paid('per-month'), [15_000, 44_000, 26_000])
  assert.deepEqual(paid('per-quarter'), [10_000, 48_000, 22_000])
  assert.deepEqual(paid('per-month', { monthDeductibleFen: 50_000 }), [0, 56_000, 14_000], 'the month has paid it whole')
  assert.deepEqual(paid('per-quarter', {}), [50_000, 16_000, 54_000], 'nothing was paid yet')
})
