import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { auxiliaryOf } from './score.ts'
import { severityOf, type AuxiliaryTerms, type SeverityFacts } from './severity.ts'

const TERMS: AuxiliaryTerms = {
  newborn: 12_500,
  age: [[0, 12_000], [1, 11_500], [7, 11_000], [18, 10_000], [65, 10_500], [70, 11_000], [80, 12_000]], // prettier-ignore
  comorbidity: [[0, 10_000], [1, 11_000], [3, 12_000], [5, 13_000]], // prettier-ignore
  intensiveCare: [[2, 11_500], [8, 13_000], [15, 15_000], [31, 17_000]], // prettier-ignore
  illness: { light: 10_000, organ: 11_500, failure: 13_000, death: 15_000 },
  tumour: { other: 10_000, organ: 12_000, metastasis: 12_500, failure: 13_000, drug: 13_500, treatment: 14_000, death: 15_000 },
}
const ADULT: SeverityFacts = {
  ageYears: 40,
  ageDays: null,
  comorbidity: null,
  illness: null,
  tumour: null,
  intensiveCareDays: null,
}

describe('the auxiliary directories: the highest coefficient that applies', () => {
  const table: readonly (readonly [what: string, of: Partial<SeverityFacts>, coefficient: number])[] = [
    ['nothing said', {}, 10_000],
    ['28 days old: a newborn', { ageYears: 0, ageDays: 28 }, 12_500],
    ['29 days old: an infant', { ageYears: 0, ageDays: 29 }, 12_000],
    ['under a year, days not said: an infant', { ageYears: 0 }, 12_000],
    ['6 years', { ageYears: 6 }, 11_500],
    ['7 years', { ageYears: 7 }, 11_000],
    ['64 years', { ageYears: 64 }, 10_000],
    ['80 years', { ageYears: 80 }, 12_000],
    ['one day of intensive care counts for nothing', { intensiveCareDays: 1 }, 10_000],
    ['31 days of intensive care', { intensiveCareDays: 31 }, 17_000],
    ['CCI 2', { comorbidity: 2 }, 11_000],
    ['80 years with CCI 5: the higher of both, not their product', { ageYears: 80, comorbidity: 5 }, 13_000],
    ['sepsis', { illness: 'failure' }, 13_000],
    ['a tumour is not graded as an illness too', { tumour: 'organ', illness: 'death' }, 12_000],
  ]
  for (const [what, of, coefficient] of table)
    test(`${what}: ${coefficient}`, () => assert.equal(auxiliaryOf(severityOf({ ...ADULT, ...of }, TERMS)), coefficient))
})
