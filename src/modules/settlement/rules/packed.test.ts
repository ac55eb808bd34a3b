import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areaClaim } from './area-claim.ts'
import { packClaim, packSettled, unpackClaim, unpackSettled } from './packed.ts'
import { exampleBook, settledBy } from './testing-book.ts'

const BOOK = exampleBook([
  { kind: 'deductible', amountFen: 50_000 },
  { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] },
])
const LINES = [
  { amountFen: 0 },
  { amountFen: 12_345, list: 'B', selfShareBp: 1_000, category: 'person' },
  { amountFen: 300, priceFen: 100, count: 3, priceLimitFen: 80, overLimitBy: 'hospital' },
  { amountFen: 7, list: 'C', outOfScope: true },
] as const

test('a claim comes back whole from what is kept of it, its national codes with it', () => {
  const claim = areaClaim.parse({ day: '2024-06-01', level: 'level3', lines: LINES })
  const coded = { ...claim, lines: claim.lines.map((line, index) => ({ ...line, code: `X${index}`, zh: '演示项目' })) }
  for (const one of [claim, coded]) assert.deepEqual(unpackClaim(JSON.parse(packClaim(one))), one)
  assert.deepEqual(JSON.parse(packClaim(claim)).lines[0], { amountFen: 0 }, 'what a line leaves at its default is not kept')
})

test('a settlement comes back whole from what is kept of it', () => {
  const settled = settledBy(BOOK, { lines: LINES })
  const back = unpackSettled(JSON.parse(packSettled(settled)))
  assert.deepEqual(JSON.parse(JSON.stringify(back)), JSON.parse(JSON.stringify(settled)))
  assert.equal(back.lines.length, LINES.length)
})
