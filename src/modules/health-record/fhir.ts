import type { Observation, Patient } from '@medplum/fhirtypes'
import type { Instant } from '../../kernel/clock.ts'
import type { PersonId } from '../../kernel/id.ts'
import type { Person } from '../residents/index.ts'
import type { Measurement } from './contract.ts'

/** Marks data that is about nobody: the HL7 code for health data made for tests. */
export const TEST_DATA = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  code: 'HTEST',
  display: 'test health data',
}

export type PatientFacts = Pick<Person, 'id' | 'zh' | 'en' | 'sex' | 'bornOn' | 'diedOn' | 'address' | 'synthetic'>

/** The FHIR Patient of a resident, without identity and phone numbers: those are asked for by name, with a reason. */
export const patientOfPerson = (person: PatientFacts): Patient => ({
  resourceType: 'Patient',
  id: person.id,
  ...(person.synthetic ? { meta: { tag: [TEST_DATA] } } : {}),
  identifier: [{ type: { text: '居民编号' }, value: person.id }],
  name: [{ use: 'official', text: person.zh }, ...(person.en && person.en !== person.zh ? [{ text: person.en }] : [])],
  gender: person.sex,
  ...(person.bornOn ? { birthDate: person.bornOn } : {}),
  ...(person.diedOn ? { deceasedDateTime: person.diedOn } : {}),
  ...(person.address ? { address: [{ text: person.address }] } : {}),
})

const quantity = (value: number, unit: string, code: string) => ({ value, unit, system: 'http://unitsofmeasure.org', code })
const loinc = (code: string, display: string, text: string) => ({ coding: [{ system: 'http://loinc.org', code, display }], text })
const ofKind = (code: string) => [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }] }]

type Measured = Pick<Observation, 'category' | 'code' | 'component' | 'valueQuantity'>

const measured = (entry: Measurement): Measured => {
  switch (entry.measure) {
    case 'blood-pressure':
      return {
        category: ofKind('vital-signs'),
        code: loinc('85354-9', 'Blood pressure panel with all children optional', '血压'),
        component: [
          {
            code: loinc('8480-6', 'Systolic blood pressure', '收缩压'),
            valueQuantity: quantity(entry.systolic, 'mmHg', 'mm[Hg]'),
          },
          {
            code: loinc('8462-4', 'Diastolic blood pressure', '舒张压'),
            valueQuantity: quantity(entry.diastolic, 'mmHg', 'mm[Hg]'),
          },
        ],
      }
    case 'glucose':
      return {
        category: ofKind('laboratory'),
        code: entry.isFasting
          ? loinc('14771-0', 'Fasting glucose [Moles/volume] in Serum or Plasma', '空腹血糖')
          : loinc('14749-6', 'Glucose [Moles/volume] in Serum or Plasma', '随机血糖'),
        valueQuantity: quantity(entry.glucose, 'mmol/L', 'mmol/L'),
      }
    case 'weight':
      return {
        category: ofKind('vital-signs'),
        code: loinc('29463-7', 'Body weight', '体重'),
        valueQuantity: quantity(entry.weight, 'kg', 'kg'),
      }
  }
}

/** A measurement as a FHIR Observation about a resident. */
export const observationOf = (
  entry: Measurement,
  of: { id: string; person: PersonId; at: Instant; synthetic: boolean },
): Observation => ({
  resourceType: 'Observation',
  id: of.id,
  ...(of.synthetic ? { meta: { tag: [TEST_DATA] } } : {}),
  status: 'final',
  ...measured(entry),
  subject: { reference: `Patient/${of.person}` },
  effectiveDateTime: of.at,
})
