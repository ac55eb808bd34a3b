import { exactNumber, finalDiagnosisKey, refTo, visitSystem, type Draft, type Elements, type Origin } from '../draft.ts'
import { FEES, ON_ADMISSION, PAYMENTS, WAYS_IN, WAYS_OUT } from './columns.ts'
import type { FrontPage, PageDiagnosis } from './read.ts'

const ICD_10 = 'http://hl7.org/fhir/sid/icd-10'
const ICD_9 = 'http://hl7.org/fhir/sid/icd-9-cm'
const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical'
const CENTS = 2

/** What makes a stay the same stay in a later table. */
export const keyOfStay = ({ recordNo, stayNo }: Pick<FrontPage, 'recordNo' | 'stayNo'>): string =>
  `front-page|${recordNo}|${stayNo}`

const money = (fen: number): Elements => {
  const digits = String(fen).padStart(CENTS + 1, '0')
  return { value: exactNumber(`${digits.slice(0, -CENTS)}.${digits.slice(-CENTS)}`), currency: 'CNY' }
}
const subject = ({ person }: Origin) => ({ reference: `Patient/${person}` })
const coded = (system: string, code: string, text: string | null): Elements => ({
  coding: [{ system, code, ...(text ? { display: text } : {}) }],
  ...(text ? { text } : {}),
})

/** The system of the numbers of an institution's stays by its front pages. */
export const staySystem = (org: string): string => `urn:jieli:${org}:stay`

/** The visit that messages have told of: its number, what its Encounter goes by (the number, or the page that came first), and that resource as it stands. */
export type JoinedVisit = { readonly number: string; readonly key: string; readonly encounter: Elements }

/**
 * A front page as resources: the stay, its diagnoses and operations, and what it cost. Where messages have told of the same stay
 * before, it is that Encounter's next version, and a diagnosis that they called final is the same Condition.
 */
export const draftsOfPage = (page: FrontPage, joined: JoinedVisit | null, origin: Origin): Draft[] => {
  const key = joined?.key ?? keyOfStay(page)
  const codes = new Set<string>()
  const diagnoses = [page.main, ...page.others].map((one, at) => {
    const isFirst = !codes.has(one.code)
    codes.add(one.code)
    return {
      one,
      key:
        joined?.key === joined?.number && joined && isFirst
          ? finalDiagnosisKey(key, one.code)
          : `${keyOfStay(page)}|${at}|${one.code}`,
    }
  })
  const encounter = refTo(origin, 'Encounter', key)
  return [
    encounterOf(
      page,
      joined,
      diagnoses.map((one) => one.key),
      origin,
    ),
    ...diagnoses.map(({ one, key: of }) => conditionOf(one, of, encounter, page, origin)),
    ...page.operations.map(({ code, name, on }, at): Draft => ({
      type: 'Procedure',
      key: `${keyOfStay(page)}|${at}|${code}`,
      elements: {
        status: 'completed',
        code: coded(ICD_9, code, name),
        subject: subject(origin),
        encounter,
        ...(on ? { performedDateTime: on } : {}),
      },
    })),
    ...(page.totalFen === null ? [] : [claimOf(page, page.totalFen, keyOfStay(page), encounter, origin)]),
  ]
}

const encounterOf = (page: FrontPage, joined: JoinedVisit | null, diagnoses: readonly string[], origin: Origin): Draft => {
  const [into, outOf] = page.departments
  const hospitalization = {
    ...(page.wayIn ? { admitSource: { text: WAYS_IN[page.wayIn] } } : {}),
    ...(page.wayOut ? { dischargeDisposition: { text: WAYS_OUT[page.wayOut] } } : {}),
  }
  return {
    type: 'Encounter',
    key: joined?.key ?? keyOfStay(page),
    elements: {
      // Doctor, ward and reason that messages told stay; what the page says itself stands over them.
      ...joined?.encounter,
      identifier: [
        ...(joined ? [{ system: visitSystem(origin.org), value: joined.number }] : []),
        { system: staySystem(origin.org), value: `${page.recordNo}-${page.stayNo}` },
      ],
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP', display: 'inpatient encounter' },
      ...((outOf ?? into) ? { serviceType: { text: outOf ?? into } } : {}),
      subject: subject(origin),
      period: { start: page.admittedAt, end: page.dischargedAt },
      diagnosis: diagnoses.map((of, at) => ({ condition: refTo(origin, 'Condition', of), rank: at + 1 })),
      ...(Object.keys(hospitalization).length > 0 ? { hospitalization } : {}),
      serviceProvider: { reference: `Organization/${origin.org}` },
    },
  }
}

const conditionOf = (
  { code, name, onAdmission }: PageDiagnosis,
  key: string,
  encounter: object,
  page: FrontPage,
  origin: Origin,
): Draft => ({
  type: 'Condition',
  key,
  elements: {
    clinicalStatus: { coding: [{ system: CLINICAL, code: 'active' }] },
    verificationStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }] },
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'encounter-diagnosis' }] }],
    code: coded(ICD_10, code, name),
    subject: subject(origin),
    encounter,
    recordedDate: page.dischargedAt,
    ...(onAdmission && ON_ADMISSION[onAdmission] ? { note: [{ text: `入院病情:${ON_ADMISSION[onAdmission]}` }] } : {}),
  },
})

const claimOf = (page: FrontPage, totalFen: number, key: string, encounter: object, origin: Origin): Draft => ({
  type: 'Claim',
  key,
  elements: {
    status: 'active',
    type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/claim-type', code: 'institutional' }] },
    use: 'claim',
    patient: subject(origin),
    created: page.dischargedAt,
    provider: { reference: `Organization/${origin.org}` },
    priority: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/processpriority', code: 'normal' }] },
    insurance: [{ sequence: 1, focal: true, coverage: { display: PAYMENTS[page.payment ?? ''] ?? '未填写' } }],
    item: Object.entries(page.fees).map(([column, fen], at) => ({
      sequence: at + 1,
      productOrService: { coding: [{ system: 'urn:jieli:front-page-fee', code: column }], text: FEES[column] },
      net: money(fen),
      encounter: [encounter],
    })),
    total: money(totalFen),
  },
})
