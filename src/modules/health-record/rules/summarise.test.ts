import assert from 'node:assert/strict'
import { test } from 'node:test'
import { summarise } from './summarise.ts'

const ZONE = 'Asia/Shanghai'
const loinc = (code: string, text?: string) => ({
  coding: [{ system: 'http://loinc.org', code, display: 'As LOINC says' }],
  ...(text ? { text } : {}),
})
const quantity = (value: number, code: string) => ({ value, unit: code, code, system: 'http://unitsofmeasure.org' })
const clinical = (code: string) => ({ coding: [{ code }] })

const pressure = (id: string, at: string, systolic: number, diastolic: number, more: object = {}) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: loinc('85354-9', '血压'),
  effectiveDateTime: at,
  component: [
    { code: loinc('8480-6'), valueQuantity: quantity(systolic, 'mm[Hg]') },
    { code: loinc('8462-4'), valueQuantity: quantity(diastolic, 'mm[Hg]') },
  ],
  ...more,
})

test('A panel becomes one series for each component, oldest point first, with its flag', () => {
  const { series } = summarise(
    [
      pressure('2', '2026-02-01T08:00:00+08:00', 150, 92, { interpretation: [clinical('H')] }),
      pressure('1', '2026-01-01', 130, 80),
    ],
    ZONE,
  )
  assert.deepEqual(
    series.map(({ code, panel, words }) => [code, panel, words.zh]),
    [
      ['8480-6', '85354-9', '收缩压'],
      ['8462-4', '85354-9', '舒张压'],
    ],
  )
  assert.deepEqual(series[0]?.points, [
    { at: '2025-12-31T16:00:00.000Z', value: 130, comparator: null, flag: null },
    { at: '2026-02-01T00:00:00.000Z', value: 150, comparator: null, flag: 'H' },
  ])
})

test('The same code in two units is two series: they cannot stand on one scale', () => {
  const one = (value: number, unit: string) => ({
    resourceType: 'Observation',
    id: unit,
    status: 'final',
    code: loinc('2339-0'),
    effectiveDateTime: '2026-01-01',
    valueQuantity: quantity(value, unit),
  })
  assert.deepEqual(
    new Set(summarise([one(5.5, 'mmol/L'), one(99, 'mg/dL')], ZONE).series.map(({ unit }) => unit)),
    new Set(['mmol/L', 'mg/dL']),
  )
})

// status of an observation      shown
for (const [status, count] of [
  ['final', 2],
  ['amended', 2],
  ['entered-in-error', 0],
  ['cancelled', 0],
] as const)
  test(`An observation that is ${status} gives ${count} series`, () =>
    assert.equal(summarise([pressure('1', '2026-01-01', 130, 80, { status })], ZONE).series.length, count))

// condition                                                             active, why
const PROBLEMS: [object, boolean | null, string][] = [
  [{ clinicalStatus: clinical('active') }, true, 'active'],
  [{}, true, 'nobody wrote that it ended'],
  [{ clinicalStatus: clinical('resolved') }, false, 'resolved'],
  [{ abatementDateTime: '2025-01-01' }, false, 'it has an end'],
  [
    { clinicalStatus: clinical('active'), verificationStatus: clinical('entered-in-error') },
    null,
    'entered in error: not shown at all',
  ],
]
for (const [fields, isActive, why] of PROBLEMS)
  test(`A problem: ${why}`, () => {
    const resource = {
      resourceType: 'Condition',
      id: 'c',
      code: { text: '原发性高血压', coding: [{ code: 'I10', display: 'Hypertension' }] },
      ...fields,
    }
    const [problem] = summarise([resource], ZONE).problems
    assert.equal(problem?.isActive ?? null, isActive)
    if (problem) assert.deepEqual(problem.words, { zh: '原发性高血压', en: 'Hypertension' })
  })

test('A medicine is named by its concept, a contained Medication, one of the record, or what the reference shows', () => {
  const request = (id: string, fields: object) => ({
    resourceType: 'MedicationRequest',
    id,
    status: 'active',
    intent: 'order',
    ...fields,
  })
  const { medicines } = summarise(
    [
      request('1', { medicationCodeableConcept: { text: '氨氯地平' }, dosageInstruction: [{ text: '每日一次' }] }),
      request('2', {
        contained: [{ resourceType: 'Medication', id: 'm', code: { text: '缬沙坦' } }],
        medicationReference: { reference: '#m' },
      }),
      request('3', { medicationReference: { reference: 'Medication/7' } }),
      { resourceType: 'Medication', id: '7', code: { text: '二甲双胍' } },
      request('4', { medicationReference: { reference: 'Medication/8', display: '阿司匹林' } }),
    ],
    ZONE,
  )
  assert.deepEqual(Object.fromEntries(medicines.map(({ id, words }) => [id, words.zh])), {
    1: '氨氯地平',
    2: '缬沙坦',
    3: '二甲双胍',
    4: '阿司匹林',
  })
  assert.equal(medicines.find(({ id }) => id === '1')?.dose, '每日一次')
})

test('What a source wrote badly is passed over, not a crash', () => {
  const odd = {
    resourceType: 'Observation',
    id: 'x',
    status: 'final',
    code: null,
    component: 'none',
    valueQuantity: 'high',
    effectiveDateTime: 'yesterday',
    interpretation: {},
  }
  assert.deepEqual(summarise([odd, { resourceType: 'AllergyIntolerance', reaction: [null] }], ZONE).series, [])
})

test('Findings in words and reports are shown newest first', () => {
  const finding = {
    resourceType: 'Observation',
    id: 'f',
    status: 'final',
    code: loinc('72166-2', '吸烟'),
    effectiveDateTime: '2026-01-01',
    valueCodeableConcept: { text: '从不吸烟' },
  }
  const report = (id: string, issued: string) => ({
    resourceType: 'DiagnosticReport',
    id,
    status: 'final',
    code: { text: '心电图' },
    issued,
    conclusion: '窦性心律',
  })
  const { findings, reports } = summarise([finding, report('old', '2025-01-01'), report('new', '2026-01-01')], ZONE)
  assert.equal(findings[0]?.value.zh, '从不吸烟')
  assert.deepEqual(
    reports.map(({ id, conclusion }) => [id, conclusion]),
    [
      ['new', '窦性心律'],
      ['old', '窦性心律'],
    ],
  )
})
