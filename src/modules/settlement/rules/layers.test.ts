import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleBook, settledBy } from './testing-book.ts'

const deductible = (amountFen: number) => ({ kind: 'deductible', amountFen })
const flat = (rateBp: number) => ({ kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp }] })

const LAYERS = { layers: [{ id: 'serious-illness' }, { id: 'mutual-aid', zh: '职工医疗互助', en: 'Mutual aid of employees' }, { id: 'rare-disease', zh: '罕见病用药保障', en: 'Drugs for rare diseases' }, { id: 'medical-aid' }] } // prettier-ignore
const layer = (name: string, rateBp: number, more: object = {}) => ({ kind: 'layer', layer: name, bands: [{ overFen: 0, upToFen: null, rateBp }], ...more }) // prettier-ignore
const LAYERED = exampleBook(
  [
    deductible(0),
    flat(5_000),
    layer('medical-aid', 5_000),
    layer('mutual-aid', 2_000, { deductibleFen: 10_000, per: 'stay', capFen: 15_000 }),
    layer('rare-disease', 8_000, { base: 'out-of-scope', when: { category: 'rare-drug' } }),
  ],
  'workers',
  LAYERS,
)

test('layers of a book: its own order and words, a category of what is out of scope, the rest to the next', () => {
  const lines = [{ amountFen: 200_000 }, { amountFen: 50_000, list: 'C', category: 'rare-drug' }, { amountFen: 7_000, list: 'C' }]
  const { layers, steps, personalFen } = settledBy(LAYERED, { lines })
  // 100 000 left in scope: mutual aid 20 % above 10 000, at most 15 000; rare drugs 80 % of 50 000; aid half of the 85 000 left.
  assert.deepEqual(layers.map((one) => [one.layer, one.baseFen, one.amountFen]), [['mutual-aid', 100_000, 15_000], ['rare-disease', 50_000, 40_000], ['medical-aid', 85_000, 42_500]]) // prettier-ignore
  assert.equal(personalFen, 257_000 - 100_000 - 15_000 - 40_000 - 42_500)
  assert.deepEqual(steps.filter(({ step }) => step === 'mutual-aid').map(({ zh, en }) => [zh, en]), [['职工医疗互助', 'Mutual aid of employees']]) // prettier-ignore
})

test('what the year paid of a layer of the book is known by its name; a name that no book knows is refused', () => {
  const lines = [{ amountFen: 200_000 }]
  assert.throws(() => settledBy(LAYERED, { lines, before: { layers: { 'mutal-aid': {} } } }), {
    code: 'settlement.no-such-layer',
  })
  assert.throws(() => settledBy(LAYERED, { lines, given: { layers: { mutual: 5 } } }), { code: 'settlement.no-such-layer' })
  const { layers } = settledBy(LAYERED, { lines, given: { layers: { 'rare-disease': 0, 'mutual-aid': 9_000 } } })
  assert.deepEqual(layers.map((one) => [one.layer, one.amountFen]), [['mutual-aid', 9_000], ['rare-disease', 0], ['medical-aid', 45_500]]) // prettier-ignore
})

test('a book whose layers contradict it is not read', () => {
  const rows = [deductible(0), flat(5_000), layer('mutual-aid', 2_000)]
  assert.throws(() => exampleBook(rows), /mutual-aid is not among the layers/)
  assert.throws(() => exampleBook(rows, 'workers', { layers: [{ id: 'mutual-aid' }] }), /give it its words/)
  assert.throws(() => exampleBook(rows, 'workers', { layers: [...LAYERS.layers, { id: 'medical-aid' }] }), /named twice/)
  assert.throws(() => exampleBook([layer('charity', 1, { when: { category: 'rare-drug' } })]), /out of scope/)
})

test('the step of a layer says what the cap or a limit took: what it would have paid, the cap, what it paid before', () => {
  const bands = [{ overFen: 0, upToFen: null, rateBp: 9_000 }]
  const rows = [
    { kind: 'deductible', amountFen: 0 },
    { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 5_000 }] },
    { kind: 'layer', layer: 'civil-service', capFen: 50_000, bands },
    { kind: 'layer', layer: 'medical-aid', bands },
    { kind: 'care-limit', layer: 'medical-aid', of: 'fund', per: 'year', amountFen: 30_000 },
  ]
  const before = { layers: { 'civil-service': { baseFen: 20_000, paidFen: 18_000 }, 'medical-aid': { baseFen: 9_000, paidFen: 8_000 } } } // prettier-ignore
  const { steps } = settledBy(exampleBook(rows), { before, lines: [{ amountFen: 200_000 }] })
  const of = (name: string) => steps.find(({ step }) => step === name)
  assert.deepEqual([of('civil-service')?.amountFen, of('civil-service')?.inputs['uncappedFen'], of('civil-service')?.inputs['capFen'], of('civil-service')?.inputs['earlierPaidFen']], [32_000, 90_000, 50_000, 18_000]) // prettier-ignore
  assert.deepEqual([of('medical-aid')?.amountFen, of('medical-aid')?.inputs['uncappedFen'], of('medical-aid')?.inputs['limitFen'], of('medical-aid')?.inputs['usedFen']], [22_000, 61_200, 30_000, 8_000]) // prettier-ignore
})
