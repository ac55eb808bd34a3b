import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areaFile } from '../../modules/settlement/index.ts'
import { rowWords } from './row-words.ts'

const dated = { from: '2020-01-01', source: 'C', grade: 'design', basis: 'EXAMPLE §1' }
const band = (overFen: number, upToFen: number | null, rateBp: number) => ({ overFen, upToFen, rateBp })
const wordsOf = (row: object) => {
  const { rows } = areaFile.parse({ area: 'example', insured: 'workers', zh: '例', en: 'example', checkedOn: '2026-11-23', rows: [{ ...dated, ...row }] }) // prettier-ignore
  assert.ok(rows[0])
  return rowWords(rows[0])
}

// a row of a book | what a clerk reads
const ROWS: readonly (readonly [object, string, string])[] = [
  [{ kind: 'fund-cap', amountFen: 15_000_000 }, '150000 元,of fund', '150000 yuan, of fund'],
  [{ kind: 'referral-points', pointsBp: 1_500 }, '降低 15 %', 'less 15 %'],
  [{ kind: 'ordinal', sharesBp: [10_000, 5_000], scope: 'any-level' }, '各次 100 %、50 %,不低于 0 元,scope any-level', 'stay by stay 100 %, 50 %, not below 0 yuan, scope any-level'],
  [{ kind: 'layer', layer: 'serious-illness', deductibleFen: 1_600_000, bands: [band(0, 3_000_000, 6_000), band(3_000_000, null, 6_550)] }, '0–30000 元 60 %,30000 元以上 65.5 %,base left-in-scope,起付 16000 元,per year,axis above-deductible', '0–30000 yuan 60 %, above 30000 yuan 65.5 %, base left-in-scope, deductible 16000 yuan, per year, axis above-deductible'],
] // prettier-ignore
for (const [row, zh, en] of ROWS) test(`a row in words: ${en}`, () => assert.deepEqual(wordsOf(row), { zh, en }))
