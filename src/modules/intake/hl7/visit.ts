import { conceptOf, type Concept } from '../codes.ts'
import { diagnosisKey, fhirMoment, refTo, visitSystem, type ContentFault, type Draft, type Origin } from '../draft.ts'
import { componentOf, repetitionsOf, segmentOfName, segmentsOf, valueAt, type Hl7Message, type Segment } from './reading.ts'

const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
const CLASSES: Readonly<Record<string, readonly [string, string]>> = {
  I: ['IMP', 'inpatient encounter'],
  O: ['AMB', 'ambulatory'],
  E: ['EMER', 'emergency'],
  P: ['PRENC', 'pre-admission'],
  R: ['AMB', 'ambulatory'],
  B: ['OBSENC', 'observation encounter'],
}
/** What each event makes of the visit; `as-is` asks the visit itself whether it has ended. */
const STATES: Readonly<Record<string, 'in-progress' | 'finished' | 'cancelled' | 'as-is'>> = {
  A01: 'in-progress', A02: 'in-progress', A03: 'finished', A04: 'in-progress', A08: 'as-is', A11: 'cancelled', A12: 'in-progress', A13: 'in-progress',
} // prettier-ignore

/** What the number of a visit is: PV1-19, else the account PID-18, else its beginning. Null when the message names no visit. */
export const visitKeyOf = (message: Hl7Message): string | null => {
  const pv1 = segmentOfName(message, 'PV1')
  if (!pv1) return null
  return valueAt(message, pv1, 19) ?? valueAt(message, segmentOfName(message, 'PID'), 18) ?? valueAt(message, pv1, 44)
}

/** A coded field (CE, CWE): its code, its words, and their second dress. */
export const conceptAt = (message: Hl7Message, segment: Segment, field: number, origin: Origin): Concept | null => {
  const [written] = repetitionsOf(message, segment, field)
  return written === undefined ? null : conceptIn(message, written, origin)
}

/** The same for one repetition as it is written. */
export const conceptIn = (message: Hl7Message, written: string, { org }: Origin): Concept | null => {
  const at = (component: number): string | null => componentOf(message, written, component)
  return conceptOf(
    [
      { code: at(1), display: at(2), system: at(3) },
      { code: at(4), display: at(5), system: at(6) },
    ],
    org,
  )
}

const periodOf = (from: string | null, until: string | null) => ({
  ...(from ? { start: from } : {}),
  ...(until ? { end: until } : {}),
})

/** Name and number of somebody in an XCN field. */
const practitionerOf = (message: Hl7Message, pv1: Segment, field: number): { display: string } | null => {
  const [written] = repetitionsOf(message, pv1, field)
  if (written === undefined) return null
  const name = [2, 3].flatMap((at) => componentOf(message, written, at) ?? []).join('')
  const display = name || componentOf(message, written)
  return display ? { display } : null
}

/** Where somebody lies: ward, room and bed of PL, in words. */
const locationOf = (message: Hl7Message, pv1: Segment): { location: { display: string } } | null => {
  const [written] = repetitionsOf(message, pv1, 3)
  const parts = written === undefined ? [] : [1, 2, 3].flatMap((at) => componentOf(message, written, at) ?? [])
  return parts.length === 0 ? null : { location: { display: parts.join(' ') } }
}

/** The visit that a message is about, as an Encounter; null when it names none. A stay without a number and a beginning is a fault. */
export const encounterOf = (message: Hl7Message, event: string, origin: Origin): Draft | ContentFault | null => {
  const pv1 = segmentOfName(message, 'PV1')
  if (!pv1) return null
  const key = visitKeyOf(message)
  if (key === null) return { fault: 'visit-unnamed', place: 'PV1^1^19' }
  const patientClass = (valueAt(message, pv1, 2) ?? 'U').toUpperCase()
  const [code, display] = CLASSES[patientClass] ?? ['AMB', 'ambulatory']
  const [from, until] = [44, 45].map((field) => fhirMoment(valueAt(message, pv1, field), origin.zone)) as [
    string | null,
    string | null,
  ]
  const state = STATES[event] ?? 'as-is'
  const status = state === 'as-is' ? (until ? 'finished' : 'in-progress') : state
  const doctor = practitionerOf(message, pv1, 7)
  const place = locationOf(message, pv1)
  const pv2 = segmentOfName(message, 'PV2')
  const reason = pv2 ? conceptAt(message, pv2, 3, origin) : null
  const type = valueAt(message, pv1, 10)
  return {
    type: 'Encounter',
    key,
    elements: {
      identifier: [{ system: visitSystem(origin.org), value: key }],
      status,
      class: { system: ACT, code, display },
      ...(type ? { serviceType: { text: type } } : {}),
      subject: { reference: `Patient/${origin.person}` },
      ...(doctor ? { participant: [{ individual: doctor }] } : {}),
      ...(from || until ? { period: periodOf(from, status === 'in-progress' ? null : until) } : {}),
      ...(reason ? { reasonCode: [reason] } : {}),
      ...(place ? { location: [place] } : {}),
      serviceProvider: { reference: `Organization/${origin.org}` },
    },
  }
}

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical'
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status'
const VERIFIED: Readonly<Record<string, string>> = { F: 'confirmed', W: 'provisional', A: 'provisional' }
const keyIn = (concept: Concept): string => {
  const [coding] = (concept.coding ?? []) as { code: string }[]
  return coding?.code ?? concept.text ?? ''
}

/** Diagnoses of a visit (DG1). */
export const conditionsOf = (message: Hl7Message, origin: Origin): Draft[] => {
  const visit = visitKeyOf(message)
  return segmentsOf(message, 'DG1').flatMap((dg1): Draft[] => {
    const coded = conceptAt(message, dg1, 3, origin)
    const words = valueAt(message, dg1, 4)
    const concept = coded ? { ...coded, ...(words && !coded.text ? { text: words } : {}) } : words ? { text: words } : null
    if (!concept) return []
    const kind = valueAt(message, dg1, 6) ?? 'F'
    const isWithdrawn = valueAt(message, dg1, 21) === 'D'
    const at = fhirMoment(valueAt(message, dg1, 5), origin.zone)
    return [
      {
        type: 'Condition',
        key: diagnosisKey(visit ?? '', keyIn(concept), kind),
        elements: {
          ...(isWithdrawn ? {} : { clinicalStatus: { coding: [{ system: CLINICAL, code: 'active' }] } }),
          verificationStatus: {
            coding: [{ system: VERIFICATION, code: isWithdrawn ? 'entered-in-error' : (VERIFIED[kind] ?? 'confirmed') }],
          },
          category: [
            { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'encounter-diagnosis' }] },
          ],
          code: concept,
          subject: { reference: `Patient/${origin.person}` },
          ...(visit ? { encounter: refTo(origin, 'Encounter', visit) } : {}),
          ...(at ? { recordedDate: at } : {}),
        },
      },
    ]
  })
}

const ALLERGY_KINDS: Readonly<Record<string, string>> = {
  DA: 'medication',
  FA: 'food',
  EA: 'environment',
  MA: 'environment',
  LA: 'environment',
  PA: 'environment',
  AA: 'environment',
}
const NOTHING_KNOWN = /^(NKA|NKDA|无|否认|无过敏史?|否认过敏史?|不详)$/i
const CRITICAL: Readonly<Record<string, string>> = { SV: 'high', MO: 'low', MI: 'low' }

/** Allergies of a person (AL1). That none is known is no allergy, and makes nothing. */
export const allergiesOf = (message: Hl7Message, origin: Origin): Draft[] =>
  segmentsOf(message, 'AL1').flatMap((al1): Draft[] => {
    const concept = conceptAt(message, al1, 3, origin)
    if (!concept || NOTHING_KNOWN.test(concept.text ?? keyIn(concept))) return []
    const category = ALLERGY_KINDS[(valueAt(message, al1, 2) ?? '').toUpperCase()]
    const criticality = CRITICAL[(valueAt(message, al1, 4) ?? '').toUpperCase()]
    const reaction = repetitionsOf(message, al1, 5).flatMap((one) => componentOf(message, one) ?? [])
    const since = fhirMoment(valueAt(message, al1, 6), origin.zone)
    return [
      {
        type: 'AllergyIntolerance',
        key: keyIn(concept),
        elements: {
          clinicalStatus: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
          },
          verificationStatus: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', code: 'unconfirmed' }],
          },
          ...(category ? { category: [category] } : {}),
          ...(criticality ? { criticality } : {}),
          code: concept,
          patient: { reference: `Patient/${origin.person}` },
          ...(since ? { recordedDate: since } : {}),
          ...(reaction.length > 0 ? { reaction: [{ manifestation: reaction.map((text) => ({ text })) }] } : {}),
        },
      },
    ]
  })
