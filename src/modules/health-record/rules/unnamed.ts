import type { Words } from '../../../kernel/words.ts'
import { fieldsOf, textOf, type Resource } from './fhir-reading.ts'

/** How a visit is called by its class where nothing else names it. Codes of HL7 v3 ActEncounterCode, which R4 asks for. */
const VISITS: Readonly<Record<string, Words>> = {
  AMB: { zh: '门诊', en: 'Outpatient visit' },
  EMER: { zh: '急诊', en: 'Emergency visit' },
  FLD: { zh: '院外现场救治', en: 'Care in the field' },
  HH: { zh: '上门服务', en: 'Home visit' },
  IMP: { zh: '住院', en: 'Inpatient stay' },
  ACUTE: { zh: '住院', en: 'Inpatient stay' },
  NONAC: { zh: '住院', en: 'Inpatient stay' },
  OBSENC: { zh: '留观', en: 'Observation stay' },
  PRENC: { zh: '入院前检查', en: 'Visit before admission' },
  SS: { zh: '日间住院', en: 'Day stay' },
  VR: { zh: '远程就诊', en: 'Remote visit' },
}
const VISIT: Words = { zh: '就诊', en: 'Visit' }
const UNNAMED: Readonly<Record<string, Words>> = {
  Condition: { zh: '诊断(未写名称)', en: 'Problem, not named' },
  Observation: { zh: '检查检验(未写名称)', en: 'Result, not named' },
  DiagnosticReport: { zh: '检查检验报告', en: 'Report' },
  ImagingStudy: { zh: '影像检查', en: 'Imaging' },
  MedicationRequest: { zh: '处方(未写药名)', en: 'Prescription, medicine not named' },
  MedicationDispense: { zh: '发药(未写药名)', en: 'Dispensing, medicine not named' },
  MedicationStatement: { zh: '用药(未写药名)', en: 'Medicine, not named' },
  Procedure: { zh: '手术或操作(未写名称)', en: 'Procedure, not named' },
  AllergyIntolerance: { zh: '过敏(未写过敏原)', en: 'Allergy, cause not named' },
  Immunization: { zh: '接种(未写疫苗)', en: 'Vaccination, vaccine not named' },
  CarePlan: { zh: '照护计划', en: 'Care plan' },
  Goal: { zh: '健康目标', en: 'Goal' },
  EpisodeOfCare: { zh: '一段照护', en: 'Episode of care' },
  DocumentReference: { zh: '文书', en: 'Document' },
  Composition: { zh: '文书', en: 'Document' },
}
/** The same for a type of FHIR. */
export const unnamedOf = (type: string): Words => UNNAMED[type] ?? { zh: '未写名称', en: 'Not named' }

/** What a resource is called when nothing in it says so: a visit by its class, anything else by what it is. */
export const unnamed = (resource: Resource): Words =>
  resource.resourceType === 'Encounter'
    ? (VISITS[textOf(fieldsOf(resource['class'])['code']) ?? ''] ?? VISIT)
    : unnamedOf(resource.resourceType)
