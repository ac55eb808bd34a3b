import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clinicalName, illnessesFirst, isIllness } from './clinical-name.ts'

for (const [written, said, illness, why] of [
  ['Essential hypertension (disorder)', 'Essential hypertension', true, 'the kind is left out'],
  ['Stress (finding)', 'Stress', false, 'a finding is no illness'],
  ['History of tubal ligation (situation)', 'History of tubal ligation', false, 'nor is a situation'],
  ['Diabetes mellitus (type 2)', 'Diabetes mellitus (type 2)', true, 'other brackets belong to the name'],
  ['高血压(控制不佳)', '高血压(控制不佳)', true, 'and so do Chinese ones'],
] as const) {
  test(`${written}: ${why}`, () => {
    assert.deepEqual(clinicalName({ zh: written, en: written }), { zh: said, en: said })
    assert.equal(isIllness({ zh: written, en: null }), illness)
  })
}

test('illnesses stand first, each group in its own order', () => {
  const names = ['Stress (finding)', 'Asthma', 'Employed (finding)', 'Gout (disorder)']
  const problems = names.map((zh) => ({ words: { zh, en: null } }))
  assert.deepEqual(
    illnessesFirst(problems).map(({ words }) => words.zh),
    ['Asthma', 'Gout (disorder)', 'Stress (finding)', 'Employed (finding)'],
  )
})
