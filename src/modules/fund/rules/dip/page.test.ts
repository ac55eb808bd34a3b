import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../../kernel/day.ts'
import { ageAtAdmission, dischargeOfPage, treatmentOf, type PageFacts } from './page.ts'

const of = (...codes: (readonly [code: string, level: string | null])[]) => codes.map(([code, level]) => ({ code, level }))

// procedures | treatment | why
for (const [procedures, treatment, why] of [
  [of(), 'conservative', 'no procedure'],
  [of(['47.0100', '2']), 'surgical', 'a level of operation'],
  [of(['88.5500', null], ['36.0600', '3']), 'surgical', 'one with a level is enough'],
  [of(['87.0300', null]), 'diagnostic', 'imaging'],
  [of(['91.9000', null]), 'diagnostic', 'the last category that looks only'],
  [of(['99.1000', null]), 'therapeutic', 'an infusion'],
  [of(['88.5500', null], ['96.7200', null]), 'therapeutic', 'looking and treating'],
  [of(['95.0200', null]), null, 'eyes and ears: either'],
  [of(['45.2300', null]), null, 'an endoscopy stands among the operations'],
] as const)
  test(`treatment by procedures: ${why}`, () => assert.equal(treatmentOf(procedures), treatment))

const page: PageFacts = {
  diagnosis: 'J18.900',
  zh: '肺炎',
  procedures: [],
  days: 8,
  totalFen: 500_000,
  age: { ageYears: 65, ageDays: null },
  sex: 'male',
  died: false,
}
const bill = { billNo: 'B1', totalFen: 500_000, basicFen: 300_000 }
const lacks = (...[differs, bills = [bill], isCleared = false]: [Partial<PageFacts>, (typeof bill)[]?, boolean?]) => {
  const found = dischargeOfPage({ ...page, ...differs }, bills, isCleared)
  return 'lacks' in found ? found.lacks : found.made
}

test('a page with the bill of its stay is a discharge under the number of the bill', () => {
  assert.deepEqual(lacks({}), {
    number: 'B1',
    diagnosis: 'J18.900',
    procedures: [],
    treatment: 'conservative',
    costFen: 500_000,
    claimedFen: 300_000,
    facts: { ageYears: 65, ageDays: null, comorbidity: null, illness: null, tumour: null, intensiveCareDays: null },
  })
})

// what differs | bills | lacks
for (const [differs, bills, expected] of [
  [{}, [], ['bill']],
  [{}, [bill, { ...bill, billNo: 'B2' }], ['bills']],
  [{ totalFen: 500_001 }, [bill], ['cost']],
  [{ procedures: of(['45.2300', null]) }, [bill], ['treatment']],
  [{ diagnosis: '肺炎' }, [bill], ['diagnosis']],
  [{ procedures: of(['470100', '2']) }, [bill], ['procedures']],
  [{ age: null, diagnosis: 'J18..' }, [], ['bill', 'diagnosis', 'age']],
] as const)
  test(`a page waits for: ${expected.join(', ')}`, () => assert.deepEqual(lacks(differs, [...bills]), expected))

test('nothing is taken into a year that is cleared; a page without a total takes that of the bill', () => {
  assert.deepEqual(lacks({}, [bill], true), ['cleared'])
  const found = lacks({ totalFen: null })
  assert.equal('costFen' in found && found.costFen, 500_000)
})

test('the age on the day of admission, in days too of who is not yet one; born in the stay counts none', () => {
  const of = (bornOn: string) => ageAtAdmission(bornOn as Day, '2026-03-02' as Day)
  assert.deepEqual(of('1960-03-02'), { ageYears: 66, ageDays: null })
  assert.deepEqual(of('1960-03-03'), { ageYears: 65, ageDays: null })
  assert.deepEqual(of('2026-02-20'), { ageYears: 0, ageDays: 10 })
  assert.deepEqual(of('2026-03-05'), { ageYears: 0, ageDays: 0 })
})

test('a death is told to the directory of tumours or to the other', () => {
  const factsOf = (differs: Partial<PageFacts>) => {
    const found = lacks(differs)
    return 'facts' in found ? [found.facts.illness, found.facts.tumour] : null
  }
  assert.deepEqual(factsOf({ died: true }), ['death', null])
  assert.deepEqual(factsOf({ died: true, diagnosis: 'C34.900' }), [null, 'death'])
})
