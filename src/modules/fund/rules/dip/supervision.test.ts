import assert from 'node:assert/strict'
import { test } from 'node:test'
import { supervisionOf, type SupervisionTerms } from './supervision.ts'

const NO_FAULTS = { sex: 0, age: 0, operationMissing: 0, operationUnexpected: 0, symptom: 0, newbornDays: 0 }
const TERMS: SupervisionTerms = {
  cheap: [{ bound: 3_000, mark: 10_000 }, { bound: 5_000, mark: 7_000 }, { bound: 7_000, mark: 3_000 }],
  long: [{ bound: 30_000, mark: 10_000 }, { bound: 20_000, mark: 6_000 }, { bound: 15_000, mark: 3_000 }],
  lowMortalityBelow: 500,
  deathMarkLow: 10_000,
  deathMarkOther: 5_000,
  readmission: { withinDays: 31, markSame: 10_000, markOther: 5_000 },
  record: {
    womenOnly: ['O'],
    menOnly: ['N40'],
    childbirthYears: { from: 10, until: 60 },
    perinatalYearsUntil: 0,
    marks: { sex: 10_000, age: 10_000, operationMissing: 10_000, operationUnexpected: 5_000, symptom: 5_000, newbornDays: 3_000 },
  },
} // prettier-ignore

test('marks of a hospital’s year, each stay by the strictest bound, over all of its stays', () => {
  const { cheap, long, death, again, record } = supervisionOf(
    {
      cases: 200,
      cheap: [1, 2, 10],
      long: [0, 3, 5],
      deathsLow: 1,
      deathsOther: 4,
      named: 100,
      againSame: 2,
      againOther: 3,
      faults: { ...NO_FAULTS, sex: 1, symptom: 2, newbornDays: 10 },
    },
    TERMS,
  )
  // 1 × 1 + 2 × 0.7 + 10 × 0.3 = 5.4 over 200; 3 × 0.6 + 5 × 0.3 = 3.3; 1 + 4 × 0.5 = 3.
  assert.deepEqual([cheap.marked, cheap.index], [13, 270])
  assert.deepEqual([long.marked, long.index], [8, 165])
  assert.deepEqual([death.marked, death.index], [5, 150])
  // 2 × 1 + 3 × 0.5 = 3.5 over the 100 stays that say whose they are; 1 + 2 × 0.5 + 10 × 0.3 = 5 over all.
  assert.deepEqual([again.marked, again.index], [5, 350])
  assert.deepEqual([record.marked, record.index], [13, 250])
  for (const one of [cheap, long, death, again, record])
    assert.equal(one.steps.at(-1)?.is, one.index, 'the steps end at the index')
  assert.deepEqual(
    cheap.steps.slice(0, -1).map(({ zh, is }) => [zh, is]),
    [
      ['费用低于病种次均的 30%', 1],
      ['费用低于病种次均的 50%', 2],
      ['费用低于病种次均的 70%', 10],
    ],
  )
})

test('a hospital without stays has no marks, and nothing is divided by none', () => {
  const none = supervisionOf(
    {
      cases: 0,
      cheap: [0, 0, 0],
      long: [0, 0, 0],
      deathsLow: 0,
      deathsOther: 0,
      named: 0,
      againSame: 0,
      againOther: 0,
      faults: NO_FAULTS,
    },
    TERMS,
  )
  assert.deepEqual(
    Object.values(none).map(({ index }) => index),
    [0, 0, 0, 0, 0],
  )
})
