import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RuleConflict, RuleGap } from '../../../shapes/rulebook.ts'
import { ClaimRefusal } from './claim-refusal.ts'
import { exampleBook, settledBy } from './testing-book.ts'

type Row = readonly [why: string, rows: readonly object[], claim: object, expected: object]

const flat = (rateBp: number) => ({ kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp }] })
const deductible = (amountFen: number, mode = 'per-stay') => ({ kind: 'deductible', mode, amountFen })
const one = (amountFen: number, more: object = {}) => ({ lines: [{ amountFen, ...more }] })
const NONE = [deductible(0), flat(10_000)]
const split = (ownPayFen: number, overLimitFen: number, hospitalFen: number, preSelfFen: number, inScopeFen: number) => ({ ownPayFen, overLimitFen, hospitalFen, preSelfFen, inScopeFen }) // prettier-ignore

const table = (title: string, rows: readonly Row[]): void => {
  for (const [why, book, claim, expected] of rows)
    test(`${title}: ${why}`, () => {
      const found: Record<string, unknown> = { ...settledBy(exampleBook(book), claim) }
      found.layers = Object.fromEntries((found.layers as { layer: string; amountFen: number }[]).map(({ layer, amountFen }) => [layer, amountFen])) // prettier-ignore
      assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, found[name]])), expected)
    })
}

table('a line is split', [
  ['class A is in scope whole', NONE, one(10_000, { list: 'A' }), split(0, 0, 0, 0, 10_000)],
  ['class B after a first share of 10 %', NONE, one(10_005, { list: 'B', selfShareBp: 1_000 }), split(0, 0, 0, 1_001, 9_004)],
  ['class C is own pay', NONE, one(10_000, { list: 'C' }), split(10_000, 0, 0, 0, 0)],
  [
    'outside the limited use it is own pay, class A or not',
    NONE,
    one(10_000, { list: 'A', outOfScope: true }),
    split(10_000, 0, 0, 0, 0),
  ],
  [
    'above the price limit the person pays',
    NONE,
    one(30_000, { priceFen: 10_000, count: 3, priceLimitFen: 8_000 }),
    split(0, 6_000, 0, 0, 24_000),
  ],
  [
    'or the hospital',
    NONE,
    one(30_000, { priceFen: 10_000, count: 3, priceLimitFen: 8_000, overLimitBy: 'hospital' }),
    split(0, 0, 6_000, 0, 24_000),
  ],
  [
    'or nobody: the first share is of the limit alone',
    NONE,
    one(30_000, { priceFen: 10_000, count: 3, priceLimitFen: 8_000, overLimitBy: 'nobody', selfShareBp: 1_000 }),
    split(0, 0, 0, 2_400, 27_600),
  ],
  [
    'at the limit nothing is above it',
    NONE,
    one(30_000, { priceFen: 10_000, count: 3, priceLimitFen: 10_000 }),
    split(0, 0, 0, 0, 30_000),
  ],
  [
    'a count of half a pack',
    NONE,
    one(5_000, { priceFen: 10_000, count: 0.5, priceLimitFen: 8_000 }),
    split(0, 1_000, 0, 0, 4_000),
  ],
  [
    'first shares are rounded on each line',
    NONE,
    {
      lines: [
        { amountFen: 5, selfShareBp: 1_000 },
        { amountFen: 5, selfShareBp: 1_000 },
      ],
    },
    split(0, 0, 0, 2, 8),
  ],
])

// Of a bill's total 20 %, not less than 2 000 and not more than 10 000 yuan, own pay counted in.
const ofTotal = [{ ...deductible(200_000), ofTotalBp: 2_000, mostFen: 1_000_000 }, flat(5_000)]
table('a deductible that is a share of the bill', [
  ['below the least it is the least', ofTotal, one(999_999), { deductibleFen: 200_000 }],
  ['at the least', ofTotal, one(1_000_000), { deductibleFen: 200_000 }],
  ['above it a share of the total, not of what is in scope', ofTotal, one(1_000_005, { ownPayFen: 300_000 }), { deductibleFen: 200_001, basicFen: 250_002 }],
  ['at the most', ofTotal, one(5_000_000), { deductibleFen: 1_000_000 }],
  ['above it the most', ofTotal, one(5_000_005), { deductibleFen: 1_000_000 }],
  ['never more than what is in scope', ofTotal, one(1_000_000, { ownPayFen: 900_000 }), { deductibleFen: 100_000, basicFen: 0 }],
  ['a second stay pays its share of it', [...ofTotal, { kind: 'ordinal', sharesBp: [10_000, 5_000], scope: 'any-level' }], { ...one(2_000_000), stay: 2 }, { deductibleFen: 200_000 }],
]) // prettier-ignore

test('a share of the total is of each stay, and its most is not below its least', () => {
  assert.throws(() => exampleBook([{ ...deductible(0, 'per-year'), ofTotalBp: 2_000 }]), /mode per-stay/)
  assert.throws(() => exampleBook([{ ...deductible(200_000), ofTotalBp: 2_000, mostFen: 100_000 }]), /not less than amountFen/)
  assert.throws(() => exampleBook([{ ...deductible(200_000), mostFen: 300_000 }]), /goes with ofTotalBp/)
})

// mode, what the period has seen | deductible of 300 yuan for a bill of 1000 yuan
const period = (mode: string) => [deductible(30_000, mode), flat(8_000)]
table('the deductible by its mode', [
  [
    'each stay pays it',
    period('per-stay'),
    { ...one(100_000), deductiblePaidFen: 30_000 },
    { deductibleFen: 30_000, basicFen: 56_000 },
  ],
  ['a bill below it pays all of itself', period('per-stay'), one(29_999), { deductibleFen: 29_999, basicFen: 0 }],
  ['a bill at it pays all of itself', period('per-stay'), one(30_000), { deductibleFen: 30_000, basicFen: 0 }],
  [
    'once a year: fees in scope of 200 were seen, 100 is left',
    period('per-year'),
    { ...one(100_000), before: { inScopeFen: 20_000 } },
    { deductibleFen: 10_000, basicFen: 72_000 },
  ],
  [
    'once a year: 300 were seen, nothing is left',
    period('per-year'),
    { ...one(100_000), before: { inScopeFen: 30_000 } },
    { deductibleFen: 0 },
  ],
  [
    'once a quarter: the year does not matter',
    period('per-quarter'),
    { ...one(100_000), before: { inScopeFen: 90_000, quarterInScopeFen: 5_000 } },
    { deductibleFen: 25_000 },
  ],
  [
    'once a month: the quarter does not matter',
    period('per-month'),
    { ...one(100_000), before: { inScopeFen: 90_000, quarterInScopeFen: 90_000, monthInScopeFen: 29_999 } },
    { deductibleFen: 1 },
  ],
  [
    'once a year at each hospital: the first stay there',
    period('per-hospital-year'),
    { ...one(100_000), deductiblePaidFen: 30_000 },
    { deductibleFen: 30_000 },
  ],
  [
    'once a year at each hospital: the second stay there',
    period('per-hospital-year'),
    { ...one(100_000), before: { staysHere: 1 } },
    { deductibleFen: 0 },
  ],
  [
    'topped up to the highest level of the year',
    period('top-up-year'),
    { ...one(100_000), deductiblePaidFen: 20_000, before: { inScopeFen: 500_000 } },
    { deductibleFen: 10_000 },
  ],
  [
    'the cap of the year leaves 100',
    [...period('per-stay'), { kind: 'deductible-year-cap', amountFen: 50_000 }],
    { ...one(100_000), deductiblePaidFen: 40_000 },
    { deductibleFen: 10_000 },
  ],
])

const ordinal = (rule: object) => [deductible(60_000), flat(8_000), { kind: 'ordinal', scope: 'any-level', ...rule }]
table('the n-th stay of the year', [
  ['half from the second', ordinal({ sharesBp: [10_000, 5_000] }), { ...one(100_000), stay: 2 }, { deductibleFen: 30_000 }],
  [
    'the last share holds on',
    ordinal({ sharesBp: [10_000, 7_500, 5_000] }),
    { ...one(100_000), stay: 5 },
    { deductibleFen: 30_000 },
  ],
  [
    'zero from the third, whatever the floor',
    ordinal({ sharesBp: [10_000, 5_000, 0], floorFen: 20_000 }),
    { ...one(100_000), stay: 3 },
    { deductibleFen: 0 },
  ],
  [
    '100 less with each, not below the floor',
    ordinal({ stepFen: 10_000, floorFen: 40_000 }),
    { ...one(100_000), stay: 2 },
    { deductibleFen: 50_000 },
  ],
  ['at the floor', ordinal({ stepFen: 10_000, floorFen: 40_000 }), { ...one(100_000), stay: 9 }, { deductibleFen: 40_000 }],
  [
    'of the same level: a stay elsewhere does not count',
    ordinal({ sharesBp: [10_000, 5_000], scope: 'same-level' }),
    { ...one(100_000), earlierLevels: ['primary'] },
    { deductibleFen: 60_000 },
  ],
  [
    'of the same level: one here does',
    ordinal({ sharesBp: [10_000, 5_000], scope: 'same-level' }),
    { ...one(100_000), earlierLevels: ['level3'] },
    { deductibleFen: 30_000 },
  ],
  [
    'of any level: a stay elsewhere counts',
    ordinal({ sharesBp: [10_000, 5_000] }),
    { ...one(100_000), earlierLevels: ['primary'] },
    { deductibleFen: 30_000 },
  ],
])

const exempt = (rule: object) => [deductible(60_000), flat(8_000), { kind: 'deductible-exempt', ...rule }]
table('who pays no deductible', [
  [
    'from 70 on, the third stay still pays',
    exempt({ when: { ageFrom: 70 }, fromStay: 4 }),
    { ...one(100_000), age: 70, stay: 3 },
    { deductibleFen: 60_000 },
  ],
  [
    'from 70 on, the fourth does not',
    exempt({ when: { ageFrom: 70 }, fromStay: 4 }),
    { ...one(100_000), age: 70, stay: 4 },
    { deductibleFen: 0 },
  ],
  [
    'at 69 the fourth does',
    exempt({ when: { ageFrom: 70 }, fromStay: 4 }),
    { ...one(100_000), age: 69, stay: 4 },
    { deductibleFen: 60_000 },
  ],
  [
    'dialysis pays one a year',
    exempt({ when: { disease: ['dialysis'] }, oncePerYear: true }),
    { ...one(100_000), diseases: ['dialysis'] },
    { deductibleFen: 60_000 },
  ],
  [
    'dialysis pays no second',
    exempt({ when: { disease: ['dialysis'] }, oncePerYear: true }),
    { ...one(100_000), diseases: ['dialysis'], deductiblePaidFen: 1 },
    { deductibleFen: 0 },
  ],
])

const cap = (amountFen: number, of = 'fund') => ({ kind: 'fund-cap', amountFen, of })
const layer = (rule: object) => ({ kind: 'layer', layer: 'large-amount', bands: [{ overFen: 0, upToFen: null, rateBp: 9_000 }], ...rule }) // prettier-ignore
table('caps', [
  ['of the fund: up to it', [deductible(0), flat(5_000), cap(50_000)], one(100_000), { basicFen: 50_000 }],
  ['of the fund: a fen above it', [deductible(0), flat(5_000), cap(49_999)], one(100_000), { basicFen: 49_999 }],
  [
    'of the fund: less what the year has had',
    [deductible(0), flat(5_000), cap(50_000)],
    { ...one(100_000), fundPaidFen: 30_000 },
    { basicFen: 20_000 },
  ],
  ['of the fund: used up', [deductible(0), flat(5_000), cap(50_000)], { ...one(100_000), fundPaidFen: 60_000 }, { basicFen: 0 }],
  [
    'of fees in scope: 900 of 1000 count',
    [deductible(10_000), flat(5_000), cap(90_000, 'in-scope')],
    one(100_000),
    { basicFen: 40_000 },
  ],
  [
    'of fees in scope: less the fees of the year',
    [deductible(10_000), flat(5_000), cap(90_000, 'in-scope')],
    { ...one(100_000), before: { inScopeFen: 50_000 } },
    { basicFen: 15_000 },
  ],
  [
    'above the cap of the fund a layer pays 90 % of the fees beyond, not of what is left',
    [deductible(10_000), flat(5_000), cap(30_000), layer({ base: 'above-cap' })],
    one(100_000),
    { basicFen: 30_000, layers: { 'large-amount': 27_000 } },
  ],
  [
    'above the cap of fees alike',
    [deductible(10_000), flat(5_000), cap(70_000, 'in-scope'), layer({ base: 'above-cap' })],
    one(100_000),
    { basicFen: 30_000, layers: { 'large-amount': 27_000 } },
  ],
  [
    'below the cap that layer pays nothing',
    [deductible(10_000), flat(5_000), cap(45_000), layer({ base: 'above-cap' })],
    one(100_000),
    { basicFen: 45_000, layers: { 'large-amount': 0 } },
  ],
])

const yearly = [{ overFen: 0, upToFen: 50_000, rateBp: 5_000 }, { overFen: 50_000, upToFen: null, rateBp: 8_000 }] // prettier-ignore
table('bands', [
  [
    'measured from the first fen in scope',
    [deductible(10_000), { kind: 'rate', axis: 'absolute', bands: yearly }],
    one(100_000),
    { basicFen: 60_000 },
  ],
  ['measured above the deductible', [deductible(10_000), { kind: 'rate', bands: yearly }], one(100_000), { basicFen: 57_000 }],
  [
    'going on through the year',
    [deductible(0), { kind: 'rate', axis: 'absolute', per: 'year', bands: yearly }],
    { ...one(100_000), before: { inScopeFen: 40_000 } },
    { basicFen: 77_000 },
  ],
  [
    'going on through the year above the deductible paid',
    [deductible(0), { kind: 'rate', per: 'year', bands: yearly }],
    { ...one(100_000), before: { inScopeFen: 50_000 }, deductiblePaidFen: 10_000 },
    { basicFen: 77_000 },
  ],
  [
    'several rates are rounded once together: 0.5 + 0.5 fen is 1',
    [
      deductible(0),
      { kind: 'rate', when: { category: 'a' }, bands: [{ overFen: 0, upToFen: null, rateBp: 5_000 }] },
      { kind: 'rate', when: { category: 'b' }, bands: [{ overFen: 0, upToFen: null, rateBp: 5_000 }] },
    ],
    {
      lines: [
        { amountFen: 1, category: 'a' },
        { amountFen: 1, category: 'b' },
      ],
    },
    { basicFen: 1 },
  ],
])

const serious = (rule: object = {}) => ({ kind: 'layer', layer: 'serious-illness', deductibleFen: 100_000, bands: [{ overFen: 0, upToFen: 50_000, rateBp: 6_000 }, { overFen: 50_000, upToFen: null, rateBp: 7_000 }], ...rule }) // prettier-ignore
const half = [deductible(0), flat(5_000)]
table('layers go on through the year', [
  [
    'the first bill: 200 000 left, 100 000 above the deductible',
    [...half, serious()],
    one(400_000),
    { layers: { 'serious-illness': 65_000 } },
  ],
  [
    'the deductible was used up before: bands begin where they ended',
    [...half, serious()],
    { ...one(400_000), before: { layers: { 'serious-illness': { baseFen: 150_000, paidFen: 30_000 } } } },
    { layers: { 'serious-illness': 140_000 } },
  ],
  [
    'the deductible is half used',
    [...half, serious()],
    { ...one(100_000), before: { layers: { 'serious-illness': { baseFen: 60_000 } } } },
    { layers: { 'serious-illness': 6_000 } },
  ],
  [
    'each stay for itself',
    [...half, serious({ per: 'stay' })],
    { ...one(400_000), before: { layers: { 'serious-illness': { baseFen: 150_000, paidFen: 30_000 } } } },
    { layers: { 'serious-illness': 65_000 } },
  ],
  [
    'its cap is less what it paid in the year',
    [...half, serious({ capFen: 50_000 })],
    { ...one(400_000), before: { layers: { 'serious-illness': { baseFen: 150_000, paidFen: 30_000 } } } },
    { layers: { 'serious-illness': 20_000 } },
  ],
  [
    'what was out of scope is paid once alone',
    [
      ...half,
      layer({ layer: 'commercial', base: 'out-of-scope', bands: [{ overFen: 0, upToFen: null, rateBp: 10_000 }] }),
      layer({ layer: 'charity', base: 'out-of-scope', bands: [{ overFen: 0, upToFen: null, rateBp: 10_000 }] }),
    ],
    one(100_000, { ownPayFen: 40_000 }),
    { layers: { commercial: 40_000, charity: 0 }, personalFen: 30_000 },
  ],
])

const points = { kind: 'referral-points', when: { status: ['unreferred'] }, pointsBp: 2_000 }
const first = { kind: 'referral-first-pay', when: { status: ['unreferred'] }, rateBp: 2_000 }
const aid = [...half, layer({ layer: 'medical-aid', capFen: 60_000 }), { kind: 'care-limit', amountFen: 40_000, per: 'year', of: 'fund', layer: 'medical-aid' }] // prettier-ignore
table('a limit of a layer for a kind of care', [
  ['the layer stops at it, the fund does not', aid, one(200_000), { basicFen: 100_000, layers: { 'medical-aid': 40_000 } }],
  [
    'less what the layer paid in the year',
    aid,
    { ...one(200_000), before: { layers: { 'medical-aid': { baseFen: 50_000, paidFen: 30_000 } } } },
    { layers: { 'medical-aid': 10_000 } },
  ],
])

table('how the person came', [
  [
    'not referred: 20 points off the rate',
    [deductible(10_000), flat(8_000), points],
    { ...one(110_000), status: 'unreferred' },
    { basicFen: 60_000 },
  ],
  [
    'referred: nothing off',
    [deductible(10_000), flat(8_000), points],
    { ...one(110_000), status: 'referred-up' },
    { basicFen: 80_000 },
  ],
  [
    'a first share of 20 % before the rules',
    [deductible(10_000), flat(8_000), first],
    { ...one(110_000), status: 'unreferred' },
    { preSelfFen: 22_000, inScopeFen: 88_000, basicFen: 62_400 },
  ],
  [
    'a rate never falls below zero',
    [deductible(0), flat(1_000), points],
    { ...one(110_000), status: 'unreferred' },
    { basicFen: 0 },
  ],
])

const clinic = { care: 'outpatient' }
const limit = (rule: object) => ({ kind: 'care-limit', per: 'year', when: clinic, ...rule })
const visit = [
  { ...deductible(30_000, 'per-year'), when: clinic },
  { ...flat(6_000), when: clinic },
]
table('outpatient care', [
  [
    'the fund pays up to its limit of the year',
    [...visit, limit({ amountFen: 40_000, of: 'fund' })],
    { ...one(130_000), ...clinic },
    { basicFen: 40_000 },
  ],
  [
    'less what it has paid',
    [...visit, limit({ amountFen: 40_000, of: 'fund' })],
    { ...one(130_000), ...clinic, before: { inScopeFen: 80_000, careFundFen: 30_000 } },
    { basicFen: 10_000 },
  ],
  [
    'a limit of the month',
    [...visit, limit({ amountFen: 40_000, of: 'fund', per: 'month' })],
    { ...one(130_000), ...clinic, before: { inScopeFen: 80_000, careFundFen: 90_000, careFundMonthFen: 15_000 } },
    { basicFen: 25_000 },
  ],
  [
    'a limit of fees in scope: 500 count, less the deductible',
    [...visit, limit({ amountFen: 50_000, of: 'in-scope' })],
    { ...one(130_000), ...clinic },
    { basicFen: 12_000 },
  ],
  [
    'a limit of hospital stays does not hold for it',
    [...visit, { ...limit({ amountFen: 1, of: 'fund' }), when: {} }],
    { ...one(130_000), ...clinic },
    { basicFen: 60_000 },
  ],
])

table('floor', [
  [
    '45 % of what the rules cover is made up',
    [deductible(50_000), flat(5_000), { kind: 'floor', rateBp: 4_500 }],
    one(100_000, { preSelfFen: 10_000 }),
    { basicFen: 45_000 },
  ],
  [
    'more than the floor stays as it is',
    [deductible(0), flat(5_000), { kind: 'floor', rateBp: 4_500 }],
    one(100_000),
    { basicFen: 50_000 },
  ],
  [
    'not above the cap',
    [deductible(50_000), flat(5_000), cap(30_000), { kind: 'floor', rateBp: 4_500 }],
    one(100_000),
    { basicFen: 30_000 },
  ],
])

test('account first, then relatives in their order, then cash', () => {
  const { accountFen, relatives, cashFen } = settledBy(exampleBook(half), { ...one(100_000), accountFen: 20_000, relatives: [{ owner: 'spouse', balanceFen: 25_000 }, { owner: 'child', balanceFen: 1_000 }, { owner: 'parent', balanceFen: 9_000 }] }) // prettier-ignore
  assert.deepEqual({ accountFen, relatives, cashFen }, { accountFen: 20_000, relatives: [{ owner: 'spouse', amountFen: 25_000 }, { owner: 'child', amountFen: 1_000 }, { owner: 'parent', amountFen: 4_000 }], cashFen: 0 }) // prettier-ignore
})

test('a resident has no account, but a relative may share', () => {
  const residents = exampleBook(half, 'residents')
  assert.throws(() => settledBy(residents, { ...one(100), accountFen: 1 }), { code: 'settlement.no-account' })
  assert.equal(settledBy(residents, { ...one(100), relatives: [{ owner: 'child', balanceFen: 30 }] }).cashFen, 20)
})

const refused: readonly (readonly [why: string, rows: readonly object[], claim: object, code: string])[] = [
  ['parts above the line', NONE, one(100, { ownPayFen: 60, preSelfFen: 41 }), 'settlement.line-parts'],
  ['price times count is another amount', NONE, one(100, { priceFen: 49, count: 2 }), 'settlement.line-parts'],
  ['a price limit without a price', NONE, one(100, { priceLimitFen: 50 }), 'settlement.line-parts'],
  ['class A with a first share', NONE, one(100, { list: 'A', selfShareBp: 1 }), 'settlement.line-parts'],
  ['given for the fund above the scope', NONE, { ...one(100, { ownPayFen: 50 }), given: { basicFen: 51 } }, 'settlement.given-exceeds'], // prettier-ignore
  ['given for a layer above what is left', NONE, { ...one(100), given: { basicFen: 60, layers: { charity: 41 } } }, 'settlement.given-exceeds'], // prettier-ignore
  ['larger than can be reckoned exactly', NONE, one(Number.MAX_SAFE_INTEGER), 'settlement.total-too-large'],
  ['the stay told twice', ordinal({ stepFen: 1 }), { ...one(100), stay: 2, earlierLevels: [] }, 'settlement.stay-twice'],
  ['bands with a hole', [deductible(0), { kind: 'rate', bands: [{ overFen: 0, upToFen: 50, rateBp: 5_000 }, { overFen: 60, upToFen: null, rateBp: 6_000 }] }], one(10), 'settlement.bands-apart'], // prettier-ignore
  ['bands of a layer that overlap', [...half, { kind: 'layer', layer: 'charity', bands: [{ overFen: 0, upToFen: 50, rateBp: 5_000 }, { overFen: 40, upToFen: null, rateBp: 6_000 }] }], one(10), 'settlement.bands-apart'], // prettier-ignore
  [
    'a limit of all fees beside an account that pays first',
    [...visit, limit({ amountFen: 1, of: 'all', takes: 'shared' }), { kind: 'account-first', when: clinic }],
    { ...one(100), ...clinic, accountFen: 1 },
    'settlement.not-built',
  ],
]
for (const [why, rows, claim, code] of refused)
  test(`refused in both languages: ${why}`, () => {
    assert.throws(
      () => settledBy(exampleBook(rows), claim),
      (error) => error instanceof ClaimRefusal && error.code === code && error.zh !== '' && error.en !== '',
    )
  })

test('a row whose bands do not join stops only the bills that need it', () => {
  const apart = { kind: 'rate', when: { level: ['primary'] }, bands: [{ overFen: 10, upToFen: 5, rateBp: 5_000 }] }
  assert.equal(settledBy(exampleBook([...half, apart]), one(100)).basicFen, 50)
  assert.throws(() => settledBy(exampleBook([...half, apart]), { ...one(100), level: 'primary' }), {
    code: 'settlement.bands-apart',
  })
})

test('negative amounts are no bill', () => {
  assert.throws(() => settledBy(exampleBook(NONE), one(-1)))
  assert.throws(() => settledBy(exampleBook(NONE), one(1, { ownPayFen: -1 })))
})

test('silence of a book is a gap, two values are a conflict', () => {
  assert.throws(() => settledBy(exampleBook([flat(5_000)]), one(100)), RuleGap)
  assert.throws(() => settledBy(exampleBook([deductible(0), flat(1), { ...flat(2), source: 'B' }]), one(100)), RuleConflict)
  assert.throws(() => settledBy(exampleBook([...half, points, first]), { ...one(100), status: 'unreferred' }), RuleConflict)
  const away = { ...one(100), status: 'unreferred', region: 'out-of-province' }
  assert.throws(() => settledBy(exampleBook(half), away), RuleGap)
  assert.throws(() => settledBy(exampleBook(half), { ...one(100), episode: { move: 'up' } }), RuleGap)
})

test('every step says what it did in both languages, on what inputs, by which clause; the hash pins the book', () => {
  const book = exampleBook([deductible(10_000), flat(8_000), points])
  const { steps, rulebookHash } = settledBy(book, { ...one(110_000), status: 'unreferred' })
  assert.ok(steps.every(({ zh, en }) => zh !== '' && en !== ''))
  const of = (name: string) => steps.find(({ step }) => step === name)
  assert.equal(of('basic')?.basis, 'EXAMPLE §1')
  assert.deepEqual(of('basic')?.inputs, { inScopeFen: 110_000, countedFen: 110_000, deductibleFen: 10_000, bands: '100000×6000' })
  assert.equal(of('referral-points')?.amountFen, 20_000, 'what the points took, not the points')
  assert.match(rulebookHash, /^[0-9a-f]{64}$/)
  assert.notEqual(rulebookHash, settledBy(exampleBook(half), one(1)).rulebookHash)
  assert.equal(rulebookHash, settledBy(exampleBook([deductible(10_000), flat(8_000), points]), one(1)).rulebookHash)
})
