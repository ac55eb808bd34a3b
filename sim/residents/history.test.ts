import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUuid } from '../../src/kernel/id.ts'
import { TEST_DATA, type HistoryResource } from './chart.ts'
import { makeHistory } from './history.ts'
import { makeResidents, type ResidentSeed } from './residents.ts'

const today = '2026-11-22'
const villages = [{ code: '430822100201', zh: '示例县甲镇东村', population: 1 }]
const residents = makeResidents({ seed: 'county', count: 20_000, villages, today })
const patientReference = (resident: ResidentSeed): string => `Patient/${resident.key}`
const write = (resident: ResidentSeed, seed = 'county'): HistoryResource[] =>
  makeHistory(resident, { today, seed, patientReference: patientReference(resident) })

const start = performance.now()
const histories = residents.map((resident) => ({ resident, resources: write(resident) }))
const seconds = (performance.now() - start) / 1000

const ofType = <Type extends HistoryResource['resourceType']>(
  resources: readonly HistoryResource[],
  type: Type,
): Extract<HistoryResource, { resourceType: Type }>[] =>
  resources.filter((resource): resource is Extract<HistoryResource, { resourceType: Type }> => resource.resourceType === type)

const referencesIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === 'reference' ? [String(inner)] : referencesIn(inner)))
}

test('the same resident, seed and day give the same history; another seed gives other ids', () => {
  const ill = residents.filter((resident) => resident.conditions[0] !== 'none').slice(0, 100)
  for (const resident of ill) {
    assert.deepEqual(write(resident), write(resident))
    assert.notEqual(write(resident, 'town')[0]?.id, write(resident)[0]?.id)
  }
})

test('5 to 40 resources with a long illness, 0 to 3 for the healthy', (t) => {
  let sum = 0
  for (const { resident, resources } of histories) {
    const [from, to] = resident.conditions[0] === 'none' ? [0, 3] : [5, 40]
    assert.ok(resources.length >= from && resources.length <= to, `${resident.key} has ${resources.length}`)
    sum += resources.length
  }
  t.diagnostic(`${residents.length} histories, ${sum} resources in ${seconds.toFixed(2)} s`)
})

test('every id is a UUID and stands alone; every resource is marked as test data', () => {
  const ids = new Set<string>()
  for (const { resources } of histories) {
    for (const resource of resources) {
      assert.ok(isUuid(resource.id), resource.id)
      assert.deepEqual(resource.meta?.tag, [TEST_DATA])
      ids.add(resource.id)
    }
  }
  assert.equal(
    ids.size,
    histories.reduce((sum, { resources }) => sum + resources.length, 0),
  )
})

test('references lead to the patient given or to a resource of the same history, and every resource names the patient', () => {
  for (const { resident, resources } of histories) {
    const known = new Set([patientReference(resident), ...resources.map(({ resourceType, id }) => `${resourceType}/${id}`)])
    for (const resource of resources) {
      const references = referencesIn(resource)
      assert.ok(references.includes(patientReference(resident)), `${resource.resourceType} of ${resident.key} is about nobody`)
      for (const reference of references) assert.ok(known.has(reference), `${resident.key} points at ${reference}`)
    }
  }
})

test('nothing is dated before birth or after today', () => {
  for (const { resident, resources } of histories) {
    for (const day of JSON.stringify(resources).match(/\d{4}-\d\d-\d\d(?=T|")/g) ?? [])
      assert.ok(day >= resident.bornOn && day <= today, `${resident.key}: ${day}`)
  }
})

test('with a long illness, follow-ups go forward in time and the last is not older than a quarter', () => {
  for (const { resident, resources } of histories) {
    if (resident.conditions[0] === 'none') continue
    const visits = ofType(resources, 'Encounter').filter((encounter) => encounter.class.code !== 'IMP')
    const starts = visits.map((encounter) => encounter.period?.start ?? '')
    assert.deepEqual(starts, starts.toSorted(), resident.key)
    assert.ok((starts.at(-1) ?? '') >= '2026-08-22', `${resident.key} was last seen ${starts.at(-1)}`)
  }
})

test('each long illness of the resident stands in the record under its ICD-10 code, and a drug is prescribed', () => {
  const codes = { hypertension: 'I10', 'type-2-diabetes': 'E11.9', copd: 'J44.9', asthma: 'J45.9' } as const
  for (const { resident, resources } of histories) {
    const written = new Set(ofType(resources, 'Condition').flatMap((condition) => condition.code?.coding?.[0]?.code ?? []))
    for (const [illness, code] of Object.entries(codes))
      assert.equal(
        written.has(code),
        resident.conditions.some((condition) => condition === illness),
        `${resident.key} ${illness}`,
      )
    if (resident.conditions[0] !== 'none') assert.ok(ofType(resources, 'MedicationRequest').length >= 1, resident.key)
  }
})

test('blood pressures are possible ones; at target, above it and dangerous courses all occur', () => {
  const last: number[] = []
  for (const { resident, resources } of histories) {
    const pressures = ofType(resources, 'Observation').filter((one) => one.code.coding?.[0]?.code === '85354-9')
    for (const pressure of pressures) {
      assert.deepEqual(
        pressure.component?.map((part) => part.code.coding?.[0]?.code),
        ['8480-6', '8462-4'],
      )
      const [systolic = 0, diastolic = 0] = pressure.component?.map((part) => part.valueQuantity?.value ?? 0) ?? []
      assert.ok(systolic >= 90 && systolic <= 210 && diastolic >= 45 && diastolic < systolic - 20, `${systolic}/${diastolic}`)
    }
    if (resident.conditions.includes('hypertension')) last.push(pressures.at(-1)?.component?.[0]?.valueQuantity?.value ?? 0)
  }
  const share = (holds: (systolic: number) => boolean): number => last.filter(holds).length / last.length
  assert.ok(share((systolic) => systolic < 140) > 0.4)
  assert.ok(share((systolic) => systolic >= 140 && systolic < 180) > 0.25)
  assert.ok(share((systolic) => systolic >= 180) > 0.02 && share((systolic) => systolic >= 180) < 0.1)
})

test('nobody gets two drugs of one group, nor metformin with kidney disease, nor aspirin with asthma', () => {
  for (const { resident, resources } of histories) {
    const drugs = ofType(resources, 'MedicationRequest').map((one) => one.medicationCodeableConcept?.coding?.[0]?.code ?? '')
    assert.equal(new Set(drugs.map((code) => code.slice(0, 4))).size, drugs.length, `${resident.key}: ${drugs.join()}`)
    if (resident.conditions.includes('chronic-kidney-disease')) assert.ok(!drugs.includes('A10BA02'))
    if (resident.conditions.includes('asthma')) assert.ok(!drugs.includes('B01AC06'))
  }
})
