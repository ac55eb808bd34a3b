import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleBook, settledBy } from './testing-book.ts'

// Half by the fund, all of the rest by serious illness up to 100 000 a year; after 4 years insured 3 000 more for each further one, 2 000 for
// a year without a claim, together at most 20 %. So of a bill that is large enough the layer pays its cap.
const bands = (rateBp: number) => [{ overFen: 0, upToFen: null, rateBp }]
const BASE = [
  { kind: 'deductible', amountFen: 0 },
  { kind: 'rate', bands: bands(5_000) },
]
const LAYER = { kind: 'layer', layer: 'serious-illness', bands: bands(10_000), capFen: 100_000 }
const GROWTH = {
  kind: 'cap-growth',
  layer: 'serious-illness',
  afterYears: 4,
  perYearFen: 3_000,
  perQuietYearFen: 2_000,
  mostBp: 2_000,
}
const BOOK = exampleBook([...BASE, LAYER, GROWTH])
const bill = (more: object = {}) => ({ lines: [{ amountFen: 400_000 }], ...more })

type Row = readonly [why: string, claim: object, paidFen: number]
const ROWS: readonly Row[] = [
  ['years that are not stated add nothing', {}, 100_000],
  ['the fourth year adds nothing yet', { yearsInsured: 4 }, 100_000],
  ['the fifth is the first that adds', { yearsInsured: 5 }, 103_000],
  ['each further one again', { yearsInsured: 7 }, 109_000],
  ['a year without a claim adds of itself', { yearsWithoutClaim: 1 }, 102_000],
  ['both together', { yearsInsured: 6, yearsWithoutClaim: 2 }, 110_000],
  ['just below a fifth of the cap', { yearsInsured: 10 }, 118_000],
  ['never above a fifth', { yearsInsured: 11 }, 120_000],
  ['nor both together', { yearsInsured: 10, yearsWithoutClaim: 5 }, 120_000],
  ['what the year was paid is less of it', { yearsInsured: 6, before: { layers: { 'serious-illness': { baseFen: 101_000, paidFen: 101_000 } } } }, 5_000], // prettier-ignore
]
for (const [why, claim, paidFen] of ROWS)
  test(`the cap of a layer by years insured: ${why}`, () => assert.equal(settledBy(BOOK, bill(claim)).layers[0]?.amountFen, paidFen)) // prettier-ignore

test('the step names the cap, the years and what they add; without them there is none', () => {
  const stepOf = (claim: object) => settledBy(BOOK, bill(claim)).steps.find(({ step }) => step === 'cap-growth')
  const step = stepOf({ yearsInsured: 6, yearsWithoutClaim: 1 })
  assert.deepEqual([step?.amountFen, step?.inputs, step?.basis], [8_000, { capFen: 108_000, yearsInsured: 6, yearsWithoutClaim: 1 }, 'EXAMPLE §1']) // prettier-ignore
  assert.equal(stepOf({ yearsInsured: 4 }), undefined)
})

test('without a layer the cap of the basic fund grows, by what the fund pays or by fees', () => {
  const grow = { ...GROWTH, layer: undefined }
  const paid = (cap: object, more: object = {}) => settledBy(exampleBook([...BASE, { kind: 'fund-cap', amountFen: 100_000, ...cap }, grow]), bill(more)).basicFen // prettier-ignore
  assert.deepEqual([paid({}), paid({}, { yearsInsured: 5 }), paid({ of: 'in-scope' }, { yearsInsured: 6 })], [100_000, 103_000, 53_000]) // prettier-ignore
})

test('rates by years insured: from one year, below another; who states no years has the plain rate', () => {
  const rates = [
    { kind: 'rate', when: { yearsFrom: 5, yearsUntil: 10 }, bands: bands(5_500) },
    { kind: 'rate', when: { yearsFrom: 10 }, bands: bands(6_000) },
  ]
  const book = exampleBook([...BASE, ...rates])
  const paid = (years?: number) => settledBy(book, bill(years === undefined ? {} : { yearsInsured: years })).basicFen
  // Twice in another order: plans are kept by what the rows tell apart.
  for (const years of [undefined, 0, 4, 5, 9, 10, 40, 9, 4, undefined])
    assert.equal(paid(years), (years ?? 0) >= 10 ? 240_000 : (years ?? 0) >= 5 ? 220_000 : 200_000, String(years))
})

test('a growth of a layer that the book does not name is not read', () =>
  assert.throws(() => exampleBook([...BASE, { ...GROWTH, layer: 'mutual-aid' }]), /mutual-aid is not among the layers/))
