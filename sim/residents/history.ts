import { ageOn, type Day } from '../../src/kernel/day.ts'
import { atc, hl7, icd10, loinc, openChart, type Chart, type HistoryResource } from './chart.ts'
import type { Illness } from './illnesses.ts'
import {
  addAirflow,
  addBloodPressure,
  addFastingGlucose,
  addFiltration,
  addGlycatedHaemoglobin,
  addWeight,
  drawCourse,
  type Course,
  type Visit,
} from './measurements.ts'
import type { ResidentSeed } from './residents.ts'
import { ALLERGENS, SHORT_ILLNESSES, TREATMENTS, type Drug } from './treatments.ts'

type Reference = { reference: string }

const addCondition = (
  chart: Chart,
  name: { icd10: string; zh: string; en: string },
  dates: { onset: Day; recorded: string; abatement?: Day },
  encounter?: Reference,
): Reference =>
  chart.add({
    resourceType: 'Condition',
    clinicalStatus: hl7('condition-clinical', dates.abatement ? 'resolved' : 'active'),
    verificationStatus: hl7('condition-ver-status', 'confirmed'),
    category: [hl7('condition-category', encounter ? 'encounter-diagnosis' : 'problem-list-item')],
    code: icd10(name.icd10, name.en, name.zh),
    subject: chart.subject,
    ...(encounter ? { encounter } : {}),
    onsetDateTime: dates.onset,
    ...(dates.abatement ? { abatementDateTime: dates.abatement } : {}),
    recordedDate: dates.recorded,
  })

const addEncounter = (
  chart: Chart,
  place: 'AMB' | 'HH' | 'IMP',
  what: string,
  reason: { icd10: string; zh: string; en: string },
  period: { start: string; end: string },
): Reference =>
  chart.add({
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: place },
    type: [{ text: what }],
    subject: chart.subject,
    period,
    reasonCode: [icd10(reason.icd10, reason.en, reason.zh)],
  })

const clock = (day: Day, hour: number, minute: number): string =>
  `${day}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00+08:00`

const addFollowUps = (chart: Chart, course: Course, since: number): Visit[] => {
  const { random } = chart
  const count = random.whole(3, 5)
  // A person under care was seen within the last quarter; the visits before lie evenly, give or take some days.
  const latest = random.whole(1, 80)
  const step = Math.floor((since - latest) / (count - 1))
  return Array.from({ length: count }, (_, index) => {
    const isBetween = index > 0 && index < count - 1
    const daysAgo =
      index === count - 1 ? latest : since - index * step - (isBetween ? random.whole(0, Math.min(20, step - 1)) : 0)
    const day = chart.dayBefore(daysAgo)
    const illness = TREATMENTS[course.illnesses[index % course.illnesses.length] as Illness]
    const [hour, minute] = [random.whole(8, 16), random.whole(0, 29)]
    const at = clock(day, hour, minute)
    const place = course.ageYears >= 75 && random.chance(0.3) ? 'HH' : 'AMB'
    const encounter = addEncounter(chart, place, illness.followUp, illness, { start: at, end: clock(day, hour, minute + 25) })
    return { at, encounter, index, count }
  })
}

/** The results that each visit brings; those of the last visit are given back, for the laboratory's report. */
const addMeasurements = (chart: Chart, course: Course, visits: readonly Visit[]): Reference[] => {
  const ill = new Set(course.illnesses)
  let results: Reference[] = []
  for (const visit of visits) {
    const isFirst = visit.index === 0
    const isLast = visit.index === visit.count - 1
    results = []
    addBloodPressure(chart, visit, course)
    if (isFirst || isLast) addWeight(chart, visit, course)
    if (ill.has('type-2-diabetes')) results.push({ reference: addFastingGlucose(chart, visit, course).reference })
    if (ill.has('type-2-diabetes') && (isFirst || isLast)) results.push(addGlycatedHaemoglobin(chart, visit, course))
    const watchesKidney = ill.has('chronic-kidney-disease') || ill.has('hypertension') || ill.has('type-2-diabetes')
    if (watchesKidney && (isFirst || isLast)) results.push(addFiltration(chart, visit, course))
    if (ill.has('copd') && isLast) results.push(addAirflow(chart, visit))
  }
  return results
}

const doseInWords = (drug: Drug): string => {
  const unit = { mg: 'mg', ug: 'μg', '[IU]': '单位' }[drug.unit]
  return `每次 ${drug.dose} ${unit},每日 ${drug.timesADay} 次,${drug.how}`
}

const addPrescription = (chart: Chart, drug: Drug, visit: Visit, reason: Reference): void => {
  const days = chart.random.pick([28, 28, 56, 84])
  chart.add({
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: atc(drug.atc, drug.en, drug.zh),
    subject: chart.subject,
    encounter: visit.encounter,
    authoredOn: visit.at,
    reasonReference: [reason],
    dosageInstruction: [
      {
        text: doseInWords(drug),
        timing: { repeat: { frequency: drug.timesADay, period: 1, periodUnit: 'd' } },
        doseAndRate: [
          { doseQuantity: { value: drug.dose, unit: drug.unit, system: 'http://unitsofmeasure.org', code: drug.unit } },
        ],
      },
    ],
    dispenseRequest: {
      expectedSupplyDuration: { value: days, unit: '天', system: 'http://unitsofmeasure.org', code: 'd' },
    },
  })
}

/** At most six drugs, never two of one ATC group (first four characters), none that another illness forbids. */
const addPrescriptions = (chart: Chart, course: Course, last: Visit, conditions: ReadonlyMap<Illness, Reference>): void => {
  const groups = new Set<string>()
  for (const [illness, condition] of conditions) {
    const suited = TREATMENTS[illness].drugs.filter((drug) => !drug.avoidWith?.some((other) => conditions.has(other)))
    const wanted = course.control === 'good' ? chart.random.whole(1, 2) : chart.random.whole(2, 3)
    for (const drug of suited.slice(0, wanted)) {
      const group = drug.atc.slice(0, 4)
      if (groups.has(group) || groups.size >= 6) continue
      groups.add(group)
      addPrescription(chart, drug, last, condition)
    }
  }
}

const ELECTROCARDIOGRAMS = [
  '窦性心律,正常心电图',
  '窦性心律,左心室高电压',
  '窦性心律,ST-T 改变',
  '心房颤动',
  '窦性心动过缓',
] as const

const addReport = (chart: Chart, last: Visit, results: readonly Reference[]): void => {
  const isLaboratory = results.length > 0 && chart.random.chance(0.6)
  chart.add({
    resourceType: 'DiagnosticReport',
    status: 'final',
    category: [hl7('v2-0074', isLaboratory ? 'CH' : 'EC')],
    code: isLaboratory
      ? loinc('24323-8', 'Comprehensive metabolic 2000 panel - Serum or Plasma', '生化检查')
      : loinc('11524-6', 'EKG study', '十二导联心电图'),
    subject: chart.subject,
    encounter: last.encounter,
    effectiveDateTime: last.at,
    issued: last.at,
    ...(isLaboratory ? { result: [...results] } : { conclusion: chart.random.pick(ELECTROCARDIOGRAMS) }),
  })
}

const addAllergy = (chart: Chart, bornOn: Day, daysAgo: number): void => {
  const allergen = chart.random.pick(ALLERGENS)
  const recorded = chart.dayBefore(daysAgo)
  chart.add({
    resourceType: 'AllergyIntolerance',
    clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
    verificationStatus: hl7('allergyintolerance-verification', 'confirmed'),
    type: 'allergy',
    category: [allergen.category],
    criticality: allergen.manifestation === '过敏性休克' ? 'high' : 'low',
    code: allergen.atc === null ? { text: allergen.zh } : atc(allergen.atc, allergen.en, allergen.zh),
    patient: chart.subject,
    recordedDate: recorded < bornOn ? bornOn : recorded,
    reaction: [{ manifestation: [{ text: allergen.manifestation }] }],
  })
}

const addImmunization = (chart: Chart, cvx: string, en: string, zh: string, on: Day): void => {
  chart.add({
    resourceType: 'Immunization',
    status: 'completed',
    vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: cvx, display: en }], text: zh },
    patient: chart.subject,
    occurrenceDateTime: on,
    primarySource: true,
  })
}

const addEldersImmunizations = (chart: Chart): void => {
  const { random } = chart
  if (random.chance(0.35))
    addImmunization(chart, '88', 'influenza, unspecified formulation', '流感疫苗', chart.dayBefore(random.whole(10, 380)))
  if (random.chance(0.25)) {
    addImmunization(
      chart,
      '33',
      'pneumococcal polysaccharide PPV23',
      '23价肺炎球菌多糖疫苗',
      chart.dayBefore(random.whole(30, 720)),
    )
  }
}

const addStay = (chart: Chart, illness: Illness): void => {
  const start = chart.random.whole(16, 40)
  const end = start - chart.random.whole(5, 12)
  addEncounter(chart, 'IMP', '住院', TREATMENTS[illness], {
    start: clock(chart.dayBefore(start), 10, 0),
    end: clock(chart.dayBefore(end), 11, 30),
  })
}

const writeLongIllness = (chart: Chart, resident: ResidentSeed, ageYears: number, illnesses: readonly Illness[]): void => {
  const { random } = chart
  const course = drawCourse(chart, resident.sex, ageYears, illnesses)
  const isNew = random.chance(0.12)
  const since = isNew ? random.whole(100, 200) : random.whole(600, 730)
  // Onset comes before the first visit, and after birth: nobody here falls ill before the age of two.
  const onsetMax = Math.max(since + 30, Math.min(15, ageYears - 2) * 365)
  const visits = addFollowUps(chart, course, since)
  const conditions = new Map<Illness, Reference>()
  for (const illness of illnesses) {
    const onset = chart.dayBefore(isNew ? since : random.whole(since, onsetMax))
    const recorded = isNew && visits[0] ? visits[0].at : onset
    conditions.set(illness, addCondition(chart, TREATMENTS[illness], { onset, recorded }))
  }
  const results = addMeasurements(chart, course, visits)
  const last = visits.at(-1)
  if (!last) return
  addPrescriptions(chart, course, last, conditions)
  if (random.chance(0.6)) addReport(chart, last, results)
  if (random.chance(0.1)) addStay(chart, random.pick(illnesses))
}

const writeShortIllness = (chart: Chart): void => {
  const illness = chart.random.pick(SHORT_ILLNESSES)
  const daysAgo = chart.random.whole(15, 700)
  const day = chart.dayBefore(daysAgo)
  const encounter = addEncounter(chart, 'AMB', '门诊', illness, { start: clock(day, 9, 10), end: clock(day, 9, 30) })
  const dates = { onset: day, recorded: clock(day, 9, 20), abatement: chart.dayBefore(daysAgo - 7) }
  addCondition(chart, illness, dates, encounter)
}

/**
 * What is written about a resident: 5–40 resources with a long illness over the last two years, 0–3 for the healthy.
 * FHIR R4, every resource marked as test data; references lead to `patientReference` or to a resource of the same history.
 * The same resident, seed and day give the same resources with the same ids.
 */
export const makeHistory = (
  resident: ResidentSeed,
  given: { today: string; seed: string; patientReference: string },
): HistoryResource[] => {
  const today = given.today as Day
  const bornOn = resident.bornOn as Day
  const chart = openChart(resident.key, given.seed, today, given.patientReference)
  const ageYears = ageOn(bornOn, today)
  const illnesses = resident.conditions.filter((condition) => condition !== 'none')
  if (illnesses.length > 0) writeLongIllness(chart, resident, ageYears, illnesses)
  else if (ageYears >= 2 && chart.random.chance(0.35)) writeShortIllness(chart)
  const hasRoom = illnesses.length > 0 || chart.resources.length === 0
  if (ageYears >= 65 && hasRoom) addEldersImmunizations(chart)
  // The first dose of hepatitis B vaccine is given on the day of birth.
  else if (ageYears < 6 && hasRoom) addImmunization(chart, '08', 'Hep B, adolescent or pediatric', '乙型肝炎疫苗', bornOn)
  if (ageYears >= 1 && chart.random.chance(0.06)) addAllergy(chart, bornOn, chart.random.whole(30, 1500))
  return chart.resources
}
