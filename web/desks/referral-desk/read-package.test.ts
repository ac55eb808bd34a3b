import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPackage } from './read-package.ts'

const pressure = (at: string, systolic: number) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
  effectiveDateTime: at,
  component: [
    {
      code: { coding: [{ code: '8480-6', display: 'Systolic blood pressure' }], text: '收缩压' },
      valueQuantity: { value: systolic, unit: 'mmHg', code: 'mm[Hg]' },
      referenceRange: [{ high: { value: 140 } }],
    },
  ],
})
const documentOf = (...resources: unknown[]) => ({
  resourceType: 'Bundle',
  type: 'document',
  entry: resources.map((resource, at) => ({ fullUrl: `urn:uuid:${at}`, resource })),
})

test('measurements become series with their points in the order of time and their limits', () => {
  const { series } = readPackage(
    documentOf(pressure('2026-11-02T08:00:00+08:00', 168), pressure('2026-10-01T08:00:00+08:00', 150)),
  )
  assert.deepEqual(
    series.map(({ code, words, unit, panel, high, points }) => ({
      code,
      words,
      unit,
      panel,
      high,
      values: points.map((point) => point.value),
    })),
    [
      {
        code: '8480-6',
        words: { zh: '收缩压', en: 'Systolic blood pressure' },
        unit: 'mm[Hg]',
        panel: '85354-9',
        high: 140,
        values: [150, 168],
      },
    ],
  )
})

test('a medicine is named also where it stands as a resource of its own', () => {
  const medication = { resourceType: 'Medication', code: { text: '苯磺酸氨氯地平片' } }
  const order = {
    resourceType: 'MedicationRequest',
    status: 'active',
    medicationReference: { reference: 'urn:uuid:0' },
    dosageInstruction: [{ text: '每日一次 5 mg' }],
  }
  const [medicine] = readPackage(documentOf(medication, order)).medicines
  assert.deepEqual([medicine?.words.zh, medicine?.dose], ['苯磺酸氨氯地平片', '每日一次 5 mg'])
})

test('problems and reports stand newest first; what has no date comes last', () => {
  const problem = (text: string, onset?: string) => ({
    resourceType: 'Condition',
    code: { text },
    ...(onset ? { onsetDateTime: onset } : {}),
  })
  const { problems } = readPackage(documentOf(problem('无日期'), problem('旧', '2020'), problem('新', '2025-03-01')))
  assert.deepEqual(
    problems.map(({ words }) => words.zh),
    ['新', '旧', '无日期'],
  )
})

for (const broken of [
  null,
  'text',
  {},
  { entry: 'no list' },
  documentOf(null, 7, { resourceType: 'Observation', valueQuantity: { value: 'many' } }),
]) {
  test(`what is no document is empty, not an error: ${JSON.stringify(broken)}`, () => {
    assert.deepEqual(Object.values(readPackage(broken)).flat(), [])
  })
}
