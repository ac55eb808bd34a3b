import type { Observation } from '@medplum/fhirtypes'
import { hl7, loinc, type Chart } from './chart.ts'
import type { Illness } from './illnesses.ts'

/** How well an illness is held: `danger` ends in a value that asks for an urgent referral. */
export type Control = 'good' | 'poor' | 'danger'

/** What the measurements of one person hover around. */
export type Course = {
  control: Control
  illnesses: readonly Illness[]
  sex: 'male' | 'female' | 'unknown'
  ageYears: number
  weight: number
  systolic: number
  glucose: number
  filtration: number
}

/** One visit: `index` of `count`, on a day, at a time. */
export type Visit = { at: string; encounter: { reference: string }; index: number; count: number }

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value))
const tenth = (value: number): number => Math.round(value * 10) / 10

const usualWeight = (chart: Chart, sex: Course['sex'], ageYears: number): number => {
  if (ageYears < 14) return tenth(between(10, 2 * ageYears + 8 + chart.random.normal(0, 2), 60))
  return tenth(between(38, sex === 'female' ? chart.random.normal(57, 8) : chart.random.normal(66, 9), 110))
}

/** Draws what a person's measurements hover around: within target when control is good, above it otherwise. */
export const drawCourse = (chart: Chart, sex: Course['sex'], ageYears: number, illnesses: readonly Illness[]): Course => {
  const { random } = chart
  const draw = random.next()
  const control = draw < 0.55 ? 'good' : draw < 0.95 ? 'poor' : 'danger'
  const hasPressure = illnesses.includes('hypertension') && control !== 'good'
  const hasSugar = illnesses.includes('type-2-diabetes')
  const kidney = illnesses.includes('chronic-kidney-disease')
  return {
    control,
    illnesses,
    sex,
    ageYears,
    weight: usualWeight(chart, sex, ageYears),
    systolic: hasPressure ? between(143, random.normal(152, 7), 172) : between(104, random.normal(124, 6), 134),
    glucose: !hasSugar ? 5.2 : control === 'good' ? random.normal(6.2, 0.3) : between(7.5, random.normal(8.9, 1), 13),
    filtration: kidney ? random.whole(34, 57) : between(62, random.normal(125 - 0.75 * ageYears, 7), 122),
  }
}

const quantity = (value: number, unit: string, code: string) => ({ value, unit, system: 'http://unitsofmeasure.org', code })

const add = (
  chart: Chart,
  visit: Visit,
  category: 'vital-signs' | 'laboratory',
  fields: Pick<Observation, 'code'> & Partial<Observation>,
): { reference: string } =>
  chart.add({
    resourceType: 'Observation',
    status: 'final',
    category: [hl7('observation-category', category)],
    subject: chart.subject,
    encounter: visit.encounter,
    effectiveDateTime: visit.at,
    ...fields,
  })

const flag = (code: string | null): Partial<Observation> =>
  code === null ? {} : { interpretation: [hl7('v3-ObservationInterpretation', code)] }

/** Office blood pressure in mmHg; flagged from 140/90, as a danger from 180/110. */
export const addBloodPressure = (chart: Chart, visit: Visit, course: Course): void => {
  const { random } = chart
  const isLast = visit.index === visit.count - 1
  const isDanger = course.control === 'danger' && isLast && course.illnesses.includes('hypertension')
  const drift = course.control === 'poor' ? (visit.count - 1 - visit.index) * 1.2 : 0
  const child = course.ageYears < 14 ? 22 : 0
  const systolic = isDanger
    ? random.whole(182, 204)
    : Math.round(between(92, course.systolic + drift - child + random.normal(0, 4), 178))
  const diastolic = Math.round(between(50, 22 + 0.45 * systolic + random.normal(0, 3.5), systolic - 25))
  const worst = systolic >= 180 || diastolic >= 110 ? 'HH' : systolic >= 140 || diastolic >= 90 ? 'H' : null
  add(chart, visit, 'vital-signs', {
    code: loinc('85354-9', 'Blood pressure panel with all children optional', '血压'),
    component: [
      {
        code: loinc('8480-6', 'Systolic blood pressure', '收缩压'),
        valueQuantity: quantity(systolic, 'mmHg', 'mm[Hg]'),
      },
      {
        code: loinc('8462-4', 'Diastolic blood pressure', '舒张压'),
        valueQuantity: quantity(diastolic, 'mmHg', 'mm[Hg]'),
      },
    ],
    ...flag(worst),
  })
}

/** Body weight in kg. */
export const addWeight = (chart: Chart, visit: Visit, course: Course): void => {
  add(chart, visit, 'vital-signs', {
    code: loinc('29463-7', 'Body weight', '体重'),
    valueQuantity: quantity(tenth(course.weight + chart.random.normal(0, 0.8)), 'kg', 'kg'),
  })
}

/** Fasting plasma glucose in mmol/L; a dangerous course ends at 16.7 and above, or at 3.9 and below. */
export const addFastingGlucose = (chart: Chart, visit: Visit, course: Course): { reference: string; value: number } => {
  const { random } = chart
  const isDanger = course.control === 'danger' && visit.index === visit.count - 1
  const steady = between(4.2, course.glucose + random.normal(0, 0.5), 16)
  const value = tenth(!isDanger ? steady : random.chance(0.75) ? 16.7 + 4 * random.next() : 3 + 0.9 * random.next())
  const worst = value >= 16.7 ? 'HH' : value > 6.1 ? 'H' : value < 3.9 ? 'L' : null
  const reference = add(chart, visit, 'laboratory', {
    code: loinc('14771-0', 'Fasting glucose [Moles/volume] in Serum or Plasma', '空腹血糖'),
    valueQuantity: quantity(value, 'mmol/L', 'mmol/L'),
    referenceRange: [{ low: quantity(3.9, 'mmol/L', 'mmol/L'), high: quantity(6.1, 'mmol/L', 'mmol/L') }],
    ...flag(worst),
  })
  return { ...reference, value }
}

/** Glycated haemoglobin in %, in step with the glucose that the person usually has. */
export const addGlycatedHaemoglobin = (chart: Chart, visit: Visit, course: Course): { reference: string } => {
  // The ADAG relation between mean glucose (mmol/L) and HbA1c (%); the daily mean lies about 1 mmol/L above fasting.
  const value = tenth(between(4.5, (course.glucose + 1 + 2.59) / 1.59 + chart.random.normal(0, 0.15), 14))
  return add(chart, visit, 'laboratory', {
    code: loinc('4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood', '糖化血红蛋白'),
    valueQuantity: quantity(value, '%', '%'),
    referenceRange: [{ low: quantity(4, '%', '%'), high: quantity(6, '%', '%') }],
    ...flag(value > 6 ? 'H' : null),
  })
}

/** Estimated glomerular filtration in mL/min/1.73 m²; falls by about 3 a year with kidney disease. */
export const addFiltration = (chart: Chart, visit: Visit, course: Course): { reference: string } => {
  const fall = course.illnesses.includes('chronic-kidney-disease') ? visit.index : 0
  const value = Math.round(between(30, course.filtration - fall + chart.random.normal(0, 1.5), 125))
  return add(chart, visit, 'laboratory', {
    code: loinc('98979-8', 'Glomerular filtration rate by Creatinine-based formula (CKD-EPI 2021)', '估算肾小球滤过率'),
    valueQuantity: quantity(value, 'mL/min/1.73m2', 'mL/min/{1.73_m2}'),
    referenceRange: [{ low: quantity(60, 'mL/min/1.73m2', 'mL/min/{1.73_m2}') }],
    ...flag(value < 60 ? 'L' : null),
  })
}

/** FEV1/FVC in %: below 70 is the mark of lasting airflow obstruction. */
export const addAirflow = (chart: Chart, visit: Visit): { reference: string } =>
  add(chart, visit, 'laboratory', {
    code: loinc('19926-5', 'FEV1/FVC', '一秒率'),
    valueQuantity: quantity(chart.random.whole(42, 69), '%', '%'),
    ...flag('L'),
  })
