import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Day } from '../../../../kernel/day.ts'
import { loadRulebook } from '../../../../platform/rulebook.ts'
import { findingsOf, type CheckedLine } from '../../../../shapes/rulebook-check.ts'
import { amountsOn, type Rulebook } from '../../../../shapes/rulebook.ts'
import { pricingOf, upliftOf, type PriceLists } from './pricing.ts'
import { coefficientFor, scoreOf, type Pricing } from './score.ts'

const LISTS: PriceLists = { 'basic-level': ['J18', 'E11.9'], 'tcm-advantage': ['G51'] }

describe('which groups have one price at every level', () => {
  // group | pricing | why
  const table: readonly (readonly [string, string, string])[] = [
    ['J18.9:n', 'basic-level', 'its category is on the list, and it is treated without a procedure'],
    ['J18:conservative', 'basic-level', 'so is what was merged of the category'],
    ['J18.9:33.2400', 'level', 'with a procedure it costs what a hospital needs for it'],
    ['J18:surgical', 'level', 'so does the merged group of operations'],
    ['E11.9:n', 'basic-level', 'a subcategory on the list'],
    ['E11.7:n', 'level', 'another subcategory of its category is not'],
    ['E11:conservative', 'level', 'a merged group holds more than the subcategory that is listed'],
    ['G51.0:n', 'tcm-advantage', 'the list of TCM-advantage diseases'],
    ['J15.1:n', 'level', 'on no list'],
  ]
  for (const [key, pricing, why] of table) test(`${key}: ${why}`, () => assert.equal(pricingOf(key, LISTS), pricing))
})

describe('one price is the coefficient that the rulebook gives every level', () => {
  const terms = { lowBelow: 5_000, highAbove: 20_000, expertAbove: 50_000, expertDaysAbove: 60 }
  const onePrice = { 'basic-level': 9_500, 'tcm-advantage': 10_500 }
  // pricing | coefficient | why
  for (const [pricing, expected] of [
    ['level', 8_000],
    ['basic-level', 9_500],
    ['tcm-advantage', 10_500],
  ] as const)
    test(`${pricing}: ${expected}`, () => {
      assert.equal(coefficientFor(pricing, 8_000, onePrice), expected)
      const { scoreE4 } = scoreOf(
        { groupScoreE4: 1_000_0000, costFen: 1_000_000, days: 8, severity: {}, hospital: 8_000, pricing, pointFen: 1_000 },
        { ...terms, onePrice },
      )
      assert.equal(scoreE4, expected * 1_000)
    })
})

describe('difficult and critical groups weigh more, dated', () => {
  const hard = { I21: 11_000, 'I21.4': 12_000, S06: 10_500 }
  // group | pricing | weight | why
  const table: readonly (readonly [string, Pricing, number, string])[] = [
    ['I21.0:36.0600', 'level', 11_000, 'its category is on the list'],
    ['I21.4:36.0600', 'level', 12_000, 'the longer code counts'],
    ['I21:surgical', 'level', 11_000, 'so does what was merged of the category'],
    ['I21.0:n', 'basic-level', 10_000, 'a group with one price is not a hard one'],
    ['I20.0:88.5500', 'level', 10_000, 'on no list'],
  ]
  for (const [key, pricing, weight, why] of table)
    test(`${key}: ${why}`, () => assert.equal(upliftOf(key, pricing, hard), weight))
})

const linesOf = (rulebook: Rulebook, checkedOn: Day): CheckedLine[] =>
  [...rulebook.entries.values()]
    .filter(({ id }) => id.startsWith('fund.dip-'))
    .flatMap(({ id, values }) =>
      values.flatMap(({ from, until, grade, basis, amounts }) =>
        Object.keys(amounts).map((by) => ({ file: id, key: `${id} · ${by}`, from, until, grade, basis, checkedOn })),
      ),
    )

describe('the data of payment by disease', () => {
  const today = '2026-11-23' as Day
  test('has no gap, no overlap and no value without a basis', async () => {
    const lines = linesOf(await loadRulebook(), today)
    assert.ok(lines.length > 50)
    const faults = findingsOf(lines, today, today).filter(({ weight }) => weight === 'fault')
    assert.deepEqual(faults, [])
    const [line] = lines
    assert.ok(line)
    const twice = findingsOf([...lines, { ...line, basis: '另一份文件' }], today, today)
    assert.ok(twice.some(({ kind }) => kind === 'overlap'), 'two values of one name would be found') // prettier-ignore
  })
  test('lists hold codes of ICD-10, and no disease stands on both', async () => {
    const rulebook = await loadRulebook()
    const basic = Object.keys(amountsOn(rulebook, 'fund.dip-basic-level', today))
    const tcm = Object.keys(amountsOn(rulebook, 'fund.dip-tcm-advantage', today))
    for (const code of [...basic, ...tcm]) assert.match(code, /^[A-Z]\d\d(\.\d)?$/)
    for (const code of basic)
      assert.ok(!tcm.some((other) => other.startsWith(code) || code.startsWith(other)), `${code} stands on both lists`)
  })
  test('difficult and critical diseases weigh more, never less', async () => {
    for (const [code, weight] of Object.entries(amountsOn(await loadRulebook(), 'fund.dip-hard-cases', today))) {
      assert.match(code, /^[A-Z]\d\d(\.\d)?$/)
      assert.ok(weight > 10_000 && weight < 20_000, `${code}: ${weight}`)
    }
  })
  test('of the lists nothing is told as law that no source states', async () => {
    const { entries } = await loadRulebook()
    for (const id of ['fund.dip-basic-level', 'fund.dip-tcm-advantage', 'fund.dip-hard-cases', 'fund.dip-clearing', 'fund.dip-severity'])
      assert.ok(entries.get(id)?.values.every(({ grade }) => grade !== 'sourced'), id) // prettier-ignore
  })
})
