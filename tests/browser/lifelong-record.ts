import { newId, type PersonId } from '../../src/kernel/id.ts'
import { plusDays, type Day } from '../../src/kernel/day.ts'
import {
  hashOf,
  indexOfResource,
  indexValuesOf,
  saveSourceResources,
  type NewResource,
  type Resource,
} from '../../src/modules/health-record/index.ts'
import { databaseNow, type Database } from '../../src/platform/database/pool.ts'

// A long life on record, invented: every number below only sets how much of what there is.

const ZONE = 'Asia/Shanghai'
const BATCH = 500
const YEARS = 30
const DAYS_A_YEAR = 365

type Measure = readonly [code: string, zh: string, unit: string, middle: number, low: number, high: number]
const MEASURES: readonly Measure[] = [
  ['1558-6', '空腹血糖', 'mmol/L', 6.4, 3.9, 6.1],
  ['4548-4', '糖化血红蛋白', '%', 6.9, 4, 6],
  ['2160-0', '肌酐', 'umol/L', 82, 57, 97],
  ['2823-3', '血钾', 'mmol/L', 4.2, 3.5, 5.3],
  ['2093-3', '总胆固醇', 'mmol/L', 5.1, 2.8, 5.2],
  ['2571-8', '甘油三酯', 'mmol/L', 1.8, 0.5, 1.7],
  ['718-7', '血红蛋白', 'g/L', 138, 115, 150],
  ['6690-2', '白细胞', '10*9/L', 6.2, 3.5, 9.5],
  ['777-3', '血小板', '10*9/L', 221, 125, 350],
  ['1742-6', '丙氨酸氨基转移酶', 'U/L', 31, 7, 40],
]

const said = (text: string) => ({ text })
const coded = (system: string, code: string, text: string) => ({ coding: [{ system, code, display: text }], text })

type Make = (at: number, day: Day) => object
/** How many of each, and what one of them is; they are spread evenly over the years. */
const KINDS: readonly (readonly [many: number, make: Make])[] = [
  [
    7_400,
    (at, day) => {
      const [code, zh, unit, middle, low, high] = MEASURES[at % MEASURES.length] as Measure
      const value = Number((middle * (0.85 + ((at * 7) % 31) / 100)).toFixed(1))
      return {
        resourceType: 'Observation',
        status: 'final',
        code: coded('http://loinc.org', code, zh),
        valueQuantity: { value, unit, code: unit },
        referenceRange: [{ low: { value: low }, high: { value: high } }],
        effectiveDateTime: `${day}T00:20:00Z`,
      }
    },
  ],
  [900, (_at, day) => ({ resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' }, type: [said('全科门诊')], period: { start: `${day}T01:00:00Z` } })],
  [360, (at, day) => ({ resourceType: 'Encounter', status: 'finished', class: { code: 'HH' }, type: [said(at % 2 ? '高血压随访' : '2型糖尿病随访')], period: { start: `${day}T02:00:00Z` } })],
  [40, (_at, day) => ({ resourceType: 'Encounter', status: 'finished', class: { code: 'IMP' }, period: { start: `${day}T03:00:00Z`, end: `${plusDays(day, 8)}T03:00:00Z` } })],
  [700, (at, day) => ({ resourceType: 'MedicationRequest', status: 'completed', intent: 'order', medicationCodeableConcept: said(at % 2 ? '氨氯地平片 5mg' : '二甲双胍片 0.5g'), dosageInstruction: [said('每日一次')], authoredOn: `${day}T01:10:00Z` })],
  [60, (at, day) => ({ resourceType: 'Condition', clinicalStatus: { coding: [{ code: at < 3 ? 'active' : 'resolved' }] }, code: coded('http://hl7.org/fhir/sid/icd-10', 'I10', '高血压'), onsetDateTime: `${day}T01:05:00Z` })],
  [180, (_at, day) => ({ resourceType: 'DiagnosticReport', status: 'final', code: said('腹部超声'), conclusion: '未见明显异常', effectiveDateTime: `${day}T04:00:00Z` })],
  [120, (_at, day) => ({ resourceType: 'ImagingStudy', status: 'available', description: '胸部CT平扫', numberOfSeries: 3, numberOfInstances: 240, started: `${day}T05:00:00Z` })],
  [60, (_at, day) => ({ resourceType: 'Immunization', status: 'completed', vaccineCode: said('流感疫苗'), occurrenceDateTime: `${day}T06:00:00Z` })],
  [30, (_at, day) => ({ resourceType: 'EpisodeOfCare', status: 'finished', type: [said('家庭医生签约')], period: { start: `${day}T00:00:00Z`, end: `${plusDays(day, DAYS_A_YEAR)}T00:00:00Z` } })],
  [60, (at, day) => ({ resourceType: 'CarePlan', status: 'completed', intent: 'plan', title: at % 2 ? '高血压服务包' : '老年人健康服务包', period: { start: `${day}T00:05:00Z` } })],
  [90, (_at, day) => ({ resourceType: 'DocumentReference', status: 'current', type: said('出院记录'), date: `${day}T07:00:00Z`, content: [{ attachment: { title: '出院记录' } }] })],
] // prettier-ignore

/** How many resources `bringLife` brings. */
export const LIFE = KINDS.reduce((sum, [many]) => sum + many, 0)

/** Thirty years of one person as a source would bring them, through the store by which imports come in. */
export const bringLife = async (database: Database, person: PersonId, today: Day): Promise<void> => {
  const rows = KINDS.flatMap(([many, make]) =>
    Array.from({ length: many }, (_, at): NewResource => {
      const day = plusDays(today, -1 - Math.floor((at * YEARS * DAYS_A_YEAR) / many))
      const id = newId()
      const resource = { id, subject: { reference: `Patient/${person}` }, ...make(at, day) } as unknown as Resource
      const body = JSON.stringify(resource)
      return {
        person,
        id,
        type: resource.resourceType,
        sourceId: id,
        body,
        hash: hashOf(body),
        index: indexOfResource(resource, ZONE),
        values: indexValuesOf(resource, true, null),
      }
    }),
  )
  const now = await databaseNow(database)
  for (let from = 0; from < rows.length; from += BATCH)
    await database.transaction((tx) => saveSourceResources(tx, 'a-long-life', rows.slice(from, from + BATCH), now))
}
