import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { loadRulebook } from '../../../platform/rulebook.ts'
import { amountsOn, valueOn } from '../../../shapes/rulebook.ts'
import type { KeptGroup, SentDischarge } from './dip.ts'
import { scoredBy } from './scoring.ts'
import { dipTermsOf } from './terms.ts'

const today = '2026-11-23' as Day
const rulebook = await loadRulebook()
const terms = dipTermsOf({
  policy: (id, by) => valueOn(rulebook, id, today, by),
  amounts: (id) => amountsOn(rulebook, id, today),
})
const group = (key: string, pricing: KeptGroup['pricing']): KeptGroup => ({
  key,
  zh: key,
  kind: 'core',
  cases: [0, 0, 20],
  casesCut: 0,
  meanFen: 1_000_000,
  scoreE4: 1_000_0000,
  pricing,
  pricingBecause: null,
})
const discharge: SentDischarge = {
  org: '1' as OrgId,
  number: '1',
  dischargedOn: today,
  diagnosis: 'I21.000',
  zh: '急性前壁心肌梗死',
  procedures: ['36.0600'],
  treatment: 'therapeutic',
  days: 9,
  costFen: 1_000_000,
  claimedFen: 600_000,
  facts: { ageYears: 40, ageDays: null, comorbidity: null, illness: null, tumour: null, intensiveCareDays: null },
  personCode: null,
  sex: null,
  returnPlanned: false,
}

// group | pricing | points at a hospital of 0.9 | has a step of its weight | why
for (const [key, pricing, points, isWeighed, why] of [
  ['I21.0:36.0600', 'level', 990, true, 'a hard case weighs 1.1, by the hospital'],
  ['I21.0:n', 'basic-level', 1_000, false, 'one price: neither weight nor hospital'],
  ['I20.0:88.5500', 'level', 900, false, 'on no list: by the hospital alone'],
] as const)
  test(`by the rulebook that is shipped, ${key}: ${why}`, () => {
    const { scoreE4, steps } = scoredBy({ terms, pointFen: 1_000 }, group(key, pricing), discharge, 9_000)
    assert.equal(scoreE4, points * 10_000)
    assert.equal(
      steps.some(({ rule }) => rule === 'fund.dip-hard-cases'),
      isWeighed,
    )
  })
