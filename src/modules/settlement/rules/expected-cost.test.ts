import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import { exampleBook } from './testing-book.ts'
import type { AreaBook } from './area-schema.ts'
import { expectedCost, placeLevelOf, regionOf, waysOf, type CostAsked, type WayCost } from './expected-cost.ts'
import { readingsOf } from './readings.ts'
import { yearSoFar } from './year-so-far.ts'

// 500 yuan first, 80 % above it, 5 points off with a filed referral, 20 without one.
const ROWS = [
  { kind: 'deductible', amountFen: 50_000 },
  { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] },
  { kind: 'referral-points', when: { status: ['filed-referral'] }, pointsBp: 500 },
  { kind: 'referral-points', when: { status: ['unreferred'] }, pointsBp: 2_000 },
]
const book = (rows: readonly object[] = ROWS, insured: AreaBook['insured'] = 'residents'): AreaBook =>
  exampleBook(
    rows.map((row) => ({ grade: 'sourced', ...row })),
    insured,
  )
const DAY = '2026-03-01' as Day
const EMPTY = yearSoFar([], { care: 'inpatient', day: DAY, hospital: null })
const asked = (more: Partial<CostAsked> = {}): CostAsked => ({
  book: book(),
  day: DAY,
  age: 50,
  year: EMPTY,
  level: 'level3',
  region: 'in-province',
  filed: 'unreferred',
  bill: { lowFen: 1_050_000, highFen: 2_050_000, scopeBp: 10_000 },
  ...more,
})
const personOf = (way: WayCost | string) => (typeof way === 'string' ? way : [way.person.lowFen, way.person.highFen])

describe('what a stay would cost', () => {
  // prettier-ignore
  const table: [why: string, more: Partial<CostAsked>, referred: unknown, direct: unknown, difference: unknown][] = [
    ['away from home: 25 % and 40 % of what is above 500 yuan, beside it', {}, [300_000, 550_000], [450_000, 850_000], [150_000, 300_000]],
    ['who has filed a referral there is treated so already', { filed: 'filed-referral' }, [300_000, 550_000], [300_000, 550_000], [0, 0]],
    ['who lives there needs no referral, and nothing is taken off', { filed: 'filed-long-term' }, [250_000, 450_000], [250_000, 450_000], [0, 0]],
    ['at home a book that does not name the home area takes nothing off', { region: 'in-town' }, [250_000, 450_000], [250_000, 450_000], [0, 0]],
    ['at home a book that names it does', { region: 'in-town', book: book([...ROWS, { kind: 'referral-points', when: { status: ['unreferred'], region: 'in-town' }, pointsBp: 1_000 }]) }, [250_000, 450_000], [350_000, 650_000], [100_000, 200_000]],
    ['what is out of scope is the person’s', { region: 'in-town', bill: { lowFen: 1_000_000, highFen: 1_000_000, scopeBp: 9_000 } }, [320_000, 320_000], [320_000, 320_000], [0, 0]],
    ['a deductible that the year has paid is not paid again', { region: 'in-town', year: { ...EMPTY, deductiblePaidFen: 50_000 }, book: book([{ kind: 'deductible', amountFen: 50_000 }, { kind: 'deductible-year-cap', amountFen: 50_000 }, ROWS[1] as object]) }, [210_000, 410_000], [210_000, 410_000], [0, 0]],
    ['of one of two ways without a rule the other is still told', { book: book([ROWS[0] as object, { ...ROWS[1], when: { status: ['filed-referral'] } }]) }, [250_000, 450_000], 'rule-missing', null],
    ['a level without a rate is a rule that is missing', { book: book([ROWS[0] as object]) }, 'rule-missing', 'rule-missing', null],
    ['two sourced values are told as contradicting', { book: book([...ROWS, ROWS[0] as object]) }, 'rule-disputed', 'rule-disputed', null],
    ['two disputed values are both reckoned', { region: 'in-town', book: book([...ROWS.slice(1), { ...ROWS[0], grade: 'disputed' }, { kind: 'deductible', amountFen: 100_000, grade: 'disputed' }]) }, [250_000, 490_000], [250_000, 490_000], [0, 0]],
    ['an employee may be retired: both are reckoned', { region: 'in-town', book: book([ROWS[0] as object, ROWS[1] as object, { kind: 'rate', when: { person: 'retired' }, bands: [{ overFen: 0, upToFen: null, rateBp: 9_000 }] }], 'workers') }, [150_000, 450_000], [150_000, 450_000], [0, 0]],
    ['a child is insured as one', { region: 'in-town', age: 17, book: book([ROWS[0] as object, { ...ROWS[1], when: { person: 'student' } }]) }, [250_000, 450_000], [250_000, 450_000], [0, 0]],
    ['of age is no child', { region: 'in-town', age: 18, book: book([ROWS[0] as object, { ...ROWS[1], when: { person: 'student' } }]) }, 'rule-missing', 'rule-missing', null],
  ]
  for (const [why, more, referred, direct, difference] of table)
    test(why, () => {
      const cost = expectedCost(asked(more))
      assert.deepEqual([personOf(cost.referred), personOf(cost.direct)], [referred, direct])
      assert.deepEqual(cost.difference && [cost.difference.lowFen, cost.difference.highFen], difference)
    })

  test('person and funds together are the bill at both ends, and its steps say so', () => {
    const { referred } = expectedCost(asked())
    assert.ok(typeof referred !== 'string')
    for (const [end, total] of [[referred.low, 1_050_000], [referred.high, 2_050_000]] as const) {
      assert.equal(end.personalFen + end.fundFen, total)
      assert.ok(end.steps.some(({ step }) => step === 'referral-points'))
    }
  }) // prettier-ignore

  test('what is taken for granted is told: both readings, working or retired', () => {
    const told = (more: Partial<CostAsked>) => expectedCost(asked(more)).assumptions
    assert.deepEqual(told({}), ['stay', 'home', 'identities'])
    assert.ok(told({ book: book(ROWS, 'workers') }).includes('retired'))
    const disputed = [{ kind: 'deductible', amountFen: 1, grade: 'disputed' }, { kind: 'deductible', amountFen: 2, grade: 'disputed' }]
    assert.ok(told({ book: book([...ROWS.slice(1), ...disputed]) }).includes('disputed'))
  }) // prettier-ignore
})

test('a book is read in every way that its disputed rows allow, each once, and not in more than can be reckoned', () => {
  const two = (kind: string, more: object = {}) => [1, 2].map((amountFen) => ({ kind, amountFen, grade: 'disputed', ...more }))
  const count = (rows: readonly object[]) => readingsOf(book(rows), DAY).length
  assert.deepEqual(
    [
      count(ROWS),
      count(two('deductible')),
      count([...two('deductible'), ...two('fund-cap')]),
      count(two('deductible').slice(1)),
      count([...two('deductible', { until: '2021-01-01' })]),
      count(['level1', 'level2', 'level3', 'primary', 'provincial'].flatMap((level) => two('deductible', { when: { level: [level] } }))), // prettier-ignore
    ],
    [1, 2, 4, 1, 1, 1],
  )
})

describe('a place, as an area sees it', () => {
  const levels = [
    ['the unit of a township that is not graded', 'township', 9, 'primary'],
    ['a village', 'village', 9, 'primary'],
    ['a centre of level 2', 'regional-centre', 2, 'level2'],
    ['a county hospital of level 2', 'county', 2, 'level2'],
    ['a city hospital of level 3', 'city', 3, 'level3'],
    ['a hospital of the province', 'province', 3, 'provincial'],
    ['a hospital of level 1', 'county', 1, 'level1'],
    ['a hospital that nobody graded', 'county', 9, null],
  ] as const
  for (const [why, tier, level, expected] of levels) test(why, () => assert.equal(placeLevelOf({ tier, level }), expected))

  const regions = [
    ['4303', '430321100201', 'in-town'],
    ['4303', '430100000000', 'in-province'],
    ['4303', '440300000000', 'out-of-province'],
    ['12', '120101000000', 'in-town'],
    ['320281', '320282000000', 'in-province'],
  ] as const
  for (const [stem, division, expected] of regions)
    test(`${division} seen from ${stem}`, () => assert.equal(regionOf(stem, division), expected))

  test('home and away name different ways of coming', () => {
    const ways = (region: CostAsked['region']) => waysOf({ book: book(), day: DAY, region, filed: 'unreferred' })
    assert.deepEqual(ways('out-of-province'), { referred: 'filed-referral', direct: 'unreferred' })
    assert.deepEqual(ways('in-town'), { referred: 'local', direct: 'local' })
  })
})
