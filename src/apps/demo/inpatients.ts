import { createHash } from 'node:crypto'
import { plusMinutes, type Instant } from '../../kernel/clock.ts'
import { ageOn, instantAt, plusDays, type Day } from '../../kernel/day.ts'
import { type OrgId } from '../../kernel/id.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import { indexOfResource } from '../../modules/health-record/index.ts'
import { atc, hl7, icd10, loinc, openChart, type Chart, type HistoryResource } from '../../../sim/residents/chart.ts'
import { STAGE } from './accounts.ts'
import { bytes, insertRows } from './insert.ts'
import type { Settled } from './people.ts'

/** Somebody in the county hospital's beds when the demo begins: why, since how many days, measured this morning. */
type Stay = {
  readonly icd10: readonly [code: string, en: string, zh: string]
  readonly days: number
  readonly systolic: number
  readonly diastolic: number
  readonly rate: number
  readonly oxygen: number
  readonly glucose?: number
  readonly drugs: readonly (readonly [atc: string, en: string, zh: string, dose: string])[]
}

const ASPIRIN = ['B01AC06', 'Aspirin', '阿司匹林肠溶片', '每次 100 mg,每日 1 次'] as const
const ATORVASTATIN = ['C10AA05', 'Atorvastatin', '阿托伐他汀钙片', '每次 20 mg,睡前'] as const

const STAYS: readonly Stay[] = [
  { icd10: ['I63.9', 'Cerebral infarction', '脑梗死'], days: 11, systolic: 138, diastolic: 82, rate: 76, oxygen: 97, drugs: [ASPIRIN, ATORVASTATIN] },
  { icd10: ['J44.1', 'COPD with acute exacerbation', '慢性阻塞性肺疾病急性加重'], days: 9, systolic: 128, diastolic: 76, rate: 88, oxygen: 93, drugs: [['R03BB04', 'Tiotropium', '噻托溴铵粉吸入剂', '每次 18 μg,每日 1 次']] },
  { icd10: ['I21.9', 'Acute myocardial infarction, after PCI', '急性心肌梗死 PCI 术后'], days: 7, systolic: 122, diastolic: 74, rate: 68, oxygen: 98, drugs: [ASPIRIN, ATORVASTATIN] },
  { icd10: ['E11.9', 'Type 2 diabetes mellitus', '2型糖尿病'], days: 5, systolic: 134, diastolic: 80, rate: 80, oxygen: 98, glucose: 11.8, drugs: [['A10BA02', 'Metformin', '盐酸二甲双胍片', '每次 500 mg,每日 2 次']] },
] // prettier-ignore

const AGE_LEAST = 50

const addMeasured = (chart: Chart, at: Instant, code: readonly [string, string, string], value: number, unit: string): void => {
  chart.add({
    resourceType: 'Observation',
    status: 'final',
    code: loinc(...code),
    subject: chart.subject,
    effectiveDateTime: at,
    valueQuantity: { value, unit: unit === 'mm[Hg]' ? 'mmHg' : unit, system: 'http://unitsofmeasure.org', code: unit },
  })
}

const addStay = (chart: Chart, stay: Stay, since: Instant, measuredAt: Instant): void => {
  chart.add({
    resourceType: 'Encounter',
    status: 'in-progress',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
    type: [{ text: '住院' }],
    subject: chart.subject,
    period: { start: since },
    reasonCode: [icd10(...stay.icd10)],
    serviceProvider: { reference: `Organization/${STAGE.county}` },
  })
  chart.add({
    resourceType: 'Condition',
    clinicalStatus: hl7('condition-clinical', 'active'),
    verificationStatus: hl7('condition-ver-status', 'confirmed'),
    category: [hl7('condition-category', 'encounter-diagnosis')],
    code: icd10(...stay.icd10),
    subject: chart.subject,
    onsetDateTime: since,
    recordedDate: since,
  })
  addMeasured(chart, measuredAt, ['8480-6', 'Systolic blood pressure', '收缩压'], stay.systolic, 'mm[Hg]')
  addMeasured(chart, measuredAt, ['8462-4', 'Diastolic blood pressure', '舒张压'], stay.diastolic, 'mm[Hg]')
  addMeasured(chart, measuredAt, ['8867-4', 'Heart rate', '心率'], stay.rate, '/min')
  addMeasured(chart, measuredAt, ['59408-5', 'Oxygen saturation', '血氧饱和度'], stay.oxygen, '%')
  if (stay.glucose !== undefined)
    addMeasured(chart, measuredAt, ['14771-0', 'Fasting glucose', '空腹血糖'], stay.glucose, 'mmol/L')
  for (const [code, en, zh, dose] of stay.drugs)
    chart.add({
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: atc(code, en, zh),
      subject: chart.subject,
      authoredOn: since,
      dosageInstruction: [{ text: dose }],
    })
}

type Facts = { readonly seed: string; readonly today: Day; readonly now: Instant; readonly zone: string; readonly unit: OrgId }

const rowOf = (person: Settled, resource: HistoryResource, facts: Facts): Record<string, unknown> => {
  const body = JSON.stringify(resource)
  const { codeSystem, code, display, effectiveAt, status } = indexOfResource(resource as never, facts.zone)
  const index = { code_system: codeSystem, code, display, effective_at: effectiveAt, status }
  const hash = bytes(createHash('sha256').update(body).digest())
  return {
    person_id: person.id,
    id: resource.id,
    version: 1,
    type: resource.resourceType,
    body,
    ...index,
    source: 'demo',
    source_id: resource.id,
    hash,
    recorded_at: facts.now,
  }
}

/**
 * A few residents of the stage's township lie in its county hospital when the demo begins, so that the ward has somebody to
 * send home; and the township unit has registered what it has in stock. All invented.
 */
export const insertInpatients = async (db: Queryable, people: readonly Settled[], facts: Facts): Promise<void> => {
  const near = people.filter(({ unit, seed }) => unit === facts.unit && ageOn(seed.bornOn as Day, facts.today) >= AGE_LEAST)
  // The last of the list: stories begin with the first.
  const chosen = near.toReversed().slice(0, STAYS.length)
  const measuredAt = plusMinutes(facts.now, -60)
  const rows = chosen.flatMap((person, at) => {
    const stay = STAYS[at] as Stay
    const chart = openChart(`stay|${person.seed.key}`, facts.seed, facts.today, `Patient/${person.id}`)
    addStay(chart, stay, instantAt(plusDays(facts.today, -stay.days), '09:00', facts.zone), measuredAt)
    return chart.resources.map((resource) => rowOf(person, resource, facts))
  })
  await insertRows(db, 'health_record.resource', rows)
  await insertSupplies(db, facts)
}

const SUPPLIES = [
  ['B01AC06', 'drug', '阿司匹林肠溶片', 'Aspirin'],
  ['A10BA02', 'drug', '盐酸二甲双胍片', 'Metformin'],
  ['glucose-meter', 'device', '血糖仪及试纸', 'Glucose meter and strips'],
  ['electrocardiograph', 'device', '心电图机', 'Electrocardiograph'],
] as const

const insertSupplies = async (db: Queryable, { unit, today, now }: Facts): Promise<void> => {
  const rows = SUPPLIES.map(([code, kind, zh, en]) => ({
    org_id: unit,
    kind: 'continuity.supply',
    entry_id: code,
    version: 1,
    from_on: plusDays(today, -1),
    body: { code, kind, name: { zh, en } },
    state: 'in-force',
    is_correction: false,
    recorded_at: now,
  }))
  await insertRows(db, 'platform.register_entry', rows)
}
